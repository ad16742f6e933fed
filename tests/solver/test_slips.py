"""The wrong numbers are those of the project's list of misconceptions, computed there by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from solver.graph import Graph, GraphBuilder
from solver.network import Architecture, Layer, build
from solver.passes import backward, forward
from solver.rules import RULES
from solver.slips import REARRANGEMENTS, SLIPS, rules_of, run
from templates.slips import sentence

Problem = tuple[Graph, dict[str, Any]]
ROOT = Path(__file__).parents[2]


def network_a() -> Problem:
    """The list's reference network: two sigmoid units and a linear output."""
    graph = build(Architecture(2, (Layer(2, "sigmoid"), Layer(1)))).graph
    return graph, {
        "x": np.array([[1.0], [-2.0]]),
        "W1": np.array([[0.5, -0.25], [0.75, 1.0]]),
        "b1": np.array([[0.1], [-0.3]]),
        "W2": np.array([[1.5, -2.0]]),
        "b2": np.array([[0.2]]),
        "y": np.array([[0.5]]),
    }


def fork() -> Problem:
    """f = (ab + a)^2 at a = 3, b = -2."""
    builder = GraphBuilder()
    a, b = builder.input("a"), builder.input("b")
    q = builder.apply("add", builder.apply("multiply", a, b, name="p"), a, name="q")
    builder.apply("power", q, name="f", exponent=2)
    return builder.build(), {"a": np.array(3.0), "b": np.array(-2.0)}


def single(op: str, *values: Any, upstream: Any = 1.0, **settings: Any) -> Problem:
    """One primitive of `u`, `v`, with the given gradient arriving from above."""
    builder = GraphBuilder()
    arrays = [np.asarray(value, dtype=float) for value in values]
    names = [builder.input(n, v.shape) for n, v in zip("uv", arrays, strict=False)]
    g = np.asarray(upstream, dtype=float)
    given = builder.input("g", g.shape, fixed=True)
    builder.apply("dot", builder.apply(op, *names, name="z", **settings), given, name="y")
    return builder.build(), {**dict(zip(names, arrays, strict=True)), "g": g}


def quotient(u: float) -> Problem:
    """1 / u."""
    builder = GraphBuilder()
    builder.apply("divide", builder.constant(1), builder.input("u"), name="y")
    return builder.build(), {"u": np.array(u)}


def unit(activation: str, loss: str, weights: Any, target: Any) -> Problem:
    """Units whose pre-activations are their weights: one input 1, no bias."""
    column = np.array(weights, dtype=float).reshape(-1, 1)
    layers = (Layer(len(column), activation),)
    graph = build(Architecture(1, layers, loss, bias="none")).graph
    return graph, {"x": np.ones((1, 1)), "W1": column, "y": np.reshape(target, (-1, 1)) * 1.0}


def logits() -> Problem:
    """The list's reference logits, the first class being right."""
    return unit("softmax", "cross_entropy", [2.0, 0.5, -1.0], [1.0, 0.0, 0.0])


def line_through() -> Problem:
    """(w x + b - y)^2 at w = 3, x = 2, b = -1, y = 1."""
    graph = build(Architecture(1, (Layer(1),), "squared_error")).graph
    values = {"W1": 3.0, "x": 2.0, "b1": -1.0, "y": 1.0}
    return graph, {name: np.full((1, 1), value) for name, value in values.items()}


def square_layer() -> Problem:
    """W x with W = [1 2; 3 4] and the delta (1, -1)."""
    return single("matmul", [[1, 2], [3, 4]], [[0], [0]], upstream=[[1], [-1]])


def log_of_share() -> Problem:
    """-log of the second softmax output of the reference logits."""
    builder = GraphBuilder()
    builder.apply("negative", builder.apply("log", builder.input("u"), name="z"), name="y")
    share = np.exp(0.5) / np.exp([2.0, 0.5, -1.0]).sum()
    return builder.build(), {"u": np.array(share)}


LN3 = float(np.log(3))
Z, DA = [1.1, -1.55], [2.0, 3.0]

