"""How far a student has come, as data, and as the JSON that the page and the terminal exchange.

    {"format": "backprep-progress", "version": 1,
     "standings": {skill: {"box": 2, "due": 1800000000.0}},
     "asked": {item: how often},
     "answers": [{"item": ..., "time": ..., "result": "right", "hints": 0, "slips": [...]}]}

Times are in seconds since 1970. `gen.practice.store` keeps the same in a file.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar, get_args

from gen.errors import InputError
from gen.practice.leitner import BOXES, WAITS, Result, Standing

FORMAT, VERSION = "backprep-progress", 1
RESULTS: tuple[Result, ...] = get_args(Result)
LONGEST_NAME = 1200
"""The characters that the name of an item or a skill can have."""

T = TypeVar("T")


class ProgressError(InputError):
    """A file of progress that cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one question: `item` is its name, `slips` are those of its wrong answers."""

    item: str
    time: float
    result: Result
    hints: int = 0
    slips: tuple[str, ...] = ()

    @property
    def skill(self) -> str:
        """The skill that the item belongs to."""
        return self.item.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the skills stand, how often each item was asked, and all answers in order of time."""

    standings: Mapping[str, Standing] = field(default_factory=dict)
    asked: Mapping[str, int] = field(default_factory=dict)
    answers: tuple[Answered, ...] = ()


def merged(one: Progress, other: Progress) -> Progress:
    """The progress of both: of two standings that of the later answer, and each answer once."""
    standings = dict(one.standings)
    for skill, standing in other.standings.items():
        if skill not in standings or _answered(standing) > _answered(standings[skill]):
            standings[skill] = standing
    both = {(each.item, each.time): each for each in (*other.answers, *one.answers)}
    answers = tuple(sorted(both.values(), key=lambda each: (each.time, each.item)))
    counted = Counter(each.item for each in answers)
    names = sorted({*one.asked, *other.asked, *counted})
    asked = {
        name: max(one.asked.get(name, 0), other.asked.get(name, 0), counted[name]) for name in names
    }
    return Progress(standings, asked, answers)


def _answered(standing: Standing) -> float:
    """When the answer was given that led to a standing."""
    return standing.due - WAITS[standing.box - 1]


def load(path: Path) -> Progress:
    """The progress that a file was exported with. Raises ProgressError."""
    try:
        return read(path.read_bytes())
    except OSError as error:
        raise ProgressError(f"cannot read {path}: {error.strerror or error}") from error
    except ProgressError as error:
        raise ProgressError(f"{path}: {error}") from error


def told(progress: Progress) -> str:
    """How much there is, in words."""
    counts = ((len(progress.answers), "answer"), (len(progress.standings), "skill"))
    return ", ".join(f"{n} {name}{'' if n == 1 else 's'}" for n, name in counts)


def checked(progress: Progress) -> Progress:
    """The same progress. Raises ProgressError where something in it cannot be."""
    return _read(_record(progress))


def write(progress: Progress) -> bytes:
    """The progress as JSON."""
    return (json.dumps(_record(progress), ensure_ascii=False, indent=1) + "\n").encode()


def _record(progress: Progress) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "standings": {skill: asdict(each) for skill, each in sorted(progress.standings.items())},
        "asked": dict(sorted(progress.asked.items())),
        "answers": [asdict(each) | {"slips": list(each.slips)} for each in progress.answers],
    }


def read(content: bytes) -> Progress:
    """The progress that a JSON file holds. Raises ProgressError, with one sentence."""
    try:
        record = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ProgressError("this is no JSON; expected a file that practice exported") from error
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise ProgressError(f'this is no progress; expected a file with "format": "{FORMAT}"')
    if record.get("version") != VERSION:
        raise ProgressError(
            f"this progress is of version {str(record.get('version'))[:20]}, and this release "
            f"reads version {VERSION}: install the release that wrote it"
        )
    return _read(record)


def _read(record: Mapping[str, Any]) -> Progress:
    return Progress(
        _mapping(record, "standings", _standing),
        _mapping(record, "asked", _count),
        tuple(map(_answer, _member(record, "answers", list, "a list"))),
    )


def _mapping(record: Mapping[str, Any], name: str, read: Callable[[Any, str], T]) -> dict[str, T]:
    found = _member(record, name, dict, "an object")
    return {_name(key, name): read(value, f"{name}.{key[:40]}") for key, value in found.items()}


def _member(record: Mapping[str, Any], name: str, kind: type, words: str) -> Any:
    found = record.get(name)
    if not isinstance(found, kind):
        raise _expected(f"{words} called '{name}'", found)
    return found


def _standing(value: Any, where: str) -> Standing:
    if not isinstance(value, dict):
        raise _expected(f"a box and a time as {where}", value)
    box = _count(value.get("box"), f"{where}.box")
    if not 1 <= box <= BOXES:
        raise _expected(f"a box from 1 to {BOXES} as {where}.box", box)
    return Standing(box, _time(value.get("due"), f"{where}.due"))


def _answer(value: Any) -> Answered:
    if not isinstance(value, dict):
        raise _expected("an object for every one of the answers", value)
    result = value.get("result")
    if result not in RESULTS:
        raise _expected(f"{', '.join(RESULTS)} for the result of an answer", result)
    slips = value.get("slips", [])
    if not isinstance(slips, list):
        raise _expected("a list of the slips of an answer", slips)
    return Answered(
        _name(value.get("item"), "answers.item"),
        _time(value.get("time"), "answers.time"),
        result,
        _count(value.get("hints", 0), "answers.hints"),
        tuple(_name(slip, "answers.slips") for slip in slips),
    )


def _name(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.isprintable() or not 0 < len(value) <= LONGEST_NAME:
        raise _expected(f"a name in {where}", value)
    return value


def _count(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise _expected(f"a whole number as {where}", value)
    return value


def _time(value: Any, where: str) -> float:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or abs(value) > 1e12:
        raise _expected(f"a time in seconds as {where}", value)
    return float(value)


def _expected(wanted: str, found: Any) -> ProgressError:
    shown = json.dumps(found) if found is not None else "nothing"
    return ProgressError(f"this progress is damaged: expected {wanted}, not {shown[:60]}")
