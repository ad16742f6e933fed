from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from solver.arguments import COMMANDS, parse
from solver.shell import BadInput


def test_what_all_commands_share_has_its_defaults() -> None:
    given = parse(["graph", "x*x", "x=2"])
    assert (given.command, given.words) == ("graph", ["x*x", "x=2"])
    assert (given.notation, given.format, given.places) == ("standard", None, 4)
    assert (given.arithmetic, given.out) == ("decimal", None)


def test_json_is_short_for_a_format() -> None:
    assert parse(["params", "2-1", "--json"]).format == "json"
    assert parse(["params", "2-1", "--format", "md", "-o", "a.md"]).out == Path("a.md")


@pytest.mark.parametrize("dashes", [[], ["--"]])
def test_negative_numbers_and_expressions_are_no_options(dashes: list[str]) -> None:
    scores = [float(score) for score in parse(["softmax", *dashes, "-1.0", "2.7"]).scores]
    assert scores == [-1.0, 2.7]
    assert parse(["graph", *dashes, "-x^2", "x=3"]).words == [" -x^2", "x=3"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["grahp"], "there is no command 'grahp'; did you mean graph?"),
        (["solve"], "there is no command 'solve'; "),
        (["graph", "x", "--places", "11"], "expected a whole number from 1 to 10"),
        (["graph", "x", "--format", "word"], "invalid choice: 'word'"),
        (["graph", "x", "--not", "standard"], "unrecognized arguments: --not"),
        (["net"], "required: FILE.toml"),
    ],
)
def test_a_command_line_that_cannot_be_followed_is_refused(
    arguments: list[str], words: str
) -> None:
    with pytest.raises(BadInput, match=r"^[^\n]*$") as error:
        parse(arguments)
    assert words in str(error.value)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        parse([command, "--help"])
    assert left.value.code == 0
    shown = capsys.readouterr().out
    assert f"python -m solver {command}" in shown
    assert "--notation NAME" in shown


def test_help_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse([])
    shown = capsys.readouterr().out
    for command in COMMANDS:
        assert f"    {command} " in shown


def test_a_mistake_is_answered_without_numpy() -> None:
    code = (
        "import sys; from solver.cli import main; main(['nonsense']);"
        "sys.exit('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
