"""A function along one parameter, with the chord of a centred difference and the tangent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gen.topics.differences.graphs import Setting
from gen.topics.differences.oracle import function_of, start_of
from templates.notation import Symbols
from templates.plots import Axis, Curve, Dot, Plot

LEAST_STEP = 0.4
"""With a smaller step, chord and tangent lie too close together to be told apart."""
BEYOND = 1.6
"""How many steps the curve is shown to either side."""


def chord_and_tangent(setting: Setting, givens: Mapping[str, Any], symbols: Symbols) -> Plot:
    """The curve near the start: the chord through both ends, and the tangent in the middle."""
    j, at, place = function_of(setting, givens), start_of(setting, givens), setting.place
    middle, e = at[place], float(givens["e"])

    def height(x: float) -> float:
        return j([x if n == place else y for n, y in enumerate(at)]).real

    slope = j([x + (1e-30j if n == place else 0) for n, x in enumerate(at)]).imag / 1e-30
    low, high = middle - BEYOND * e, middle + BEYOND * e
    chord = (height(middle + e) - height(middle - e)) / (2 * e)
    foot = height(middle - e) - chord * (middle - e)
    curve = Curve.of(height, low, high)
    straight = Curve(tuple((x, foot + chord * x) for x in (low, high)), dashed=True)
    tangent = Curve(
        tuple((x, height(middle) + slope * (x - middle)) for x in (low, high)), ink="gradient"
    )
    dots = tuple(
        Dot(x, height(x), str(symbols.value(node)), ink="value")
        for x, node in ((middle - e, "Jm"), (middle, "J"), (middle + e, "Jp"))
    )
    shown = [y for each in (curve, straight, tangent) for _, y in each.points]
    return Plot(
        "the function along one parameter, with its tangent and the centred difference's chord",
        Axis(str(symbols.value(f"t{place + 1}")), low, high),
        Axis.around(str(symbols.value("J")), shown),
        (curve, straight, tangent),
        dots,
    )
