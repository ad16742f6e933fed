"""Drawing polynomials, and units, that have a third derivative to be wrong by."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from gen.draw import Draw
from gen.exact_numbers import fraction
from gen.topics.differences.graphs import Polynomial, Setting

Numbers = tuple[tuple[str, Any], ...]
"""What is given, by name: numbers, and vectors."""

COEFFICIENTS, STARTS = (1, 2, 3), (1, 2, 3)
STEPS = {
    "centred": ("1/10", "1/5", "1/2"),
    "forward": ("1/10", "1/5", "1/2"),
    "halved": ("1/5", "2/5", "1"),
    "orders": ("1/5", "2/5", "1"),
    "unit": ("1/5", "2/5", "1/2"),
}
EXACT_STEPS = {
    "centred": ("1/2", "1/3", "1"),
    "forward": ("1/2", "1/3", "1"),
    "halved": ("1", "2"),
    "orders": ("1", "2"),
}
"""The sizes of a step. One that is halved is such that halves have few digits too."""
WEIGHTS = tuple(Fraction(n, 10) for n in range(2, 16))
INPUTS = tuple(Fraction(n, 2) for n in (1, 2, 3, 4, 5))
TARGETS = {"tanh": (-1, 1), "sigmoid": (0, 1)}


def draw_polynomial(draw: Draw, parameters: int) -> tuple[Polynomial, int]:
    """A polynomial of two or three parameters, and the place of the one to be moved.

    That one is in a third or fourth power, in a product, and missing from another term.
    """
    highest = draw.choice((3, 3, 4)) if parameters > 2 else 3
    mixed = draw.choice(((1, 1), (2, 1), (1, 2)))
    rows = [(highest, 0), mixed, (0, draw.choice((1, 2, 3)))]
    if parameters == 2:
        exponents: list[tuple[int, ...]] = list(rows)
    else:
        exponents = [*((*row, 0) for row in rows), (2, 0, 1)]
    order = draw.shuffle(range(parameters))
    signs = [draw.sign() for _ in exponents]
    # A polynomial that begins with a minus sign is hard to read aloud.
    signs[0] = 1
    terms = [
        (sign * draw.choice(COEFFICIENTS), tuple(row[k] for k in order))
        for sign, row in zip(signs, exponents, strict=True)
    ]
    return tuple(terms), order.index(0)


def draw_point(draw: Draw, setting: Setting, exact: bool) -> Numbers:
    """Where the polynomial is differentiated, and the step."""
    step = Fraction(draw.choice((EXACT_STEPS if exact else STEPS)[setting.kind]))
    starts = [Fraction(draw.sign() * draw.choice(STARTS)) for _ in range(setting.parameters)]
    given = {f"t{n}": start for n, start in enumerate(starts, 1)}
    return _numbers({**given, "e": step}, exact)


def draw_unit(draw: Draw, setting: Setting) -> Numbers:
    """Weights, input, bias and target of a unit, and the step."""
    weights, inputs = _vector(draw, WEIGHTS, 2), _vector(draw, INPUTS, 2)
    pre = draw.sign() * draw.choice(WEIGHTS)
    bias = pre - sum((w * x for w, x in zip(weights, inputs, strict=True)), Fraction(0))
    target = Fraction(draw.choice(TARGETS[setting.activation]))
    given = {"t1": weights[0], "t2": weights[1], "x": inputs, "b": bias, "y": target}
    return _numbers({**given, "e": Fraction(draw.choice(STEPS["unit"]))}, exact=False)


def _vector(draw: Draw, sizes: Sequence[Fraction], count: int) -> tuple[Fraction, ...]:
    return tuple(draw.sign() * size for size in draw.sample(sizes, count))


def _numbers(given: dict[str, Any], exact: bool) -> Numbers:
    return tuple((name, _made(value, exact)) for name, value in given.items())


def _made(value: Any, exact: bool) -> Any:
    if isinstance(value, tuple):
        return tuple(_made(entry, exact) for entry in value)
    return fraction(value.numerator, value.denominator) if exact else float(value)
