from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest

from solver.errors import InputError
from solver.tables import Table, entries_of, suggestion


def test_a_table_gives_what_stands_in_it() -> None:
    table = Table({"a": 1, "b": "x", "c": [1, 2.5], "d": [[1, 2]], "e": ["p"], "f": {}}, "here")
    assert table.number("a") == 1.0
    assert isinstance(table.number("a"), float)
    assert table.whole("a", 1, 3, 2) == 1
    assert table.whole("none", 1, 3, 2) == 2
    assert table.text("b") == "x"
    assert table.choice("b", ("x", "y"), "y") == "x"
    assert table.vector(table.given("c", "numbers"), "c").tolist() == [1.0, 2.5]
    assert table.matrix(table.given("d", "rows"), "d").tolist() == [[1.0, 2.0]]
    assert table.texts("e") == ("p",)
    assert table.texts("none") == ()
    inner = table.table("f")
    assert inner is not None
    assert inner.place == "f"
    assert table.table("none") is None
    assert "a" in table
    assert "none" not in table


def test_the_tables_of_a_list_are_numbered() -> None:
    tables = Table({"layer": [{"a": 1}, {"a": 2}]}, exact=True).tables("layer", "layer")
    assert [each.place for each in tables] == ["layer 1", "layer 2"]
    assert all(each.exact for each in tables)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda t: t.given("x", "a number"), "here: the key 'x' is missing; give a number"),
        (lambda t: t.only("flag"), "here: unknown key 'text'; there are flag"),
        (lambda t: t.only("texts", "flag"), "here: unknown key 'text'; did you mean 'texts'?"),
        (lambda t: t.number("flag"), "here: flag is true or false; give a number"),
        (lambda t: t.number("day"), "here: day is a date or a time; give a number"),
        (lambda t: t.whole("flag", 0, 1, 0), "here: flag is True; give a whole number from 0 to 1"),
        (lambda t: t.text("flag"), "here: flag must be a text of one line"),
        (lambda t: t.texts("text"), "here: text must be a list of texts"),
        (lambda t: t.vector(3, "v"), "here: v is a whole number; give a list of numbers"),
        (lambda t: t.vector([], "v"), "here: v is empty; give at least one number"),
        (lambda t: t.vector([[1]], "v"), "here: number 1 of v is a list; give a number"),
        (lambda t: t.matrix([[1], [1, 2]], "m"), "here: row 2 of m has 2 numbers; row 1 has 1"),
        (lambda t: t.table("text"), "here: text is a text; write a table under [text]"),
    ],
)
def test_what_is_missing_or_of_another_kind_is_told_with_its_place(
    call: Callable[[Table], Any], sentence: str
) -> None:
    table = Table(entries_of("text = 'x'\nflag = true\nday = 1979-05-27"), "here")
    with pytest.raises(InputError, match=re.escape(sentence)):
        call(table)


def test_a_name_is_suggested_where_one_is_near() -> None:
    assert suggestion("sigmod", ("tanh", "sigmoid")) == "did you mean 'sigmoid'?"
    assert suggestion("rate", ("steps", "learning_rate")) == "did you mean 'learning_rate'?"
    assert suggestion("q", ("steps", "rate")) == "there are steps, rate"


@pytest.mark.parametrize(
    "text",
    ["a." * 400_000 + "a = 1", "a = " + "[" * 900_000, "a = " + "{b=" * 300_000, "[" * 900_000],
    ids=["dots", "brackets", "braces", "heads"],
)
def test_a_hostile_text_is_refused_at_once(text: str) -> None:
    start = time.monotonic()
    with pytest.raises(InputError):
        entries_of(text)
    assert time.monotonic() - start < 1.5


def test_the_line_of_a_fault_is_named() -> None:
    with pytest.raises(InputError, match=re.escape("this is not TOML: invalid value (at line 2")):
        entries_of("a = 1\nb = =")
