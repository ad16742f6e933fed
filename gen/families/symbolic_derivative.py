"""Skill: a derivative of a small network as an expression in the network's own symbols.

The derivative of the output, or of a loss, with respect to a weight or bias: one factor for each
step back along the path. After Gormley and Gordon, CMU 10-301/601, Lecture 12 (Differentiation quiz
2), and Meila, Waterloo CS 480, Lecture 10 (gradients with respect to beta and W).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import cast

from gen.draw import Draw
from gen.family import Family
from gen.problem import Ask, Part, Problem, Solution, Verification
from gen.topics.derivations.answers import check, solved, wrong
from gen.topics.derivations.nets import Loss, Net, drawn, graph, symbols
from gen.topics.derivations.telling import derivation, facts
from gen.vocabulary import Difficulty, Form

FAMILY = Family(
    name="symbolic_derivative",
    version=1,
    title="A derivative in symbols",
    summary="the derivative of a network's output or loss by a weight, as an expression",
    topics=("computation graphs", "networks"),
    lectures=("004", "001"),
    forms=("symbolic", "choice"),
)


@dataclass(frozen=True, slots=True)
class Params:
    """The network, and the weights and biases (nodes) that its parts ask about."""

    net: Net
    asked: tuple[str, ...]
    form: Form = "symbolic"


MOST_EDGES = 9
"""The weights of a layer that a figure has room for."""
_INNER = ("sigmoid", "tanh")
_ENDS: tuple[tuple[str, Loss], ...] = (
    ("sigmoid", ""),
    ("tanh", ""),
    ("identity", "half_squared_error"),
    ("sigmoid", "half_squared_error"),
    ("tanh", "half_squared_error"),
    ("identity", "squared_error"),
    ("sigmoid", "squared_error"),
    ("tanh", "squared_error"),
    ("sigmoid", "binary_cross_entropy"),
)
"""The output's activation and the loss, if there is one."""


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """A network, and first a weight of its last layer, then one further back."""
    inner = draw.choice(_INNER)
    last, loss = draw.choice(_ENDS)
    biases = draw.integer(0, 2) > 0
    inputs, hidden = (draw.integer(2, 4 if difficulty == "easy" else 3) for _ in range(2))
    if difficulty == "hard":
        widths, layers = (inputs, hidden, 2, 1), (inner, draw.choice(_INNER), last)
        net = Net(widths, layers, loss, biases)
    else:
        net = Net((inputs, hidden, 1), (inner, last), loss, biases)
    asked = (_weight(draw, net, 2), _weight(draw, net, 1))
    if difficulty == "easy":
        return Params(net, asked[:1], form)
    return Params(net, asked[1:] if form == "choice" else asked, form)


sample_exact = sample


def _weight(draw: Draw, net: Net, layer: int) -> str:
    """A weight of a layer, now and then a bias."""
    unit = draw.integer(1, net.widths[layer])
    if net.biases and draw.integer(1, 6) == 1:
        return f"b{layer}_{unit}"
    return f"w{layer}_{unit}_{draw.integer(1, net.widths[layer - 1])}"


def _is_small(net: Net) -> bool:
    """Whether the symbols of all weights find room on their edges."""
    return net.depth == 2 and net.widths[0] * net.widths[1] <= MOST_EDGES


def pose(params: Params) -> Problem:
    """One derivative a part, in the symbols of the network."""
    net = params.net
    asks = [Ask(node, "gradient") for node in params.asked]
    sigmoid = ("sigmoid",) * ("sigmoid" in net.activations)
    return Problem(
        tuple(
            Part(params.form, (ask,), choices=5, points=place + 1) for place, ask in enumerate(asks)
        ),
        graph(net),
        figure=partial(drawn, net) if _is_small(net) else "none",
        conventions=(*sigmoid, "gradients"),
        words={
            "symbols": partial(symbols, net),
            "net": net,
            "wrong": partial(wrong, net),
            "lines": partial(derivation, net, params.asked),
            **facts(net, params.asked[-1]),
        },
    )


def solve(problem: Problem, draw: Draw) -> Solution:
    """The derivatives that the rules give, over names."""
    net = cast(Net, problem.words["net"])
    parts = [solved(net, part, draw.fork(n)) for n, part in enumerate(problem.parts)]
    return Solution(problem, tuple(parts))


def verify(problem: Problem, solution: Solution, full: bool = False) -> tuple[Verification, ...]:
    """At some points: by complex steps through the net, in full by SymPy's derivative too."""
    return check(cast(Net, problem.words["net"]), solution, full)
