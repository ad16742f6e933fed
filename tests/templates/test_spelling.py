"""Symbols as they are typed."""

from __future__ import annotations

import re

import pytest

from solver.errors import InputError
from solver.parsing.answers import answer
from templates.notation import Symbol
from templates.spelling import lexicon, pattern, typed, unclear

ALPHA = Symbol(r"\alpha", "", "12")
LAYERED = Symbol("h", "(1)", "2")
COMMA = Symbol("W", "(2)", "1,2")
HAT = Symbol(r"\hat{y}")
STAR = Symbol("y", "*")
POSTERIOR = Symbol(r"P[C_{0} \mid \mathbf{x}]")


@pytest.mark.parametrize(
    ("symbol", "spellings"),
    [
        (ALPHA, ["alpha_12", r"\alpha_{12}", "α_12", "alpha12", "alpha_{1,2}", "alpha_1,2"]),
        (LAYERED, ["h_2^(1)", "h^(1)_2", "h^{(1)}_{2}", "h_{2}^{(1)}", "h⁽¹⁾2", "h2^(1)"]),
        (COMMA, ["W_1,2^(2)", "W_{12}^{(2)}", "W^(2)_{1,2}", "W_12^(2)"]),
        (HAT, ["yhat", "y_hat", r"\hat{y}", r"\hat y", "ŷ", "hat(y)"]),
        (STAR, ["y^*", "y_*", "y^{*}", "ystar", "y_star", "y*"]),
        (Symbol("y", "", "*"), ["y_*", "y^*", "y*"]),
        (Symbol("w", "", "1"), ["w_1", "w1", "w_{1}"]),
        (POSTERIOR, ["P", "P[C|x]", "P[C_0 | x]"]),
    ],
)
def test_spellings(symbol: Symbol, spellings: list[str]) -> None:
    for spelling in (*spellings, typed(symbol)):
        assert re.fullmatch(pattern(symbol), spelling), spelling


@pytest.mark.parametrize(
    ("symbol", "text"),
    [(ALPHA, "alpha_123"), (ALPHA, "alpha_1"), (HAT, "yhats"), (STAR, "y*(1 - y)"), (STAR, "y**2")],
)
def test_longer_words_and_products_are_something_else(symbol: Symbol, text: str) -> None:
    assert not re.match(pattern(symbol), text)


def test_how_to_type_a_symbol() -> None:
    assert [typed(s) for s in (ALPHA, LAYERED, HAT, STAR)] == [
        "alpha_12",
        "h_2^(1)",
        "yhat",
        "y^*",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("(y - y*) y(1 - y)", "((prediction - target) * prediction) * (1 - prediction)"),
        ("y*(1-y)", "prediction * (1 - prediction)"),
        ("y²", "prediction ** 2"),
        ("yz_1", "prediction * z"),
        ("z₁y", "z * prediction"),
        ("z_1^2", "z ** 2"),
        ("y* - y", "target - prediction"),
        ("y* y", "target * prediction"),
    ],
)
def test_a_star_is_a_product_or_part_of_a_symbol(text: str, said: str) -> None:
    symbols = {"target": STAR, "prediction": Symbol("y"), "z": Symbol("z", "", "1")}
    if text == "y* y":
        # Nothing says that this star is not a product.
        said = "prediction * prediction"
    assert str(answer(text, lexicon(symbols), tuple(symbols))) == f"({said})"


LAYERS = {
    "first": Symbol("h", "(1)", "1"),
    "second": Symbol("h", "(1)", "2"),
    "next": Symbol("h", "(2)", "1"),
    "weight": Symbol("W", "(2)", "1,2"),
    "output": Symbol("a", "(2)"),
    "hidden": Symbol("x", "(1)", "2"),
    "input": Symbol("x", "", "2"),
}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("h_2", "second"),
        ("h2", "second"),
        ("h₂(1 - h_{2})", "(second * (1 - second))"),
        ("h_2^2", "(second ** 2)"),
        ("h_2^(1)", "second"),
        ("h_2^{(1)} h_2", "(second * second)"),
        ("W_12 x_2", "(weight * input)"),
        ("W12", "weight"),
        ("x_2^(1)", "hidden"),
        ("h_1^(2)", "next"),
    ],
)
def test_a_layer_may_be_left_out_where_one_layer_has_that_letter_and_index(
    text: str, said: str
) -> None:
    assert str(answer(text, lexicon(LAYERS), tuple(LAYERS))) == said


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("2 h_1", r"'h_1' at character 3 may be h_1\^\(1\) or h_1\^\(2\); write the number"),
        ("h1", r"'h1' at character 1 may be h_1\^\(1\) or h_1\^\(2\)"),
        ("h_2^(3)", "there is no symbol 'h_2'"),
        ("h_3", "there is no symbol 'h_3'"),
        ("a", "there is no symbol 'a'"),
    ],
)
def test_what_could_be_of_several_layers_or_of_none_is_asked_about(
    text: str, complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint):
        answer(text, lexicon(LAYERS), tuple(LAYERS), unclear=unclear(LAYERS))
