r"""Judging answers in symbols: `y(1 - y) beta_1 z_1 (1 - z_1) x_2`.

What may be typed is described where it is read: symbols in `templates.spelling`, expressions in
`solver.parsing.answers`. Whatever equals the right answer is right (`solver.equivalence`): factors
in any order, sums multiplied out, sigma'(b) for y(1 - y), or an activation written out. What stands
before an equals sign is passed over. A wrong answer is compared with what the slips lead to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, cast

from gen.grading.reading import AnswerError, cut, parted
from gen.presentation.context import Context
from gen.problem import Ask, Item, WrongEntries
from solver import equivalence
from solver.graph import Graph
from solver.lines import negated
from solver.parsing.answers import answer
from solver.term import Term
from templates.notation import Symbol
from templates.spelling import lexicon, typed, unclear

Wrong = Callable[[Ask], Iterable[WrongEntries]]


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on one expression; `slip` is the mistake that leads to a wrong one, if known.

    `proved` says that SymPy has proved or refuted it, and not the numbers alone.
    """

    verdict: Literal["right", "slip", "wrong"]
    proved: bool = False
    slip: str = ""


def judge(item: Item, number: int, text: str) -> tuple[Judged, ...]:
    """The verdicts on the answer to a part, counted from 0: one for each expression asked for.

    Several are separated by semicolons. Raises InputError, with one sentence, for an answer that
    cannot be read, and for one that has no value where the right answer has.
    """
    solved = item.solution.parts[number]
    assert solved.written is not None
    entries = solved.written.entries
    texts = parted(text, len(entries))
    return tuple(
        _judged(item, number, place, cast(Term, entry), each)
        for place, (entry, each) in enumerate(zip(entries, texts, strict=True))
    )


def read(item: Item, text: str) -> Term:
    """The expression that a text says, in the symbols of the item.

    Raises InputError, with one sentence, for what cannot be read.
    """
    known = symbols(item)
    start = text.rfind("=") + 1
    # White in its place, so that complaints count the characters of the whole text.
    plain = " " * start + text[start:]
    shown = tuple(map(typed, known.values()))
    return answer(plain, lexicon(known), tuple(known), shown=shown, unclear=unclear(known))


def symbols(item: Item) -> dict[str, Symbol]:
    """The symbols that an answer may have, by node: all but what has no name and the loss."""
    graph = _graph(item)
    context = Context(item)
    hidden = {equation.target for equation in graph.equations if equation.hidden}
    unknown = {*hidden, *graph.constants, *((graph.output,) if _ends_in_loss(item) else ())}
    return {node: context.symbols.value(node) for node in graph.shapes if node not in unknown}


def _graph(item: Item) -> Graph:
    graph = item.problem.graph
    assert graph is not None
    return graph


def _ends_in_loss(item: Item) -> bool:
    return _graph(item).output == "loss"


def _judged(item: Item, number: int, place: int, right: Term, text: str) -> Judged:
    given, graph = read(item, text), _graph(item)
    found = equivalence.compare(given, right, graph)
    if found.outcome == "undecided":
        raise AnswerError(f"'{cut(text)}' has no value at most points where it is needed")
    if found.outcome == "equal":
        return Judged("right", found.proved)
    slip = _slip(item, number, place, given, right)
    return Judged("slip" if slip else "wrong", found.proved, slip)


def _slip(item: Item, number: int, place: int, given: Term, right: Term) -> str:
    """The mistake that leads to an expression, empty for none that is known."""
    graph = _graph(item)
    if equivalence.agree(given, negated(right), graph):
        return "sign_reversed"
    for wrong in wrong_entries(item, number):
        if equivalence.agree(given, cast(Term, wrong.entries[place]), graph):
            return wrong.slip
    return ""


def wrong_entries(item: Item, number: int) -> Iterable[WrongEntries]:
    """Every wrong answer that a family knows of, or those that the key has."""
    part, problem = item.problem.parts[number], item.problem
    every = problem.words.get("wrong")
    if every is None or len(part.asks) > 1:
        written = item.solution.parts[number].written
        return () if written is None else written.wrong
    (ask,) = part.asks
    return (
        WrongEntries(each.slip, tuple(problem.stated_entry(ask, e) for e in each.entries))
        for each in cast(Wrong, every)(ask)
    )
