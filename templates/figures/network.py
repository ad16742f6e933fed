"""A feed-forward network as a figure: units in columns, weights on the edges, biases from above.

Inputs are squares and units are circles, as in most lecture notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from math import hypot

from templates.boxes import Box, Circle, Mark
from templates.document import Figure
from templates.figures.drawing import (
    BESIDE_LABEL,
    PAPER,
    Point,
    Rect,
    arrow,
    canvas,
    centred,
    enclosing,
    frame,
    on_paper,
)
from templates.figures.network_layout import (
    BIAS_ARROW,
    MARGIN,
    Layout,
    Network,
    bias_middle,
    layout,
    output_run,
    square_half,
)
from templates.mathematics import plain, typeset

UNIT_SIZE, EDGE_SIZE, CAPTION_SIZE = 9.0, 8.0, 8.5
LEAST_RADIUS = 10.0
CAPTION_SPACE = 5.0

Labels = Sequence[Sequence[str]]
# What a part of the figure draws and the room that it takes.
Part = tuple[tuple[Mark, ...], Rect]


def network(
    layers: Labels,
    weights: Sequence[Labels] | None,
    biases: Labels | None,
    captions: Sequence[str],
    output: str | None = None,
) -> Figure:
    """Draw a fully connected network, inputs on the left.

    Every label is LaTeX of the kind `templates.mathematics` accepts, except the captions,
    which are words; an empty label leaves its place empty. `layers` names the units of each
    layer, inputs first. `weights[l][i][j]` stands on the edge from unit j of layer l to unit i
    of layer l+1, so `weights[l]` has the shape of the weight matrix; `biases[l][i]` belongs to
    unit i of layer l+1. `captions` is empty or has one entry a layer. `output` is what the
    last layer hands on: a prediction, or the loss that all its units feed.

    Raises ValueError when shapes disagree or when labels are too long for any drawing.
    """
    _check(layers, weights, biases, captions)
    if weights is None:
        weights = [[[""] * len(a)] * len(b) for a, b in pairwise(layers)]
    if biases is None:
        biases = [[""] * len(layer) for layer in layers[1:]]
    net = _typeset(layers, weights, biases, captions, output or "")
    words = _describe(layers, weights, biases, captions, output or "")
    return Figure(_draw(net, layout(net)), words)


def _check(
    layers: Labels,
    weights: Sequence[Labels] | None,
    biases: Labels | None,
    captions: Sequence[str],
) -> None:
    sizes = [len(layer) for layer in layers]
    if len(sizes) < 2 or 0 in sizes:
        raise ValueError(f"a network needs two layers or more, none empty; got sizes {sizes}")
    if captions and len(captions) != len(sizes):
        raise ValueError(f"{len(captions)} captions for {len(sizes)} layers; give one a layer")
    shapes = [[n] * m for n, m in pairwise(sizes)]
    given = [[len(row) for row in matrix] for matrix in weights or ()]
    if weights is not None and given != shapes:
        raise ValueError(f"the weight matrices have rows of {given} entries, not {shapes}")
    counts = [len(vector) for vector in biases or ()]
    if biases is not None and counts != sizes[1:]:
        raise ValueError(f"the bias vectors have {counts} entries, not {sizes[1:]}")


def _typeset(
    layers: Labels, weights: Sequence[Labels], biases: Labels, captions: Sequence[str], output: str
) -> Network:
    units = tuple(tuple(_set(name, UNIT_SIZE) for name in layer) for layer in layers)
    reach = max(hypot(b.width, b.height + b.depth) for layer in units for b in layer)
    return Network(
        units,
        tuple(tuple(tuple(_set(w, EDGE_SIZE) for w in row) for row in m) for m in weights),
        tuple(tuple(_set(b, EDGE_SIZE) for b in vector) for vector in biases),
        tuple(_set(rf"\text{{{c}}}" if c else "", CAPTION_SIZE) for c in captions),
        _set(output, UNIT_SIZE),
        max(LEAST_RADIUS, reach / 2 + 1.5),
    )


def _set(source: str, size: float) -> Box:
    return typeset(source, size) if source else Box(0.0, 0.0, 0.0)


def _draw(net: Network, plan: Layout) -> Box:
    """Lines first, labels over them, units and captions last."""
    parts = [*_edges(net, plan), *_biases(net, plan), *_output(net, plan), *_units(net, plan)]
    floor = enclosing(rect for _, rect in parts).bottom - CAPTION_SPACE
    parts += _captions(net, plan, floor)
    marks = chain.from_iterable(marks for marks, _ in parts)
    return canvas(marks, enclosing(rect for _, rect in parts).grown(MARGIN))


def _edges(net: Network, plan: Layout) -> Iterator[Part]:
    for x, gap, matrix in zip(plan.columns(), plan.gaps, net.weights, strict=False):
        for line in gap.lines:
            start, end = (x + line.start[0], line.start[1]), (x + line.end[0], line.end[1])
            yield arrow((start, end)), _between(start, end)
        pairs = zip(chain.from_iterable(matrix), gap.placement.centres, strict=True)
        placed = [(label, x + dx, y) for label, (dx, y) in pairs if label.width]
        rects = [Rect.about(x, y, box.width, box.height + box.depth) for box, x, y in placed]
        low = x + max(line.start[0] for line in gap.lines)
        high = x + min(line.end[0] for line in gap.lines)
        for number, (label, at, y) in enumerate(placed):
            others = rects[:number] + rects[number + 1 :]
            beside = _beside(rects[number], others, low, high)
            yield on_paper(label, at, y, beside=beside), rects[number]


def _beside(label: Rect, others: Sequence[Rect], low: float, high: float) -> float:
    """How much more of the line is hidden beside a label: nothing where there is no room for it.

    There is room between `low` and `high`, where the units are, and beside the other labels.
    """
    margin = 1 + BESIDE_LABEL
    across = Rect(label.left - margin, label.bottom - 1, label.right + margin, label.top + 1)
    free = low <= across.left and across.right <= high
    wide = (Rect(o.left - margin, o.bottom - 1, o.right + margin, o.top + 1) for o in others)
    return BESIDE_LABEL if free and not any(across.overlaps(other) for other in wide) else 0.0


def _between(start: Point, end: Point) -> Rect:
    (x0, y0), (x1, y1) = start, end
    return Rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _biases(net: Network, plan: Layout) -> Iterator[Part]:
    for x, vector in zip(plan.columns()[1:], net.biases, strict=True):
        for y, box in zip(plan.rows(len(vector)), vector, strict=True):
            if box.width:
                top = y + net.radius
                middle = bias_middle(net, y, box)
                marks = arrow(((x, top + BIAS_ARROW), (x, top))) + centred(box, x, middle)
                yield marks, Rect.about(x, middle, box.width, box.height + box.depth)


def _output(net: Network, plan: Layout) -> Iterator[Part]:
    """Arrows from the last layer to one label; each ends short of it, on the way to its middle."""
    if not net.output.width:
        return
    x = plan.columns()[-1]
    edge = x + output_run(net, plan)
    for y in plan.rows(len(net.units[-1])):
        length = hypot(edge - x, y)
        start = (x + net.radius * (edge - x) / length, y - net.radius * y / length)
        yield arrow((start, (edge, 0.0))), _between(start, (edge, 0.0))
    box = net.output
    middle = edge + 2 + box.width / 2
    yield centred(box, middle, 0.0), Rect.about(middle, 0.0, box.width, box.height + box.depth)


def _units(net: Network, plan: Layout) -> Iterator[Part]:
    for layer, (x, units) in enumerate(zip(plan.columns(), net.units, strict=True)):
        half = net.radius if layer else square_half(net.radius)
        for y, box in zip(plan.rows(len(units)), units, strict=True):
            rect = Rect.about(x, y, 2 * half, 2 * half)
            shape = Circle(half, x, y, fill=PAPER, line_width=0.7) if layer else frame(rect)
            yield (shape, *centred(box, x, y)), rect


def _captions(net: Network, plan: Layout, floor: float) -> Iterator[Part]:
    """The captions on one baseline, their tops at `floor`."""
    baseline = floor - max((box.height for box in net.captions), default=0.0)
    for x, box in zip(plan.columns(), net.captions, strict=False):
        left = x - box.width / 2
        rect = Rect(left, baseline - box.depth, left + box.width, baseline + box.height)
        yield tuple(box.placed(left, baseline)), rect


def _describe(
    layers: Labels, weights: Sequence[Labels], biases: Labels, captions: Sequence[str], output: str
) -> str:
    """The same in words: the layers, then every weight and every bias that is shown."""
    sentences = ["A fully connected network, from left to right."]
    for number, names in enumerate(layers):
        caption = f" ({captions[number]})" if captions and captions[number] else ""
        units = ", ".join(plain(name) for name in names)
        sentences.append(f"Layer {number}{caption}: {units}.")
    entries = list(_weight_words(layers, weights))
    if entries:
        sentences.append(f"Weights: {'; '.join(entries)}.")
    pairs = zip(chain.from_iterable(layers[1:]), chain.from_iterable(biases), strict=True)
    entries = [f"{plain(unit)} {plain(bias)}" for unit, bias in pairs if bias]
    if entries:
        sentences.append(f"Biases: {'; '.join(entries)}.")
    if output:
        sentences.append(f"The last layer gives {plain(output)}.")
    return " ".join(sentences)


def _weight_words(layers: Labels, weights: Sequence[Labels]) -> Iterator[str]:
    for (sources, targets), matrix in zip(pairwise(layers), weights, strict=True):
        for target, row in zip(targets, matrix, strict=True):
            for source, weight in zip(sources, row, strict=True):
                if weight:
                    yield f"{plain(source)} to {plain(target)} {plain(weight)}"
