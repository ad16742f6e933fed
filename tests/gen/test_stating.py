"""Signs and layouts: everything that is said of a gradient is turned alike."""

import numpy as np

from gen.problem import (
    Answer,
    Ask,
    Option,
    Part,
    PartSolution,
    Problem,
    Solution,
    Written,
    Wrong,
    WrongEntries,
)
from gen.stating import stated
from solver import term as t
from solver.graph import GraphBuilder

MATRIX = np.array([[1.0, -2.0, 0.0], [0.5, 3.0, 4.0]])
NEGATED_ROWS = [[-1.0, -0.5], [2.0, -3.0], [0.0, -4.0]]


def problem() -> Problem:
    builder = GraphBuilder()
    weights, x = builder.input("W", (2, 3)), builder.input("x", (3, 1), fixed=True)
    builder.apply("sum", builder.apply("matmul", weights, x), name="y")
    asks = (Ask("y"), Ask("W", "gradient"), Ask("W", "gradient", (0, 1)))
    return Problem((Part("choice", asks),), builder.build())


def solution() -> Solution:
    values = (np.array(7.0), MATRIX, np.array(-2.0))
    answer = Answer(values, values, (0.1, 0.2, 0.3), (Wrong("slip", values),))
    return Solution(problem(), (PartSolution(answer, (Option(True, values),)),))


def test_values_stay_and_gradients_are_negated_and_transposed() -> None:
    told = stated(solution(), -1, "numerator")
    assert (told.problem.sign, told.problem.layout) == (-1, "numerator")
    (part,) = told.parts
    assert part.answer is not None
    assert part.answer.tolerances == (0.1, 0.2, 0.3)
    for found in (
        part.answer.values,
        part.answer.shown,
        part.answer.wrong[0].values,
        part.options[0].values,
    ):
        assert [value.tolist() for value in found] == [7.0, NEGATED_ROWS, 2.0]
        assert not any(np.any(np.signbit(value) & (value == 0)) for value in found)


def test_what_is_stated_twice_is_as_before() -> None:
    told = stated(solution(), -1, "numerator").problem
    ask = told.parts[0].asks[1]
    assert np.array_equal(told.stated(ask, told.stated(ask, MATRIX)), MATRIX)


def test_a_problem_without_gradients_is_left_alone() -> None:
    plain = Solution(Problem((Part("numeric", (Ask("y"),)),)), (PartSolution(),))
    assert stated(plain, -1, "numerator") is plain


def test_shapes_of_gradients_are_turned_and_expressions_negated() -> None:
    asks = (Ask("W", "shape"), Ask("W", "gradient shape"), Ask("W", "gradient", (0, 1)))
    entries = ((2, 3), (2, 3), t.name("y") - t.name("t"))
    written = Written(entries, (WrongEntries("slip", entries),))
    options = (Option(True, entries=entries),)
    parts = (Part("choice", asks),)
    told = stated(
        Solution(Problem(parts), (PartSolution(options=options, written=written),)), -1, "numerator"
    )
    (part,) = told.parts
    assert part.written is not None
    for found in (part.written.entries, part.written.wrong[0].entries, part.options[0].entries):
        assert found == ((2, 3), (3, 2), t.name("t") - t.name("y"))
