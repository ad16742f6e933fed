from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

import solver
from templates.document import Figure
from templates.solutions import network

MAZUR = """
input = [0.05, 0.10]
target = [0.01, 0.99]
loss = "half_squared_error"
[[layer]]
weights = [[0.15, 0.20], [0.25, 0.30]]
bias = [0.35, 0.35]
activation = "sigmoid"
[[layer]]
weights = [[0.40, 0.45], [0.50, 0.55]]
bias = [0.60, 0.60]
activation = "sigmoid"
"""
BATCH = """
title = "A mini-batch"
input = [[1, 2, 0.5], [0, -1, 1.5], [2, 1, -0.5], [0.25, 1.25, 1]]
target = [1, 3, 1, 2]
loss = "cross_entropy"
{more}
[[layer]]
weights = [[0.5, -0.25, 0.125], [0.75, 0.5, -0.5], [0.1, 0.2, 0.3]]
bias = [0.1, -0.2, 0.3]
activation = "elu"
alpha = 0.5
[[layer]]
weights = [[1, -0.5, 0.3], [0.2, 0.4, -0.6], [0.7, -0.8, 0.9]]
activation = "softmax"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def solved(folder: Path, text: str, **settings: object) -> solver.WorkedSolution:
    file = folder / "net.toml"
    file.write_text(text, encoding="utf-8")
    return solver.solve_file(file, **settings)  # type: ignore[arg-type]


def shown(folder: Path, text: str, **settings: object) -> str:
    return re.sub(r"\s+", " ", solved(folder, text, **settings).text())


def test_mazur_s_example_is_printed_with_the_published_numbers(folder: Path) -> None:
    # Matt Mazur, A step by step backpropagation example, 2015.
    page = shown(folder, MAZUR, places=8)
    for number in ("0.59326999", "0.75136507", "0.29837111", "0.13849856", "0.08216704"):
        assert number in page
    assert "0.00043857" in page


def test_the_layers_are_counted_in_words(folder: Path) -> None:
    page = shown(folder, MAZUR)
    assert "two inputs, two sigmoid hidden units and two sigmoid output units" in page
    deep = MAZUR + "[[layer]]\nweights = [[1, 2], [3, 4]]\n"
    assert "two inputs, then two sigmoid hidden units, then two sigmoid" in shown(folder, deep)


@pytest.mark.parametrize(
    ("notation", "words"),
    [
        ("standard", "Here f is the sigmoid σ."),
        ("standard", "Row i of a weight matrix belongs to unit i of its layer."),
        ("rutgers-kim", "Column j of a weight matrix belongs to unit j of its layer."),
        ("cmu-chai", "the bias is folded in, as the weight of a constant input 1"),
        ("cmu-chai", "A sensitivity is the derivative of the loss"),
        ("waterloo-meila", "Gradients are written with a minus sign in front"),
        ("cmu-gormley", "A weight has the index of its unit first"),
    ],
)
def test_conventions_are_stated_before_the_numbers(notation: str, words: str, folder: Path) -> None:
    assert words in shown(folder, MAZUR, notation=notation).partition("The numbers:")[0]


def test_several_outputs_have_no_vector_s_letter(folder: Path) -> None:
    # In the lecture, beta is the column of the weights of a lone output unit.
    page = shown(folder, MAZUR, notation="waterloo-meila")
    assert "β" not in page


def test_a_batch_says_how_examples_lie_and_what_is_averaged(folder: Path) -> None:
    page = shown(folder, BATCH.format(more=""))
    assert page.startswith("A mini-batch ")
    assert "four examples, one in each column; a bias is added to each of them." in page
    assert "The cost is the mean over the examples." in page
    assert "prediction minus target is left, times the factor of the mean." in page
    assert "A bias has local derivative 1 in every example" in page
    summed = shown(folder, BATCH.format(more='reduction = "sum"'))
    assert "The cost is the sum over the examples." in summed
    assert "the factor of the mean" not in summed


def test_numbers_that_the_reader_needs_are_told(folder: Path) -> None:
    page = shown(folder, BATCH.format(more=""))
    assert "The ELU has α = 0.5." in page
    assert "A condition in square brackets is 1 where it holds and 0 where it does not." in page
    assert "The logarithm is natural." in page


def test_a_line_with_too_many_numbers_works_one_entry_out(folder: Path) -> None:
    page = shown(folder, BATCH.format(more=""))
    assert "For example, a⁽¹⁾_(1,1) = b⁽¹⁾₁ + W⁽¹⁾_(1,1) x_(1,1)" in page
    # 0.1 + 0.5 - 0.5 + 0.0625, by hand
    assert "0.1 + 0.5 · 1 + (-0.25) · 2 + 0.125 · 0.5 = 0.1625" in page


@pytest.mark.parametrize("notation", ["standard", "nyu-linzen", "cmu-gormley", "rutgers-kim"])
def test_a_batch_fits_on_paper(notation: str, folder: Path) -> None:
    found = solved(folder, BATCH.format(more=""), notation=notation)
    assert found.pdf().startswith(b"%PDF-")


def test_only_what_is_asked_for_is_put_together(folder: Path) -> None:
    one = shown(folder, 'ask = ["W1[2,1]"]\n' + MAZUR)
    assert "The gradients, together" not in one
    two = shown(folder, 'ask = ["W1[2,1]", "b2"]\n' + MAZUR)
    assert "The gradients, together" in two


def test_wide_networks_and_batches_have_no_figure(folder: Path) -> None:
    single, batch = solved(folder, MAZUR), solved(folder, BATCH.format(more=""))
    for found, drawn in ((single, True), (batch, False)):
        blocks = network.page(found, found.notation).blocks
        assert any(isinstance(block, Figure) for block in blocks) is drawn


def test_a_layer_without_a_bias_keeps_the_order_of_its_products(folder: Path) -> None:
    text = "input = [1, 2]\ntarget = 1\n[[layer]]\nweights = [[0.5, -3]]\n"
    assert "W⁽¹⁾ x = 0.5 · 1 + (-3) · 2 = -5.5" in shown(folder, text)


def test_the_mean_squared_error_says_over_what_it_is_a_mean(folder: Path) -> None:
    text = BATCH.format(more="").replace('"cross_entropy"', '"mean_squared_error"')
    text = text.replace(
        "target = [1, 3, 1, 2]", "target = [[1, 0, 0], [0, 0, 1], [1, 0, 0], [0, 1, 0]]"
    )
    text = text.replace('activation = "softmax"', "")
    assert "The cost is the mean over all outputs of all examples." in shown(folder, text)


def test_the_page_is_for_networks() -> None:
    found = solver.solve("x*x", {"x": np.array(2.0)})
    with pytest.raises(TypeError, match="for the solution of a network"):
        network.page(found, found.notation)
