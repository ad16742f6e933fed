"""Skill: the shape of every array in a network, forward and backward.

Weights, biases, pre-activations, outputs, deltas and gradients of a net of given widths, for one
example or for a batch. After Chai, CMU 10-301/601, Lecture 14 (widths d(l), biases folded in) and
Meila, Waterloo CS 480, Lecture 10 (m(l) units a layer).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from gen.draw import Draw
from gen.family import Family
from gen.problem import Ask, Part, Problem, Solution, Verification
from gen.topics.shapes import measured
from gen.topics.shapes.answers import solved
from gen.topics.shapes.layered import Layered, Width, slips
from gen.vocabulary import Difficulty, Form
from solver.network import Bias, Conventions, Network, Orientation

FAMILY = Family(
    name="gradient_shape",
    version=2,
    title="Shapes in a network",
    summary="shapes of the weights, values and gradients of a network of given widths",
    topics=("shapes", "networks"),
    lectures=("000", "001"),
    forms=("shape", "choice"),
)

Asked = tuple[str, bool]
"""A node of the network, and whether the shape of its gradient is asked for."""

_ACTIVATIONS = ("sigmoid", "tanh", "relu")
_SYMBOLS = (("d", "m", "K"), ("n", "h", "K"), ("D", "H", "C"), ("p", "q", "r"), ("d", "k", "c"))
_LAYOUTS: tuple[tuple[Orientation | None, Bias | None], ...] = (
    ("rows", None),
    (None, "folded"),
    (None, None),
)
_ALIKE = ((2, 9), (10, 30))
"""The least and the most units of a layer, where all widths of a network have as many digits."""
_ASKED: dict[Difficulty, int] = {"easy": 1, "medium": 2, "hard": 3}
"""How many shapes a choice asks for together."""


@dataclass(frozen=True, slots=True)
class Params:
    """The network, and part by part the arrays whose shapes are asked for."""

    net: Layered
    parts: tuple[tuple[Asked, ...], ...]
    form: Form = "shape"


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """A network in which no two sizes can be mistaken for each other."""
    net = _net(draw, difficulty)
    if form == "choice":
        return Params(net, (_together(draw, net, difficulty),), form)
    return Params(net, _in_parts(draw, net, difficulty), form)


sample_exact = sample


def _net(draw: Draw, difficulty: Difficulty) -> Layered:
    depth = {"easy": 2, "medium": draw.integer(2, 3), "hard": 3}[difficulty]
    activation = draw.choice(_ACTIVATIONS)
    activations = (*(activation,) * (depth - 1), "identity")
    if difficulty == "easy":
        return Layered(_widths(draw, depth, *draw.choice(_ALIKE)), activations)
    if difficulty == "medium":
        if draw.integer(0, 1):
            return Layered(_widths(draw, depth), activations, bias="folded")
        return Layered(_widths(draw, depth), activations, draw.integer(16, 40))
    symbolic = draw.integer(1, 3) == 1
    first, second, last = draw.choice(_SYMBOLS)
    hidden = (f"{second}_1", f"{second}_2")
    widths = (first, *hidden, last) if symbolic else _widths(draw, depth)
    batch: Width = "B" if symbolic or draw.integer(0, 1) else draw.integer(16, 40)
    orientation, bias = draw.choice(_LAYOUTS)
    return Layered(widths, activations, batch, orientation, bias)


def _widths(draw: Draw, depth: int, least: int = 2, most: int = 12) -> tuple[int, ...]:
    """Widths that differ by more than the 1 of a bias: numbers, each moved on by its rank."""
    kept = sorted(draw.sample(range(least, most + 1 - depth), depth + 1))
    return draw.shuffle([width + rank for rank, width in enumerate(kept)])


def _in_parts(draw: Draw, net: Layered, difficulty: Difficulty) -> tuple[tuple[Asked, ...], ...]:
    """Parameters, then values, then gradients: of one layer, of two where it is harder."""
    layer = draw.integer(1, net.depth)
    other = layer % net.depth + 1
    match difficulty:
        case "easy":
            return (_parameters(net, layer), (_values(net, layer)[0], (f"W{layer}", True)))
        case "medium":
            values, gradients = _values(net, layer), _gradients(net, layer)
            return (_parameters(net, layer), values, gradients)
        case "hard":
            first, second = sorted((layer, other))
            parameters = (*_parameters(net, first), *_parameters(net, second))
            gradients = (*_gradients(net, first), *_gradients(net, second))
            return (parameters, _values(net, layer), gradients)


def _together(draw: Draw, net: Layered, difficulty: Difficulty) -> tuple[Asked, ...]:
    """Arrays of one layer, among them one that belongs to the backward pass."""
    layer = draw.integer(1, net.depth)
    backward, count = _gradients(net, layer), _ASKED[difficulty]
    others = (*_parameters(net, layer), *_values(net, layer), *backward)
    last = draw.choice(backward)
    rest = draw.sample([each for each in others if each != last], count - 1)
    return tuple(each for each in others if each in (*rest, last))


def _parameters(net: Layered, layer: int) -> tuple[Asked, ...]:
    return ((f"W{layer}", False), (f"b{layer}", False))


def _values(net: Layered, layer: int) -> tuple[Asked, ...]:
    """The pre-activations and, of a layer that has an activation, its outputs."""
    both = ((f"s{layer}", False), (f"o{layer}", False))
    return both if layer < net.depth else both[:1]


def _gradients(net: Layered, layer: int) -> tuple[Asked, ...]:
    return ((f"s{layer}", True), (f"W{layer}", True), (f"b{layer}", True))


def pose(params: Params, conventions: Conventions | None = None) -> Problem:
    """The shapes as a course has them; biases that it folds into the weights are not asked for."""
    net = params.net
    network = net.network(conventions)
    asked = [_asks(part, network) for part in params.parts]
    backward = any(ask.of_gradient for asks in asked for ask in asks)
    of_delta = any(ask.of_gradient and ask.node[0] == "s" for asks in asked for ask in asks)
    delta = "delta_of_examples" if network.architecture.examples > 1 else "delta"
    parts = tuple(
        Part(params.form, asks, choices=4 if len(asks) == 1 else 5, points=len(asks))
        for asks in asked
    )
    return Problem(
        parts,
        network.graph,
        network=network,
        conventions=(
            "layers",
            *("bias_folded",) * (network.architecture.bias == "folded"),
            *(delta,) * of_delta,
            *("gradients",) * backward,
        ),
        words={"net": net, "shapes": _shapes(net, network), "backward": backward},
    )


def _asks(part: tuple[Asked, ...], network: Network) -> tuple[Ask, ...]:
    """What a part asks for: of a bias that is folded in, the weights that it is folded into."""
    kept = [
        (n if n in network.graph.shapes else f"W{n[1:]}", of_gradient) for n, of_gradient in part
    ]
    return tuple(
        Ask(node, "gradient shape" if of_gradient else "shape")
        for node, of_gradient in dict.fromkeys(kept)
    )


def _shapes(net: Layered, network: Network) -> dict[str, object]:
    return {node: net.shape(network, node) for node in network.graph.shapes if node[0] in "xyWbso"}


def solve(problem: Problem, draw: Draw) -> Solution:
    """The shapes that the network's graph has."""
    net, network = cast(Layered, problem.words["net"]), problem.network
    assert network is not None
    made = slips(net, network)
    parts = (
        solved(
            part,
            [net.shape(network, a.node) for a in part.asks],
            made,
            draw.fork(number),
            by_length=True,
        )
        for number, part in enumerate(problem.parts)
    )
    return Solution(problem, tuple(parts))


def verify(problem: Problem, solution: Solution, full: bool = False) -> tuple[Verification, ...]:
    """By a real net: its arrays multiplied by NumPy, its gradients by complex steps."""
    return measured.check(problem, solution, full)
