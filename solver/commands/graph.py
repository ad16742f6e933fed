"""`python -m solver graph`: an expression or statements at a point, differentiated on the graph."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import replace
from math import prod
from pathlib import Path
from typing import Any

import numpy as np

from solver import expressions
from solver.commands import answers
from solver.commands.command import Report
from solver.commands.common import arithmetic, chosen_notation
from solver.commands.records import plain, step_records
from solver.errors import InputError
from solver.graph import Graph
from solver.parsing import grammar, values
from solver.solution import Solution, derivatives
from solver.tables import text_of
from templates.document import Document
from templates.notation import Notation

HELP = "differentiate an expression or statements on the computational graph"
EXAMPLES = """\
examples:
  python -m solver graph 'exp(x*z) + x*z/log(x) + sin(log(x))/(x*z)' x=2 z=3
  python -m solver graph 'q = x + y; f = q*z' x=-2 y=5 z=-4 --wrt x --answer x=4
  python -m solver graph 'sum((W@x)^2)' 'W=[[1,2],[3,4]]' 'x=[1,-1]'
  python -m solver graph --file statements.txt x=2 z=3 --mode forward --seed-direction x=1
"""
MODES = ("reverse", "forward", "finite")
MOST_NUMBERS = 100
"""The numbers in all inputs together, and in each node, up to which a solution is worth reading."""


def add(parser: ArgumentParser) -> None:
    """The expression, the values of its variables, and what is wanted."""
    parser.add_argument(
        "words",
        nargs="*",
        metavar="EXPRESSION NAME=VALUE",
        help="statements, with ; between and the output last; then a value for each variable",
    )
    parser.add_argument("--file", type=Path, help="read the statements from a file")
    parser.add_argument("--wrt", metavar="NAMES", help="differentiate by these alone (all)")
    parser.add_argument("--mode", choices=MODES, default="reverse", help="which way (reverse)")
    parser.add_argument(
        "--seed-direction",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="how fast an input moves in forward mode, such as x=1; repeatable",
    )
    parser.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="judge an answer of your own: x=4 is dy/dx, a=6 the value of the node a; repeatable",
    )


def run(given: Namespace) -> Report:
    """Solve, and judge the answers if there are any."""
    # Minus gradients are for losses; a partial derivative is what it says.
    notation = replace(chosen_notation(given), sign=1)
    solution = solve(given)
    if given.seed_direction and given.mode != "forward":
        raise InputError("--seed-direction is for --mode forward")
    if given.mode != "reverse":
        from solver.commands import modes

        way = modes.forward if given.mode == "forward" else modes.finite
        return way(given, solution, notation)
    return Report(
        lambda: _page(solution, notation, given),
        lambda: record(solution, notation, given),
        lambda: _page(solution, notation, given, drawn=False),
    )


def solve(given: Namespace) -> Solution:
    """The solution of what the command line says."""
    text, assignments = _words(given)
    point = dict(_point(assignments, given.arithmetic == "exact"))
    found = grammar.statements(text, tuple(point))
    graph = expressions.graph(found, {name: np.shape(value) for name, value in point.items()})
    _check_used(point, graph)
    _check_size(graph)
    givens = {**point, **_constants(graph, point)}
    names = None if given.wrt is None else [name.strip() for name in given.wrt.split(",")]
    wanted = derivatives(graph, names)
    return Solution(graph, givens, wanted, arithmetic(given))


def _words(given: Namespace) -> tuple[str, list[str]]:
    """The statements as one text, and the assignments."""
    words = [word.strip() for word in given.words]
    if given.file is not None:
        return text_of(given.file), words
    if not words:
        raise InputError("there is no expression; give one, such as 'x*z + x' x=2 z=3")
    return words[0], words[1:]


def _point(assignments: list[str], exact: bool) -> Mapping[str, Any]:
    point: dict[str, Any] = {}
    for text in assignments:
        name, rest = values.assignment(text)
        if name in point:
            raise InputError(f"'{name}' is given twice")
        try:
            point[name] = values.value(rest, exact)
        except InputError as error:
            raise InputError(f"{name}: {error}") from None
    total = sum(np.size(value) for value in point.values())
    if total > MOST_NUMBERS:
        raise InputError(
            f"the inputs have {total} numbers; a solution with every step is made for"
            f" {MOST_NUMBERS} at most"
        )
    return point


def _check_used(point: Mapping[str, Any], graph: Graph) -> None:
    used = {variable.name for variable in graph.inputs}
    for name in point:
        if name not in used:
            raise InputError(f"'{name}' is given but does not occur in the expression")


def _check_size(graph: Graph) -> None:
    for name, shape in graph.shapes.items():
        if prod(shape) > MOST_NUMBERS:
            raise InputError(
                f"'{graph.shown_in(name)}' takes {prod(shape)} numbers; a solution with every step"
                f" is made for {MOST_NUMBERS} at most"
            )


def _constants(graph: Graph, point: Mapping[str, Any]) -> dict[str, Any]:
    return {name: np.array(value) for name, value in expressions.constants(graph, point).items()}


def _page(
    solution: Solution, notation: Notation, given: Namespace, *, drawn: bool = True
) -> Document:
    from templates.solutions import graph

    return graph.page(solution, notation, answers.blocks(solution, notation, given), drawn=drawn)


def record(solution: Solution, notation: Notation, given: Namespace) -> Mapping[str, object]:
    """What JSON has of a solution: the gradient is by input, nodes have value and gradient."""
    from templates.solutions.lines import symbols_of

    wanted = {str(leaf.args[0]) for leaf, _ in solution.wanted if leaf.op == "gradient"}
    values_, gradients = solution.values, solution.gradients
    nodes = {e.target: e for e in solution.graph.equations if not e.hidden}
    return {
        "value": plain(values_[solution.graph.output]),
        "gradient": {
            v.name: plain(gradients[v.name]) for v in solution.graph.inputs if v.name in wanted
        },
        "nodes": {
            name: {
                "value": plain(values_[name]),
                "gradient": plain(gradients.get(name, np.zeros(np.shape(values_[name])))),
            }
            for name in nodes
        },
        "steps": step_records(solution.steps, symbols_of(solution, notation)),
        **answers.record(solution, given),
    }
