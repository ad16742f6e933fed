"""A folder is replaced whole or not at all, and never one that holds somebody's own files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gen.output import OutputError, Written, check, place, publish

FILES = [("quiz.pdf", b"paper"), ("key.pdf", b"key"), ("quiz.json", b"{}\n")]


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_files_are_written_with_missing_folders_above(tmp_path: Path):
    folder = tmp_path / "deep" / "er" / "quiz-7"
    assert publish(folder, FILES) == (
        Written("quiz.pdf", 5),
        Written("key.pdf", 3),
        Written("quiz.json", 3),
    )
    assert content(folder) == dict(FILES)
    assert [path.name for path in folder.parent.iterdir()] == ["quiz-7"]


def test_an_earlier_run_is_replaced_whole(tmp_path: Path):
    folder = tmp_path / "quiz-7"
    publish(folder, [("quiz-AB.pdf", b"old"), ("key-AB.pdf", b"old"), ("quiz.json", b"old")])
    publish(folder, FILES)
    assert content(folder) == dict(FILES)
    assert [path.name for path in tmp_path.iterdir()] == ["quiz-7"]


def test_an_empty_folder_is_filled(tmp_path: Path):
    folder = tmp_path / "quiz-7"
    folder.mkdir()
    publish(folder, FILES)
    assert content(folder) == dict(FILES)


def failing() -> Iterator[tuple[str, bytes]]:
    yield FILES[0]
    raise RuntimeError("in the middle")


@pytest.mark.parametrize("earlier", [False, True])
def test_a_run_that_fails_in_the_middle_leaves_what_was_there(tmp_path: Path, earlier: bool):
    folder = tmp_path / "quiz-7"
    if earlier:
        publish(folder, FILES)
    with pytest.raises(RuntimeError, match="in the middle"):
        publish(folder, failing())
    assert [path.name for path in tmp_path.iterdir()] == ["quiz-7"] * earlier
    assert not earlier or content(folder) == dict(FILES)


def test_a_rename_that_fails_puts_the_old_folder_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "quiz-7"
    publish(folder, FILES)
    rename = Path.rename

    def stubborn(self: Path, target: Path) -> Path:
        if self.name.endswith(".new"):
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stubborn)
    with pytest.raises(OutputError, match=r"cannot write .*quiz-7: Permission denied"):
        publish(folder, [("quiz.json", b"new")])
    assert content(folder) == dict(FILES)
    assert [path.name for path in tmp_path.iterdir()] == ["quiz-7"]


def test_a_full_disk_is_one_sentence_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match=r"cannot write .*quiz-7: No space left on device$"):
        publish(tmp_path / "quiz-7", FILES)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("names", [["notes.txt"], ["quiz.json", "notes.txt"], ["quiz.pdf"]])
def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path: Path, names: list[str]):
    for name in names:
        (tmp_path / name).write_text("mine")
    with pytest.raises(OutputError, match=f"holds {names[-1]}, which this program did not put"):
        publish(tmp_path, FILES)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == dict.fromkeys(
        names, "mine"
    )


def test_what_a_file_manager_leaves_behind_does_not_matter(tmp_path: Path):
    folder = tmp_path / "quiz-7"
    publish(folder, FILES)
    (folder / ".DS_Store").write_bytes(b"")
    check(folder)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path):
    (tmp_path / "quiz-7").write_text("a file")
    with pytest.raises(OutputError, match="quiz-7 is a file"):
        publish(tmp_path / "quiz-7", FILES)


def test_a_file_in_the_place_of_the_parent_is_refused(tmp_path: Path):
    (tmp_path / "file").write_text("a file")
    with pytest.raises(OutputError, match="file is a file; name a folder"):
        publish(tmp_path / "file" / "quiz-7", FILES)


def test_a_folder_above_without_permission_is_known_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("os.access", lambda path, mode: path != tmp_path)
    with pytest.raises(OutputError, match=f"no permission to write in {tmp_path}$"):
        check(tmp_path / "deep" / "quiz-7")


def test_the_current_folder_is_not_pulled_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")
    for folder in (Path(), tmp_path):
        with pytest.raises(OutputError, match="current folder"):
            check(folder)


def test_a_link_is_followed_to_the_folder_that_it_names(tmp_path: Path):
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    try:
        link.symlink_to(real, target_is_directory=True)
    except OSError:
        pytest.skip("links are not allowed here")
    publish(link, FILES)
    assert link.is_symlink()
    assert content(real) == dict(FILES)


def test_one_file_is_placed_whole_and_replaces_one_of_its_name(tmp_path: Path):
    path = tmp_path / "deep" / "sheet.pdf"
    for content in (b"first", b"second"):
        place(path, content)
    assert path.read_bytes() == b"second"
    assert [each.name for each in path.parent.iterdir()] == ["sheet.pdf"]


def test_a_file_that_cannot_be_placed_is_an_error_with_its_name(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=r"cannot write .*sheet\.pdf"):
        place(tmp_path / "file" / "sheet.pdf", b"")
