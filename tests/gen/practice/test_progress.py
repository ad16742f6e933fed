"""Progress is exchanged as JSON: what is written is read again, and what is damaged is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gen.practice.leitner import Standing, after
from gen.practice.progress import Answered, Progress, ProgressError, load, merged, read, write

NOW = 1_800_000_000.0
FIRST = Answered("a.1.easy.numeric.7.1", NOW, "right")
SECOND = Answered("b.1.hard.choice.7.2", NOW + 5.25, "wrong", 3, ("sign_reversed", "cost"))
SOME = Progress({"a": Standing(2, NOW + 600)}, {FIRST.item: 2}, (FIRST, SECOND))


def test_progress_that_is_written_is_read_again():
    assert read(write(SOME)) == SOME


def test_the_format_is_the_one_that_the_page_reads():
    assert json.loads(write(SOME)) == {
        "format": "backprep-progress",
        "version": 1,
        "standings": {"a": {"box": 2, "due": 1800000600.0}},
        "asked": {"a.1.easy.numeric.7.1": 2},
        "answers": [
            {
                "item": "a.1.easy.numeric.7.1",
                "time": 1800000000.0,
                "result": "right",
                "hints": 0,
                "slips": [],
            },
            {
                "item": "b.1.hard.choice.7.2",
                "time": 1800000005.25,
                "result": "wrong",
                "hints": 3,
                "slips": ["sign_reversed", "cost"],
            },
        ],
    }


def test_of_two_standings_the_one_of_the_later_answer_wins():
    # A wrong answer is due sooner than the right one before it.
    early = after(Standing(4, 0), "right", NOW)
    late = after(early, "wrong", NOW + 60)
    assert late.due < early.due
    for one, other in ((early, late), (late, early)):
        both = merged(Progress({"a": one}), Progress({"a": other}))
        assert both.standings == {"a": late}


def test_answers_are_united_in_order_and_each_is_there_once():
    one, other = Progress(answers=(SECOND,)), Progress(answers=(FIRST, SECOND))
    assert merged(one, other).answers == (FIRST, SECOND)
    assert merged(one, other).asked == {FIRST.item: 1, SECOND.item: 1}


def test_merging_twice_changes_nothing_more():
    once = merged(Progress(asked={FIRST.item: 1}), SOME)
    assert merged(once, SOME) == once


def spoiled(**changes: Any) -> bytes:
    return json.dumps(json.loads(write(SOME)) | changes).encode()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "no JSON"),
        (b"\xff\xfe\x00", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"[1]", 'expected a file with "format": "backprep-progress"'),
        (spoiled(format="quiz"), 'expected a file with "format"'),
        (spoiled(version=2), "is of version 2, and this release reads version 1"),
        (spoiled(standings=[]), "expected an object called 'standings'"),
        (spoiled(standings={"a": {"box": 6, "due": 1}}), "a box from 1 to 5 as standings.a.box"),
        (spoiled(standings={"a": {"box": 1}}), "a time in seconds as standings.a.due"),
        (spoiled(standings={"a": {"box": 1, "due": "x"}}), "a time in seconds"),
        (spoiled(standings={"a": {"box": True, "due": 1}}), "a whole number as standings.a.box"),
        (spoiled(standings={"\x1b[2J": {"box": 1, "due": 1}}), "a name in standings"),
        (spoiled(asked={"a": -1}), "a whole number as asked.a"),
        (spoiled(answers=[3]), "an object for every one of the answers"),
        (spoiled(answers=[{"item": "a", "time": 1, "result": "good"}]), "right, helped, wrong"),
        (spoiled(answers=[{"item": "a", "time": float("nan"), "result": "right"}]), "a time"),
    ],
)
def test_damaged_progress_is_refused_in_one_sentence(content: bytes, complaint: str):
    with pytest.raises(ProgressError) as caught:
        read(content)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(ProgressError, match=r"cannot read .*nothing\.json: No such file"):
        load(tmp_path / "nothing.json")
