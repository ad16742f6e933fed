"""Numbers of statements about the backward pass through the layers of a network."""

from __future__ import annotations

from fractions import Fraction

from gen.draw import Draw
from gen.topics.concepts.numbers.case import Case, Fact, different, part_of_one, signed


def next_terms(draw: Draw) -> Case:
    """The units through which an output acts directly."""
    before, own, after = different(draw, 3, 2, 9)
    facts = {"before": before, "own": own, "after": after}
    return Case(facts, after, (before, own, own * after), 1)


def tanh_delta(draw: Draw) -> Case:
    """Back through one weight and one tanh unit."""
    output = draw.sign() * Fraction(1, draw.integer(2, 3))
    weight, following = signed(draw, 2, 2, 5)
    arriving = weight * following
    facts: dict[str, Fact] = {"output": output, "weight": weight, "next": following}
    wrong = (arriving, arriving * (1 - output), following * (1 - output**2))
    return Case(facts, arriving * (1 - output**2), wrong, 4)


def tanh_output(draw: Draw) -> Case:
    """The sensitivity of a tanh output unit under a squared error."""
    output, target = draw.sign() * Fraction(1, draw.integer(2, 3)), draw.sign()
    error, slope = output - target, 1 - output**2
    wrong = (2 * error * (1 - output), 2 * error, error * slope)
    return Case({"output": output, "target": target}, 2 * error * slope, wrong, 5)


def weight_entry(draw: Draw) -> Case:
    """The derivative by one weight of a unit."""
    delta, weight, given = signed(draw, 3, 2, 8)
    facts: dict[str, Fact] = {"delta": delta, "weight": weight, "input": given}
    return Case(facts, delta * given, (delta * weight, delta * weight * given, delta), 1)


def bias_entry(draw: Draw) -> Case:
    """The derivative by the bias of a unit."""
    bias, delta = signed(draw, 2, 2, 9)
    return Case({"bias": bias, "delta": delta}, delta, (delta * bias, bias, -delta), 1)


def gradient_entries(draw: Draw) -> Case:
    """The entries of the gradient of a weight matrix for a batch."""
    units, inputs = different(draw, 2, 2, 9)
    batch = draw.choice((10, 16, 20, 32))
    facts = {"units": units, "inputs": inputs, "batch": batch}
    right = units * inputs
    return Case(facts, right, (right * batch, units * batch, units * (inputs + 1)), 2)


def paths_from_a_weight(draw: Draw) -> Case:
    """The paths through two fully connected layers."""
    second, third = different(draw, 2, 2, 9)
    wrong = (second + third, second + third + 1, second * third * 2)
    return Case({"second": second, "third": third}, second * third, wrong, 1)


def folded_entries(draw: Draw) -> Case:
    """The entries of a weight matrix that holds the biases too."""
    units, inputs = different(draw, 2, 2, 9)
    wrong = (units * inputs, (units + 1) * inputs, (units + 1) * (inputs + 1))
    return Case({"units": units, "inputs": inputs}, units * (inputs + 1), wrong, 2)


def sigmoid_unit_weight(draw: Draw) -> Case:
    """The derivative of half a squared error by a weight of one sigmoid unit."""
    output, target = part_of_one(draw, 4), draw.integer(0, 1)
    given = draw.sign() * draw.integer(2, 6)
    error, slope = output - target, output * (1 - output)
    facts: dict[str, Fact] = {"output": output, "target": target, "input": given}
    wrong = (error * given, -error * slope * given, error * slope)
    return Case(facts, error * slope * given, wrong, 5)


def hidden_weight(draw: Draw) -> Case:
    """The derivative by a weight into a hidden sigmoid unit."""
    hidden = part_of_one(draw, 4)
    weight, error, given = signed(draw, 3, 2, 5)
    facts: dict[str, Fact] = {"hidden": hidden, "weight": weight, "error": error, "input": given}
    arriving, slope = error * weight, hidden * (1 - hidden)
    wrong = (arriving * given, arriving * hidden * given, error * slope * given)
    return Case(facts, arriving * slope * given, wrong, 5)
