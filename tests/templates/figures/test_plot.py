"""Plots as figures: what lies outside is cut off, labels hide nothing, words tell the same."""

from __future__ import annotations

from itertools import combinations, pairwise, product
from math import cos, exp, hypot

import pytest

from templates.boxes import Bar, Box, Circle, Glyphs, Path
from templates.document import Document
from templates.figures.drawing import Rect
from templates.figures.plot import plot
from templates.plots import Arrow, Axis, Curve, Dot, Plot, straight
from templates.writers import html, latex, markdown, pdf, text

VALUE, GRADIENT, PAPER = "#1f4e79", "#9b1c1c", "#ffffff"
UNIT = Axis("x_1", -0.5, 1.5, (0, 1))


def sigmoid(s: float) -> float:
    return 1 / (1 + exp(-s))


def quartic(w: float) -> float:
    return w**4 / 4 - w**3 / 3 - w**2


def tangent(at: float) -> Plot:
    slope = sigmoid(at) * (1 - sigmoid(at))
    ends = [(x, sigmoid(at) + slope * (x - at)) for x in (-4.0, 4.0)]
    return Plot(
        "a sigmoid and its tangent",
        Axis("s", -4, 4),
        Axis("o", -0.2, 1.2, (0, 0.5, 1)),
        (
            Curve.of(sigmoid, -4, 4, r"\sigma(s)"),
            Curve(tuple(ends), r"\text{tangent}", "gradient", dashed=True),
        ),
        (Dot(at, sigmoid(at), "(1.2,\\ 0.7685)"),),
    )


def gate(first: float, second: float, threshold: float) -> Plot:
    line = straight((first, second), threshold, UNIT, UNIT)
    dots = tuple(
        Dot(x, y, f"({x}, {y})", "filled" if first * x + second * y > threshold else "open")
        for x, y in product((0, 1), repeat=2)
    )
    return Plot("four inputs", UNIT, UNIT, (Curve(line, r"\text{line}"),), dots, size=(130, 130))


def descent(start: float, rate: float) -> Plot:
    path = [start]
    for _ in range(3):
        path.append(path[-1] - rate * (path[-1] ** 3 - path[-1] ** 2 - 2 * path[-1]))
    places = [(w, quartic(w)) for w in path]
    return Plot(
        "a loss and three steps",
        Axis("w", -2, 3),
        Axis.around("L(w)", [quartic(w / 10) for w in range(-20, 31)]),
        (Curve.of(quartic, -2, 3, "L(w)"),),
        tuple(Dot(*place, f"w_{k}") for k, place in enumerate(places)),
        tuple(Arrow(a, b) for a, b in pairwise(places)),
    )


CASES = {
    **{f"tangent at {at}": tangent(at) for at in (-2.5, -1, 0.25, 1.2, 3)},
    **{f"gate {k}": gate(*k) for k in ((1, 1, 1.5), (1, 1, 0.5), (-2, 1, -1.2), (1, 0, 0.3))},
    **{f"descent {k}": descent(*k) for k in ((2.5, 0.05), (-1.8, 0.1), (0.5, 0.2), (1.9, 0.02))},
}
cases = pytest.mark.parametrize("shown", CASES.values(), ids=CASES)


def patches(box: Box) -> list[Rect]:
    bars = (m for m in box.marks if isinstance(m, Bar) and m.ink == PAPER)
    return [Rect(b.x, b.y, b.x + b.width, b.y + b.height) for b in bars]


def strokes(box: Box) -> list[Path]:
    """The lines of curves, arrows and crosses, which are thicker than the grid and the axes."""
    return [m for m in box.marks if isinstance(m, Path) and m.line_width >= 0.8]


@cases
def test_no_label_hides_a_line_a_mark_or_another_label(shown: Plot):
    box = plot(shown).box
    labels = patches(box)
    assert len(labels) == sum(bool(each.label) for each in (*shown.curves, *shown.dots))
    assert not [(a, b) for a, b in combinations(labels, 2) if a.overlaps(b)]
    for label, path in product(labels, strokes(box)):
        assert not any(label.meets(a, b) for a, b in pairwise(path.points))
    for label, mark in product(labels, (m for m in box.marks if isinstance(m, Circle))):
        side = 2 * mark.radius
        assert not label.overlaps(Rect.about(mark.x, mark.y, side, side))


