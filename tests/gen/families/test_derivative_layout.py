"""Shapes of derivatives: the table of the lecture, both layouts by hand, and slips."""

from __future__ import annotations

import pytest

from gen.draw import Draw
from gen.families.derivative_layout import Params, pose, solve
from gen.family import find
from gen.topics.shapes.derivatives import LETTERS, Spaces, axes, pairs
from solver.shapes import Size
from tests.solutions import item_of

FAMILY = find("derivative_layout")
item = item_of("derivative_layout", "shape")
SPACES = Spaces(4, 3, LETTERS[0])

DENOMINATOR = {
    ("bilinear", "u"): (3, 1),
    ("bilinear", "v"): (4, 1),
    ("bilinear", "M"): (4, 3),
    ("product", "u"): (3, 4),
    ("layer", "u"): (3, 4),
    ("turned product", "v"): (4, 3),
    ("scaled column", "t"): (1, 4),
    ("scaled column", "v"): (4, 4),
    ("scaled matrix", "t"): (3, 4),
    ("scaled length", "t"): (1, 1),
}
"""The lecture's layout, for v with 4 entries, u with 3 and M of shape 4 x 3."""


def written(layout, *asked, spaces=SPACES):
    return solve(pose(Params(spaces, layout, asked)), Draw("test")).parts[0].written


def test_the_table_of_the_lecture_and_its_transpose():
    for pair, shape in DENOMINATOR.items():
        assert written("denominator", pair).entries == (shape,)
        assert written("numerator", pair).entries == (shape[::-1],)


def test_sizes_may_be_letters():
    spaces = Spaces("m", "n", LETTERS[0])
    assert written("numerator", ("product", "u"), spaces=spaces).entries == (
        (Size("m"), Size("n")),
    )


def test_six_of_the_nine_kinds_are_matrices_at_most():
    kinds = {}
    for plain in (True, False):
        for function, variable in pairs(plain):
            of_bottom = {"t": 0, "u": 1, "v": 1, "M": 2}[variable]
            kinds[axes(function, variable) - of_bottom, of_bottom] = plain
    assert len(kinds) == 9
    assert {kind for kind, plain in kinds.items() if plain} == {
        (0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (2, 0),
    }  # fmt: skip


def test_slips():
    made = {w.slip: w.entries for w in written("denominator", ("bilinear", "M")).wrong}
    assert made["derivative_in_other_layout"] == ((3, 4),)
    assert made["shape_of_numerator"] == ((1, 1),)
    assert made["entries_in_one_column"] == ((12, 1),)
    made = {w.slip: w.entries for w in written("numerator", ("product", "u")).wrong}
    assert made["shape_of_numerator"] == ((4, 1),)
    assert made["shape_of_denominator"] == ((3, 1),)
    made = {
        w.slip: w.entries for w in written("numerator", ("product", "u"), ("bilinear", "u")).wrong
    }
    assert made["layouts_mixed"] == ((4, 3), (3, 1))
    assert made["entries_counted_twice"] == ((4, 3), (3, 3))


@pytest.mark.parametrize("difficulty", ["easy", "medium", "hard"])
def test_statements_are_true_where_a_matrix_is_enough(difficulty):
    for seed in range(30):
        made = item(seed, difficulty, "choose_all")
        claims = made.problem.parts[0].claims
        assert 0 < sum(claim.true for claim in claims) < len(claims)
        for claim in claims:
            assert claim.true is (claim.facts["axes"] <= 2)


def test_hard_items_have_more_parts_than_easy_ones():
    counts = [
        len(item(1, d, f).problem.parts[0].asks)
        for f in ("shape", "choice")
        for d in ("easy", "medium", "hard")
    ]
    assert counts == [2, 3, 5, 1, 2, 3]
