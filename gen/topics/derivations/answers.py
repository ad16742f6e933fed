"""Parts that ask for derivatives in symbols: answers, options, and the check of both."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from gen import reference
from gen.draw import Draw
from gen.problem import (
    Ask,
    Option,
    Part,
    PartSolution,
    Problem,
    Solution,
    Verification,
    Written,
    WrongEntries,
)
from gen.ranks import beside
from gen.topics.derivations.derivation import expression
from gen.topics.derivations.lengths import side
from gen.topics.derivations.nets import Net, graph
from gen.topics.derivations.slips import points, wrong_expressions
from gen.verification import ALLOWED, Mismatch, starting_at
from solver import term as t
from solver.graph import Graph
from solver.passes import directional
from solver.term import Term

MOST_DIAGNOSES = 5
"""The wrong answers that are worked out where none is offered."""
_TELLING = 1e-7
"""How far apart a right and a wrong option lie at some point, as a share."""


def solved(net: Net, part: Part, draw: Draw) -> PartSolution:
    """The solved form of a part that asks for one derivative.

    Raises Rejected where there are too few wrong options, shorter or longer, to choose from.
    """
    (ask,) = part.asks
    right = expression(graph(net), ask.node)
    found = wrong(net, ask, None if part.form == "choice" else MOST_DIAGNOSES)
    written = Written((right,), found)
    if part.form != "choice":
        return PartSolution(written=written)
    others = beside(
        [(side(net, right, each.entries[0]), each) for each in found], part.choices, draw
    )
    wrong_options = (Option(False, slip=each.slip, entries=each.entries) for each in others)
    options = [Option(True, entries=(right,)), *wrong_options]
    return PartSolution(options=draw.shuffle(options), written=written)


def wrong(net: Net, ask: Ask, most: int | None = None) -> tuple[WrongEntries, ...]:
    """What the slips make of a derivative, all of them or the first ones."""
    found = wrong_expressions(net, ask.node, most)
    return tuple(WrongEntries(name, (term,)) for name, term in found)


def check(net: Net, solution: Solution, full: bool) -> tuple[Verification, ...]:
    """Compare every expression, at some points, with derivatives that no backward rule has made.

    Those come from complex steps through the forward rules, whose values have to be those of the
    textbook definitions; in full from SymPy as well. Raises Mismatch where an answer is not the
    derivative, and where an option is marked wrongly.
    """
    problem, found = solution.problem, []
    oracles: list[tuple[str, Callable[..., float]]] = [("complex step", _complex_step)]
    if full:
        oracles.append(("SymPy", _symbolic))
    at = _points(net)
    for name, oracle in oracles:
        count, worst = 0, 0.0
        for part, made in zip(problem.parts, solution.parts, strict=True):
            (ask,) = part.asks
            actual = [problem.sign * oracle(net, nodes, ask) for nodes, _ in at]
            worst = max(worst, _check_part(problem, ask, made, actual, at))
            count += 1 + len(made.options)
        found.append(Verification(name, count, worst))
    return tuple(found)


Points = Sequence[tuple[Mapping[str, Any], Mapping[Term, Any]]]
"""The values of all nodes at each point, by their names and by the terms that stand for them."""


@lru_cache(maxsize=1024)
def _points(net: Net) -> Points:
    """Some points, at which the solver's output is that of the textbook definitions."""
    inputs = [variable.name for variable in graph(net).inputs]
    found = []
    for values in points(net):
        givens = {name: values[t.name(name)] for name in inputs}
        output = float(reference.evaluate(graph(net), givens, math)[graph(net).output][()])
        if abs(output - float(values[t.name(graph(net).output)])) > ALLOWED:
            raise Mismatch(f"the output is {output} by the textbook definitions")
        nodes = {str(leaf.args[0]): value for leaf, value in values.items()}
        found.append((nodes, values))
    return tuple(found)


def _check_part(
    problem: Problem, ask: Ask, made: PartSolution, actual: list[float], points: Points
) -> float:
    assert made.written is not None
    (entry,) = made.written.entries
    deviation = _apart(entry, actual, points)
    if not deviation <= ALLOWED:
        raise Mismatch(f"the derivative by {ask.node} is {entry} in the key, not {actual}")
    for option in made.options:
        apart = _apart(option.entries[0], actual, points)
        if option.right != (apart <= ALLOWED) or ALLOWED < apart < _TELLING:
            raise Mismatch(f"the option {option.entries[0]} is marked wrongly: {apart} from right")
    return deviation


def _apart(entry: Any, actual: list[float], points: Points) -> float:
    """The largest deviation from the right values, as a share of them."""
    assert isinstance(entry, Term)
    given = [float(t.evaluate(entry, values)) for _, values in points]
    return max(abs(a - b) / abs(b) for a, b in zip(given, actual, strict=True))


def _complex_step(net: Net, values: Mapping[str, Any], ask: Ask) -> float:
    behind, givens = _behind(net, values, ask)
    return directional(behind, givens, ask.node, np.array(1.0))


def _behind(net: Net, values: Mapping[str, Any], ask: Ask) -> tuple[Graph, dict[str, Any]]:
    """What a node leads to, as a graph of which it is an input, and the values of its inputs."""
    found = starting_at(graph(net), ask.node)
    return found, {variable.name: values[variable.name] for variable in found.inputs}


def _symbolic(net: Net, values: Mapping[str, Any], ask: Ask) -> float:
    import sympy

    varied = sympy.Symbol(ask.node, real=True)
    behind, givens = _behind(net, values, ask)
    numbers = {name: sympy.Float(float(value), 30) for name, value in givens.items()}
    output = reference.evaluate(behind, {**numbers, ask.node: varied}, sympy)
    slope = sympy.diff(output[behind.output][()], varied)
    return float(slope.subs(varied, numbers[ask.node]).evalf(20))
