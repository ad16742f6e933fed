"""The parser makes the tree that the source means, and names what it cannot read."""

from __future__ import annotations

from pathlib import Path

import pytest

from templates.mathematics import MathematicsError, parse
from templates.mathematics.tree import (
    Accent,
    AtomClass,
    Delimiter,
    Fence,
    Fraction,
    Function,
    MathStyle,
    Matrix,
    Number,
    Operator,
    Radical,
    Row,
    Script,
    Symbol,
    Text,
    UnderOver,
    Variant,
)

EXPRESSIONS = (Path(__file__).parent / "expressions.txt").read_text(encoding="utf-8").splitlines()
X = Symbol("x", Variant.ITALIC)


@pytest.mark.parametrize("source", EXPRESSIONS)
def test_every_expression_of_the_collection_parses(source: str) -> None:
    assert parse(source).children


def only(source: str) -> object:
    (node,) = parse(source).children
    return node


def test_a_letter_is_italic() -> None:
    assert only("x") == X


def test_a_decimal_number_is_one_node() -> None:
    assert only("0.5") == Number("0.5")
    assert only("1e-3") == Number("1e-3")


def test_a_sentence_stop_after_a_number_is_not_part_of_it() -> None:
    assert parse("2.").children[0] == Number("2")


def test_an_argument_without_braces_is_one_digit() -> None:
    assert parse(r"\frac12x").children == (Fraction(Number("1"), Number("2")), X)
    assert parse("x^23").children == (Script(X, None, Number("2")), Number("3"))


def test_both_orders_of_scripts_give_the_same_tree() -> None:
    assert parse("x_1^2") == parse("x^2_1")


def test_primes_come_before_a_superscript() -> None:
    prime = Symbol("′", Variant.UPRIGHT)
    assert only("x''^2") == Script(X, None, Row((prime, prime, Number("2"))))


def test_a_brace_around_a_comma_makes_it_ordinary() -> None:
    comma = Operator(",", AtomClass.PUNCT)
    assert parse("1{,}5").children == (Number("1"), Row((comma,)), Number("5"))


def test_a_star_after_a_command_is_not_part_of_it() -> None:
    assert parse(r"\alpha*x") == parse(r"\alpha * x")


@pytest.mark.parametrize(
    ("source", "node"),
    [
        (r"\mathbf{x}", Symbol("x", Variant.BOLD)),
        (r"\boldsymbol{\delta}", Symbol("δ", Variant.BOLD_ITALIC)),
        (r"\boldsymbol\Sigma", Symbol("Σ", Variant.BOLD)),
        (r"\mathbb{R}", Symbol("R", Variant.BLACKBOARD)),
        (r"\mathcal{B}", Symbol("B", Variant.CALLIGRAPHIC)),
        (r"\mathrm{succ}", Symbol("succ", Variant.UPRIGHT)),
        (r"\mathbf{0}", Number("0", Variant.BOLD)),
        (r"\hat y", Accent(Symbol("y", Variant.ITALIC), "ˆ")),
        (r"\sqrt{x}", Radical(X)),
        (r"\sqrt[3]{x}", Radical(X, Row((Number("3"),)))),
        (r"\left(x\right.", Fence("(", Row((X,)), "")),
        (r"\Big\|", Delimiter("‖", 2, AtomClass.ORD)),
        (r"\bigl(", Delimiter("(", 1, AtomClass.OPEN)),
        (r"\tfrac{x}{2}", Fraction(X, Number("2"), MathStyle.TEXT)),
        (r"\log", Function("log")),
        (r"\operatorname*{arg\,min}", Function("arg\u2009min", limits=True)),
        (r"\text{if x_1}", Text("if x_1")),
        (r"\texttt{a\_b}", Text("a_b", Variant.TYPEWRITER)),
        (r"\underset{x}{\max}", UnderOver(Function("max", limits=True), X, None)),
        (r"\begin{pmatrix} x & 1 \\ \end{pmatrix}",
         Matrix(((Row((X,)), Row((Number("1"),))),), "(", ")")),
    ],
)  # fmt: skip
def test_a_construct_becomes_its_node(source: str, node: object) -> None:
    assert only(source) == node


@pytest.mark.parametrize(
    ("character", "command"), [("δ", r"\delta"), ("≤", r"\leq"), ("∂", r"\partial")]
)
def test_a_character_typed_as_itself_means_its_command(character: str, command: str) -> None:
    assert parse(character) == parse(command)


@pytest.mark.parametrize(
    ("source", "position", "words"),
    [
        (r"x + \foo y", 4, r"unknown command \foo"),
        ("a + {b", 4, "never closed"),
        ("a}", 1, "without an opening one"),
        (r"\frac{a}", 8, r"\frac lacks an argument"),
        (r"\frac{a}}", 8, r"\frac lacks an argument"),
        ("x_1_2", 3, "second subscript"),
        ("x^1^2", 3, "second superscript"),
        ("x^", 2, "superscript lacks an argument"),
        (r"1 \left( a", 2, r"no \right"),
        (r"a \right)", 2, r"without \left"),
        (r"\left x", 6, "needs a delimiter"),
        (r"\left", 5, "the formula ends here"),
        (r"\sqrt[3", 7, "] is missing"),
        (r"\begin{array}", 6, "unknown environment 'array'"),
        (r"\begin{bmatrix} 1", 0, "never closed"),
        (r"\begin{bmatrix} 1 \end{pmatrix}", 22, r"\end{bmatrix}"),
        (r"\begin{bmatrix} 1 \\[2pt] 2 \end{bmatrix}", 20, "extra space"),
        ("a & b", 2, "& outside"),
        (r"a \\ b", 2, "line break outside"),
        ("5%", 1, r"write \%"),
        ("$x$", 0, "dollar sign"),
        (r"\mathbf{\delta}", 8, r"use \boldsymbol"),
        (r"\mathbb{r}", 8, "capital letters only"),
        (r"\text{if $x$}", 5, "plain words"),
        (r"\text x", 6, "in braces"),
        (r"\operatorname{a+b}", 13, "name of letters"),
        (r"\operatorname{ }", 13, "name of letters"),
        (r"\big.", 4, "visible delimiter"),
        ('x"', 1, "has no meaning"),
    ],
)
def test_an_error_says_what_is_wrong_and_where(source: str, position: int, words: str) -> None:
    with pytest.raises(MathematicsError) as caught:
        parse(source)
    assert caught.value.position == position
    assert words in str(caught.value)


def test_nesting_beyond_all_reason_is_an_error_of_its_own() -> None:
    with pytest.raises(MathematicsError, match="nested too deeply"):
        parse("{" * 20_000 + "}" * 20_000)
