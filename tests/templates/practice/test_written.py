"""Shapes, letters of options, true and false, as the page reads them."""

from __future__ import annotations

import pytest

from tests.judging import Judge


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("3x4", ["3", "4"]),
        (" 3 × 1 ", ["3", "1"]),
        ("(3, 4)", ["3", "4"]),
        ("(5,)", ["5"]),
        ("5", ["5"]),
        ("007x2", ["7", "2"]),
        ("scalar", []),
        ("()", []),
        ("mxn", ["m", "n"]),
        ("(d+1)x1", ["d+1", "1"]),
        ("d + 1 x k", ["d+1", "k"]),
        ("n + 0 x 2", ["n", "2"]),
        ("out*in", ["out", "in"]),
        ("h_1xh_2", ["h1", "h2"]),
        ("βx1", ["β", "1"]),
    ],
)
def test_a_shape_has_numbers_or_letters_for_sizes(judge: Judge, text: str, sizes: list[str]):
    assert judge.call("written.shapes", text, 1) == [sizes]


@pytest.mark.parametrize(
    "text", ["x", "3x", "0x3", "-1x3", "3x4x5", "(3", "[3,4]", "1.5x2", "😀", "9" * 12, "_ax1"]
)
def test_what_is_no_shape_is_answered_with_examples(judge: Judge, text: str):
    assert judge.call("written.shapes", text, 1) == (
        f"'{text}' is no shape; write 3x4, 3x1, mxn or scalar"
    )


@pytest.mark.parametrize(
    ("text", "places"),
    [("A", [0]), ("c, a", [0, 2]), ("A;B", [0, 1]), (" b  B ", [1]), ("D", [3])],
)
def test_letters_name_options_in_any_order(judge: Judge, text: str, places: list[int]):
    assert judge.call("written.ticks", text, 4) == places


def test_a_letter_that_names_no_option_is_refused(judge: Judge):
    assert judge.call("written.ticks", "e", 4) == "there is no option 'E'; there are A to D"
    assert judge.call("written.ticks", "AB", 4) == "there is no option 'AB'; there are A to D"
    assert judge.call("written.ticks", " , ", 4) == "expected the letter of an option"


def test_a_statement_is_called_true_or_false_or_by_the_first_letter(judge: Judge):
    said = [["true"], [" T "], ["False"], ["f"], ["yes"], ["constructor"]]
    assert judge.calls("written.verdict", said) == [
        True,
        True,
        False,
        False,
        "expected true or false, not 'yes'",
        "expected true or false, not 'constructor'",
    ]
