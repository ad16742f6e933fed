from __future__ import annotations

import pytest

from templates.typography import refined


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('a "quoted" word', "a “quoted” word"),
        ("the 'inner' one", "the ‘inner’ one"),
        ("don't", "don’t"),
        ('("why")', "(“why”)"),
        ("\"'both'\"", "“‘both’”"),
        ("pages 3--5", "pages 3–5"),
        ("so---at last", "so—at last"),
        ("and so on...", "and so on…"),
        ("a-b (c) (r)", "a-b (c) (r)"),
    ],
)
def test_keyboard_characters_become_printers_characters(typed: str, printed: str) -> None:
    assert refined(typed) == printed


def test_a_mark_after_a_formula_is_an_apostrophe() -> None:
    assert refined("'s gradient", before="x") == "’s gradient"


def test_a_mark_after_a_space_in_the_run_before_opens() -> None:
    assert refined('"so', before=" ") == "“so"
