"""The page of a softmax: probabilities, loss, gradient and Jacobian, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from solver.arithmetic import EXACT, Decimals
from solver.rounding import round_half_up
from solver.softmax import Softmax
from solver.steps import Step, entry
from templates.context import Context
from templates.document import Block, Display, Document, Heading, Inline, Math, Table, Text
from templates.explain import line, result, rounded
from templates.notation import Notation, Style, Symbol, Symbols
from templates.notation.scores import alike, scores
from templates.numerals import matrix
from templates.rendering import render

TEMPLATE = "solutions/softmax.md.j2"
LONGEST_SUM = 90
"""The length up to which a sum over the classes is written out, in characters of LaTeX."""
DECIMALS_OF_A_SUM = 12


def symbols_of(problem: Softmax, notation: Notation) -> Symbols:
    """The symbols of the worked lines: those that the notation has for outputs of a network."""
    symbols = Symbols(problem.graph, None, notation, {**styles(notation), "L": notation.loss})
    slopes = {
        step.node: _slope(symbols, step.node)
        for step in problem.steps
        if step.node.startswith("J_")
    }
    return replace(symbols, given={**symbols.given, **slopes})


def _slope(symbols: Symbols, node: str) -> str:
    """The symbol of an entry of the Jacobian, of the node J_i_k."""
    i, k = (int(part) - 1 for part in node.split("_")[1:])
    return rf"\dfrac{{\partial {symbols.value('p', (i,))}}}{{\partial {symbols.value('z', (k,))}}}"


def styles(notation: Notation) -> dict[str, Style]:
    """How scores, probabilities, targets and what is worked from them are written, by node."""
    found = scores(notation)
    taken = {style.letter for style in found.values()}
    powers = next(letter for letter in "aqcr" if letter not in taken)
    more = {"u": "u", "v": "v", "a": powers}
    return {**found, **{node: alike(found["z"], letter) for node, letter in more.items()}}


def page(problem: Softmax, notation: Notation) -> Document:
    """The worked softmax as a document in a notation."""
    symbols = symbols_of(problem, notation)
    title = "Softmax" if problem.targets is None else "Softmax and cross-entropy"
    values = _values(problem, symbols)
    blocks: list[Block] = [Heading(1, (Text(title),))]
    for section in (_opening, _loss, _gradient, _jacobian, _closing):
        blocks += section(problem, symbols, values)
    return Document(title, tuple(blocks))


def _values(problem: Softmax, symbols: Symbols) -> dict[str, Any]:
    """What the templates are given."""
    steps = {step.node: step for step in problem.steps}
    context = Context(symbols, problem.givens)
    values: dict[str, Any] = {name: _given(problem, name, symbols) for name in problem.givens}
    temperature = float(problem.temperature) if problem.tempered else 1.0
    return context.values(
        problem=problem,
        values=values,
        largest=values.get("m", ""),
        target=None if problem.label is None else problem.label + 1,
        from_sum="L" in steps and "S" in {str(use.args[0]) for use in steps["L"].uses},
        exponent="v" if problem.tempered else ("u" if problem.shifted else "z"),
        temperature=temperature,
        reason=problem.why_decimal,
        exact=problem.steps[0].places is None,
        vanished=any(
            np.any(np.asarray(step.value) == 0) for step in problem.steps if step.node == "a"
        ),
        running=lambda node, letter: str(symbols.value(node, None, letter)),
        words=symbols.notation.words,
        log=symbols.function("log"),
        transpose=symbols.notation.transpose,
        **_sums(steps, symbols),
    )


def _given(problem: Softmax, name: str, symbols: Symbols) -> str:
    """A given as the lines print it."""
    places = problem.steps[0].places
    arithmetic = EXACT if places is None else Decimals(places)
    value, exact = arithmetic.given(problem.givens[name])
    return rounded(value, exact, places, symbols)


def _sums(steps: Mapping[str, Step], symbols: Symbols) -> dict[str, str]:
    """The probabilities added up, and the entries of the gradient, as they are printed."""
    found = {"sum_p": _sum(steps["p"], symbols)}
    return {**found, "sum_gradient": _sum(steps["z"], symbols)} if "z" in steps else found


def _sum(step: Step, symbols: Symbols) -> str:
    if step.value.size == 1:
        return ""
    parts = [result(entry(step, (k,)), symbols) for k in range(step.value.size)]
    total = step.value.sum()
    if step.places is not None:
        # Printed decimals add up to a decimal, which binary arithmetic misses by a little.
        total = round_half_up(total, DECIMALS_OF_A_SUM)
    shown = rounded(np.asarray(total), np.asarray(np.all(step.exact)), step.places, symbols)
    text = _added(parts) + f" = {shown}"
    return text if len(text) <= LONGEST_SUM else ""


def _added(parts: list[str]) -> str:
    text = " + ".join(parts)
    return text.replace("+ -", "- ")


def _lines(problem: Softmax, symbols: Symbols, *nodes: str, kind: str = "forward") -> list[Block]:
    """The lines about these nodes as paragraphs."""
    chosen = [step for step in problem.steps if step.node in nodes and step.kind == kind]
    return [line(step, symbols) for step in chosen]


def _opening(problem: Softmax, symbols: Symbols, values: dict[str, Any]) -> Iterator[Block]:
    yield from render(TEMPLATE, "problem", **values)
    yield Heading(2, (Text("Probabilities"),))
    yield from render(TEMPLATE, "lead", **values)
    yield from _lines(problem, symbols, "u", "v", "a", "S", "p")


def _loss(problem: Softmax, symbols: Symbols, values: dict[str, Any]) -> Iterator[Block]:
    if problem.targets is not None:
        yield Heading(2, (Text(symbols.notation.words.loss.capitalize()),))
        yield from render(TEMPLATE, "loss", **values)
        yield from _lines(problem, symbols, "L")


def _gradient(problem: Softmax, symbols: Symbols, values: dict[str, Any]) -> Iterator[Block]:
    if problem.targets is not None:
        yield Heading(2, (Text(symbols.notation.words.gradient.capitalize()),))
        if symbols.notation.sign < 0:
            yield from render(TEMPLATE, "minus", **values)
        yield from _lines(problem, symbols, "v", "z", kind="backward")


def _jacobian(problem: Softmax, symbols: Symbols, values: dict[str, Any]) -> Iterator[Block]:
    if not problem.with_jacobian:
        return
    yield Heading(2, (Text("Jacobian"),))
    yield from render(TEMPLATE, "jacobian", **values)
    yield from _lines(problem, symbols, "J_1_1", "J_1_2")
    shown = {
        step.node: result(step, symbols) for step in problem.steps if step.node.startswith("J_")
    }
    entries = range(1, problem.count + 1)
    rows = [[shown[f"J_{min(i, k)}_{max(i, k)}"] for k in entries] for i in entries]
    p, z = symbols.value("p"), symbols.value("z")
    yield Display(rf"\dfrac{{\partial {p}}}{{\partial {z}}} = {matrix(rows)}")


def _closing(problem: Softmax, symbols: Symbols, values: dict[str, Any]) -> Iterator[Block]:
    yield Heading(2, (Text("All classes"),))
    yield _table(problem, symbols)
    yield from render(TEMPLATE, "check", **values)


def _table(problem: Softmax, symbols: Symbols) -> Table:
    """Every class with its score, its probability, its target and its part of the gradient."""
    steps = {(step.kind, step.node): step for step in problem.steps}
    columns: list[tuple[str, Step | None]] = [("z", None), ("p", steps["forward", "p"])]
    heads: list[tuple[Inline, ...]] = [
        _head("Score", symbols.value("z")),
        _head("Probability", symbols.value("p")),
    ]
    if problem.targets is not None:
        columns += [("t", None), ("z", steps["backward", "z"])]
        heads += [_head("Target", symbols.value("t")), (Math(str(symbols.gradient("z"))),)]
    header = [(Text("Class"),), *heads]
    rows = [
        ((Text(str(k + 1)),), *(_cell(problem, node, step, k, symbols) for node, step in columns))
        for k in range(problem.count)
    ]
    return Table(tuple(header), tuple(rows))


def _head(word: str, symbol: Symbol) -> tuple[Inline, ...]:
    return (Text(f"{word} "), Math(str(symbol)))


def _cell(
    problem: Softmax, node: str, step: Step | None, k: int, symbols: Symbols
) -> tuple[Inline, ...]:
    if step is not None:
        return (Math(result(entry(step, (k,)), symbols)),)
    places = problem.steps[0].places
    arithmetic = EXACT if places is None else Decimals(places)
    value, exact = arithmetic.given(problem.givens[node])
    return (Math(rounded(np.asarray(value[k]), exact[k], places, symbols)),)
