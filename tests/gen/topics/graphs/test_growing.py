"""Graphs grow as planned, over arguments that suit each primitive."""

from __future__ import annotations

import math
from contextlib import suppress
from itertools import pairwise

import pytest

from gen.draw import Draw
from gen.family import Rejected
from gen.topics.graphs.growing import DOMAINS, Plan, draw_nodes

PLAN = Plan(inputs=2, binary=4, unary=3)
POINT = {"x": 2.0, "z": 1.5}
NAMES = "abcdghy"
UNARY = ("exp", "log", "sin", "cos", "sqrt", "tanh", "sigmoid", "power")
BINARY = ("multiply", "add", "subtract", "divide", "maximum")

MEANING = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "maximum": max,
    "power": lambda a: a**2,
    "sigmoid": lambda a: 1 / (1 + math.exp(-a)),
    **{name: getattr(math, name) for name in ("exp", "log", "sin", "cos", "sqrt", "tanh")},
}


def grown(count=150):
    found = []
    for seed in range(count):
        with suppress(Rejected):
            found.append(draw_nodes(Draw("growing", seed), POINT, PLAN, NAMES, UNARY, BINARY))
    assert len(found) > 0.6 * count
    return found


GROWN = grown()


def evaluated(nodes):
    values = dict(POINT)
    for node in nodes:
        values[node.name] = MEANING[node.op](*(values[name] for name in node.inputs))
    return values


def test_a_plan_with_more_nodes_of_two_arguments_has_more_forks():
    # (ab + a)^2: two nodes of two arguments over two inputs; a is used twice.
    assert Plan(inputs=2, binary=2, unary=1).forks == 1
    assert Plan(inputs=3, binary=2, unary=5).forks == 0


def test_graphs_have_the_nodes_and_forks_of_their_plan():
    for nodes in GROWN:
        uses = [name for node in nodes for name in node.inputs]
        assert sorted(len(node.inputs) for node in nodes) == [1, 1, 1, 2, 2, 2, 2]
        assert len(uses) - len(set(uses)) == PLAN.forks == 3


def test_every_value_but_the_output_is_used():
    for nodes in GROWN:
        uses = {name for node in nodes for name in node.inputs}
        assert uses == {*POINT, *(node.name for node in nodes[:-1])}
        assert nodes[-1].name == "y"


def test_nodes_come_after_their_arguments():
    for nodes in GROWN:
        known = set(POINT)
        for node in nodes:
            assert known.issuperset(node.inputs)
            known.add(node.name)


def test_values_are_tame_and_no_two_but_a_maximum_and_its_argument_are_alike():
    for nodes in GROWN:
        values = evaluated(nodes)
        chosen = {node.name for node in nodes if node.op == "maximum"}
        sizes = sorted(abs(value) for name, value in values.items() if name not in chosen)
        assert sizes[0] >= 0.15
        assert sizes[-1] <= 30
        assert all(b - a > 0.049 for a, b in pairwise(sizes))
        assert all(abs(size - 1) > 0.049 for size in sizes)


def test_exponents_logarithms_and_denominators_keep_to_their_ranges():
    for nodes in GROWN:
        values = evaluated(nodes)
        for node in nodes:
            argument = values[node.inputs[-1]]
            if node.op == "exp":
                assert abs(argument) <= 2
            if node.op in ("log", "sqrt"):
                assert 0.3 <= argument <= 8
            if node.op == "divide":
                assert abs(argument) >= 0.3


def test_no_node_simplifies_with_its_argument():
    sums, products = {"add", "subtract"}, {"multiply", "divide"}
    for nodes in GROWN:
        made = {node.name: node for node in nodes}
        for node in nodes:
            for inner in (made[name] for name in node.inputs if name in made):
                if {node.op, inner.op} <= sums or {node.op, inner.op} <= products:
                    assert not set(node.inputs) & set(inner.inputs)
                assert (node.op, inner.op) not in {("log", "exp"), ("sqrt", "power")}


def test_the_smaller_argument_of_a_maximum_has_another_path():
    seen = 0
    for nodes in GROWN:
        values = evaluated(nodes)
        for node in nodes:
            if node.op == "maximum":
                seen += 1
                smaller = min(node.inputs, key=values.__getitem__)
                assert sum(smaller in other.inputs for other in nodes) > 1
    assert seen


@pytest.mark.parametrize(
    ("op", "arguments", "suits"),
    [
        ("log", (-1.0,), False),
        ("log", (1.0,), False),
        ("log", (2.0,), True),
        ("divide", (1.0, 0.1), False),
        ("maximum", (2.0, 2.1), False),
        ("tanh", (4.0,), False),
        ("exp", (3.0,), False),
    ],
)
def test_primitives_are_not_given_arguments_that_do_not_suit(op, arguments, suits):
    assert DOMAINS[op](*arguments) is suits


def test_values_that_nothing_suits_are_rejected_with_the_reason():
    with pytest.raises(Rejected, match="no primitive suits the values"):
        draw_nodes(Draw("stuck"), {"x": -20.0}, Plan(1, 0, 1), ("y",), ("log",), ())
