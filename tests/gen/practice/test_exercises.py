"""Every kind of item becomes an exercise that judges as the marking of papers does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from gen.family import find, names
from gen.grading.grades import grade
from gen.practice.deck import make_deck
from gen.practice.exercises import exercise
from gen.presentation.answers import letters
from gen.problem import Entry, Item, Part, PartSolution
from gen.vocabulary import Arithmetic
from solver.exercise_text import read, write
from solver.exercises import Exercise


def items(family: str, count: int, arithmetic: Arithmetic = "decimal") -> Iterator[Item]:
    return make_deck([find(family)], 3, count, arithmetic=arithmetic).items


def packed(item: Item) -> Exercise:
    return read(write(exercise(item, "name")))


def parts(item: Item) -> list[tuple[Part, PartSolution]]:
    return list(zip(item.problem.parts, item.solution.parts, strict=True))


def right(part: Part, solved: PartSolution) -> Any:
    """What a student who knows everything writes; None for an expression."""
    if part.form == "true_false":
        return part.claims[0].true
    if solved.options:
        named = zip(letters(len(solved.options)), solved.options, strict=True)
        return ", ".join(letter for letter, option in named if option.right)
    if solved.written is not None:
        return None if part.form == "symbolic" else together(map(spelled, solved.written.entries))
    assert solved.answer is not None
    return together(np.asarray(value, dtype=float) for value in solved.answer.values)


def together(answers: Any) -> Any:
    found = tuple(answers)
    return found[0] if len(found) == 1 else found


def spelled(entry: Entry) -> str:
    return "x".join(f"({size})" if "+" in str(size) else str(size) for size in entry)  # type: ignore[union-attr]


def wrong(solved: PartSolution) -> Iterator[tuple[str, Any]]:
    """Each slip and what it leads to."""
    for letter, option in zip(letters(len(solved.options)), solved.options, strict=True):
        if option.slip:
            yield option.slip, letter
    if solved.answer is not None and not solved.options:
        for each in solved.answer.wrong:
            yield each.slip, together(np.asarray(value, dtype=float) for value in each.values)
    if solved.written is not None and not solved.options:
        for entries in solved.written.wrong:
            if all(isinstance(entry, tuple) for entry in entries.entries):
                yield entries.slip, together(map(spelled, entries.entries))


@pytest.mark.parametrize("family", names())
def test_right_answers_are_right_and_those_of_slips_are_told(family: str):
    for item in items(family, 3):
        found = packed(item)
        answers = [right(*each) for each in parts(item)]
        for answer, mark in zip(answers, found.check(*answers).marks, strict=True):
            assert mark.verdict == ("missing" if answer is None else "right")
        for number, (_, solved) in enumerate(parts(item)):
            for slip, answer in list(wrong(solved))[:2]:
                given = [answer if place == number else None for place in range(len(answers))]
                mark = found.check(*given).marks[number]
                assert (mark.verdict, mark.slip) == ("slip", slip)
                assert found.told[slip]


def test_exact_items_are_judged_by_their_decimals_and_by_exact_texts():
    (item,) = items("cross_entropy", 1, "exact")
    assert [
        mark.verdict for mark in packed(item).check(*(right(*p) for p in parts(item))).marks
    ] == ["right" for _ in item.problem.parts]


def test_what_follows_from_an_earlier_answer_is_right_as_on_paper():
    item = next(each for each in items("forward_pass", 6) if len(each.problem.parts) > 1)
    answers = [right(*each) for each in parts(item)]
    moved = np.asarray(answers[0]) * 1.25 if not isinstance(answers[0], tuple) else None
    assert moved is not None or len(answers[0]) > 1
    given = [
        tuple(np.asarray(a) * 1.25 for a in answers[0]) if moved is None else moved,
        *answers[1:],
    ]
    texts = {
        number: "; ".join(
            str(np.asarray(a).tolist()) for a in (each if isinstance(each, tuple) else (each,))
        )
        for number, each in enumerate(given)
    }
    on_paper = ["wrong" if g.verdict == "partly" else g.verdict for g in grade(item, texts, 6)]
    assert [mark.verdict for mark in packed(item).check(*given).marks] == on_paper


def test_an_expression_is_judged_in_the_symbols_of_the_item():
    item = next(items("symbolic_derivative", 1))
    mark = packed(item).check(*["0" for _ in item.problem.parts]).marks[0]
    assert mark.verdict in ("wrong", "slip")


def test_a_right_verdict_asks_for_the_reason():
    item = next(i for i in items("concept_check", 6) if i.problem.parts[0].form == "true_false")
    lines = packed(item).check(*(part.claims[0].true for part in item.problem.parts)).lines
    assert all(line.endswith("Compare your reason with the one in the solution.") for line in lines)


@pytest.mark.parametrize(("family", "begins"), [("delta_shape", "**A"), ("concept_check", "")])
def test_a_wrong_option_without_a_slip_is_told_why_it_is_wrong(family: str, begins: str):
    for item in items(family, 6):
        if item.form not in ("choice", "true_false"):
            continue
        answers = [right(*each) for each in parts(item)]
        answers[0] = not answers[0] if item.form == "true_false" else "A"
        mark = packed(item).check(*answers).marks[0]
        if mark.verdict != "right":
            assert mark.verdict == "slip"
            assert packed(item).told[mark.slip].startswith(begins)


def test_another_item_with_the_same_letter_has_another_digest():
    some = [i for i in items("delta_shape", 9) if i.form == "choice"]
    digests = [exercise(item, f"item {n}").parts[0].right for n, item in enumerate(some)]  # type: ignore[union-attr]
    assert len(set(digests)) == len(some)
