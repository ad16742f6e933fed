"""Numbers of statements about activations, output units and losses."""

from __future__ import annotations

from fractions import Fraction

from gen.draw import Draw
from gen.topics.concepts.numbers.case import Case, Fact, different, part_of_one


def tanh_slope(draw: Draw) -> Case:
    """The slope of tanh from its output."""
    output = draw.sign() * part_of_one(draw)
    wrong = (1 - output, output * (1 - output), output**2)
    return Case({"output": output}, 1 - output**2, wrong, 2)


def sigmoid_slope(draw: Draw) -> Case:
    """The slope of the sigmoid from its output."""
    output = part_of_one(draw, 7)
    wrong = (1 - output**2, 1 - output, output**2)
    return Case({"output": output}, output * (1 - output), wrong, 2)


def shrinking_chain(draw: Draw) -> Case:
    """How small the largest slopes of several sigmoids make a derivative."""
    units = draw.integer(2, 5)
    return Case({"units": units}, 4**units, (2**units, 4 * units, 4 ** (units - 1)), units)


def posterior(draw: Draw) -> Case:
    """Bayes' rule for two classes."""
    prior = part_of_one(draw)
    below = draw.integer(5, 9)
    first, second = (Fraction(above, below) for above in different(draw, 2, 1, below - 1))
    joint, other = first * prior, second * (1 - prior)
    facts = {"prior": prior, "rest": 1 - prior, "first": first, "second": second}
    wrong = (first / (first + second), joint, other / (joint + other))
    return Case(facts, joint / (joint + other), wrong, 5)


def softmax_score(draw: Draw) -> Case:
    """Probability minus target for one class."""
    below = draw.integer(5, 9)
    above, others = different(draw, 2, 1, below // 2)
    p, q = Fraction(above, below), Fraction(others, below)
    if draw.integer(0, 1):
        which, right, wrong = "the true class", p - 1, (p, 1 - p, p * (1 - p))
    else:
        which, right, wrong = "that other class", q, (-q, q - 1, q * (1 - q))
    return Case({"p": p, "q": q, "which": which}, right, wrong, 1)


def scores_of_two_examples(draw: Draw) -> Case:
    """Probabilities minus targets, summed over two examples."""
    below = draw.integer(5, 9)
    above = draw.integer(1, below - 1)
    others = [each for each in range(1, below) if each not in (above, below - above)]
    first, second = Fraction(above, below), Fraction(draw.choice(others), below)
    total = first - 1 + second
    wrong = (first + second, total / 2, first + second - 2)
    return Case({"first": first, "second": second}, total, wrong, 3)


def softmax_slope(draw: Draw) -> Case:
    """An entry of the softmax's Jacobian."""
    below = draw.integer(4, 7)
    above, others = different(draw, 2, 1, below // 2)
    p, q = Fraction(above, below), Fraction(others, below)
    if draw.integer(0, 1):
        return Case({"p": p, "q": q, "which": "first"}, p * (1 - p), (-p * q, 1 - p, -p * p), 2)
    return Case({"p": p, "q": q, "which": "second"}, -p * q, (p * q, p * (1 - p), -q), 2)


def sigmoid_score(draw: Draw) -> Case:
    """Output minus target under a binary cross-entropy."""
    output, target = part_of_one(draw, 7), draw.integer(0, 1)
    error = output - target
    wrong = (-error, error * output * (1 - output), output * (1 - output))
    return Case({"output": output, "target": target}, error, wrong, 1)


def softmax_of_logs(draw: Draw) -> Case:
    """The softmax of logarithms, which are exponentiated and normalised."""
    first, second, third = different(draw, 3, 2, 7)
    facts = {"first": first, "second": second, "third": third}
    total = first + second + third
    wrong = (Fraction(first, second + third), Fraction(second, total), Fraction(1, first))
    return Case(facts, Fraction(first, total), wrong, 3)


def bce_slope(draw: Draw) -> Case:
    """The derivative of the binary cross-entropy by the output."""
    output, target = part_of_one(draw, 7), draw.integer(0, 1)
    right = -1 / output if target else 1 / (1 - output)
    other = 1 / (1 - output) if target else -1 / output
    return Case({"output": output, "target": target}, right, (output - target, -right, other), 2)


def half_square(draw: Draw) -> Case:
    """The derivative of half a squared error by the output."""
    output, target = (draw.sign() * each for each in different(draw, 2, 2, 9))
    error = output - target
    wrong = (2 * error, -error, Fraction(error * error, 2))
    return Case({"output": output, "target": target}, error, wrong, 1)


def loss_from_probabilities(draw: Draw) -> Case:
    """The cross-entropy of one of three classes."""
    parts = different(draw, 3, 1, 6)
    chances = [Fraction(each, sum(parts)) for each in parts]
    names = ("first", "second", "third")
    true = draw.integer(0, 2)
    facts: dict[str, Fact] = dict(zip(names, chances, strict=True))
    facts["which"] = names[true]
    wrong = (*(1 / chance for chance in chances), chances[true])
    return Case(facts, 1 / chances[true], wrong, 1)


def two_softmax_outputs(draw: Draw) -> Case:
    """The argument of the sigmoid that a softmax of two scores is."""
    first, second = (draw.sign() * each for each in different(draw, 2, 2, 9))
    facts = {"first": first, "second": second}
    return Case(facts, first - second, (second - first, first + second, first), 1)
