from __future__ import annotations

from templates.notation import Symbol


def test_a_symbol_is_written_with_what_stands_below_before_what_stands_above() -> None:
    assert str(Symbol("w", "(2)", "12")) == "w_{12}^{(2)}"
    assert str(Symbol("f", minus=True)) == "-f"


def test_a_transpose_stands_behind_the_layer() -> None:
    assert str(Symbol("W", "(2)", "i").transposed()) == r"W_{i}^{(2)\top}"
    assert str(Symbol("W").transposed("T")) == "W^{T}"


def test_a_transpose_is_undone_by_another() -> None:
    assert str(Symbol.parse(r"\beta^{T}").transposed("T")) == r"\beta"


def test_a_superscript_at_the_end_is_kept_apart() -> None:
    assert Symbol.parse("z^{(2)}") == Symbol("z", "(2)")
    assert Symbol.parse(r"\hat{y}") == Symbol(r"\hat{y}")
