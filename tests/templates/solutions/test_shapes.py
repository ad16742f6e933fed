from __future__ import annotations

import pytest

from solver import term as t
from solver.shape_walk import repairs, walk
from solver.shapes import Shape, Size
from solver.term import Term
from templates.solutions.shapes import as_list, in_numpy, latex, page, part_problem, problem, size
from templates.writers.text import write

W, D, A, X = (t.name(name) for name in ("W", "d", "a", "x"))
GIVEN: dict[str, Shape] = {"W": (3, 4), "d": (3, 1), "a": (4, 1), "x": (4,)}


def said(term: Term) -> str | None:
    return problem(walk(term, GIVEN))


def text(term: Term) -> str:
    names = {str(leaf.args[0]) for leaf in t.leaves(term)}
    shapes = {name: shape for name, shape in GIVEN.items() if name in names}
    parts = walk(term, shapes)
    return " ".join(write(page(parts, shapes, repairs(parts, shapes))).split())


def test_a_sound_expression_has_no_problem() -> None:
    assert said(W.T @ D * (1 - A)) is None
    assert "The expression is *4 × 1*. NumPy agrees." in text(W.T @ D * (1 - A))


@pytest.mark.parametrize(
    ("term", "sentences"),
    [
        (
            W @ D,
            "In linear algebra `W @ d` is not defined. Here `W` is 3 × 4 and `d` is 3 × 1: a matrix"
            " product needs as many columns on the left as rows on the right, and 4 is not 3. NumPy"
            " raises an error there too.",
        ),
        (
            W.T @ D * (1 - A.T),
            "In linear algebra `W.T @ d * (1 - a.T)` is not defined. Here `W.T @ d` is 4 × 1 and"
            " `1 - a.T` is 1 × 4: `*` goes entry by entry and needs equal shapes. NumPy raises no"
            " error: it stretches the two to `(4, 4)` and computes an array of that shape.",
        ),
        (
            (W.T @ D * A.T) @ D,
            "In linear algebra `W.T @ d * a.T @ d` is not defined, because `W.T @ d * a.T` is not."
            " Here `W.T @ d` is 4 × 1 and `a.T` is 1 × 4: `*` goes entry by entry and needs equal"
            " shapes. NumPy stretches the two to `(4, 4)` without a word, and raises an error only"
            " at `W.T @ d * a.T @ d`.",
        ),
        (
            W * D,
            "In linear algebra `W * d` is not defined. Here `W` is 3 × 4 and `d` is 3 × 1: `*` goes"
            " entry by entry and needs equal shapes. NumPy raises no error: it stretches `d` to"
            " `(3, 4)` and computes an array of that shape.",
        ),
        (
            X @ X,
            "In linear algebra `x @ x` is not defined. Here both sides are 4 × 1: a matrix product"
            " needs as many columns on the left as rows on the right, and 1 is not 4. NumPy raises"
            " no error and computes a number.",
        ),
        (
            A * X,
            "In linear algebra `a * x` is 4 × 1. NumPy computes an array of shape `(4, 4)` instead:"
            " in `a * x` an array of one axis meets a matrix, and NumPy takes it for a row.",
        ),
        (
            X @ X.T,
            "In linear algebra `x @ x.T` is 4 × 4. NumPy computes a number instead: the transpose"
            " of an array of one axis, as in `x.T`, is that array itself.",
        ),
        (
            (D.T @ D) * A,
            "In linear algebra `d.T @ d * a` is not defined. Here `d.T @ d` is 1 × 1 and `a` is"
            " 4 × 1: `*` goes entry by entry and needs equal shapes. Strictly, a matrix with a"
            " single entry is no number. NumPy takes it for one and computes an array of shape"
            " `(4, 1)`.",
        ),
        (
            D.sum() @ W,
            "In linear algebra `sum(d) @ W` is not defined. Here `sum(d)` is a number and `W` is"
            " 3 × 4: a matrix product needs two arrays; a number multiplies with `*`. NumPy raises"
            " an error there too.",
        ),
        (
            Term("entry", (W, (0,))),
            "In linear algebra `W[1]` is not defined. Here `W` is 3 × 4, and an entry of a matrix"
            " needs the row and the column. NumPy raises no error and computes an array of shape"
            " `(4,)`.",
        ),
    ],
)
def test_the_problem_is_told_in_the_words_of_linear_algebra(term: Term, sentences: str) -> None:
    assert said(term) == sentences
    assert sentences.split(". ")[0] in text(term)


def test_a_part_that_is_undefined_inside_has_no_problem_of_its_own() -> None:
    parts = walk(W @ D @ W, GIVEN)
    assert [part_problem(part) is None for part in parts] == [False, True]


def test_vectors_are_read_in_both_ways_and_the_page_says_so() -> None:
    assert "`x` is read by linear algebra as a column, 4 × 1; NumPy has it" in text(A * X)


def test_what_would_be_right_is_offered() -> None:
    assert "`W.T @ d` would be 4 × 1." in text(W @ D)
    assert "Defined would be `x.T @ x` (1 × 1) and `x @ x.T` (4 × 4)." in text(X @ X)


def test_shapes_are_written_for_the_page_for_numpy_and_for_json() -> None:
    shape = (Size("d", 1), Size("n_in"))
    assert latex(shape) == r"(d +1) \times n_{in}"
    assert latex(()) == r"\text{number}"
    assert size(Size("batch")) == r"\mathrm{batch}"
    assert size(Size("m*n")) == r"m \cdot n"
    assert (in_numpy((3,)), in_numpy((3, 4)), in_numpy(())) == ("(3,)", "(3, 4)", "()")
    assert (as_list(shape), as_list(()), as_list(None)) == (["d+1", "n_in"], [], None)
