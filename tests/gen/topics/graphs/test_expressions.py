"""Whole expressions: their graphs, gradients and forks, and a difference that checks a slope."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from gen.draw import Draw
from gen.family import Rejected
from gen.topics.graphs.expressions import (
    draw_exact_expression,
    draw_expression,
    draw_inner,
    forks,
    gradients,
    graph_of,
    move,
)
from gen.topics.graphs.growing import Node

# y = x z + x: x is used twice.
POINT = (("x", 2.0), ("z", 3.0))
NODES = (Node("a", "multiply", ("x", "z")), Node("y", "add", ("a", "x")))


def test_gradients_of_inputs_and_nodes_are_those_found_by_hand():
    assert gradients(POINT, NODES) == {"x": 4.0, "z": 2.0, "a": 1.0, "y": 1.0}


def test_forks_are_the_inputs_and_nodes_used_more_than_once():
    assert forks(("x", "z"), NODES) == ("x",)
    assert forks((), NODES) == ()


def test_a_sum_of_three_is_one_visible_node():
    graph = graph_of(("x", "z", "w"), (Node("y", "add", ("x", "z", "w")),))
    assert [equation.target for equation in graph.equations if not equation.hidden] == ["y"]
    assert len(graph.equations) == 2


def test_equal_structures_share_one_graph():
    assert graph_of(("x", "z"), NODES) is graph_of(("x", "z"), tuple(NODES))


def test_an_inner_gradient_of_one_is_not_worth_asking_for():
    with pytest.raises(Rejected, match="worth asking"):
        draw_inner(Draw("inner"), POINT, NODES)


@pytest.mark.parametrize(("difficulty", "least", "most"), [("easy", 3, 4), ("hard", 7, 9)])
def test_expressions_have_the_size_of_their_difficulty(difficulty, least, most):
    for seed in range(100):
        try:
            point, nodes = draw_expression(Draw("sizes", seed), difficulty)
        except Rejected:
            continue
        assert least <= len(nodes) <= most
        assert sum(value < 0 for _, value in point) <= 1
        assert len({abs(value) for _, value in point}) == len(point)


def test_a_move_gives_the_outputs_on_both_sides_and_the_slope_between_them():
    # y = x^2 at 3: 2.99^2 = 8.9401 and 3.01^2 = 9.0601, with the slope 6.
    square = (Node("y", "power", ("x",), (("exponent", 2),)),)
    moved = move((("x", 3.0),), square, 4)
    assert (moved.name, moved.points, moved.outputs) == ("x", (2.99, 3.01), (8.9401, 9.0601))
    assert math.isclose(moved.slope, 6.0)


def test_no_move_is_offered_over_the_edge_of_a_logarithm():
    edge = (Node("y", "log", ("x",)),)
    assert move((("x", 0.005),), edge, 4) is None


def test_the_input_that_is_moved_is_the_one_that_is_used_most_often():
    # y = z + x + x^2 at z = 1, x = 2: with x = 1.99 and 2.01, 6.9501 and 7.0501, so the slope is 5.
    nodes = (
        Node("a", "power", ("x",), (("exponent", 2),)),
        Node("b", "add", ("z", "x")),
        Node("y", "add", ("a", "b")),
    )
    moved = move((("z", 1.0), ("x", 2.0)), nodes, 4)
    assert (moved.name, moved.outputs) == ("x", (6.9501, 7.0501))


def test_the_slope_is_rounded_as_by_hand_from_the_outputs_as_printed():
    # 0.33 x at 2 to four places: 0.6567 and 0.6633. At 0.325, 0.64675 and 0.65325 are printed as
    # 0.6468 and 0.6533, and 0.0065 / 0.02 = 0.325, of which the half goes up.
    times = (Node("y", "multiply", ("x", "z")),)
    assert move((("x", 2.0), ("z", 0.33)), times, 4).slope == 0.33
    assert move((("x", 2.0), ("z", 0.325)), times, 4).slope == 0.33


@pytest.mark.parametrize("difficulty", ["easy", "medium", "hard"])
def test_an_exact_expression_has_functions_only_where_they_need_no_calculator(difficulty):
    for seed in range(60):
        try:
            point, nodes = draw_exact_expression(Draw("exact", seed), difficulty)
        except Rejected:
            continue
        values = {name: float(value) for name, value in point}
        for node in nodes:
            inputs = [values[name] for name in node.inputs]
            values[node.name] = by_hand(node.op, *inputs)
            result = values[node.name]
            if node.op in ("sigmoid", "tanh"):
                assert is_fraction(result)
            if node.op == "exp":
                assert is_fraction(result) or (2 * inputs[0]).is_integer()
            if node.op == "sqrt":
                assert is_fraction(result) or inputs[0].is_integer()
            if node.op == "log":
                assert is_fraction(inputs[0])


def by_hand(op: str, *inputs: float) -> float:
    match op:
        case "multiply":
            return math.prod(inputs)
        case "add":
            return math.fsum(inputs)
        case "sigmoid":
            return 1 / (1 + math.exp(-inputs[0]))
        case "power":
            return inputs[0] ** 2
        case "subtract":
            return inputs[0] - inputs[1]
        case "divide":
            return inputs[0] / inputs[1]
        case "maximum":
            return max(inputs)
        case _:
            return float(getattr(math, op)(*inputs))


def is_fraction(value: float) -> bool:
    return abs(value - Fraction(value).limit_denominator(999)) < 1e-12
