"""Steps of gradient descent on the page of a network: every new value, and the losses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from solver import term as t
from solver.arithmetic import NotExact
from solver.solution import Solution
from solver.steps import Step, entry
from solver.updates import Update, descend, worked
from templates.context import Context
from templates.document import Block, Heading, Math, Table, Text
from templates.explain import explain
from templates.notation import Notation, Symbols
from templates.numerals import decimal
from templates.rendering import render
from templates.solutions.lines import symbols_of

TEMPLATE = "solutions/updates.md.j2"
MOST_WORKED = 3
"""The number of updates up to which every line of each is shown; from then on, of the first."""


def blocks(solution: Solution, notation: Notation, update: Update) -> tuple[Block, ...]:
    """The updates as blocks, under a heading each."""
    return tuple(_blocks(solution, symbols_of(solution, notation), update))


def _blocks(solution: Solution, symbols: Symbols, update: Update) -> Iterator[Block]:
    rounds, reason = _rounds(solution, update)
    shown = rounds[:-1] if update.steps <= MOST_WORKED else rounds[:1]
    for number, steps in enumerate(shown, start=1):
        yield Heading(2, (Text(f"Update {number}" if update.steps > 1 else "Update"),))
        if number == 1:
            yield from render(TEMPLATE, "rule", **_letters(solution, symbols, update))
            if reason:
                yield from render(TEMPLATE, "decimals", reason=reason)
        else:
            yield from _again(steps, symbols)
        yield from explain(tuple(_moved(solution, steps, update)), symbols)
    if len(shown) < update.steps:
        yield from render(TEMPLATE, "further", count=update.steps)
    elif not _asks_for_some(solution, update):
        yield from render(TEMPLATE, "reached")
        yield from explain(rounds[-1], symbols)
    yield from _losses(solution, symbols, update)


def _rounds(solution: Solution, update: Update) -> tuple[Sequence[Sequence[Step]], str]:
    """The lines of every update, and why they are in decimals where the page's own are exact."""
    graph, sign = solution.graph, solution.sign
    try:
        return worked(graph, solution.givens, update, solution.line_arithmetic, sign), ""
    except NotExact as reason:
        return worked(graph, solution.floats, update, solution.arithmetic.in_decimals, sign), str(
            reason
        )


def _asks_for_some(solution: Solution, update: Update) -> bool:
    """Whether only some new values are asked for; a further update needs them all."""
    wanted = {leaf for leaf, index in solution.wanted if index is None}
    parameters = [t.gradient(v.name) for v in solution.graph.inputs if not v.fixed]
    return update.steps == 1 and not wanted.issuperset(parameters)


def _moved(solution: Solution, steps: Sequence[Step], update: Update) -> Iterator[Step]:
    """The lines of the new values that are asked for."""
    for step in steps:
        if step.kind != "update":
            continue
        indices = [i for leaf, i in solution.wanted if leaf == t.gradient(step.node)]
        if None in indices or not _asks_for_some(solution, update):
            yield step
        else:
            yield from (entry(step, index) for index in indices if index is not None)


def _letters(solution: Solution, symbols: Symbols, update: Update) -> dict[str, object]:
    letters = symbols.notation.update
    return Context(symbols, solution.givens).values(
        rate=letters.rate,
        momentum=letters.momentum,
        velocity=letters.velocity,
        rate_value=decimal(float(update.learning_rate)),
        momentum_value=decimal(float(update.momentum)) if update.momentum else "",
    )


def _again(steps: Sequence[Step], symbols: Symbols) -> Iterator[Block]:
    yield from render(TEMPLATE, "again")
    yield from explain([step for step in steps if step.kind != "update"], symbols)


def _losses(solution: Solution, symbols: Symbols, update: Update) -> Iterator[Block]:
    descents = descend(solution.graph, solution.floats, update)
    losses = [*(each.loss for each in descents), descents[-1].new_loss]
    header = ((Text("Updates"),), (Math(str(symbols.value("loss"))),))
    rows = tuple(
        ((Text(str(number)),), (Math(decimal(loss, 8)),)) for number, loss in enumerate(losses)
    )
    yield from render(TEMPLATE, "losses", words=symbols.notation.words)
    yield Table(header, rows)
