"""Formulas as one line of text, written out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from templates.mathematics import plain

EXPRESSIONS = (Path(__file__).parent / "expressions.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("z^{(1)} = W^{(1)} x + b^{(1)}", "z⁽¹⁾ = W⁽¹⁾ x + b⁽¹⁾"),
        (r"\frac{a + b}{c}", "(a + b)/c"),
        ("-1/u^2", "-1/u²"),
        (r"\frac{x^2 \sin z}{y}", "(x² sin z)/y"),
        (r"\frac{\sin(z)}{y}", "sin(z)/y"),
        (r"\frac{\exp(-1)}{S}", "exp(-1)/S"),
        (r"\frac{(a + b) - c}{d}", "((a + b) - c)/d"),
        (r"\frac{a(b - c)}{d}", "a(b - c)/d"),
        (r"\frac{\partial \ell}{\partial w}", "∂ℓ/∂w"),
        (r"\frac{\partial \ell}{\partial W^{(1)}_{12}}", "∂ℓ/∂W⁽¹⁾₁₂"),
        (r"\frac{1}{2\sigma}", "1/(2σ)"),
        (r"\frac{1}{|\mathcal{B}|}", "1/|ℬ|"),
        (r"\frac{1}{(a+b)(c+d)}", "1/((a + b)(c + d))"),
        (r"\tfrac12 (y - t)^2", "1/2 (y - t)²"),
        (r"\frac{\frac{a}{b}}{c}", "(a/b)/c"),
        (r"\frac{2/5}{8/5}", "(2/5)/(8/5)"),
        (r"\begin{bmatrix} 0.5 & -0.3 \\ 0.1 & 0.8 \end{bmatrix}", "[0.5 -0.3; 0.1 0.8]"),
        (r"\begin{pmatrix} a + b & c \end{pmatrix}", "(a + b, c)"),
        (r"\hat{y} = \sigma\left(z\right)", "ŷ = σ(z)"),
        (r"\hat{x + y}", "hat(x + y)"),
        (r"\tanh'(z) = 1 - \tanh^2(z)", "tanh′(z) = 1 - tanh²(z)"),
        (r"\operatorname{ReLU}(z) = \max(0, z)", "ReLU(z) = max(0, z)"),
        (r"-\sum_{k=1}^{K} y_k \log p_k", "-∑ₖ₌₁ᴷ yₖ log pₖ"),
        (r"\sum_{i \in \mathcal{B}} \ell_i", "∑_(i ∈ ℬ) ℓᵢ"),
        (r"W^{\top} \delta", "Wᵀ δ"),
        (r"x_{i,j}", "x_(i,j)"),
        (r"e^{-z}", "e⁻ᶻ"),
        (r"e^{z_k}", "e^(zₖ)"),
        (r"\sqrt{x}", "√x"),
        (r"\sqrt{x + 1}", "√(x + 1)"),
        (r"\sqrt[3]{x}", "∛x"),
        (r"f''(x)", "f″(x)"),
        (r"x^{}", "x"),
        (r"\frac{1}{}", "1/"),
        (r"\mathbf{x} \in \mathbb{R}^{n}", "x ∈ ℝⁿ"),
        (r"w \leftarrow w - \eta\,\frac{\partial \ell}{\partial w}", "w ← w - η ∂ℓ/∂w"),
        (r"0.5 \cdot (-0.1256)", "0.5 · (-0.1256)"),
        (r"\left\|w\right\|_2^2", "‖w‖₂²"),
        (r"\begin{cases} 1 & \text{if } z > 0 \\ 0 & \text{otherwise} \end{cases}",
         "{1 if z > 0; 0 otherwise}"),
        (r"\begin{aligned} a &= b \\ &= c \\ d &= e \end{aligned}", "a = b = c; d = e"),
        (r"\binom{n}{k}", "(n choose k)"),
        (r"\bar{v}_i", "v̄ᵢ"),
        (r"a, \quad b", "a, b"),
    ],
)  # fmt: skip
def test_a_formula_reads_as_written_by_hand(source: str, expected: str) -> None:
    assert plain(source) == expected


@pytest.mark.parametrize("source", EXPRESSIONS)
def test_every_expression_gives_one_line_without_commands(source: str) -> None:
    line = plain(source)
    assert line
    assert not set("\\\n&") & set(line)
    assert "  " not in line
