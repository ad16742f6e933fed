"""Hints: the worked solution of an item in pieces, one after another.

First comes what matters, then every worked line with its reason, then what is to be said of each
statement or expression that is judged, those that are wrong before those that are right. Nothing
is written for a hint: the pieces are those of `gen.presentation.items.solution`, without what the
wrong answers mean, as that would give the right one away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gen.presentation.context import Context
from gen.presentation.figures import figure
from gen.presentation.items import (
    check,
    lead,
    lettered_verdict,
    told_lines,
    verdicts,
    worked,
)
from gen.problem import Item, Part
from solver.term import Term
from templates.document import Block, Paragraph, Text

Hint = tuple[Block, ...]


def hints(item: Item, number: int | None = None) -> tuple[Hint, ...]:
    """The hints to all parts of an item, or to the one of that number, counted from 0.

    The first says what matters, if there is such a sentence. The last line of a part has its
    answer. Hints to one part leave out the lines that an earlier part needs as well. Those to all
    parts end with the check and the solved figure, which shows all results.
    """
    context = Context(item)
    parts = item.problem.parts
    chosen = range(len(parts)) if number is None else (number,)
    found = (
        lead(context),
        *(piece for each in chosen for piece in _pieces(worked(parts[each], context))),
        *_lines(context, number),
        *(_last(context) if number is None else ()),
        *(piece for each in chosen for piece in _judged(item, each, context)),
    )
    return tuple(filter(None, found))


def _pieces(blocks: Iterable[Block]) -> Iterator[Hint]:
    """Each paragraph with what belongs to it: a list, or whatever follows its colon."""
    piece: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and piece and not _announces(piece[-1]):
            yield tuple(piece)
            piece = []
        piece.append(block)
    yield tuple(piece)


def _announces(block: Block) -> bool:
    match block:
        case Paragraph((*_, Text(text))):
            return text.rstrip().endswith(":")
        case _:
            return False


def _lines(context: Context, number: int | None) -> Iterator[Hint]:
    """The worked lines, of one part only those that no earlier part needs."""
    steps = context.item.solution.steps
    if number is None:
        yield from told_lines(context)
        return
    parts = context.problem.parts
    new = _leaves(context, parts[number : number + 1]) - _leaves(context, parts[:number])
    if new:
        told = zip(steps, told_lines(context), strict=True)
        yield from (blocks for step, blocks in told if step.leaf in new)


def _leaves(context: Context, parts: Sequence[Part]) -> frozenset[Term]:
    """What the lines that lead to the answers of these parts compute."""
    asks = [(ask.leaf, ask.index) for part in parts for ask in part.asks]
    return frozenset(step.leaf for step in context.problem.worked(asks)) if asks else frozenset()


def _last(context: Context) -> Iterator[Hint]:
    drawn = figure(context.item, context.symbols, solved=True)
    yield (*(() if drawn is None else (drawn,)), *check(context))


def _judged(item: Item, number: int, context: Context) -> Iterator[Hint]:
    part, solved = item.problem.parts[number], item.solution.parts[number]
    if part.form == "true_false":
        yield tuple(lettered_verdict(item, number, context))
    elif part.claims or part.candidates:
        told = zip(solved.options, verdicts(solved, context), strict=True)
        yield from (blocks for _, blocks in sorted(told, key=lambda each: each[0].right))