@cases
def test_everything_lies_within_the_figure(shown: Plot):
    box = plot(shown).box
    for path in (m for m in box.marks if isinstance(m, Path)):
        assert all(0 <= x <= box.width and 0 <= y <= box.height for x, y in path.points)
    for glyphs in (m for m in box.marks if isinstance(m, Glyphs)):
        assert 0 <= glyphs.x <= box.width
        assert 0 <= glyphs.y <= box.height


def test_what_leaves_the_axes_is_cut_off_and_comes_back_as_a_piece_of_its_own():
    axes = Axis("x", -7, 7), Axis("y", -0.5, 2)
    wave = Curve.of(lambda x: 3 * cos(x), -7, 7, samples=400)
    pieces = strokes(plot(Plot("a wave", *axes, (wave,))).box)
    # Below -1/2 and above 2 there is nothing: each slope is a piece.
    assert len(pieces) == 6 - 2 * (3 * cos(7) > 2)
    heights = [y for piece in pieces for _, y in piece.points]
    assert max(heights) - min(heights) == pytest.approx(130, abs=0.05)


def test_a_line_along_an_axis_is_seen():
    relu = Curve(((-1, 0), (0, 0), (1, 1)))
    (piece,) = strokes(plot(Plot("ReLU", Axis("s", -1, 1), Axis("o", 0, 1), (relu,))).box)
    assert len(piece.points) == 3


def test_marks_stand_where_their_coordinates_say():
    dots = (Dot(0, 0), Dot(1, 0, mark="open"), Dot(1, 1, ink="gradient"))
    circles = [m for m in plot(Plot("", UNIT, UNIT, (), dots)).box.marks if isinstance(m, Circle)]
    origin = circles[0]
    assert [(c.x - origin.x, c.y - origin.y) for c in circles] == [(0, 0), (110, 0), (110, 65)]
    assert [c.fill for c in circles] == ["#000000", PAPER, GRADIENT]


def test_an_arrow_stops_short_of_the_marks_and_a_short_one_has_no_head():
    long, short = Arrow((0, 0), (1, 1)), Arrow((0, 0), (0.03, 0))
    shaft, head, line = [
        m
        for m in plot(Plot("", UNIT, UNIT, arrows=(long, short))).box.marks
        if isinstance(m, Path) and GRADIENT in (m.stroke, m.fill)
    ]
    (x0, y0), (x1, y1) = shaft.points[0], head.points[0]
    assert hypot(x1 - x0, y1 - y0) == pytest.approx(hypot(110, 65) - 7, abs=1e-6)
    assert len(line.points) == 2


def test_a_point_outside_the_axes_is_an_error():
    with pytest.raises(ValueError, match=r"\(2, 0\) lies outside"):
        plot(Plot("", UNIT, UNIT, dots=(Dot(2, 0),)))


def test_the_words_tell_axes_curves_points_and_arrows():
    shown = Plot(
        "a parabola",
        Axis("w", -1, 1, (-1, 0, 1)),
        Axis(r"\ell", 0, 1),
        (Curve.of(lambda w: w * w, -1, 1, r"\ell(w)"), Curve(((-1, 0), (1, 1)), dashed=True)),
        (Dot(0.5, 0.25, "w_0"), Dot(0, 0, mark="cross")),
        (Arrow((0.5, 0.25), (0, 0)),),
    )
    assert plot(shown).description == (
        "A plot of a parabola. The axes are w from -1 to 1 and ℓ from 0 to 1. "
        "A curve labelled ℓ(w) through (-1, 1), (0, 0) and (1, 1). "
        "A dashed line through (-1, 0) and (1, 1). "
        "A filled point labelled w₀ at (0.5, 0.25). A cross at (0, 0). "
        "An arrow from (0.5, 0.25) to (0, 0)."
    )


def test_every_format_can_show_a_plot():
    document = Document("plot", (plot(tangent(1.2)),))
    assert pdf.write(document).startswith(b"%PDF")
    assert "stroke-dasharray" in html.write(document)
    assert "[3 2] 0 d" in latex.write(document)
    for words in (text.write(document), markdown.write(document)):
        assert "A plot of a sigmoid and its tangent." in " ".join(words.split())
