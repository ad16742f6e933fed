from __future__ import annotations

import pytest

from templates.mathematics import parse
from templates.notation.names import plain, split


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x", "x"),
        ("w1", "w_{1}"),
        ("w_2", "w_{2}"),
        ("cost", r"\mathrm{cost}"),
        ("alpha", r"\alpha"),
        ("Gamma_2", r"\Gamma_{2}"),
        ("β", r"\beta"),
        ("x'", r"x^{\prime}"),
        ("w_in", r"w_{\text{in}}"),
        ("w_in_2", r"w_{\text{in 2}}"),
        ("_3", "v_{3}"),
    ],
)
def test_a_name_is_written_as_a_letter_with_an_index(name: str, text: str) -> None:
    symbol = str(plain(name, ""))
    assert symbol == text
    assert parse(symbol)


def test_an_entry_has_its_index_behind_that_of_the_name() -> None:
    assert str(plain("w1", "2")) == "w_{1,2}"


def test_a_node_of_a_network_is_a_stem_and_a_layer() -> None:
    assert split("W12") == ("W", "12")
    assert split("loss") == ("loss", "")
    assert split("_3") == ("_3", "")


@pytest.mark.parametrize(
    ("name", "latex"),
    [("yhat", r"\hat{y}"), ("y_hat", r"\hat{y}"), ("xbar", r"\bar{x}"), ("λhat", r"\hat{\lambda}")],
)
def test_a_letter_with_the_name_of_an_accent_has_it(name: str, latex: str) -> None:
    assert str(plain(name, "")) == latex


def test_a_word_that_only_ends_like_an_accent_is_a_word() -> None:
    assert str(plain("somewhat", "")) == r"\mathrm{somewhat}"
