"""Where the units, edges and labels of a network figure stand.

The rows spread and the columns move apart, in fixed steps, until every weight has a place of
its own on its edge; `templates.figures.placement` finds the places in one gap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from math import hypot

from templates.boxes import Box, DoesNotFit
from templates.figures.drawing import Point, Rect
from templates.figures.placement import Line, Placement, place

WIDEST = 460.0
BIAS_ARROW = 12.0
OUTPUT_ARROW = 24.0
# The arrows of several output units meet at most this steeply, clear of the biases.
OUTPUT_RUN = 0.6
MARGIN = 1.0
CAPTION_GAP = 8.0
CROWD = 12.0
"""What parts the rows further where many weights stand between them and no biases do."""
# Lengths from the border of one column to that of the next: without labels, then with labels,
# in the order in which they are tried.
BARE_GAP, LEAST_GAP = 52.0, 36.0
GAPS = (84.0, 96.0, 110.0, 126.0, 144.0)
STRETCHES = (1.0, 1.12, 1.25, 1.4, 1.6, 1.8)

Boxes = tuple[tuple[Box, ...], ...]


@dataclass(frozen=True, slots=True)
class Network:
    """The labels of a network, set; an empty label is a box of no width.

    `units` go by layer, `weights[l][i][j]` and `biases[l][i]` as in `network`; `radius` is that
    of every unit, in points.
    """

    units: Boxes
    weights: tuple[Boxes, ...]
    biases: Boxes
    captions: tuple[Box, ...]
    output: Box
    radius: float


@dataclass(frozen=True, slots=True)
class Gap:
    """The edges between two layers, the first of which stands at x = 0.

    `distance` is from centre to centre; `covered` counts lines that run under a label.
    """

    distance: float
    lines: tuple[Line, ...]
    placement: Placement
    covered: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The height from one row to the next and the gap after each layer but the last."""

    pitch: float
    gaps: tuple[Gap, ...]

    def columns(self) -> tuple[float, ...]:
        """The x of each layer."""
        return tuple(accumulate((gap.distance for gap in self.gaps), initial=0.0))

    def rows(self, count: int) -> tuple[float, ...]:
        """The heights of the units of a layer of `count`, the topmost first."""
        return tuple(((count - 1) / 2 - k) * self.pitch for k in range(count))


def layout(net: Network) -> Layout:
    """The most compact layout in which no line runs under a foreign label, or nearly none.

    Raises ValueError when there is none in which all labels are clear of one another.
    """
    tall = max((b.height + b.depth for vector in net.biases for b in vector), default=0.0)
    crowded = not tall and max(map(len, net.units)) > 2 and _has_weights(net)
    room = BIAS_ARROW + tall + 4 if tall else (CROWD if crowded else 0.0)
    least = 2 * net.radius + room + 8
    trials = []
    for stretch in STRETCHES:
        bare = Layout(least * stretch, ())
        gaps = tuple(_gap(net, bare, i) for i in range(len(net.weights)))
        if all(gap.placement.clear for gap in gaps):
            trials.append((sum(gap.covered for gap in gaps), Layout(bare.pitch, gaps)))
            if not trials[-1][0]:
                break
    if not trials:
        raise DoesNotFit("the weights of this network are too long to stand on its edges")
    return min(trials, key=lambda trial: trial[0])[1]


def _has_weights(net: Network) -> bool:
    return any(box.width > 0 for table in net.weights for row in table for box in row)


def output_run(net: Network, rows: Layout) -> float:
    """From the middle of the last layer to where its arrows meet."""
    return net.radius + max(OUTPUT_ARROW, OUTPUT_RUN * rows.rows(len(net.units[-1]))[0])


def bias_middle(net: Network, y: float, box: Box) -> float:
    """The height of the middle of a bias label whose unit is at height `y`."""
    return y + net.radius + BIAS_ARROW + 1.5 + (box.height + box.depth) / 2


