"""A computational graph as a figure: values above the nodes, gradients or tangents below them.

Edges may carry labels, such as local derivatives.

Inputs have square corners and a grey ground. Gradients carry a small arrow to the left beside
their second ink, so that a copy in black and white still tells them from the values; that of
tangents points to the right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from templates.boxes import Box, DoesNotFit, Mark
from templates.document import Figure
from templates.drawn_graphs import GraphNode
from templates.figures.drawing import (
    BESIDE_LABEL,
    PAPER,
    Rect,
    arrow,
    canvas,
    centred,
    enclosing,
    frame,
    inked,
    on_paper,
)
from templates.figures.edge_labels import centres
from templates.figures.graph_layout import (
    BACK_ARROW,
    NOTE_SPACE,
    ROW_SPACE,
    Cell,
    Drawing,
    drawing,
    tall,
)
from templates.figures.layers import Edge, Layers, layers
from templates.mathematics import plain, typeset

WIDEST = 460.0
# Sizes of type and the gaps that go with them, from the most generous to the smallest.
TRIALS = ((9.0, 18.0), (9.0, 10.0), (8.0, 10.0), (7.0, 9.0))
SMALLEST = 7.0
VALUE_INK, GRADIENT_INK = "#1f4e79", "#9b1c1c"
INPUT_GROUND = "#eeeeee"
CORNER = 4.0
# The room between columns beside the widest label of an edge, from the most generous to the
# smallest, and between the nodes of a column: labels need to stand clear of each other.
LABEL_ROOM = (42.0, 24.0, 16.0, 10.0)
LABELLED_ROWS = 28.0

# What a part of the figure draws and the room that it takes.
Part = tuple[tuple[Mark, ...], Rect]


def graph(
    nodes: Sequence[GraphNode],
    edges: Sequence[tuple[str, str]],
    labels: Sequence[str] = (),
    returned: Sequence[str] = (),
) -> Figure:
    """Draw a computational graph from left to right, at most 460 points wide.

    An edge goes from an operand to the node that uses it, both by name; an edge given twice
    (as in x times x) is drawn twice. `labels`, if there are any, has LaTeX for each edge, which
    stands on it, and `returned` the gradients that come back along them; an empty one is none, and
    an edge with a label has room for that alone. Type shrinks from 9 to 7 points where the width
    demands it; a graph too deep even then goes on in a second band, from right to left.

    Raises ValueError when there is no node, a name is used twice or unknown, the edges run
    in a circle, or labels are not as many as edges.
    """
    for given in filter(None, (labels, returned)):
        if len(given) != len(edges):
            raise ValueError(f"{len(given)} labels for {len(edges)} edges; give each edge one")
    none = ("",) * len(edges)
    written = tuple(zip(labels or none, returned or none, strict=True))
    numbers = _numbers(nodes)
    for name in chain.from_iterable(edges):
        if name not in numbers:
            raise ValueError(f"an edge names {name!r}, but the nodes are {', '.join(numbers)}")
    layered = _layered(len(nodes), tuple((numbers[a], numbers[b]) for a, b in edges))
    for bands in range(1, len(layered.columns) + 1):
        for (size, gap), room in zip(TRIALS, LABEL_ROOM, strict=True):
            cells = [_cell(node, size) for node in nodes]
            marked = [_edge_label(*each, max(size - 0.5, SMALLEST)) for each in written]
            widest = max((box.width for box in marked), default=0.0)
            gap = max(gap, room + widest) if widest else gap
            rows = LABELLED_ROWS if any(labels) else ROW_SPACE
            box = _draw(nodes, cells, drawing(cells, layered, bands, gap, rows), marked)
            if box.width <= WIDEST:
                return Figure(box, _describe(nodes, edges, written))
    raise DoesNotFit("a node of this graph is wider than the page")


@lru_cache(maxsize=64)
def _layered(count: int, edges: tuple[Edge, ...]) -> Layers:
    """The layers of a graph: one is drawn twice, for the question and for its solution."""
    return layers(count, edges)


def _numbers(nodes: Sequence[GraphNode]) -> dict[str, int]:
    if not nodes:
        raise ValueError("a graph needs one node at least")
    numbers = {node.name: k for k, node in enumerate(nodes)}
    if len(numbers) < len(nodes):
        names = [node.name for node in nodes]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"two nodes have the name {twice!r}")
    return numbers


def _cell(node: GraphNode, size: float) -> Cell:
    small = max(size - 1.0, SMALLEST)
    return Cell(
        typeset(node.label, size),
        inked(_set(node.value, small), VALUE_INK),
        inked(_set(node.gradient, small), GRADIENT_INK),
    )


def _set(source: str, size: float) -> Box:
    return typeset(source, size) if source else Box(0.0, 0.0, 0.0)


def _edge_label(label: str, returned: str, size: float) -> Box:
    """A label, or a gradient with its arrow to the left."""
    if label or not returned:
        return _set(label, size)
    box = inked(_set(returned, size), GRADIENT_INK)
    middle = (box.height - box.depth) / 2
    back = arrow(((BACK_ARROW - 2, middle), (0.0, middle)), GRADIENT_INK)
    marks = (*back, *box.placed(BACK_ARROW, 0.0))
    return Box(box.width + BACK_ARROW, box.height, box.depth, marks)


def _draw(
    nodes: Sequence[GraphNode], cells: Sequence[Cell], plan: Drawing, labels: Sequence[Box]
) -> Box:
    parts = [(arrow(curve), _reach(curve)) for curve in plan.curves]
    parts += _edge_labels(plan, labels)
    for node, cell, rect in zip(nodes, cells, plan.frames, strict=True):
        parts += _node(node, cell, rect)
    marks = chain.from_iterable(marks for marks, _ in parts)
    return canvas(marks, enclosing(rect for _, rect in parts).grown(1.0))


def _edge_labels(plan: Drawing, labels: Sequence[Box]) -> Iterator[Part]:
    if not any(box.width for box in labels):
        return
    sizes = [
        (box.width + 2 * BESIDE_LABEL, tall(box)) if box.width else (0.0, 0.0) for box in labels
    ]
    for box, (x, y) in zip(labels, centres(plan.curves, sizes, plan.frames), strict=True):
        if box.width:
            yield on_paper(box, x, y, beside=BESIDE_LABEL), Rect.about(x, y, box.width, tall(box))


def _reach(points: Sequence[tuple[float, float]]) -> Rect:
    """The room of a curve, counting its ends and the middle of each of its segments."""
    on = list(points[::3]) if len(points) > 2 else list(points)
    for k in range(0, len(points) - 3, 3):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = points[k : k + 4]
        on.append(((ax + 3 * bx + 3 * cx + dx) / 8, (ay + 3 * by + 3 * cy + dy) / 8))
    return enclosing(Rect(x, y, x, y) for x, y in on)


def _node(node: GraphNode, cell: Cell, rect: Rect) -> Iterator[Part]:
    x, y = (rect.left + rect.right) / 2, (rect.bottom + rect.top) / 2
    shape = frame(rect, fill=INPUT_GROUND) if node.is_input else frame(rect, CORNER, PAPER)
    yield (shape, *centred(cell.label, x, y)), rect
    if cell.value.width:
        yield _note(cell.value, x, rect.top + NOTE_SPACE + tall(cell.value) / 2)
    if cell.gradient.width:
        middle = rect.bottom - NOTE_SPACE - tall(cell.gradient) / 2
        left = x - (cell.gradient.width + BACK_ARROW) / 2
        ends = ((left + BACK_ARROW - 2, middle), (left, middle))
        back = arrow(ends if node.below == "gradient" else ends[::-1], GRADIENT_INK)
        marks, room = _note(cell.gradient, x + BACK_ARROW / 2, middle)
        yield back + marks, Rect(left, room.bottom, room.right, room.top)


def _note(box: Box, x: float, y: float) -> Part:
    return centred(box, x, y), Rect.about(x, y, box.width, tall(box))


def _describe(
    nodes: Sequence[GraphNode],
    edges: Sequence[tuple[str, str]],
    written: Sequence[tuple[str, str]],
) -> str:
    """The same in words: every node with what it is computed from and what is written at it."""
    names = {node.name: plain(node.label) for node in nodes}
    sentences = ["A computational graph."]
    if any(label for label, _ in written):
        sentences.append("What stands at an edge is in parentheses.")
    marks = [_mark(*each) for each in written]
    for node in nodes:
        operands = [
            f"{names[source]}{mark}"
            for (source, target), mark in zip(edges, marks, strict=True)
            if target == node.name
        ]
        clauses = [f"input {names[node.name]}" if node.is_input else f"node {names[node.name]}"]
        if operands:
            clauses.append(f"from {' and '.join(operands)}")
        if node.value:
            clauses.append(f"value {plain(node.value)}")
        if node.gradient:
            clauses.append(f"{node.below} {plain(node.gradient)}")
        sentence = ", ".join(clauses)
        sentences.append(f"{sentence[0].upper()}{sentence[1:]}.")
    return " ".join(sentences)


def _mark(label: str, returned: str) -> str:
    if label or not returned:
        return f" ({plain(label)})" if label else ""
    return f" ({plain(returned)} comes back)"
