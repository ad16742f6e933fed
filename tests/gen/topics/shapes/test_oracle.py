"""The oracle finds every kind of false statement about an option."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gen.draw import Draw
from gen.families.delta_shape import POLL, Params, pose, solve
from gen.problem import Option, Problem, Solution
from gen.topics.shapes.nets import concrete, net
from gen.topics.shapes.oracle import Matrix, Undefined, check
from gen.topics.shapes.settings import Setting
from gen.verification import Mismatch
from solver.shapes import Verdict

OUTPUT = Setting("output", "columns", "apart", "out x in", "tanh", "2", 3, 2, 4)


def solved(params: Params = POLL) -> tuple[Problem, Solution]:
    problem = pose(params)
    return problem, solve(problem, Draw("test"))


def changed(solution: Solution, place: int, **settings: object) -> Solution:
    """The solution with something else said of one option."""
    (part,) = solution.parts
    options = list(part.options)
    options[place] = replace(options[place], **settings)
    return replace(solution, parts=(replace(part, options=tuple(options)),))


def judged(option: Option, verdict: Verdict) -> object:
    assert option.candidate is not None
    return replace(option.candidate, verdict=verdict)


def test_matrices_are_not_stretched():
    column, row = Matrix(np.ones((3, 1))), Matrix(np.ones((1, 3)))
    with pytest.raises(Undefined):
        np.multiply(column, row)
    with pytest.raises(Undefined):
        np.matmul(column, column)
    assert np.matmul(column, row).entries.shape == (3, 3)
    assert np.subtract(1.0, column).entries.tolist() == [[0], [0], [0]]
    assert np.transpose(column).entries.shape == (1, 3)


def test_delta_of_a_net_is_the_derivative_of_its_loss():
    found = net(OUTPUT)
    o, y = found.arrays["o"], found.arrays["y"]
    np.testing.assert_allclose(found.delta, (o - y) * (1 - o * o), rtol=1e-14)
    rows = net(replace(OUTPUT, examples="rows"))
    np.testing.assert_array_equal(rows.delta, found.delta.T)


def test_the_entry_of_a_bias_that_is_kept_is_zero():
    hidden = Setting("hidden", "columns", "kept", "out x in", "sigmoid", "1", 3, 2, 4)
    found = net(hidden)
    assert found.delta.shape == (4, 4)
    np.testing.assert_array_equal(found.delta[0], np.zeros(4))


def test_symbols_become_numbers_and_numbers_stay():
    mixed = replace(OUTPUT, units="m", batch="B")
    chosen, numbers = concrete(mixed, (5, 11, 17))
    assert (chosen.units, chosen.neighbour, chosen.batch) == (5, 2, 17)
    assert numbers == {"m": 5, "B": 17}


@pytest.mark.parametrize("full", [False, True])
def test_true_statements_pass(full: bool):
    assert all(each.deviation < 1e-12 for each in check(*solved(), full))


def test_a_false_shape_is_found():
    problem, solution = solved()
    place = next(n for n, o in enumerate(solution.parts[0].options) if o.right)
    option = solution.parts[0].options[place]
    assert option.candidate is not None
    shape = option.candidate.verdict.shape
    for verdict, where in (
        (Verdict(None, shape), "linear algebra"),
        (Verdict(shape, None), "NumPy"),
        (Verdict(shape, shape and shape[::-1]), "NumPy"),
    ):
        false = changed(solution, place, candidate=judged(option, verdict))
        with pytest.raises(Mismatch, match=where):
            check(problem, false, False)


def test_an_option_that_is_right_by_mistake_is_found():
    problem, solution = solved()
    place = next(n for n, o in enumerate(solution.parts[0].options) if not o.right)
    with pytest.raises(Mismatch, match="2 of 4 options are right, in a choice part"):
        check(problem, changed(solution, place, right=True), False)


def test_right_and_wrong_exchanged_are_found():
    problem, solution = solved()
    options = solution.parts[0].options
    right = next(n for n, o in enumerate(options) if o.right)
    wrong = next(n for n, o in enumerate(options) if not o.right)
    false = changed(changed(solution, right, right=False), wrong, right=True)
    with pytest.raises(Mismatch, match="the shape of delta"):
        check(problem, false, False)


def test_a_false_statement_in_the_stem_is_found():
    problem, solution = solved()
    for name, false, words in (
        ("shapes", {"o": (3, 1)}, "the array o"),
        ("shape", (3, 1), "delta has the shape"),
        ("truth", problem.parts[0].candidates[0].expression, "is not delta"),
    ):
        spoiled = replace(problem, words={**problem.words, name: false})
        with pytest.raises(Mismatch, match=words):
            check(spoiled, solution, False)


def test_a_false_note_that_an_option_is_delta_is_found():
    problem, solution = solved()
    notes = {term: replace(note, is_delta=True) for term, note in problem.words["notes"].items()}
    with pytest.raises(Mismatch, match=r"is (not )?delta"):
        check(replace(problem, words={**problem.words, "notes": notes}), solution, False)
