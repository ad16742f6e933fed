"""Computational graphs as figures: arrows keep off foreign nodes, and nothing overlaps."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from itertools import combinations, pairwise
from math import comb

import pytest

from templates.boxes import Bar, Box, Glyphs, Path
from templates.drawn_graphs import GraphNode
from templates.figures.drawing import Rect
from templates.figures.graph import GRADIENT_INK, VALUE_INK, graph

Edges = list[tuple[str, str]]
Room = Callable[[Glyphs], Rect]


def shown(name: str, label: str = "", is_input: bool = False) -> GraphNode:
    return GraphNode(name, label or name, "-0.125", "-1.2041", is_input)


def chain(count: int) -> tuple[list[GraphNode], Edges]:
    nodes = [shown(f"n{k}", f"v_{{{k}}}", k == 0) for k in range(count)]
    return nodes, [(f"n{k}", f"n{k + 1}") for k in range(count - 1)]


def diamond() -> tuple[list[GraphNode], Edges]:
    nodes = [shown("x", is_input=True), shown("a"), shown("b"), shown("y", "y=a+b")]
    return nodes, [("x", "a"), ("x", "b"), ("a", "y"), ("b", "y"), ("x", "y")]


def fan_out() -> tuple[list[GraphNode], Edges]:
    middle = [shown(f"h{k}", f"h_{{{k}}}=w_{{{k}}}x") for k in range(7)]
    edges = [("x", node.name) for node in middle] + [(node.name, "y") for node in middle]
    return [shown("x", is_input=True), *middle, shown("y")], edges


def lecture() -> tuple[list[GraphNode], Edges]:
    """y = exp(xz) + xz/log x + sin(log x)/(xz)."""
    labels = {"a": "a=xz", "b": r"b=\log x", "c": r"c=\sin b", "d": "d=e^a", "e": "e=a/b"}
    labels |= {"f": "f=c/a", "y": "y=d+e+f"}
    edges = ["xa", "za", "xb", "bc", "ad", "ae", "be", "cf", "af", "dy", "ey", "fy"]
    nodes = [shown("x", is_input=True), shown("z", is_input=True)]
    nodes += [shown(name, label) for name, label in labels.items()]
    return nodes, [(pair[0], pair[1]) for pair in edges]


def tangle(seed: int, count: int = 20) -> tuple[list[GraphNode], Edges]:
    """A graph of 20 nodes, each with up to three operands among the seven before it."""
    nodes, edges = [], []
    for k in range(count):
        nodes.append(shown(f"n{k}", f"v_{{{k}}}=u+w", k < 4))
        digest = hashlib.sha256(f"{seed}/{k}".encode()).digest()
        if k >= 4:
            for byte in digest[: 1 + digest[9] % 3]:
                edges.append((f"n{k - 1 - byte % min(k, 7)}", f"n{k}"))
    return nodes, edges


CASES = {
    "one node": ([shown("x", is_input=True)], []),
    "chain of 3": chain(3),
    "chain of 20": chain(20),
    "diamond": diamond(),
    "fan-out": fan_out(),
    "lecture": lecture(),
    "square": ([shown("x", is_input=True), shown("y", "y=xx")], [("x", "y"), ("x", "y")]),
    **{f"tangle {seed}": tangle(seed) for seed in range(12)},
}


def frames(box: Box) -> list[Rect]:
    """The frames of the nodes, read back from the marks."""
    found = []
    for mark in box.marks:
        if isinstance(mark, Path) and mark.closed and mark.stroke is not None:
            xs, ys = zip(*mark.points, strict=True)
            found.append(Rect(min(xs), min(ys), max(xs), max(ys)))
    return found


def notes(box: Box, room: Room) -> list[Rect]:
    """The runs of text that are values and gradients."""
    inks = (VALUE_INK, GRADIENT_INK)
    return [room(m) for m in box.marks if isinstance(m, Glyphs) and m.ink in inks]


def shafts(box: Box) -> list[list[tuple[float, float]]]:
    """Points along every arrow between nodes, 60 on each of its segments."""
    found = []
    for mark in box.marks:
        if isinstance(mark, Path) and not mark.closed and mark.stroke == "#000000":
            points = mark.points if mark.curved else _as_cubic(*mark.points)
            found.append(
                [
                    _bezier(points[k : k + 4], t / 60)
                    for k in range(0, len(points) - 3, 3)
                    for t in range(61)
                ]
            )
    return found


def _as_cubic(
    start: tuple[float, float], end: tuple[float, float]
) -> tuple[tuple[float, float], ...]:
    return (start, start, end, end)


def _bezier(points: tuple[tuple[float, float], ...], t: float) -> tuple[float, float]:
    """A point of a cubic, by Bernstein polynomials."""
    weights = [comb(3, k) * t**k * (1 - t) ** (3 - k) for k in range(4)]
    x = sum(w * p[0] for w, p in zip(weights, points, strict=True))
    return (x, sum(w * p[1] for w, p in zip(weights, points, strict=True)))


def within(rect: Rect, point: tuple[float, float]) -> bool:
    return rect.left < point[0] < rect.right and rect.bottom < point[1] < rect.top


@pytest.mark.parametrize("name", CASES)
def test_no_two_nodes_overlap_and_no_value_lies_on_a_node(glyph_room: Room, name: str) -> None:
    nodes, edges = CASES[name]
    box = graph(nodes, edges).box
    rects = frames(box)
    assert len(rects) == len(nodes)
    assert not any(a.overlaps(b) for a, b in combinations(rects + notes(box, glyph_room), 2))


@pytest.mark.parametrize("name", CASES)
def test_no_arrow_enters_a_node_or_a_value(glyph_room: Room, name: str) -> None:
    nodes, edges = CASES[name]
    box = graph(nodes, edges).box
    assert len(shafts(box)) == len(edges)
    obstacles = [rect.grown(-0.3) for rect in frames(box)] + notes(box, glyph_room)
    for shaft in shafts(box):
        assert not [(p, rect) for p in shaft for rect in obstacles if within(rect, p)]


@pytest.mark.parametrize("name", CASES)
def test_a_graph_fits_the_page_in_legible_type(name: str) -> None:
    box = graph(*CASES[name]).box
    assert box.width <= 460
    scripts_apart = [m.size for m in box.marks if isinstance(m, Glyphs) and m.ink == VALUE_INK]
    assert min(scripts_apart) >= 7


@pytest.mark.parametrize("name", CASES)
def test_everything_is_drawn_inside_the_box(glyph_room: Room, name: str) -> None:
    box = graph(*CASES[name]).box
    points = [point for shaft in shafts(box) for point in shaft]
    points += [(rect.left, rect.bottom) for rect in frames(box) + notes(box, glyph_room)]
    points += [(rect.right, rect.top) for rect in frames(box) + notes(box, glyph_room)]
    paper = Rect(0, 0, box.width, box.height).grown(1e-6)
    assert all(within(paper, point) for point in points)


def test_arrows_run_from_operand_to_result() -> None:
    nodes, edges = lecture()
    box = graph(nodes, edges).box
    rects = dict(zip((node.name for node in nodes), frames(box), strict=True))
    for (source, target), shaft in zip(edges, shafts(box), strict=True):
        assert shaft[0][0] == pytest.approx(rects[source].right)
        assert rects[target].left - 5 < shaft[-1][0] < rects[target].left
        assert rects[source].right < rects[target].left


def test_values_stand_above_and_gradients_below_their_node_in_inks_of_their_own() -> None:
    box = graph([GraphNode("x", "x", "7", "9", True)], []).box
    (rect,) = frames(box)
    ink = {m.text: (m.ink, m.y) for m in box.marks if isinstance(m, Glyphs)}
    assert ink["7"][0] == VALUE_INK
    assert ink["7"][1] > rect.top
    assert ink["9"][0] == GRADIENT_INK
    assert ink["9"][1] < rect.bottom


def test_a_gradient_carries_an_arrow_to_the_left_so_that_no_colour_is_needed() -> None:
    box = graph([GraphNode("x", "x", "7", "9", True)], []).box
    (head,) = (m for m in box.marks if isinstance(m, Path) and m.fill == GRADIENT_INK)
    tip, *base = head.points
    assert all(tip[0] < point[0] for point in base)


def test_a_long_chain_is_folded_into_bands_read_right_and_left_in_turn() -> None:
    rects = frames(graph(*chain(20)).box)
    heights = sorted({round(rect.top, 3) for rect in rects}, reverse=True)
    assert len(heights) > 1
    ways = [
        [b.left > a.left for a, b in pairwise(band)]
        for band in ([r for r in rects if round(r.top, 3) == h] for h in heights)
    ]
    assert all(set(way) <= {k % 2 == 0} for k, way in enumerate(ways))


def test_the_same_graph_is_drawn_the_same() -> None:
    assert graph(*tangle(3)) == graph(*tangle(3))


def test_the_description_gives_operands_values_and_gradients() -> None:
    nodes = [GraphNode("x", "x", "3", "6", True), GraphNode("y", "y", "9", "1")]
    assert graph(nodes, [("x", "y")]).description == (
        "A computational graph. Input x, value 3, gradient 6. Node y, from x, value 9, gradient 1."
    )


def test_unknown_and_repeated_names_and_circles_are_refused() -> None:
    x, y = GraphNode("x", "x"), GraphNode("y", "y")
    with pytest.raises(ValueError, match="an edge names 'q', but the nodes are x, y"):
        graph([x, y], [("x", "q")])
    with pytest.raises(ValueError, match="two nodes have the name 'x'"):
        graph([x, y, x], [])
    with pytest.raises(ValueError, match="circle"):
        graph([x, y], [("x", "y"), ("y", "x")])
    with pytest.raises(ValueError, match="one node at least"):
        graph([], [])


def test_a_label_wider_than_the_page_is_refused() -> None:
    with pytest.raises(ValueError, match="wider than the page"):
        graph([GraphNode("x", "x" * 200)], [])


LABELLED = {
    "diamond": ("ab ac bd cd ad", "2 -3 0.5 4 -1.5"),
    "two by two": ("ab ac bd be cd ce df ef", "2 -3 4 -2 3 -4 0.5 2"),
    "six paths": ("ab ac bc bd be cd ce df ef", "2 3 -4 2 2 -3 3 4 -0.5"),
}


def labelled(name: str) -> tuple[list[GraphNode], Edges, list[str]]:
    pairs, labels = (text.split() for text in LABELLED[name])
    nodes = [GraphNode(n, n, is_input=n == "a") for n in sorted(set("".join(pairs)))]
    return nodes, [(pair[0], pair[1]) for pair in pairs], labels


@pytest.mark.parametrize("name", LABELLED)
def test_labels_of_edges_touch_neither_nodes_nor_each_other(glyph_room: Room, name: str) -> None:
    box = graph(*labelled(name)).box
    texts = [m for m in box.marks if isinstance(m, Glyphs)]
    digits = [glyph_room(m) for m in texts if m.text[-1].isdigit()]
    assert len(digits) == len(LABELLED[name][1].split())
    assert not any(a.overlaps(b) for a, b in combinations(digits + frames(box), 2))


def test_no_more_than_a_gap_in_the_arrow_stands_before_a_label(glyph_room: Room) -> None:
    """An edge that ran up to its number would look like a minus sign in front of it."""
    nodes = [GraphNode("a", "a", is_input=True), GraphNode("b", "b")]
    box = graph(nodes, [("a", "b")], ["2"]).box
    (label,) = (glyph_room(m) for m in box.marks if isinstance(m, Glyphs) and m.text == "2")
    (patch,) = (m for m in box.marks if isinstance(m, Bar))
    assert patch.x <= label.left - 3
    assert patch.x + patch.width >= label.right + 3


def test_the_description_has_the_labels_of_edges_behind_the_operands() -> None:
    nodes = [GraphNode("x", "x", is_input=True), GraphNode("u", "u"), GraphNode("y", "y")]
    edges = [("x", "u"), ("x", "y"), ("u", "y")]
    assert graph(nodes, edges, ["2", "-3", ""]).description == (
        "A computational graph. What stands at an edge is in parentheses. Input x. "
        "Node u, from x (2). Node y, from x (-3) and u."
    )


def test_labels_have_to_be_as_many_as_edges() -> None:
    nodes = [GraphNode("x", "x"), GraphNode("y", "y")]
    with pytest.raises(ValueError, match="2 labels for 1 edges"):
        graph(nodes, [("x", "y")], ["1", "2"])


def test_a_gradient_that_comes_back_has_its_ink_and_an_arrow_to_the_left() -> None:
    nodes = [GraphNode("y", "y", is_input=True), GraphNode("u", "u")]
    figure = graph(nodes, [("y", "u")], returned=["c=5"])
    assert any(
        m.text == "5" and m.ink == GRADIENT_INK for m in figure.box.marks if isinstance(m, Glyphs)
    )
    (head,) = (m for m in figure.box.marks if isinstance(m, Path) and m.fill == GRADIENT_INK)
    assert all(head.points[0][0] < point[0] for point in head.points[1:])
    assert figure.description.endswith("Node u, from y (c = 5 comes back).")
