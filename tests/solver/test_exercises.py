"""Exercises judge answers: right, right given an earlier one, a slip, or not to be read."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import solver
from solver.errors import InputError
from solver.exercises import Asked, Exercise, Expressions, Numbers, Part, Sealed, seal
from solver.graph import GraphBuilder
from solver.parsing.tokens import Lexicon
from solver.term import name as value_of

WORDS = {
    "right": "Right.",
    "follows": "Right, given your answer to EARLIER.",
    "slip": "Not right.",
    "wrong": "Not right.",
    "missing": "No answer yet.",
    "unread": "Not readable.",
}
TOLD = {"added": "The factors were added.", "sign_reversed": "The sign is reversed."}
SALT = "salt"


def exercise(*parts: Part) -> Exercise:
    """With u = 2 * 3 and y = u * 5: y is 30, and the derivatives by a, b and c are 15, 10, 6."""
    graph = GraphBuilder()
    u = graph.apply("multiply", graph.input("a"), graph.input("b"), name="u")
    graph.apply("multiply", u, graph.input("c"), name="y")
    given = {node: np.array(number) for node, number in (("a", 2.0), ("b", 3.0), ("c", 5.0))}
    return Exercise(parts, WORDS, TOLD, graph.build(), given)


def asked(node: str, of: Any = "value", **more: Any) -> Asked:
    return Asked(node, of, None, 0.01, **more)


U = Numbers((asked("u"),), (("added", (np.array(5.0),)),))
Y = Numbers((asked("y"),))


def verdicts(found: Exercise, *answers: Any) -> list[str]:
    return [mark.verdict for mark in found.check(*answers).marks]


@pytest.mark.parametrize("answer", [6, 6.005, np.float64(6), "6", "12/2", [6.0], np.array([[6]])])
def test_a_number_within_the_tolerance_is_right_however_it_is_written(answer: Any):
    assert verdicts(exercise(U), answer) == ["right"]


def test_a_wrong_number_is_told_the_slip_that_leads_to_it():
    found = exercise(U).check(5)
    assert found.marks[0].slip == "added"
    assert found.lines == ("Not right. The factors were added.",)


def test_a_part_that_follows_from_an_earlier_wrong_answer_is_right():
    found = exercise(U, Y).check(7, 35)
    assert [mark.verdict for mark in found.marks] == ["wrong", "follows"]
    assert found.lines[1] == "**(b)** Right, given your answer to (a)."
    assert verdicts(exercise(U, Y), None, 35) == ["missing", "wrong"]


def test_gradients_come_as_their_course_writes_them():
    by_a = Numbers((asked("a", "gradient", sign=-1), asked("c", "gradient")))
    assert verdicts(exercise(by_a), (-15, 6)) == ["right"]
    assert verdicts(exercise(by_a), "-15; 6") == ["right"]
    assert exercise(by_a).check((15, 6)).lines == ("Not right. The sign is reversed.",)


def test_a_transposed_gradient_has_the_transposed_shape():
    graph = GraphBuilder()
    w, x = graph.input("W", (1, 3)), graph.input("x", (3, 1), fixed=True)
    graph.apply("sum", graph.apply("matmul", w, x), name="y")
    given = {"W": np.ones((1, 3)), "x": np.array([[1.0], [2.0], [3.0]])}
    part = Numbers((asked("W", "gradient", transposed=True),))
    found = replace(exercise(part), graph=graph.build(), given=given)
    assert verdicts(found, [[1], [2], [3]]) == ["right"]
    assert verdicts(found, [[3], [2], [1]]) == ["wrong"]


@pytest.mark.parametrize("answer", ["A, C", "c a", ["A", "C"], ("c", "A")])
def test_letters_are_right_in_any_order_and_case(answer: Any):
    part = Sealed("letters", 4, SALT, seal(SALT, "A,C"))
    assert verdicts(exercise(part), answer) == ["right"]
    assert verdicts(exercise(part), "A") == ["wrong"]


def test_the_letter_of_a_slip_is_told_it():
    part = Sealed("letters", 4, SALT, seal(SALT, "A"), {seal(SALT, "B"): "added"})
    assert exercise(part).check("b").lines == ("Not right. The factors were added.",)


@pytest.mark.parametrize("answer", [True, "true", " T ", np.True_])
def test_a_verdict_may_be_a_truth_value_or_a_word(answer: Any):
    part = Sealed("truth", 2, SALT, seal(SALT, "True"))
    assert verdicts(exercise(part), answer) == ["right"]
    assert verdicts(exercise(part), False) == ["wrong"]


@pytest.mark.parametrize("answer", ["3x4", "(3, 4)", (3, 4), np.zeros((3, 4)).shape])
def test_a_shape_may_be_a_text_or_a_tuple(answer: Any):
    part = Sealed("shapes", 1, SALT, seal(SALT, "3x4"))
    assert verdicts(exercise(part), answer) == ["right"]
    assert verdicts(exercise(part), "4x3") == ["wrong"]


def test_an_expression_is_right_in_any_form_and_its_slips_are_told():
    b, c = value_of("b"), value_of("c")
    symbols = Lexicon(tuple((re.compile(each), "name", each) for each in "abc"))
    part = Expressions((b * c,), (("sign_reversed", (-(b * c),)),), symbols, tuple("abc"), ())
    assert verdicts(exercise(part), "c*b") == ["right"]
    assert exercise(part).check("dy/da = -b c").marks[0].slip == "sign_reversed"
    assert verdicts(exercise(part), "b + c") == ["wrong"]
    assert verdicts(exercise(part), "b +") == ["unread"]
    assert "has no value" in exercise(part).check("log(-1 - b^2)").lines[0]
    unclear = replace(part, unclear={"d": ("a", "b")})
    assert "d" in exercise(unclear).check("d").lines[0]


@pytest.mark.parametrize("answer", [None, ..., "", " "])
def test_no_answer_is_no_mistake(answer: Any):
    assert verdicts(exercise(U), answer) == ["missing"]


@pytest.mark.parametrize(
    ("part", "answer", "message"),
    [
        (U, "six", "number"),
        (U, [1, 2], "Expected one number"),
        (U, object(), "no number"),
        (U, float("nan"), "not finite"),
        (Numbers((asked("u"), asked("y"))), (1, 2, 3), "2 answers"),
        (Sealed("letters", 3, SALT, ""), "D", "There is no option 'D'; there are A to C"),
        (Sealed("letters", 3, SALT, ""), 1, "letters"),
        (Sealed("truth", 2, SALT, ""), "maybe", "true or false"),
        (Sealed("shapes", 1, SALT, ""), "3,,4", "shape"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(part: Part, answer: Any, message: str):
    found = exercise(part).check(answer)
    assert found.marks[0].verdict == "unread"
    assert message in found.lines[0]
    assert found.lines[0].endswith(".")


def test_there_is_an_answer_for_each_part():
    with pytest.raises(InputError, match="one answer for each of the parts, 2 in all"):
        exercise(U, Y).check(6)


def test_marks_show_themselves_in_a_notebook():
    found = exercise(U, Y).check(6, None)
    assert found._repr_markdown_() == "**(a)** Right.\n\n**(b)** No answer yet."
    assert repr(found) == "**(a)** Right.\n**(b)** No answer yet."


def test_it_is_a_name_of_the_library():
    assert solver.Exercise is Exercise
