"""Statements about activations and losses: slopes of the functions by their definitions."""

from __future__ import annotations

import cmath
from fractions import Fraction

from gen.topics.concepts.oracle.slopes import logit, sigmoid, slope, softmax


def tanh_slope(output: Fraction) -> float:
    """The slope of tanh where it has that value."""
    return slope(cmath.tanh, cmath.atanh(float(output)).real)


def sigmoid_slope(output: Fraction) -> float:
    """The slope of the sigmoid where it has that value."""
    return slope(sigmoid, logit(output))


def shrinking_chain(units: int) -> float:
    """One over the slope of sigmoids behind each other, each shifted to be at 0."""

    def last(s: complex) -> complex:
        for _ in range(units - 1):
            s = sigmoid(s) - 0.5
        return complex(sigmoid(s))

    return 1 / slope(last, 0.0)


def posterior(prior: Fraction, rest: Fraction, first: Fraction, second: Fraction) -> float:
    """The share of the first class in a population of both classes."""
    people = prior.denominator * first.denominator * second.denominator
    of_first, of_second = people * prior * first, people * rest * second
    return float(of_first / (of_first + of_second))


def _scores(*chances: Fraction) -> list[float]:
    """Scores whose softmax starts with these; what is left goes to one more class."""
    left = 1 - sum(chances)
    return [cmath.log(float(p)).real for p in (*chances, left) if p > 0]


def softmax_score(p: Fraction, q: Fraction, which: str) -> float:
    """The slope of minus the logarithm of the true class's softmax."""
    scores, place = _scores(p, q), 0 if which == "the true class" else 1

    def loss(score: complex) -> complex:
        return -cmath.log(softmax([*scores[:place], score, *scores[place + 1 :]])[0])

    return slope(loss, scores[place])


def scores_of_two_examples(first: Fraction, second: Fraction) -> float:
    """The slope of two cross-entropies by what is added to one score in both."""
    one, two = _scores(first), _scores(second)

    def loss(bias: complex) -> complex:
        right = softmax([one[0] + bias, one[1]])[0]
        wrong = softmax([two[0] + bias, two[1]])[1]
        return -cmath.log(right) - cmath.log(wrong)

    return slope(loss, 0.0)


def softmax_slope(p: Fraction, q: Fraction, which: str) -> float:
    """The slope of the first softmax output by one of the scores."""
    scores, place = _scores(p, q), 0 if which == "first" else 1
    return slope(
        lambda score: softmax([*scores[:place], score, *scores[place + 1 :]])[0], scores[place]
    )


def _binary(output: complex, target: int) -> complex:
    return -target * cmath.log(output) - (1 - target) * cmath.log(1 - output)


def sigmoid_score(output: Fraction, target: int) -> float:
    """The slope of the binary cross-entropy by the argument of the sigmoid."""
    return slope(lambda s: _binary(sigmoid(s), target), logit(output))


def softmax_of_logs(first: int, second: int, third: int) -> float:
    """The softmax of three logarithms."""
    return float(softmax([cmath.log(each) for each in (first, second, third)])[0].real)


def bce_slope(output: Fraction, target: int) -> float:
    """The slope of the binary cross-entropy by the output."""
    return slope(lambda u: _binary(u, target), float(output))


def half_square(output: int, target: int) -> float:
    """The slope of half the squared error by the output."""
    return slope(lambda u: (u - target) ** 2 / 2, output)


def loss_from_probabilities(
    first: Fraction, second: Fraction, third: Fraction, which: str
) -> float:
    """The number whose logarithm is the sum of -t log p over the classes."""
    chances = {"first": first, "second": second, "third": third}
    loss = -sum((name == which) * cmath.log(float(p)).real for name, p in chances.items())
    return cmath.exp(loss).real


def two_softmax_outputs(first: int, second: int) -> float:
    """The argument at which the sigmoid has the first softmax output."""
    return cmath.log(softmax([first, second])[0] / softmax([first, second])[1]).real
