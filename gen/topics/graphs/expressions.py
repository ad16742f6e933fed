"""Expressions with shared parts: computation graphs of scalars at a point, made by construction.

A graph of n inputs, b nodes of two arguments and u of one has 2b + u edges, and every node but the
output needs one of them. So b - n + 1 edges are left over: each is one more use of a value that is
used already, which makes a fork. The plans of a difficulty say how many nodes of each kind there
are, and so how many forks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import isclose

import numpy as np

from gen.draw import Draw
from gen.exact_numbers import Number, fraction, logarithm
from gen.exact_solving import is_plain_throughout
from gen.family import Rejected
from gen.topics.graphs.growing import Node, Plan, draw_nodes
from gen.vocabulary import Difficulty
from solver.graph import Graph, GraphBuilder
from solver.passes import backward, forward
from solver.rounding import round_half_up

REDRAWS, EXACT_REDRAWS = 4, 12
SMALLEST, LARGEST = 0.05, 50.0
"""The sizes between which a partial derivative lies."""

STEP, NEAR, SLOPE_PLACES = 0.01, 0.02, 2
"""The step of a difference that checks a derivative, how near to it that has to come, and the
decimals that it is rounded to."""

Point = tuple[tuple[str, Number], ...]
Nodes = tuple[Node, ...]
Operations = Mapping[Difficulty, tuple[str, ...]]
"""The primitives to draw from; those that stand there twice are drawn twice as often."""

PLANS: Mapping[Difficulty, tuple[Plan, ...]] = {
    "easy": (Plan(2, 2, 1), Plan(2, 2, 1), Plan(2, 3, 1), Plan(2, 2, 2)),
    "medium": (Plan(2, 3, 2), Plan(2, 3, 3), Plan(3, 4, 2), Plan(2, 4, 2)),
    "hard": (Plan(2, 4, 3), Plan(2, 5, 3), Plan(3, 5, 2), Plan(3, 5, 3), Plan(3, 6, 3)),
}
UNARY: Operations = {
    "easy": ("power",),
    "medium": ("exp", "log", "sin", "cos", "sqrt", "tanh", "sigmoid", "power"),
    "hard": ("exp", "log", "sin", "cos", "sqrt", "tanh", "sigmoid", "power"),
}
BINARY: Operations = {
    "easy": ("multiply", "multiply", "add", "subtract"),
    "medium": ("multiply", "multiply", "add", "subtract", "divide"),
    "hard": ("multiply", "multiply", "add", "subtract", "divide", "maximum"),
}
EXACT_UNARY: Operations = {
    "easy": ("power",),
    "medium": ("exp", "exp", "log", "sqrt", "tanh", "sigmoid", "power"),
    "hard": ("exp", "exp", "log", "sqrt", "tanh", "sigmoid", "power"),
}
INPUTS = {
    2: (("x", "z"), ("x", "y"), ("w", "x"), ("s", "t"), ("x1", "x2")),
    3: (("x", "y", "z"), ("w", "x", "z"), ("r", "s", "t"), ("x1", "x2", "x3")),
}
"""Never u or v: the sentences that name a rule use these letters, as in `the derivative of u v`."""
LETTERS = ("a", "b", "c", "d", "g", "h", "p", "q")
OUTPUTS = ("y", "f", "L")
NUMBERS = (0.5, 1.5, 2.0, 2.5, 3.0, 4.0)
RATIONAL = (fraction(1, 2), fraction(3, 2), *map(fraction, range(2, 6)))
LOGARITHMS = (logarithm(2), logarithm(3), logarithm(4))


def draw_expression(
    draw: Draw, difficulty: Difficulty, binary: Operations = BINARY
) -> tuple[Point, Nodes]:
    """Inputs of few digits, at most one of them negative, and the nodes in order of evaluation.

    The last node is the output; those of two arguments are drawn from `binary`. Raises Rejected
    when the lot gives nothing suitable several times.
    """
    return _redrawn(lambda: _expression(draw, difficulty, NUMBERS, UNARY, binary), REDRAWS)


def draw_exact_expression(
    draw: Draw, difficulty: Difficulty, binary: Operations = BINARY
) -> tuple[Point, Nodes]:
    """As `draw_expression`, at a point of whole numbers, fractions and logarithms.

    All values there, and the gradients of all nodes, are exact and plain.
    """
    numbers = RATIONAL if difficulty == "easy" else RATIONAL + LOGARITHMS
    return _redrawn(lambda: _exact_expression(draw, difficulty, numbers, binary), EXACT_REDRAWS)


def _exact_expression(
    draw: Draw, difficulty: Difficulty, numbers: Sequence[Number], binary: Operations
) -> tuple[Point, Nodes]:
    point, nodes = _expression(draw, difficulty, numbers, EXACT_UNARY, binary)
    graph = graph_of(tuple(name for name, _ in point), nodes)
    if not is_plain_throughout(graph, {name: np.array(value) for name, value in point}):
        raise Rejected("a number is not plain enough to carry on with")
    return point, nodes


def _redrawn(make: Callable[[], tuple[Point, Nodes]], tries: int) -> tuple[Point, Nodes]:
    for attempt in range(tries):
        try:
            return make()
        except Rejected:
            if attempt == tries - 1:
                raise
    raise AssertionError("unreachable")


def _expression(
    draw: Draw,
    difficulty: Difficulty,
    choices: Sequence[Number],
    unary: Operations,
    binary: Operations,
) -> tuple[Point, Nodes]:
    plan = draw.choice(PLANS[difficulty])
    inputs = draw.choice(INPUTS[plan.inputs])
    numbers = list(draw.sample(choices, plan.inputs))
    if draw.integer(0, 1):
        negative = draw.integer(0, plan.inputs - 1)
        numbers[negative] = -numbers[negative]
    point = tuple(zip(inputs, numbers, strict=True))
    output = draw.choice([name for name in OUTPUTS if name not in inputs])
    names = (*LETTERS[: plan.binary + plan.unary - 1], output)
    nodes = draw_nodes(draw, dict(point), plan, names, unary[difficulty], binary[difficulty])
    slopes = gradients(point, nodes)
    _check([slopes[name] for name in inputs])
    return point, nodes


def _check(slopes: list[float]) -> None:
    """Partial derivatives are of a tame size and can be told from each other and from 1."""
    sizes = sorted(map(abs, slopes))
    if sizes[0] < SMALLEST or sizes[-1] > LARGEST:
        raise Rejected("a partial derivative is too small or too large")
    if 1.0 in sizes or any(b - a < SMALLEST for a, b in pairwise(sizes)):
        raise Rejected("two partial derivatives are alike, or one is 1")


def draw_inner(draw: Draw, point: Point, nodes: Nodes) -> str:
    """A node whose gradient is worth asking for: one that is used twice if there is one.

    That of a node that the output alone uses is one local derivative, so it is asked for only where
    there is no other. Raises Rejected when every gradient is 1, that of an input, or very small or
    large.
    """
    sizes = {name: abs(slope) for name, slope in gradients(point, nodes).items()}
    known = (1.0, *(sizes[name] for name, _ in point))
    names = forks((), nodes) or tuple(node.name for node in nodes[:-1])
    asked = [
        name
        for name in names
        if SMALLEST <= sizes[name] <= LARGEST
        and not any(isclose(sizes[name], size) for size in known)
    ]
    if not asked:
        raise Rejected("no node has a gradient that is worth asking for")
    deeper = [name for name in asked if any(name in node.inputs for node in nodes[:-1])]
    return draw.choice(deeper or asked)


@lru_cache(maxsize=4096)
def graph_of(inputs: tuple[str, ...], nodes: Nodes) -> Graph:
    """The graph of these inputs and nodes, whose output is the last node.

    Sums of more than two are made of hidden sums of two.
    """
    builder = GraphBuilder()
    for name in inputs:
        builder.input(name)
    for node in nodes:
        first, *rest = node.inputs
        while node.op == "add" and len(rest) > 1:
            first = builder.apply("add", first, rest.pop(0), hidden=True)
        builder.apply(node.op, first, *rest, name=node.name, **dict(node.settings))
    return builder.build(nodes[-1].name)


def gradients(point: Point, nodes: Nodes) -> dict[str, float]:
    """The gradient of the last node with respect to every input and node."""
    graph = graph_of(tuple(name for name, _ in point), nodes)
    values = forward(graph, {name: np.float64(float(value)) for name, value in point})
    return {name: float(value) for name, value in backward(graph, values).items()}


def forks(inputs: Sequence[str], nodes: Nodes) -> tuple[str, ...]:
    """The inputs and nodes that are used more than once, in order."""
    uses = [name for node in nodes for name in node.inputs]
    names = (*inputs, *(node.name for node in nodes))
    return tuple(name for name in names if uses.count(name) > 1)


def paths(inputs: Sequence[str], nodes: Nodes) -> tuple[int, ...]:
    """For each input, how many paths lead from it to the output."""
    found = {nodes[-1].name: 1}
    for node in reversed(nodes):
        for name in node.inputs:
            found[name] = found.get(name, 0) + found[node.name]
    return tuple(found[name] for name in inputs)


@dataclass(frozen=True, slots=True)
class Move:
    """What the output is when one input is a little smaller and larger, and the slope between."""

    name: str
    points: tuple[float, float]
    outputs: tuple[float, float]
    slope: float


def move(point: Point, nodes: Nodes, places: int) -> Move | None:
    """An input whose centred difference, from outputs of so many places, is near the mark.

    It is the one that is used most often, if it will do: there most can go wrong. None where there
    is no such input: a bend or the edge of a logarithm is too near.
    """
    slopes = gradients(point, nodes)
    uses = [name for node in nodes for name in node.inputs]
    for name, value in sorted(_floats(point), key=lambda each: -uses.count(each[0])):
        points = (round(value - STEP, 6), round(value + STEP, 6))
        ends = [_output({**dict(_floats(point)), name: moved}, nodes) for moved in points]
        outputs = [float(round_half_up(end, places)) for end in ends]
        slope = float(round_half_up((outputs[1] - outputs[0]) / (2 * STEP), SLOPE_PLACES))
        if abs(slope - slopes[name]) <= NEAR * max(1.0, abs(slopes[name])):
            return Move(name, points, (outputs[0], outputs[1]), slope)
    return None


def _floats(point: Point) -> tuple[tuple[str, float], ...]:
    return tuple((name, float(value)) for name, value in point)


def _output(point: Mapping[str, float], nodes: Nodes) -> float:
    with np.errstate(invalid="ignore", divide="ignore"):
        givens = {name: np.float64(value) for name, value in point.items()}
        return float(forward(graph_of(tuple(point), nodes), givens)[nodes[-1].name])
