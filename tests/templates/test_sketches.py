from __future__ import annotations

import solver
from solver import expressions
from solver.network import Architecture, Layer, build
from solver.parsing import grammar
from templates import sketches
from templates.document import Document, Table
from templates.notation import Symbols, load
from templates.writers import text


def drawn(table: Table) -> list[str]:
    return text.write(Document("sketch", (table,))).rstrip("\n").split("\n")


def test_a_graph_grows_from_the_output_and_names_a_node_again_by_its_letter() -> None:
    graph = expressions.graph(grammar.statements("x*z + exp(x*z)", ("x", "z")), {"x": (), "z": ()})
    symbols = Symbols(graph, None, load())
    assert drawn(sketches.of_graph(graph, symbols)) == [
        "y = a + b",
        "├─ a = xz",
        "│  ├─ x",
        "│  └─ z",
        "└─ b = eᵃ",
        "   └─ a, as above",
    ]


def of_widths(inputs: int, *widths: int) -> list[str]:
    network = build(Architecture(inputs, tuple(Layer(width, "relu") for width in widths)))
    return drawn(sketches.of_network(network, Symbols(network.graph, network, load("backprep"))))


def test_a_network_has_a_column_for_each_layer() -> None:
    assert of_widths(2, 3, 1) == [
        "inputs        ReLU         ReLU",
        "           ┌─ o⁽¹⁾₁ ─┐",
        "x₁ ─────┐  │         │",
        "        ├──┼─ o⁽¹⁾₂ ─┼──── ŷ",
        "x₂ ─────┘  │         │",
        "           └─ o⁽¹⁾₃ ─┘",
    ]


def test_single_units_are_joined_by_one_stroke() -> None:
    assert of_widths(1, 1) == ["input        ReLU", "x ────────── ŷ"]


def test_a_page_for_a_terminal_has_the_sketch_and_any_other_the_figure() -> None:
    found = solver.solve("x*x + x", {"x": 3})
    assert "└─ x" in found.text()
    assert "└─" not in found.markdown()
