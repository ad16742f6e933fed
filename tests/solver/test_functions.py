from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from solver import functions as f
from solver import term as t
from solver.exact import Exact
from solver.graph import GraphBuilder
from solver.rounding import Rounded
from solver.steps import lines

X = t.name("x")


@pytest.mark.parametrize(
    ("function", "settings"),
    [
        (f.sigmoid, ()),
        (f.softplus, ()),
        (f.relu, ()),
        (f.leaky_relu, (0.1,)),
        (f.elu, (0.7,)),
        (f.step, ()),
        (f.step, (0.1,)),
        (f.sign, ()),
        (f.absolute, ()),
        (f.softmax, (0,)),
        (f.entry, ((1,),)),
        (f.place, ((3,), (1,))),
        (f.spread, ((3,), None)),
        (f.diagonal, ()),
        (f.prepend_one, ()),
        (f.drop_first, ()),
        (f.adjugate, ()),
    ],
)
def test_over_a_name_a_function_is_recorded_with_its_settings(
    function: Any, settings: tuple[Any, ...]
) -> None:
    assert function(X, *settings) == t.Term(function.__name__, (X, *settings))


@pytest.mark.parametrize("function", [f.maximum, f.minimum, f.at_least])
def test_two_arguments_are_recorded_in_order_whichever_of_them_is_a_name(function: Any) -> None:
    name = function.__name__
    assert function(X, 0.5) == t.Term(name, (X, 0.5))
    assert function(0.5, X) == t.Term(name, (t.number(0.5), X))


@pytest.mark.parametrize(("function", "expected"), [(f.maximum, 2.0), (f.minimum, 0.35)])
def test_a_plain_number_meets_rounded_ones_on_either_side(function: Any, expected: float) -> None:
    assert function(2.0, Rounded(0.345, 2)).plain == expected
    assert function(Rounded(0.345, 2), 2.0).plain in (expected, 0.345)


def test_an_object_array_is_worked_through_entry_by_entry() -> None:
    entries = np.array([X, t.number(2.0)], dtype=object)
    assert f.relu(entries).tolist() == [t.Term("relu", (X,)), t.Term("relu", (t.number(2.0),))]


def test_every_operation_that_the_rules_record_can_be_replayed() -> None:
    recorded = set()
    for op in ("softmax", "log_softmax", "tanh", "elu"):
        settings: dict[str, Any] = {"alpha": 1} if op == "elu" else {}
        builder = GraphBuilder()
        inner = builder.apply(op, builder.input("x", (3,)), name="a", **settings)
        builder.apply("maximum", builder.apply("sum", inner, name="b"), builder.constant(1))
        for line in lines(builder.build()):
            recorded |= {term.op for term in walk(line.formula)} - set(t.LEAVES) - {"number"}
    assert recorded <= set(f.FUNCTIONS)


def walk(term: t.Term) -> list[t.Term]:
    inner = [a for a in term.args if isinstance(a, t.Term)]
    return [term, *(deeper for a in inner for deeper in walk(a))]


@pytest.mark.parametrize("x", [-1000.0, -40.0, -1.5, 0.0, 1.5, 40.0, 1000.0])
def test_logarithms_of_sigmoids_are_right_where_the_sigmoid_saturates(x: float) -> None:
    # log(1 / (1 + e^-x)) = -log(1 + e^-x), which is x where e^-x is beyond all bounds.
    expected = x - math.log1p(math.exp(x)) if x < 0 else -math.log1p(math.exp(-x))
    assert f.log_sigmoid(np.array(x)) == pytest.approx(expected, rel=1e-14)
    assert f.log_one_minus_sigmoid(np.array(x)) == pytest.approx(expected - x, rel=1e-13)


def test_nothing_times_the_logarithm_of_nothing_is_nothing() -> None:
    found = f.xlogy(np.array([0.0, 0.0, 2.0]), np.array([0.0, 3.0, math.e]))
    np.testing.assert_allclose(found, [0.0, 0.0, 2.0], rtol=1e-15)


def test_softmax_and_its_logarithm_are_spelled_out_for_entries() -> None:
    a, b = t.number(1.0), t.number(2.0)
    first, _ = f.softmax(np.array([a, b], dtype=object))
    assert t.plain(first) == "(exp(1) / (exp(1) + exp(2)))"
    first, _ = f.log_softmax(np.array([a, b], dtype=object))
    assert t.plain(first) == "log((exp(1) / (exp(1) + exp(2))))"


def test_a_replay_copies_and_places_the_terms_of_entries() -> None:
    term = t.number(5.0)
    assert f.FUNCTIONS["spread"](term, (2,), None).tolist() == [term, term]
    assert f.FUNCTIONS["place"](term, (3,), (1,)).tolist() == [0, term, 0]


def test_a_sum_along_an_axis_is_copied_back_along_it() -> None:
    np.testing.assert_array_equal(f.spread(np.array([1.0, 2.0]), (3, 2), 0), [[1.0, 2.0]] * 3)
    np.testing.assert_array_equal(f.spread(np.array([1.0, 2.0]), (2, 3), 1), [[1.0] * 3, [2.0] * 3])


def test_a_ratio_is_0_over_anything_and_infinite_over_0_alone() -> None:
    found = f.ratio(np.array([0.0, -1.0, 3.0]), np.array([0.0, 0.0, 4.0]))
    np.testing.assert_array_equal(found, [0.0, -np.inf, 0.75])
    assert f.ratio(X, t.number(2)) == X / t.number(2)


def test_a_total_and_a_count_are_of_any_kind_of_array() -> None:
    assert f.total(np.array([[1.0, 2.0], [3.0, 4.5]])) == 10.5
    assert f.total(np.array([Exact("1/3"), Exact("2/3")])) == Exact(1)
    assert f.total(Exact(2)) == Exact(2)
    assert f.total(t.name("v", (3,))) == t.Term("sum", (t.name("v", (3,)), None, False))
    assert [f.count(np.ones((2, 3))), f.count(X), f.count(Exact(2))] == [6, 1, 1]


def test_a_scalar_is_spread_over_a_scalar_as_it_is() -> None:
    assert f.spread(X, ()) is X
    assert f.spread(np.float64(2), ()) == 2


def test_a_one_goes_on_top_of_every_column_and_comes_off_again() -> None:
    x = np.array([[2.0, 3.0], [4.0, 5.0]])
    np.testing.assert_array_equal(f.prepend_one(x), [[1.0, 1.0], [2.0, 3.0], [4.0, 5.0]])
    np.testing.assert_array_equal(f.drop_first(f.prepend_one(x)), x)


@pytest.mark.parametrize("x", [-1.0, 0.0, 2.0])
def test_complex_numbers_keep_the_branch_of_their_real_part(x: float) -> None:
    moved = x + 1e-30j
    assert f.step(moved) == (1.0 if x > 0 else 0.0)
    assert f.sign(moved) == float(np.sign(x))
    assert f.at_least(moved, 0.0) == (1.0 if x >= 0 else 0.0)


def test_an_outer_product_is_recorded_or_computed() -> None:
    assert f.outer(X, t.name("y")) == t.Term("outer", (X, t.name("y")))
    np.testing.assert_array_equal(f.outer(np.array([1, 2]), np.array([3, 4])), [[3, 4], [6, 8]])


def test_exact_numbers_go_through_functions_of_two_arguments() -> None:
    assert f.maximum(np.float64(0.5), Exact("1/3")) == Exact("1/2")
    assert f.at_least(Exact("ln 2"), Exact("7/10")) == 0
