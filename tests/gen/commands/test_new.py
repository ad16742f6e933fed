"""A new family is two files that work, and nothing is ever overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen import cli
from gen.commands import new

Errors = pytest.CaptureFixture[str]


def test_two_files_are_written_and_the_next_steps_are_said(tmp_path: Path, capsys: Errors):
    folder = tmp_path / "deep" / "course"
    assert cli.main(["new", "own_unit", "--out", str(folder)]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["own_unit.md.j2", "own_unit.py"]
    assert 'name="own_unit"' in (folder / "own_unit.py").read_text("utf-8")
    shown = capsys.readouterr().out
    assert f"python -m gen show own_unit --seed 1 --plugin {folder}" in shown


def test_in_a_checkout_they_go_where_families_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(new, "ROOT", tmp_path)
    assert cli.main(["new", "own_unit"]) == 0
    assert (tmp_path / "gen" / "families" / "own_unit.py").is_file()
    assert (tmp_path / "templates" / "families" / "own_unit.md.j2").is_file()


def test_the_files_together_have_fewer_than_eighty_lines(tmp_path: Path):
    cli.main(["new", "own_unit", "--out", str(tmp_path)])
    assert sum(len(p.read_text("utf-8").splitlines()) for p in tmp_path.iterdir()) < 80


@pytest.mark.parametrize("present", ["own_unit.py", "own_unit.md.j2"])
def test_a_file_that_is_there_is_left_as_it_is(tmp_path: Path, present: str, capsys: Errors):
    (tmp_path / present).write_text("mine", "utf-8")
    assert cli.main(["new", "own_unit", "--out", str(tmp_path)]) == 2
    assert [path.name for path in tmp_path.iterdir()] == [present]
    assert (tmp_path / present).read_text("utf-8") == "mine"
    assert f"{present} is there already" in capsys.readouterr().err


def test_where_one_cannot_be_written_none_is(tmp_path: Path, capsys: Errors, monkeypatch):
    def refuse(self: Path, *_: object, **__: object) -> int:
        if self.suffix == ".j2":
            raise OSError("the disk is full")
        return original(self, *_, **__)

    original = Path.write_text
    monkeypatch.setattr(Path, "write_text", refuse)
    assert cli.main(["new", "own_unit", "--out", str(tmp_path)]) == 2
    assert list(tmp_path.iterdir()) == []
    assert "cannot write" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Own", "expected a name"),
        ("2x", "expected a name"),
        ("own-unit", "expected a name"),
        ("../own", "expected a name"),
        ("lambda", "expected a name"),
        ("a" * 41, "expected a name of at most 40"),
        ("delta_shape", "there is a family delta_shape already"),
    ],
)
def test_other_names_are_refused_in_one_sentence(
    name: str, message: str, tmp_path: Path, capsys: Errors
):
    assert cli.main(["new", name, "--out", str(tmp_path / "course")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert message in line
    assert not (tmp_path / "course").exists()


def test_an_installed_program_asks_for_a_folder(
    tmp_path: Path, capsys: Errors, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(new, "ROOT", tmp_path)
    assert cli.main(["new", "own_unit"]) == 2
    assert "--out" in capsys.readouterr().err
