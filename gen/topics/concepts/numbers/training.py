"""Numbers of statements about gradient descent."""

from __future__ import annotations

from fractions import Fraction

from gen.draw import Draw
from gen.topics.concepts.numbers.case import Case, Fact, different, signed


def _rate(draw: Draw) -> Fraction:
    return Fraction(1, draw.choice((2, 3, 4, 5, 10)))


def descent_step(draw: Draw) -> Case:
    """One step for one weight."""
    weight, slope = signed(draw, 2, 2, 9)
    rate = _rate(draw)
    step = rate * slope
    facts: dict[str, Fact] = {"weight": weight, "derivative": slope, "rate": rate}
    return Case(facts, weight - step, (weight + step, weight - slope, -step), 2)


def updates_in_epochs(draw: Draw) -> Case:
    """Updates of several passes over mini-batches."""
    batch, count, epochs = draw.choice((10, 20, 25, 50)), draw.integer(8, 20), draw.integer(3, 6)
    facts: dict[str, Fact] = {"examples": batch * count, "batch": batch, "epochs": epochs}
    return Case(facts, count * epochs, (count, batch * count * epochs, batch * epochs), 2)


def batch_mean(draw: Draw) -> Case:
    """The mean of three derivatives."""
    mean = draw.sign() * draw.integer(1, 6)
    first, second = (mean + away for away in signed(draw, 2, 1, 5))
    third = 3 * mean - first - second
    facts: dict[str, Fact] = {"first": first, "second": second, "third": third}
    return Case(facts, mean, (3 * mean, third, max(first, second, third)), 3)


def mean_of_two(draw: Draw) -> Case:
    """The derivative of a mean loss of two examples."""
    first, second = signed(draw, 2, 2, 6)
    error, other = signed(draw, 2, 2, 6)
    total = error * first + other * second
    facts: dict[str, Fact] = {"first": first, "second": second, "error": error, "other": other}
    wrong = (total, Fraction((error + other) * (first + second), 4), error * first)
    return Case(facts, Fraction(total, 2), wrong, 4)


def sum_step(draw: Draw) -> Case:
    """What one step on a sum of three losses adds to a weight."""
    first, second, third = signed(draw, 3, 2, 8)
    rate, total = _rate(draw), first + second + third
    facts: dict[str, Fact] = {
        "first": first,
        "second": second,
        "third": third,
        "rate": rate,
        "total": total,
    }
    return Case(facts, -rate * total, (rate * total, -rate * total / 3, -rate * third), 4)


def two_steps(draw: Draw) -> Case:
    """Two steps down a parabola."""
    rate = Fraction(1, draw.choice((3, 4, 5, 10)))
    start = draw.sign() * draw.integer(1, 3) * rate.denominator**2
    factor = 1 - 2 * rate
    wrong = (start * factor, start * (1 - rate) ** 2, start * (1 - 4 * rate))
    return Case({"start": start, "rate": rate}, start * factor**2, wrong, 6)


def stochastic_step(draw: Draw) -> Case:
    """One step on the example of a linear unit."""
    w, x, target = signed(draw, 3, 2, 6)
    rate = _rate(draw)
    slope = (w * x - target) * x
    facts: dict[str, Fact] = {"w": w, "x": x, "target": target, "rate": rate}
    wrong = (w + rate * slope, w - rate * (w * x - target), w - slope)
    return Case(facts, w - rate * slope, wrong, 5)


def kept_run(draw: Draw) -> Case:
    """The number of the run with the lowest training error."""
    errors = different(draw, 3, 2, 30)
    facts = dict(zip(("first", "second", "third"), errors, strict=True))
    order = [errors.index(each) + 1 for each in sorted(errors)]
    return Case(facts, order[0], tuple(order[1:]), 1)


def minimum_of_a_cubic(draw: Draw) -> Case:
    """Which of two points of derivative 0 is a minimum."""
    root = draw.integer(1, 6)
    return Case({"factor": 3 * root * root, "root": root}, root, (-root,), 2)
