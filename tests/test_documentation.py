"""What the documents say can be done can be done, and prints what they say it prints."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gen import __version__
from gen.arguments import parse, settings
from gen.quiz.record import record
from gen.quiz.versions import build

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINK = re.compile(r"\]\(([^)#:]+)\)")
FILE_SHOWN = re.compile(r"## `([^`]+)`\n\n```\w+\n(.*?)```\n", re.DOTALL)
DOCUMENTS = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")))


def run(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_the_readme_quotes_what_its_commands_print():
    run(ROOT, "docs/refresh.py", "--check")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_links_to_exists(document: Path):
    links = LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_option_in_the_readme_is_one_of_the_command():
    options = set(re.findall(r"`(--[a-z]+)", README))
    help_text = run(ROOT, "-m", "gen", "--help")
    assert options
    assert {option for option in options if option not in help_text} == set()


def test_the_changelog_has_this_version():
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_field_of_the_record_is_described():
    described = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "record.md").read_text("utf-8")))
    quiz = build(settings(parse(["--seed", "7", "--items", "15"])))
    assert fields(json.loads(record(quiz))) - described == set()


def fields(value: object, name: str = "") -> set[str]:
    """All names of the record, but not those that families, graphs or errors choose."""
    if name in ("params", "givens", "constants", "error"):
        return set()
    if isinstance(value, list):
        return {each for entry in value for each in fields(entry, name)}
    if isinstance(value, dict):
        return set(value) | {each for n, v in value.items() for each in fields(v, n)}
    return set()


def test_the_family_of_the_guide_works_by_its_two_files_alone(tmp_path: Path):
    for name in ("gen", "solver", "templates", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.pyc"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    guide = (ROOT / "docs" / "families.md").read_text(encoding="utf-8")
    for name, content in FILE_SHOWN.findall(guide):
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert "tanh_unit" in run(tmp_path, "-m", "gen", "list")
    run(tmp_path, "-m", "gen", "--seed", "7", "--families", "tanh_unit")
    found = run(tmp_path, "-m", "pytest", "tests/gen/test_conformance.py", "-k", "tanh_unit")
    assert "passed" in found
