"""Arrays of partial derivatives, by hand, and what they say of layouts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gen import verification
from gen.draw import Draw
from gen.families.derivative_layout import Params, pose, solve, verify
from gen.topics.shapes.derivatives import FUNCTIONS, LETTERS, Spaces
from gen.topics.shapes.partials import SIZES, laid_out, partials

M, N = SIZES
SPACES = Spaces(4, 2, LETTERS[0])


def test_partial_derivatives_are_those_of_the_textbook():
    matrix = np.linspace(-0.8, 0.9, M * N).reshape(M, N)
    u, v = np.linspace(-1.0, 0.5, N), np.linspace(0.3, 1.1, M)
    assert np.allclose(partials(("product", "u")), matrix)
    assert np.allclose(partials(("bilinear", "M")), np.outer(v, u))
    assert np.allclose(partials(("turned product", "v")), matrix.T)
    assert partials(("square", "t")) == pytest.approx(1.4)
    assert partials(("scaled matrix", "M")).shape == (M, N, M, N)
    assert np.allclose(partials(("outer product", "u"))[:, 1, 1], v)


def test_every_function_is_written_out_for_all_its_variables():
    for name, function in FUNCTIONS.items():
        for variable in function.variables:
            assert np.any(partials((name, variable)) != 0)


@pytest.mark.parametrize(
    ("pair", "shape"),
    [
        (("square", "t"), (1, 1)),
        (("length", "u"), (1, N)),
        (("bilinear", "M"), (N, M)),
        (("scaled column", "t"), (M, 1)),
        (("product", "u"), (M, N)),
        (("scaled matrix", "t"), (M, N)),
    ],
)
def test_one_layout_is_the_transpose_of_the_other(pair, shape):
    assert laid_out(pair, "numerator") == shape
    assert laid_out(pair, "denominator") == shape[::-1]


def test_false_shapes_options_and_statements_are_found():
    asked = (("product", "u"), ("bilinear", "v"))
    problem = pose(Params(SPACES, "numerator", asked, "choice"))
    solution = solve(problem, Draw("test"))
    verify(problem, solution)
    (part,) = solution.parts
    turned = tuple(shape[::-1] for shape in part.written.entries)
    flipped = tuple(replace(option, right=not option.right) for option in part.options)
    for false in (
        replace(part, written=replace(part.written, entries=turned)),
        replace(part, options=flipped),
    ):
        with pytest.raises(verification.Mismatch):
            verify(problem, replace(solution, parts=(false,)))
