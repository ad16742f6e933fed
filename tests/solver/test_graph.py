from __future__ import annotations

import numpy as np
import pytest

from solver.graph import Graph, GraphBuilder
from solver.shapes import ShapeError


def diamond() -> Graph:
    """f = (ab + a)^2, in which a is used twice and c is data."""
    builder = GraphBuilder()
    a, b, c = builder.input("a"), builder.input("b"), builder.input("c", fixed=True)
    p = builder.apply("multiply", a, b, name="p")
    q = builder.apply("add", p, a, name="q")
    builder.apply("multiply", c, c, name="r")
    builder.apply("power", q, name="f", exponent=2)
    return builder.build()


def test_equations_stand_in_the_order_in_which_they_were_added() -> None:
    assert [e.target for e in diamond().equations] == ["p", "q", "r", "f"]
    assert diamond().output == "f"


def test_a_node_is_consumed_by_every_equation_that_uses_it() -> None:
    assert [e.target for e in diamond().consumers("a")] == ["p", "q"]
    assert diamond().consumers("f") == ()


def test_gradients_are_needed_for_whatever_depends_on_more_than_data() -> None:
    assert diamond().needs_gradient() == {"a", "b", "p", "q", "f"}


def test_equal_equations_are_made_once() -> None:
    builder = GraphBuilder()
    a, b = builder.input("a"), builder.input("b")
    first = builder.apply("multiply", a, b)
    assert builder.apply("multiply", a, b) == first
    assert builder.apply("multiply", b, a) != first
    square = builder.apply("power", a, exponent=2)
    assert builder.apply("power", a, exponent=3) != square
    assert len(builder.build().equations) == 4


def test_a_sub_expression_that_has_a_name_is_shared_under_it() -> None:
    builder = GraphBuilder()
    a = builder.input("a")
    builder.apply("exp", a, name="u")
    assert builder.apply("exp", a) == "u"


def test_constants_are_shared_and_are_no_inputs() -> None:
    builder = GraphBuilder()
    a = builder.input("a")
    assert builder.constant(2) == builder.constant(2.0) == "2"
    builder.apply("add", a, builder.constant(0.5), name="y")
    graph = builder.build()
    assert dict(graph.constants) == {"2": 2.0, "0.5": 0.5}
    assert [v.name for v in graph.inputs] == ["a"]


def test_constants_that_differ_in_a_late_digit_are_not_taken_for_each_other() -> None:
    builder = GraphBuilder()
    first, second = builder.constant(0.1234567), builder.constant(0.12345674)
    assert first != second


@pytest.mark.parametrize("used", ["a", "y"])
def test_a_name_can_be_used_only_once(used: str) -> None:
    builder = GraphBuilder()
    a = builder.input("a")
    builder.apply("exp", a, name="y")
    with pytest.raises(ValueError, match=f"'{used}' is used twice"):
        builder.input(used)
    with pytest.raises(ValueError, match=f"'{used}' is used twice"):
        builder.apply("log", a, name=used)


def test_a_shape_error_names_the_target_and_both_shapes() -> None:
    builder = GraphBuilder()
    w, x = builder.input("W", (2, 3)), builder.input("x", (2, 1))
    with pytest.raises(ShapeError, match=r"matmul \(for 's'\) of 2x3 and 2x1: .* 3 and 2"):
        builder.apply("matmul", w, x, name="s")


def test_an_equation_that_was_refused_leaves_no_trace() -> None:
    builder = GraphBuilder()
    w, x = builder.input("W", (2, 3)), builder.input("x", (3, 1))
    with pytest.raises(ShapeError):
        builder.apply("add", w, x, name="s")
    assert builder.apply("matmul", w, x, name="s") == "s"


def test_an_unknown_input_or_primitive_is_refused() -> None:
    builder = GraphBuilder()
    a = builder.input("a")
    with pytest.raises(KeyError, match="nowhere"):
        builder.apply("exp", "nowhere")
    with pytest.raises(KeyError, match="cosecant"):
        builder.apply("cosecant", a)


def test_every_equation_carries_the_shape_of_its_target() -> None:
    builder = GraphBuilder()
    product = builder.apply("matmul", builder.input("A", (2, 3)), builder.input("B", (3, 4)))
    builder.apply("sum", product, name="y", axis=0)
    graph = builder.build()
    assert [e.shape for e in graph.equations] == [(2, 4), (4,)]
    assert graph.shapes["y"] == (4,)


def test_givens_become_arrays_of_the_declared_shapes() -> None:
    givens = diamond().givens({"a": 3, "b": -2.5, "c": 1})
    assert {name: value.shape for name, value in givens.items()} == dict.fromkeys("abc", ())
    assert float(givens["b"]) == -2.5


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"a": 1, "b": 2}, "no value is given for the input 'c'"),
        ({"a": 1, "b": 2, "c": 3, "d": 4}, "'d' is not an input; the inputs are a, b, c"),
        ({"a": 1, "b": [2, 3], "c": 3}, "'b' has the shape 2; expected scalar"),
    ],
)
def test_givens_that_do_not_fit_are_refused_by_name(
    values: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        diamond().givens(values)  # type: ignore[arg-type]


def test_whole_numbers_are_taken_as_real_ones() -> None:
    builder = GraphBuilder()
    builder.apply("power", builder.input("a"), name="y", exponent=-1)
    assert builder.build().givens({"a": 4})["a"].dtype == np.float64


def test_graphs_compare_by_identity() -> None:
    assert diamond() != diamond()
