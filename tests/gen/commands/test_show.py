"""An item of practice is shown and marked by its name alone."""

from __future__ import annotations

import pytest

from gen import cli
from gen.family import find

Captured = pytest.CaptureFixture[str]
NAME = f"cross_entropy.{find('cross_entropy').family.version}.easy.numeric.7.3"


def printed(capsys: Captured, *line: str) -> str:
    assert cli.main(line) == 0
    return capsys.readouterr().out


def test_the_title_says_the_name_of_the_item(capsys: Captured):
    title, underline, *_ = printed(capsys, "show", NAME).splitlines()
    assert title == f"Cross-entropy (easy): {NAME}"
    assert underline == "=" * len(title)


def test_a_notation_tells_the_same_numbers_in_other_symbols(capsys: Captured):
    plain = printed(capsys, "show", NAME)
    other = printed(capsys, "show", NAME, "--notation", "cmu-gormley")
    assert plain != other
    assert "0.15" in plain
    assert "0.15" in other


def test_an_item_is_marked_by_its_name(capsys: Captured):
    assert "0 of 4 points" in printed(capsys, "mark", NAME, "--answer", "a=1")


@pytest.mark.parametrize("command", ["show", "mark"])
@pytest.mark.parametrize(
    "option",
    ["--seed 7", "--difficulty easy", "--form numeric", "--places 4", "--arithmetic decimal"],
)
def test_what_the_name_says_may_not_be_said_again(command: str, option: str, capsys: Captured):
    assert cli.main([command, NAME, *option.split()]) == 2
    (found,) = capsys.readouterr().err.splitlines()
    assert found == f"backprep: leave {option.split()[0]} out: the name of an item says it already"


def test_a_family_alone_needs_a_seed_as_before(capsys: Captured):
    assert cli.main(["show", "cross_entropy"]) == 2
    assert "no seed is given" in capsys.readouterr().err
