from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from solver import term as t
from solver import updates
from solver.graph import GraphBuilder
from solver.layout import numerator, transposed
from solver.network import Architecture, Layer, build
from solver.steps import lines, steps
from solver.term import Term

SETTINGS: list[dict[str, Any]] = [
    {},
    {"rows": True},
    {"transposed": True},
    {"bias": "folded"},
    {"loss": "cross_entropy", "last": "softmax"},
    {"loss": "cross_entropy", "last": "softmax", "fused": False},
    {"loss": "binary_cross_entropy", "last": "sigmoid", "fused": False, "reduction": "mean"},
]


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_a_formula_over_transposed_gradients_gives_the_transposed_gradient(
    settings: dict[str, Any],
) -> None:
    layers = (Layer(3, "tanh"), Layer(2, settings.get("last", "identity")))
    rest = {key: value for key, value in settings.items() if key != "last"}
    network = build(Architecture(2, layers, examples=3, **rest))
    random = np.random.default_rng(5)
    givens = {v.name: random.uniform(0.1, 0.9, v.shape) for v in network.graph.inputs}
    wanted = [(line.leaf, None) for line in lines(network.graph)]
    found = steps(network.graph, givens, wanted, 12)
    values: dict[Term, Any] = {t.name(name): value for name, value in givens.items()}
    values |= {s.leaf: s.value.T if s.kind == "backward" else s.value for s in found}
    changed = 0
    for step in found:
        turned = numerator(step)
        if step.kind == "backward" and step.value.ndim == 2:
            changed += 1
            result = np.asarray(t.evaluate(turned.formula, values), dtype=float)
            np.testing.assert_allclose(np.broadcast_to(result, step.value.T.shape), step.value.T)
            np.testing.assert_array_equal(turned.value, step.value.T)
            assert turned.substitution.shape == step.value.T.shape
            printed = np.frompyfunc(lambda e: t.evaluate(e, {}), 1, 1)(turned.substitution)
            np.testing.assert_allclose(printed.astype(float), step.value.T, atol=1e-9)
        else:
            assert turned is step
    assert changed >= 5


def test_transposes_are_pushed_inwards() -> None:
    d, w, o = t.gradient("s", (2, 1)), t.name("W", (2, 3)), t.name("o", (3, 1))
    assert t.plain(transposed(w.T @ d)) == "(d[s] @ W)"
    assert t.plain(transposed(d @ o.T)) == "(o @ d[s])"
    assert t.plain(transposed(d * (1 - o))) == "(d[s] * (1 - o.T))"


def test_the_factors_of_the_numbers_change_places_with_those_of_the_formula() -> None:
    builder = GraphBuilder()
    w, x = builder.input("W", (2, 3)), builder.input("x", (3, 1), fixed=True)
    s = builder.apply("matmul", w, x, name="s")
    builder.apply("sum", s, name="y")
    graph = builder.build()
    givens = {"W": np.ones((2, 3)), "x": np.array([[1.0], [2.0], [3.0]])}
    found = steps(graph, givens, [(t.gradient("W", (2, 3)), None)], 4)
    turned = numerator(found[-1])
    assert t.plain(turned.formula) == "(x @ d[s])"
    assert t.plain(turned.substitution[2, 0]) == "(3 * 1)"  # type: ignore[index]


def test_numbers_and_single_entries_stay_as_they_are() -> None:
    builder = GraphBuilder()
    a = builder.input("a")
    builder.apply("power", a, name="y", exponent=2)
    found = steps(builder.build(), {"a": np.array(3.0)}, [(t.gradient("a"), None)], 4)
    assert all(numerator(step) is step for step in found)


def test_an_update_transposes_its_gradient_back() -> None:
    network = build(Architecture(2, (Layer(2, "tanh"), Layer(2))))
    givens = {v.name: np.full(v.shape, 0.5) for v in network.graph.inputs}
    first, _ = updates.worked(network.graph, givens, updates.Update(0.5, 1, 0.0), 4, 1)
    found = {step.node: numerator(step) for step in first if step.kind == "update"}
    assert t.plain(found["W1"].formula).endswith("d[W1].T))")
    whole = next(step for step in first if step.kind == "update" and step.node == "W1")
    np.testing.assert_array_equal(found["W1"].value, whole.value)
