"""How the numbers of keys are printed."""

import numpy as np
import pytest

from gen.presentation.answers import _as_calculated, answer_text
from gen.presentation.context import Context
from gen.problem import Ask, Item, Key, Part, PartSolution, Problem, Solution, Written
from solver import term as t
from solver.graph import GraphBuilder
from solver.shapes import Size
from templates.document import Math, Text
from templates.slips import diagnosis

BUILDER = GraphBuilder()
BUILDER.apply("exp", BUILDER.input("x"), name="y")
PROBLEM = Problem((Part("numeric", (Ask("y"),)),), BUILDER.build(), {"x": np.array(1.0)}, places=4)
ITEM = Item(Key("none", 1, 1), "easy", "numeric", None, PROBLEM, Solution(PROBLEM, ()), "", 1)
CONTEXT = Context(ITEM)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (6.0, "6"),
        (-1.5, "-1.5"),
        (-2.66196, "-2.6620"),
        (0.28125, "0.2813"),
        ([9.0, -11.25], r"\left(9,\; -11.25\right)"),
        ([1.0, 1 / 3], r"\left(1,\; 0.3333\right)"),
    ],
)
def test_a_wrong_number_has_its_own_decimals_or_is_rounded_up_from_a_half(value, text):
    assert _as_calculated(np.array(value), CONTEXT) == text


def test_a_mistake_on_top_of_another_is_told_as_such():
    told = diagnosis("keeps_first_path+order_swapped")
    words = "".join(inline.text for inline in told if isinstance(inline, Text))
    assert words.endswith("Besides, the numbers belong to each other\u2019s variables.")
    assert "Your numbers are right" not in words


def test_shapes_and_expressions_are_answers_too():
    shapes = PartSolution(written=Written(((3, Size("d", 1)), (1, 1))))
    asks = (Ask("x", "shape"), Ask("x", "gradient shape"))
    told = answer_text(Part("shape", asks), shapes, CONTEXT)
    assert [inline.source for inline in told if isinstance(inline, Math)] == [
        r"x \colon\; 3 \times (d+1)",
        r"\dfrac{\partial y}{\partial x} \colon\; 1 \times 1",
    ]
    expression = PartSolution(written=Written((t.name("y") * (1 - t.name("y")),)))
    (told,) = answer_text(Part("symbolic", (Ask("x", "gradient"),)), expression, CONTEXT)
    assert told == Math(r"\dfrac{\partial y}{\partial x} = y(1 - y)")
