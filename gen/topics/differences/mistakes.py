"""What goes wrong with difference quotients, as graphs of the same nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from gen.problem import Value, Variant
from gen.told import told
from gen.topics.differences.graphs import Setting, spoiled
from solver.exact import Exact
from solver.slips import SLIPS

OF_QUOTIENTS = (
    *("two_missing", "forward_for_centred", "quotient_reversed", "step_left_out"),
    *(
        "backward_for_centred",
        "other_parameter_moved",
        "difference_not_divided",
        "all_parameters_moved",
    ),
)
OF_POLYNOMIALS = (
    *("exponent_left_out", "exponent_not_lowered", "other_partial_derivative"),
    *("constant_terms_kept", "mixed_terms_dropped", "error_turned", "step_added_to_value"),
)
OF_UNITS = (
    *("function_derivative_left_out", "input_left_out", "residual_reversed", "half_left_out"),
    *("sigmoid_rule_for_tanh", "tanh_rule_for_sigmoid", "function_not_differentiated"),
)


def slips(setting: Setting, givens: Mapping[str, Value], nodes: Iterable[str]) -> Iterator[Variant]:
    """Every mistake that a setting leaves room for, the most telling first, at these nodes."""
    given = {name: _plain(value) for name, value in givens.items()}
    wanted = tuple(nodes)
    for slip in _names(setting):
        # What is not finite is left out later, so NumPy need not warn of it.
        with np.errstate(all="ignore"):
            try:
                found = _found(setting, given, slip)
            except ZeroDivisionError:
                continue
        yield told(slip, {node: _told(found[node]) for node in wanted}, {})


def _found(setting: Setting, given: Mapping[str, Any], slip: str) -> dict[str, Any]:
    found = spoiled(setting, given, slip)
    if slip != "differences_exchanged":
        return found
    marks = ("", "h") if setting.halves else ("",)
    if setting.goes_forward:
        pairs = [(f"{kind}D{mark}", f"{kind}F{mark}") for kind in ("", "E") for mark in marks]
        pairs += [("rD", "rF")] if setting.halves else []
    else:
        pairs = [(f"{kind}D", f"{kind}Dh") for kind in ("", "E")]
    return {**found, **{a: found[b] for pair in pairs for a, b in (pair, pair[::-1])}}


def _plain(value: Value) -> Any:
    """A given as it is quickest to compute with: all exact ones here are fractions."""
    number: Any = value if value.ndim else value[()]
    return number.value if isinstance(number, Exact) else number


def _told(value: Any) -> Value:
    return np.asarray(Exact(value) if isinstance(value, Fraction | int) else value)


@lru_cache(maxsize=512)
def _names(setting: Setting) -> tuple[str, ...]:
    if setting.kind == "unit":
        op = setting.activation
        fits = (s for s in OF_UNITS if s not in SLIPS or not _is_of_rule(s) or _touches(s, op))
        return (*OF_QUOTIENTS, *fits)
    found = [*OF_QUOTIENTS, *OF_POLYNOMIALS]
    if setting.kind != "centred":
        found.append("differences_exchanged")
    if setting.halves:
        found += ["denominator_not_halved", "error_ratio_turned"]
    if setting.goes_forward:
        found += ["forward_over_two_steps", "forward_goes_back"]
    kept = [exponents for _, exponents in setting.terms if exponents[setting.place]]
    mixed = [any(m for k, m in enumerate(e) if k != setting.place) for e in kept]
    # Nothing would be left, or nothing would be otherwise.
    unfit = {"mixed_terms_dropped"} if all(mixed) or not any(mixed) else set()
    if len(kept) == len(setting.terms):
        unfit.add("constant_terms_kept")
    return tuple(slip for slip in found if slip not in unfit)


def _is_of_rule(slip: str) -> bool:
    return slip in ("sigmoid_rule_for_tanh", "tanh_rule_for_sigmoid", "function_not_differentiated")


def _touches(slip: str, op: str) -> bool:
    return op in SLIPS[slip].touches
