"""One directional derivative of an expression in forward mode: a tangent beside every value.

Tests that tangents are carried forward by the local derivatives, that one pass follows one
direction (of any length), and that the passes along the inputs make the gradient. After the
approaches to differentiation of Gormley and Gordon, CMU 10-301/601, Lecture 12; the tangents are
the second parts of its dual numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from gen import verification
from gen.draw import Draw
from gen.exact_numbers import EXACT_CHOICES, is_exact, is_rational
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Part, Problem, Solution, Variant, Verification
from gen.told import told
from gen.topics.graphs.expressions import (
    BINARY,
    Nodes,
    Point,
    draw_exact_expression,
    draw_expression,
    graph_of,
)
from gen.topics.tangents import checks, oracle
from gen.topics.tangents.draws import draw_direction, draw_inner, draw_unit, evaluated, units
from gen.topics.tangents.graphs import (
    SUM,
    Direction,
    moving,
    rate,
    seeds,
    tangent,
    with_tangents,
)
from gen.topics.tangents.letters import of_passes
from gen.topics.tangents.slips import wrong_passes, wrong_tangents
from gen.vocabulary import Difficulty, Form

FAMILY = Family(
    name="forward_mode",
    version=1,
    title="Forward mode with tangents",
    summary="a directional derivative of an expression, with a tangent carried along every value",
    topics=("differentiation",),
    lectures=("004",),
)

EXACT = frozenset({"add", "subtract", "multiply", "power"})
"""Operations that need no rounding over inputs of few digits."""

SMOOTH = {d: tuple(op for op in ops if op != "maximum") for d, ops in BINARY.items()}


@dataclass(frozen=True, slots=True)
class Params:
    """The expression, and the direction of the pass.

    A numeric problem asks for the tangent of `inner`, then for value and tangent of the output.
    With `several` passes there is one for each input, and the direction is that of a further
    derivative, put together from them. A choice asks for the output's tangent alone, of one pass.
    """

    point: Point
    nodes: Nodes
    direction: Direction
    inner: str
    several: bool = False
    form: Form = "numeric"
    choices: int = 5


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """One input moves in easy items, all in harder ones; hard ones with two take two passes."""
    return _directed(draw, difficulty, form, *draw_expression(draw, difficulty, SMOOTH))


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, at a point where everything stays exact."""
    return _directed(draw, difficulty, form, *draw_exact_expression(draw, difficulty, SMOOTH))


def _directed(draw: Draw, difficulty: Difficulty, form: Form, point: Point, nodes: Nodes) -> Params:
    choose = draw_unit if difficulty == "easy" else draw_direction
    direction = choose(draw, point, nodes)
    inner = draw_inner(draw, point, nodes, direction)
    several = form == "numeric" and difficulty == "hard" and len(point) == 2
    few = difficulty == "easy" or is_exact(point[0][1])
    return Params(point, nodes, direction, inner, several, form, EXACT_CHOICES if few else 5)


def pose(params: Params) -> Problem:
    """Values and tangents on the way, the output's, and what the passes make together."""
    inputs = tuple(name for name, _ in params.point)
    primal = graph_of(inputs, params.nodes)
    graph = with_tangents(primal, _passes(params))
    operations = primal.operations
    exact = is_exact(params.point[0][1])
    asked = dict(_asked(params, primal.output))
    return Problem(
        parts=_parts(params, primal.output),
        graph=graph,
        givens=_givens(params),
        slips=("order_swapped", "sign_reversed") if params.several else ("sign_reversed",),
        variants=Later(_variants, params, primal.output),
        figure="graph",
        conventions=_conventions(operations, exact, _has_logarithms(params.point)),
        words={
            "output": primal.output,
            "nodes": tuple(node.name for node in params.nodes),
            "moving": moving(params.direction),
            "resting": tuple(n for n in inputs if n not in moving(params.direction)),
            "powers": tuple(sorted(operations & {"sigmoid", "tanh"})) if exact else (),
            "symbols": partial(of_passes, graph),
            "tangent": tangent,
            "asked": asked,
            "sum": SUM,
            "move": None if exact else partial(checks.move, params.point, params.nodes),
            "gradient": partial(checks.gradient, params.point, params.nodes),
        },
    )


