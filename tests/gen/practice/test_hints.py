"""Hints are the worked solution in pieces, and an answer comes with the line that computes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from gen.family import find, names
from gen.items import make
from gen.practice.hints import Hint, hints
from gen.presentation.items import question, solution
from gen.problem import Item, Key
from templates.document import Document, Figure, Listing, Paragraph
from templates.writers import text

NUMBER = re.compile(r"[0-9]+\.[0-9]+")


@cache
def items_of(name: str) -> tuple[Item, ...]:
    loaded = find(name)
    family = loaded.family
    return tuple(
        make(loaded, Key(name, family.version, 3, 1), difficulty, form)
        for form in family.forms
        for difficulty in family.difficulties
    )


def item_of(name: str, form: str, seed: int = 3) -> Item:
    loaded = find(name)
    return make(loaded, Key(name, loaded.family.version, seed, 1), "medium", form)  # type: ignore[arg-type]


def told(hint: Hint) -> str:
    return text.write(Document("", hint))


def long_answers(item: Item, number: int) -> set[str]:
    """The printed answers to a part that are too long to come up by accident."""
    answer = item.solution.parts[number].answer
    shown = [] if answer is None else [x for value in answer.shown for x in np.ravel(value)]
    found = (f"{abs(float(x)):.{item.problem.places}f}" for x in shown)
    return {each for each in found if each[-1] != "0"}


def numbers_in(document: str) -> set[str]:
    return set(NUMBER.findall(document))


families = pytest.mark.parametrize("name", names())


@families
def test_every_part_of_every_family_has_a_hint_and_none_is_empty(name: str):
    for item in items_of(name):
        every = [hints(item), *(hints(item, n) for n in range(len(item.problem.parts)))]
        assert all(every)
        assert all(told(hint).strip() for found in every for hint in found)


@families
def test_what_matters_is_said_without_the_answer(name: str):
    for item in items_of(name):
        asked = numbers_in(text.write(Document("", tuple(question(item)))))
        first = numbers_in(told(hints(item)[0]))
        for number in range(len(item.problem.parts)):
            assert not (long_answers(item, number) - asked) & first


@families
def test_the_answer_to_a_part_is_among_its_hints_or_those_before_it(name: str):
    for item in items_of(name):
        seen = numbers_in(text.write(Document("", tuple(question(item)))))
        for number, part in enumerate(item.problem.parts):
            seen |= numbers_in(" ".join(map(told, hints(item, number))))
            # Options and roundings at the end are printed with other places.
            if part.form == "numeric" and part.places is None and item.solution.steps:
                assert long_answers(item, number) <= seen


@families
def test_hints_say_nothing_that_the_worked_solution_does_not_say(name: str):
    for item in items_of(name):
        said = list(blocks_of(item))
        for hint in hints(item):
            assert all(block in said or isinstance(block, Figure) for block in hint)


def blocks_of(item: Item) -> Iterator[object]:
    for block in solution(item):
        yield block
        if isinstance(block, Listing):
            yield from (inner for entry in block.entries for inner in entry)


@families
def test_the_solved_figure_comes_with_the_last_hints_to_all_parts_alone(name: str):
    for item in items_of(name):
        claims = sum(len(s.options) for s in item.solution.parts)
        drawn = [n for n, hint in enumerate(hints(item)) if any_figure(hint)]
        assert all(n >= len(hints(item)) - 1 - claims for n in drawn)
        for number in range(len(item.problem.parts)):
            assert not any(map(any_figure, hints(item, number)))


def any_figure(hint: Hint) -> bool:
    return any(isinstance(block, Figure) for block in hint)


def test_hints_to_a_part_have_the_lines_that_earlier_parts_do_not_need():
    item = item_of("binary_cross_entropy", "numeric")
    first, second, third = ([told(hint) for hint in hints(item, n)][1:] for n in range(3))
    assert first[-1].startswith("J = ")
    assert [line.split("=")[0].strip() for line in third] == ["σ′(a)", "∂J/∂a"]
    assert "_Backward pass._" in second[0]
    assert not set(first) & set(second) & set(third)


def test_a_part_whose_line_comes_late_has_not_the_answers_of_the_parts_behind_it():
    item = item_of("finite_difference", "numeric")
    lines = " ".join(map(told, hints(item, 0)))
    assert "D_ε = (" not in lines
    assert "∂J/∂θ₂ = " in lines


def test_of_judged_options_those_that_are_wrong_are_explained_first():
    item = item_of("delta_shape", "choice")
    found = [told(hint) for hint in hints(item, 0)][1:]
    assert ["Could be:" in hint for hint in found] == [False] * (len(found) - 1) + [True]


def test_paths_are_listed_one_after_another_and_their_number_is_not_told_before_it_is_asked():
    item = item_of("chain_rule_paths", "numeric")
    assert "paths lead" not in " ".join(map(told, hints(item, 0)))
    assert "paths lead" in " ".join(map(told, hints(item, 1)))


def test_a_colon_keeps_what_it_announces():
    item = item_of("chain_rule_paths", "numeric")
    for hint in hints(item):
        match hint:
            case (Paragraph() as paragraph,):
                assert not told((paragraph,)).rstrip().endswith(":")
