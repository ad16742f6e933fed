"""Formulas for MathJax: its delimiters, no markup inside, long ones in parts."""

from __future__ import annotations

import re
from html import unescape

import pytest

from templates.mathematics import parse
from templates.mathematics.commands import COMMANDS
from templates.mathematics.symbols import DELIMITERS, LEAVES
from templates.writers.html_formulas import NARROW, SHORT, width
from templates.writers.mathjax_formulas import display, inline

LONG = r"s = W x + b = 0.5 \cdot 1 + 0.25 \cdot 2 + 0.125 \cdot 3 = 1.375"
CLAUSES = (
    r"x = \begin{bmatrix} 1 \\ -2 \end{bmatrix},\quad W = 0.125,\quad b = 0.75,\quad y = 0.5625"
)
KNOWN_TO_MATHJAX = r"""
\  \! \# \$ \% \& \, \: \; \> \Delta \Gamma \Lambda \Leftarrow \Leftrightarrow \Omega \Phi \Pi \Pr
\Psi \Rightarrow \Sigma \Theta \Upsilon \Vert \Xi \_ \aleph \alpha \angle \approx \arccos \arcsin
\arctan \arg \ast \bar \beta \begin \bigcap \bigcup \bigodot \bigoplus \bigotimes \bigvee \bigwedge
\binom \boldsymbol \bot \bullet \cap \cdot \cdots \check \chi \circ \colon \cong \coprod \cos \cosh
\cot \coth \cup \dagger \ddot \ddots \deg \delta \det \dfrac \dim \displaystyle \div \dot \downarrow
\ell \emptyset \epsilon \equiv \eta \exists \exp \forall \frac \gamma \gcd \ge \geq \gets \gg \hat
\hbar \iint \in \inf \infty \int \iota \kappa \ker \lVert \lambda \land \langle \lbrace \lbrack
\lceil \ldots \le \left \leftarrow \leftrightarrow \leq \lfloor \lg \lim \liminf \limsup \ll \ln
\lnot \log \longleftarrow \longrightarrow \lor \lvert \mapsto \mathbb \mathbf \mathcal \mathit
\mathrm \mathtt \max \mid \min \models \mp \mu \nabla \ne \neg \neq \ni \notin \nu \odot \oint
\omega \ominus \operatorname \operatorname* \oplus \otimes \overline \overset \parallel \partial
\perp \phi \pi \pm \prime \prod \propto \psi \qquad \quad \rVert \rangle \rbrace \rbrack \rceil
\rfloor \rho \rightarrow \rvert \setminus \sigma \sim \simeq \sin \sinh \sqrt \star \subset
\subseteq \sum \sup \supset \supseteq \tan \tanh \tau \text \textbf \textit \textrm \textstyle
\texttt \tfrac \theta \tilde \times \to \top \triangleq \underbrace \underline \underset \uparrow
\upsilon \varepsilon \varphi \varpi \varrho \varsigma \vartheta \vdash \vdots \vec \vee \vert
\wedge \xi \zeta \{ \| \} \big \bigl \bigm \bigr \Big \Bigl \Bigm \Bigr \bigg \biggl \biggm \biggr
\Bigg \Biggl \Biggm \Biggr
"""
"""What MathJax 3.2.2 set when it was given it, with the extensions that Anki loads."""


def sources(markup: str) -> list[str]:
    """What MathJax reads out of the markup."""
    found = re.findall(r"\\\((.*?)\\\)|\\\[(.*?)\\\]", markup, re.DOTALL)
    return [unescape(a or b) for a, b in found]


def test_mathjax_knows_every_command() -> None:
    ours = {text for text in (*COMMANDS, *LEAVES, *DELIMITERS) if text.startswith("\\")}
    known = {"\\ ", *KNOWN_TO_MATHJAX.split()}
    assert ours <= known, sorted(ours - known)


def test_a_short_formula_is_one() -> None:
    assert inline("a = b") == r"\(a = b\)"
    assert inline(r"\frac{a}{b}", large=True) == r"\(\displaystyle \frac{a}{b}\)"
    assert display("a = b") == r'<div class="display">\[a = b\]</div>'


def test_signs_of_markup_are_escaped() -> None:
    assert inline("a < b & c".replace("& ", "")) == r"\(a &lt; b c\)"
    markup = display(r"\begin{aligned} a &= b \\ &> c \end{aligned}")
    assert "&amp;= b" in markup
    assert "&gt; c" in markup


def test_a_long_line_breaks_before_its_relations() -> None:
    for large in (True, False):
        links = [part.removeprefix(r"\displaystyle ") for part in sources(inline(LONG, large))]
        assert "".join(links).replace(" ", "") == LONG.replace(" ", "")
        assert [link[0] for link in links] == ["s", "=", "=", "="]


def test_no_break_falls_inside_brackets_or_matrices() -> None:
    matrix = r"\begin{bmatrix} a = 1 & b = 2 \\ c = 3 & d = 4 \end{bmatrix}"
    inside = rf"\left( x = 1,\quad {matrix} \right) \lbrace y = 2,\quad z = {{w = 3}} \rbrace"
    assert width(parse(inside), False) > SHORT
    assert sources(inline(inside)) == [inside]


@pytest.mark.parametrize("source", ["a = b", LONG])
def test_punctuation_stays_with_the_end_of_a_formula(source: str) -> None:
    markup = inline(source, after="?)")
    assert markup.endswith(r"\)?)</span>")
    assert markup.count('class="together"') == 1


def test_a_wide_display_breaks_between_clauses() -> None:
    markup = display(CLAUSES)
    assert 'class="display divided"' in markup
    assert [part.split("=")[0] for part in sources(markup)] == [
        rf"\displaystyle {name} " for name in "xWby"
    ]
    assert markup.count("\u2003") == 3


def test_what_is_still_wide_is_scrolled() -> None:
    markup = display("L = " + " + ".join(["0.123 x"] * 12))
    assert markup.count('class="wide"') == 1
    assert width(parse(sources(markup)[-1].removeprefix(r"\displaystyle ")), True) > NARROW
