"""Every family's items without a calculator keep the promises that papers and keys rest on.

As in `test_conformance.py`, a family is tested by being in its folder. The oracle is mpmath with
thirty digits: it reads exact numbers as they are printed, and shares no rule with the solver.
"""

from __future__ import annotations

import ast
import json
import operator
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from mpmath import gammainc, mp

from gen import exact_solving, reference, verification
from gen.cli import main
from gen.exact_numbers import is_plain
from gen.family import FamilyError, load_families
from gen.items import make
from gen.presentation.answers import option_text
from gen.presentation.context import Context
from gen.presentation.items import question, solution
from gen.problem import Answer, Item, Key, Option, Part, PartSolution
from gen.quiz import papers
from gen.quiz.record import record
from gen.quiz.settings import Settings
from gen.quiz.versions import build
from gen.vocabulary import Difficulty, Form
from solver import term as t
from solver.arithmetic import EXACT
from solver.exact import Exact, exact
from templates.document import Document, Figure
from templates.writers import text

ROOT = Path(__file__).parents[2]
Kind = tuple[str, Difficulty, Form]

SEEDS = 30
CHOICES = 120
PAGES = 6

KINDS: tuple[Kind, ...] = tuple(
    (name, difficulty, form)
    for name, loaded in load_families().items()
    for difficulty in loaded.family.difficulties
    for form in loaded.family.forms
)
NUMBERS = tuple(
    kind
    for kind, loaded in ((kind, load_families()[kind[0]]) for kind in KINDS)
    if loaded.solve is None and "numeric" in loaded.family.forms
)

kinds = pytest.mark.parametrize("kind", KINDS, ids="-".join)
with_numbers = pytest.mark.parametrize("kind", NUMBERS, ids="-".join)
offering = pytest.mark.parametrize("kind", [k for k in NUMBERS if k[2] == "choice"], ids="-".join)


def produce(kind: Kind, seed: int, full: bool = False) -> Item:
    name, difficulty, form = kind
    loaded = load_families()[name]
    key = Key(name, loaded.family.version, seed)
    return make(loaded, key, difficulty, form, full=full, arithmetic="exact")


@cache
def items(kind: Kind) -> tuple[Item, ...]:
    return tuple(produce(kind, seed) for seed in range(SEEDS))


def parts(item: Item) -> Iterator[tuple[Part, PartSolution]]:
    yield from zip(item.problem.parts, item.solution.parts, strict=True)


def answers(kind: Kind) -> Iterator[tuple[Item, Part, Answer]]:
    for item in items(kind):
        for part, solved in parts(item):
            if solved.answer is not None:
                yield item, part, solved.answer


@pytest.fixture(autouse=True)
def thirty_digits() -> Iterator[None]:
    with mp.workdps(30):
        yield


def as_mp(number: Exact) -> object:
    """The value of an exact number's text, which is arithmetic as Python writes it but for ^."""
    return _value(ast.parse(str(number).replace("^", "**"), mode="eval").body)


OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
FUNCTIONS = {"ln": mp.log, "sqrt": mp.sqrt, "exp": mp.exp}


def _value(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value):
            return mp.mpf(str(value))
        case ast.Name("e"):
            return +mp.e
        case ast.UnaryOp(ast.USub(), inner):
            return -_value(inner)
        case ast.BinOp(left, sign, right):
            return OPERATORS[type(sign)](_value(left), _value(right))
        case ast.Call(ast.Name(name), [inner]):
            return FUNCTIONS[name](_value(inner))
        case _:
            raise AssertionError(ast.dump(node))


def oracle(item: Item) -> dict[str, np.ndarray]:
    """Every node's value with thirty digits, from textbook definitions."""
    problem = item.problem
    givens = {name: np.frompyfunc(as_mp, 1, 1)(value) for name, value in problem.givens.items()}
    assert problem.graph is not None
    return reference.evaluate(problem.graph, givens, mp)


@with_numbers
def test_values_are_those_of_thirty_digits(kind: Kind):
    for item, part, answer in answers(kind):
        values = oracle(item)
        for ask, shown, value in zip(part.asks, answer.shown, answer.values, strict=True):
            if ask.of == "value":
                whole = values[ask.node]
                right = np.asarray(whole if ask.index is None else whole[ask.index], dtype=object)
                for ours, theirs in zip(shown.ravel(), right.ravel(), strict=True):
                    assert abs(as_mp(ours) - theirs) < mp.mpf(10) ** -24 * (1 + abs(theirs))
            assert np.allclose(np.asarray(shown, dtype=float), value, rtol=1e-12, atol=1e-12)


