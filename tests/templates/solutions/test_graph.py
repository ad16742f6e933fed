from __future__ import annotations

import re

import numpy as np
import pytest

import solver
from templates.document import Figure, Table
from templates.solutions import graph

QUIZ = "exp(x*z) + x*z/log(x) + sin(log(x))/(x*z)"


def shown(text: str, at: dict[str, object], **settings: object) -> str:
    page = solver.solve(text, at, **settings).text()  # type: ignore[arg-type]
    return re.sub(r"\s+", " ", page)


def test_the_function_is_written_out_in_its_inputs() -> None:
    page = shown("p = x*z; f = p + sin(p)", {"x": 2, "z": 3})
    assert "f = xz + sin(xz) is differentiated at x = 2 and z = 3." in page


def test_a_sum_over_a_product_of_matrices_has_its_index_outside() -> None:
    page = shown("sum((W@x)^2)", {"W": [[1, 2], [3, 4]], "x": [1, -1]})
    assert "y = ∑ₖ (Wx)ₖ²" in page


def test_an_expression_that_would_be_very_long_is_left_as_statements() -> None:
    doubling = "; ".join(["a = x + x", *(f"{b} = {a} * {a}" for a, b in zip("abcde", "bcdef"))])  # noqa: B905
    assert "f = e²" in shown(doubling, {"x": 0.5}) or "f = ee" in shown(doubling, {"x": 0.5})


def test_the_quiz_of_the_lecture_reads_line_by_line() -> None:
    # By hand from the printed lines: 0.1667 cos 0.6931 - 6/0.6931^2 = -12.3617, and so on.
    page = shown(QUIZ, {"x": 2, "z": 3})
    assert (
        "∂y/∂c = ∂y/∂h · cos c + ∂y/∂d · (-a/c²) = 0.1667 · cos 0.6931 + 1 · (-6/0.6931²)" in page
    )
    assert "= -12.3617" in page
    assert "a is used three times, so the contributions of all its uses are added." in page
    assert "Each of c, a and x is used more than once." in page
    assert "∂y/∂x = 1208.3806, ∂y/∂z = 809.7076" in page


def test_a_fork_gives_the_reason_of_every_contribution_once() -> None:
    page = shown("dot(w, w) + log(b) + b", {"w": [1, 2], "b": 3})
    assert page.count("multiplied by the same entry of the other") == 1
    assert "The derivative of log u is 1/u." in page


def test_every_node_has_its_users_its_value_and_its_gradient() -> None:
    found = solver.solve("q = x + y; f = q*z", {"x": -2, "y": 5, "z": -4})
    table = [
        block for block in graph.page(found, found.notation).blocks if isinstance(block, Table)
    ][-1]
    rows = [tuple("".join(part.source for part in cell) for cell in row) for row in table.rows]
    # The example of Stanford CS231n.
    assert rows == [
        ("x", "q", "-2", "-4"),
        ("y", "q", "5", "-4"),
        ("z", "f", "-4", "3"),
        ("q", "f", "3", "-4"),
        ("f", "", "-12", "1"),
    ]


def test_a_large_graph_is_not_drawn() -> None:
    small, large = (
        solver.solve(" + ".join(f"sin({n}*x)" for n in range(2, count)), {"x": 0.5})
        for count in (4, 20)
    )
    drawn = [
        any(isinstance(block, Figure) for block in graph.page(each, each.notation).blocks)
        for each in (small, large)
    ]
    assert drawn == [True, False]


def test_words_are_those_of_the_course() -> None:
    page = shown("x*z + x", {"x": 2, "z": 3}, notation="cmu-gormley")
    assert "The adjoint gᵤ of a quantity u is the derivative" in page
    assert "Its adjoint is the sum over its uses; every other adjoint is a single product." in page
    assert "index of its unit" not in page


def test_arrays_of_ones_and_unit_vectors_are_explained() -> None:
    page = shown("sum(x*x) + x[2]", {"x": [1, 2]})
    assert "𝟏 is an array of ones." in page
    assert "eᵢ is a vector of zeros with a 1 in place i" in page


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        (
            "relu(x)*z",
            {"x": 0, "z": 2},
            "At 0, where ReLU has a kink, its derivative is taken to be 0.",
        ),
        ("abs(x)*z", {"x": 0, "z": 2}, "At 0, where the absolute value has a kink"),
        ("max(x, z)", {"x": 2, "z": 2}, "such a tie is settled for the first one"),
    ],
)
def test_kinks_are_said_aloud(text: str, at: dict[str, object], words: str) -> None:
    assert words in shown(text, at)


def test_lines_that_cannot_be_exact_say_why() -> None:
    page = shown("cos(x)*x", {"x": 1}, arithmetic="exact")
    assert "These lines are in decimals, not exact: cos(1) has no exact value." in page


def test_exact_numbers_are_printed_as_they_are_written_by_hand() -> None:
    page = shown("sigmoid(x)*x", {"x": "ln 3"}, arithmetic="exact", notation="backprep")
    assert "3/16 ln 3 + 3/4" in page
    assert "log" not in page


def test_every_printed_scalar_line_follows_from_the_lines_before() -> None:
    found = solver.solve("tanh(x*z)/(x + z^2)", {"x": 0.7, "z": -1.3})
    by_leaf = {step.leaf: float(step.value) for step in found.steps}
    assert all(np.isclose(value, round(value, 4), atol=1e-12) for value in by_leaf.values())
