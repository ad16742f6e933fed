"""Points, targets and multipliers: those of a solution by construction, or feasible ones by lot.

At a solution, one example of a class faces the others of the opposite class, which lie on a line at
a right angle to the shortest connection; a further example lies behind the margin of its class.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from gen.draw import Draw
from gen.exact_numbers import Number, fraction
from gen.family import Rejected
from gen.topics.margins.graphs import Machine
from gen.vocabulary import Difficulty

Point = tuple[int, int]
SETTINGS: Mapping[Difficulty, tuple[Machine, ...]] = {
    "easy": (Machine(2, solution=False), Machine(2, solution=True)),
    "medium": (Machine(3, solution=False), Machine(3, solution=True)),
    "hard": (Machine(4, solution=False), Machine(4, solution=True, further=True)),
}
LISTED = {"easy": 3, "medium": 4, "hard": 5}
"""Examples where it is asked which multipliers are feasible."""
CONNECTIONS = ((1, 1), (1, 2), (2, 2), (1, 3), (2, 4))
"""Half the size of a connection, squared, is one over the largest multiplier: a short decimal."""
SHARES = ((1, 1), (1, 3), (3, 1), (2, 2))
TENTHS = (1, 2, 3, 4, 5, 6, 8)
QUARTERS = (1, 2, 3, 4, 6)
BOUNDS = ((1, 2), (1, 1), (3, 2), (2, 1), (5, 1))
REDRAWS, LARGEST = 200, 6


@dataclass(frozen=True, slots=True)
class Data:
    """Points, targets, multipliers and their bound; a further point, or none."""

    points: tuple[tuple[Number, ...], ...]
    targets: tuple[Number, ...]
    multipliers: tuple[Number, ...]
    bound: Number
    further: tuple[Number, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """The same as whole numbers and fractions, and the example that is asked about."""

    points: tuple[Point, ...]
    targets: tuple[int, ...]
    multipliers: tuple[Fraction, ...]
    at: int
    further: Point | None = None


def draw_data(draw: Draw, machine: Machine, exact: bool) -> tuple[Data, int]:
    """The numbers, and the example that the bias or the derivative is of.

    Raises Rejected where none are found.
    """
    make = _solution if machine.solution else _feasible
    found = _first(lambda: make(draw, machine, exact))
    order = draw.shuffle(range(machine.examples))
    largest = max(found.multipliers)
    bound = draw.choice([Fraction(*b) for b in BOUNDS if Fraction(*b) > largest])
    data = Data(
        tuple(tuple(_number(x, exact) for x in found.points[n]) for n in order),
        tuple(_number(found.targets[n], exact) for n in order),
        tuple(_number(found.multipliers[n], exact) for n in order),
        _number(bound, exact),
        tuple(_number(x, exact) for x in found.further or ()),
    )
    return data, order.index(found.at)


def _number(number: int | Fraction, exact: bool) -> Number:
    if not exact:
        return float(number)
    whole = Fraction(number)
    return fraction(whole.numerator, whole.denominator)


def _first(make: Callable[[], _Found | None]) -> _Found:
    for _ in range(REDRAWS):
        found = make()
        if found is not None:
            return found
    raise Rejected("the points do not fit on the page")


def _times(a: Point, b: Point) -> int:
    return a[0] * b[0] + a[1] * b[1]


def _moved(start: Point, by: Point, times: int) -> Point:
    return start[0] + times * by[0], start[1] + times * by[1]


def _solution(draw: Draw, machine: Machine, exact: bool) -> _Found | None:
    connection = _turned(draw, draw.choice(CONNECTIONS))
    own, side = draw.sign(), (-connection[1], connection[0])
    if side[0] % 2 == 0 and side[1] % 2 == 0:
        side = side[0] // 2, side[1] // 2
    lone = draw.integer(-2, 3), draw.integer(-2, 3)
    facing = _moved(lone, connection, -1)
    largest = Fraction(2, _times(connection, connection))
    points, targets, multipliers = [lone], [own], [largest]
    if machine.examples == 2:
        points, targets, multipliers = [lone, facing], [own, -own], [largest, largest]
    else:
        a, c = draw.choice(SHARES)
        points += [_moved(facing, side, a), _moved(facing, side, -c)]
        targets += [-own, -own]
        multipliers += [largest * c / (a + c), largest * a / (a + c)]
    if not exact and any((m * 1000).denominator > 1 for m in multipliers):
        return None
    if machine.examples == 4:
        behind = _moved(lone, connection, 1)
        points.append(_moved(behind, side, draw.sign() * draw.integer(1, 2)))
        targets.append(own)
        multipliers.append(Fraction(0))
    further = (draw.integer(-4, 5), draw.integer(-4, 5)) if machine.further else None
    at = draw.integer(0, min(machine.examples, 3) - 1)
    found = _Found(tuple(points), tuple(targets), tuple(multipliers), at, further)
    return found if _fits(found) and _has_score(found, connection) else None


def _turned(draw: Draw, vector: Point) -> Point:
    x, y = vector if draw.integer(0, 1) else vector[::-1]
    return draw.sign() * x, draw.sign() * y


def _has_score(found: _Found, connection: Point) -> bool:
    """Whether the bias is not 0, and the score neither 0 nor 1 in size.

    Both are shares of the connection's squared size.
    """
    lone, facing = found.points[0], _moved(found.points[0], connection, -1)
    middle = _times(connection, lone) + _times(connection, facing)
    if middle == 0:
        return False
    if found.further is None:
        return True
    score = abs(2 * _times(connection, found.further) - middle)
    return found.further not in found.points and score not in (0, _times(connection, connection))


def _feasible(draw: Draw, machine: Machine, exact: bool) -> _Found | None:
    count, own = machine.examples, draw.sign()
    first = 2 if count == 4 and draw.integer(0, 1) else 1
    targets = (own,) * first + (-own,) * (count - first)
    multipliers = _balanced(draw, targets, exact)
    coordinates = [draw.sample(range(-3, 5), count) for _ in range(2)]
    points = tuple(zip(*coordinates, strict=True))
    if multipliers is None:
        return None
    found = _Found(points, targets, multipliers, draw.integer(0, count - 1))
    return found if _fits(found) and _has_value(found) else None


def _balanced(draw: Draw, targets: tuple[int, ...], exact: bool) -> tuple[Fraction, ...] | None:
    """Multipliers that add up alike over both classes: the last makes up for the others.

    None where the lot leaves nothing for it.
    """
    steps, size = (QUARTERS, 4) if exact else (TENTHS, 10)
    lot = [Fraction(draw.choice(steps), size) for _ in targets[:-1]]
    rest = -targets[-1] * sum(m * t for m, t in zip(lot, targets, strict=False))
    multipliers = (*lot, Fraction(rest))
    return multipliers if 0 < rest <= 2 else None


def _weights(found: _Found) -> tuple[Fraction, Fraction]:
    triples = list(zip(found.multipliers, found.targets, found.points, strict=True))
    x, y = (sum((m * t * p[axis] for m, t, p in triples), Fraction(0)) for axis in (0, 1))
    return x, y


def _fits(found: _Found) -> bool:
    """Whether all points are near and different, and no weight is 0."""
    near = all(abs(x) <= LARGEST for point in found.points for x in point)
    return near and len(set(found.points)) == len(found.points) and all(_weights(found))


def _has_value(found: _Found) -> bool:
    """Whether the objective and its derivative are neither 0 nor 1, and no larger than 20."""
    w = _weights(found)
    value = sum(found.multipliers) - (w[0] ** 2 + w[1] ** 2) / 2
    point = found.points[found.at]
    slope = 1 - found.targets[found.at] * _inner(w, point)
    return (
        0 < abs(value) < 20
        and abs(value) != 1
        and slope not in (0, 1)
        and not _is_solution(found, w)
    )


def _inner(w: tuple[Fraction, Fraction], point: Point) -> Fraction:
    return w[0] * point[0] + w[1] * point[1]


def _is_solution(found: _Found, w: tuple[Fraction, Fraction]) -> bool:
    """Whether every example, none of which has the multiplier 0, would give the same bias."""
    pairs = zip(found.targets, found.points, strict=True)
    return len({target - _inner(w, point) for target, point in pairs}) == 1