@with_numbers
def test_every_number_that_is_asked_for_was_recomputed(kind: Kind):
    for item in items(kind):
        asked = sum(v.size for _, s in parts(item) if s.answer for v in s.answer.values)
        assert sum(v.numbers for v in item.verifications) >= asked
        assert all(v.deviation <= verification.ALLOWED_EXACT for v in item.verifications)


@kinds
def test_thorough_verification_agrees(kind: Kind):
    assert produce(kind, 0, full=True).fingerprint == items(kind)[0].fingerprint


@with_numbers
def test_verification_finds_an_answer_that_is_wrong_by_a_millionth(kind: Kind):
    for item in items(kind)[:PAGES]:
        for number, (_, solved) in enumerate(parts(item)):
            if solved.answer is None:
                continue
            moved = tuple(value + 1e-6 * (1 + np.abs(value)) for value in solved.answer.values)
            for spoiled in (
                replace(solved.answer, values=moved),
                replace(solved.answer, shown=moved),
            ):
                wrong = list(item.solution.parts)
                wrong[number] = replace(solved, answer=spoiled)
                with pytest.raises(verification.Mismatch):
                    verification.verify(item.problem, replace(item.solution, parts=tuple(wrong)))


@kinds
def test_half_of_the_draws_are_accepted_and_seeds_give_different_questions(kind: Kind):
    assert SEEDS / sum(item.attempts for item in items(kind)) >= 0.5
    assert len({item.fingerprint for item in items(kind)}) >= 0.9 * SEEDS


@with_numbers
def test_everything_printed_is_short_and_exact(kind: Kind):
    for item in items(kind):
        for step in item.solution.steps:
            assert all(map(is_plain, np.asarray(step.value).ravel())), (item.key, step.leaf)
    for item, part, answer in answers(kind):
        offered = [o for p, s in parts(item) if p is part for o in s.options]
        for values in (answer.shown, *(o.values for o in offered)):
            assert all(isinstance(x, Exact) and is_plain(x) for v in values for x in v.ravel())


@with_numbers
def test_every_line_follows_exactly_from_the_numbers_printed_in_it(kind: Kind):
    for item in items(kind)[:PAGES]:
        for step in item.solution.steps:
            again = exact(recomputed(step.substitution)).ravel()
            assert np.array_equal(again, np.ravel(step.value)), (item.key, step.leaf)


def recomputed(substitution: object) -> object:
    # Numbers of the formula itself, such as the 1/3 of a mean, are exact too.
    if isinstance(substitution, t.Term):
        return t.evaluate(substitution, {}, EXACT.number)
    entries = np.ravel(np.asarray(substitution, dtype=object))
    return [t.evaluate(entry, {}, EXACT.number) for entry in entries]


@with_numbers
def test_the_last_lines_of_the_worked_solution_are_the_answers_shown(kind: Kind):
    for item, part, answer in answers(kind):
        for ask, shown in zip(part.asks, answer.shown, strict=True):
            of_leaf = [step for step in item.solution.steps if step.leaf == ask.leaf]
            step = next((s for s in of_leaf if s.index == ask.index), of_leaf[-1])
            value = np.asarray(step.value)
            if ask.index is not None and step.index is None:
                value = np.asarray(value[ask.index])
            assert np.array_equal(value, shown)


@with_numbers
def test_a_decimal_is_right_near_the_answer_and_neither_at_zero_nor_at_a_wrong_one(kind: Kind):
    for item, part, answer in answers(kind):
        assert set(answer.tolerances) == {exact_solving.TOLERANCE}
        for value, tolerance in zip(answer.values, answer.tolerances, strict=True):
            assert np.all((np.abs(value) > 2 * tolerance) | (value == 0))
            assert part.zeros or np.any(value != 0)
        assert any(np.any(value != 0) for value in answer.values)
        for wrong in answer.wrong:
            assert differs(wrong.values, answer.values, exact_solving.TOLERANCE)
            assert Context(item).diagnosis(wrong.slip)


def differs(one: tuple[np.ndarray, ...], other: tuple[np.ndarray, ...], tolerance: float) -> bool:
    apart = [np.abs(a.astype(float) - b.astype(float)) for a, b in zip(one, other, strict=True)]
    return any(bool(np.any(each > tolerance)) for each in apart)


