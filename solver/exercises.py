"""Exercises: a question that judges answers to it, for notebooks that students work in.

An exercise has the graph and the numbers of a question and says what each part asks for. Numbers
are judged by what the graph gives, as everywhere (`solver.diagnosis`): right within a tolerance,
right given an earlier answer, or wrong with the slip that leads there. Expressions are right where
they are equal to the right one (`solver.equivalence`). Of letters, shapes and verdicts there is
nothing to compute, so that the exercise knows the digest of the right answer alone.

`solver.exercise_text` writes an exercise as one line of text and reads it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from string import ascii_lowercase, ascii_uppercase
from typing import Any, Literal, assert_never

import numpy as np
from numpy.typing import NDArray

from solver import diagnosis, equivalence
from solver.claims import Claim, Index, Of
from solver.errors import InputError
from solver.graph import Graph
from solver.parsing import answers as symbolic
from solver.parsing import values
from solver.parsing.tokens import Lexicon
from solver.passes import backward, forward
from solver.shapes import show
from solver.term import Term

Array = NDArray[np.float64]
Verdict = Literal["right", "follows", "slip", "wrong", "missing", "unread"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A node's value or gradient, or an entry of it, as its course writes it.

    With `sign` -1 that is minus the gradient, and if `transposed`, its transpose.
    """

    node: str
    of: Of
    index: Index | None
    tolerance: float
    sign: int = 1
    transposed: bool = False

    def stated(self, array: Array) -> Array:
        """The graph's numbers as they are asked for, and the other way round."""
        return self.sign * (array.T if self.transposed else array)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A part that asks for numbers; `wrong` has what slips lead to, one array for each asked."""

    asked: tuple[Asked, ...]
    wrong: tuple[tuple[str, tuple[Array, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Expressions:
    """A part that asks for expressions over the graph's nodes.

    `names` are those that may be used, and `symbols` how they are typed, best as `shown`; `unclear`
    is what could be one of several, by its pattern.
    """

    right: tuple[Term, ...]
    wrong: tuple[tuple[str, tuple[Term, ...]], ...]
    symbols: Lexicon
    names: tuple[str, ...]
    shown: tuple[str, ...]
    unclear: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A part whose right answer is known by its digest: letters of options, a verdict, shapes.

    `count` is how many options there are, or how many shapes are asked for. `wrong` has slips by
    the digest of the answer that they lead to.
    """

    kind: Literal["letters", "truth", "shapes"]
    count: int
    salt: str
    right: str
    wrong: Mapping[str, str] = field(default_factory=dict)


