"""The whole record of a quiz as JSON: what was drawn, asked, answered, worked out and verified.

The record is for programs and for the curious; it holds every answer, so it stays with the keys.
It is written so that two runs can be compared line by line, with names in alphabetical order and
whatever is short on one line.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from json.encoder import encode_basestring
from math import ceil, log10

import numpy as np

from gen import __version__
from gen.encoding import Json, encode
from gen.points import shares
from gen.problem import Answer, Item, Option, Part, PartSolution, Value, Verification
from gen.quiz.settings import Settings
from gen.quiz.versions import Quiz, QuizVersion, mark
from solver.graph import Graph
from solver.steps import Step

FORMAT = 1

_WIDTH = 80
_INDENT = "  "
_FINEST_DEVIATION = -9

Numbers = Value | tuple[Value, ...] | Mapping[str, Value]


def record(quiz: Quiz) -> str:
    """Return the record as JSON text, the same on every machine, ending in a newline."""
    return lay_out(
        {
            "program": "backprep",
            "program_version": __version__,
            "format": FORMAT,
            "settings": encode(_named(quiz)),
            "slots": encode(quiz.slots),
            "versions": [_version(version) for version in quiz.versions],
        }
    )


def _named(quiz: Quiz) -> Settings:
    """The settings with the name of the notation, which may have come from a file."""
    if not quiz.versions:
        return quiz.settings
    return replace(quiz.settings, notation=quiz.versions[0].notation.name)


def lay_out(value: Json) -> str:
    """Return JSON text with sorted names; lists and objects that are short stand on one line."""
    return _text(value, "") + "\n"


def _text(value: Json, indent: str) -> str:
    deeper = indent + _INDENT
    match value:
        case str():
            return encode_basestring(value)
        case dict():
            entries = [
                f"{encode_basestring(name)}: {_text(value[name], deeper)}" for name in sorted(value)
            ]
            return _bracketed("{", entries, "}", indent)
        case list():
            return _bracketed("[", [_text(entry, deeper) for entry in value], "]", indent)
        case bool() | None:
            return json.dumps(value)
        case _:
            return repr(value)


def _bracketed(opening: str, entries: list[str], closing: str, indent: str) -> str:
    # Text of several lines is longer than one line may be, so short entries have one line each.
    if sum(map(len, entries)) + 2 * len(entries) <= _WIDTH:
        return f"{opening}{', '.join(entries)}{closing}"
    margin = f"\n{indent}{_INDENT}"
    return f"{opening}{margin}{f',{margin}'.join(entries)}\n{indent}{closing}"


def _version(version: QuizVersion) -> Json:
    return {
        "mark": mark(version.number),
        "number": version.number,
        "items": [_item(item, version.settings) for item in version.items],
    }


def _item(item: Item, settings: Settings) -> Json:
    problem, points = item.problem, settings.points_for(item.difficulty)
    parts = zip(problem.parts, item.solution.parts, shares(points, problem.parts), strict=True)
    return {
        "key": encode(item.key),
        "difficulty": item.difficulty,
        "form": item.form,
        "points": points,
        "fingerprint": item.fingerprint,
        "attempts": item.attempts,
        "params": encode(item.params),
        "conventions": encode(problem.conventions),
        "places": problem.places,
        **_numbers("givens", problem.givens),
        "graph": _graph(problem.graph),
        "slips": encode(problem.slips),
        "parts": [
            {**_part(part, solved, problem.places_of(part)), "worth": float(worth)}
            for part, solved, worth in parts
        ],
        "steps": [_step(step) for step in item.solution.steps],
        "verifications": [_verification(each) for each in item.verifications],
    }


def _graph(graph: Graph | None) -> Json:
    if graph is None:
        return None
    return {
        "inputs": encode(graph.inputs),
        "constants": encode(graph.constants),
        "equations": encode(graph.equations),
        "output": graph.output,
    }


def _part(part: Part, solved: PartSolution, places: int) -> dict[str, Json]:
    options: list[Json] = [
        {"letter": mark(number), "option": _option(option)}
        for number, option in enumerate(solved.options, 1)
    ]
    return {
        "form": part.form,
        "points": part.points,
        "places": places,
        "asks": encode(part.asks),
        "candidates": encode(part.candidates),
        "claims": encode(part.claims),
        "answer": None if solved.answer is None else _answer(solved.answer),
        "written": encode(solved.written),
        "options": options,
    }


def _answer(answer: Answer) -> dict[str, Json]:
    return {
        "values": encode(answer.values),
        **_numbers("shown", answer.shown),
        "tolerances": encode(answer.tolerances),
        "wrong": [{"slip": w.slip, **_numbers("values", w.values)} for w in answer.wrong],
    }


def _option(option: Option) -> dict[str, Json]:
    return {
        "right": option.right,
        **_numbers("values", option.values),
        "slip": option.slip,
        "candidate": encode(option.candidate),
        "claim": encode(option.claim),
        "says": option.says,
        "entries": encode(option.entries),
    }


def _numbers(name: str, numbers: Numbers) -> dict[str, Json]:
    """Numbers as floats; exact ones also as texts, under the name with `_exact` behind it."""
    floats, texts = _in_floats(numbers), encode(numbers)
    return {name: floats} if floats == texts else {name: floats, f"{name}_exact": texts}


def _in_floats(numbers: Numbers) -> Json:
    if isinstance(numbers, Mapping):
        return {name: _in_floats(value) for name, value in numbers.items()}
    if isinstance(numbers, tuple):
        return [_in_floats(value) for value in numbers]
    return encode(np.asarray(numbers, dtype=float))


def _step(step: Step) -> Json:
    return {
        "kind": step.kind,
        "target": encode(step.leaf),
        "index": encode(step.index),
        "through": encode(step.through),
        "formula": encode(step.formula),
        "substitution": encode(step.substitution),
        **_numbers("value", step.value),
        "exact": encode(step.exact),
        "places": step.places,
        "uses": encode(step.uses),
    }


def _verification(verification: Verification) -> Json:
    # A deviation is made of last bits, which depend on the machine; a power of ten above it, and
    # never a finer one than every machine reaches, does not.
    return {
        "oracle": verification.oracle,
        "numbers": verification.numbers,
        "deviation_at_most": float(f"1e{_power_above(verification.deviation)}"),
    }


def _power_above(deviation: float) -> int:
    if deviation <= 0:
        return _FINEST_DEVIATION
    return max(_FINEST_DEVIATION, ceil(log10(deviation)))
