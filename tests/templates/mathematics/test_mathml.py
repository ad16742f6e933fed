"""Formulas as MathML: well-formed, complete and in the order of reading."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from templates.mathematics import MathematicsError
from templates.mathematics.mathml import mathml
from templates.mathematics.mathml.leaves import alphabet
from templates.mathematics.tree import Variant

EXPRESSIONS = (Path(__file__).parent / "expressions.txt").read_text(encoding="utf-8").splitlines()

CORE = {
    "math", "mi", "mn", "mo", "mtext", "mspace", "mrow", "mfrac", "msqrt", "mroot", "mstyle",
    "msub", "msup", "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd",
}  # fmt: skip
"""The elements of MathML Core that a formula of ours may have."""

CHILDREN = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2,
    "munderover": 3,
}  # fmt: skip
"""How many children MathML Core asks of an element."""


def tree(source: str, display: bool = False, large: bool = False) -> ElementTree.Element:
    return ElementTree.fromstring(mathml(source, display, large))


def read(source: str) -> str:
    return "".join(tree(source).itertext())


def operators(source: str) -> dict[str, dict[str, str]]:
    """The attributes of each operator by its character; the last counts."""
    return {str(mark.text): mark.attrib for mark in tree(source).iter("mo")}


@pytest.mark.parametrize("display", [False, True])
@pytest.mark.parametrize("source", EXPRESSIONS)
def test_every_expression_is_well_formed_mathml_core(source: str, display: bool) -> None:
    for node in tree(source, display).iter():
        assert node.tag in CORE
        assert len(node) == CHILDREN.get(node.tag, len(node))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("z^{(1)} = W^{(1)} x + b^{(1)}", "z(1)=W(1)x+b(1)"),
        (r"\frac{1}{1 + e^{-z}}", "11+e−z"),
        (r"\mathbf{x} \in \mathbb{R}^{n}", "𝐱∈ℝn"),
        (r"\boldsymbol{\delta}^{(l)} \odot W", "𝜹(l)⊙W"),
        (r"\mathcal{B}\mathtt{x1}\mathit{if}", "ℬ𝚡𝟷𝑖𝑓"),
        (r"\mathbf{1} + \mathbf{\Gamma}", "𝟏+𝚪"),
        (r"\hat{y} - \bar{v} \cdot \vec{x}", "yˆ−v¯⋅x→"),
        (r"\tanh'(z) = 1 - \tanh^2(z)", "tanh′(z)=1−tanh2(z)"),
        ("f''(x) g'''", "f″(x)g‴"),
        ("f'^2_1", "f′12"),
        (r"\operatorname{ReLU}(z) = \max(0, z)", "ReLU(z)=max(0,z)"),
        (r"\sum_{i=1}^{N} x_i", "∑i=1Nxi"),
        (r"\sqrt{x} + \sqrt[3]{y}", "x+y3"),
        (r"\left.\frac{a}{b}\right|_{x=0}", "ab|x=0"),
        (r"\left\|w\right\|_2^2", "‖w‖22"),
        (r"\begin{bmatrix} 0.5 & -0.3 \\ 0.1 & 0.8 \end{bmatrix}", "[0.5−0.30.10.8]"),
        (r"\begin{cases} 1 & \text{if } z > 0 \\ 0 & \text{otherwise} \end{cases}",
         "{1if\u00a0z>00otherwise"),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "a=b=c"),
        (r"\binom{n}{k}", "(nk)"),
        (r"\underset{\theta}{\operatorname{arg\,min}}\; L", "arg\u2009minθL"),
        (r"\overset{!}{=}", "=!"),
        (r"\underbrace{a + b}_{n}", "a+b⏟n"),
        (r"\overline{a + b} - \underline{c}", "a+b−c"),
        (r"\Bigl( a \Bigr)", "(a)"),
        (r"x_1, \ldots, x_n", "x1,…,xn"),
        ("1e-3 < x", "1e-3<x"),
        ("w \\leftarrow w - \\eta\\,g", "w←w−ηg"),
    ],
)  # fmt: skip
def test_a_formula_is_read_as_written_by_hand(source: str, expected: str) -> None:
    assert read(source) == expected


def test_a_display_is_a_block_and_a_large_formula_is_not() -> None:
    assert tree("x", display=True).attrib == {"alttext": "x", "display": "block"}
    assert tree("x", large=True).attrib == {"alttext": "x", "displaystyle": "true"}
    assert tree("x").attrib == {"alttext": "x"}


def test_the_alternative_text_is_the_formula_as_one_line() -> None:
    assert tree(r'\frac{\partial \ell}{\partial w} < \text{"a"}').attrib["alttext"] == '∂ℓ/∂w < "a"'


def test_limits_stand_above_and_below_in_a_display_only() -> None:
    source = r"\sum_{i=1}^{N} \max_j x_{ij}"
    assert [len(list(tree(source, True).iter(tag))) for tag in ("munderover", "munder")] == [1, 1]
    assert [len(list(tree(source).iter(tag))) for tag in ("munderover", "munder")] == [0, 0]


def test_a_sign_has_no_space_after_it_and_an_operation_has() -> None:
    assert operators("-x")["−"] == {"form": "prefix", "lspace": "0", "rspace": "0"}
    assert operators("a - x")["−"] == {"lspace": "0.222em", "rspace": "0.222em"}
    assert operators("x_{a - b}")["−"] == {"lspace": "0", "rspace": "0"}


def test_brackets_grow_only_around_what_is_tall() -> None:
    assert operators(r"\left( x \right)")["("]["stretchy"] == "false"
    assert operators(r"\left( \frac{1}{2} \right)")["("]["stretchy"] == "true"
    assert operators(r"( \frac{1}{2} )")["("]["stretchy"] == "false"


def test_upright_letters_say_so_and_names_need_not() -> None:
    assert tree(r"\Gamma")[0].attrib == {"mathvariant": "normal"}
    assert tree(r"\mathrm{d}")[0].attrib == {"mathvariant": "normal"}
    assert tree(r"\log")[0].attrib == {}
    assert tree(r"\gamma")[0].attrib == {}


@pytest.mark.parametrize(
    ("variant", "letters", "expected"),
    [
        (Variant.BOLD, "Az0Ωω∇", "𝐀𝐳𝟎𝛀𝛚𝛁"),
        (Variant.BOLD_ITALIC, "Azωϵε∂", "𝑨𝒛𝝎𝝐𝜺𝝏"),
        (Variant.TEXT_ITALIC, "Ahz", "𝐴ℎ𝑧"),
        (Variant.TYPEWRITER, "Az9", "𝙰𝚣𝟿"),
    ],
)
def test_alphabets_are_those_of_unicode(variant: Variant, letters: str, expected: str) -> None:
    assert "".join(alphabet(variant)[letter] for letter in letters) == expected


def test_text_keeps_the_spaces_at_its_ends() -> None:
    (words,) = tree(r"\text{ if so }")
    assert words.text == "\u00a0if so\u00a0"


def test_special_characters_are_escaped() -> None:
    assert "<mo " in mathml("a < b")
    assert "&lt;" in mathml("a < b")
    assert read(r"\text{a<b \& c}") == "a<b & c"


def test_a_formula_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(MathematicsError):
        mathml(r"\unknown")


def test_a_bar_keeps_a_distance_from_the_serifs_of_a_capital() -> None:
    assert operators(r"\bar{H}")["¯"]["style"] == "padding-bottom: 0.1em"
    assert "style" not in operators(r"\hat{H}")["ˆ"]
