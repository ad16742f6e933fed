"""Numbers of statements about finite differences and the modes of automatic differentiation."""

from __future__ import annotations

from gen.draw import Draw
from gen.topics.concepts.numbers.case import Case, different


def centred_evaluations(draw: Draw) -> Case:
    """Evaluations for a gradient by centred differences."""
    inputs = draw.integer(5, 60)
    return Case({"inputs": inputs}, 2 * inputs, (inputs, inputs + 1, 2), 1)


def one_sided_evaluations(draw: Draw) -> Case:
    """Evaluations for a gradient by one-sided differences."""
    inputs = draw.integer(5, 60)
    return Case({"inputs": inputs}, inputs + 1, (inputs, 2 * inputs, inputs - 1), 2)


def error_of_differences(draw: Draw) -> Case:
    """By what the error of a centred difference shrinks."""
    factor = draw.choice((2, 3, 4, 5, 10))
    wrong = (factor, 2 * factor, factor**3)
    return Case({"factor": factor}, factor**2, wrong, 2)


def centred_cube(draw: Draw) -> Case:
    """The centred difference of a cube."""
    theta, epsilon = different(draw, 2, 1, 5)
    right = 3 * theta**2 + epsilon**2
    wrong = (3 * theta**2, 2 * right, right + 3 * theta * epsilon)
    return Case({"theta": theta, "epsilon": epsilon}, right, wrong, 7)


def _sizes(draw: Draw) -> dict[str, int]:
    inputs, outputs = different(draw, 2, 2, 20)
    return {"inputs": inputs, "outputs": outputs}


def reverse_passes(draw: Draw) -> Case:
    """Backward passes for all partial derivatives."""
    sizes = _sizes(draw)
    inputs, outputs = sizes.values()
    return Case(sizes, outputs, (inputs, inputs * outputs, inputs + outputs), 1)


def forward_passes(draw: Draw) -> Case:
    """Forward passes for all partial derivatives."""
    sizes = _sizes(draw)
    inputs, outputs = sizes.values()
    return Case(sizes, inputs, (outputs, inputs * outputs, inputs + outputs), 1)


def fewest_passes(draw: Draw) -> Case:
    """Passes of the mode that needs fewer."""
    sizes = _sizes(draw)
    inputs, outputs = sizes.values()
    return Case(sizes, min(inputs, outputs), (max(inputs, outputs), inputs + outputs, 1), 2)


def product_of_dual_numbers(draw: Draw) -> Case:
    """The derivative part of a product."""
    a, b, c, d = different(draw, 4, 2, 9)
    facts = {"a": a, "b": b, "c": c, "d": d}
    return Case(facts, a * d + b * c, (b * d, a * c, b + d), 3)


def cube_of_a_dual_number(draw: Draw) -> Case:
    """The derivative part of a cube."""
    u, rate = different(draw, 2, 2, 5)
    wrong = (3 * u**2, rate**3, u**2 * rate)
    return Case({"u": u, "rate": rate}, 3 * u**2 * rate, wrong, 3)
