"""Every family that exists keeps the promises that papers and keys rest on.

A family is tested by being in its folder: nothing has to be added here. Each promise is tested for
every family, difficulty and form (a *kind* of item) over many seeds. Run as a program, this file
prints a digest of the items of each kind, which one test compares between two processes.
"""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pytest
from mpmath import gammainc

from gen import verification
from gen.family import load_families
from gen.items import make
from gen.presentation.answers import option_text
from gen.presentation.context import Context
from gen.presentation.items import question, solution
from gen.problem import Answer, Item, Key, Option, Part, PartSolution
from gen.quiz import papers
from gen.quiz.record import record
from gen.quiz.settings import Settings
from gen.quiz.versions import Quiz, QuizVersion
from gen.vocabulary import OFFERING, Difficulty, Form
from gen.work import work
from solver import term as t
from solver.rounding import round_half_up
from solver.steps import Step
from templates.document import Document, Paragraph
from templates.writers import pdf, text

ROOT = Path(__file__).parents[2]
Kind = tuple[str, Difficulty, Form]

SEEDS = 100
"""Items of each kind that are made."""
CHOICES = 200
"""Items of each kind over which the place and the rank of the right option are judged."""
PAGES = 8
"""Items of each kind that are rendered."""
FULL = 3
"""Items of each kind that are verified in full."""
COMPARED = 2
"""Items of each kind that are made in a second process."""

KINDS: tuple[Kind, ...] = tuple(
    (name, difficulty, form)
    for name, loaded in load_families().items()
    for difficulty in loaded.family.difficulties
    for form in loaded.family.forms
)
LEAKS = re.compile(r"\b(None|nan|inf|Undefined)\b|array\(|float64|<<|>>|<%|%>|\ufffd")
VERDICTS = re.compile(r"\b(True|False)\b")
"""Words that belong into items about statements, and into no others."""

kinds = pytest.mark.parametrize("kind", KINDS, ids="-".join)
offering = pytest.mark.parametrize("kind", [k for k in KINDS if k[2] in OFFERING], ids="-".join)


def produce(kind: Kind, seed: int, full: bool = False) -> Item:
    name, difficulty, form = kind
    loaded = load_families()[name]
    key = Key(name, loaded.family.version, seed)
    return make(loaded, key, difficulty, form, full=full)


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


def options(kind: Kind) -> Iterator[tuple[Item, tuple[Option, ...]]]:
    yield from ((item, s.options) for item in items(kind) for _, s in parts(item) if s.options)


def as_text(blocks: Iterator[object]) -> str:
    return text.write(Document("", tuple(blocks)))  # type: ignore[arg-type]


def digest(kind: Kind) -> str:
    """What is recorded and printed of the first items of a kind, in sixteen letters."""
    settings = Settings(seed=0, items=COMPARED)
    version = QuizVersion(settings, 1, tuple(produce(kind, seed) for seed in range(COMPARED)))
    state = blake2b(record(Quiz(settings, (), (version,))).encode(), digest_size=8)
    for make_document in (papers.paper, papers.key):
        document = make_document(version)
        state.update(text.write(document).encode() + pdf.write(document))
    return state.hexdigest()