Part = Numbers | Expressions | Sealed


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to be said of the answer to one part.

    `slip` explains a wrong one, if it is known. `given` are the earlier parts, counted from 0, that
    a right one follows from. `problem` says why an answer cannot be read.
    """

    verdict: Verdict
    slip: str = ""
    given: tuple[int, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Marks:
    """The marks of all parts, and the lines that say them; a notebook shows these."""

    marks: tuple[Mark, ...]
    lines: tuple[str, ...]

    def __repr__(self) -> str:
        return "\n".join(self.lines)

    def _repr_markdown_(self) -> str:
        return "\n\n".join(self.lines)


@dataclass(frozen=True, eq=False)
class Exercise:
    """A question with its parts; `given` are the numbers in it by name.

    `words` are the sentences for each verdict, and `told` those about slips, both as Markdown. A
    verdict on a sealed part may have words of its own, under "right truth" and so on.
    """

    parts: tuple[Part, ...]
    words: Mapping[str, str]
    told: Mapping[str, str] = field(default_factory=dict)
    graph: Graph | None = None
    given: Mapping[str, Array] = field(default_factory=dict)
    places: int = 4

    def check(self, *answers: Any) -> Marks:
        """The marks for the answers, one for each part in order; None stands for no answer.

        A number or an array is given as such, or as a text such as "ln 3"; letters, expressions and
        shapes are texts. Of a part that asks for several, the answers are a tuple.
        """
        if len(answers) != len(self.parts):
            raise InputError(f"give one answer for each of the parts, {len(self.parts)} in all")
        marks = _Judging(self, answers).marks()
        return Marks(marks, tuple(self._lines(marks)))

    def _lines(self, marks: Sequence[Mark]) -> Iterator[str]:
        for number, mark in enumerate(marks):
            letter = f"**({ascii_lowercase[number]})** " if len(marks) > 1 else ""
            earlier = " and ".join(f"({ascii_lowercase[part]})" for part in mark.given)
            said = self._words(self.parts[number], mark.verdict).replace("EARLIER", earlier)
            more = self.told.get(mark.slip, "") if mark.slip else mark.problem
            yield f"{letter}{said} {more}".strip()

    def _words(self, part: Part, verdict: Verdict) -> str:
        kind = part.kind if isinstance(part, Sealed) else ""
        return self.words.get(f"{verdict} {kind}", self.words[verdict])


def seal(salt: str, answer: str) -> str:
    """The digest of an answer in its one spelling."""
    return sha256(f"{salt} {answer}".encode()).hexdigest()[:32]


class _Judging:
    def __init__(self, exercise: Exercise, answers: Sequence[Any]) -> None:
        self.exercise, self.answers = exercise, answers
        self.claims: dict[int, list[Claim]] = {}

    def marks(self) -> tuple[Mark, ...]:
        read = [self._read(number) for number in range(len(self.answers))]
        numeric = self._numeric() if self.claims else {}
        return tuple(numeric.get(number) or mark for number, mark in enumerate(read))

    def _read(self, number: int) -> Mark:
        """The mark of a part that asks for no numbers; numbers are kept as claims."""
        part, answer = self.exercise.parts[number], self.answers[number]
        if _is_missing(answer):
            return Mark("missing")
        try:
            match part:
                case Numbers():
                    self.claims[number] = list(_claims(part, answer, self.exercise))
                    return Mark("wrong")
                case Expressions():
                    return self._compared(part, answer)
                case Sealed():
                    return _unsealed(part, answer)
                case _:
                    assert_never(part)
        except InputError as error:
            return Mark("unread", problem=f"{str(error)[:1].upper()}{str(error)[1:]}.")

    def _compared(self, part: Expressions, answer: Any) -> Mark:
        graph = self.exercise.graph
        assert graph is not None
        given = [_term(part, each) for each in _several(answer, len(part.right))]
        pairs = list(zip(given, part.right, strict=True))
        outcomes = {equivalence.compare(a, b, graph).outcome for a, b in pairs}
        if "undecided" in outcomes:
            raise InputError("the answer has no value at most points where it is needed")
        if outcomes == {"equal"}:
            return Mark("right")
        for slip, terms in part.wrong:
            if all(equivalence.agree(a, b, graph) for a, b in zip(given, terms, strict=True)):
                return Mark("slip", slip)
        return Mark("wrong")

    # A slip may divide by 0, and an answer may be as large as a float.
    @np.errstate(all="ignore")
    def _numeric(self) -> dict[int, Mark]:
        graph, given = self.exercise.graph, self.exercise.given
        assert graph is not None
        right = _right(graph, given)
        claims = [claim for each in self.claims.values() for claim in each]
        judged = diagnosis.judge(graph, given, claims, self.exercise.places)
        by_claim = {id(each.claim): each for each in judged}
        return {
            number: self._marked(number, [by_claim[id(claim)] for claim in found], right)
            for number, found in self.claims.items()
        }

    def _marked(
        self, number: int, judged: Sequence[diagnosis.Judgement], right: Mapping[str, Any]
    ) -> Mark:
        part = self.exercise.parts[number]
        assert isinstance(part, Numbers)
        near = [
            bool(np.all(np.abs(j.claim.value - j.claim.of_array(right[j.claim.of][j.claim.node]))
                        <= asked.tolerance))
            for j, asked in zip(judged, part.asked, strict=True)
        ]  # fmt: skip
        if all(near):
            return Mark("right")
        if all(ok or j.verdict == "follows" for ok, j in zip(near, judged, strict=True)):
            used = [c for ok, j in zip(near, judged, strict=True) if not ok for c in j.given]
            return Mark("follows", given=self._parts_of(used, number))
        slip = _known(part, [j.claim for j in judged]) or _found(judged)
        return Mark("slip" if slip in self.exercise.told else "wrong", slip)

    def _parts_of(self, used: Sequence[Claim], number: int) -> tuple[int, ...]:
        known = {id(claim): part for part, found in self.claims.items() for claim in found}
        return tuple(sorted({known[id(claim)] for claim in used} - {number}))


def _right(graph: Graph, given: Mapping[str, Array]) -> dict[str, Mapping[str, Any]]:
    found = forward(graph, given)
    gradients = backward(graph, found)
    for variable in graph.inputs:
        if not variable.fixed:
            gradients.setdefault(variable.name, np.zeros(variable.shape))
    return {"value": found, "gradient": gradients}


def _claims(part: Numbers, answer: Any, exercise: Exercise) -> Iterator[Claim]:
    assert exercise.graph is not None
    for asked, each in zip(part.asked, _several(answer, len(part.asked)), strict=True):
        whole = exercise.graph.shapes[asked.node] if asked.index is None else ()
        value = asked.stated(_array(each, whole[::-1] if asked.transposed else whole))
        entries = tuple(np.ndindex(whole)) if asked.index is None else (asked.index,)
        nothing = (None,) * len(entries)
        yield Claim(asked.node, asked.of, asked.index, entries, value.ravel(), nothing, "")


def _known(part: Numbers, claims: Sequence[Claim]) -> str:
    """The slip of the part's own wrong answers that the numbers are; empty for none."""
    for slip, arrays in part.wrong:
        pairs = zip(part.asked, claims, arrays, strict=True)
        if all(
            np.all(np.abs(claim.value - asked.stated(array).ravel()) <= asked.tolerance)
            for asked, claim, array in pairs
        ):
            return slip
    return ""


