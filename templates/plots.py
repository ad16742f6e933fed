"""What a plot shows, as data: axes, curves, points and arrows in the coordinates of its axes.

Labels are LaTeX of the kind that `templates.mathematics` accepts. `templates.figures.plot` draws a
plot, and tells it in words for those who cannot see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Literal

Point = tuple[float, float]
Ink = Literal["black", "value", "gradient"]
"""Values and gradients have the inks that they have in a computational graph."""
Mark = Literal["filled", "open", "cross"]

STEPS = (1, 2, 5, 10)
MOST_INTERVALS = 6
# A float is a multiple of another only up to its last bits, and a tick has few digits.
SLACK, DIGITS = 1e-9, 9


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from `low` to `high`; its numbers stand at `ticks`, or at round numbers without."""

    label: str
    low: float
    high: float
    ticks: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise ValueError(f"the axis {self.label} runs from {self.low} to {self.high}")

    @classmethod
    def around(cls, label: str, values: Iterable[float]) -> Axis:
        """The axis that shows all of `values`, of which two differ, from a tick to a tick."""
        shown = list(values)
        step = step_of(min(shown), max(shown))
        low, high = floor(min(shown) / step + SLACK), ceil(max(shown) / step - SLACK)
        return cls(label, round(low * step, DIGITS), round(high * step, DIGITS))

    def numbers(self) -> tuple[float, ...]:
        """Where the ticks stand."""
        if self.ticks:
            return self.ticks
        step = step_of(self.low, self.high)
        first, last = ceil(self.low / step - SLACK), floor(self.high / step + SLACK)
        return tuple(round(i * step, DIGITS) for i in range(first, last + 1))


def step_of(low: float, high: float) -> float:
    """The least of ..., 0.1, 0.2, 0.5, 1, 2, 5, ... that needs at most `MOST_INTERVALS` steps."""
    least = (high - low) / MOST_INTERVALS
    unit: float = 10.0 ** floor(log10(least))
    return next(factor * unit for factor in STEPS if factor * unit >= least * (1 - SLACK))


@dataclass(frozen=True, slots=True)
class Curve:
    """The line through `points`; what leaves the ranges of the axes is cut off."""

    points: tuple[Point, ...]
    label: str = ""
    ink: Ink = "black"
    dashed: bool = False

    @classmethod
    def of(
        cls,
        function: Callable[[float], float],
        low: float,
        high: float,
        label: str = "",
        ink: Ink = "value",
        samples: int = 121,
    ) -> Curve:
        """The graph of a function between two numbers."""
        at = [low + (high - low) * i / (samples - 1) for i in range(samples)]
        return cls(tuple((x, function(x)) for x in at), label, ink)


@dataclass(frozen=True, slots=True)
class Dot:
    """A point that is marked at (x, y)."""

    x: float
    y: float
    label: str = ""
    mark: Mark = "filled"
    ink: Ink = "black"


@dataclass(frozen=True, slots=True)
class Arrow:
    """A straight arrow that stops short of the marks at its ends."""

    start: Point
    end: Point
    ink: Ink = "gradient"


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot; `title` says in plain words what it shows, for those who cannot see it.

    `size` is the width and the height of the area between the axes, in points.
    """

    title: str
    horizontal: Axis
    vertical: Axis
    curves: tuple[Curve, ...] = ()
    dots: tuple[Dot, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    size: tuple[float, float] = (220.0, 130.0)


def straight(normal: Point, offset: float, horizontal: Axis, vertical: Axis) -> tuple[Point, Point]:
    """Two points, at the edges of the axes, of the line normal . (x, y) = offset.

    Raises ValueError when the normal is zero.
    """
    a, b = normal
    if abs(b) * (vertical.high - vertical.low) >= abs(a) * (horizontal.high - horizontal.low):
        if b == 0:
            raise ValueError("a line needs a direction")
        at = (horizontal.low, horizontal.high)
        return ((at[0], (offset - a * at[0]) / b), (at[1], (offset - a * at[1]) / b))
    at = (vertical.low, vertical.high)
    return (((offset - b * at[0]) / a, at[0]), ((offset - b * at[1]) / a, at[1]))
