from __future__ import annotations

import ast
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver import term as t
from solver.program_text import program_text
from solver.term import Term

W, D, A = (t.name(name) for name in ("W", "d", "a"))


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (W.T @ D * (1 - A), "W.T @ d * (1 - a)"),
        (W.T @ (D * A), "W.T @ (d * a)"),
        (1 - (A - D), "1 - (a - d)"),
        (A - D + W, "a - d + W"),
        ((W @ D).T, "(W @ d).T"),
        (-A, "-a"),
        (-(A + D), "-(a + d)"),
        (A * (-D), "a * (-d)"),
        (A**2, "a**2"),
        ((-A) ** 2, "(-a)**2"),
        (A / (D * W), "a / (d * W)"),
        (np.exp(-A), "exp(-a)"),
        ((A * D).sum(), "sum(a * d)"),
        (Term("outer", (D, A)), "outer(d, a)"),
        (Term("entry", (W, (1, 0))), "W[2, 1]"),
        (t.number(0.5) * A, "0.5 * a"),
    ],
)
def test_a_term_is_written_as_one_would_type_it(term: Term, expected: str) -> None:
    assert program_text(term) == expected


OPERATIONS: dict[type[ast.operator], Any] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.MatMult: np.matmul,
}


def read(node: ast.expr) -> Term:
    """Python's own parser, for the parentheses."""
    match node:
        case ast.Name(id=name):
            return t.name(name)
        case ast.Attribute(value=inner):
            return read(inner).T
        case ast.UnaryOp(operand=inner):
            return -read(inner)
        case ast.BinOp(left=left, op=op, right=right):
            return Term(OPERATIONS[type(op)].__name__, (read(left), read(right)))
        case _:
            raise AssertionError(ast.dump(node))


def binary(children: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    names = st.sampled_from([function.__name__ for function in OPERATIONS.values()])
    pairs = st.builds(lambda op, a, b: Term(op, (a, b)), names, children, children)
    return pairs | children.map(lambda inner: inner.T) | children.map(lambda inner: -inner)


@given(st.recursive(st.sampled_from([W, D, A]), binary, max_leaves=12))
def test_python_reads_the_same_term_back(term: Term) -> None:
    assert read(ast.parse(program_text(term), mode="eval").body) == term
