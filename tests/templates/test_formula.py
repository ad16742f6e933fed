from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from solver import functions as f
from solver import term as t
from solver.exact import Exact
from solver.graph import GraphBuilder
from solver.network import Architecture, Layer, build
from solver.rules import RULES
from solver.steps import lines
from templates.formula import latex
from templates.mathematics.parser import parse
from templates.notation import Symbols, load


def scalars(*names: str) -> Symbols:
    builder = GraphBuilder()
    for name in names:
        builder.input(name)
    builder.apply("exp", builder.input("last"), name="out")
    return Symbols(builder.build(), None, load("backprep"))


PLAIN = scalars("a", "b", "c", "d", "x", "y", "p", "q1")
A, B, C, D, X, Y, Q = map(t.name, ("a", "b", "c", "d", "x", "y", "q1"))
GA, GY = t.gradient("a"), t.gradient("y")


def n(value: float, places: int | None = None) -> t.Term:
    return t.number(value, places)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        # Sums and signs
        (A + B - C, "a + b - c"),
        (A - (B + C), "a - (b + c)"),
        (A - (B - C), "a - (b - c)"),
        (A + (B - C), "a + b - c"),
        (A + -B, "a - b"),
        (A - -B, "a - (-b)"),
        (-(A + B), "-(a + b)"),
        (np.negative(-A), "-(-a)"),
        (-A * B, "-ab"),
        (A * -B, r"a \cdot (-b)"),
        # Numbers: negative ones in parentheses unless they come first
        (n(-2) + n(-3), "-2 + (-3)"),
        (n(2) - n(-3), "2 - (-3)"),
        (n(-0.5) * n(-2), r"-0.5 \cdot (-2)"),
        (n(0.5) * n(1) + n(-0.5) * n(-2) + n(0), r"0.5 \cdot 1 + (-0.5) \cdot (-2) + 0"),
        (n(0.42, 4) * n(3), r"0.4200 \cdot 3"),
        (-n(-2), "-(-2)"),
        (-n(0), "0"),
        (n(-3) ** 2, "(-3)^{2}"),
        (n(0.9051) ** 2, "0.9051^{2}"),
        # Products: nothing between letters, a dot where digits or signs could be misread
        (A * B, "ab"),
        (A * B * C, "abc"),
        (2 * X, "2x"),
        (-3 * X, "-3x"),
        (X * 2, r"x \cdot 2"),
        (2 * X**2, "2x^{2}"),
        (2 * n(1.5) ** 2, r"2 \cdot 1.5^{2}"),
        (0.5 * (2 * (X - Y)), r"0.5 \cdot 2(x - y)"),
        (2 * (X - Y), "2(x - y)"),
        (n(2) * (n(-1) + n(3)), "2(-1 + 3)"),
        (X * (1 - X), "x(1 - x)"),
        (Q * X, r"q_{1} \, x"),
        (D * X, r"d \, x"),
        (GY * B, r"\dfrac{\partial out}{\partial y} \cdot b"),
        (2 * f.step(X), r"2 \cdot [x > 0]"),
        # Quotients
        (A / B, r"\frac{a}{b}"),
        ((A + B) / 2, r"\frac{1}{2} (a + b)"),
        ((A - B) ** 2 / 2, r"\frac{1}{2} (a - b)^{2}"),
        ((A - B) ** 2 / 2 / 3, r"\frac{1}{3} \cdot \frac{1}{2} (a - b)^{2}"),
        (n(0.5) * n(3) / 2, r"\frac{0.5 \cdot 3}{2}"),
        (A / 2, r"\frac{a}{2}"),
        (n(1) / 2, r"\frac{1}{2}"),
        (-A / B, r"-\frac{a}{b}"),
        (np.negative(-A) / B, r"-\left(-\frac{a}{b}\right)"),
        (C * (-A / B**2), r"c \cdot \left(-\frac{a}{b^{2}}\right)"),
        (C + -A / B, r"c - \frac{a}{b}"),
        (A / B * C, r"\frac{a}{b} \cdot c"),
        # Powers
        (A**2, "a^{2}"),
        (A**1, "a"),
        (A**0.5, r"\sqrt{a}"),
        (A**-1, "a^{-1}"),
        ((A * B) ** 2, "(ab)^{2}"),
        ((A**2) ** 3, "(a^{2})^{3}"),
        ((A / B) ** 2, r"\left(\frac{a}{b}\right)^{2}"),
        (np.exp(A) ** 2, "(e^{a})^{2}"),
        (np.exp(-A / B), r"\exp\left(-\frac{a}{b}\right)"),
        # Functions
        (np.sin(A), r"\sin a"),
        (np.sin(n(0.5)), r"\sin 0.5"),
        (np.tanh(n(-0.5)), r"\tanh(-0.5)"),
        (np.log(A + B), r"\ln(a + b)"),
        (np.sin(A / B), r"\sin\left(\frac{a}{b}\right)"),
        (np.sin(A * B), r"\sin(ab)"),
        (np.cos(A) * B, r"\cos(a) \, b"),
        (np.cos(A) * np.sin(B), r"\cos(a) \, \sin b"),
        (B * np.log(A), r"b \, \ln a"),
        (n(1) * np.log(n(0.5)), r"1 \cdot \ln 0.5"),
        (np.log(A) ** 2, r"(\ln a)^{2}"),
        (np.log(1 - A) ** 2, r"(\ln(1 - a))^{2}"),
        (f.sigmoid(A), r"\sigma(a)"),
        (f.relu(A - B), r"\operatorname{ReLU}(a - b)"),
        (np.sqrt(A + B), r"\sqrt{a + b}"),
        (f.absolute(A - B), r"\left|a - b\right|"),
        (f.maximum(A, B + C), r"\max(a, b + c)"),
        (f.minimum(A, n(-1)), r"\min(a, -1)"),
        (f.maximum(f.maximum(A, n(2)), B), r"\max(a, 2, b)"),
        (f.maximum(f.minimum(A, n(2)), B), r"\max(\min(a, 2), b)"),
        # Conditions count as 1 or 0
        (f.step(A), r"[a > 0]"),
        (f.step(A, 0.1), r"[a > 0] + 0.1 \cdot [a \leq 0]"),
        (1 - f.step(A), r"[a \leq 0]"),
        (f.at_least(A, B), r"[a \geq b]"),
        (1 - f.at_least(A, B), r"[a < b]"),
    ],
)
def test_a_scalar_expression_is_written_as_by_hand(term: t.Term, text: str) -> None:
    assert latex(term, PLAIN) == text.replace("out", r"\mathrm{out}")


