from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import solver
from solver import face

ROOT = Path(__file__).parents[2] / "solver"
MODULES = sorted(
    ".".join(file.relative_to(ROOT.parent).with_suffix("").parts)
    for file in ROOT.rglob("*.py")
    if ">>>" in file.read_text(encoding="utf-8")
)
NET = """
input = [1, -2]
target = [0.5]
[[layer]]
weights = [[0.5, -0.5]]
activation = "tanh"
"""


def sigmoid(x: float) -> float:
    return float(1 / (1 + np.exp(-x)))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_run(name: str) -> None:
    found = doctest.testmod(import_module(name))
    assert found.attempted > 0
    assert found.failed == 0


def test_every_name_of_the_face_can_be_had() -> None:
    for name in solver.__all__:
        assert getattr(solver, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        solver.nothing  # noqa: B018


def test_text_a_term_and_a_graph_pose_the_same_problem() -> None:
    x, z = solver.variable("x"), solver.variable("z")
    at = {"x": 0.5, "z": -1.5}
    of_text = solver.solve("sin(x*z) + exp(x)", at)
    of_term = solver.solve(np.sin(x * z) + np.exp(x), at)
    of_graph = solver.solve(of_text.graph, at)
    expected = -1.5 * np.cos(-0.75) + np.exp(0.5)
    for found in (of_text, of_term, of_graph):
        assert float(found.gradients["x"]) == pytest.approx(expected)


def test_arrays_go_in_and_come_out() -> None:
    w, x = np.array([0.5, -1.0]), np.array([2.0, 1.0])
    found = solver.solve("dot(w, x)^2", {"w": w, "x": x})
    assert found.gradients["w"] == pytest.approx(2 * (w @ x) * x)
    assert isinstance(found.gradients["w"], np.ndarray)


def test_only_the_variables_that_are_asked_about_have_lines() -> None:
    found = solver.solve("x*z + x", {"x": 2, "z": 3}, wrt=["z"])
    assert [step.node for step in found.steps if step.kind == "backward"] == ["a", "z"]
    with pytest.raises(solver.InputError, match="'q' is no variable; the inputs are x, z"):
        solver.solve("x*z", {"x": 2, "z": 3}, wrt=["q"])


def test_exact_numbers_come_from_texts_and_from_integers() -> None:
    found = solver.solve("sigmoid(x) * k", {"x": "ln 3", "k": 2}, arithmetic="exact")
    assert "3/2" in found.text()
    assert float(found.values[found.graph.output]) == pytest.approx(2 * sigmoid(np.log(3)))


def test_a_network_is_the_same_in_every_notation() -> None:
    network = solver.solve_network(
        [[1, -2], [0.5, 1]],
        [[0.5], [1]],
        [[[0.5, -0.5]]],
        [[0.1]],
        ["sigmoid"],
        loss="half_squared_error",
    )
    w, x = np.array([0.5, -0.5]), np.array([[1, -2], [0.5, 1]])
    o = np.array([sigmoid(s) for s in x @ w + 0.1])
    delta = (o - [0.5, 1]) * o * (1 - o) / 2
    assert np.ravel(network.gradients["W1"]) == pytest.approx(delta @ x)
    for name in ("cmu-chai", "rutgers-kim", "waterloo-meila"):
        other = network.within(name)
        assert float(other.values["loss"]) == pytest.approx(float(network.values["loss"]))
        assert other.text() != network.text()
    with pytest.raises(solver.InputError, match="there is no notation 'nobody'"):
        network.within("nobody")


def test_a_file_is_solved_as_on_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "net.toml"
    file.write_text(NET, encoding="utf-8")
    found = solver.solve_file(file)
    o = np.tanh(1.5)
    delta = (o - 0.5) * (1 - o**2)
    assert np.ravel(found.gradients["W1"]) == pytest.approx([delta, -2 * delta])


def test_a_solution_shows_itself_in_every_format() -> None:
    found = solver.solve("x*z + x", {"x": 2, "z": 3})
    assert str(found) == found.text()
    assert found.text().startswith("Derivatives on a computational graph\n")
    assert found.markdown().startswith("# Derivatives")
    assert found.latex().startswith("\\documentclass")
    assert found.html().startswith("<!DOCTYPE html>")
    assert found.pdf().startswith(b"%PDF-")


def test_a_notebook_gets_formatted_mathematics() -> None:
    found = solver.solve("x*z + x", {"x": 2, "z": 3})
    assert "<math" in found._repr_html_()
    assert "<html" not in found._repr_html_()
    lines = found._repr_latex_()
    assert lines.startswith("$$\\begin{aligned} a &= ")
    assert lines.count("&=") == len(found.steps)


def test_an_array_of_three_axes_is_refused() -> None:
    with pytest.raises(solver.InputError, match="an array of 3 axes is no list of rows"):
        face.solve_network(np.zeros((1, 2, 2)), [1], [[[1, 2]]])


def test_the_gradient_of_a_network_is_the_same_in_every_notation() -> None:
    solution = solver.solve_network([1, -2], [0.5], [[[0.5, -0.5]]], [[0.25]], ["sigmoid"])
    output = 1 / (1 + np.exp(-1.75))
    delta = (output - 0.5) * output * (1 - output)
    for name in ("standard", "cmu-chai", "cmu-gormley", "waterloo-meila"):
        found = solution.within(name).gradient
        if name == "cmu-chai":  # the squared error has no factor 1/2 there
            found = {key: value / 2 for key, value in found.items()}
        np.testing.assert_allclose(found["W1"], [[delta, -2 * delta]])
        np.testing.assert_allclose(found["b1"], [delta])


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"biases": [[0.1], [0.2]]}, "2 biases for 1 layers"),
        ({"activations": ["tanh", "tanh"]}, "2 activations"),
        ({"biases": [[0.1, 0.2]]}, "the layer has 1 unit"),
        ({"activations": ["softplush"]}, "softplush"),
    ],
)
def test_a_network_that_does_not_fit_together_is_refused(more: Any, words: str) -> None:
    with pytest.raises(solver.InputError, match=words):
        solver.solve_network([1, -2], [0.5], [[[0.5, -0.5]]], **more)
