"""Matching: which numbers a claim agrees with, right ones and those that mistakes lead to.

A right number need only agree within its tolerance, or to the digits that the student gave. A
slip's number gets half of that tolerance. Pairs of slips, and the numbers of other things, are so
many that some lie near almost any number: one is believed only where it agrees in every digit that
the student gave, and where so few lie about that chance is unlikely.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.claims import Claim
from solver.mistakes import Mistake
from solver.tolerance import LARGEST_SHARE, below_half

Array = NDArray[np.float64]

NEIGHBOURHOOD = 20
"""How many times as far as two numbers agree one looks, to see how many lie about."""
LARGEST_CHANCE = 0.05
"""How many numbers may be expected near an answer by chance for one of them to be believed."""
SHARE_OF_TOLERANCE = 0.5
"""How much of a right number's tolerance that of a slip is. Of a thousand slips in random networks,
rounded after every operation, 99 in 100 stay within it; more would let in what chance leads to."""
MOST_DIGITS = 308
"""The most digits that a float has before its decimal point."""
_LARGEST_GROWTH = 10.0
_GUARD = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Wrong:
    """A claim with the right numbers and their tolerances; `mask` says which entries to match."""

    claim: Claim
    right: Array
    tolerance: Array
    mask: NDArray[np.bool_]

    @property
    def claimed(self) -> Array:
        """The claimed numbers that are to be matched."""
        return self.claim.value[self.mask]


def agrees(claim: Claim, values: Array, tolerance: Array) -> NDArray[np.bool_]:
    """Which entries of a claim are within the tolerance of the values, or are them rounded.

    An answer with few decimals is right if a number within the tolerance is rounded to it, whatever
    the rule for halves; one without decimals only where that changes the value little. Neither ever
    covers 0.
    """
    distances = np.abs(claim.value - values)
    within = distances <= below_half(tolerance, values)
    told = np.array([has_decimals(decimals) for decimals in claim.decimals])
    half = np.where(told, _half_units(claim), _rounding(claim, values))
    rounded = distances <= half + np.minimum(below_half(tolerance, values), half)
    return np.asarray(within | (rounded & (claim.value * np.sign(values) > 0)))


def _rounding(claim: Claim, values: Array) -> Array:
    """Half a unit of the last digit that the student gave, where that is little of the value."""
    half = _half_units(claim)
    return np.where(half <= LARGEST_SHARE * np.abs(values), half, 0.0)


def _half_units(claim: Claim) -> Array:
    numbers = zip(claim.value.tolist(), claim.decimals, strict=True)
    units = np.array([_last_unit(value, decimals) for value, decimals in numbers])
    return np.asarray(0.5 * units * (1 + _GUARD))


def _last_unit(value: float, decimals: int | None) -> float:
    if decimals is None:
        return float(value == round(value))
    # No claimed number has more digits before the decimal point.
    return 10.0 ** -max(decimals, -MOST_DIGITS)


def has_decimals(decimals: int | None) -> bool:
    """Whether a number was written with decimals, and so says where it was rounded."""
    return decimals is not None and decimals > 0


def last_digits(claim: Claim, places: int) -> list[float]:
    """One unit of the last decimal that the student gave for each entry, at least of `places`."""
    return [
        10.0 ** -(min(d, places) if d is not None and has_decimals(d) else places)
        for d in claim.decimals
    ]


def matching(wrong: Wrong, mistakes: Sequence[Mistake], places: int) -> list[Mistake]:
    """The single mistakes whose numbers are the claimed ones, those first that agree exactly."""
    rows, distances, told = _compared(wrong, mistakes, places)
    digits = np.array(last_digits(wrong.claim, places))[wrong.mask]
    reach = np.maximum(_rounding(wrong.claim, wrong.claim.value)[wrong.mask], 0.5 * 10.0**-places)
    near = np.all(distances <= np.maximum(reach, _by_hand(wrong, rows)), axis=1) & told
    loose = np.asarray(np.any(distances > digits, axis=1))
    order = sorted(np.flatnonzero(near).tolist(), key=lambda number: bool(loose[number]))
    return [mistakes[number] for number in order]


def believable(wrong: Wrong, mistakes: Sequence[Mistake], places: int) -> list[Mistake]:
    """The mistakes out of many whose numbers are the claimed ones; none where chance is likely."""
    rows, distances, told = _compared(wrong, mistakes, places)
    half = 0.5 * np.array(last_digits(wrong.claim, places))[wrong.mask]
    reach = half * (1 + _GUARD) + 10.0**-places
    near = np.all(distances <= reach, axis=1) & told
    if _by_chance(rows, distances, reach):
        return []
    return [mistakes[number] for number in np.flatnonzero(near).tolist()]


def _compared(
    wrong: Wrong, mistakes: Sequence[Mistake], places: int
) -> tuple[Array, Array, NDArray[np.bool_]]:
    """The mistakes' numbers in rows, how far from the claim, and which are not the right ones.

    What is next to the right number in the last digit that was given cannot be told from it.
    """
    count = int(wrong.mask.sum())
    rows = np.array([m.numbers[wrong.mask] for m in mistakes], dtype=float).reshape(-1, count)
    with np.errstate(all="ignore"):
        distances = np.abs(rows - wrong.claimed)
        next_to = 2 * np.array(last_digits(wrong.claim, places))[wrong.mask]
        least = np.maximum(wrong.tolerance[wrong.mask], next_to)
        apart = np.abs(rows - wrong.right[wrong.mask]) > least
    return rows, distances, np.asarray(np.any(apart, axis=1))


def _by_hand(wrong: Wrong, rows: Array) -> Array:
    """What rounding by hand can do to the wrong numbers.

    It grows in proportion to them, but not where it is a large share of a small right number.
    """
    right, own = np.abs(wrong.right[wrong.mask]), wrong.tolerance[wrong.mask]
    with np.errstate(all="ignore"):
        share = np.minimum(np.nan_to_num(own / right, posinf=0.0), LARGEST_SHARE)
        grown = np.minimum(share * np.abs(rows), own * _LARGEST_GROWTH)
        return below_half(SHARE_OF_TOLERANCE * np.fmax(own, grown), rows)


def _by_chance(rows: Array, distances: Array, reach: Array) -> bool:
    """Whether so many different numbers lie about that one of them agrees by chance."""
    if rows.shape[1] > 1:
        return False
    about = rows[np.all(distances <= NEIGHBOURHOOD * reach, axis=1), 0]
    different = len(np.unique(np.round(about / reach[0])))
    return (different - 1) / NEIGHBOURHOOD > LARGEST_CHANCE