def net(**settings: Any) -> Symbols:
    layers = settings.pop("layers", (Layer(2, "tanh"), Layer(1)))
    network = build(Architecture(2, layers, **settings))
    return Symbols(network.graph, network, load("backprep"))


def leaf(symbols: Symbols, node: str, kind: Any = t.name) -> Any:
    assert symbols.graph is not None
    return kind(node, symbols.graph.shapes[node])


COLUMN = net()
W1, W2, S1, O1, X1, OUT, B1 = (leaf(COLUMN, s) for s in ("W1", "W2", "s1", "o1", "x", "s2", "b1"))
D1, D2, G1 = (leaf(COLUMN, s, t.gradient) for s in ("s1", "s2", "o1"))


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (W1 @ X1 + B1, r"W^{(1)} \mathbf{x} + \mathbf{b}^{(1)}"),
        (W2.T @ D2, r"W^{(2)\top} \delta^{(2)}"),
        (D1 @ X1.T, r"\boldsymbol{\delta}^{(1)} \mathbf{x}^{\top}"),
        (D2.T, r"\delta^{(2)}"),
        (G1.T, r"\left(\dfrac{\partial \ell}{\partial \mathbf{o}^{(1)}}\right)^{\top}"),
        ((W1 @ X1).T, r"(W^{(1)} \mathbf{x})^{\top}"),
        (W1 @ (X1 + O1), r"W^{(1)} (\mathbf{x} + \mathbf{o}^{(1)})"),
        (W1 @ (X1 * O1), r"W^{(1)} (\mathbf{x} \odot \mathbf{o}^{(1)})"),
        (W1 @ X1 * O1, r"W^{(1)} \mathbf{x} \odot \mathbf{o}^{(1)}"),
        (np.tanh(S1), r"\tanh \mathbf{s}^{(1)}"),
        (O1 * (1 - O1), r"\mathbf{o}^{(1)} \odot (1 - \mathbf{o}^{(1)})"),
        (1 - O1**2, r"1 - \mathbf{o}^{(1)} \odot \mathbf{o}^{(1)}"),
        (2 * (O1 - S1), r"2(\mathbf{o}^{(1)} - \mathbf{s}^{(1)})"),
        (D2 * O1, r"\delta^{(2)} \, \mathbf{o}^{(1)}"),
        (OUT**2, r"\hat{y}^{2}"),
        (np.sum(O1 * S1), r"\sum_{k} o_{k}^{(1)} \, s_{k}^{(1)}"),
        (np.sum((O1 - S1) ** 2) / 2, r"\frac{1}{2} \sum_{k} (o_{k}^{(1)} - s_{k}^{(1)})^{2}"),
        (2 * np.sum(O1 * S1) / 3, r"\frac{2}{3} \sum_{k} o_{k}^{(1)} \, s_{k}^{(1)}"),
        (2 * (O1 - S1) / 3, r"\frac{2}{3} (\mathbf{o}^{(1)} - \mathbf{s}^{(1)})"),
        (np.sum(O1 + S1), r"\sum_{k} (o_{k}^{(1)} + s_{k}^{(1)})"),
        (np.sum(D2 * O1), r"\sum_{k} \delta^{(2)} \, o_{k}^{(1)}"),
        (np.sum(O1) * OUT, r"\left(\sum_{k} o_{k}^{(1)}\right) \, \hat{y}"),
        (np.sum(OUT), r"\hat{y}"),
        (
            -np.sum(O1 * np.log(f.softmax(S1, 0))),
            r"-\sum_{k} o_{k}^{(1)} \, \ln \operatorname{softmax}(\mathbf{s}^{(1)})_{k}",
        ),
        (f.prepend_one(X1), r"\begin{bmatrix} 1 \\ \mathbf{x} \end{bmatrix}"),
        (
            D1 @ f.prepend_one(X1).T,
            r"\boldsymbol{\delta}^{(1)} \begin{bmatrix} 1 \\ \mathbf{x} \end{bmatrix}^{\top}",
        ),
        (
            t.Term("entry", (D1, (0, 0))) * t.Term("entry", (X1, (1, 0))),
            r"\delta_{1}^{(1)} \, x_{2}",
        ),
        (f.spread(D2, (2, 1)), r"\delta^{(2)} \, \mathbf{1}"),
    ],
)
def test_an_expression_in_columns_is_written_as_by_hand(term: t.Term, text: str) -> None:
    assert latex(term, COLUMN) == text