def _found(judged: Sequence[diagnosis.Judgement]) -> str:
    return next(("+".join(each.slips) for each in judged if each.slips), "")


def _unsealed(part: Sealed, answer: Any) -> Mark:
    match part.kind:
        case "letters":
            said = _letters(answer, part.count)
        case "truth":
            said = str(values.truth(str(answer)))
        case "shapes":
            said = "; ".join(_shape(each) for each in _several(answer, part.count))
        case _:
            assert_never(part.kind)
    digest = seal(part.salt, said)
    if digest == part.right:
        return Mark("right")
    slip = part.wrong.get(digest, "")
    return Mark("slip" if slip else "wrong", slip)


def _is_missing(answer: Any) -> bool:
    """Whether nothing was answered, or not everything."""
    if isinstance(answer, tuple | list):
        return not answer or any(map(_is_missing, answer))
    return answer is None or answer is ... or (isinstance(answer, str) and not answer.strip())


def _several(answer: Any, count: int) -> list[Any]:
    """The answers to a part; a text has semicolons between them."""
    if count == 1:
        return [answer]
    found = answer.split(";") if isinstance(answer, str) else answer
    if not isinstance(found, tuple | list) or len(found) != count:
        raise InputError(f"the part asks for {count} answers; give them as a tuple of {count}")
    return list(found)


def _array(answer: Any, shape: tuple[int, ...]) -> Array:
    try:
        found = values.value(answer) if isinstance(answer, str) else np.asarray(answer, float)
    except (TypeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError("the answer is no number and no array of numbers") from None
    if not np.all(np.isfinite(found)):
        raise InputError("the answer is not finite")
    if _long(found.shape) != _long(shape):
        wanted = f"an array of shape {show(shape)}" if _long(shape) else "one number"
        raise InputError(f"expected {wanted}, not {show(found.shape) or 'a number'}")
    return np.asarray(found, float).reshape(shape)


def _long(shape: tuple[int, ...]) -> tuple[int, ...]:
    """A shape without the axes of length 1: a vector may be a row or a column."""
    return tuple(size for size in shape if size != 1)


def _letters(answer: Any, count: int) -> str:
    texts = [answer] if isinstance(answer, str) else answer
    if not isinstance(texts, tuple | list | set):
        raise InputError('expected letters of options, such as "A"')
    named = {letter.upper() for text in texts for letter in re.findall(r"[^\s,;]+", str(text))}
    known = ascii_uppercase[:count]
    for letter in sorted(named):
        if len(letter) > 1 or letter not in known:
            raise InputError(
                f"there is no option {letter[:20]!r}; there are {known[0]} to {known[-1]}"
            )
    return ",".join(sorted(named))


def _shape(answer: Any) -> str:
    text = answer if isinstance(answer, str) else "x".join(map(str, np.atleast_1d(answer)))
    return spelled(values.shape(text))


def spelled(shape: Sequence[object]) -> str:
    """A shape as a text that is equal where shapes are."""
    return "x".join(values.spelled(shape))


def _term(part: Expressions, answer: Any) -> Term:
    if not isinstance(answer, str):
        raise InputError("expected an expression as a text, in quotation marks")
    start = answer.rfind("=") + 1
    # White in its place, so that complaints count the characters of the whole text.
    plain = " " * start + answer[start:]
    return symbolic.answer(plain, part.symbols, part.names, shown=part.shown, unclear=part.unclear)
