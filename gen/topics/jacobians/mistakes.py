"""What goes wrong with a product of Jacobians, as graphs of the same nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from gen.problem import Value, Variant
from gen.topics.jacobians.chains import BY_OUTPUT, FUNCTIONS, Chain, graph_of
from solver.graph import Graph
from solver.shapes import ShapeError
from solver.slips import SLIPS

RULES_MISTAKEN = (
    "exponent_left_out",
    "exponent_not_lowered",
    "sigmoid_rule_for_tanh",
    "tanh_rule_for_sigmoid",
    "function_not_differentiated",
)
"""Those of the solver's slips that are about the functions here."""


def slips(chain: Chain, givens: Mapping[str, Value]) -> Iterator[Variant]:
    """Every mistake that these maps and shapes leave room for."""
    for slip, graph in _graphs(chain):
        yield Variant(slip, givens, graph)


@lru_cache(maxsize=512)
def _graphs(chain: Chain) -> tuple[tuple[str, Graph], ...]:
    right, found = graph_of(chain), []
    visible = [e.target for e in right.equations if not e.hidden]
    for slip, key in _names(chain):
        try:
            graph = graph_of(chain, key)
        except ShapeError:
            continue
        if all(graph.shapes[node] == right.shapes[node] for node in visible):
            found.append((slip, graph))
    return tuple(found)


def _names(chain: Chain) -> Iterator[tuple[str, str]]:
    """The slips, each with the name that `graph_of` has for it."""
    functions = [FUNCTIONS[m][0] for m in chain.maps if m in FUNCTIONS]
    for name in ("factors_exchanged", "other_layout"):
        yield name, name
    for step, kind in enumerate(chain.maps):
        if kind == "affine":
            yield "jacobian_in_other_layout", f"map_{step}_in_other_layout"
    if functions:
        yield "function_skipped", "function_skipped"
        yield from ((s, s) for s in RULES_MISTAKEN if SLIPS[s].touches.intersection(functions))
        # Where the derivative is made of the output, that is already what is used.
        yield "derivative_at_result", "derivative_at_result"
        if chain.maps[0] not in FUNCTIONS:
            yield "derivative_at_start", "derivative_at_start"
    if chain.maps[-1] == "affine":
        yield "last_jacobian_left_out", "last_jacobian_left_out"
    if "gate" in chain.maps:
        yield "one_use_forgotten", "first_use_forgotten"
        yield "one_use_forgotten", "second_use_forgotten"
    if any(pair[0] == "affine" and pair[1] in FUNCTIONS for pair in pairwise(chain.maps)):
        yield "shift_left_out", "shift_left_out"
    yield "multiplied_entry_by_entry", "multiplied_entry_by_entry"
    yield "jacobians_added", "jacobians_added"


def needed(chain: Chain) -> tuple[str, ...]:
    """The vectors whose values the Jacobians are made of, apart from what is given."""
    found: dict[str, None] = {}
    for step, kind in enumerate(chain.maps):
        x, y = chain.vectors[step : step + 2]
        if kind == "gate":
            found["p"] = None
        if kind in FUNCTIONS:
            found |= dict.fromkeys((x, y) if kind in BY_OUTPUT else (x,))
            # What leads there is found on the way.
            found |= dict.fromkeys(chain.vectors[1:step])
    found.pop("a", None)
    return tuple(sorted(found, key="pabcd".index))
