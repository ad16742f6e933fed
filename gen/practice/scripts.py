"""The scripts of a page that judges answers, as one text for one `<script>`."""

from __future__ import annotations

from importlib.resources import files

JUDGE = (
    "text.js",
    "numbers.js",
    "written.js",
    "arrays.js",
    "lines.js",
    "follow.js",
    "tokens.js",
    "expressions.js",
    "judge.js",
)
"""The files of `templates/practice` that judge answers, in the order in which they build on each
other. Together they define `Judge.grade(key, texts)` and `Judge.number(text)`."""


def judge_script() -> str:
    """The source of `Judge`."""
    folder = files("templates") / "practice"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in JUDGE)
