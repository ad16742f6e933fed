"""Skill: a derivative of a small network as an expression in the network's own symbols.

The derivative of the output, or of a loss, with respect to a weight, a bias or the output of a
hidden unit: one factor for each step back along the path. After Gormley and Gordon, CMU 10-301/601,
Lecture 12 (Differentiation quiz 2), and Meila, Waterloo CS 480, Lecture 10 (gradients with respect
to beta and W).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import cast

from gen.draw import Draw
from gen.family import Family
from gen.problem import Ask, Part, Problem, Solution, Verification
from gen.topics.derivations.answers import check, solved, wrong
from gen.topics.derivations.nets import Biased, Loss, Net, drawn, graph, symbols
from gen.topics.derivations.telling import derivation, facts
from gen.vocabulary import Difficulty, Form

FAMILY = Family(
    name="symbolic_derivative",
    version=2,
    title="A derivative in symbols",
    summary="the derivative of a network's output or loss by a weight or a hidden unit, in symbols",
    topics=("computation graphs", "networks"),
    lectures=("004", "001"),
    forms=("symbolic", "choice"),
)


@dataclass(frozen=True, slots=True)
class Params:
    """The network, and the nodes that its parts ask about: weights, biases, a hidden output."""

    net: Net
    asked: tuple[str, ...]
    form: Form = "symbolic"


MOST_EDGES = 9
"""The weights of a layer that a figure has room for."""
MOST_WEIGHTS = 15
"""The weights of a first layer whose units can all be written out."""
_INNER = ("sigmoid", "tanh", "softplus")
_ENDS: tuple[tuple[str, Loss], ...] = (
    *((last, "") for last in _INNER),
    *((last, "half_squared_error") for last in ("identity", *_INNER)),
    *((last, "squared_error") for last in ("identity", *_INNER)),
    ("sigmoid", "binary_cross_entropy"),
)
"""The output's activation and the loss, if there is one."""
_BIASES: tuple[Biased, ...] = ("all", "none", "hidden", "output")
_WIDTHS = {
    difficulty: tuple(
        (inputs, hidden)
        for inputs in range(2, most + 1)
        for hidden in range(2, most + 1)
        if inputs * hidden <= MOST_WEIGHTS
    )
    for difficulty, most in (("easy", 5), ("medium", 4), ("hard", 3))
}
"""Inputs and units of the first hidden layer."""


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """A network, and first what is at its last layer, then a weight further back."""
    inner = draw.choice(_INNER)
    last, loss = draw.choice(_ENDS)
    biases = draw.choice(_BIASES)
    inputs, hidden = draw.choice(_WIDTHS[difficulty])
    if difficulty == "hard":
        widths, layers = (inputs, hidden, 2, 1), (inner, draw.choice(_INNER), last)
        net = Net(widths, layers, loss, biases)
    else:
        net = Net((inputs, hidden, 1), (inner, last), loss, biases)
    if difficulty == "easy":
        return Params(net, (_near(draw, net),), form)
    asked = (_weight(draw, net, 2), _weight(draw, net, 1))
    return Params(net, asked[1:] if form == "choice" else asked, form)


sample_exact = sample


def _near(draw: Draw, net: Net) -> str:
    """A weight of the last layer, or the output of a hidden unit that it multiplies."""
    if draw.integer(1, 2) == 1:
        return net.output(net.depth - 1, draw.integer(1, net.widths[-2]))
    return _weight(draw, net, net.depth)


def _weight(draw: Draw, net: Net, layer: int) -> str:
    """A weight of a layer, now and then a bias."""
    unit = draw.integer(1, net.widths[layer])
    if net.has_bias(layer) and draw.integer(1, 6) == 1:
        return f"b{layer}_{unit}"
    return f"w{layer}_{unit}_{draw.integer(1, net.widths[layer - 1])}"


def _is_small(net: Net) -> bool:
    """Whether the symbols of all weights find room on their edges."""
    return net.depth == 2 and net.widths[0] * net.widths[1] <= MOST_EDGES


def pose(params: Params) -> Problem:
    """One derivative a part, in the symbols of the network."""
    net = params.net
    asks = [Ask(node, "gradient") for node in params.asked]
    # The derivative of softplus is a sigmoid.
    sigmoid = ("sigmoid",) * (not {"sigmoid", "softplus"}.isdisjoint(net.activations))
    softplus = ("softplus_defined",) * ("softplus" in net.activations)
    return Problem(
        tuple(
            Part(params.form, (ask,), choices=5, points=place + 1) for place, ask in enumerate(asks)
        ),
        graph(net),
        figure=partial(drawn, net) if _is_small(net) else "none",
        conventions=(*softplus, *sigmoid, "gradients"),
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