def _passes(params: Params) -> tuple[tuple[str, ...], ...]:
    """The inputs that move in each pass."""
    if params.several:
        return tuple((name,) for name, _ in params.point)
    return (moving(params.direction),)


def _givens(params: Params) -> dict[str, Any]:
    numbers = dict(params.point)
    if params.several:
        for number, unit in enumerate(units(params.point), 1):
            numbers |= seeds(unit, number)
        numbers |= {rate(n): value for n, (_, value) in enumerate(params.direction, 1)}
    else:
        numbers |= seeds(params.direction)
    return {name: np.array(value) for name, value in numbers.items()}


def _parts(params: Params, output: str) -> tuple[Part, ...]:
    last = Ask(SUM if params.several else tangent(output))
    if params.form == "choice":
        return (Part("choice", (last,), choices=params.choices, points=2),)
    if params.several:
        every = tuple(Ask(tangent(output, n)) for n in range(1, len(params.point) + 1))
        return (
            Part("numeric", (Ask(output),)),
            Part("numeric", every, points=2),
            Part("numeric", (last,)),
        )
    first = (Ask(tangent(params.inner)), Ask(output))
    return (*(Part("numeric", (ask,)) for ask in first), Part("numeric", (last,), points=2))


def _asked(params: Params, output: str) -> Iterator[tuple[str, tuple[str, Direction]]]:
    """Every tangent that can be asked for, with its node and its direction."""
    if params.several:
        yield SUM, (output, params.direction)
        for number, unit in enumerate(units(params.point), 1):
            yield tangent(output, number), (output, unit)
    else:
        for node in (params.inner, output):
            yield tangent(node), (node, params.direction)


def _variants(params: Params, output: str) -> Iterator[Variant]:
    """What the slips make of everything that is asked for."""
    graph = graph_of(tuple(name for name, _ in params.point), params.nodes)
    values = evaluated(graph, params.point)
    if params.several:
        directions = units(params.point)
        weights = [weight for _, weight in params.direction]
        for slip, outputs, total in wrong_passes(graph, values, directions, weights):
            made = {tangent(output, n): value for n, value in enumerate(outputs, 1)}
            yield told(slip, {output: values[output], **made, SUM: total}, {})
        return
    for slip, moved in wrong_tangents(graph, values, params.direction):
        zero = 0 * values[output]
        made = {tangent(node): moved.get(node, zero) for node in (params.inner, output)}
        yield told(slip, {output: values[output], **made}, {})


def _has_logarithms(point: Point) -> bool:
    """Whether a number of the point is a logarithm, as exact ones are that are not rational."""
    return any(is_exact(number) and not is_rational(number) for _, number in point)


def _conventions(operations: frozenset[str], exact: bool, logarithms: bool) -> tuple[str, ...]:
    stated = {
        "sigmoid": "sigmoid" in operations,
        "tanh_defined": exact and "tanh" in operations,
        "natural_logarithm": logarithms or "log" in operations,
        "radians": not operations.isdisjoint({"sin", "cos"}),
        "places": not exact and not operations <= EXACT,
        "exact_values": exact,
    }
    return tuple(name for name, needed in stated.items() if needed)


def accept(problem: Problem, solution: Solution) -> bool:
    """Whether several mistakes in the last part can be told from the right answer."""
    answer = solution.parts[-1].answer
    assert answer is not None
    return len(answer.wrong) >= 3


def verify(problem: Problem, solution: Solution, full: bool) -> tuple[Verification, ...]:
    """Every line by textbook definitions; every tangent by a step along its direction."""
    asked = problem.words["asked"]
    assert isinstance(asked, dict)
    assert problem.graph is not None
    primal = problem.graph.without_tangents
    point = {variable.name: problem.givens[variable.name] for variable in primal.inputs}
    found = verification.verify(problem, solution, full)
    return (*found, *oracle.compare(primal, point, asked, solution, full))
