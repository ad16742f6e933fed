"""Symbols of a layer that has a letter for its number, as the lectures write them."""

import pytest

from templates.notation import layers, load


@pytest.mark.parametrize(
    ("notation", "stem", "axes", "last", "text"),
    [
        ("backprep", "W", 2, False, "W^{(l)}"),
        ("backprep", "s", 1, False, r"\mathbf{s}^{(l)}"),
        ("backprep", "s", 2, False, "S^{(l)}"),
        ("standard", "o", 1, False, r"\boldsymbol{h}^{(l)}"),
        ("standard", "o", 1, True, r"\hat{\boldsymbol{y}}"),
        ("cmu-gormley", "W", 2, True, r"\boldsymbol{\beta}"),
        ("cmu-gormley", "b", 0, False, r"\alpha_{0}^{(l)}"),
        ("waterloo-meila", "y", 1, True, "y_{*}^{(l)}"),
        ("rutgers-kim", "s", 1, True, r"\mathbf{y}"),
    ],
)
def test_a_quantity_is_written_as_in_the_lecture(
    notation: str, stem: str, axes: int, last: bool, text: str
) -> None:
    assert str(layers.value(load(notation), stem, "l", axes, last)) == text


@pytest.mark.parametrize(
    ("notation", "text"),
    [
        ("backprep", r"\boldsymbol{\delta}^{(l+1)}"),
        ("standard", r"\nabla_{\boldsymbol{a}^{(l+1)}} J"),
        ("cmu-gormley", r"\mathbf{g}_{\mathbf{a}^{(l+1)}}"),
        ("nyu-linzen", r"\dfrac{\partial \ell}{\partial a^{(l+1)}}"),
        ("waterloo-meila", r"\dfrac{\partial \mathcal{L}}{\partial z^{(l+1)}}"),
    ],
)
def test_a_gradient_is_a_delta_or_a_derivative_without_a_minus_sign(
    notation: str, text: str
) -> None:
    assert str(layers.gradient(load(notation), "l+1", 1)) == text
