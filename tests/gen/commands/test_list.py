"""The list says of every family what an instructor wants to know before asking for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gen import cli, extent
from gen.extent import Extent
from gen.family import load_families
from gen.vocabulary import LECTURES, TOPICS

Lines = Callable[..., list[str]]


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Lines:
    """A function from a command line to what is printed, with sizes that take no time."""
    sizes = {"easy": Extent(12, True, 1.2), "medium": Extent(30, True, 2.8), "hard": EXACT}
    monkeypatch.setattr(extent, "extents", lambda loaded: sizes)

    def printed(*arguments: str) -> list[str]:
        assert cli.main(["list", *arguments]) == 0
        return capsys.readouterr().out.splitlines()

    return printed


EXACT, AT_LEAST = Extent(1000, True, 6.6), Extent(1000, False, 6.6)


def test_every_family_stands_once_below_its_topic(lines: Lines):
    topic, found = "", {}
    for line in lines():
        if not line.startswith(" "):
            topic = line
        elif not line.startswith("   "):
            found[line.split()[0]] = topic
    assert found == {name: each.family.topics[0] for name, each in load_families().items()}


def test_topics_come_in_the_order_of_the_course(lines: Lines):
    topics = [line for line in lines() if not line.startswith(" ")]
    assert topics == [topic for topic in TOPICS if topic in topics]


def test_a_family_says_its_lectures_forms_questions_and_minutes(lines: Lines):
    place = next(i for i, line in enumerate(lines()) if line.split()[0] == "delta_shape")
    facts = lines()[place + 1].strip()
    assert facts == "lectures 000; choice, choose_all; 1,042 questions; 1 to 7 min"


def test_a_lower_bound_says_so(lines: Lines, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(extent, "extents", lambda loaded: {"easy": EXACT, "hard": AT_LEAST})
    assert "; over 2,000 questions; 7 min" in lines("--topic", "shapes")[2]


@pytest.mark.parametrize("lecture", LECTURES)
def test_a_lecture_selects(lecture: str, lines: Lines):
    facts = [line for line in lines("--lecture", lecture) if line.startswith("   ")]
    assert facts
    assert all(lecture in line.partition(";")[0].split() for line in facts)


def test_help_has_the_lectures(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        cli.main(["list", "--help"])
    shown = capsys.readouterr().out
    assert all(f"{code}  {title}" in shown for code, title in LECTURES.items())
