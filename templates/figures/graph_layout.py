"""Where the nodes and arrows of a computational graph stand.

Layers run from left to right. Arrows bend only between columns and cross a column on a height
of their own, so that none passes through a node. A graph that is too wide for the page, even
in the smallest type, is folded into bands that run right and left in turn, as an ox ploughs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from templates.boxes import Box
from templates.figures.coordinates import Extent, heights
from templates.figures.drawing import Point, Rect
from templates.figures.layers import Layers

PADDING_X, PADDING_Y = 5.0, 4.0
NOTE_SPACE = 2.0
BACK_ARROW = 9.0
ROW_SPACE, BAND_SPACE, BEND_ROOM = 9.0, 14.0, 3.0
# The straight run in front of a node, in which the head of the arrow lies.
LEAD = 7.0
CLIMB_GAP, GAP_SLOPE = 24.0, 0.2
PORT_SPACE, LEAST_PORT_SPACE, PORT_MARGIN = 5.0, 4.2, 3.5


@dataclass(frozen=True, slots=True)
class Cell:
    """A node, set: the label in its frame, the value above it and the gradient below it."""

    label: Box
    value: Box
    gradient: Box

    @property
    def frame_width(self) -> float:
        """The width of the frame about the label."""
        return max(self.label.width + 2 * PADDING_X, 16.0)

    @property
    def width(self) -> float:
        """The width of the widest of the three, which the column must have."""
        gradient = self.gradient.width + BACK_ARROW if self.gradient.width else 0.0
        return max(self.frame_width, self.value.width, gradient)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Frames by node, and for every edge the points of a curve (see `Path.curved`).

    An edge of two points is a straight line.
    """

    frames: tuple[Rect, ...]
    curves: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class _Grid:
    """The middle of every slot, half the width of its column, its band, and the bands' width."""

    points: tuple[Point, ...]
    halves: tuple[float, ...]
    bands: tuple[int, ...]
    width: float


def tall(box: Box) -> float:
    """The whole height of a box."""
    return box.height + box.depth


def drawing(
    cells: Sequence[Cell], graph: Layers, bands: int, gap: float, between: float = ROW_SPACE
) -> Drawing:
    """The graph in so many bands, with at least `gap` between columns before an arrow's head.

    The nodes of a column are at least `between` apart.
    """
    sizes = _frame_heights(cells, graph)
    slots = sum(map(len, graph.columns))
    extents = [_extent(cell, height) for cell, height in zip(cells, sizes, strict=True)]
    extents += [Extent(BEND_ROOM, BEND_ROOM)] * (slots - len(cells))
    ys = heights(graph, extents, between)
    grid = _grid(cells, graph, _gaps(graph, ys, gap), bands, ys, extents)
    frames = tuple(
        Rect.about(*grid.points[k], cell.frame_width, sizes[k]) for k, cell in enumerate(cells)
    )
    ports = _ports(graph, ys, sizes)
    return Drawing(
        frames, tuple(_curve(route, grid, frames, ports[k]) for k, route in enumerate(graph.routes))
    )


def _frame_heights(cells: Sequence[Cell], graph: Layers) -> list[float]:
    """One height for all frames, but more where many arrows arrive."""
    common = max(tall(cell.label) for cell in cells) + 2 * PADDING_Y
    arriving = [0] * len(cells)
    for route in graph.routes:
        arriving[route[-1]] += 1
    return [max(common, (n - 1) * LEAST_PORT_SPACE + 2 * PORT_MARGIN) for n in arriving]


def _extent(cell: Cell, height: float) -> Extent:
    above, below = (
        height / 2 + (tall(note) + NOTE_SPACE if note.width else 0.0)
        for note in (cell.value, cell.gradient)
    )
    return Extent(above, below)


