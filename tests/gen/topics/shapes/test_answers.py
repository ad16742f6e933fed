"""Shapes as answers: what slips lead to, and options that differ."""

from __future__ import annotations

import pytest

from gen.draw import Draw
from gen.family import Rejected
from gen.problem import Ask, Part
from gen.topics.shapes.answers import solved

ASKS = (Ask("W1", "shape"), Ask("s1", "gradient shape"))
RIGHT = ((3, 4), (3, 1))
SLIPS = {
    "turned": lambda ask, shape: shape[::-1],
    "turned_too": lambda ask, shape: shape[::-1],
    "unchanged": lambda ask, shape: shape,
    "number": lambda ask, shape: (1, 1) if ask.of_gradient else shape,
    "empty": lambda ask, shape: (0, 1),
    "longer": lambda ask, shape: (shape[0] + 1, shape[1]),
}


def test_a_box_has_the_right_shapes_and_what_each_slip_leads_to():
    made = solved(Part("shape", ASKS), RIGHT, SLIPS, Draw("test"))
    assert made.written is not None
    assert made.written.entries == RIGHT
    assert made.options == ()
    assert {wrong.slip: wrong.entries for wrong in made.written.wrong} == {
        "turned": ((4, 3), (1, 3)),
        "number": ((3, 4), (1, 1)),
        "longer": ((4, 4), (4, 1)),
    }


def test_a_choice_has_one_right_option_and_wrong_ones_of_one_slip_and_of_two():
    for seed in range(40):
        made = solved(Part("choice", ASKS, choices=5), RIGHT, SLIPS, Draw(seed))
        assert [option.entries for option in made.options if option.right] == [RIGHT]
        assert len({option.entries for option in made.options}) == 5
        wrong = [option.slip for option in made.options if not option.right]
        assert sum("+" in slip for slip in wrong) == 2


def test_too_few_slips_are_rejected():
    with pytest.raises(Rejected, match="too few shapes"):
        solved(Part("choice", ASKS, choices=4), RIGHT, {"turned": SLIPS["turned"]}, Draw(1))
