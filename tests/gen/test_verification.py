"""Oracles that share no rule with the solver find every number that is wrong."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from math import tanh
from pathlib import Path
from typing import Any

import mpmath
import numpy as np
import pytest

from gen.problem import Answer, Ask, Part, PartSolution, Problem, Solution
from gen.solving import pick
from gen.verification import ALLOWED, Mismatch, verify
from solver.exact import Exact
from solver.graph import Graph, GraphBuilder
from solver.network import Architecture, Layer, build
from solver.passes import backward, forward
from solver.rules import RULES, Rules
from solver.slips import SLIPS, rules_of

ROOT = Path(__file__).parents[2]
thoroughness = pytest.mark.parametrize("full", [False, True], ids=["fast", "full"])

NETWORK = (
    Ask("loss"),
    Ask("o1"),
    Ask("o1", index=(1, 0)),
    Ask("W1", "gradient"),
    Ask("W1", "gradient", (0, 1)),
    Ask("s1", "gradient"),
    Ask("o1", "gradient", (0, 0)),
    Ask("b2", "gradient", (0, 0)),
)


def network(*asks: Ask) -> Problem:
    """Two inputs, two tanh units, a linear output and half the squared error."""
    graph = build(Architecture(2, (Layer(2, "tanh"), Layer(1)))).graph
    givens = {
        "x": np.array([[1.0], [-2.0]]),
        "W1": np.array([[0.5, -0.5], [1.0, 0.25]]),
        "b1": np.array([[0.0], [0.5]]),
        "W2": np.array([[0.8, -1.2]]),
        "b2": np.array([[0.1]]),
        "y": np.array([[0.5]]),
    }
    return Problem((Part("numeric", asks),), graph, givens)


def scalar(asks: tuple[Ask, ...], op: str = "sin", length: int = 1) -> Problem:
    """y = q + ... + q (so many additions) + op(q) with q = x z, at x = 1.5, z = 0.5."""
    builder = GraphBuilder()
    x, z = builder.input("x"), builder.input("z")
    total = q = builder.apply("multiply", x, z, name="q")
    for _ in range(length):
        total = builder.apply("add", total, q)
    builder.apply("add", total, builder.apply(op, q), name="y")
    return Problem(
        (Part("numeric", asks),), builder.build(), {"x": np.array(1.5), "z": np.array(0.5)}
    )


def solved(problem: Problem, rules: Rules = RULES) -> Solution:
    """The solution as a table of rules gives it: every answer as it comes."""
    graph = problem.graph
    assert graph is not None
    values = forward(graph, problem.givens, rules)
    passes = (values, backward(graph, values, rules))
    return with_values(problem, *(pick(part, passes) for part in problem.parts))


def with_values(problem: Problem, *values: tuple[Any, ...]) -> Solution:
    answers = (Answer(each, each, (0.001,) * len(each), ()) for each in values)
    return Solution(problem, tuple(PartSolution(answer) for answer in answers))


def moved(solution: Solution, by: float) -> Iterator[Solution]:
    """The solution with one entry of one answer moved, for each of them in turn."""
    (part,) = solution.parts
    assert part.answer is not None
    for place, value in enumerate(part.answer.values):
        for index in np.ndindex(*value.shape):
            wrong = list(map(np.copy, part.answer.values))
            wrong[place][index] += by
            yield with_values(solution.problem, tuple(wrong))


def oracles(problem: Problem, full: bool) -> dict[str, int]:
    return {found.oracle: found.numbers for found in verify(problem, solved(problem), full)}


@thoroughness
def test_every_kind_of_answer_is_recomputed(full: bool):
    # loss, o1 twice over and one entry of it; then W1's four entries, one, two, one and one.
    fast = {"textbook definitions": 4, "complex step": 9}
    fifty = {"fifty digits": 4, "differences with fifty digits": 9}
    assert oracles(network(*NETWORK), full) == (fast | fifty if full else fast)


@thoroughness
def test_right_answers_pass_and_the_worst_deviation_is_told(full: bool):
    found = verify(network(*NETWORK), solved(network(*NETWORK)), full)
    assert all(0 <= each.deviation < 1e-13 for each in found)


@thoroughness
def test_an_answer_that_is_wrong_by_a_millionth_is_found_wherever_it_is(full: bool):
    problem = network(*NETWORK)
    wrong = list(moved(solved(problem), 1e-6))
    assert len(wrong) == 13
    for solution in wrong:
        with pytest.raises(Mismatch):
            verify(problem, solution, full)


@thoroughness
def test_a_deviation_that_float64_makes_is_let_pass(full: bool):
    problem = network(*NETWORK)
    for solution in moved(solved(problem), ALLOWED / 2):
        verify(problem, solution, full)


@thoroughness
@pytest.mark.parametrize(
    ("ask", "name"),
    [
        (Ask("loss"), "the value of loss is"),
        (Ask("o1", index=(1, 0)), r"the value of o1\[1, 0\] is"),
        (Ask("s1", "gradient"), "the gradient of s1 is"),
        (Ask("W1", "gradient", (0, 1)), r"the gradient of W1\[0, 1\] is"),
    ],
)
def test_the_quantity_that_is_wrong_is_named(full: bool, ask: Ask, name: str):
    problem = network(ask)
    with pytest.raises(Mismatch, match=name):
        verify(problem, next(moved(solved(problem), 1e-6)), full)


def test_both_numbers_are_told():
    problem = network(Ask("W1", "gradient", (0, 1)))
    prediction = 0.8 * tanh(1.5) - 1.2 * tanh(1) + 0.1
    gradient = (prediction - 0.5) * 0.8 * (1 - tanh(1.5) ** 2) * -2
    message = f"is 0.25 in the key, but complex step says {str(gradient)[:14]}"
    with pytest.raises(Mismatch, match=re.escape(message)):
        verify(problem, with_values(problem, (np.array(0.25),)))


@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_an_answer_that_is_no_number_is_found(number: float):
    problem = network(Ask("loss"))
    with pytest.raises(Mismatch):
        verify(problem, with_values(problem, (np.array(number),)))


WRONG_BACKWARD = sorted(
    slip
    for slip, rule in SLIPS.items()
    if rule.touches & {"tanh", "matmul", "half_squared_error"} and not rule.changes_values
    # The only weights that gradients are handed back through here are not square.
    if slip != "weights_not_transposed"
)


@pytest.mark.parametrize("slip", WRONG_BACKWARD)
def test_a_wrong_backward_rule_is_found_fast(slip: str):
    problem = network(*(Ask(name, "gradient") for name in ("W1", "W2", "s1", "s2")))
    with pytest.raises(Mismatch, match="the gradient of"):
        verify(problem, solved(problem, rules_of(slip)))


def spoil_solver(monkeypatch: pytest.MonkeyPatch, rules: Rules) -> None:
    """Put a table into the place of the right one, for every pass that the solver makes."""
    monkeypatch.setattr(forward, "__defaults__", (rules,))
    monkeypatch.setattr(backward, "__defaults__", (rules, *(backward.__defaults__ or ())[1:]))


@thoroughness
@pytest.mark.parametrize(
    "asks", [(Ask("loss"),), (Ask("W1", "gradient"),), NETWORK], ids=["value", "gradient", "all"]
)
def test_a_wrong_forward_rule_of_the_solver_is_found(
    monkeypatch: pytest.MonkeyPatch, full: bool, asks: tuple[Ask, ...]
):
    # A sigmoid in the place of tanh, differentiated as a sigmoid: forward and backward agree.
    spoil_solver(monkeypatch, rules_of("tanh_for_sigmoid"))
    problem = network(*asks)
    graph = problem.graph
    assert graph is not None
    values = forward(graph, problem.givens)
    passes = (values, backward(graph, values))
    wrong = with_values(problem, *(pick(part, passes) for part in problem.parts))
    with pytest.raises(Mismatch, match="the value of loss is"):
        verify(problem, wrong, full)


@pytest.mark.parametrize("op", sorted(RULES.primitives))
def test_a_forward_rule_that_is_wrong_by_a_millionth_is_found_fast(op: str):
    problem = using(op)
    right = RULES[op].forward

    def wrong(*inputs: Any, **settings: Any) -> Any:
        return right(*inputs, **settings) + 1e-6

    verify(problem, solved(problem))
    spoiled = RULES.spoiled([replace(RULES[op], forward=wrong)])
    with pytest.raises(Mismatch, match="in the key, but textbook definitions"):
        verify(problem, solved(problem, spoiled))


SETTINGS: dict[str, dict[str, Any]] = {
    "power": {"exponent": 3},
    "leaky_relu": {"alpha": 0.1},
    "elu": {"alpha": 0.5},
    "entry": {"index": (1, 0)},
}
PAIRS = {
    *("add", "subtract", "multiply", "divide", "general_power", "maximum", "minimum"),
    *("matmul", "dot", "outer", "at_least"),
}
SHAPES: dict[str, dict[str, tuple[int, ...]]] = {
    "matmul": {"a": (1, 2), "b": (2, 1)},
    "outer": {"a": (2,), "b": (2,)},
    "diagonal": {"a": (2,)},
    "adjugate": {"a": (2, 2)},
}


def using(op: str) -> Problem:
    """A problem that asks for the value of one primitive of columns, or of what it takes."""
    builder = GraphBuilder()
    shapes = SHAPES.get(op, {"a": (2, 1), "b": (2, 1)})
    loss = op.endswith(("error", "entropy", "of_scores"))
    names = [
        builder.input(name, shapes[name], fixed=True)
        for name in ("ab" if loss or op in PAIRS else "a")
    ]
    builder.apply(op, *names, name="y", **SETTINGS.get(op, {}))
    numbers = {"a": [0.3, 0.6], "b": [0.25, 0.75]}
    givens = {name: np.resize(numbers[name], shapes[name]) for name in names}
    return Problem((Part("numeric", (Ask("y"),)),), builder.build(), givens)


SLOPES = (Ask("y"), Ask("x", "gradient"), Ask("q", "gradient"))


def test_sympy_is_asked_about_small_smooth_scalar_graphs():
    assert oracles(scalar(SLOPES), full=True) == {
        "textbook definitions": 1,
        "complex step": 2,
        "fifty digits": 1,
        "differences with fifty digits": 2,
        "SymPy": 2,
    }


@pytest.mark.parametrize("op", ["relu", "absolute"])
def test_sympy_is_not_asked_about_kinks(op: str):
    assert "SymPy" not in oracles(scalar(SLOPES, op), full=True)


def test_sympy_is_asked_about_twelve_equations_and_not_about_thirteen():
    twelve, thirteen = scalar(SLOPES, length=9), scalar(SLOPES, length=10)
    assert [equations(problem) for problem in (twelve, thirteen)] == [12, 13]
    assert "SymPy" in oracles(twelve, full=True)
    assert "SymPy" not in oracles(thirteen, full=True)


def equations(problem: Problem) -> int:
    assert isinstance(problem.graph, Graph)
    return len(problem.graph.equations)


def test_sympy_is_not_asked_about_arrays_or_when_verification_is_fast():
    assert "SymPy" not in oracles(network(*NETWORK), full=True)
    assert set(oracles(scalar(SLOPES), full=False)) == {"textbook definitions", "complex step"}


def test_oracles_without_anything_to_say_are_not_listed():
    assert oracles(network(Ask("loss")), full=False) == {"textbook definitions": 1}
    assert oracles(network(Ask("b2", "gradient")), full=False) == {"complex step": 1}


def test_fifty_digits_do_not_depend_on_the_precision_that_others_set_and_leave_it_alone():
    problem = network(*NETWORK)
    with mpmath.workdps(7):
        found = verify(problem, solved(problem), full=True)
        assert mpmath.mp.dps == 7
    assert all(each.deviation < 1e-13 for each in found)


def test_fast_verification_imports_neither_sympy_nor_mpmath():
    program = (
        "import sys\n"
        "from gen.family import find\nfrom gen.items import make\nfrom gen.problem import Key\n"
        "make(find('graph_gradient'), Key('graph_gradient', 1, 7), 'easy', 'numeric')\n"
        "print(sorted({'sympy', 'mpmath', 'gen.verification'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True, cwd=ROOT
    )
    assert done.stdout == "['gen.verification']\n"


def test_a_problem_without_a_graph_is_left_to_its_family():
    problem = Problem((Part("choice"),))
    with pytest.raises(TypeError, match="its family's own verify"):
        verify(problem, Solution(problem, ()))


def test_exact_answers_are_held_to_a_finer_deviation():
    problem = Problem(
        (Part("numeric", (Ask("y"),)),),
        using("exp").graph,
        {"a": np.array([[Exact("ln 2")], [Exact("1")]])},
    )
    right = np.array([[Exact(2)], [Exact("e")]])
    near = np.array([[2.0], [2.718281828459045]])
    assert verify(problem, answered(problem, near, right))[0].deviation < 1e-15
    for values, shown in ((near + 1e-11, right), (near, np.array([[Exact(2)], [Exact(3)]]))):
        with pytest.raises(Mismatch):
            verify(problem, answered(problem, values, shown))


def answered(problem: Problem, values: np.ndarray, shown: np.ndarray) -> Solution:
    answer = Answer((values,), (shown,), (0.0005,), ())
    return Solution(problem, (PartSolution(answer),))