def test_a_circled_dot_stands_between_arrays_only() -> None:
    assert latex(O1 * S1, COLUMN) == r"\mathbf{o}^{(1)} \odot \mathbf{s}^{(1)}"
    assert r"\odot" not in latex(OUT * D2, COLUMN)


def test_entries_that_change_places_are_written_in_their_new_ones() -> None:
    builder = GraphBuilder()
    builder.apply("adjugate", builder.input("A", (2, 2)), name="y")
    symbols = Symbols(builder.build(), None, load("backprep"))
    entries = r"A_{22} & -A_{12} \\ -A_{21} & A_{11}"
    text = rf"\begin{{bmatrix}} {entries} \end{{bmatrix}}"
    assert latex(f.adjugate(leaf(symbols, "A")), symbols) == text


def test_sums_over_a_batch_run_over_units_and_examples() -> None:
    symbols = net(examples=4, layers=(Layer(3),))
    s, y = leaf(symbols, "s1"), leaf(symbols, "y")
    assert latex(np.sum((s - y) ** 2), symbols) == r"\sum_{k, i} (\hat{y}_{ki} - y_{ki})^{2}"
    delta = leaf(symbols, "s1", t.gradient)
    total = np.sum(delta, axis=1, keepdims=True)
    assert latex(total, symbols) == r"\sum_{i} \boldsymbol{\delta}_{i}^{(1)}"
    product = np.sum(delta * y, axis=0, keepdims=True)
    assert latex(product, symbols) == r"\sum_{k} \delta_{ki}^{(1)} \, y_{ki}"


def test_in_rows_the_example_is_the_first_index() -> None:
    symbols = net(examples=4, rows=True, layers=(Layer(3),))
    s, delta = leaf(symbols, "s1"), leaf(symbols, "s1", t.gradient)
    assert latex(np.sum(s**2), symbols) == r"\sum_{i, k} \hat{y}_{ik}^{2}"
    total = np.sum(delta, axis=0, keepdims=True)
    assert latex(total, symbols) == r"\sum_{i} \boldsymbol{\delta}_{i}^{(1)}"


def test_one_unit_over_a_batch_runs_over_the_examples() -> None:
    symbols = net(examples=4, layers=(Layer(1),))
    assert latex(np.sum(leaf(symbols, "s1")), symbols) == r"\sum_{i} \hat{y}_{i}"


def test_a_one_on_top_of_a_batch_is_a_row_of_ones() -> None:
    symbols = net(examples=4, bias="folded")
    text = latex(f.prepend_one(leaf(symbols, "x")), symbols)
    assert text == r"\begin{bmatrix} \mathbf{1}^{\top} \\ X \end{bmatrix}"


def test_the_gradient_of_an_entry_is_a_multiple_of_a_unit_vector() -> None:
    builder = GraphBuilder()
    builder.apply("entry", builder.input("x", (3,)), name="u", index=(1,))
    symbols = Symbols(builder.build(), None, load("backprep"))
    assert latex(f.place(t.name("u"), (3,), (1,)), symbols) == r"u \, \mathbf{e}_{2}"
    assert latex(f.place(n(1), (2, 3), (1, 2)), symbols) == r"\mathbf{E}_{2, 3}"


