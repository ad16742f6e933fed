from __future__ import annotations

from templates.pieces import ATOM, PRODUCT, SUM, Piece, joined, minus, parenthesised


def test_parentheses_grow_around_what_is_tall() -> None:
    assert parenthesised("a + b") == "(a + b)"
    assert parenthesised(r"\frac{a}{b}") == r"\left(\frac{a}{b}\right)"


def test_a_piece_is_in_parentheses_where_it_holds_together_less_than_asked() -> None:
    total = Piece("a + b", SUM)
    assert total.inside(SUM) == "a + b"
    assert total.inside(PRODUCT) == "(a + b)"


def test_a_minus_sign_is_in_parentheses_behind_an_operator_only() -> None:
    found = minus("a")
    assert found.inside(PRODUCT) == "(-a)"
    assert found.inside(PRODUCT, leading=True) == "-a"
    assert joined(Piece("b", ATOM), " + ", found.inside(SUM), SUM).text == "b + (-a)"
