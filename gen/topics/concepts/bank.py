"""The bank of statements: `templates/concepts`, a file for each lecture.

A file has the lecture's key points under `points`, and a table for each statement:

- `point`, the key point that it is about; two statements about the same one, in whichever lecture,
  do not come together in an item;
- `theme`, one of `THEMES`, and `level`, its difficulty;
- either two wordings, `true` and `false`, with `why` the one is true and what is right `instead` of
  the other;
- or a single wording `says`, whose truth is a matter of numbers, with `why` for both cases. The
  function of its name in `gen.topics.concepts.numbers` draws its numbers, and the one in
  `gen.topics.concepts.oracle` finds them again. In the texts, `the.claimed` is the number that is
  claimed and `the.right` the right one; other facts have the names that the function gives them.

The texts are Markdown with the words and symbols of the notation, as in a family's template, and
two names more: `loss` and `preactivation`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from gen.vocabulary import DIFFICULTIES, Difficulty

THEMES: Mapping[str, str] = {
    "chain_rule": "the chain rule and computation graphs",
    "backpropagation": "backpropagation through the layers of a network",
    "outputs": "activations, output units and losses",
    "training": "gradient descent and the training of networks",
    "differentiation": "ways to compute derivatives by a program",
    "models": "networks and other models",
}
LECTURES = ("000", "001", "002", "003", "004")
_FIXED = frozenset({"point", "theme", "level", "true", "false", "why", "instead"})
_COMPUTED = frozenset({"point", "theme", "level", "says", "why"})


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of the bank. `texts` has its wordings and its reasons."""

    name: str
    lecture: str
    point: str
    theme: str
    level: Difficulty
    texts: Mapping[str, str]

    @property
    def computed(self) -> bool:
        """Whether numbers decide on its truth."""
        return "says" in self.texts

    def template(self, text: str) -> str:
        """The name under which one of its texts can be rendered."""
        return f"concepts/{self.lecture}.toml/{self.name}/{text}"


@cache
def points(lecture: str) -> Mapping[str, str]:
    """The key points of a lecture, by name."""
    return dict(_read(lecture)["points"])


@cache
def statements() -> Mapping[str, Statement]:
    """Every statement by its name, in the order of the files.

    Raises ValueError for a statement that is not as this module says, naming it.
    """
    found: dict[str, Statement] = {}
    for lecture in LECTURES:
        for statement in _of(lecture):
            if statement.name in found:
                raise ValueError(f"there are two statements {statement.name}")
            found[statement.name] = statement
    return found


def _of(lecture: str) -> Iterator[Statement]:
    for name, table in _read(lecture).items():
        if name != "points":
            yield _statement(name, lecture, table)


def _statement(name: str, lecture: str, table: Mapping[str, str]) -> Statement:
    known = (
        table.keys() in (_FIXED, _COMPUTED)
        and table["point"] in points(lecture)
        and table["theme"] in THEMES
        and table["level"] in DIFFICULTIES
    )
    if not known:
        raise ValueError(f"the statement {name} of lecture {lecture} has an unknown entry")
    texts = {key: table[key] for key in ("true", "false", "says", "why", "instead") if key in table}
    level: Any = table["level"]
    return Statement(name, lecture, table["point"], table["theme"], level, texts)


@cache
def _read(lecture: str) -> dict[str, Any]:
    path = files("templates").joinpath("concepts", f"{lecture}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
