"""Exercises as text: one line that a notebook holds, and reading it back.

The text is JSON, packed by bz2 and written in base64: short, the same on every machine, and nothing
in it can be read at a glance. Nothing in it is run.
"""

from __future__ import annotations

import bz2
import json
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from solver.errors import InputError
from solver.exercises import Array, Asked, Exercise, Expressions, Numbers, Part, Sealed
from solver.graph import Equation, Graph, Tangent, Variable
from solver.parsing.tokens import Lexicon
from solver.term import Term

Json = Any
FORMAT = 1


def write(exercise: Exercise) -> str:
    """The exercise as one line of text."""
    record = {
        "format": FORMAT,
        "parts": [_part(part) for part in exercise.parts],
        "words": dict(exercise.words),
        "told": dict(exercise.told),
        "graph": None if exercise.graph is None else _graph(exercise.graph),
        "given": {name: _numbers(value) for name, value in exercise.given.items()},
        "places": exercise.places,
    }
    text = json.dumps(record, separators=(",", ":"), ensure_ascii=False)
    return b64encode(bz2.compress(text.encode())).decode()


def read(text: str) -> Exercise:
    """The exercise that a text is. Raises InputError where it is damaged, or of a later release."""
    try:
        record = json.loads(bz2.decompress(b64decode(text, validate=True)))
    except (ValueError, OSError, EOFError):
        raise InputError("the text of the exercise is damaged; take the notebook anew") from None
    if record.get("format") != FORMAT:
        raise InputError("the exercise is of another release of backprep; install that one")
    return Exercise(
        tuple(_read_part(part) for part in record["parts"]),
        record["words"],
        record["told"],
        None if record["graph"] is None else _read_graph(record["graph"]),
        {name: np.array(value, float) for name, value in record["given"].items()},
        record["places"],
    )


def _part(part: Part) -> Json:
    match part:
        case Numbers(asked, wrong):
            asks = [[a.node, a.of, a.index, a.tolerance, a.sign, a.transposed] for a in asked]
            return ["numbers", asks, [[slip, [*map(_numbers, each)]] for slip, each in wrong]]
        case Expressions(right, wrong, symbols, names, shown, unclear):
            terms = [[slip, [*map(_term, each)]] for slip, each in wrong]
            entries = [[pattern.pattern, kind, token] for pattern, kind, token in symbols.entries]
            return [
                "expressions",
                [*map(_term, right)],
                terms,
                entries,
                names,
                shown,
                dict(unclear),
            ]
        case Sealed(kind, count, salt, right, wrong):
            return ["sealed", kind, count, salt, right, dict(wrong)]


def _read_part(record: Sequence[Json]) -> Part:
    match record:
        case ["numbers", asks, wrong]:
            asked = tuple(Asked(a[0], a[1], _tuple(a[2]), *a[3:]) for a in asks)
            return Numbers(asked, tuple((slip, _arrays(each)) for slip, each in wrong))
        case ["expressions", right, wrong, entries, names, shown, unclear]:
            lexicon = Lexicon(tuple((re.compile(p), kind, token) for p, kind, token in entries))
            terms = tuple((slip, _terms(each)) for slip, each in wrong)
            several = {pattern: tuple(each) for pattern, each in unclear.items()}
            return Expressions(_terms(right), terms, lexicon, tuple(names), tuple(shown), several)
        case ["sealed", kind, count, salt, right, wrong]:
            return Sealed(kind, count, salt, right, wrong)
    raise InputError("the exercise has a part of an unknown kind; install a later release")


def _graph(graph: Graph) -> Json:
    return [
        [[v.name, v.shape, v.fixed] for v in graph.inputs],
        dict(graph.constants),
        [[e.target, e.op, e.inputs, e.settings, e.shape, e.hidden] for e in graph.equations],
        graph.output,
        dict(graph.shapes),
        {name: [t.node, t.op, t.number] for name, t in graph.tangents.items()},
    ]


def _read_graph(record: Json) -> Graph:
    inputs, constants, equations, output, shapes, tangents = record
    return Graph(
        tuple(Variable(name, tuple(shape), fixed) for name, shape, fixed in inputs),
        constants,
        tuple(_equation(each) for each in equations),
        output,
        {name: tuple(shape) for name, shape in shapes.items()},
        {name: Tangent(*each) for name, each in tangents.items()},
    )


def _equation(record: Json) -> Equation:
    target, op, inputs, settings, shape, hidden = record
    known = tuple((name, _tuple(value)) for name, value in settings)
    return Equation(target, op, tuple(inputs), known, tuple(shape), hidden)


def _tuple(value: Json) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _term(value: Any) -> Json:
    """A term as an object, whatever stands in it as it is."""
    if isinstance(value, Term):
        return {"op": value.op, "args": [*map(_term, value.args)], "shape": value.shape}
    return value


def _read_term(record: Json) -> Any:
    if isinstance(record, Mapping):
        return Term(record["op"], tuple(map(_read_term, record["args"])), tuple(record["shape"]))
    return _tuple(record)


def _terms(records: Sequence[Json]) -> tuple[Term, ...]:
    return tuple(map(_read_term, records))


def _numbers(array: Array) -> Json:
    """Numbers with twelve digits: far finer than any answer, the same on every machine."""
    return _rounded(np.asarray(array, float).tolist())


def _rounded(value: Any) -> Json:
    return [*map(_rounded, value)] if isinstance(value, list) else float(f"{value:.12g}")


def _arrays(records: Sequence[Json]) -> tuple[Array, ...]:
    return tuple(np.array(each, float) for each in records)
