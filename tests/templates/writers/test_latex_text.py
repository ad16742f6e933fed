"""Words and formulas as LaTeX, by the commands that a LaTeX manual gives."""

from __future__ import annotations

import pytest

from solver.errors import InputError
from templates.writers.latex_text import formula, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50% of $5 & more_#1 {x}", r"50\% of \$5 \& more\_\#1 \{x\}"),
        ("a\\b ~ c^d", r"a\textbackslash{}b \textasciitilde{} c\textasciicircum{}d"),
        ("a < b > c | d", "a $<$ b $>$ c $|$ d"),
        ("“so” ‘it’ is – or — not…", "``so'' `it' is -- or --- not\\ldots{}"),
        ("Zoë Ångström Łódź", r"Zo\"{e} \r{A}ngstr\"{o}m \L{}\'{o}d\'{z}"),
        ("naïve façade señor", r"na\"{\i}ve fa\c{c}ade se\~{n}or"),
        ("Größe", r"Gr\"{o}\ss{}e"),
        ("δ and ∂ℓ", r"$\delta$ and $\partial$$\ell$"),
        ("x₁, o⁽¹⁾₂ = a²", r"x$_{1}$, o$^{(1)}$$_{2}$ = a$^{2}$"),
        ("ŷ − 1 × 2·3", r"\^{y} $-$ 1 $\times$ 2$\cdot$3"),
        ("Wᵀ in ℝ", r"W$^{T}$ in R"),
        ("no\u00a0break", "no~break"),
    ],
)
def test_words_are_written_with_commands(text: str, expected: str) -> None:
    assert words(text) == expected
    assert words(text).isascii()


def test_a_letter_without_a_command_is_an_error_that_names_it() -> None:
    with pytest.raises(InputError, match=r"'Ч' \(U\+0427, CYRILLIC CAPITAL LETTER CHE\)"):
        words("Чехов")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\frac{\partial \ell}{\partial w_{12}}", r"\frac{\partial \ell}{\partial w_{12}}"),
        ("δ ← δ − η∇", r"\delta \leftarrow \delta - \eta \nabla"),
        (r"\text{if } z > 0", r"\text{if } z > 0"),
        (r"\text{a_1 \& b & c é}", r"\text{a\_1 \& b \& c \'{e}}"),
    ],
)
def test_formulas_know_only_commands(source: str, expected: str) -> None:
    assert formula(source).split() == expected.split()
