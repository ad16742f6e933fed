"""Classes, limits and signs of atoms (The TeXbook, chapter 17, and appendix G)."""

from __future__ import annotations

import pytest

from templates.mathematics import parse
from templates.mathematics.atoms import atom_class, resolved, takes_limits
from templates.mathematics.tree import AtomClass

ORD, OP, BIN, REL, OPEN, CLOSE, PUNCT, INNER = AtomClass


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("x", AtomClass.ORD),
        ("x_1", AtomClass.ORD),
        (r"\frac{a}{b}", AtomClass.ORD),
        ("{=}", AtomClass.ORD),
        ("=", AtomClass.REL),
        ("+", AtomClass.BIN),
        (r"\log", AtomClass.OP),
        (r"\sum_i", AtomClass.OP),
        (r"\left(x\right)", AtomClass.INNER),
        (r"\begin{bmatrix} 1 \end{bmatrix}", AtomClass.INNER),
        (r"\begin{aligned} a &= b \end{aligned}", AtomClass.ORD),
        (r"\overset{!}{=}", AtomClass.REL),
        (r"\underset{x}{\max}", AtomClass.ORD),
    ],
)
def test_a_node_has_its_class(source: str, kind: AtomClass) -> None:
    (node,) = parse(source).children
    assert atom_class(node) is kind


@pytest.mark.parametrize(
    ("source", "expected"),
    [(r"\sum", True), (r"\max", True), (r"\log", False), (r"\int", False), ("x", False)],
)
def test_only_sums_and_operators_like_max_take_limits(source: str, expected: bool) -> None:
    (node,) = parse(source).children
    assert takes_limits(node) is expected


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([ORD, BIN, ORD], [ORD, BIN, ORD]),
        ([BIN, ORD], [ORD, ORD]),
        ([ORD, REL, BIN, ORD], [ORD, REL, ORD, ORD]),
        ([ORD, BIN, BIN, ORD], [ORD, BIN, ORD, ORD]),
        ([OPEN, BIN, ORD, CLOSE], [OPEN, ORD, ORD, CLOSE]),
        ([ORD, PUNCT, BIN, ORD], [ORD, PUNCT, ORD, ORD]),
        ([OP, BIN, ORD], [OP, ORD, ORD]),
        ([INNER, BIN, ORD], [INNER, BIN, ORD]),
        ([ORD, BIN, REL], [ORD, ORD, REL]),
        ([OPEN, ORD, BIN, CLOSE], [OPEN, ORD, ORD, CLOSE]),
        ([ORD, BIN], [ORD, ORD]),
        ([], []),
    ],
)
def test_binary_operators_need_operands_on_both_sides(
    kinds: list[AtomClass], expected: list[AtomClass]
) -> None:
    assert resolved(kinds) == expected
