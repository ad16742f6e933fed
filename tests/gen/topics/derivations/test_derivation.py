"""Derivatives in symbols: by hand, by SymPy, and as one would write them."""

from __future__ import annotations

import pytest
import sympy

from gen import reference
from gen.topics.derivations.derivation import backward_lines, expression, tidied
from gen.topics.derivations.nets import Net, graph
from solver import term as t
from solver.equivalence import points
from solver.term import Term

QUIZ = Net((3, 2, 2, 1), ("sigmoid", "sigmoid", "sigmoid"))
"""The network of the lecture's second quiz, with fewer units."""
NETS = (
    QUIZ,
    Net((2, 2, 1), ("sigmoid", "sigmoid")),
    Net((2, 3, 1), ("tanh", "identity"), "half_squared_error"),
    Net((2, 2, 2, 1), ("tanh", "sigmoid", "tanh"), "squared_error", biases="none"),
    Net((3, 2, 1), ("sigmoid", "sigmoid"), "binary_cross_entropy"),
)


@pytest.mark.parametrize(
    ("net", "node", "said"),
    [
        (NETS[1], "w2_1_2", "o2_1 (1 - o2_1) o1_2"),
        (NETS[1], "b2_1", "o2_1 (1 - o2_1)"),
        (NETS[1], "w1_2_1", "o2_1 (1 - o2_1) w2_1_2 o1_2 (1 - o1_2) x1"),
        (NETS[2], "w1_3_2", "(s2_1 - y) w2_1_3 (1 - (o1_3 ** 2)) x2"),
        (NETS[4], "w1_1_3", "(o2_1 - y) w2_1_1 o1_1 (1 - o1_1) x3"),
    ],
)
def test_derivatives_by_hand(net: Net, node: str, said: str) -> None:
    assert " ".join(map(str, factors(expression(graph(net), node)))) == said


def factors(term: Term) -> list[Term]:
    if term.op != "multiply":
        return [term]
    return [*factors(term.args[0]), *factors(term.args[1])]


@pytest.mark.parametrize("net", NETS)
def test_derivatives_are_those_of_sympy(net: Net) -> None:
    found = graph(net)
    values = next(iter(points(found, "test")))
    inputs = [variable.name for variable in found.inputs]
    for node in (name for name in inputs if name[0] in "wb"):
        symbol = sympy.Symbol(node, real=True)
        given = {name: sympy.Float(float(values[t.name(name)]), 30) for name in inputs}
        output = reference.evaluate(found, {**given, node: symbol}, sympy)[found.output][()]
        slope = float(sympy.diff(output, symbol).subs(symbol, given[node]))
        ours = float(t.evaluate(expression(found, node), values))
        assert ours == pytest.approx(slope, rel=1e-12)


def test_paths_that_meet_are_added_in_order_with_common_factors_in_front() -> None:
    found = factors(expression(graph(QUIZ), "w1_1_2"))
    assert [str(factor) for factor in found[:2]] == ["o3_1", "(1 - o3_1)"]
    assert str(found[2].args[0]) == "(((w3_1_1 * o2_1) * (1 - o2_1)) * w2_1_1)"
    assert str(found[2].args[1]) == "(((w3_1_2 * o2_2) * (1 - o2_2)) * w2_2_1)"


def test_a_spoiled_line_spoils_what_follows() -> None:
    without = expression(graph(NETS[1]), "w1_2_1", {t.local("o2_1"): t.number(1.0)})
    assert " ".join(map(str, factors(without))) == "w2_1_2 o1_2 (1 - o1_2) x1"


def test_lines_lead_from_the_output_back() -> None:
    nodes = [line.node for line in backward_lines(graph(NETS[1]), "w1_2_1")]
    assert nodes == ["s2_1", "o1_2", "s1_2", "w1_2_1"]


@pytest.mark.parametrize(
    ("term", "said"),
    [
        (t.number(1.0) * t.name("a"), "a"),
        (t.name("a") * t.number(2.0) * t.number(3.0), "(6 * a)"),
        (t.name("a") * -t.name("b"), "-(a * b)"),
        (t.number(2.0) * t.name("a") + t.number(2.0) * t.name("b"), "(2 * (a + b))"),
        (t.name("c") * t.name("a") + t.name("c") * t.name("b"), "(c * (a + b))"),
        (t.name("a") ** t.number(1.0), "a"),
    ],
)
def test_terms_are_tidied(term: Term, said: str) -> None:
    assert str(tidied(term)) == said
