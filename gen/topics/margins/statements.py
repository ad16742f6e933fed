"""Statements about multipliers: which are feasible, and which examples are support vectors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gen.draw import Draw
from gen.exact_numbers import Number, fraction
from gen.problem import Claim
from gen.topics.margins.draws import BOUNDS, Data

LISTED, TENTHS = 5, 10
Fault = Literal["", "unbalanced", "too_large", "negative"]
FEASIBLE: Fault = ""
FAULTS: tuple[Fault, ...] = ("unbalanced", "unbalanced", "too_large", "negative")


@dataclass(frozen=True, slots=True)
class Dual:
    """The targets and the bound of a dual whose feasible multipliers are asked for."""

    targets: tuple[int, ...]
    bound: Number


def draw_dual(draw: Draw, examples: int, exact: bool) -> tuple[Dual, tuple[Claim, ...]]:
    """Targets of both classes, a bound, and candidates of which some are feasible."""
    own = draw.sign()
    others = tuple(draw.sign() for _ in range(examples - 2))
    targets = draw.shuffle((own, -own, *others))
    bound = draw.choice((TENTHS // 2, TENTHS))
    right = draw.integer(1, 3)
    wrong = [draw.choice(FAULTS) for _ in range(LISTED - right)]
    faults: tuple[Fault, ...] = (*(FEASIBLE,) * right, *wrong)
    found: dict[tuple[int, ...], Fault] = {}
    while len(found) < LISTED:
        fault = faults[len(found)]
        found.setdefault(_candidate(draw, targets, bound, fault), fault)
    claims = tuple(
        Claim("feasible", not fault, {"values": _numbers(v, exact), "fault": fault}, 2 * examples)
        for v, fault in found.items()
    )
    return Dual(targets, _numbers((bound,), exact)[0]), claims


def total(dual: Dual, values: tuple[Number, ...], sign: int) -> Number:
    """What the multipliers of one class add up to."""
    own = [value for value, target in zip(values, dual.targets, strict=True) if target == sign]
    if isinstance(own[0], float):
        return round(sum(map(float, own)), 1)
    return sum(own[1:], own[0])


def _numbers(tenths: tuple[int, ...], exact: bool) -> tuple[Number, ...]:
    return tuple(fraction(n, TENTHS) if exact else n / TENTHS for n in tenths)


def _candidate(draw: Draw, targets: tuple[int, ...], bound: int, fault: Fault) -> tuple[int, ...]:
    """Multipliers in tenths with one fault, or none: the same total over both classes."""
    counts = {sign: targets.count(sign) for sign in (1, -1)}
    limits = {sign: bound * count for sign, count in counts.items()}
    large = draw.choice([sign for sign in (1, -1) if counts[-sign] > 1 or len(targets) == 2])
    several = draw.choice([sign for sign in (1, -1) if counts[sign] > 1])
    total = other = draw.integer(2, min(limits.values()))
    first: dict[int, int] = {}
    if fault == "unbalanced":
        other = draw.choice([n for n in range(1, limits[-large] + 1) if n != total])
    elif fault == "too_large":
        first[large] = bound + draw.integer(1, 3)
        most = min(limits[-large], first[large] + limits[large] - bound)
        total = other = draw.integer(first[large], most)
    elif fault == "negative":
        first[several] = -draw.integer(1, min(3, limits[several] - bound))
        total = other = min(total, limits[several] - bound + first[several])
    totals = {large: total, -large: other}
    parts = {s: _split(draw, totals[s], counts[s], bound, first.get(s)) for s in (1, -1)}
    orders = {sign: iter(draw.shuffle(parts[sign])) for sign in (1, -1)}
    return tuple(next(orders[sign]) for sign in targets)


def _split(draw: Draw, total: int, count: int, most: int, first: int | None) -> list[int]:
    """Whole numbers from 0 to `most`, after the `first` if there is one, with that total."""
    parts = [] if first is None else [first]
    left = total - sum(parts)
    for others in reversed(range(count - len(parts))):
        part = draw.integer(max(0, left - most * others), min(most, left))
        parts.append(part)
        left -= part
    return parts


def closing(draw: Draw, data: Data, solution: bool) -> Claim:
    """A statement for the end of a numeric item."""
    multipliers = [float(m) for m in data.multipliers]
    if solution and len(multipliers) > 3 and draw.integer(0, 1):
        example = draw.choice(range(len(multipliers)))
        return Claim("support", multipliers[example] > 0, {"example": example}, 1)
    largest = max(multipliers)
    others = [b for b in (*SMALL, *BOUNDS) if b[0] / b[1] != float(data.bound)]
    below = [b for b in others if b[0] / b[1] < largest][-NEAREST:]
    above = [b for b in others if b[0] / b[1] > largest][:NEAREST]
    picked = draw.choice(below if below and draw.integer(0, 1) else above)
    exact = not isinstance(data.bound, float)
    bound = fraction(*picked) if exact else picked[0] / picked[1]
    return Claim("other_bound", picked in above, {"bound": bound}, len(multipliers))


SMALL = ((1, 20), (1, 10), (1, 5), (2, 5))
"""Bounds that are too small for many multipliers."""
NEAREST = 2
