"""Expressions that are equal are found to be, and perturbed ones are not."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import numpy as np
import pytest

from solver import identities
from solver import term as t
from solver.equivalence import agree, compare, points
from solver.graph import Graph, GraphBuilder
from solver.term import Term


def net() -> Graph:
    """y = sigmoid(v z + c) with z = tanh(w x + b)."""
    builder = GraphBuilder()
    x, w, b, v, c = (builder.input(name) for name in "xwbvc")
    a = builder.apply("add", builder.apply("multiply", w, x, hidden=True), b, name="a")
    z = builder.apply("tanh", a, name="z")
    s = builder.apply("add", builder.apply("multiply", v, z, hidden=True), c, name="s")
    builder.apply("sigmoid", s, name="y")
    return builder.build()


GRAPH = net()
X, W, B, V, C, A, Z, S, Y = map(t.name, ("x", "w", "b", "v", "c", "a", "z", "s", "y"))
RIGHT = Y * (1 - Y) * V * (1 - Z**2) * X


def sigmoid(u: Term) -> Term:
    return Term("sigmoid", (u,))


def power(u: Term, n: float) -> Term:
    return Term("power", (u, t.number(n)))


EQUAL = (
    X * (1 - Z) * (1 + Z) * V * (Y - Y**2),
    sigmoid(S) * sigmoid(-S) * V * (1 - np.tanh(A) ** 2) * X,
    sigmoid(V * Z + C) * (1 - Y) * V * (1 - np.tanh(W * X + B) ** 2) * X,
    np.exp(-S) / power(1 + np.exp(-S), 2) * V * X * (1 - power(Z, 2)),
    RIGHT + (W * X + B - A) * C,
    V * X * Y - V * X * Y * Z**2 - V * X * Y**2 + V * X * Y**2 * Z**2,
    RIGHT * (Z / np.tanh(A)),
    -(Y - 1) * Y * V * X * (1 - Z**2),
)


@pytest.mark.parametrize("given", EQUAL)
def test_another_form_is_proved_equal(given: Term) -> None:
    found = compare(given, RIGHT, GRAPH)
    assert (found.outcome, found.proved) == ("equal", True)


@pytest.mark.parametrize(
    "given",
    [
        Y * (1 - Y) * V * X,
        Y * (1 - Y) * (1 - Z**2) * X,
        (1 - Y**2) * V * (1 - Z**2) * X,
        S * (1 - S) * V * (1 - Z**2) * X,
        Y * (1 - Y) * V * (1 - A**2) * X,
        -RIGHT,
        RIGHT * 2,
        RIGHT + 1e-6 * X,
        Y * (1 - Y) * V * (1 - Z**2),
        RIGHT * 0,
    ],
)
def test_a_wrong_expression_is_different(given: Term) -> None:
    assert compare(given, RIGHT, GRAPH).outcome == "different"


def test_what_the_numbers_cannot_tell_fifty_digits_do() -> None:
    nearly = RIGHT * (1 + 1e-13)
    assert agree(nearly, RIGHT, GRAPH)
    found = compare(nearly, RIGHT, GRAPH)
    assert (found.outcome, found.proved) == ("different", True)


def test_random_rewritings_are_equal_and_random_perturbations_are_not() -> None:
    source = random.Random(20)
    for _ in range(40):
        factors = [Y, 1 - Y, V, 1 - Z, 1 + Z, X]
        source.shuffle(factors)
        given = factors[0]
        for factor in factors[1:]:
            given = rewritten(given, source) * rewritten(factor, source)
        assert compare(given, RIGHT, GRAPH).outcome == "equal", given
        wrong = source.choice(PERTURBATIONS)(given)
        assert compare(wrong, RIGHT, GRAPH).outcome == "different", wrong


def rewritten(term: Term, source: random.Random) -> Term:
    """The same in another form, by one of some identities."""
    other = source.choice((Z, S, W))
    forms: tuple[Callable[[], Term], ...] = (
        lambda: term,
        lambda: term + other - other,
        lambda: np.negative(np.negative(term)),
        lambda: term * other / other,
        lambda: term * (sigmoid(other) + sigmoid(-other)),
        lambda: t.rewrite(term, lambda leaf: sigmoid(S) if leaf == Y else None),
        lambda: t.rewrite(term, lambda leaf: V * Z + C if leaf == S else None),
    )
    return source.choice(forms)()


PERTURBATIONS: tuple[Callable[[Term], Term], ...] = (
    lambda term: term + X / 1000,
    lambda term: term * 1.0001,
    lambda term: term * Y,
    lambda term: t.rewrite(term, lambda leaf: W if leaf == X else None),
    lambda term: t.rewrite(term, lambda leaf: Z if leaf == V else None),
    lambda term: -term,
)


@pytest.mark.parametrize(
    "given", [np.log(-(X**2)), t.number(1) / (X - X), np.exp(np.exp(np.exp(9 + X**2)))]
)
def test_an_expression_without_values_is_undecided(given: Term) -> None:
    assert compare(given, RIGHT, GRAPH).outcome == "undecided"


def test_points_where_an_expression_has_no_value_are_passed_over() -> None:
    assert compare(np.exp(np.log(X)) * Y, X * Y, GRAPH).outcome == "equal"
    assert compare(np.sqrt(X**2), X, GRAPH).outcome == "different"


def test_a_piece_that_is_too_large_has_no_value_though_it_is_divided_by() -> None:
    hidden = RIGHT + np.exp(-np.exp(np.exp(np.exp(t.number(3)))))
    assert compare(hidden, RIGHT, GRAPH).outcome == "undecided"


@pytest.mark.parametrize(
    "given",
    [
        power(power(power(X + Y + W, 12), 12), 12),
        power(t.number(9), 9**9),
        power(X + Y + Z + W + V + B, 12) / power(X + Y + Z + W + V + C, 12),
        power(X, 0.3) * power(X, 0.7),
    ],
)
def test_nothing_hangs(given: Term) -> None:
    start = time.perf_counter()
    assert identities.identical(RIGHT * given, given * RIGHT, GRAPH) in (True, None)
    compare(given, RIGHT, GRAPH)
    assert time.perf_counter() - start < 5


def test_constants_are_known() -> None:
    assert compare(t.name("pi") * X, X * np.pi, GRAPH).outcome != "undecided"
    assert compare(np.log(t.name("e")) * X, X, GRAPH).outcome == "equal"


def test_points_follow_from_the_key_and_are_values_of_the_graph() -> None:
    first, again = next(iter(points(GRAPH, "one"))), next(iter(points(GRAPH, "one")))
    other = next(iter(points(GRAPH, "other")))
    assert first == again != other
    assert first[Z] == pytest.approx(np.tanh(first[W] * first[X] + first[B]))
    assert all(0.2 <= abs(first[leaf]) <= 1.4 for leaf in (X, W, B, V, C))


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(KeyError):
        compare(t.name("q"), RIGHT, GRAPH)
