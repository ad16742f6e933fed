"""Long runs say how far they have come; short and quiet ones say nothing."""

from __future__ import annotations

import io

from gen.progress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(stream: io.StringIO, steps: int, quiet: bool = False) -> str:
    with progress(steps, stream, quiet) as advance:
        for _ in range(steps):
            advance()
    return stream.getvalue()


def test_elsewhere_than_on_a_terminal_about_ten_plain_lines_are_written():
    lines = run(io.StringIO(), 50).splitlines()
    assert lines == [f"{tenth}% done" for tenth in range(10, 101, 10)]


def test_a_run_of_few_steps_says_nothing():
    assert run(io.StringIO(), 3) == run(Terminal(), 1) == ""


def test_a_quiet_run_says_nothing():
    assert run(Terminal(), 50, quiet=True) == ""


def test_a_terminal_shows_a_bar():
    shown = run(Terminal(), 50)
    assert "100%" in shown
    assert "\r" in shown
