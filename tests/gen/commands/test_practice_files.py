"""The command practice writes the files that are asked for, all from one deck."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen import cli

Captured = pytest.CaptureFixture[str]
FEW = "practice --seed 7 --families delta_shape"


def test_a_pdf_is_written_with_one_question_of_each_difficulty(tmp_path: Path, capsys: Captured):
    path = tmp_path / "sheet.pdf"
    assert cli.main([*FEW.split(), "--pdf", str(path)]) == 0
    assert path.read_bytes().startswith(b"%PDF")
    assert str(path) in capsys.readouterr().out
    few = path.stat().st_size
    assert cli.main([*FEW.split(), "--pdf", str(path), "--variants", "6"]) == 0
    assert path.stat().st_size > few


def test_the_paper_may_be_letter(tmp_path: Path):
    path = tmp_path / "sheet.pdf"
    assert cli.main([*FEW.split(), "--pdf", str(path), "--paper", "letter"]) == 0
    assert b"612 792" in path.read_bytes()


def test_one_run_writes_several_files_from_one_deck(tmp_path: Path, capsys: Captured):
    names = {"--pdf": "sheet.pdf", "--anki": "deck.apkg", "--notebook": "practice.ipynb"}
    given = [word for flag, name in names.items() for word in (flag, str(tmp_path / name))]
    assert cli.main([*FEW.split(), "--variants", "3", *given]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names.values())
