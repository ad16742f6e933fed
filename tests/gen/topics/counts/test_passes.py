"""Passes counted one by one, against numbers worked out by hand."""

from __future__ import annotations

import pytest

from gen.draw import Draw
from gen.family import Rejected
from gen.topics.counts.statements import claimed, draw_statements, right
from gen.topics.counts.toy import passes

BY_HAND = {
    # A function of 4 inputs and 3 outputs.
    ("jacobian", "forward"): 4,
    ("jacobian", "reverse"): 3,
    ("jacobian", "centred"): 8,
    ("jacobian", "one_sided"): 5,
    ("row", "forward"): 4,
    ("row", "reverse"): 1,
    ("column", "forward"): 1,
    ("column", "reverse"): 3,
    ("column", "centred"): 2,
    ("direction", "one_sided"): 2,
    ("weighted", "reverse"): 1,
    ("weighted", "one_sided"): 5,
}


@pytest.mark.parametrize(("task", "method"), BY_HAND)
def test_the_formula_and_the_count_are_the_number_found_by_hand(task: str, method: str):
    expected = BY_HAND[task, method]
    assert passes(task, method, 4, 3) == expected  # type: ignore[arg-type]
    assert right(task, method, 4, 3) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("difficulty", ["easy", "medium", "hard"])
def test_statements_differ_and_some_but_not_all_are_true(difficulty: str):
    for seed in range(40):
        try:
            drawn = draw_statements(Draw("statements", seed), difficulty, 7, 5)  # type: ignore[arg-type]
        except Rejected:
            continue
        true = [claimed(each, 7, 5, 0).true for each in drawn]
        assert len(set(drawn)) == len(drawn)
        assert 0 < sum(true) < len(true)
