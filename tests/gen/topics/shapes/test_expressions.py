"""Expressions are read from text, judged, and pooled so that nothing in the pool is ambiguous."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from gen.topics.shapes.expressions import Pool, expression, is_delta, pool, stretched, width
from gen.topics.shapes.sampling import COUNTS, HIDDEN, OUTPUT
from gen.topics.shapes.settings import Setting, required, shapes
from solver.shapes import judge
from solver.term import Term

COLUMN = Setting("hidden", "one", "apart", "out x in", "tanh", "1", 4, 3)


def settings() -> Iterator[tuple[Setting, str]]:
    """Every kind of setting that is drawn, with its difficulty."""
    for place, layouts in (("hidden", HIDDEN), ("output", OUTPUT)):
        for difficulty, each in layouts.items():
            for examples, bias, weights in each:
                for activation in ("tanh", "sigmoid", "relu")[: 2 if bias == "kept" else 3]:
                    kind = (place, examples, bias, weights, activation)
                    yield Setting(*kind, "1", 4, 2, 9), difficulty


def subterms(term: Term) -> Iterator[Term]:
    yield term
    for argument in term.args:
        if isinstance(argument, Term):
            yield from subterms(argument)


def every_expression(offered: Pool) -> list[Term]:
    return [expression(text) for group in (*offered.right, *offered.wrong) for text in group.texts]


def test_program_text_is_read_as_a_term():
    term = expression("W_next.T @ delta_next * (1 - o)")
    assert str(term) == "((W_next.T @ delta_next) * (1 - o))"
    assert expression(str(term)) == term


@pytest.mark.parametrize("text", ["f(x)", "x ** 2", "1.5 * o", "o.shape", "-o", "o[0]"])
def test_anything_but_products_sums_and_transposes_is_refused(text: str):
    with pytest.raises(ValueError, match="is not made of names"):
        expression(text)


def test_the_innermost_operation_that_breaks_is_named():
    verdict = judge(expression("(W_next.T @ delta_next) * (o - o.T)"), shapes(COLUMN))
    assert verdict.error is not None
    assert str(verdict.error.term) == "(o - o.T)"
    assert verdict.error.shapes == ((4, 1), (1, 4))
    assert stretched(verdict.error) == (4, 4)


def test_a_matrix_product_is_never_stretched():
    error = judge(expression("W_next @ delta_next"), shapes(COLUMN)).error
    assert error is not None
    assert stretched(error) is None


@pytest.mark.parametrize(
    ("text", "setting", "expected"),
    [
        ("W_next.T @ delta_next * (1 - o * o)", COLUMN, True),
        ("slope * (delta_next.T @ W_next).T", COLUMN, True),
        ("(delta_next.T @ W_next * (1 - o.T * o.T)).T", COLUMN, True),
        ("W_next.T @ delta_next * (1 - o)", COLUMN, False),
        ("W_next.T @ delta_next", COLUMN, False),
        ("delta_next @ W_next * slope", replace(COLUMN, examples="rows"), True),
        ("W_bar.T @ delta_next * slope", replace(COLUMN, bias="dropped"), True),
        ("W_next.T @ delta_next * o * (1 - o)", replace(COLUMN, activation="sigmoid"), True),
        ("(o - y) * slope", replace(COLUMN, place="output"), True),
        ("(y - o) * slope", replace(COLUMN, place="output"), False),
    ],
)
def test_delta_is_recognised_in_any_order_and_through_transposes(
    text: str, setting: Setting, expected: bool
):
    assert is_delta(expression(text), setting) is expected


def test_every_pool_has_enough_of_each_kind():
    for setting, difficulty in settings():
        offered = pool(setting, difficulty)
        most = COUNTS[difficulty][1]
        assert len(offered.right) >= most - 1, setting
        assert len(offered.wrong) >= 3 * most, setting
        assert {"other", "broken"} <= {group.kind for group in offered.wrong}, setting
        if setting.examples == "one":
            assert "broadcast" in {group.kind for group in offered.wrong}, setting


def test_no_wrong_expression_has_the_right_shape_in_numpy():
    for setting, difficulty in settings():
        for group in pool(setting, difficulty).wrong:
            verdict = judge(expression(group.texts[0]), shapes(setting))
            assert verdict.numpy_shape != required(setting), group


def test_nothing_is_done_to_a_matrix_with_a_single_entry():
    for setting, difficulty in settings():
        for term in every_expression(pool(setting, difficulty)):
            for outer in subterms(term):
                for inner in outer.args:
                    if isinstance(inner, Term):
                        assert judge(inner, shapes(setting)).shape != (1, 1), term


def test_no_two_expressions_of_a_pool_are_the_same():
    for setting, difficulty in settings():
        terms = every_expression(pool(setting, difficulty))
        assert len(set(terms)) == len(terms)


def test_products_entry_by_entry_inside_matrix_products_stand_in_transposed_brackets():
    for setting, difficulty in settings():
        for term in every_expression(pool(setting, difficulty)):
            for outer in subterms(term):
                if outer.op == "matmul":
                    assert "multiply" not in [inner.op for inner in outer.args], term


def test_equal_widths_let_more_expressions_fit():
    different, equal = pool(COLUMN, "hard"), pool(replace(COLUMN, neighbour=4), "hard")
    assert len(equal.right) > len(different.right)
    texts = {text for group in equal.right for text in group.texts}
    assert "((W_next @ delta_next) * slope)" in texts


def test_longer_expressions_have_a_greater_width():
    short, long = expression("o * slope"), expression("(o.T * slope.T).T")
    assert width(short) < width(long)