def test_arrays_of_terms_are_tuples_and_matrices() -> None:
    entries = np.array([n(1) * n(-2), A], dtype=object)
    assert latex(entries, PLAIN) == r"\left(1 \cdot (-2),\; a\right)"
    assert latex(entries.reshape(2, 1), PLAIN) == r"\begin{bmatrix} 1 \cdot (-2) \\ a \end{bmatrix}"
    assert latex(entries[:1].reshape(1, 1), PLAIN) == r"1 \cdot (-2)"


def test_without_a_graph_every_name_is_an_array() -> None:
    symbols = Symbols(notation=load("backprep"), given={"u": r"\mathbf{u}", "v": r"\mathbf{v}"})
    u: Any = t.name("u", (3, 1))
    v = t.name("v", (3, 1))
    assert latex(u * v, symbols) == r"\mathbf{u} \odot \mathbf{v}"
    assert latex(u.T @ v, symbols) == r"\mathbf{u}^{\top} \mathbf{v}"
    with pytest.raises(ValueError, match="a sum can only be written for a graph"):
        latex(np.sum(u), symbols)


SETTINGS: dict[str, dict[str, Any]] = {
    "power": {"exponent": 3},
    "leaky_relu": {"alpha": 0.1},
    "elu": {"alpha": 0.5},
    "entry": {"index": (1, 0)},
}


@pytest.mark.parametrize("op", RULES.primitives)
def test_every_line_of_every_primitive_is_mathematics_that_can_be_set(op: str) -> None:
    builder = GraphBuilder()
    shape = (2,) if op in ("outer", "diagonal") else (2, 2)
    x = builder.input("x", shape)
    one = op in SETTINGS or RULES[op].derivative is not None
    two = op.endswith(("error", "entropy", "of_scores")) or op in (
        *("add", "subtract", "multiply", "divide", "maximum", "minimum", "matmul", "dot"),
        *("outer", "general_power", "at_least"),
    )
    inputs = (x, builder.input("z", shape)) if two and not one else (x,)
    y = builder.apply(op, *inputs, name="y", **SETTINGS.get(op, {}))
    builder.apply("sum", y, name="total")
    symbols = Symbols(builder.build(), None, load("backprep"))
    assert symbols.graph is not None
    for line in lines(symbols.graph):
        text = latex(line.formula, symbols)
        parse(text)
        # Two operators side by side, or digits that run into each other, are never right.
        assert "--" not in text.replace(" ", "")
        assert "operatorname{place}" not in text


def test_quotients_in_a_matrix_are_written_with_a_slash() -> None:
    column = np.array([[A / B], [A / (B + C)]], object)
    assert latex(column, PLAIN) == r"\begin{bmatrix} a / b \\ a / (b + c) \end{bmatrix}"
    assert latex(A / B, PLAIN) == r"\frac{a}{b}"


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        (np.exp(t.number(Exact("3/2"))), r"e^{3/2}"),
        (t.number(Exact("ln(4/3)")) / t.number(Exact("1/2")), r"\frac{\log(4/3)}{1/2}"),
    ],
)
def test_exact_fractions_are_not_set_inside_exponents_or_fractions(term: t.Term, shown: str):
    symbols = Symbols(PLAIN.graph, None, load("standard"))
    assert latex(term, symbols) == shown


def test_a_gradient_with_a_minus_sign_is_divided_without_a_fraction_in_a_fraction() -> None:
    symbols = Symbols(PLAIN.graph, None, load("waterloo-meila"))
    gradient = r"-\dfrac{\partial \mathrm{out}}{\partial a}"
    assert latex(GA / C, symbols) == gradient + r" \cdot \frac{1}{c}"
    assert latex(B + GA / C, symbols) == rf"b + \left({gradient}\right) \cdot \frac{{1}}{{c}}"


def test_brackets_grow_only_around_what_is_taller_than_a_line() -> None:
    assert latex(f.step(A / B), PLAIN) == r"\left[\frac{a}{b} > 0\right]"
    assert latex(f.maximum(A / B, C), PLAIN) == r"\max\left(\frac{a}{b}, c\right)"
    column = np.array([[f.step(A)], [f.step(B)]])
    assert parse(latex(column, PLAIN))


def test_no_digit_stands_behind_a_fraction_as_in_a_mixed_number() -> None:
    squared = t.Term("power", (n(1.5), n(2.0)))
    assert latex(n(3.0) * squared / 2.0, PLAIN) == r"\frac{3 \cdot 1.5^{2}}{2}"
    assert latex(n(3.0) * A / 2.0, PLAIN) == r"\frac{3}{2} a"
