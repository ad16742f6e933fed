"""One question while it is answered: what was tried, which hints were given, how it ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from string import ascii_lowercase

from gen.errors import InputError
from gen.grading.grades import Grade, grade, mistakes
from gen.grading.reading import AnswerError, ticks
from gen.practice.hints import Hint, hints
from gen.practice.leitner import Result
from gen.presentation.context import Context
from gen.presentation.items import letter_of, lettered_verdict, verdicts
from gen.problem import Item
from templates.document import Block


@dataclass(frozen=True, slots=True)
class Judged:
    """What is to be said of an answer: whether it is `right`, and what explains a wrong one."""

    right: bool
    grade: Grade
    why: tuple[Block, ...] = ()


@dataclass
class Sitting:
    """An item that is being answered, part by part.

    `answers` are the last ones by part, `done` the parts that are right; `tries` and `hints_used`
    count wrong answers and hints, `slips` name what went wrong, and `mistakes` are those slips as
    they are told.
    """

    item: Item
    answers: dict[int, str] = field(default_factory=dict)
    done: set[int] = field(default_factory=set)
    tries: int = 0
    hints_used: int = 0
    slips: list[str] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    given_up: bool = False
    _shown: list[Hint] = field(default_factory=list)

    @cached_property
    def context(self) -> Context:
        """The words of the item's family."""
        return Context(self.item)

    @property
    def parts(self) -> int:
        """How many parts the item has."""
        return len(self.item.problem.parts)

    @property
    def finished(self) -> bool:
        """Whether every part is right."""
        return len(self.done) == self.parts

    @property
    def touched(self) -> bool:
        """Whether anything was answered or any help was asked for."""
        return bool(self.answers or self.hints_used or self.given_up)

    @property
    def result(self) -> Result:
        """What the answers come to, if nothing is added to them."""
        if self.given_up or not self.finished:
            return "wrong"
        return "helped" if self.tries or self.hints_used else "right"

    def following(self, number: int) -> int:
        """The next part that is not right yet, after that of a number; the same if it is the last.

        After the last part come the first ones again.
        """
        order = (*range(number + 1, self.parts), *range(number + 1))
        return next((each for each in order if each not in self.done), number)

    def answer(self, number: int, text: str) -> Judged:
        """Judge an answer to a part, given the latest answers to the others.

        Raises InputError, with one sentence, for a text that cannot be read; it does not count.
        """
        self._read_letters(number, text)
        answers = {**self.answers, number: text}
        try:
            found = grade(self.item, answers, self.parts)[number]
        except InputError as error:
            mark = f"({ascii_lowercase[number]}): "
            raise AnswerError(str(error).removeprefix(mark)) from error
        self.answers = answers
        if self._is_right(number, found):
            self.done.add(number)
            return Judged(True, found)
        self.tries += 1
        self.slips += found.slips
        self.mistakes += mistakes(found.slips)
        if self.item.problem.parts[number].form == "true_false":
            # With two answers there is nothing left to try.
            self.done.add(number)
            self.given_up = True
        why = self._why(number, text)
        self._shown.append(why)
        return Judged(False, found, why)

    def _read_letters(self, number: int, text: str) -> None:
        part, solved = self.item.problem.parts[number], self.item.solution.parts[number]
        if part.form == "choice" and len(ticks(text, solved)) != 1:
            raise AnswerError("expected the letter of one option, as one alone is right")

    def _is_right(self, number: int, found: Grade) -> bool:
        # The reason that goes with true or false is for a person to judge, so half is all.
        judged_alone = self.item.problem.parts[number].form == "true_false"
        wanted = ("right", "follows", "partly") if judged_alone else ("right", "follows")
        return found.verdict in wanted

    def _why(self, number: int, text: str) -> tuple[Block, ...]:
        """What is to be said of the first statement or expression that was ticked and is wrong."""
        part, solved = self.item.problem.parts[number], self.item.solution.parts[number]
        if part.form == "true_false":
            return tuple(lettered_verdict(self.item, number, self.context))
        if not (part.claims or part.candidates):
            return ()
        wrong = [place for place in sorted(ticks(text, solved)) if not solved.options[place].right]
        return verdicts(solved, self.context)[wrong[0]] if wrong else ()

    def hint(self, number: int) -> Hint | None:
        """The next hint to a part; None where there are no more."""
        left = [each for each in hints(self.item, number) if each not in self._shown]
        if not left:
            return None
        self.hints_used += 1
        self._shown.append(left[0])
        return left[0]

    def mark(self, number: int) -> str:
        """(a), (b), ... for the parts of an item that has several."""
        return letter_of(self.item, number)
