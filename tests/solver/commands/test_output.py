from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from solver.commands.command import Report
from solver.commands.output import deliver, format_of
from solver.errors import InputError
from templates.document import Document, Paragraph, Text


def page(words: str) -> Document:
    return Document("page", (Paragraph((Text(words),)),))


def report() -> Report:
    return Report(lambda: page("drawn"), lambda: {"value": 1.5, "name": "ŷ"}, lambda: page("typed"))


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.txt", "text"), ("a.md", "md"), ("a.HTML", "html"), ("a.tex", "latex"), ("a.json", "json")],
)
def test_the_name_of_the_file_says_the_format(name: str, form: str) -> None:
    assert format_of(None, Path(name)) == form


def test_what_is_asked_for_outdoes_the_name() -> None:
    assert format_of("json", Path("a.html")) == "json"
    assert format_of(None, None) == "text"


def test_a_name_without_a_format_is_refused() -> None:
    with pytest.raises(InputError, match=r"solution\.doc does not say its format"):
        format_of(None, Path("solution.doc"))


def test_a_terminal_gets_its_own_page(capsys: pytest.CaptureFixture[str]) -> None:
    deliver(report(), "text", None)
    deliver(report(), "md", None)
    assert capsys.readouterr().out == "typed\ndrawn\n"


def test_a_report_with_one_page_shows_it_everywhere(capsys: pytest.CaptureFixture[str]) -> None:
    deliver(Report(lambda: page("one"), dict), "text", None)
    assert capsys.readouterr().out == "one\n"


def test_json_keeps_letters_and_ends_with_a_newline(capsys: pytest.CaptureFixture[str]) -> None:
    deliver(report(), "json", None)
    text = capsys.readouterr().out
    assert json.loads(text) == {"value": 1.5, "name": "ŷ"}
    assert '"ŷ"' in text
    assert text.endswith("}\n")


def test_only_what_is_asked_for_is_made() -> None:
    def never() -> Document:
        raise AssertionError

    deliver(Report(never, dict, never), "json", None)


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("what was there before, and longer", encoding="utf-8")
    deliver(report(), "text", file)
    assert file.read_bytes() == b"typed\n"
    assert list(tmp_path.iterdir()) == [file]


def test_a_pdf_is_written_to_a_file(tmp_path: Path) -> None:
    deliver(report(), "pdf", tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")


def test_a_pdf_does_not_go_to_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    with pytest.raises(InputError, match=r"add -o solution\.pdf"):
        deliver(report(), "pdf", None)


def test_a_folder_that_is_not_there_gets_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot write .*a\.txt: No such file or directory"):
        deliver(report(), "text", tmp_path / "none" / "a.txt")


def test_a_failed_replacement_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(InputError, match="cannot write"):
        deliver(report(), "text", tmp_path / "a.txt")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]
    assert stat.S_ISDIR((tmp_path / "a.txt").stat().st_mode)
