from __future__ import annotations

import pytest

from solver.errors import InputError
from solver.parsing.reader import Reader


def test_there_is_no_way_past_the_end() -> None:
    reader = Reader("x")
    assert reader.ahead(7).kind == "end"
    reader.advance()
    reader.advance()
    assert reader.token.kind == "end"


@pytest.mark.parametrize(
    ("text", "answer"),
    [("2x", True), ("2(x", True), ("2 + x", False), ("x2", False), ("2", False), ("", False)],
)
def test_a_product_without_a_sign_is_a_number_before_a_name_or_a_parenthesis(
    text: str, answer: bool
) -> None:
    assert Reader(text).multiplies_silently() is answer


def test_a_sign_is_passed_only_where_it_stands() -> None:
    reader = Reader("(x")
    assert not reader.passes(")")
    assert reader.passes("(")
    assert reader.token.text == "x"
    with pytest.raises(InputError, match=r"^expected '\)' at character 2, not 'x'$"):
        reader.expect(")")


@pytest.mark.parametrize(
    ("text", "advice"),
    [("x z", "write x*z for the product"), ("x (", "write * before '(' for a product")],
)
def test_two_operands_in_a_row_are_answered_with_how_to_multiply(text: str, advice: str) -> None:
    reader = Reader(text)
    reader.advance()
    with pytest.raises(InputError) as caught:
        reader.expect_end("end")
    assert str(caught.value).endswith(advice)
