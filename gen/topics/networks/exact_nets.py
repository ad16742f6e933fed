"""Small networks whose forward and backward pass need no calculator.

Layers are of two kinds. A *whole* layer (linear or ReLU) has whole numbers as weights and biases.
A *logarithmic* layer (sigmoid, tanh, softmax) has multiples of ln 2 and ln 3 over whole inputs, so
that its pre-activations are logarithms of rational numbers and its activations rational. What comes
after a logarithmic layer is whole, as its inputs are fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from gen.draw import Draw
from gen.exact_numbers import fraction, logarithm
from gen.exact_solving import is_plain_throughout
from gen.family import Rejected
from gen.topics.networks.nets import ROWS, Net, Numbers, Plan, activated, dead_unit
from gen.topics.networks.plans import ONE_OUTPUT, OUTPUTS, WIDTHS
from gen.vocabulary import Difficulty
from solver.exact import Exact

REDRAWS = 4
LOGARITHMIC = frozenset({"sigmoid", "tanh", "softmax"})

_BEFORE_LOGARITHMIC = (*(("relu", "relu"),) * 5, ("identity", "relu"))
_BEFORE_WHOLE = (
    *(("sigmoid", "relu"), ("tanh", "relu")) * 2,
    ("relu", "relu"),
    ("relu", "sigmoid"),
    ("relu", "tanh"),
    ("identity", "tanh"),
)
"""The activations of the hidden layers; a net with one takes the first."""

_INPUTS, _WEIGHTS, _BIASES = (1, 2, 3), (1, 2, 3), (1, 2, 3, 4)
_POWERS = (-2, -1, -1, 1, 1, 2)
"""The exponents of 2 or 3 in what a weight of a logarithmic layer is the logarithm of."""
_ODDS = tuple(
    Fraction(a, b) for a, b in ((2, 1), (3, 1), (4, 1), (3, 2), (4, 3), (6, 1), (8, 1), (9, 1))
)
_LEAST, _LARGEST = 0.25, 6.0
"""The sizes between which the pre-activations of a whole layer lie."""
_SOFT = {"sigmoid": 4, "tanh": 3, "softmax": 6}
"""e to the pre-activation, or to minus it, is at most this: nothing is saturated."""

Row = tuple[tuple[Exact, ...], Exact]
"""The weights and the bias of a unit."""


def draw_exact_net(draw: Draw, difficulty: Difficulty) -> Net:
    """A network of the difficulty with its example, whose every value and gradient is plain.

    Raises Rejected when the lot gives none several times.
    """
    return exact_net(draw, lambda: exact_plan(draw, draw.choice(WIDTHS[difficulty]), difficulty))


def exact_net(draw: Draw, plan: Callable[[], Plan]) -> Net:
    """The same of a plan, which is drawn anew with every try.

    Logarithmic layers of the plan come after whole ones only, and whole ones are its last.
    """
    for _ in range(REDRAWS):
        net = _net(draw, plan())
        if is_plain_throughout(net.network().graph, net.givens()):
            return net
    raise Rejected("a number is not plain enough to carry on with")


def exact_plan(draw: Draw, widths: tuple[int, ...], difficulty: Difficulty) -> Plan:
    """A plan of these widths that exact numbers can be found for."""
    output, loss = draw.choice(ONE_OUTPUT if widths[-1] == 1 else OUTPUTS)
    before = _BEFORE_LOGARITHMIC if output in LOGARITHMIC else _BEFORE_WHOLE
    activations = (*draw.choice(before)[: len(widths) - 2], output)
    folded = difficulty == "hard" and draw.integer(1, 5) == 1
    return Plan(widths, activations, loss, "folded" if folded else "separate")


def _net(draw: Draw, plan: Plan) -> Net:
    x = tuple(draw.sign() * size for size in draw.sample(_INPUTS, plan.widths[0]))
    flow: Numbers = tuple(map(fraction, x))
    weights, biases = [], []
    for width, activation in zip(plan.widths[1:], plan.activations, strict=True):
        rows = _layer(draw, activation, width, flow)
        weights.append(tuple(row for row, _ in rows))
        biases.append(tuple(bias for _, bias in rows))
        flow = _flow(activation, rows, flow)
    y = _target(draw, plan.activations[-1], flow)
    inputs = tuple(map(fraction, x))
    return Net(plan.activations, plan.loss, inputs, tuple(weights), tuple(biases), y, plan.bias)


def _flow(activation: str, rows: Sequence[Row], inputs: Numbers) -> Numbers:
    products = np.array([row for row, _ in rows]) @ np.array(inputs)
    sums = products + np.array([bias for _, bias in rows])
    return tuple(activated(activation, sums).tolist())


def _layer(draw: Draw, activation: str, width: int, inputs: Numbers) -> list[Row]:
    """The rows of a layer, no two alike."""
    rows: list[Row] = []
    off = dead_unit(draw, activation, width)
    for _ in range(width * ROWS):
        if activation in LOGARITHMIC:
            row = _logarithmic(draw, activation, inputs)
        else:
            row = _whole(draw, activation, inputs, off == len(rows))
        if row is not None and all(row[0] != other for other, _ in rows):
            rows.append(row)
            if len(rows) == width:
                return rows
    raise Rejected("no bias keeps a unit within its band")


def _whole(draw: Draw, activation: str, inputs: Numbers, off: bool) -> Row | None:
    """Whole weights and a bias; a ReLU is on unless it is to be off."""
    row = [draw.sign() * draw.choice(_WEIGHTS) for _ in inputs]
    bias = draw.sign() * draw.choice(_BIASES)
    s = float(sum(w * o for w, o in zip(row, inputs, strict=True)) + bias)
    if not _LEAST <= abs(s) <= _LARGEST or (activation == "relu" and (s < 0) != off):
        return None
    return tuple(map(fraction, row)), fraction(bias)


def _logarithmic(draw: Draw, activation: str, inputs: Numbers) -> Row | None:
    """Weights that are multiples of ln 2 or ln 3, and a bias that brings the sum into its band."""
    bases = [Fraction(draw.choice((2, 2, 3))) for _ in inputs]
    factors = [base ** draw.choice(_POWERS) for base in bases]
    odds = Fraction(1)
    for factor, value in zip(factors, inputs, strict=True):
        odds *= factor ** int(float(value))
    biases = [q for size in _ODDS for q in (size, 1 / size) if _suits(odds * q, activation)]
    if not biases:
        return None
    bias = draw.choice(biases)
    return tuple(map(_logarithm, factors)), _logarithm(bias)


def _suits(odds: Fraction, activation: str) -> bool:
    size = max(odds, 1 / odds)
    return 1 < size <= _SOFT[activation] and size.numerator < 10


def _logarithm(q: Fraction) -> Exact:
    return logarithm(q.numerator, q.denominator)


_TARGETS: Mapping[str, tuple[Exact, ...]] = MappingProxyType(
    {
        "sigmoid": (fraction(0), fraction(1)),
        "tanh": (fraction(-1), fraction(-1, 2), fraction(1, 2), fraction(1)),
    }
)
_LEAST_MISS = 0.2


def _target(draw: Draw, activation: str, prediction: Numbers) -> Numbers:
    if activation == "softmax":
        missed = [k for k, p in enumerate(prediction) if 1 - float(p) >= _LEAST_MISS]
        label = draw.choice(missed)
        return tuple(fraction(int(label == k)) for k in range(len(prediction)))
    return tuple(_miss(draw, activation, float(p)) for p in prediction)


def _miss(draw: Draw, activation: str, prediction: float) -> Exact:
    """A target that the prediction misses: of the output's range, else a whole number near it."""
    if activation in _TARGETS:
        targets = [t for t in _TARGETS[activation] if abs(float(t) - prediction) >= _LEAST_MISS]
        return draw.choice(targets)
    least = 0 if activation == "relu" else -100
    near = [round(prediction) + step for step in (-2, -1, 1, 2)]
    return fraction(draw.choice([n for n in near if n > least and abs(n - prediction) > 0.2]))