@pytest.fixture(scope="module")
def elsewhere() -> dict[str, str]:
    """The digests as a process finds them that hashes otherwise and makes the kinds last first."""
    done = subprocess.run(
        [sys.executable, __file__],
        env={**os.environ, "PYTHONHASHSEED": "20031", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
        text=True,
    )
    return dict(line.split() for line in done.stdout.splitlines())


@kinds
def test_another_process_with_another_hash_seed_prints_the_same_bytes(
    kind: Kind, elsewhere: dict[str, str]
):
    assert elsewhere["-".join(kind)] == digest(kind)


@kinds
def test_every_number_that_is_asked_for_was_recomputed(kind: Kind):
    for item in items(kind):
        asked = sum(v.size for _, s in parts(item) if s.answer for v in s.answer.values)
        asked += sum(len(s.written.entries) for _, s in parts(item) if s.written)
        judged = sum(len(solved.options) for _, solved in parts(item) if not solved.answer)
        assert sum(v.numbers for v in item.verifications) >= max(asked, judged, 1)
        assert all(v.deviation <= verification.ALLOWED for v in item.verifications)


@kinds
def test_thorough_verification_agrees(kind: Kind):
    for seed in range(FULL):
        fast, full = items(kind)[seed], produce(kind, seed, full=True)
        assert full.fingerprint == fast.fingerprint
        assert sum(v.numbers for v in full.verifications) >= sum(
            v.numbers for v in fast.verifications
        )


@kinds
def test_verification_finds_an_answer_that_is_wrong_by_a_millionth(kind: Kind):
    check = load_families()[kind[0]].verify or verification.verify
    for item in items(kind)[:PAGES]:
        for number, (_, solved) in enumerate(parts(item)):
            wrong = list(item.solution.parts)
            wrong[number] = spoiled(solved)
            with pytest.raises(verification.Mismatch):
                check(item.problem, replace(item.solution, parts=tuple(wrong)), False)


def spoiled(solved: PartSolution) -> PartSolution:
    """The part with its first answer moved or, if it has none, its first option flipped."""
    if solved.written is not None:
        entry, *others = solved.written.entries
        other = entry * (1 + 1e-6) if isinstance(entry, t.Term) else (entry[0], 99)
        return replace(solved, written=replace(solved.written, entries=(other, *others)))
    if solved.answer is None:
        first = solved.options[0]
        return replace(solved, options=(replace(first, right=not first.right), *solved.options[1:]))
    first_value, *others = solved.answer.values
    moved = first_value + 1e-6 * np.maximum(1.0, np.abs(first_value))
    return replace(solved, answer=replace(solved.answer, values=(moved, *others)))


@kinds
def test_more_than_half_of_the_draws_are_accepted(
    kind: Kind, record_property: Callable[[str, object], None]
):
    rate = SEEDS / sum(item.attempts for item in items(kind))
    record_property("acceptance", ("-".join(kind), rate))
    assert rate >= 0.5


@kinds
def test_seeds_give_different_questions_and_different_questions_read_differently(kind: Kind):
    marks = {item.fingerprint for item in items(kind)}
    assert len(marks) >= 0.95 * SEEDS
    some = {item.fingerprint: item for item in items(kind)[: 4 * PAGES]}
    assert len({as_text(question(item)) for item in some.values()}) == len(some)


@pytest.mark.parametrize("family", load_families())
def test_every_difficulty_takes_a_tenth_more_work_than_the_one_below(family: str):
    loaded = load_families()[family].family
    for form in loaded.forms:
        kinds_of_form = [(family, difficulty, form) for difficulty in loaded.difficulties]
        means = [np.mean([work(item) for item in items(kind)]) for kind in kinds_of_form]
        assert all(b >= 1.1 * a for a, b in itertools.pairwise(means)), (form, means)


@kinds
def test_the_last_lines_of_the_worked_solution_are_the_answers_shown(kind: Kind):
    for item, part, answer in answers(kind):
        places = item.problem.places_of(part)
        for ask, shown in zip(part.asks, answer.shown, strict=True):
            line = last_line(item.solution.steps, ask.leaf, ask.index)
            assert np.array_equal(round_half_up(line, places), shown)
    for item in items(kind):
        asked = {ask.leaf for part in item.problem.parts for ask in part.asks}
        if item.solution.steps and asked:
            assert item.solution.steps[-1].leaf in asked


def last_line(steps: tuple[Step, ...], leaf: t.Term, index: tuple[int, ...] | None) -> np.ndarray:
    """The value that is printed last for a leaf, or for one entry of it."""
    of_leaf = [step for step in steps if step.leaf == leaf]
    step = next((step for step in of_leaf if step.index == index), of_leaf[-1])
    whole = np.asarray(step.value)
    return whole if index is None or step.index == index else np.asarray(whole[index])


@kinds
def test_every_line_follows_from_the_numbers_printed_in_it(kind: Kind):
    for item in items(kind)[: 4 * PAGES]:
        for step in item.solution.steps:
            again = round_half_up(recomputed(step.substitution), step.places)
            assert np.array_equal(np.ravel(again), np.ravel(step.value)), (item.key, step.leaf)


def recomputed(substitution: object) -> np.ndarray:
    if isinstance(substitution, t.Term):
        return np.asarray(t.evaluate(substitution, {}), dtype=float)
    terms = np.asarray(substitution, dtype=object)
    flat_values = [np.asarray(t.evaluate(entry, {}), dtype=float) for entry in terms.ravel()]
    return np.array(flat_values).reshape(terms.shape)


@kinds
def test_a_tolerance_takes_in_the_careful_answer_but_neither_zero_nor_a_wrong_one(kind: Kind):
    for _, part, answer in answers(kind):
        for value, shown, tolerance in zip(
            answer.values, answer.shown, answer.tolerances, strict=True
        ):
            assert np.all(np.abs(shown - value) <= tolerance)
            assert np.all((np.abs(value) > tolerance) | (value == 0))
            assert part.zeros or np.any(value != 0)
        assert any(np.any(value != 0) for value in answer.values)
        for wrong in answer.wrong:
            assert is_wrong(wrong.values, answer), wrong.slip


def is_wrong(values: tuple[np.ndarray, ...], answer: Answer) -> bool:
    """Whether some entry is further from the answer than the tolerance."""
    triples = zip(values, answer.values, answer.tolerances, strict=True)
    return any(bool(np.any(np.abs(w - v) > tolerance)) for w, v, tolerance in triples)


@kinds
def test_every_slip_has_its_sentence(kind: Kind):
    slips = {wrong.slip: item for item, _, answer in answers(kind) for wrong in answer.wrong}
    for item, offered in options(kind):
        slips |= {o.slip: item for o in offered if o.values and not o.right}
    for slip, item in slips.items():
        assert Context(item).diagnosis(slip), slip


@kinds
def test_options_differ_in_value_and_as_printed_and_the_right_number_of_them_is_right(kind: Kind):
    for item, offered in options(kind):
        context = Context(item)
        assert len({option_text(o, offered, context) for o in offered}) == len(offered)
        right = [option for option in offered if option.right]
        assert right
        assert len(right) == 1 or any(p.form == "choose_all" for p in item.problem.parts)
        for one, other in pairs(offered):
            if one.values:
                assert numbers(one.values) != numbers(other.values)


def numbers(values: tuple[np.ndarray, ...]) -> list[float]:
    """All entries in one row; the options of a choice have them rounded as they are printed."""
    return [float(entry) for value in values for entry in np.ravel(value)]


def pairs(offered: tuple[Option, ...]) -> Iterator[tuple[Option, Option]]:
    return ((a, b) for i, a in enumerate(offered) for b in offered[:i])


@kinds
def test_every_wrong_number_offered_is_wrong_by_more_than_the_tolerance(kind: Kind):
    for item in items(kind):
        for _, solved in parts(item):
            if solved.answer is not None:
                wrong = [option for option in solved.options if not option.right]
                assert all(is_wrong(option.values, solved.answer) for option in wrong)


@offering
def test_no_letter_is_right_more_often_than_another(kind: Kind):
    offered = many_options(kind)
    counts = np.zeros(max(map(len, offered)))
    expected = np.zeros_like(counts)
    for some in offered:
        right = np.array([option.right for option in some], dtype=float)
        counts[: len(some)] += right
        expected[: len(some)] += right.mean()
    assert chance(counts, expected) > 0.001, counts


@offering
def test_the_right_number_has_every_rank_equally_often(kind: Kind):
    offered = [some for some in many_options(kind) if some[0].values]
    if not offered:
        pytest.skip("the options are expressions, which have no order of size")
    counts = np.zeros(max(map(len, offered)))
    expected = np.zeros_like(counts)
    for some in offered:
        order = sorted(some, key=lambda option: numbers(option.values))
        counts[[option.right for option in order].index(True)] += 1
        expected[: len(some)] += 1 / len(some)
    assert chance(counts, expected) > 0.001, counts


@cache
def many_options(kind: Kind) -> tuple[tuple[Option, ...], ...]:
    more = (produce(kind, seed) for seed in range(SEEDS, CHOICES))
    return tuple(s.options for item in (*items(kind), *more) for _, s in parts(item) if s.options)


def chance(counts: np.ndarray, expected: np.ndarray) -> float:
    """How often chance alone deviates as far: Pearson's chi-square, with its incomplete gamma."""
    statistic = float(np.sum((counts - expected) ** 2 / expected))
    freedom = len(counts) - 1
    return float(gammainc(freedom / 2, statistic / 2, regularized=True))


@kinds
def test_templates_render_and_leave_no_trace_of_the_program(kind: Kind):
    for item in items(kind)[:PAGES]:
        for blocks in (question(item), solution(item)):
            found = as_text(blocks)
            assert found.strip()
            assert not LEAKS.search(found), found
            judges = any(part.claims for part in item.problem.parts)
            assert judges or not VERDICTS.search(found), found


@kinds
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_every_writer_takes_the_paper_and_the_key(kind: Kind, paper: str):
    settings = Settings(seed=0, items=PAGES // 2, paper=paper)  # type: ignore[arg-type]
    version = QuizVersion(settings, 1, items(kind)[: PAGES // 2])
    for make_document in (papers.paper, papers.key):
        document = make_document(version)
        assert pdf.write(document, paper=settings.paper).startswith(b"%PDF-")
        assert text.write(document)


@kinds
def test_the_paper_says_nothing_of_the_answer_that_the_key_says(kind: Kind):
    item = items(kind)[0]
    asked, worked = as_text(question(item)), as_text(solution(item))
    sentences = {block.content for block in solution(item) if isinstance(block, Paragraph)}
    shared = {b.content for b in question(item) if isinstance(b, Paragraph)}
    assert not sentences & shared
    assert asked not in worked


if __name__ == "__main__":
    for each in reversed(KINDS):
        try:
            print("-".join(each), digest(each))
        except Exception as fault:  # the test of this kind fails with the same fault
            print("-".join(each), type(fault).__name__)


def test_papers_of_all_families_are_the_same_from_several_processes(tmp_path: Path):
    def made(jobs: int) -> dict[str, bytes]:
        folder = tmp_path / str(jobs)
        line = f"--seed 9 --versions 2 --jobs {jobs} --quiet --out {folder}"
        command = [sys.executable, "-m", "gen", *line.split()]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        subprocess.run(command, check=True, env=environment)
        return {file.name: file.read_bytes() for file in folder.iterdir()}

    assert made(1) == made(2)
