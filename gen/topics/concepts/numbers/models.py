"""Numbers of statements about models: parameters, thresholds, least squares, duals."""

from __future__ import annotations

from fractions import Fraction

from gen.draw import Draw
from gen.topics.concepts.numbers.case import Case, different, part_of_one, signed


def weights_without_biases(draw: Draw) -> Case:
    """The weights of a network with one hidden layer and one output."""
    inputs, hidden = different(draw, 2, 3, 12)
    facts = {"inputs": inputs, "hidden": hidden}
    right = inputs * hidden + hidden
    return Case(facts, right, (inputs * hidden, inputs + hidden + 1, right + hidden + 1), 2)


def slope_through_origin(draw: Draw) -> Case:
    """The least-squares slope through two points, without an intercept."""
    first, second = different(draw, 2, 1, 4)
    up, over = (draw.sign() * each for each in different(draw, 2, 1, 6))
    facts = {"first": first, "up": up, "second": second, "over": over}
    wrong = (
        Fraction(up + over, first + second),
        (Fraction(up, first) + Fraction(over, second)) / 2,
        Fraction(over - up, second - first),
    )
    right = Fraction(first * up + second * over, first**2 + second**2)
    return Case(facts, right, wrong, 7)


def logistic_curvature(draw: Draw) -> Case:
    """The second derivative of a logistic loss by the only weight."""
    p, feature = part_of_one(draw), draw.sign() * draw.integer(2, 5)
    slope = p * (1 - p)
    wrong = (slope * feature, slope, (1 - p) * feature**2)
    return Case({"p": p, "feature": feature}, slope * feature**2, wrong, 4)


def balanced_multipliers(draw: Draw) -> Case:
    """The multiplier that makes the sums of two classes equal."""
    first, second, third = different(draw, 3, 1, 9)
    third = min(third, first + second - 1)
    facts = {"first": first, "second": second, "third": third}
    right = first + second - third
    return Case(facts, right, (first + second + third, first + second, abs(third - second)), 2)


def threshold_unit(draw: Draw) -> Case:
    """For how many of four inputs a perceptron fires."""
    first, second = signed(draw, 2, 1, 4)
    sums = (0, second, first, first + second)
    # A threshold that some sum just reaches tells "at least" from "more than".
    threshold = draw.choice([each for each in sums if each])
    right = sum(each >= threshold for each in sums)
    facts = {"first": first, "second": second, "threshold": threshold, "both": first + second}
    wrong = (sum(each > threshold for each in sums), 4 - right)
    return Case(facts, right, wrong, 5)


def collapsed_weight(draw: Draw) -> Case:
    """The weight of two linear units in a row."""
    first, second = signed(draw, 2, 2, 9)
    wrong = (first + second, second, -first * second)
    return Case({"first": first, "second": second}, first * second, wrong, 1)


def one_to_one_network(draw: Draw) -> Case:
    """The parameters of a network with one input and one output."""
    hidden = draw.integer(2, 20)
    return Case({"hidden": hidden}, 3 * hidden + 1, (2 * hidden, 2 * hidden + 1, 3 * hidden), 3)


def perceptron_parameters(draw: Draw) -> Case:
    """The parameters of a network with one hidden layer."""
    inputs, hidden, outputs = different(draw, 3, 2, 9)
    facts = {"inputs": inputs, "hidden": hidden, "outputs": outputs}
    weights = hidden * (inputs + outputs)
    return Case(
        facts, weights + hidden + outputs, (weights, weights + inputs + hidden, weights + 2), 5
    )


def equal_hidden_layers(draw: Draw) -> Case:
    """The parameters of a network with several hidden layers of equal width."""
    inputs, hidden = different(draw, 2, 2, 7)
    layers = draw.integer(2, 4)
    facts = {"inputs": inputs, "layers": layers, "hidden": hidden}
    weights = hidden * inputs + (layers - 1) * hidden**2 + hidden
    right = weights + layers * hidden + 1
    return Case(facts, right, (weights, right + hidden * (hidden + 1), right - 1), 8)


def weight_matrices(draw: Draw) -> Case:
    """The weight matrices of a network with so many hidden layers."""
    hidden = draw.integer(2, 12)
    return Case({"hidden": hidden}, hidden + 1, (hidden, hidden + 2), 1)
