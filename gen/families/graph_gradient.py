"""Value and partial derivatives of an expression with shared parts, by its computation graph.

Tests reverse mode on a graph that is no tree: local derivatives are multiplied along a path, and
where a value is used twice the gradients of its uses are added. After the differentiation quiz of
Gormley and Gordon, CMU 10-301/601, Lecture 12 (`QUIZ_1`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np

from gen.draw import Draw
from gen.exact_numbers import is_exact, is_rational
from gen.family import Family
from gen.problem import Ask, Part, Problem, Solution
from gen.topics.graphs.expressions import (
    Nodes,
    Point,
    draw_exact_expression,
    draw_expression,
    draw_inner,
    forks,
    graph_of,
    move,
    paths,
)
from gen.topics.graphs.growing import Node
from gen.vocabulary import Difficulty, Form
from solver.slips import SLIPS
from templates.notation import Notation, Symbol

FAMILY = Family(
    name="graph_gradient",
    version=2,
    title="Gradients on a computation graph",
    summary="value and partial derivatives of an expression with shared parts, at a point",
    topics=("computation graphs",),
    lectures=("000", "003", "004"),
)

EXACT = frozenset({"add", "subtract", "multiply", "power"})
"""Operations that need no rounding over inputs of few digits."""

POWERS = frozenset({"sigmoid", "tanh"})
"""Functions made of powers of e."""

SPARE = "k"
"""A letter that no drawn graph has."""

FORK_SLIPS = ("overwrites_at_fork", "keeps_first_path")
MADE_HERE = (
    *("order_swapped", *FORK_SLIPS, "multiplies_paths", "own_factor", "factor_left_out"),
    *("subtrahend_sign_lost", "sum_shared_out", "quotient_sign_lost", "quotient_square_missing"),
    *("exponent_left_out", "exponent_not_lowered", "root_half_left_out", "sine_cosine_sign"),
    *("function_not_differentiated", "inner_derivative_forgotten", "derivative_at_output"),
    *("preactivation_in_derivative", "sigmoid_rule_for_tanh", "tanh_rule_for_sigmoid"),
    *("activation_derivative_left_out", "maximum_to_the_smaller", "upstream_ignored"),
    "sign_reversed",
)


@dataclass(frozen=True, slots=True)
class Params:
    """The inputs and where they are, the nodes in order of evaluation, and what is asked.

    A numeric problem asks for the value of the output, for the gradients of the nodes in `inner`
    and for all partial derivatives. A choice asks for the partial derivatives alone, `choices`
    options of them, rounded to `rounding` places in the end (None: to the places carried).
    """

    point: Point
    nodes: Nodes
    form: Form = "numeric"
    inner: tuple[str, ...] = ()
    choices: int = 5
    rounding: int | None = None


QUIZ_1 = Params(
    point=(("x", 2.0), ("z", 3.0)),
    nodes=(
        Node("a", "multiply", ("x", "z")),
        Node("b", "log", ("x",)),
        Node("c", "sin", ("b",)),
        Node("d", "exp", ("a",)),
        Node("e", "divide", ("a", "b")),
        Node("f", "divide", ("c", "a")),
        Node("y", "add", ("d", "e", "f")),
    ),
    form="choice",
    choices=8,
    rounding=0,
)
"""Differentiation Quiz #1 of the lecture: its expression, point, rounding and number of options."""


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """A graph of the difficulty's size; from medium on, also the gradient of a node within it."""
    return _asked(draw, difficulty, form, *draw_expression(draw, difficulty))


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, at a point where everything stays exact."""
    return _asked(draw, difficulty, form, *draw_exact_expression(draw, difficulty))


def _asked(draw: Draw, difficulty: Difficulty, form: Form, point: Point, nodes: Nodes) -> Params:
    asks_inner = form == "numeric" and difficulty != "easy"
    inner = (draw_inner(draw, point, nodes),) if asks_inner else ()
    return Params(point, nodes, form, inner, choices=6 if difficulty == "hard" else 5)


def pose(params: Params) -> Problem:
    """Value, inner gradients and partial derivatives, or a choice of the partial derivatives."""
    inputs = tuple(name for name, _ in params.point)
    graph = graph_of(inputs, params.nodes)
    slopes = Part(
        params.form,
        tuple(Ask(name, "gradient") for name in inputs),
        choices=params.choices,
        points=2,
        must_include=("order_swapped",) if len(inputs) == 2 else (),
        places=params.rounding,
    )
    first = [Part("numeric", (Ask(graph.output),))]
    first += [Part("numeric", (Ask(name, "gradient"),)) for name in params.inner]
    operations = frozenset(node.op for node in params.nodes)
    exact = is_exact(params.point[0][1])
    return Problem(
        parts=(slopes,) if params.form == "choice" else (*first, slopes),
        graph=graph,
        givens={name: np.array(number) for name, number in params.point},
        slips=_slips(operations),
        figure="graph",
        conventions=_conventions(operations, params.rounding, exact, _has_logarithms(params.point)),
        words={
            "output": graph.output,
            "nodes": tuple(node.name for node in params.nodes),
            "shared": forks(inputs, params.nodes),
            "powers": tuple(sorted(operations & POWERS)) if exact else (),
            "has_maximum": "maximum" in operations,
            "symbols": _unlike_adjoints,
            "paths": paths(inputs, params.nodes),
            "moved": None if exact else partial(move, params.point, params.nodes),
        },
    )


def _unlike_adjoints(notation: Notation) -> Mapping[str, Symbol]:
    """Another letter for the node that has the adjoints' letter, as g_g would be hard to read."""
    return {notation.adjoint.letter: Symbol(SPARE)} if notation.adjoint else {}


@lru_cache
def _slips(operations: frozenset[str]) -> tuple[str, ...]:
    """The slips that these operations leave room for."""
    return tuple(
        name
        for name in MADE_HERE
        if name not in SLIPS or not SLIPS[name].touches or SLIPS[name].touches & operations
    )


def _has_logarithms(point: Point) -> bool:
    """Whether a number of the point is a logarithm, as exact ones are that are not rational."""
    return any(is_exact(number) and not is_rational(number) for _, number in point)


def _conventions(
    operations: frozenset[str], rounding: int | None, exact: bool, logarithms: bool
) -> tuple[str, ...]:
    stated = {
        "sigmoid": "sigmoid" in operations,
        "tanh_defined": exact and "tanh" in operations,
        "gradients": True,
        "natural_logarithm": logarithms or "log" in operations,
        "radians": not operations.isdisjoint({"sin", "cos"}),
        "places": not exact and not operations <= EXACT,
        "exact_values": exact,
        "nearest_integer": rounding == 0,
    }
    return tuple(name for name, needed in stated.items() if needed)


def accept(problem: Problem, solution: Solution) -> bool:
    """Whether forgetting a path at a fork is noticed in the partial derivatives."""
    answer = solution.parts[-1].answer
    assert answer is not None
    return not {wrong.slip for wrong in answer.wrong}.isdisjoint(FORK_SLIPS)
