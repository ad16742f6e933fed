"""Items as exercises that judge answers by themselves (`solver.exercises`), for notebooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

import numpy as np

from gen.grading import expressions
from gen.presentation.answers import letters
from gen.presentation.context import Context
from gen.presentation.items import parts_of, verdict
from gen.problem import Answer, Ask, Item, Option, Part, PartSolution, Problem
from solver import exercises
from solver.claims import Of
from solver.exercises import Asked, Exercise, Expressions, Numbers, Sealed, seal, spelled
from solver.lines import negated
from solver.shapes import Shape
from solver.term import Term
from templates.document import Document, Paragraph
from templates.rendering import render
from templates.spelling import lexicon, typed, unclear
from templates.writers import markdown

WORDS = "practice/notebook.md.j2"
VERDICTS = ("right", "follows", "slip", "wrong", "missing", "unread")


def exercise(item: Item, name: str) -> Exercise:
    """The exercise of an item; its `name` salts the digests of answers that nothing computes."""
    problem = item.problem
    parts = tuple(_part(item, number, name) for number in range(len(problem.parts)))
    context = Context(item)
    reasons = {key: text for n in range(len(parts)) for key, text in _reasons(item, n, context)}
    slips = dict.fromkeys(slip for slip in _slips(parts, problem) if slip not in reasons)
    told = reasons | {slip: _sentences(slip, context) for slip in slips}
    computed = problem.graph is not None and bool(problem.givens)
    return Exercise(
        parts,
        _words(),
        told,
        problem.graph,
        {k: np.asarray(v, dtype=float) for k, v in problem.givens.items()} if computed else {},
        problem.places,
    )


def _part(item: Item, number: int, name: str) -> exercises.Part:
    part, solved = tuple(parts_of(item))[number]
    salt = f"{name} {number}"
    if part.form == "true_false":
        true = part.claims[0].true
        wrong = {seal(salt, str(not true)): _reason_of(number, str(not true))}
        return Sealed("truth", 2, salt, seal(salt, str(true)), wrong)
    if solved.options:
        return _letters(solved.options, number, salt)
    if solved.written is not None and part.form == "symbolic":
        return _expressions(item, number, solved)
    if solved.written is not None:
        return _shapes(solved, salt)
    assert solved.answer is not None
    return _numbers(item.problem, part, solved.answer)


def _letters(options: Sequence[Option], number: int, salt: str) -> Sealed:
    """What is wrong with an option is told where it alone was chosen."""
    named = tuple(zip(letters(len(options)), options, strict=True))
    right = ",".join(letter for letter, option in named if option.right)
    wrong = {
        seal(salt, letter): option.slip or _reason_of(number, letter)
        for letter, option in named
        if not option.right
    }
    return Sealed("letters", len(options), salt, seal(salt, right), wrong)


def _reason_of(number: int, answer: str) -> str:
    """What the reason why an answer is wrong is called, beside the names of slips."""
    return f"part {number}, {answer}"


def _reasons(item: Item, number: int, context: Context) -> Iterator[tuple[str, str]]:
    """Why statements and expressions that are judged are wrong, by what that is called."""
    part, solved = tuple(parts_of(item))[number]
    truths = [str(option.says) for option in solved.options]
    named = truths if part.form == "true_false" else letters(len(solved.options))
    for answer, option in zip(named, solved.options, strict=True):
        judged = option.candidate or option.claim
        if option.right or option.slip or judged is None:
            continue
        letter = "" if part.form == "true_false" else answer
        told = verdict(option, letter, context)
        yield _reason_of(number, answer), " ".join(map(_marked, told))


def _shapes(solved: PartSolution, salt: str) -> Sealed:
    assert solved.written is not None
    entries = solved.written.entries
    wrong = {seal(salt, _listed(each.entries)): each.slip for each in solved.written.wrong}
    return Sealed("shapes", len(entries), salt, seal(salt, _listed(entries)), wrong)


def _listed(entries: Sequence[Any]) -> str:
    return "; ".join(spelled(cast(Shape, entry)) for entry in entries)


def _expressions(item: Item, number: int, solved: PartSolution) -> Expressions:
    assert solved.written is not None
    right = cast(tuple[Term, ...], solved.written.entries)
    symbols = expressions.symbols(item)
    wrong = [("sign_reversed", tuple(map(negated, right)))]
    for each in expressions.wrong_entries(item, number):
        wrong.append((each.slip, cast(tuple[Term, ...], each.entries)))
    shown = tuple(map(typed, symbols.values()))
    return Expressions(
        right, tuple(wrong), lexicon(symbols), tuple(symbols), shown, unclear(symbols)
    )


def _numbers(problem: Problem, part: Part, answer: Answer) -> Numbers:
    asked = tuple(
        _asked(problem, ask, tolerance)
        for ask, tolerance in zip(part.asks, answer.tolerances, strict=True)
    )
    wrong = tuple(
        (w.slip, tuple(np.asarray(v, dtype=float) for v in w.values)) for w in answer.wrong
    )
    return Numbers(asked, wrong)


def _asked(problem: Problem, ask: Ask, tolerance: float) -> Asked:
    of: Of = "gradient" if ask.of_gradient else "value"
    turned = ask.of_gradient and problem.layout == "numerator" and ask.index is None
    sign = problem.sign if ask.of_gradient else 1
    return Asked(ask.node, of, ask.index, float(tolerance), sign, turned)


def _slips(parts: Sequence[exercises.Part], problem: Problem) -> Iterator[str]:
    """Every slip that may be told: those of the parts, and those that the solver may find."""
    for part in parts:
        found = (
            part.wrong.values() if isinstance(part, Sealed) else (slip for slip, _ in part.wrong)
        )
        yield from found
    yield from problem.slips


def _sentences(slip: str, context: Context) -> str:
    return _marked(Paragraph(context.diagnosis(slip)))


def _words() -> dict[str, str]:
    found = {verdict: _word(verdict) for verdict in VERDICTS}
    return {**found, "right truth": _word("right_truth")}


def _word(block: str) -> str:
    return " ".join(_marked(each) for each in render(WORDS, block))


def _marked(block: Any) -> str:
    return markdown.write(Document("", (block,))).strip()
