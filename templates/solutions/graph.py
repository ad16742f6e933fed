"""The page of a computation graph: its nodes, both passes line by line, and the gradient."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from solver import steps as worked
from solver import term as t
from solver.graph import Variable
from solver.solution import Solution
from solver.steps import Step
from templates import diagrams, sketches
from templates.boxes import DoesNotFit
from templates.context import Context
from templates.document import (
    Block,
    Display,
    Document,
    Figure,
    Heading,
    Inline,
    Math,
    Paragraph,
    Table,
    Text,
)
from templates.explain import line, result, rounded, subject
from templates.formula import latex
from templates.notation import Notation, Symbols
from templates.rendering import render
from templates.solutions.conventions import conventions
from templates.solutions.lines import posed, symbols_of
from templates.solutions.slopes import check

TEMPLATE = "solutions/graph.md.j2"
TITLE = "Derivatives on a computational graph"
LARGEST_FIGURE = 24
"""The number of nodes up to which a graph is drawn."""
LONGEST_EXPRESSION = 40
"""The number of operations up to which an expression is written out as a whole."""

Cell = tuple[Inline, ...]


def page(
    solution: Solution, notation: Notation, judged: Sequence[Block] = (), *, drawn: bool = True
) -> Document:
    """The worked solution as a document; `judged` is what is said of the student's own answers.

    Without `drawn`, the graph is drawn in characters.
    """
    symbols = symbols_of(solution, notation)
    blocks = [
        Heading(1, (Text(TITLE),)),
        *problem(solution, symbols),
        *judged,
        *_nodes(solution, symbols, drawn),
        *conventions(solution, symbols),
        *_decimals(solution),
        *_passes(solution, symbols),
        *_summary(solution, symbols),
        *check(solution, symbols, "output"),
    ]
    return Document(TITLE, tuple(blocks))


def free(solution: Solution) -> tuple[Variable, ...]:
    """The inputs that get a gradient."""
    return tuple(v for v in solution.graph.inputs if not v.fixed)


def problem(solution: Solution, symbols: Symbols) -> Iterator[Block]:
    """The function and the point, as a sentence and a display."""
    context = Context(symbols, posed(solution))
    names = [v.name for v in solution.graph.inputs if v.name not in ("pi", "e")]
    if _written_out(solution, solution.graph.output) <= LONGEST_EXPRESSION:
        expression = context.expanded(solution.graph.output)
    else:
        expression = context.formula(solution.graph.output)
    values = context.values(output=solution.graph.output, names=names, expression=expression)
    yield from render(TEMPLATE, "problem", **values)


def _written_out(solution: Solution, output: str) -> int:
    """How many operations the expression of a node has when nothing is shared."""
    sizes: dict[str, int] = {}
    for equation in solution.graph.equations:
        sizes[equation.target] = 1 + sum(sizes.get(name, 0) for name in equation.inputs)
    return sizes.get(output, 0)


def _nodes(solution: Solution, symbols: Symbols, drawn: bool) -> Iterator[Block]:
    lines = [each for each in worked.lines(solution.graph) if each.kind == "forward"]
    formulas = [f"{symbols.value(each.node)} = {latex(each.formula, symbols)}" for each in lines]
    yield Heading(2, (Text("The graph"),))
    yield Display(r",\quad ".join(formulas))
    if len(solution.graph.shapes) <= LARGEST_FIGURE:
        picture = _figure(solution, symbols, drawn)
        yield from () if picture is None else (picture,)


def _figure(solution: Solution, symbols: Symbols, drawn: bool) -> Figure | Table | None:
    if not drawn:
        return sketches.of_graph(solution.graph, symbols)
    notes = diagrams.notes(solution.graph, posed(solution), solution.steps, symbols)
    try:
        return diagrams.of_graph(solution.graph, symbols, notes)
    except DoesNotFit:
        # A label is wider than the page; the list of nodes above says the same.
        return None


def _decimals(solution: Solution) -> tuple[Block, ...]:
    reason = solution.why_decimal
    return render(TEMPLATE, "decimals", reason=reason) if reason else ()


def _passes(solution: Solution, symbols: Symbols) -> Iterator[Block]:
    steps = solution.steps
    yield Heading(2, (Text("Forward pass"),))
    yield _forward_table([step for step in steps if step.kind == "forward"], symbols)
    yield Heading(2, (Text("Backward pass"),))
    yield from render(TEMPLATE, "lead", **_shared(solution, symbols))
    yield from (line(step, symbols) for step in steps if step.kind != "forward")


def _shared(solution: Solution, symbols: Symbols) -> dict[str, object]:
    uses = {step.node: len(step.through) for step in solution.steps if step.kind == "backward"}
    shared = [name for name, count in uses.items() if count > 1]
    return Context(symbols, solution.givens).values(
        shared=shared, start=solution.sign, words=symbols.notation.words
    )


def _forward_table(steps: Sequence[Step], symbols: Symbols) -> Table:
    header = tuple((Text(word),) for word in ("Node", "Formula", "Numbers", "Value"))
    return Table(header, tuple(_forward_row(step, symbols) for step in steps))


def _forward_row(step: Step, symbols: Symbols) -> tuple[Cell, ...]:
    numbers, value = latex(step.substitution, symbols), result(step, symbols)
    texts = [str(subject(step, symbols)), latex(step.formula, symbols), numbers, value]
    return tuple((Math(text, large=True),) for text in texts)


def _summary(solution: Solution, symbols: Symbols) -> Iterator[Block]:
    yield Heading(2, (Text("All nodes"),))
    yield _summary_table(solution, symbols)
    last = [step for step in solution.steps if step.kind == "backward"]
    gradients = {step.node: result(step, symbols) for step in last}
    named = [v.name for v in free(solution) if v.name in gradients]
    parts = [f"{symbols.gradient(name)} = {gradients[name]}" for name in named]
    yield Paragraph((Text("The gradient:"),), leads=True)
    yield Display(r",\quad ".join(parts))


def _summary_table(solution: Solution, symbols: Symbols) -> Table:
    """Every node with the nodes that use it, its value, and its gradient."""
    kind = solution.line_arithmetic
    givens = {name: kind.given(value) for name, value in solution.givens.items()}
    values = {name: rounded(*given, kind.places, symbols) for name, given in givens.items()}
    gradients = {solution.graph.output: "1" if solution.sign > 0 else "-1"}
    for step in solution.steps:
        if step.kind != "local":
            found = values if step.kind == "forward" else gradients
            found[step.node] = result(step, symbols)
    users = _users(solution)
    words = ("Node", "Used by", "Value", symbols.notation.words.gradient.capitalize())
    header = tuple((Text(word),) for word in words)
    rows = tuple(
        (
            (Math(str(symbols.value(name))),),
            _listed([str(symbols.value(user)) for user in users.get(name, ())]),
            (Math(values[name]),),
            (Math(gradients[name]),) if name in gradients else (),
        )
        for name in values
    )
    return Table(header, rows)


def _users(solution: Solution) -> dict[str, list[str]]:
    """By node the nodes whose lines mention it."""
    found: dict[str, list[str]] = {}
    for each in worked.lines(solution.graph):
        if each.kind == "forward":
            for use in dict.fromkeys(t.leaves(each.formula)):
                found.setdefault(str(use.args[0]), []).append(each.node)
    return found


def _listed(symbols: Sequence[str]) -> Cell:
    return (Math(r",\; ".join(symbols)),) if symbols else ()