# slip, problem, of, node, right, wrong
REFERENCE: list[tuple[str, Callable[[], Problem], str, str, Any, Any]] = [
    ("multiplies_paths", fork, "gradient", "a", 6, -72),
    ("upstream_ignored", fork, "gradient", "b", -18, 3),
    ("own_factor", fork, "gradient", "b", -18, 12),
    ("weight_left_out", network_a, "gradient", "s1", (0.1336, -0.1373), (0.0890, 0.0686)),
    ("subtrahend_sign_lost", lambda: single("subtract", 2, 5), "gradient", "v", -1, 1),
    ("quotient_sign_lost", lambda: quotient(4.0), "gradient", "u", -0.0625, 0.0625),
    ("quotient_square_missing", lambda: quotient(4.0), "gradient", "u", -0.0625, -0.25),
    ("input_left_out", line_through, "gradient", "W1", 16, 8),
    ("own_weight", line_through, "gradient", "W1", 16, 24),
    ("sum_shared_out", lambda: single("add", 1, 2, upstream=6), "gradient", "u", 6, 3),
    ("maximum_shared_out", lambda: single("maximum", 2, 1, upstream=5), "gradient", "u", 5, 2.5),
    ("maximum_shared_out", lambda: single("maximum", 2, 1, upstream=5), "gradient", "v", 0, 2.5),
    ("maximum_to_the_smaller", lambda: single("maximum", 2, 1, upstream=5), "gradient", "u", 5, 0),
    ("maximum_to_the_smaller", lambda: single("maximum", 2, 1, upstream=5), "gradient", "v", 0, 5),
    (
        "relu_derivative_is_input",
        lambda: single("relu", Z, upstream=DA),
        *("gradient", "u", (2, 0), (2.2, 0)),
    ),
    (
        "relu_mask_forgotten",
        lambda: single("relu", Z, upstream=DA),
        *("gradient", "u", (2, 0), (2, 3)),
    ),
    (
        "mask_from_gradient",
        lambda: single("relu", [-1, 1], upstream=[2, -3]),
        *("gradient", "u", (0, -3), (2, 0)),
    ),
    (
        "leaky_slope_forgotten",
        lambda: single("leaky_relu", Z, upstream=DA, alpha=0.1),
        *("gradient", "u", (2, 0.3), (2, 0)),
    ),
    ("absolute_sign_lost", lambda: single("absolute", -3, upstream=2), "gradient", "u", -2, 2),
    (
        "activation_derivative_left_out",
        network_a,
        *("gradient", "s1", (0.1336, -0.1373), (0.7128, -0.9504)),
    ),
    (
        "preactivation_in_derivative",
        network_a,
        *("gradient", "s1", (0.1336, -0.1373), (-0.0784, 3.7566)),
    ),
    (
        "activation_applied_twice",
        network_a,
        *("gradient", "s1", (0.1336, -0.1373), (0.1553, -0.2358)),
    ),
    ("sigmoid_rule_for_tanh", lambda: single("tanh", 0.8), "gradient", "u", 0.5591, 0.2231),
    ("tanh_rule_for_sigmoid", lambda: single("sigmoid", 1.1), "gradient", "u", 0.1874, 0.4371),
    ("stops_at_complement", lambda: single("tanh", 0.8), "gradient", "u", 0.5591, 0.3360),
    ("stops_at_complement", lambda: single("sigmoid", 1.1), "gradient", "u", 0.1874, 0.2497),
    ("linear_output_bent", network_a, "gradient", "s2", 0.4752, 0.0115),
    ("exponent_sign", lambda: single("sigmoid", 1.1), "value", "z", 0.7503, 0.2497),
    ("residual_reversed", network_a, "gradient", "W2", (0.3565, 0.0832), (-0.3565, -0.0832)),
    (
        "residual_reversed",
        logits,
        *("gradient", "s1", (-0.2144, 0.1753, 0.0391), (0.2144, -0.1753, -0.0391)),
    ),
    ("factor_two", network_a, "gradient", "W2", (0.3565, 0.0832), (0.7131, 0.1664)),
    (
        "target_not_subtracted",
        logits,
        *("gradient", "s1", (-0.2144, 0.1753, 0.0391), (0.7856, 0.1753, 0.0391)),
    ),
    (
        "sigmoid_derivative_twice",
        lambda: unit("sigmoid", "binary_cross_entropy", LN3, 1.0),
        *("gradient", "s1", -0.25, -0.0469),
    ),
    (
        "output_derivative_left_out",
        lambda: unit("sigmoid", "half_squared_error", LN3, 1.0),
        *("gradient", "s1", -0.0469, -0.25),
    ),
    (
        "stops_at_prediction",
        lambda: unit("sigmoid", "binary_cross_entropy", LN3, 1.0),
        *("gradient", "s1", -0.25, -1.3333),
    ),
    (
        "outer_product_swapped",
        network_a,
        *("gradient", "W1", (0.1336, -0.2671, -0.1373, 0.2745), (0.1336, -0.1373, -0.2671, 0.2745)),
    ),
    ("weights_not_transposed", square_layer, "gradient", "v", (-2, -2), (-1, -1)),
    ("bias_multiplied_in", network_a, "gradient", "b2", 0.4752, 0.0950),
    ("activation_left_out", network_a, "value", "s2", 0.9752, 4.95),
    ("tanh_for_sigmoid", network_a, "value", "o1", (0.7503, 0.1751), (0.8005, -0.9138)),
    ("log_base_ten", log_of_share, "value", "y", 1.7413, 0.7562),
    ("log_base_two", log_of_share, "value", "y", 1.7413, 2.5122),
    # Not in the list: worked by hand.
    ("factor_left_out", lambda: single("multiply", 3, -2), "gradient", "v", 3, 1),
    ("derivative_at_output", lambda: single("log", 2), "gradient", "u", 0.5, 1.4427),
    ("inner_derivative_forgotten", lambda: single("sin", 0.8), "gradient", "u", 0.6967, 1),
    ("function_not_differentiated", lambda: single("log", 2), "gradient", "u", 0.5, 0.6931),
    ("exponent_left_out", lambda: single("power", 2, exponent=3), "gradient", "u", 12, 4),
    ("exponent_not_lowered", lambda: single("power", 2, exponent=3), "gradient", "u", 12, 24),
    ("root_half_left_out", lambda: single("sqrt", 4), "gradient", "u", 0.25, 0.5),
    ("sine_cosine_sign", lambda: single("cos", 0.8), "gradient", "u", -0.7174, 0.7174),
]


