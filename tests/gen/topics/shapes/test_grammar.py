"""The expressions that are offered hold delta itself and what it is confused with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from gen.topics.shapes.grammar import expressions, forward, leaf, step_back, truths
from gen.topics.shapes.nets import net
from gen.topics.shapes.sampling import HIDDEN, OUTPUT
from gen.topics.shapes.settings import Setting, required, shapes
from gen.vocabulary import DIFFICULTIES, Difficulty
from solver import term as t
from solver.shapes import Verdict, judge
from solver.term import Term

COLUMN = Setting("hidden", "one", "apart", "out x in", "tanh", "1", 4, 3)
OUTER = replace(COLUMN, place="output")


def settings() -> Iterator[tuple[Setting, Difficulty]]:
    """Every kind of setting that is drawn, for the difficulties that draw it."""
    for place, layouts in (("hidden", HIDDEN), ("output", OUTPUT)):
        for difficulty, each in layouts.items():
            for examples, bias, weights in each:
                for activation in ("tanh", "sigmoid", "relu")[: 2 if bias == "kept" else 3]:
                    kind = (place, examples, bias, weights, activation)
                    yield Setting(*kind, "1", 4, 2, 1 if examples == "one" else 9), difficulty


def texts(setting: Setting, difficulty: Difficulty = "easy") -> set[str]:
    return {t.plain(term) for alike in expressions(setting, difficulty) for term in alike}


def verdicts(alike: tuple[Term, ...], setting: Setting) -> list[Verdict]:
    return [judge(term, shapes(setting)) for term in alike]


def arguments(term: Term) -> list[Term]:
    return [argument for argument in term.args if isinstance(argument, Term)]


def subterms(term: Term) -> Iterator[Term]:
    yield term
    for argument in arguments(term):
        yield from subterms(argument)


# place, examples, weights, bias: the gradient with respect to the layer's outputs, by hand
STEPS = [
    ("hidden", "one", "out x in", "apart", "(W_next.T @ delta_next)"),
    ("hidden", "columns", "out x in", "kept", "(W_next.T @ delta_next)"),
    ("hidden", "columns", "in x out", "apart", "(W_next @ delta_next)"),
    ("hidden", "rows", "out x in", "apart", "(delta_next @ W_next)"),
    ("hidden", "rows", "in x out", "apart", "(delta_next @ W_next.T)"),
    ("hidden", "one", "out x in", "dropped", "(W_bar.T @ delta_next)"),
    ("hidden", "rows", "in x out", "dropped", "(delta_next @ W_bar.T)"),
    ("output", "one", "out x in", "apart", "(o - y)"),
    ("output", "rows", "in x out", "apart", "(o - y)"),
]


@pytest.mark.parametrize(("place", "examples", "weights", "bias", "expected"), STEPS)
def test_the_step_back_goes_through_the_weights_as_they_lie(
    place: str, examples: str, weights: str, bias: str, expected: str
):
    setting = replace(COLUMN, place=place, examples=examples, weights=weights, bias=bias)
    assert t.plain(step_back(setting)) == expected


@pytest.mark.parametrize(
    ("place", "examples", "weights", "expected"),
    [
        ("hidden", "one", "out x in", "(W_next @ o)"),
        ("hidden", "columns", "in x out", "(W_next.T @ o)"),
        ("hidden", "rows", "out x in", "(o @ W_next.T)"),
        ("hidden", "rows", "in x out", "(o @ W_next)"),
        ("output", "one", "out x in", "(W @ o_before)"),
        ("output", "rows", "in x out", "(o_before @ W)"),
    ],
)
def test_the_step_forward_does_too(place: str, examples: str, weights: str, expected: str):
    setting = replace(COLUMN, place=place, examples=examples, weights=weights)
    assert t.plain(forward(setting)) == expected


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        (
            COLUMN,
            ("((W_next.T @ delta_next) * (1 - (o * o)))", "((W_next.T @ delta_next) * slope)"),
        ),
        (
            replace(COLUMN, activation="sigmoid", bias="kept"),
            ("(((W_next.T @ delta_next) * o) * (1 - o))",),
        ),
        (replace(COLUMN, activation="relu"), ("((W_next.T @ delta_next) * slope)",)),
        (replace(OUTER, activation="relu"), ("((o - y) * slope)",)),
        (
            replace(COLUMN, activation="tanh", bias="dropped"),
            (
                "((W_bar.T @ delta_next) * (1 - (o_bar * o_bar)))",
                "((W_bar.T @ delta_next) * slope)",
            ),
        ),
    ],
)
def test_delta_is_written_in_outputs_and_with_the_stored_slope(
    setting: Setting, expected: tuple[str, ...]
):
    assert tuple(map(t.plain, truths(setting))) == expected


def test_every_way_to_write_delta_is_the_derivative_of_the_loss():
    for setting, _ in settings():
        found = net(setting)
        for truth in truths(setting):
            value = t.evaluate(truth, found.leaves)
            np.testing.assert_allclose(value, found.delta, rtol=1e-12, atol=1e-15)


def test_delta_is_offered_in_every_setting():
    for setting, difficulty in settings():
        assert set(map(t.plain, truths(setting))) <= texts(setting, difficulty), setting


def test_expressions_are_made_of_the_arrays_that_the_setting_has():
    for setting, difficulty in settings():
        for alike in expressions(setting, difficulty):
            named = {str(use.args[0]) for term in alike for use in t.leaves(term)}
            assert named <= set(shapes(setting)), setting


def test_expressions_in_two_orders_have_one_verdict():
    for setting, difficulty in settings():
        for alike in expressions(setting, difficulty):
            seen = {(v.shape, v.numpy_shape) for v in verdicts(alike, setting)}
            assert len(seen) == 1, alike


def test_right_and_wrong_shapes_and_undefined_ones_are_offered():
    for setting, difficulty in settings():
        found = [verdicts(alike, setting)[0] for alike in expressions(setting, difficulty)]
        assert any(each.shape == required(setting) for each in found)
        assert any(each.shape not in (None, required(setting)) for each in found)
        assert any(each.shape is None and each.numpy_shape is None for each in found)


def test_products_are_written_from_left_to_right():
    for setting, difficulty in settings():
        for alike in expressions(setting, difficulty):
            for part in (part for term in alike for part in subterms(term)):
                if part.op in ("multiply", "matmul"):
                    assert arguments(part)[1].op != part.op, part


def test_nothing_is_transposed_twice():
    for setting, difficulty in settings():
        for alike in expressions(setting, difficulty):
            for part in (part for term in alike for part in subterms(term)):
                if part.op == "transpose":
                    assert arguments(part)[0].op != "transpose", part


def test_the_confusions_of_the_lecture_are_offered():
    found = texts(COLUMN)
    # What is broken already comes with the first factors alone.
    assert "((W_next @ delta_next) * slope)" not in found
    for confused in (
        "(W_next.T @ delta_next)",
        "((delta_next.T @ W_next) * (1 - (o * o)))",
        "((W_next.T @ delta_next) * (1 - (o.T * o.T)))",
        "((W_next @ delta_next) * (1 - (o * o)))",
        "((W_next.T @ delta_next) * (1 - o))",
    ):
        assert confused in found


def test_harder_items_confuse_more():
    easy, medium, hard = (texts(COLUMN, difficulty) for difficulty in DIFFICULTIES)
    assert easy < medium == hard
    assert "(W_next.T * delta_next)" in medium - easy
    assert "((W_next.T @ delta_next) * (1 - (o @ o.T)))" in medium - easy


def test_both_kinds_of_weights_are_offered_where_the_bias_is_dropped():
    found = texts(replace(COLUMN, bias="dropped"), "hard")
    assert {"(W_next.T @ delta_next)", "(W_bar.T @ delta_next)"} <= found


def test_a_leaf_is_transposed_in_writing():
    assert t.plain(leaf("o").T) == "o.T"
