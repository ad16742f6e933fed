"""The command practice asks on the terminal, keeps progress and hands it on."""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest

from gen import cli
from gen.practice.leitner import Standing
from gen.practice.progress import Answered
from gen.practice.store import Store

Captured = pytest.CaptureFixture[str]
NOW = 1_800_000_000.0


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "progress.sqlite3"


def practised(monkeypatch: pytest.MonkeyPatch, kept: Path, typed: str, line: str) -> int:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    return cli.main(["practice", *line.split(), "--progress", str(kept)])


def error(capsys: Captured) -> str:
    (found,) = capsys.readouterr().err.splitlines()
    return found


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", "nothing says how to practise; give -o FILE for a page, or --terminal, --anki FILE"),
        ("--weak", "--weak goes with --terminal"),
        ("--terminal --seed x", "expected an integer"),
        ("--terminal --variants 201", "expected a whole number from 1 to 200"),
        ("--terminal --families softmax_value", "did you mean softmax_values"),
        ("--terminal --topic poetry", "no family is of the topic 'poetry'"),
        ("--terminal --families mode_cost --arithmetic inexact", "invalid choice"),
        ("--terminal --weak", "none of these skills is weak"),
        ("--import nothing.json", "cannot read nothing.json"),
    ],
)
def test_bad_input_is_one_sentence(line: str, message: str, kept: Path, capsys: Captured):
    assert cli.main(["practice", *line.split(), "--progress", str(kept)]) == 2
    assert message in error(capsys)


def test_the_seed_is_said_and_is_the_date_where_none_is_given(
    kept: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
):
    assert practised(monkeypatch, kept, "q\n", "--terminal --topic softmax") == 0
    assert f"seed {date.today():%Y%m%d}." in capsys.readouterr().out
    assert practised(monkeypatch, kept, "q\n", "--terminal --topic softmax --seed 4") == 0
    assert "seed 4." in capsys.readouterr().out


def test_difficulty_arithmetic_and_notation_are_those_asked_for(
    kept: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
):
    line = "--terminal --seed 3 --families single_unit,softmax_values --difficulty hard"
    more = "--arithmetic exact --notation cmu-gormley"
    assert practised(monkeypatch, kept, "n\nq\n", f"{line} {more}") == 0
    shown = capsys.readouterr().out
    assert shown.count(".hard.") == 2
    assert shown.count(".exact\n") == 2


def test_what_went_wrong_is_practised_alone(
    kept: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
):
    families = "--families softmax_values,cross_entropy,delta_shape"
    with Store(kept) as store:
        for skill, result, box, slips in (
            ("softmax_values", "right", 3, ()),
            ("cross_entropy", "helped", 3, ("sum_for_mean",)),
        ):
            answered = Answered(f"{skill}.1.easy.numeric.7.1", NOW, result, 0, slips)  # type: ignore[arg-type]
            store.record(answered, Standing(box, NOW + 9e8))
    assert practised(monkeypatch, kept, "n\nn\nq\n", f"--terminal --seed 7 --weak {families}") == 0
    shown = capsys.readouterr().out
    assert "1 skill; seed 7" in shown
    assert "softmax_values." not in shown
    assert "delta_shape." not in shown


def test_progress_goes_out_and_comes_in_again(
    kept: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
):
    out, other = tmp_path / "progress.json", tmp_path / "other.sqlite3"
    line = f"--terminal --seed 7 --families delta_shape,softmax_values --export {out}"
    assert practised(monkeypatch, kept, "s\n\nh\ns\n", line) == 0
    assert f"{out}: 2 answers, 2 skills" in capsys.readouterr().out
    record = json.loads(out.read_text())
    assert record["format"] == "backprep-progress"
    assert [(each["result"], each["hints"]) for each in record["answers"]] == [
        ("wrong", 0),
        ("wrong", 1),
    ]
    for _ in range(2):
        assert cli.main(["practice", "--import", str(out), "--progress", str(other)]) == 0
    with Store(kept) as mine, Store(other) as theirs:
        assert mine.read() == theirs.read()


def test_a_damaged_file_of_progress_is_one_sentence_and_stays(kept: Path, capsys: Captured):
    kept.write_text("no database at all " * 100)
    assert cli.main(["practice", "--terminal", "--progress", str(kept)]) == 2
    assert "holds no progress" in error(capsys)
    assert kept.read_text().startswith("no database")


def test_damaged_progress_is_not_taken_in(kept: Path, tmp_path: Path, capsys: Captured):
    (tmp_path / "bad.json").write_text('{"format": "backprep-progress", "version": 1}')
    line = ["practice", "--import", str(tmp_path / "bad.json"), "--progress", str(kept)]
    assert cli.main(line) == 2
    assert "bad.json: this progress is damaged: expected an object called 'standings'" in error(
        capsys
    )
    assert not kept.exists()


def test_an_interrupt_ends_with_the_summary_and_its_own_exit_code(
    kept: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
):
    class Interrupting(io.StringIO):
        def readline(self, *_: int) -> str:  # type: ignore[override]
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Interrupting())
    assert cli.main(["practice", "--terminal", "--progress", str(kept)]) == 130
    found = capsys.readouterr()
    assert "Summary" in found.out
    assert not found.err
