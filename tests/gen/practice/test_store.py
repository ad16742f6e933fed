"""The store keeps every answer at once, and refuses files that are not its own."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from gen.practice.leitner import Standing
from gen.practice.progress import Answered, Progress, ProgressError
from gen.practice.store import Store, usual_path

NOW = 1_800_000_000.0
ITEM = "a.1.easy.numeric.7.1"
ANSWER = Answered(ITEM, NOW, "wrong", 1, ("cost",))
STANDING = Standing(1, NOW + 60)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "progress.sqlite3"


def test_what_is_recorded_is_there_for_the_next_program(path: Path):
    with Store(path) as store:
        store.ask(ITEM)
        store.ask(ITEM)
        store.record(ANSWER, STANDING)
        # The first has not closed the file.
        with Store(path) as other:
            assert other.read() == Progress({"a": STANDING}, {ITEM: 2}, (ANSWER,))


def test_an_answer_may_stand_in_the_place_of_an_earlier_one(path: Path):
    later = Answered(ITEM, NOW + 9, "helped", 1, ("cost",))
    with Store(path) as store:
        store.record(ANSWER, STANDING)
        store.record(later, Standing(2, NOW + 609), ANSWER)
        assert store.read() == Progress({"a": Standing(2, NOW + 609)}, {}, (later,))


def test_an_answer_is_kept_as_a_whole_or_not_at_all(path: Path, monkeypatch: pytest.MonkeyPatch):
    with Store(path) as store:

        def interrupted(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(store, "_stand", interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.record(ANSWER, STANDING)
        assert store.read() == Progress()
        monkeypatch.undo()
        store.record(ANSWER, STANDING)
        assert store.read().answers == (ANSWER,)


def test_a_program_that_is_killed_has_lost_nothing(path: Path):
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from gen.practice.leitner import Standing\n"
        "from gen.practice.progress import Answered\n"
        "from gen.practice.store import Store\n"
        "store = Store(Path(sys.argv[1]))\n"
        f"store.record(Answered({ITEM!r}, {NOW}, 'right'), Standing(2, {NOW + 600}))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-c", script, str(path)], check=False, env=environment)
    assert done.returncode < 0
    with Store(path) as store:
        assert store.read().answers == (Answered(ITEM, NOW, "right"),)


def test_many_programs_may_write_at_once(path: Path):
    script = (
        "import sys; from pathlib import Path\n"
        "from gen.practice.leitner import Standing\n"
        "from gen.practice.progress import Answered\n"
        "from gen.practice.store import Store\n"
        "with Store(Path(sys.argv[1])) as store:\n"
        "    for n in range(20):\n"
        "        name = f'a.1.easy.numeric.{sys.argv[2]}.{n}'\n"
        "        store.ask('same')\n"
        "        store.record(Answered(name, float(n), 'right'), Standing(2, float(n)))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(path), str(n)], env=environment)
        for n in range(3)
    ]
    assert [each.wait() for each in running] == [0, 0, 0]
    with Store(path) as store:
        found = store.read()
    assert len(found.answers) == 60
    assert found.asked == {"same": 60}


def test_progress_of_another_file_is_added(path: Path):
    other = Answered(ITEM, NOW + 50, "right")
    with Store(path) as store:
        store.record(ANSWER, STANDING)
        store.merge(Progress({"a": Standing(2, NOW + 650)}, {ITEM: 1}, (other,)))
        assert store.read() == Progress({"a": Standing(2, NOW + 650)}, {ITEM: 2}, (ANSWER, other))


def text_file(path: Path) -> None:
    path.write_text("This is a letter to my aunt, and no database. " * 20)


def other_database(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE songs (title TEXT)")


def later_release(path: Path) -> None:
    with Store(path):
        pass
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA user_version = 2")


def impossible_box(path: Path) -> None:
    with Store(path) as store:
        store.record(ANSWER, Standing(99, NOW))


def cut_off(path: Path) -> None:
    with Store(path) as store:
        for n in range(500):
            store.ask(f"{ITEM}{n}")
    path.write_bytes(path.read_bytes()[:5000])


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (text_file, "holds no progress"),
        (other_database, "holds no progress; name another file"),
        (later_release, "a later release wrote"),
        (impossible_box, "damaged"),
        (cut_off, "damaged"),
        (folder, "cannot use"),
    ],
)
def test_a_file_that_is_no_progress_is_refused_in_one_sentence_and_left_alone(
    make, complaint: str, tmp_path: Path
):
    path = tmp_path / "file"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(ProgressError) as caught, Store(path) as store:
        store.read()
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_the_usual_file_is_in_the_users_data_folder(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere")
    if sys.platform == "linux":
        assert usual_path() == Path("/somewhere/backprep/progress.sqlite3")
