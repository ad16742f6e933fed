"""The page of a network: what it computes, both passes line by line, gradients, updates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from solver.network import Network
from solver.solution import Solution
from solver.steps import Step
from templates import diagrams, sketches
from templates.boxes import DoesNotFit
from templates.context import Context
from templates.document import Block, Display, Document, Figure, Heading, Text
from templates.explain import explain, result, subject
from templates.notation import Notation, Symbols
from templates.rendering import render
from templates.solutions.conventions import conventions
from templates.solutions.lines import posed, steps_in, symbols_of
from templates.solutions.slopes import check

TEMPLATE = "solutions/network.md.j2"
TITLE = "Gradients in a network"
LARGEST_FIGURE = 6
"""The width up to which a network is drawn."""
KINDS = {"identity": "linear", "relu": "ReLU", "leaky_relu": "leaky ReLU", "elu": "ELU"}


def page(
    solution: Solution,
    notation: Notation,
    *,
    title: str = "",
    judged: Sequence[Block] = (),
    updates: Sequence[Block] = (),
    drawn: bool = True,
) -> Document:
    """The worked solution as a document.

    `judged` is what is said of the student's own answers, `updates` what is said of the steps of
    gradient descent. Without `drawn`, the network is drawn in characters.
    """
    network = _network(solution)
    symbols = symbols_of(solution, notation)
    steps = steps_in(solution, notation)
    blocks = [
        Heading(1, (Text(title or TITLE),)),
        *_problem(solution, network, symbols, drawn),
        *judged,
        *_passes(solution, symbols),
        *_gradients(solution, steps, symbols),
        *check(solution, symbols, notation.words.loss),
        *updates,
    ]
    return Document(title or TITLE, tuple(blocks))


def _network(solution: Solution) -> Network:
    if solution.network is None:
        raise TypeError("this page is for the solution of a network")
    return solution.network


def _problem(
    solution: Solution, network: Network, symbols: Symbols, drawn: bool
) -> Iterator[Block]:
    context = Context(symbols, posed(solution))
    kinds = {each.activation: _kind(each.activation) for each in network.architecture.layers}
    logarithm = "cross_entropy" in network.architecture.loss
    words = symbols.notation.words
    values = context.values(net=network.architecture, kinds=kinds, logarithm=logarithm, words=words)
    yield from render(TEMPLATE, "problem", **values)
    yield Display(r",\quad ".join(_formulas(network, context)))
    yield from render(TEMPLATE, "conventions", **values)
    yield from conventions(solution, symbols)
    yield from render(TEMPLATE, "givens", **values)
    yield Display(r",\quad ".join(context.given(v.name) for v in solution.graph.inputs))
    if network.architecture.examples == 1 and max(network.architecture.widths) <= LARGEST_FIGURE:
        picture = (
            _figure(solution, network, symbols) if drawn else sketches.of_network(network, symbols)
        )
        yield from () if picture is None else (picture,)


def _figure(solution: Solution, network: Network, symbols: Symbols) -> Figure | None:
    try:
        return diagrams.of_network(network, posed(solution), symbols)
    except DoesNotFit:
        # There are too many layers, or a weight has too many digits; the list above has them all.
        return None


def _kind(activation: str) -> str:
    return KINDS.get(activation, activation)


def _formulas(network: Network, context: Context) -> list[str]:
    """What every visible node is, in order."""
    visible = [e.target for e in network.graph.equations if not e.hidden]
    return [f"{context.symbol(name)} = {context.formula(name)}" for name in visible]


def _passes(solution: Solution, symbols: Symbols) -> Iterator[Block]:
    yield Heading(2, (Text("Worked solution"),))
    if solution.why_decimal:
        yield from render(TEMPLATE, "decimals", reason=solution.why_decimal)
    yield from explain(solution.steps, symbols)


def _gradients(solution: Solution, steps: Sequence[Step], symbols: Symbols) -> Iterator[Block]:
    wanted = dict(solution.wanted)
    found = [
        f"{subject(step, symbols)} = {result(step, symbols)}"
        for step in steps
        if step.kind == "backward" and step.leaf in wanted and not _is_node(solution, step.node)
    ]
    if len(found) > 1:
        yield from render(TEMPLATE, "gradients", words=symbols.notation.words)
        yield Display(r",\quad ".join(found))


def _is_node(solution: Solution, name: str) -> bool:
    return any(equation.target == name for equation in solution.graph.equations)
