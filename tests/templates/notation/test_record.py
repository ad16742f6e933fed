from __future__ import annotations

import pytest

from templates.notation.record import Style, placed


def test_a_form_that_is_not_given_is_that_of_the_smaller_thing() -> None:
    style = Style("b", vector="v")
    assert [style.form(shape) for shape in ((), (1, 1), (3, 1), (3, 2))] == ["b", "b", "v", "v"]
    assert style.form((), entry=True) == "b"
    assert Style("b", entry="e").form((), entry=True) == "e"


def test_a_fixed_subscript_stands_with_the_index_or_alone() -> None:
    star, zero = Style("y", below="*,#"), Style("b", below="#0")
    assert [star.subscript("2"), star.subscript("")] == ["*,2", "*"]
    assert [zero.subscript("2"), zero.subscript("")] == ["20", "0"]


@pytest.mark.parametrize(
    ("unit", "example", "text"),
    [
        ("2", "", r"P[C_{2} \mid \mathbf{x}]"),
        ("2", "3", r"P[C_{2} \mid \mathbf{x}_{3}]"),
        ("", "", r"P[C \mid \mathbf{x}]"),
    ],
)
def test_an_index_goes_where_the_form_has_a_place_for_it(
    unit: str, example: str, text: str
) -> None:
    assert placed(r"P[C_{#k} \mid \mathbf{x}_{#n}]", unit, example) == text
