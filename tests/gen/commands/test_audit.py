"""The audit prints a row for each family and difficulty, and fails where something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gen import cli
from gen.audit import sheets

Use = Callable[..., None]
Source = Callable[..., str]
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def no_sheets(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sheets, "sheet", lambda *_: b"a sheet")


def test_a_family_has_a_row_for_each_difficulty_and_a_sheet(tmp_path: Path, capsys: Captured):
    line = f"audit softmax_values --seeds 4 --out {tmp_path}"
    assert cli.main(line.split()) == 0
    out = capsys.readouterr().out
    rows = [row.split()[:3] for row in out.splitlines() if row.startswith("softmax_values")]
    assert rows == [["softmax_values", level, "4"] for level in ("easy", "medium", "hard")]
    assert "nothing found" in out
    assert (tmp_path / "softmax_values.pdf").read_bytes() == b"a sheet"


def test_several_processes_find_the_same(tmp_path: Path, capsys: Captured):
    tables = []
    for jobs in (1, 2):
        cli.main(f"audit delta_shape --seeds 3 --jobs {jobs} --out {tmp_path}".split())
        rows = capsys.readouterr().out.splitlines()
        tables.append([row.rsplit(maxsplit=1)[0] for row in rows if row.startswith("delta")])
    assert tables[0] == tables[1]


def test_findings_are_printed_and_exit_with_1(
    tmp_path: Path, capsys: Captured, use_families: Use, product_source: Source
):
    source = product_source("dull", ("numeric",)).replace("(0.5,)", "(5000.0,)")
    use_families(dull=source)
    assert cli.main(f"audit dull --seeds 2 --out {tmp_path}".split()) == 1
    captured = capsys.readouterr()
    assert "the tolerance takes in zero" in captured.err
    lines = captured.err.splitlines()
    assert len([line for line in lines if line.startswith("dull, easy numeric, seed")]) == 2
    assert f"{len(lines)} found" in captured.out


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("audit delta_shap", "did you mean delta_shape"),
        ("audit --seeds 0", "--seeds: expected a whole number from 1"),
        ("audit --lecture 9", "no family is of the lecture '9'"),
        ("audit delta_shape --seeds 1 --out FILE", "cannot write"),
    ],
)
def test_bad_input_is_one_sentence(line: str, message: str, tmp_path: Path, capsys: Captured):
    (tmp_path / "file").touch()
    assert cli.main(line.replace("FILE", str(tmp_path / "file")).split()) == 2
    (found,) = capsys.readouterr().err.splitlines()
    assert message in found
