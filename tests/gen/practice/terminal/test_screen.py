"""The screen is plain for a pipe, and has styles on a terminal."""

from __future__ import annotations

import io

import pytest

from gen.practice.terminal.screen import Screen
from templates.document import Code, Listing, Paragraph, Strong, Table, Text


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


SAID = Paragraph((Strong((Text("Right"),)), Text(", says "), Code("h"), Text(".")))


def shown(target: io.StringIO, *blocks) -> str:
    Screen(io.StringIO(), target).show(blocks, "green")
    return target.getvalue()


@pytest.fixture(autouse=True)
def colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


def test_a_pipe_gets_plain_text_with_marks():
    assert shown(io.StringIO(), SAID) == "*Right*, says `h`.\n\n"


def test_a_terminal_gets_styles_in_the_place_of_marks():
    found = shown(Terminal(), SAID, Listing(((SAID,),)), Table((), (((Code("h"),),),)))
    assert "\x1b[1;32mRight\x1b[0m" in found
    assert not set("*`\ue000\ue001\ue004\ue005") & set(found)


def test_without_colour_there_is_none(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert "32" not in shown(Terminal(), SAID)


def test_a_terminal_without_styles_gets_marks(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TERM", "dumb")
    assert shown(Terminal(), SAID) == "*Right*, says `h`.\n\n"


@pytest.mark.parametrize(("columns", "widest"), [("50", 50), ("300", 100)])
def test_lines_are_as_long_as_the_terminal_is_wide_but_never_too_long_to_read(
    columns: str, widest: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", columns)
    lines = shown(io.StringIO(), Paragraph((Text("word " * 100),))).splitlines()
    assert widest - 5 < max(map(len, lines)) <= widest


def test_a_line_that_is_typed_comes_without_what_a_terminal_would_follow():
    target = io.StringIO()
    assert Screen(io.StringIO(" 1;\u00a02\x1b[2J \n"), target).ask("> ") == "1; 2 [2J"
    assert "\x1b" not in target.getvalue()


def test_the_end_of_the_input_is_an_error_of_its_own():
    with pytest.raises(EOFError):
        Screen(io.StringIO(""), io.StringIO()).ask("> ")


@pytest.mark.parametrize(("share", "full"), [(0, 0), (0.5, 10), (1, 20)])
def test_a_bar_is_as_full_as_its_share(share: float, full: int):
    target = io.StringIO()
    Screen(io.StringIO(), target).bar("networks", share)
    assert target.getvalue().count("\u2588") == full
    assert f"{share:.0%}" in target.getvalue()
