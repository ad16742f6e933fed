"""`python -m gen mark FAMILY --seed N --answer a=...`: what a student's answers earn, and why."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterator, Sequence
from string import ascii_lowercase
from typing import TYPE_CHECKING

from gen.options import add_count, add_item, parser, require_item
from gen.quiz.settings import POINTS
from solver.shell import BadInput

if TYPE_CHECKING:
    from gen.grading.grades import Grade
    from gen.presentation.context import Context
    from gen.problem import Item
    from templates.document import Inline

_ANSWER = re.compile(r"\s*([a-z])\s*=\s*(\S.*?)\s*", re.DOTALL)


def parse(arguments: Sequence[str], given: Namespace) -> Namespace:
    """The arguments added to `given`. Raises BadInput."""
    found = parser(
        "mark",
        "Mark a student's answers to one item, the item that show prints for the same options.",
        "A part that follows from an earlier wrong answer earns its points.\n"
        "example: python -m gen mark delta_recursion --seed 7 --answer 'a=[0.1, -0.2]'",
    )
    add_item(found)
    found.add_argument(
        "--answer",
        type=_answer,
        action="append",
        default=[],
        metavar="PART=TEXT",
        help="such as a=0.4375, a=[[1, 2], [3, 4]], a=y(1-y)z_1, b=3x4, c=B or d=true;"
        " may be repeated",
    )
    add_count(found, "points", None, "of the item (4, 6 or 8, by difficulty)")
    return require_item(found.parse_args(arguments, given))


def _answer(text: str) -> tuple[int, str]:
    match = _ANSWER.fullmatch(text)
    if match is None:
        raise ArgumentTypeError(f"expected the letter of a part and an answer, not {text[:40]!r}")
    return ascii_lowercase.index(match[1]), match[2]


def run(given: Namespace) -> int:
    """Print what each part earns. Raises InputError."""
    from gen.commands.show import item
    from gen.grading.grades import grade
    from gen.points import as_number
    from gen.presentation.context import Context
    from templates.document import Document, Paragraph
    from templates.writers import text

    asked = item(given)
    points = given.points or POINTS[asked.difficulty]
    grades = grade(asked, _answers(given, asked), points)
    context = Context(asked)
    lines = [
        Paragraph(tuple(_told(asked, number, each, context))) for number, each in enumerate(grades)
    ]
    print(text.write(Document("", tuple(lines))), end="")
    print(f"\n{as_number(sum(each.earned for each in grades))} of {points} points")
    return 0


def _answers(given: Namespace, asked: Item) -> dict[int, str]:
    """The answers by part. Raises BadInput for a part that there is not, or two answers to one."""
    count = len(asked.problem.parts)
    for number, _ in given.answer:
        letter = ascii_lowercase[number]
        if number >= count:
            parts = "part a alone" if count == 1 else f"parts a to {ascii_lowercase[count - 1]}"
            raise BadInput(f"there is no part {letter}; the item has {parts}")
        if [place for place, _ in given.answer].count(number) > 1:
            raise BadInput(f"there are two answers to part {letter}")
    return dict(given.answer)


def _told(asked: Item, number: int, grade: Grade, context: Context) -> Iterator[Inline]:
    """A part's letter and points, the verdict, what explains it, and the right answer."""
    from gen.grading.grades import mistakes
    from gen.points import as_number
    from gen.presentation.answers import answer_text
    from templates.document import Strong, Text

    letter = f"({ascii_lowercase[number]})"
    yield Strong((Text(f"{letter} {as_number(grade.earned)} of {as_number(grade.worth)}:"),))
    yield Text(f" {_VERDICTS[grade.verdict]}{_given(grade)}.")
    if grade.verdict in ("right", "follows") and not grade.given:
        return
    for slip in mistakes(grade.slips):
        yield Text(" ")
        yield from context.diagnosis(slip)
    part, solved = asked.problem.parts[number], asked.solution.parts[number]
    yield Text(" The right answer: ")
    yield from answer_text(part, solved, context)
    yield Text(".")


_VERDICTS = {
    "right": "right",
    "follows": "right",
    "slip": "not right",
    "partly": "partly right",
    "wrong": "not right",
    "missing": "no answer",
}


def _given(grade: Grade) -> str:
    from templates.context import in_words

    letters = [f"({ascii_lowercase[part]})" for part in grade.given]
    return f", given your answer to {in_words(letters)}" if letters else ""
