"""Networks as figures: nothing hides anything, and the words say what the drawing shows."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise, product
from typing import Any

import pytest

from templates.boxes import Bar, Box, Circle, Glyphs, Path
from templates.document import Figure
from templates.figures.drawing import Rect
from templates.figures.network import network

PAPER = "#ffffff"

Room = Callable[[Glyphs], Rect]


def uniform(sizes: tuple[int, ...], weight: str, bias: str, **more: Any) -> Figure:
    """A network of these sizes in which every weight and every bias reads the same."""
    layers = [[f"h_{{{k + 1}}}" for k in range(n)] for n in sizes]
    weights = [[[weight] * n for _ in range(m)] for n, m in pairwise(sizes)]
    biases = [[bias] * m for m in sizes[1:]]
    return network(layers, weights, biases, ["layer"] * len(sizes), **more)


def patches(box: Box) -> list[Rect]:
    """The white grounds of the weights."""
    bars = (m for m in box.marks if isinstance(m, Bar) and m.ink == PAPER)
    return [Rect(b.x, b.y, b.x + b.width, b.y + b.height) for b in bars]


def units(box: Box) -> list[Rect]:
    circles = [
        Rect.about(m.x, m.y, 2 * m.radius, 2 * m.radius) for m in box.marks if isinstance(m, Circle)
    ]
    squares = (m.points for m in box.marks if isinstance(m, Path) and m.fill == PAPER)
    return circles + [Rect(*points[0], *points[2]) for points in squares]


def inside(outer: Rect, x: float, y: float) -> bool:
    return outer.left <= x <= outer.right and outer.bottom <= y <= outer.top


def faults(box: Box, room: Room) -> list[str]:
    """What is wrong with a drawing, in words; an empty list when nothing is."""
    grounds, shapes = patches(box), units(box)
    found = [f"{a} on {b}" for a, b in combinations(grounds, 2) if a.overlaps(b)]
    found += [f"{a} on {b}" for a, b in product(grounds, shapes) if a.overlaps(b)]
    runs = [m for m in box.marks if isinstance(m, Glyphs)]
    loose = [g for g in runs if not any(inside(r, g.x, g.y) for r in grounds + shapes)]
    for glyphs in loose:
        rect = room(glyphs)
        found += [f"{glyphs.text} on {r}" for r in grounds + shapes if rect.overlaps(r)]
    for a, b in combinations(loose, 2):
        if room(a).overlaps(room(b)):
            found.append(f"{a.text} on {b.text}")
    return found


@pytest.mark.parametrize("depth", [2, 3])
def test_no_label_hides_a_label_or_a_unit_for_any_widths_up_to_four(
    glyph_room: Room, depth: int
) -> None:
    for sizes in product(range(1, 5), repeat=depth):
        assert faults(uniform(sizes, "-0.25", "-0.5").box, glyph_room) == [], sizes


@pytest.mark.parametrize("first", [1, 2, 3, 4])
def test_no_label_hides_anything_in_four_layers_of_any_widths_up_to_four(
    glyph_room: Room, first: int
) -> None:
    for rest in product(range(1, 5), repeat=3):
        box = uniform((first, *rest), "-0.25", "-0.5", output=r"\ell").box
        assert faults(box, glyph_room) == [], (first, *rest)
        assert box.width <= 460


@pytest.mark.parametrize("sizes", [(2, 2, 1), (3, 3, 2), (4, 4, 4), (4, 4, 4, 4)])
def test_symbols_with_both_scripts_find_room_too(glyph_room: Room, sizes: tuple[int, ...]) -> None:
    assert faults(uniform(sizes, "w^{(1)}_{11}", "b^{(1)}_{1}").box, glyph_room) == []


def test_four_layers_of_weights_between_layers_of_four_fit_the_page(glyph_room: Room) -> None:
    box = uniform((4, 4, 4, 4, 4), "-0.25", "").box
    assert faults(box, glyph_room) == []
    assert box.width <= 460


def test_a_small_network_is_compact() -> None:
    box = uniform((2, 2, 1), "0.5", "0.1", output=r"\hat{y}").box
    assert 200 <= box.width <= 320
    assert 70 <= box.height <= 120


def test_inputs_are_squares_and_units_are_circles() -> None:
    box = uniform((3, 2, 1), "1", "0").box
    assert sum(isinstance(m, Circle) for m in box.marks) == 3
    assert len(units(box)) == 6


def test_every_edge_and_every_bias_has_an_arrow() -> None:
    box = uniform((2, 3, 1), "1", "0", output="y").box
    heads = [m for m in box.marks if isinstance(m, Path) and m.closed and m.stroke is None]
    assert len(heads) == (2 * 3 + 3 * 1) + (3 + 1) + 1


def test_nothing_is_drawn_outside_the_box() -> None:
    box = uniform((2, 4, 1), "-0.25", "1", output=r"\hat{y}").box
    for mark in box.marks:
        points = mark.points if isinstance(mark, Path) else ((mark.x, mark.y),)
        assert all(0 <= x <= box.width and 0 <= y <= box.height for x, y in points)


def test_a_network_without_weights_and_biases_has_plain_edges() -> None:
    figure = network([["x"], ["h"]], None, None, [])
    assert patches(figure.box) == []
    assert "Weights" not in figure.description
    assert "Biases" not in figure.description


def test_an_empty_label_leaves_its_edge_bare() -> None:
    figure = network([["x", "z"], ["h"]], [[["2", ""]]], None, [])
    assert len(patches(figure.box)) == 1
    assert "x to h 2" in figure.description
    assert "z to h" not in figure.description


def test_the_description_names_layers_weights_biases_and_output() -> None:
    words = network([["x"], ["h"]], [[["3"]]], [["5"]], ["inputs", "tanh"], "y").description
    assert words == (
        "A fully connected network, from left to right. Layer 0 (inputs): x. "
        "Layer 1 (tanh): h. Weights: x to h 3. Biases: h 5. The last layer gives y."
    )


def test_the_same_network_is_drawn_the_same() -> None:
    sizes = (3, 4, 2)
    assert uniform(sizes, "-0.25", "0") == uniform(sizes, "-0.25", "0")


def test_wide_captions_and_biases_at_the_ends_count_towards_the_width() -> None:
    layers = [["x"] * 4, ["h"] * 4, ["h"] * 4, ["y"] * 4]
    weights = [[["-0.125"] * 4] * 4] * 3
    captions = ["all the inputs", "tanh", "tanh", "all the outputs"]
    assert network(layers, weights, [["-12.125"] * 4] * 3, captions).box.width <= 460


def test_wide_captions_move_the_layers_apart() -> None:
    captions = ["the inputs of the network", "the hidden layer of the network"]
    narrow = network([["x"], ["h"]], None, None, ["x", "h"]).box
    assert network([["x"], ["h"]], None, None, captions).box.width > narrow.width + 50


@pytest.mark.parametrize(
    ("weights", "biases", "captions", "message"),
    [
        ([[["1", "2"]]], None, [], r"rows of \[\[2\]\] entries, not \[\[1\]\]"),
        (None, [["1", "2"]], [], r"\[2\] entries, not \[1\]"),
        (None, None, ["inputs"], "1 captions for 2 layers"),
        ([[["9" * 60]]], None, [], "too long to stand on its edges"),
        (None, None, ["very " * 40, "long " * 40], "too wide"),
    ],
)
def test_labels_of_wrong_shape_or_length_are_refused(
    weights: list[list[list[str]]] | None,
    biases: list[list[str]] | None,
    captions: list[str],
    message: str,
) -> None:
    with pytest.raises(ValueError, match=message):
        network([["x"], ["h"]], weights, biases, captions)


def test_a_network_of_one_layer_is_refused() -> None:
    with pytest.raises(ValueError, match="two layers or more"):
        network([["x"]], None, None, [])
