"""The records that flow through the generator say what they ask for and carry their steps."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from gen.problem import Ask, Part, Problem, Solution
from solver import term as t
from solver.graph import GraphBuilder


def line() -> Problem:
    """L = (w x - y)^2 at w = 3, x = 2, y = 1; asked for are L and dL/dw."""
    builder = GraphBuilder()
    w, x, y = (builder.input(name, fixed=name != "w") for name in "wxy")
    miss = builder.apply("subtract", builder.apply("multiply", w, x, name="p"), y, name="r")
    builder.apply("power", miss, name="L", exponent=2)
    asks = (Ask("L"), Ask("w", "gradient"))
    givens = {"w": np.array(3.0), "x": np.array(2.0), "y": np.array(1.0)}
    return Problem(tuple(Part("numeric", (ask,)) for ask in asks), builder.build(), givens)


def test_what_is_asked_is_a_value_unless_a_gradient_is_named():
    assert Ask("L").leaf == t.name("L")
    assert Ask("w", "gradient").leaf == t.gradient("w")


def test_the_leaf_of_an_entry_is_that_of_its_whole_array():
    assert Ask("W1", "gradient", (0, 1)).leaf == Ask("W1", "gradient").leaf


def test_an_answer_is_printed_with_the_places_of_its_part_or_of_the_problem():
    problem = Problem((Part("numeric"), Part("numeric", places=0)), places=3)
    assert [problem.places_of(part) for part in problem.parts] == [3, 0]


def test_four_places_are_carried_unless_others_are_stated():
    assert Problem(()).places == 4


def test_the_worked_lines_lead_to_all_that_is_asked():
    # p = 6, r = 5, L = 25; dL/dr = 2 * 5 = 10, handed on to p, and dL/dw = 10 * 2.
    steps = Solution(line(), ()).steps
    assert [(step.kind, step.node, float(step.value)) for step in steps] == [
        ("forward", "p", 6.0),
        ("forward", "r", 5.0),
        ("forward", "L", 25.0),
        ("backward", "r", 10.0),
        ("backward", "p", 10.0),
        ("backward", "w", 20.0),
    ]


def test_the_worked_lines_are_made_once():
    solution = Solution(line(), ())
    assert solution.steps is solution.steps


def test_a_problem_without_a_graph_has_no_worked_lines():
    assert Solution(Problem((Part("choice"),)), ()).steps == ()


@pytest.mark.parametrize("record", [Ask("L"), Part("choice"), line(), Solution(line(), ())])
def test_records_cannot_be_changed(record: object):
    name = next(iter(vars(type(record))["__dataclass_fields__"]))
    with pytest.raises(FrozenInstanceError):
        setattr(record, name, None)