def _grid(
    cells: Sequence[Cell],
    graph: Layers,
    gaps: Sequence[float],
    bands: int,
    ys: Sequence[float],
    extents: Sequence[Extent],
) -> _Grid:
    widths = [max((cells[s].width for s in c if s < len(cells)), default=0) for c in graph.columns]
    slots = range(len(ys))
    points, halves, band_of = [(0.0, 0.0)] * len(slots), [0.0] * len(slots), [0] * len(slots)
    size = -(-len(widths) // bands)
    starts = range(0, len(widths), size)
    spans = [sum(widths[s : s + size]) + sum(gaps[s : s + size - 1]) for s in starts]
    floor = BAND_SPACE
    for band, start in enumerate(starts):
        members = [slot for column in graph.columns[start : start + size] for slot in column]
        shift = floor - BAND_SPACE - max(ys[slot] + extents[slot].above for slot in members)
        x = 0.0
        for c in range(start, min(start + size, len(widths))):
            middle = x + widths[c] / 2
            for slot in graph.columns[c]:
                points[slot] = (max(spans) - middle if band % 2 else middle, ys[slot] + shift)
                halves[slot], band_of[slot] = widths[c] / 2, band
            x += widths[c] + (gaps[c] if c < len(gaps) else 0.0)
        floor = min(ys[slot] + shift - extents[slot].below for slot in members)
    return _Grid(tuple(points), tuple(halves), tuple(band_of), max(spans))


def _gaps(graph: Layers, ys: Sequence[float], gap: float) -> list[float]:
    """The space after each column but the last: more where an arrow has far to climb."""
    column_of = {slot: c for c, column in enumerate(graph.columns) for slot in column}
    climbs = [0.0] * (len(graph.columns) - 1)
    for route in graph.routes:
        for a, b in pairwise(route):
            climbs[column_of[a]] = max(climbs[column_of[a]], abs(ys[a] - ys[b]))
    return [LEAD + gap + min(CLIMB_GAP, GAP_SLOPE * climb) for climb in climbs]


def _ports(graph: Layers, ys: Sequence[float], sizes: Sequence[float]) -> Mapping[int, float]:
    """How far above the middle of its target each edge arrives, so that heads lie apart."""
    ports: dict[int, float] = {}
    for target in sorted({route[-1] for route in graph.routes}):
        arriving = [k for k, route in enumerate(graph.routes) if route[-1] == target]
        arriving.sort(key=lambda k: -ys[graph.routes[k][-2]])
        count = len(arriving)
        space = min(PORT_SPACE, (sizes[target] - 2 * PORT_MARGIN) / max(1, count - 1))
        for k, edge in enumerate(arriving):
            ports[edge] = ((count - 1) / 2 - k) * space
    return ports


def _curve(
    route: Sequence[int], grid: _Grid, frames: Sequence[Rect], port: float
) -> tuple[Point, ...]:
    """The curve of one edge from the border of its source to the border of its target."""
    source, target = frames[route[0]], frames[route[-1]]
    forth = grid.bands[route[0]] % 2 == 0
    points = [(source.right if forth else source.left, grid.points[route[0]][1])]
    for a, b in pairwise(route):
        lift = port if b == route[-1] else 0.0
        points += _step(points[-1], grid, a, b, lift)
    forth = grid.bands[route[-1]] % 2 == 0
    points += _straight(points[-1], (target.left if forth else target.right, points[-1][1]))
    level = all(y == points[0][1] for _, y in points)
    within = grid.bands[route[0]] == grid.bands[route[-1]]
    return (points[0], points[-1]) if level and within else tuple(points)


def _step(at: Point, grid: _Grid, a: int, b: int, lift: float) -> Iterator[Point]:
    """From `at`, inside the column of slot a, to the edge of the column of slot b."""
    way = -1.0 if grid.bands[a] % 2 else 1.0
    (xa, ya), (xb, yb) = grid.points[a], grid.points[b]
    if grid.bands[a] == grid.bands[b]:
        out, into = xa + way * grid.halves[a], xb - way * (grid.halves[b] + LEAD)
        yield from _straight(at, (out, ya))
        middle = (out + into) / 2
        yield from ((middle, ya), (middle, yb + lift), (into, yb + lift))
    else:
        side = grid.width if way > 0 else 0.0
        reach = side + way * (LEAD + 14.0 + 0.2 * abs(ya - yb))
        yield from _straight(at, (side, ya))
        yield from ((reach, ya), (reach, yb + lift), (side + way * LEAD, yb + lift))


def _straight(start: Point, end: Point) -> Iterator[Point]:
    """A straight line as a cubic segment, or nothing between equal points."""
    if start != end:
        (x0, y0), (x1, y1) = start, end
        yield (x0 + (x1 - x0) / 3, y0 + (y1 - y0) / 3)
        yield (x0 + (x1 - x0) * 2 / 3, y0 + (y1 - y0) * 2 / 3)
        yield end