def both(problem: Problem, slip: str, of: str, node: str) -> tuple[Any, Any]:
    """The right and the wrong array of a node."""
    graph, givens = problem
    right = forward(graph, givens)
    spoiled = run(graph, right, givens, slip)
    which = of == "gradient"
    return (right, backward(graph, right))[which][node], spoiled[which][node]


@pytest.mark.parametrize(
    ("slip", "problem", "of", "node", "right", "wrong"),
    [pytest.param(*row, id=f"{row[0]}-{row[3]}") for row in REFERENCE],
)
def test_a_slip_leads_to_the_number_that_the_list_gives(
    slip: str, problem: Callable[[], Problem], of: str, node: str, right: Any, wrong: Any
) -> None:
    found, spoiled = both(problem(), slip, of, node)
    np.testing.assert_allclose(np.ravel(found), np.ravel(right), rtol=0, atol=5.1e-5)
    np.testing.assert_allclose(np.ravel(spoiled), np.ravel(wrong), rtol=0, atol=5.1e-5)
    assert not np.allclose(found, spoiled)


FORKS = {"overwrites_at_fork", "keeps_first_path"}


def test_every_slip_has_a_number() -> None:
    assert {row[0] for row in REFERENCE} | FORKS == set(SLIPS)


def test_one_use_alone_gives_either_of_two_numbers_at_a_fork() -> None:
    # The paths of a contribute -6 and 12; which is met last depends on the order of the walk.
    wrong = {float(both(fork(), slip, "gradient", "a")[1]) for slip in FORKS}
    assert wrong == {-6.0, 12.0}


COLUMN, TARGET = [[0.3], [0.6]], [[0.25], [0.75]]
INPUTS: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys(
        ("add", "subtract", "multiply", "divide", "maximum", "minimum", "at_least"), (0.7, 0.4)
    ),
    "matmul": ([[0.5, 2.0], [-1.0, 3.0]], [[0.3], [0.6]]),
}
SETTINGS: dict[str, dict[str, Any]] = {
    "power": {"exponent": 3},
    "leaky_relu": {"alpha": 0.1},
    "elu": {"alpha": 0.5},
}


