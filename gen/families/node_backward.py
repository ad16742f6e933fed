"""One node on its own: from what comes back to it to what it sends to each of its inputs.

Tests the step that the backward pass repeats: what the children send back is added, and each input
gets the sum times the local derivative, weights and bias as well if the node is a unit. After Kim,
Rutgers CS 461, Class 16 (units with `forward` and `backward`), and Linzen, NYU DS-GA 1003
(backpropagation at a node with several children).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from gen.draw import Draw
from gen.exact_numbers import EXACT_CHOICES, is_exact
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Part, Problem
from gen.topics.graphs.node_draws import Numbers, draw_numbers, draw_shape
from gen.topics.graphs.node_letters import children, drawing, letters
from gen.topics.graphs.node_mistakes import mistakes
from gen.topics.graphs.nodes import Shape, arrived, graph_of, move, node_graph
from gen.vocabulary import Difficulty, Form

FAMILY = Family(
    name="node_backward",
    version=1,
    title="Backward through one node",
    summary="what a node sends to its inputs, given what its children send back to it",
    topics=("computation graphs",),
    lectures=("002", "003"),
)

DECIMAL = frozenset({"divide", "exp", "log", "sqrt", "sigmoid", "tanh"})
"""Operations whose results are rounded."""

MOST_UNITS = 2
"""The inputs of a unit up to which a page has room to ask what its bias and an input get."""


@dataclass(frozen=True, slots=True)
class Params:
    """A node, the numbers of its inputs, and those that come back to it."""

    shape: Shape
    numbers: Numbers
    form: Form = "numeric"


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """A node with few inputs and one child, up to a unit of several inputs and children."""
    shape = draw_shape(draw, difficulty, form)
    return Params(shape, draw_numbers(draw, shape, exact=False), form)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, with fractions, and logarithms where there are powers of e."""
    shape = draw_shape(draw, difficulty, form)
    return Params(shape, draw_numbers(draw, shape, exact=True), form)


def pose(params: Params) -> Problem:
    """The value, what arrives, and what is sent on; a choice asks for what is sent on alone."""
    shape = params.shape
    givens = {name: np.array(number) for name, number in params.numbers}
    picture = partial(drawing, shape, givens)
    exact = is_exact(params.numbers[0][1])
    operations = node_graph(shape).operations
    parts = _choice(shape, exact) if params.form == "choice" else _parts(shape)
    if "maximum" in operations:
        # Its smaller argument gets nothing, which is what is to be seen there.
        parts = tuple(replace(part, zeros=True) for part in parts)
    asked = tuple(ask.node for part in parts for ask in part.asks if ask.node in shape.inputs)
    return Problem(
        parts=parts,
        graph=graph_of(shape),
        givens=givens,
        slips=("order_swapped", "sign_reversed") if params.form == "choice" else (),
        variants=Later(mistakes, shape, givens),
        figure=picture,
        solved_figure=picture,
        conventions=_conventions(operations, exact),
        words={
            "symbols": partial(letters, shape),
            "children": tuple(zip(children(shape), shape.contributions, strict=True)),
            "node": shape.node,
            "moved": partial(move, shape, givens, asked),
            "arrived": arrived([givens[name] for name in shape.contributions]),
            "operations": tuple(sorted(operations)),
            "powers": exact and not operations.isdisjoint({"exp", "sigmoid", "tanh"}),
        },
    )


def _parts(shape: Shape) -> tuple[Part, ...]:
    if not shape.units:
        arriving = ((shape.node,),) if shape.children > 1 else ()
        asked = (*arriving, shape.inputs)
        return (_values((shape.node,)), *(_gradients("numeric", nodes) for nodes in asked))
    weights = tuple(f"w{k}" for k in range(1, shape.units + 1))
    if shape.units > MOST_UNITS:
        return (_values(("s", "o")), *(_gradients("numeric", n) for n in (("o", "s"), weights)))
    # What the unit sends to one input is enough, as the others are like it.
    asked = (("o", "s"), (*weights, "b"), ("x1",))
    return (_values(("s", "o")), *(_gradients("numeric", nodes) for nodes in asked))


def _values(nodes: tuple[str, ...]) -> Part:
    return Part("numeric", tuple(map(Ask, nodes)), points=len(nodes))


def _choice(shape: Shape, exact: bool) -> tuple[Part, ...]:
    asked = ("w1", "b") if shape.units else shape.inputs
    fewer = exact or shape.children == 1
    return (_gradients("choice", asked, EXACT_CHOICES if fewer else 5),)


def _gradients(form: Form, nodes: tuple[str, ...], choices: int = 5) -> Part:
    asks = tuple(Ask(node, "gradient") for node in nodes)
    return Part(form, asks, choices=choices, points=len(asks))


def _conventions(operations: frozenset[str], exact: bool) -> tuple[str, ...]:
    stated = {
        "sigmoid_defined": "sigmoid" in operations,
        "tanh_defined": exact and "tanh" in operations,
        "gradients": True,
        "natural_logarithm": "log" in operations or (exact and not operations.isdisjoint(DECIMAL)),
        "places": not exact and not operations.isdisjoint(DECIMAL),
        "exact_values": exact,
    }
    return tuple(name for name, needed in stated.items() if needed)
