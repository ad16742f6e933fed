"""What answers earn: full points where they are right, or follow from an earlier wrong answer.

A student is told to build part (b) on part (a). One who goes wrong in (a) and right from there on
has earned (b): its answer is worked out again from the student's own numbers (`solver.follow`,
which also says where that would be too easy, as after an answer of 0).

Of a part that asks for several quantities, each earns its share. Of options to be ticked, every
right tick earns its share and every wrong one takes it back. What is said of a statement earns half
of its part: whether the reason is right is for a person to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from string import ascii_lowercase
from typing import Literal, ParamSpec, TypeVar

import numpy as np

from gen.errors import InputError
from gen.grading import expressions, reading
from gen.grading.reading import Numbers
from gen.points import shares
from gen.problem import Answer, Ask, Item, Part, PartSolution
from solver import diagnosis
from solver.claims import Claim
from solver.diagnosis import Judgement
from templates.slips import TOO

Verdict = Literal["right", "follows", "slip", "partly", "wrong", "missing"]

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Grade:
    """What the answer to one part earned of its `worth`, and why.

    `slips` explain a wrong answer. `given` are the earlier parts, counted from 0, whose wrong
    answers a right one follows from.
    """

    verdict: Verdict
    earned: Fraction
    worth: Fraction
    slips: tuple[str, ...] = ()
    given: tuple[int, ...] = ()


def mistakes(slips: Sequence[str]) -> tuple[str, ...]:
    """The slips of a grade as they are to be told, each by `gen.presentation.context.Context`.

    A rearrangement of a number that another slip led to is joined to that, with a +: on its own it
    would be said of the right number.
    """
    found: list[str] = []
    for slip in slips:
        if slip in TOO and found:
            found[-1] += f"+{slip}"
        else:
            found.append(slip)
    return tuple(found)


def grade(item: Item, answers: Mapping[int, str], points: int) -> tuple[Grade, ...]:
    """A grade for each part of an item; `answers` are the texts, by the position of the part.

    Raises InputError, with the letter of the part, for a text that cannot be read.
    """
    grading = _Grading(item, answers)
    worth = shares(points, item.problem.parts)
    return tuple(grading.grade(number, worth[number]) for number in range(len(worth)))


@dataclass(frozen=True, slots=True, eq=False)
class _Given:
    """One number or array of a student: the part it stands in, and what it answers."""

    part: int
    ask: Ask
    claim: Claim


class _Grading:
    def __init__(self, item: Item, answers: Mapping[int, str]) -> None:
        self.item, self.answers = item, answers
        self.parts = tuple(zip(item.problem.parts, item.solution.parts, strict=True))

    def grade(self, number: int, worth: Fraction) -> Grade:
        if number not in self.answers:
            return Grade("missing", Fraction(0), worth)
        part, solved = self.parts[number]
        if solved.options:
            return self._ticked(number, part, solved, worth)
        if solved.written is not None:
            return self._written(number, part, solved, worth)
        return self._numeric(number, worth)

    def _ticked(self, number: int, part: Part, solved: PartSolution, worth: Fraction) -> Grade:
        text, options = self.answers[number], solved.options
        if part.form == "true_false":
            if part.claims[0].true is _read(number, reading.verdict, text):
                return Grade("partly", worth / 2, worth)
            return Grade("wrong", Fraction(0), worth)
        ticked = _read(number, reading.ticks, text, solved)
        right = frozenset(place for place, option in enumerate(options) if option.right)
        hits, misses = len(ticked & right), len(ticked - right)
        share = max(Fraction(hits - misses, len(right)), Fraction(0))
        slips = tuple(
            options[place].slip for place in sorted(ticked - right) if options[place].slip
        )
        return Grade(_verdict(share, slips), share * worth, worth, slips)

    def _written(self, number: int, part: Part, solved: PartSolution, worth: Fraction) -> Grade:
        assert solved.written is not None
        if part.form == "symbolic":
            return self._expressions(number, worth)
        found = _read(number, reading.shapes, self.answers[number], part)
        given = reading.spelled(found)
        wanted = reading.spelled(solved.written.entries)
        right = [a == b for a, b in zip(given, wanted, strict=True)]
        share = Fraction(sum(right), len(right))
        wrong = (each for each in solved.written.wrong if reading.spelled(each.entries) == given)
        slips = tuple(each.slip for each in wrong)[:1]
        return Grade(_verdict(share, slips), share * worth, worth, slips)

    def _expressions(self, number: int, worth: Fraction) -> Grade:
        judged = _read(number, expressions.judge, self.item, number, self.answers[number])
        share = Fraction(sum(each.verdict == "right" for each in judged), len(judged))
        slips = tuple(each.slip for each in judged if each.slip)[:1]
        return Grade(_verdict(share, slips), share * worth, worth, slips)

    def _numeric(self, number: int, worth: Fraction) -> Grade:
        given = [each for each in self._given if each.part == number]
        right = [self._is_right(each) for each in given]
        judged = [self._judgements.get(id(each.claim)) for each in given]
        follows = [j is not None and j.verdict == "follows" for j in judged]
        share = Fraction(sum(map(max, right, follows)), len(given))
        if share == 1:
            followed = [j for j, r in zip(judged, right, strict=True) if j and not r]
            sources = self._sources(followed, number)
            return Grade("right" if all(right) else "follows", worth, worth, given=sources)
        slips = self._slips(number, given, judged)
        return Grade(_verdict(share, slips), share * worth, worth, slips)

    @cached_property
    def _given(self) -> tuple[_Given, ...]:
        """Everything numeric that the student wrote."""
        found: list[_Given] = []
        for number, (part, solved) in enumerate(self.parts):
            if solved.answer is None or solved.options or number not in self.answers:
                continue
            arrays = _read(number, reading.numbers, self.answers[number], part, solved)
            for ask, array in zip(part.asks, arrays, strict=True):
                found.append(_Given(number, ask, self._claim(ask, array)))
        return tuple(found)

    def _claim(self, ask: Ask, array: Numbers) -> Claim:
        value = reading.unsigned(self.item.problem, ask, array)
        entries = (ask.index,) if ask.index is not None else tuple(np.ndindex(value.shape))
        of: Literal["value", "gradient"] = "value" if ask.of == "value" else "gradient"
        none = (None,) * len(entries)
        return Claim(ask.node, of, ask.index, entries, value.ravel(), none, "")

    @cached_property
    def _judgements(self) -> Mapping[int, Judgement]:
        """What the solver says of every number, by the identity of its claim."""
        problem = self.item.problem
        if problem.graph is None or not problem.givens:
            return {}
        claims = [each.claim for each in self._given]
        places = problem.places
        found = diagnosis.judge(problem.graph, problem.givens, claims, places, problem.network)
        return {id(claim): each for claim, each in zip(claims, found, strict=True)}

    def _answer(self, given: _Given) -> tuple[Answer, int]:
        part, solved = self.parts[given.part]
        assert solved.answer is not None
        return solved.answer, part.asks.index(given.ask)

    def _is_right(self, given: _Given) -> bool:
        answer, place = self._answer(given)
        value = reading.unsigned(self.item.problem, given.ask, answer.values[place]).ravel()
        return bool(np.all(np.abs(given.claim.value - value) <= answer.tolerances[place]))

    def _sources(self, judged: Sequence[Judgement], number: int) -> tuple[int, ...]:
        """The parts before this one whose answers were followed."""
        parts = {id(each.claim): each.part for each in self._given}
        found = {parts[id(claim)] for each in judged for claim in each.given}
        return tuple(sorted(found - {number}))

    def _slips(
        self, number: int, given: Sequence[_Given], judged: Sequence[Judgement | None]
    ) -> tuple[str, ...]:
        """The item's own wrong answer that the numbers are; else what the solver finds."""
        answer, _ = self._answer(given[0])
        written = [each.claim.value for each in given]
        for wrong in answer.wrong:
            values = (
                reading.unsigned(
                    self.item.problem, each.ask, np.asarray(value, dtype=float)
                ).ravel()
                for each, value in zip(given, wrong.values, strict=True)
            )
            pairs = zip(written, values, answer.tolerances, strict=True)
            if all(np.all(np.abs(a - b) <= within) for a, b, within in pairs):
                return tuple(wrong.slip.split("+"))
        return next((j.slips for j in judged if j is not None and j.slips), ())


def _verdict(share: Fraction, slips: Sequence[str]) -> Verdict:
    if share == 1:
        return "right"
    return "slip" if slips else "partly" if share else "wrong"


def _read(number: int, reader: Callable[P, R], *given: P.args, **options: P.kwargs) -> R:
    """What the reader makes of an answer; its complaint says which part it is about."""
    try:
        return reader(*given, **options)
    except InputError as error:
        raise reading.AnswerError(f"({ascii_lowercase[number]}): {error}") from error
