from __future__ import annotations

import numpy as np
import pytest

from solver import expressions, modes
from solver import term as t
from solver.arithmetic import Decimals
from solver.errors import InputError
from solver.graph import Graph, GraphBuilder
from solver.parsing import grammar
from solver.passes import backward, forward
from solver.steps import worked

POINT = {
    "x": np.array([0.5, -1.0, 2.0]),
    "w": np.array([1.5, 0.25, -0.75]),
    "W": np.array([[1.0, 2.0, -0.5], [0.5, -1.5, 1.0]]),
    "s": np.array(0.75),
}
EXPRESSIONS = [
    "s*s + exp(s)/s",
    "sigmoid(s) * tanh(s) - relu(s)",
    "dot(w, x) * s",
    "sum((W@x)^2)",
    "sum(tanh(W@x)) + x[2]",
    "sum(w*x - x) / s",
    "mean(x*x)",
    "max(s, 0.5) + abs(s - 2) + min(s, 2*s)",
    "sum(outer(x, w))",
    "sum(softmax(x) * w)",
]


def graph_of(text: str) -> tuple[Graph, dict[str, np.ndarray]]:
    names = tuple(name for name in POINT if name in text)
    graph = expressions.graph(
        grammar.statements(text, names), {name: POINT[name].shape for name in names}
    )
    given = {v.name: POINT[v.name] for v in graph.inputs}
    return graph, given


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_the_tangent_of_the_output_is_the_derivative_along_the_direction(text: str) -> None:
    graph, point = graph_of(text)
    direction = {
        name: np.cos(np.arange(value.size)).reshape(value.shape) for name, value in point.items()
    }
    lines = modes.tangent_lines(graph, frozenset(direction))
    kind = Decimals(12)
    taken = {t.name(name): kind.given(value) for name, value in point.items()}
    taken |= {t.tangent(name): kind.given(value) for name, value in direction.items()}
    last = tuple(worked(lines, taken, kind))[-1]
    step = 1e-6
    above, below = (
        float(
            forward(graph, {n: v + side * step * direction[n] for n, v in point.items()})[
                graph.output
            ]
        )
        for side in (1, -1)
    )
    assert last.kind == "tangent"
    assert float(last.value) == pytest.approx((above - below) / (2 * step), rel=1e-7)


def test_what_does_not_move_has_no_tangent() -> None:
    graph, _ = graph_of("s*s + dot(w, x)")
    moved = {
        line.node for line in modes.tangent_lines(graph, frozenset({"s"})) if line.kind == "tangent"
    }
    assert "x" not in moved
    assert len(moved) == 2


def test_a_primitive_whose_jacobian_is_not_symmetric_takes_no_backward_rule() -> None:
    # The Jacobian of log softmax is I - 1 p^T; its backward rule multiplies by the transpose.
    builder = GraphBuilder()
    x = builder.input("x", (3,))
    builder.apply("sum", builder.apply("log_softmax", x, name="l"), name="y")
    with pytest.raises(InputError, match="forward mode has no line for 'l', a log_softmax"):
        modes.tangent_lines(builder.build(), frozenset({"x"}))


def test_differences_are_central_and_one_for_each_entry() -> None:
    graph, point = graph_of("dot(w, x) * s")
    gradients = backward(graph, forward(graph, point))
    rows = list(modes.differences(graph, point, gradients, ("x", "s")))
    assert [(row.name, row.index) for row in rows] == [
        *(("x", (place,)) for place in range(3)),
        ("s", ()),
    ]
    for row, expected in zip(rows, [*(0.75 * POINT["w"]), POINT["w"] @ POINT["x"]], strict=True):
        assert row.slope == pytest.approx(float(expected), abs=1e-9)
        assert row.slope == pytest.approx((row.above - row.below) / 2e-4)


def test_tangents_over_numbers_are_those_of_the_lines() -> None:
    graph, point = graph_of("sin(s)*s + exp(s)/s")
    numbers = {name: np.float64(value) for name, value in point.items()}
    found = modes.tangents(graph, forward(graph, numbers), {"s": np.float64(2.0)})
    s = 0.75
    expected = np.cos(s) * s + np.sin(s) + np.exp(s) / s - np.exp(s) / s**2
    assert float(found[graph.output]) == pytest.approx(2 * expected, rel=1e-12)


def test_another_rule_takes_the_place_of_a_primitive_s_own() -> None:
    graph, point = graph_of("s*s")
    numbers = {name: np.float64(value) for name, value in point.items()}
    pushes = {"multiply": lambda moved, y, inputs: moved[0] * moved[1]}
    found = modes.tangents(graph, forward(graph, numbers), {"s": np.float64(3.0)}, pushes)
    assert float(found[graph.output]) == 9.0