@offering
def test_options_differ_in_value_and_as_printed_and_one_of_them_is_right(kind: Kind):
    for item in items(kind):
        for _, solved in parts(item):
            offered = solved.options
            printed = {option_text(o, offered, Context(item)) for o in offered}
            assert len(printed) == len(offered)
            assert sum(option.right for option in offered) == 1
            for number, one in enumerate(offered):
                for other in offered[:number]:
                    assert differs(one.values, other.values, exact_solving.TOLERANCE)


@offering
def test_neither_letter_nor_rank_gives_the_right_option_away(kind: Kind):
    letters, ranks = many_places(kind)
    for places in (letters, ranks):
        counts = np.zeros(max(count for _, count in places))
        expected = np.zeros_like(counts)
        for place, count in places:
            counts[place] += 1
            expected[:count] += 1 / count
        statistic = float(np.sum((counts - expected) ** 2 / expected))
        assert gammainc((len(counts) - 1) / 2, statistic / 2, regularized=True) > 0.001, counts


def many_places(kind: Kind) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Where the right option stands and which rank it has, each with the number of options."""
    more = (produce(kind, seed) for seed in range(SEEDS, CHOICES))
    every = [s.options for item in (*items(kind), *more) for _, s in parts(item) if s.options]
    letters = [([o.right for o in offered].index(True), len(offered)) for offered in every]
    ordered = [sorted(offered, key=sizes) for offered in every]
    ranks = [([o.right for o in offered].index(True), len(offered)) for offered in ordered]
    return letters, ranks


def sizes(option: Option) -> list[float]:
    return [float(x) for value in option.values for x in value.ravel()]


@kinds
def test_pages_have_no_decimals_and_no_trace_of_the_program(kind: Kind):
    for item in items(kind)[:PAGES]:
        for blocks in (question(item), solution(item)):
            # What is read off a drawing is never exact.
            told = (block for block in blocks if not isinstance(block, Figure))
            page = text.write(Document("", tuple(told)))
            assert not re.search(r"\d\.\d", page), page
            assert not re.search(r"\b(None|nan|inf|Exact)\b|<<|>>", page), page
            judges = any(part.claims for part in item.problem.parts)
            assert judges or not re.search(r"\b(True|False)\b", page), page


def test_a_paper_forbids_the_calculator_and_its_key_says_what_is_right():
    quiz = build(Settings(seed=5, items=6, arithmetic="exact"))
    (version,) = quiz.versions
    paper, key = (
        text.write(make_document(version)) for make_document in (papers.paper, papers.key)
    )
    assert "No calculator." in paper
    assert "decimal places" not in paper + key
    assert "differs from it by no more than 0.0005" in " ".join(key.split())


def test_the_record_has_every_exact_answer_as_a_float_and_as_a_text():
    quiz = build(
        Settings(
            seed=2, items=3, families=("softmax_values",), difficulty="easy", arithmetic="exact"
        )
    )
    written = json.loads(record(quiz))
    assert written["settings"]["arithmetic"] == "exact"
    for item in written["versions"][0]["items"]:
        answer = item["parts"][0]["answer"]
        for floats, texts in zip(answer["shown"], answer["shown_exact"], strict=True):
            pairs = zip(np.ravel(floats), np.ravel(texts), strict=True)
            assert all(float(Exact(str(text))) == pytest.approx(value) for value, text in pairs)


def test_the_command_line_makes_and_shows_exact_items(
    capsys: pytest.CaptureFixture[str],
):
    assert main(["show", "cross_entropy", "--seed", "3", "--arithmetic", "exact"]) == 0
    assert "log" in capsys.readouterr().out
    assert main(["--seed", "3", "--items", "5", "--arithmetic", "exact", "--check"]) == 0
    assert main(["--seed", "3", "--arithmetic", "roman"]) == 2


def test_a_family_without_exact_items_says_so():
    loaded = replace(load_families()["softmax_values"], sample_exact=None)
    with pytest.raises(FamilyError, match="softmax_values has no exact items"):
        make(loaded, Key("softmax_values", 1, 0), "easy", "numeric", arithmetic="exact")


def test_another_process_with_another_hash_seed_writes_the_same_record(tmp_path: Path):
    command = [sys.executable, "-m", "gen", "--seed", "31", "--arithmetic", "exact", "--quiet"]
    records = []
    for hash_seed in ("1", "20031"):
        folder = tmp_path / hash_seed
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        done = subprocess.run([*command, "--out", str(folder)], env=environment, cwd=ROOT)
        assert done.returncode == 0
        records.append((folder / "quiz.json").read_bytes())
    assert records[0] == records[1]