def changed(slip: str, op: str) -> bool:
    """Whether the slip changes the value or a gradient of a primitive at suitable numbers."""
    loss = op.endswith(("error", "entropy", "of_scores"))
    settings = SETTINGS.get(op, {})
    for sign in (1.0, -1.0):
        default = (COLUMN, TARGET) if loss else (0.7 * sign,)
        x = [np.asarray(value, dtype=float) for value in INPUTS.get(op, default)]
        if sign < 0 and op in ("log", "sqrt", "power"):
            continue
        rules = rules_of(slip)
        values = [np.asarray(table[op].forward(*x, **settings)) for table in (RULES, rules)]
        g = np.full(values[0].shape, -1.5)
        pulled = [
            table[op].backward(g, value, *x, **settings)
            for table, value in zip((RULES, rules), values, strict=True)
        ]
        pairs = [values, *zip(*pulled, strict=True)]
        if any(a is not None and not np.allclose(a, b) for a, b in pairs):
            return True
    return False


@pytest.mark.parametrize(
    ("slip", "op"), [(s, op) for s in SLIPS for op in sorted(SLIPS[s].touches)]
)
def test_a_slip_changes_every_primitive_that_it_touches(slip: str, op: str) -> None:
    assert changed(slip, op)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_leaves_every_other_primitive_alone(slip: str) -> None:
    rules = rules_of(slip)
    for op in RULES.primitives:
        assert (rules[op] is RULES[op]) is (op not in SLIPS[slip].touches)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_that_is_not_made_going_forward_leaves_the_values_alone(slip: str) -> None:
    forward_changes = any(
        rules_of(slip)[op].forward is not RULES[op].forward for op in SLIPS[slip].touches
    )
    assert forward_changes is SLIPS[slip].changes_values


def test_a_slip_fits_a_graph_that_has_one_of_its_primitives() -> None:
    graph, _ = fork()
    assert SLIPS["own_factor"].fits(graph)
    assert SLIPS["overwrites_at_fork"].fits(graph)
    assert not SLIPS["sigmoid_rule_for_tanh"].fits(graph)


def test_a_swapped_outer_product_has_no_entry_where_the_matrix_is_not_square() -> None:
    problem = single("matmul", np.ones((2, 3)), [[1], [2], [3]], upstream=[[1], [-1]])
    right, wrong = both(problem, "outer_product_swapped", "gradient", "u")
    np.testing.assert_array_equal(right, [[1, 2, 3], [-1, -2, -3]])
    np.testing.assert_array_equal(wrong, [[1, -1, np.nan], [2, -2, np.nan]])


def test_rearrangements_of_right_answers_are_made_or_refused() -> None:
    square, row = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 2.0]])
    assert REARRANGEMENTS["sign_reversed"]((2.0, -3.0)) == (-2.0, 3.0)
    assert REARRANGEMENTS["order_swapped"]((2.0, 3.0)) == (3.0, 2.0)
    assert REARRANGEMENTS["order_swapped"]((2.0,)) is None
    turned = REARRANGEMENTS["rows_and_columns"]((square,))
    assert turned is not None
    np.testing.assert_array_equal(turned[0], [[1.0, 3.0], [2.0, 4.0]])
    assert REARRANGEMENTS["rows_and_columns"]((row,)) is None


SENTENCES = tomllib.loads((ROOT / "templates" / "slips.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("slip", [*SLIPS, *REARRANGEMENTS])
def test_every_slip_is_told_in_a_sentence(slip: str) -> None:
    assert sentence(slip).endswith(".")


def test_every_sentence_tells_of_a_slip_that_is_computed_somewhere() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8")
        for package in ("solver", "templates", "gen")
        for path in sorted((ROOT / package).rglob("*.py"))
    )
    unused = [slip for slip in SENTENCES if f'"{slip}"' not in sources]
    assert unused == []


def test_no_two_slips_are_told_in_the_same_words() -> None:
    assert len(set(SENTENCES.values())) == len(SENTENCES)
