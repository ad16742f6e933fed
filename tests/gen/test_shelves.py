"""Families from outside: folders of a course, and packages that announce theirs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from gen import shelves
from gen.commands import new
from gen.family import find, names
from gen.items import make
from gen.presentation.items import single
from gen.problem import Key
from templates.writers import text

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def nothing_in_use() -> Iterator[None]:
    yield
    shelves.use(())


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A folder with one family, as `new` makes it."""
    folder = tmp_path / "course"
    begin("own_unit", folder)
    return folder


def begin(name: str, folder: Path) -> None:
    new.run(new.parse([name, "--out", str(folder)], new.Namespace()))


def shown(name: str) -> str:
    loaded = find(name)
    return text.write(single(make(loaded, Key(name, 1, 1), "easy", "numeric")))


def test_a_family_of_a_folder_is_drawn_from_and_read_as_any_other(course: Path):
    assert "own_unit" not in names()
    shelves.use([course])
    assert "own_unit" in names()
    assert "A single tanh unit" in shown("own_unit")


def test_its_template_runs_in_the_sandbox(course: Path):
    template = course / "own_unit.md.j2"
    harmful = "<% block stem %><< params.__class__.__mro__ >>"
    template.write_text(template.read_text("utf-8").replace("<% block stem %>", harmful), "utf-8")
    shelves.use([course])
    with pytest.raises(ValueError, match=r"own_unit.md.j2, line 1.*__class__"):
        shown("own_unit")


def test_a_slip_may_have_its_sentence_in_the_template_of_its_family(course: Path):
    template = course / "own_unit.md.j2"
    sentence = "You followed your << nouns.gradient >> into the wrong lecture."
    block = f"\n<% block slip_sign_reversed %>\n{sentence}\n<% endblock %>\n"
    template.write_text(template.read_text("utf-8") + block, "utf-8")
    shelves.use([course])
    page = " ".join(shown("own_unit").split())
    assert "You followed your gradient into the wrong lecture." in page
    assert "Your sign is reversed." not in page


def test_modules_of_a_folder_may_share_one_that_begins_with_an_underscore(course: Path):
    (course / "_shared.py").write_text("TITLE = 'Shared'\n", "utf-8")
    module = course / "own_unit.py"
    changed = module.read_text("utf-8").replace('title="A single tanh unit"', "title=TITLE")
    module.write_text(changed.replace("import numpy", "from ._shared import TITLE\nimport numpy"))
    shelves.use([course])
    assert find("own_unit").family.title == "Shared"


def test_a_folder_that_is_no_longer_used_is_forgotten(course: Path):
    shelves.use([course])
    shelves.use(())
    assert "own_unit" not in names()


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda folder: folder.rename(folder.with_name("gone")), "course is no folder"),
        (lambda folder: (folder / "own_unit.py").unlink(), "holds no family"),
        (lambda folder: (folder / "own_unit.md.j2").unlink(), "own_unit has no template"),
        (lambda folder: begin("other", folder) or rename(folder), "two families called"),
    ],
)
def test_a_folder_that_cannot_be_used_is_refused(
    course: Path, spoil: Callable[[Path], object], message: str
):
    spoil(course)
    with pytest.raises(shelves.ShelfError, match=message):
        shelves.use([course])


def rename(folder: Path) -> None:
    for suffix in (".py", shelves.SUFFIX):
        (folder / f"other{suffix}").rename(folder / f"delta_shape{suffix}")


def test_two_folders_with_a_family_of_one_name_are_refused(course: Path, tmp_path: Path):
    begin("own_unit", tmp_path / "second")
    with pytest.raises(shelves.ShelfError, match="two families called own_unit"):
        shelves.use([course, tmp_path / "second"])


def test_papers_of_such_a_family_are_set_in_several_processes(course: Path, tmp_path: Path):
    line = f"--seed 1 --items 2 --versions 2 --jobs 2 --quiet --families own_unit --plugin {course}"
    command = [sys.executable, "-m", "gen", *line.split(), "--out", str(tmp_path / "out")]
    subprocess.run(command, check=True, cwd=ROOT)
    assert (tmp_path / "out" / "key-B.pdf").is_file()


@pytest.fixture
def package(course: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A function that announces a package by its name, as installing one would."""
    (course / "__init__.py").write_text("", "utf-8")
    monkeypatch.syspath_prepend(str(course.parent))

    def announce(value: str) -> None:
        point = EntryPoint("course", value, shelves.GROUP)
        monkeypatch.setattr(shelves, "entry_points", lambda group: [point])
        shelves.installed.cache_clear()

    return announce


def test_an_installed_package_gives_its_families_to_those_who_name_them(
    package: Callable[[str], None],
):
    package("course")
    assert "own_unit" not in names()
    assert "A single tanh unit" in shown("own_unit")


@pytest.mark.parametrize("value", ["no_such_package_here", "json.decoder"])
def test_an_entry_point_that_names_no_package_is_an_error_with_its_name(
    package: Callable[[str], None], value: str
):
    package(value)
    with pytest.raises(shelves.ShelfError, match=f"names no package: {value}"):
        find("own_unit")
