"""The page and `gen mark` agree on every answer, but for causes that only the solver knows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from gen.draw import Draw
from gen.errors import InputError
from gen.family import load_families
from gen.grading.expressions import symbols, wrong_entries
from gen.grading.grades import Grade, grade
from gen.practice.deck import make_deck
from gen.practice.keys import key_of
from gen.problem import Item
from solver import identities
from solver.causes import Causes
from solver.program_text import program_text
from templates.notation import load
from templates.spelling import typed
from tests.answers import answers, batches, following
from tests.judging import Judge

NOTATIONS = {
    "standard": (load(), 8, 4, 5_000),
    "minus": (load("waterloo-meila"), 4, 2, 2_500),
    "numerator": (replace(load("cmu-gormley"), layout="numerator"), 4, 2, 2_500),
}
"""Ways to state gradients; how many items are made of each family, in decimals and exact, and how
many answers are judged at least: more than 10,000 together."""
LETTERS = "abcdefghij"


@cache
def items(notation: str) -> tuple[Item, ...]:
    """Items of all families, difficulties and forms, in decimals and exact."""
    families, (told, *counts, _) = load_families().values(), NOTATIONS[notation]
    seed = list(NOTATIONS).index(notation) + 1
    return tuple(
        item
        for arithmetic, variants in zip(("decimal", "exact"), counts, strict=True)
        for item in make_deck(families, seed, variants, arithmetic=arithmetic, notation=told).items
    )


def expression_texts(item: Item) -> Any:
    """Texts of the right expression of a part and of wrong ones, in the symbols of the item."""

    @cache
    def texts(number: int) -> list[str]:
        written = item.solution.parts[number].written
        assert written is not None
        known = symbols(item)
        terms = [written.entries, *(each.entries for each in wrong_entries(item, number))]
        return ["; ".join(_typed(term, known) for term in entries) for entries in terms[:9]]

    return texts


def _typed(term: Any, known: Any) -> str:
    """An expression as it may be typed: by the solver's own writer, with the symbols put in."""
    from solver import term as t

    spelled = {node: f" {typed(symbol)} " for node, symbol in known.items()}

    def change(each: Any) -> Any:
        return t.name(spelled[each.args[0]]) if each.op == "name" else None

    return program_text(t.rewrite(term, change))


def by_python(item: Item, texts: list[str | None]) -> list[tuple[Any, ...]]:
    """Verdict, slips and earlier parts by part; a part that cannot be read counts as missing."""
    given = {number: text for number, text in enumerate(texts) if text is not None}
    complaints: dict[int, str] = {}
    while True:
        try:
            grades = grade(item, given, 8)
        except InputError as error:
            number = LETTERS.index(str(error)[1])
            complaints[number] = str(error)[5:]
            del given[number]
        else:
            return [_told(complaints.get(n), each) for n, each in enumerate(grades)]


def _told(complaint: str | None, grade: Grade) -> tuple[Any, ...]:
    if complaint is not None:
        return ("unreadable", complaint, ())
    return (grade.verdict, grade.slips, grade.given)


def by_javascript(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [
        (each["verdict"], each["message"] or tuple(each["slips"]), tuple(each["given"]))
        for each in found
    ]


@pytest.fixture
def without_causes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The solver looks for no cause that the item does not list, and for no proof by algebra."""
    monkeypatch.setattr(Causes, "explain", lambda *_: None)
    monkeypatch.setattr(identities, "identical", lambda *_: None)


@pytest.mark.usefixtures("without_causes")
@pytest.mark.parametrize("notation", list(NOTATIONS))
def test_verdicts_slips_and_complaints_are_the_same(judge: Judge, notation: str):
    jobs = []
    for item in items(notation):
        draw = Draw("agreement", notation, item.key.family, item.key.slot, item.form)
        count = 14 if any(part.form == "symbolic" for part in item.problem.parts) else 5
        key, texts = key_of(item), answers(item, draw, count, expression_texts(item))
        if "program" in key:
            texts += [following(item, draw.fork("following", n)) for n in range(5)]
        jobs.append((item, key, texts))
    apart, verdicts = [], Counter[str]()
    for batch in batches(jobs, 50):
        found = judge.grades([(key, texts) for _, key, texts in batch])
        for (item, _, every), grades in zip(batch, found, strict=True):
            for texts, page in zip(every, grades, strict=True):
                right, said = by_python(item, texts), by_javascript(page)
                verdicts.update(verdict for verdict, *_ in right)
                if right != said:
                    apart.append((str(item.key), texts, right, said))
    assert apart[:3] == []
    assert min(verdicts[v] for v in ("right", "follows", "slip", "partly", "wrong")) >= 100
    assert verdicts["unreadable"] > 200
    assert sum(verdicts.values()) - verdicts["missing"] > NOTATIONS[notation][-1]


def test_a_column_that_is_typed_as_it_is_printed_is_told_about_its_semicolons(judge: Judge):
    (item,) = make_deck([load_families()["delta_recursion"]], 7, 1).items
    texts: list[str | None] = ["0.1; [0.2; 0.3]", None]
    ((page,),) = judge.grades([(key_of(item), [texts])])
    assert by_python(item, texts) == by_javascript(page)
    assert "and commas inside brackets" in str(page)


def test_a_cause_that_only_the_solver_finds_is_the_one_thing_that_the_page_does_not_know(
    judge: Judge,
):
    jobs = []
    for item in items("standard")[::9]:
        draw = Draw("causes", item.key.family, item.key.slot, item.form)
        jobs.append((item, key_of(item), answers(item, draw, 2, expression_texts(item))))
    found = judge.grades([(key, texts) for _, key, texts in jobs])
    causes = 0
    for (item, _, every), grades in zip(jobs, found, strict=True):
        for texts, page in zip(every, grades, strict=True):
            for right, said in zip(by_python(item, texts), by_javascript(page), strict=True):
                if right != said:
                    assert (right[0], said[1:]) == ("slip", ((), ()))
                    assert said[0] in ("wrong", "partly")
                    causes += 1
    assert causes > 5
