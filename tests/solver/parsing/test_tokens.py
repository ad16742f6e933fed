from __future__ import annotations

import pytest

from solver.errors import InputError
from solver.parsing.tokens import LONGEST, tokens


def texts(text: str) -> list[str]:
    return [token.text for token in tokens(text)[:-1]]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("x1+2.5*w_2", ["x1", "+", "2.5", "*", "w_2"]),
        (".5e-3x", [".5e-3", "x"]),
        ("2e", ["2", "e"]),
        ("2exp", ["2", "exp"]),
        ("a**b^c", ["a", "**", "b", "^", "c"]),
        ("W.T@x'", ["W", ".", "T", "@", "x'"]),
        ("θ - 1 # the rest = is ; not read", ["θ", "-", "1"]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_numbers_names_and_signs(text: str, pieces: list[str]) -> None:
    assert texts(text) == pieces


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("x²", "x ^ 2"),
        ("x⁻¹²", "x ^ - 12"),
        ("x₂", "x2"),
        ("a·b×c⋅d", "a * b * c * d"),
        ("a−b÷c", "a - b / c"),
    ],
)
def test_signs_of_good_typing_are_read_as_what_they_stand_for(text: str, plain: str) -> None:
    assert " ".join(texts(text)) == plain


def test_places_are_counted_in_the_text_as_it_was_written() -> None:
    assert [(token.text, token.start) for token in tokens("x² + y")] == [
        ("x", 1),
        ("^", 2),
        ("2", 2),
        ("+", 4),
        ("y", 6),
        ("", 7),
    ]


def test_an_end_of_a_line_parts_statements_except_inside_parentheses() -> None:
    kinds = [token.kind for token in tokens("q = (x\n+ w[1,\n2])\nq")]
    assert kinds.count("break") == 1
    assert kinds[-3:] == ["break", "name", "end"]


@pytest.mark.parametrize(
    ("text", "shown", "place"),
    [("x + 😀", "'😀'", 5), ("a\0", r"'\x00'", 2), ("x?", "'?'", 2), ("__import__", "'_'", 1)],
)
def test_a_character_without_a_meaning_is_named_with_its_place(
    text: str, shown: str, place: int
) -> None:
    with pytest.raises(InputError) as caught:
        tokens(text)
    assert str(caught.value) == f"{shown} at character {place} means nothing in an expression"


@pytest.mark.parametrize("text", ["x" * 41, "1" * 41, "+" * (LONGEST + 1)])
def test_what_is_too_long_is_refused_with_its_length(text: str) -> None:
    with pytest.raises(InputError, match=f"has {len(text)} characters"):
        tokens(text)
