"""Every field of the JSON of the solver is described with its type, and no other is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.documents import ROOT, module, rows_of, section

FIELDS = (ROOT / "docs" / "solver-json.md").read_text(encoding="utf-8")
refresh = module(ROOT / "docs" / "refresh.py")

SECTIONS = re.findall(r"^## (.*)$", FIELDS, re.MULTILINE)
SHARED = ("Steps", "Answers")


@pytest.fixture(scope="module")
def objects() -> dict[str, list[Any]]:
    """What the commands in each section of the document print."""
    return {
        name: [
            json.loads(refresh.printed(arguments))
            for arguments in refresh.commands(section(FIELDS, name))
        ]
        for name in SECTIONS
    }


@pytest.mark.parametrize("name", [name for name in SECTIONS if name not in SHARED])
def test_every_field_is_described_with_its_type(name: str, objects: dict[str, list[Any]]):
    assert objects[name]
    wrong = [
        (path, value)
        for printed in objects[name]
        for path, value in leaves(printed)
        if not any(fits(row, path, value) for row in described(name))
    ]
    assert wrong == []


@pytest.mark.parametrize("name", SECTIONS)
def test_every_field_that_is_described_is_printed(name: str, objects: dict[str, list[Any]]):
    own = objects[name] or [each for group in objects.values() for each in group]
    paths = [leaf for printed in own for leaf in leaves(printed)]
    rows = [row for row in rows_of(section(FIELDS, name)) if row[0].startswith("`")]
    assert [row[0] for row in rows if not any(fits(row, *leaf) for leaf in paths)] == []


def described(name: str) -> list[list[str]]:
    """The rows of a section, with those of the sections that it shares."""
    own = rows_of(section(FIELDS, name))
    shared = [rows_of(section(FIELDS, "Steps"))] if "(#steps)" in section(FIELDS, name) else []
    if name in ("graph", "net"):
        shared.append(rows_of(section(FIELDS, "Answers")))
    return [row for rows in (own, *shared) for row in rows]


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every field with what it holds; the fields of a list's entries once for each entry."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from leaves(each, f"{path}.{name}" if path else name)
    else:
        yield path, value
    if isinstance(value, list) and value and isinstance(value[0], dict):
        for each in value:
            yield from leaves(each, f"{path}[]")


def fits(row: list[str], path: str, value: Any) -> bool:
    pattern = re.escape(row[0].strip("`")).replace("NAME", r"[^.\[\]]+").replace("LAYER", r"\d+")
    return bool(re.fullmatch(pattern, path)) and bool(kinds(value) & set(row[1].split(" or ")))


def kinds(value: Any) -> set[str]:
    match value:
        case None:
            return {"null"}
        case int():
            return {"whole number", "number"}
        case float():
            return {"number"}
        case str():
            return {"text"}
        case list():
            return {"list", "array"} if all(map(is_number, value)) else {"list"}
    return set()


def is_number(value: Any) -> bool:
    return all(map(is_number, value)) if isinstance(value, list) else "number" in kinds(value)
