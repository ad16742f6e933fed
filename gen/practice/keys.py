"""Keys: all that a page needs to judge the answers to an item without Python.

A key is plain data for JSON, the same for the same item every time. It has a dictionary for each of
the item's parts, by `kind`:

- "numbers": for each quantity asked for its `shape`, flat `values` and `tolerance`, and the item's
  own `wrong` answers, each with the slips that lead to it;
- "choice" and "choose_all": how many options there are, which are `right`, and the slip of each;
- "true_false": whether the statement is true, as `truth`;
- "shapes": the `sizes` of each shape, and of the wrong ones;
- "expressions": the values of the `right` and of the `wrong` expressions at some points, to which
  belongs the `language` of the item: how symbols may be typed, and their values at the same points
  (`gen.practice.expressions`).

What follow-through needs is its `program` (`gen.practice.programs`); an item in which nothing
follows from an earlier answer has none. `templates/practice/judge.js` reads it all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np

from gen.practice.expressions import expressions, language
from gen.practice.programs import program
from gen.problem import Answer, Entry, Item, Part, PartSolution, Written
from solver.parsing.values import spelled
from solver.shapes import Shape


def key_of(item: Item) -> dict[str, Any]:
    """The key of an item, as data that JSON can hold."""
    pairs = zip(item.problem.parts, item.solution.parts, strict=True)
    key: dict[str, Any] = {
        "parts": [_part(item, number, *pair) for number, pair in enumerate(pairs)]
    }
    if any(part.form == "symbolic" for part in item.problem.parts):
        key["language"] = language(item)
    found = program(item)
    return key if found is None else {**key, "program": found}


def _part(item: Item, number: int, part: Part, solved: PartSolution) -> dict[str, Any]:
    if part.form == "true_false":
        return {"kind": "true_false", "truth": part.claims[0].true}
    if solved.options:
        return {
            "kind": "choose_all" if part.form == "choose_all" else "choice",
            "right": [place for place, option in enumerate(solved.options) if option.right],
            "slips": [option.slip for option in solved.options],
        }
    if solved.written is not None:
        if part.form == "symbolic":
            return {"kind": "expressions", **expressions(item, number)}
        return {"kind": "shapes", **_shapes(solved.written)}
    assert solved.answer is not None
    return {"kind": "numbers", **_numbers(solved.answer)}


def _numbers(answer: Answer) -> dict[str, Any]:
    asks = [
        {"shape": list(np.shape(value)), "values": flat(value), "tolerance": float(tolerance)}
        for value, tolerance in zip(answer.values, answer.tolerances, strict=True)
    ]
    wrong = [
        {"slips": each.slip.split("+"), "values": [flat(value) for value in each.values]}
        for each in answer.wrong
    ]
    return {"asks": asks, "wrong": wrong}


def flat(value: Any) -> list[float]:
    """The entries of an array of any kind of number, row by row."""
    return np.asarray(value, dtype=np.float64).ravel().tolist()


def _shapes(written: Written) -> dict[str, Any]:
    return {
        "shapes": _sizes(written.entries),
        "wrong": [{"slip": each.slip, "shapes": _sizes(each.entries)} for each in written.wrong],
    }


def _sizes(entries: Sequence[Entry]) -> list[list[str]]:
    """Shapes by their sizes as texts, without what makes no difference."""
    return [list(spelled(cast(Shape, entry))) for entry in entries]
