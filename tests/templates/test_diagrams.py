from __future__ import annotations

import numpy as np
import pytest

import solver
from solver import specification
from templates import diagrams
from templates.notation import Symbols, load

NET = """
input = [1, -2]
target = [0.5, 1]
[[layer]]
weights = [[0.5, -0.25], [0.75, 0.5]]
{bias}
activation = "leaky_relu"
alpha = 0.1
[[layer]]
weights = [["ln 3", 2], [3, 4]]
"""


def described(notation: str, bias: str = "bias = [0.1, -0.2]") -> str:
    chosen = load(notation)
    found = specification.parse(NET.format(bias=bias), exact=True)
    posed = specification.pose(found, chosen.conventions)
    symbols = Symbols(posed.network.graph, posed.network, chosen)
    return diagrams.of_network(posed.network, posed.givens, symbols).description


@pytest.mark.parametrize("notation", ["backprep", "rutgers-kim", "nyu-linzen", "cmu-chai"])
def test_weights_stand_on_their_edges_in_every_orientation(notation: str) -> None:
    words = described(notation)
    weights = words.partition("Weights: ")[2].partition(". Biases")[0].split("; ")
    assert [edge.split()[-1] for edge in weights[:4]] == ["1/2", "-1/4", "3/4", "1/2"]
    biases = words.partition("Biases: ")[2]
    assert "1/10" in biases
    assert "-1/5" in biases


def test_a_layer_without_a_bias_has_none_in_the_figure() -> None:
    assert described("backprep").partition("Biases: ")[2].count(";") == 1
    assert "Biases" not in described("backprep", bias="")


def test_layers_are_called_by_their_activations() -> None:
    assert "Layer 1 (leaky ReLU)" in described("backprep")
    assert "Layer 2 (linear)" in described("backprep")


def test_the_logarithm_has_the_notation_s_name() -> None:
    assert "log 3" in described("standard")
    assert "ln 3" in described("backprep")


def test_nodes_of_a_graph_have_their_values_and_gradients() -> None:
    found = solver.solve("q = x + y; f = q*z", {"x": -2, "y": 5, "z": -4}, notation="backprep")
    symbols = Symbols(found.graph, None, found.notation)
    notes = diagrams.notes(found.graph, found.givens, found.steps, symbols)
    # The example of Stanford CS231n.
    assert notes == {
        "x": ("-2", "-4"),
        "y": ("5", "-4"),
        "z": ("-4", "3"),
        "q": ("3", "-4"),
        "f": ("-12", "1"),
    }
    words = diagrams.of_graph(found.graph, symbols, notes).description
    assert "Node q = x + y, from x and y, value 3, gradient -4." in words


def test_arrays_have_no_room_in_the_figure_of_a_graph() -> None:
    found = solver.solve("dot(w, w)", {"w": np.array([1.0, 2.0])})
    symbols = Symbols(found.graph, None, found.notation)
    notes = diagrams.notes(found.graph, found.givens, found.steps, symbols)
    assert notes["w"] == ("", "")
    assert notes[found.graph.output] == ("5", "1")


def test_a_graph_with_derivatives_at_its_edges_leaves_out_what_no_edge_touches() -> None:
    found = solver.solve("u = 2*x; y = u*x; z = x + 1; z*y", {"x": 3})
    symbols = Symbols(found.graph, None, found.notation)
    edges = {("x", "u"): 2.0, ("u", "y"): 3.0, ("x", "y"): 6.0}
    words = diagrams.of_derivatives(found.graph, edges, symbols, {"u": ("", "3")}).description
    assert words.endswith("Input x. Node u, from x (2), gradient 3. Node y, from u (3) and x (6).")
