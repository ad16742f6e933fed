"""The symbols that the parser knows: tables from commands and characters to tree nodes.

To add a symbol: one entry in the table of its class, and nothing else, provided that a font of
`templates/typefaces.py` has the character.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import ascii_letters
from typing import Final

from templates.mathematics.tree import (
    AtomClass,
    Function,
    Node,
    Number,
    Operator,
    Space,
    Symbol,
    Variant,
)

THIN_SPACE: Final = "\u2009"


def _pairs(table: str) -> dict[str, str]:
    """Entries `name character` parted by spaces, as command to character."""
    words = table.split()
    return {f"\\{name}": text for name, text in zip(words[::2], words[1::2], strict=True)}


_ITALIC = _pairs("""
    alpha α  beta β  gamma γ  delta δ  epsilon ϵ  varepsilon ε  zeta ζ  eta η  theta θ
    vartheta ϑ  iota ι  kappa κ  lambda λ  mu μ  nu ν  xi ξ  pi π  varpi ϖ  rho ρ
    varrho ϱ  sigma σ  varsigma ς  tau τ  upsilon υ  phi ϕ  varphi φ  chi χ  psi ψ  omega ω
""")
_UPRIGHT = _pairs("""
    Gamma Γ  Delta Δ  Theta Θ  Lambda Λ  Xi Ξ  Pi Π  Sigma Σ  Upsilon Υ  Phi Φ  Psi Ψ  Omega Ω
    infty ∞  partial ∂  nabla ∇  ell ℓ  hbar ℏ  forall ∀  exists ∃  emptyset ∅  top ⊤  bot ⊥
    neg ¬  lnot ¬  aleph ℵ  angle ∠  prime ′  vdots ⋮  % %  # #  & &  $ $  _ _
""")
_BINARY = _pairs("""
    pm ±  mp ∓  times ×  div ÷  cdot ⋅  ast ∗  star ⋆  circ ∘  bullet ∙  cap ∩  cup ∪  vee ∨
    lor ∨  wedge ∧  land ∧  setminus ∖  oplus ⊕  ominus ⊖  otimes ⊗  odot ⊙  dagger †
""")
_RELATIONS = _pairs("""
    leq ≤  le ≤  geq ≥  ge ≥  neq ≠  ne ≠  approx ≈  equiv ≡  sim ∼  simeq ≃  cong ≅  propto ∝
    in ∈  ni ∋  notin ∉  subset ⊂  subseteq ⊆  supset ⊃  supseteq ⊇  ll ≪  gg ≫  mid ∣
    parallel ∥  perp ⊥  to →  rightarrow →  leftarrow ←  gets ←  leftrightarrow ↔
    Rightarrow ⇒  Leftarrow ⇐  Leftrightarrow ⇔  mapsto ↦  longrightarrow ⟶  longleftarrow ⟵
    uparrow ↑  downarrow ↓  triangleq ≜  vdash ⊢  models ⊨
""")
_OPENING = _pairs("lbrace { lbrack [ langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖")
_CLOSING = _pairs("rbrace } rbrack ] rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖")
_INNER = _pairs("ldots … cdots ⋯ ddots ⋱")
_SUMS = _pairs("""
    sum ∑  prod ∏  coprod ∐  bigcup ⋃  bigcap ⋂  bigvee ⋁  bigwedge ⋀  bigoplus ⨁
    bigotimes ⨂  bigodot ⨀
""")
_INTEGRALS = _pairs("int ∫ iint ∬ oint ∮")
_SPACES = {"\\,": 3, "\\:": 4, "\\>": 4, "\\;": 5, "\\!": -3, "\\ ": 6, "~": 6, "\\quad": 18,
           "\\qquad": 36}  # fmt: skip
_NAMES = "log ln lg exp sin cos tan cot sinh cosh tanh coth arcsin arccos arctan arg dim deg ker"
_NAMES_WITH_LIMITS = "max min sup inf lim det gcd Pr"

DELIMITERS: Final[Mapping[str, str]] = {
    **{text: text for text in "()[]|/"},
    "\\{": "{", "\\}": "}", "\\|": "‖", "\\vert": "|", "\\Vert": "‖", ".": "", "<": "⟨", ">": "⟩",
    **_OPENING, **_CLOSING,
}  # fmt: skip

ACCENTS: Final[Mapping[str, str]] = _pairs("hat ˆ tilde ˜ bar ˉ vec ⃗ dot ˙ ddot ¨ check ˇ")


def _operators(table: Mapping[str, str], kind: AtomClass) -> dict[str, Node]:
    return {command: Operator(text, kind) for command, text in table.items()}


def _characters() -> dict[str, Node]:
    table: dict[str, Node] = {letter: Symbol(letter, Variant.ITALIC) for letter in ascii_letters}
    marks = {
        AtomClass.ORD: "|/.", AtomClass.BIN: "+∗−", AtomClass.REL: "=<>:", AtomClass.OPEN: "([",
        AtomClass.CLOSE: ")]!?", AtomClass.PUNCT: ",;",
    }  # fmt: skip
    for kind, texts in marks.items():
        table.update({text: Operator(text, kind) for text in texts})
    return {**table, "-": table["−"], "*": table["∗"]}


def _named() -> dict[str, Node]:
    table: dict[str, Node] = {f"\\{name}": Function(name) for name in _NAMES.split()}
    for name in _NAMES_WITH_LIMITS.split():
        table[f"\\{name}"] = Function(name, limits=True)
    table["\\limsup"] = Function(f"lim{THIN_SPACE}sup", limits=True)
    table["\\liminf"] = Function(f"lim{THIN_SPACE}inf", limits=True)
    return table


def _commands() -> dict[str, Node]:
    return {
        **{command: Symbol(text, Variant.ITALIC) for command, text in _ITALIC.items()},
        **{command: Symbol(text, Variant.UPRIGHT) for command, text in _UPRIGHT.items()},
        **_operators(_BINARY, AtomClass.BIN),
        **_operators(_RELATIONS, AtomClass.REL),
        **_operators(_OPENING, AtomClass.OPEN),
        **_operators(_CLOSING, AtomClass.CLOSE),
        **_operators(_INNER, AtomClass.INNER),
        **{c: Operator(text, AtomClass.OP, limits=True) for c, text in _SUMS.items()},
        **_operators(_INTEGRALS, AtomClass.OP),
        **{command: Space(units) for command, units in _SPACES.items()},
        **_named(),
        "\\{": Operator("{", AtomClass.OPEN),
        "\\}": Operator("}", AtomClass.CLOSE),
        "\\|": Operator("‖", AtomClass.ORD),
        "\\vert": Operator("|", AtomClass.ORD),
        "\\Vert": Operator("‖", AtomClass.ORD),
        "\\colon": Operator(":", AtomClass.PUNCT),
    }


def _every_leaf() -> dict[str, Node]:
    """Commands and characters; a character typed as itself means what its command means."""
    commands, characters = _commands(), _characters()
    typed = {
        node.text: node
        for node in commands.values()
        if isinstance(node, Symbol | Operator) and not node.text.isascii()
    }
    digits = {digit: Number(digit) for digit in "0123456789"}
    return {**typed, **commands, **characters, **digits}


LEAVES: Final[Mapping[str, Node]] = _every_leaf()