def _gap(net: Network, rows: Layout, i: int) -> Gap:
    """The gap after layer i: the narrowest that serves, else the one that comes nearest to it."""
    trials = []
    for width in _widths(net, rows, i):
        trials.append(_trial(net, rows, i, width + 2 * net.radius))
        if trials[-1].placement.clear and not trials[-1].covered:
            break
    return min(trials, key=lambda gap: (not gap.placement.clear, gap.covered))


def _widths(net: Network, rows: Layout, i: int) -> list[float]:
    """The gap widths to try after layer i, within an equal share of the page."""
    side = 2 * net.radius
    ends = _overhang(net, rows) + 2 * MARGIN
    share = (WIDEST - ends - side) / len(net.weights) - side
    captions = sum(box.width for box in net.captions[i : i + 2]) / 2 + CAPTION_GAP - side
    if share < max(LEAST_GAP, captions):
        raise DoesNotFit(f"{len(net.units)} layers with such long names or captions are too wide")
    labels = sum(box.width > 0 for row in net.weights[i] for box in row)
    wanted = [width for width in GAPS if width >= 80 + 4 * labels] if labels else [BARE_GAP]
    wanted = [max(width, captions) for width in wanted]
    fitting = [width for width in wanted if width <= share]
    return fitting if len(fitting) == len(wanted) else [*fitting, share]


def _overhang(net: Network, rows: Layout) -> float:
    """What stands out to the left of the first column and to the right of the last."""
    left = max((box.width for box in net.captions[:1]), default=0.0) / 2
    lasts = (*net.captions[-1:], *net.biases[-1])
    right = max(box.width for box in (*lasts, net.units[-1][0])) / 2
    if net.output.width:
        right = max(right, output_run(net, rows) + 2 + net.output.width)
    return max(0.0, left - net.radius) + max(0.0, right - net.radius)


def _trial(net: Network, rows: Layout, i: int, distance: float) -> Gap:
    lines = tuple(_lines(net, rows, i, distance))
    biases = tuple(_bias_rects(net, rows, i, 0.0)) if i else ()
    biases += tuple(_bias_rects(net, rows, i + 1, distance))
    placement = place(lines, (*_shapes(net, rows, i, distance), *biases))
    under = sum(rect.meets(line.start, line.end) for rect in biases for line in lines)
    return Gap(distance, lines, placement, placement.covered + under)


def _lines(net: Network, rows: Layout, i: int, distance: float) -> Iterator[Line]:
    """The edges from border to border, by target and then by source."""
    sources = rows.rows(len(net.units[i]))
    targets = rows.rows(len(net.units[i + 1]))
    for target, labels in zip(targets, net.weights[i], strict=True):
        for source, label in zip(sources, labels, strict=True):
            start, end = _borders(net.radius, i == 0, source, (distance, target))
            yield Line(start, end, label.width, label.height + label.depth)


def _borders(radius: float, square: bool, source: float, target: Point) -> tuple[Point, Point]:
    """Where the edge from (0, source) to `target` leaves the one shape and enters the other."""
    rise = target[1] - source
    length = hypot(target[0], rise)
    dx, dy = target[0] / length, rise / length
    out = square_half(radius) / max(dx, abs(dy)) if square else radius
    return (out * dx, source + out * dy), (target[0] - radius * dx, target[1] - radius * dy)


def square_half(radius: float) -> float:
    """Half the side of an input's square, which should look as large as a unit's circle."""
    return 0.9 * radius


def _shapes(net: Network, rows: Layout, i: int, distance: float) -> Iterator[Rect]:
    side = 2 * net.radius
    for x, layer in ((0.0, net.units[i]), (distance, net.units[i + 1])):
        yield from (Rect.about(x, y, side, side) for y in rows.rows(len(layer)))


def _bias_rects(net: Network, rows: Layout, layer: int, x: float) -> Iterator[Rect]:
    heights = rows.rows(len(net.units[layer]))
    for y, box in zip(heights, net.biases[layer - 1], strict=True):
        if box.width:
            tall = box.height + box.depth
            yield Rect.about(x, bias_middle(net, y, box), box.width + 2, tall + 1)
