from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from solver import functions as f
from solver import term as t
from solver.exact import Exact

# NumPy's own types know nothing of other kinds of number.
A: Any = t.name("a")
B: Any = t.name("b")
W: Any = t.name("W", (2, 3))


def test_ordinary_numpy_code_over_names_records_itself() -> None:
    assert t.Term("add", (A, B)) == A + B
    assert t.Term("subtract", (t.number(1), t.Term("power", (A, t.number(2))))) == 1 - A**2
    assert np.tanh(W @ A) == t.Term("tanh", (t.Term("matmul", (W, A)),))
    assert -A / np.float64(2) == t.Term("divide", (t.Term("negative", (A,)), t.number(2)))
    assert t.Term("transpose", (W,)) == W.T
    assert np.sum(A, axis=0, keepdims=True) == t.Term("sum", (A, 0, True))
    assert f.leaky_relu(A, 0.1) == t.Term("leaky_relu", (A, 0.1))


def test_an_array_of_terms_is_worked_through_entry_by_entry() -> None:
    entries = np.array([A, B], dtype=object)
    assert (entries * A).tolist() == [A * A, B * A]
    assert (A * entries).tolist() == [A * A, A * B]
    assert np.exp(entries).tolist() == [np.exp(A), np.exp(B)]
    assert entries @ entries == A * A + B * B


def test_what_would_be_recorded_wrongly_is_refused() -> None:
    with pytest.raises(TypeError):
        np.add.reduce(A)
    with pytest.raises(TypeError):
        np.add(A, B, where=False)


def test_terms_are_equal_when_they_say_the_same() -> None:
    assert t.name("a") + t.name("b") == A + B
    assert hash(A + B) == hash(t.name("a") + t.name("b"))
    assert A + B != B + A
    assert t.name("a") != t.gradient("a")
    assert t.gradient("a") != t.local("a")
    assert t.number(0.5) != t.number(0.5, 4)
    assert A != "a"


def test_the_shape_of_a_leaf_is_no_part_of_its_identity() -> None:
    assert t.name("W", (2, 3)) == t.name("W")
    assert {t.name("W", (2, 3)): 1}[t.name("W")] == 1


def test_the_size_of_a_leaf_is_its_number_of_entries() -> None:
    assert (W.size, A.size) == (6, 1)


def test_leaves_are_found_left_to_right_with_repeats() -> None:
    term = t.gradient("y") * t.local("y") + A * (A - 1)
    assert list(t.leaves(term)) == [t.gradient("y"), t.local("y"), A, A]


def test_the_outermost_subterm_that_changes_is_replaced() -> None:
    changed = t.rewrite(np.exp(A * B) + A, {A * B: t.name("p"), A: t.name("c")}.get)
    assert changed == np.exp(t.name("p")) + t.name("c")


def test_a_term_is_replayed_over_any_kind_of_number() -> None:
    term = 1 / (1 + np.exp(-A)) * B
    at = {A: np.float64(0.7), B: np.float64(-2.0)}
    assert t.evaluate(term, at) == pytest.approx(-2 / (1 + math.exp(-0.7)), rel=1e-15)
    assert t.evaluate(term, {A: A, B: B}) == term
    assert t.evaluate(term, {A: Exact("ln 3"), B: Exact(2)}) == Exact("3/2")
    step = 1e-30
    moved = t.evaluate(term, {A: 0.7 + step * 1j, B: np.complex128(1)})
    assert moved.imag / step == pytest.approx(math.exp(-0.7) / (1 + math.exp(-0.7)) ** 2)


def test_the_numbers_of_a_term_become_what_they_are_wanted_as() -> None:
    term = np.log(t.number(2)) * A
    assert t.evaluate(term, {A: 3.0}) == pytest.approx(3 * math.log(2))
    assert t.evaluate(term, {A: A}, lambda number: number) == term
    halves = t.number(1) / t.number(3) * A
    third = t.evaluate(halves, {A: Exact(1)}, lambda number: Exact(number.args[0]))
    assert third == Exact("1/3")


def test_replaying_over_arrays_broadcasts_and_multiplies_as_numpy_does() -> None:
    w, x = np.arange(6.0).reshape(2, 3), np.array([[1.0], [0.0], [-1.0]])
    found = t.evaluate(np.tanh(W @ A) - 1, {W: w, A: x})
    np.testing.assert_array_equal(found, np.tanh(w @ x) - 1)


def test_a_leaf_without_a_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        t.evaluate(A + B, {A: 1.0})


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (A + B * 2, "(a + (b * 2))"),
        (-(A - B), "-(a - b)"),
        (W.T @ A, "(W.T @ a)"),
        (np.sqrt(A) ** 2, "(sqrt(a) ** 2)"),
        (t.gradient("z") * t.local("z"), "(d[z] * local[z])"),
        (t.number(0.42, 4) / t.number(1 / 3), "(0.4200 / 0.3333333333)"),
        (f.leaky_relu(A, 0.1), "leaky_relu(a, 0.1)"),
        (t.Term("entry", (W, (0, 1))), "entry(W, (0, 1))"),
    ],
)
def test_a_term_reads_as_program_text(term: t.Term, text: str) -> None:
    assert t.plain(term) == text == repr(term)
