"""What goes wrong with a predicted and a true change, as graphs of the same nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import numpy as np

from gen.problem import Value, Variant
from gen.topics.sensitivity.graphs import FUNCTIONS, Setting, graph_of
from solver.slips import SLIPS

RULES_MISTAKEN = (
    "exponent_left_out",
    "exponent_not_lowered",
    "sigmoid_rule_for_tanh",
    "tanh_rule_for_sigmoid",
    "function_not_differentiated",
)
"""Those of the solver's slips that are about the functions here."""
OF_CHANGES = ("indices_exchanged", "rate_times_value", "rate_for_change")
OF_LINEAR = (
    *("first_change_only", "second_change_only", "new_value_for_change", "changes_subtracted"),
    *("sign_of_change_lost", "rate_times_new_value", "changes_multiplied"),
)
OF_BENT = (
    *("outer_rate_left_out", "inner_rate_left_out", "keeps_first_path", "overwrites_at_fork"),
    *("rate_at_new_point", "prediction_for_true", "multiplies_paths", "rate_times_new_value"),
    *("new_value_for_change", "shift_left_out", "change_reversed", "error_reversed"),
    "changes_exchanged",
)


def slips(setting: Setting, givens: Mapping[str, Value]) -> Iterator[Variant]:
    """Every mistake that a setting leaves room for, the most telling first."""
    for slip in _names(setting):
        if slip != "sign_of_change_lost" or np.asarray(givens["f"], dtype=float) < 0:
            yield Variant(slip, givens, graph_of(setting, slip))


@lru_cache(maxsize=256)
def _names(setting: Setting) -> tuple[str, ...]:
    named = OF_LINEAR if setting.step == "linear" else OF_BENT
    found = (*OF_CHANGES, *named)
    # In the other order, an index may lie outside the matrix.
    reach = (*setting.changed, setting.watched if setting.step == "linear" else setting.rows - 1)
    if max(reach) >= min(setting.rows, setting.columns):
        found = tuple(slip for slip in found if slip != "indices_exchanged")
    if setting.step == "product":
        return (*found, "own_factor")
    if setting.step == "linear":
        return found
    op = FUNCTIONS[setting.step][0]
    return (*found, *(slip for slip in RULES_MISTAKEN if op in SLIPS[slip].touches))
