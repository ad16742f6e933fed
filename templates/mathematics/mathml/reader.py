"""Nodes to MathML elements, each construct by its own function.

The style is followed as in layout, because the space between atoms and the place of limits
depend on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, assert_never

from templates.elements import element
from templates.mathematics.atoms import atom_class, resolved, takes_limits
from templates.mathematics.layout.fence import grows
from templates.mathematics.layout.setter import set_node
from templates.mathematics.layout.spacing import SPACES
from templates.mathematics.layout.styles import DISPLAY, TEXT, Style
from templates.mathematics.mathml import leaves
from templates.mathematics.mathml.elements import grouped, space
from templates.mathematics.tree import (
    Accent,
    Aligned,
    AtomClass,
    Binomial,
    Cases,
    Delimiter,
    Fence,
    Fraction,
    Function,
    MathStyle,
    Matrix,
    Node,
    Number,
    Operator,
    Overline,
    Radical,
    Row,
    Script,
    Space,
    Styled,
    Symbol,
    Text,
    Underbrace,
    Underline,
    UnderOver,
    Variant,
)

_QUAD: Final = 18
_ACCENTS: Final = {"ˉ": "¯", "⃗": "→"}
"""Marks of the tree that browsers place badly, and what they centre over a base."""

_IS_ACCENT: Final = {"accent": "true"}
_PRIME: Final = Symbol("′", Variant.UPRIGHT)
_LOOKS: Final = {"⃗": "font-size: 60%", "ˉ": "padding-bottom: 0.1em"}
"""A small arrow, and a bar that does not lie upon the serifs of a capital."""

_LINE_ABOVE: Final = "border-top: 0.05em solid; padding-top: 0.12em"
_LINE_BELOW: Final = "border-bottom: 0.05em solid; padding-bottom: 0.12em"
"""Lines over and under a formula: browsers stretch no character that far with every font."""

_ALIGNED: Final = ("text-align: right; padding-right: 0", "text-align: left; padding-left: 0")


def row(tree: Row, style: Style) -> str:
    """The elements of a row side by side, with TeX's space between them."""
    atoms = [child for child in tree.children if not isinstance(child, Space)]
    kinds = resolved([atom_class(atom) for atom in atoms])
    gaps = [0.0, *_gaps(kinds, style), 0.0]
    parts: list[str] = []
    place = 0
    for child in tree.children:
        if isinstance(child, Space):
            parts.append(space(child.units / _QUAD))
            continue
        before, after = gaps[place], gaps[place + 1]
        following = atoms[place + 1] if place + 1 < len(atoms) else None
        if isinstance(child, Operator | Delimiter):
            sign = atom_class(child) is AtomClass.BIN and kinds[place] is AtomClass.ORD
            own = 0.0 if _carries(following) else after
            parts.append(leaves.operator(child, before, own, sign))
        else:
            parts.append(_node(child, style))
            if after and not _carries(following):
                parts.append(space(after))
        place += 1
    return "".join(parts)


def _gaps(kinds: Sequence[AtomClass], style: Style) -> list[float]:
    """The space between each two neighbours, in em of the style's own size."""
    table = SPACES[style.index]
    return [table[left][right] / style.scale for left, right in pairwise(kinds)]


def _carries(node: Node | None) -> bool:
    """Whether a node carries the space on its left itself."""
    return isinstance(node, Operator | Delimiter)


def _one(node: Node, style: Style) -> str:
    """The node as exactly one element."""
    if isinstance(node, Row):
        content = row(node, style)
        return content if _is_single(node) else grouped(content)
    return _node(node, style)


def _is_single(node: Row) -> bool:
    """Whether the one child of a row is written as one element."""
    return len(node.children) == 1 and not isinstance(node.children[0], Row)


def _node(node: Node, style: Style) -> str:
    match node:
        case Symbol():
            return leaves.symbol(node.text, node.variant)
        case Number():
            return leaves.number(node.text, node.variant)
        case Operator() | Delimiter():
            return leaves.operator(node)
        case Function():
            return leaves.function(node)
        case Text():
            return leaves.words(node)
        case Space():
            return space(node.units / _QUAD)
        case Row():
            return _one(node, style)
        case Styled():
            return _styled(node.style, row(node.body, style.forced(node.style)))
        case Script():
            return _scripts(node, style)
        case Fraction() | Binomial() | Radical() | Fence() | UnderOver():
            return _composite(node, style)
        case Accent() | Overline() | Underline() | Underbrace():
            return _decorated(node, style)
        case Matrix() | Cases() | Aligned():
            return _table(node)
        case _:
            assert_never(node)


def _styled(level: MathStyle, content: str) -> str:
    shown = "true" if level is MathStyle.DISPLAY else "false"
    return element("mstyle", content, {"displaystyle": shown, "scriptlevel": "0"})


def _scripts(node: Script, style: Style) -> str:
    primes, sup = _primes(node.sup)
    if not primes:
        return _attached(node.base, node.sub, sup, style)
    # Fonts draw a prime raised already: in a superscript it would be raised twice.
    inner = _attached(node.base, node.sub if sup is None else None, None, style)
    primed = grouped(inner + primes)
    if sup is None:
        return primed
    return _placed(("msub", "msup", "msubsup"), primed, node.sub, sup, style)


def _primes(sup: Node | None) -> tuple[str, Node | None]:
    """The primes that a superscript begins with, as one operator, and the rest of it."""
    nodes = sup.children if isinstance(sup, Row) else () if sup is None else (sup,)
    count = 0
    while count < len(nodes) and nodes[count] == _PRIME:
        count += 1
    if not count:
        return "", sup
    rest = nodes[count:]
    return leaves.primes(count), Row(rest) if rest else None


def _attached(base: Node, low: Node | None, high: Node | None, style: Style) -> str:
    """A base with its scripts: beside it, or below and above where it takes limits."""
    forced = isinstance(base, UnderOver | Underbrace)
    above = takes_limits(base) and (style.display or forced)
    names = ("munder", "mover", "munderover") if above else ("msub", "msup", "msubsup")
    return _placed(names, _one(base, style), low, high, style)


def _placed(
    names: tuple[str, str, str], base: str, low: Node | None, high: Node | None, style: Style
) -> str:
    """A base with something low, high or both; the names are in that order."""
    lower = "" if low is None else _one(low, style.sub)
    upper = "" if high is None else _one(high, style.sup)
    if low is None and high is None:
        return base
    name = names[2] if low is not None and high is not None else names[high is not None]
    return element(name, base + lower + upper)


def _composite(node: Fraction | Binomial | Radical | Fence | UnderOver, style: Style) -> str:
    match node:
        case Fraction():
            return _fraction(node, style)
        case Binomial():
            parts = _one(node.upper, style.numerator) + _one(node.lower, style.denominator)
            stack = element("mfrac", parts, {"linethickness": "0"})
            return _fenced("(", stack, ")", True)
        case Radical():
            body = _one(node.body, style.cramp)
            if node.index is None:
                return element("msqrt", body)
            return element("mroot", body + _one(node.index, style.sup.sup))
        case Fence():
            body = row(node.body, style) if isinstance(node.body, Row) else _node(node.body, style)
            return _fenced(node.left, body, node.right, _is_tall(node, style))
        case UnderOver():
            names = ("munder", "mover", "munderover")
            return _placed(names, _one(node.base, style), node.under, node.over, style)


def _fraction(node: Fraction, style: Style) -> str:
    own = style.forced(node.style)
    parts = _one(node.numerator, own.numerator) + _one(node.denominator, own.denominator)
    fraction = element("mfrac", parts)
    return fraction if node.style is None else _styled(node.style, fraction)


def _fenced(left: str, body: str, right: str, tall: bool) -> str:
    opening = leaves.delimiter(left, "prefix", tall)
    return element("mrow", opening + body + leaves.delimiter(right, "postfix", tall))


def _is_tall(node: Fence, style: Style) -> bool:
    """Whether the delimiters must grow; browsers leave room around all that may."""
    body = set_node(node.body, style)
    return any(grows(text, body, style) for text in (node.left, node.right) if text)


def _decorated(node: Accent | Overline | Underline | Underbrace, style: Style) -> str:
    match node:
        case Accent():
            return element("mover", _one(node.base, style.cramp) + _accent(node.mark), _IS_ACCENT)
        case Overline():
            return _lined(_one(node.base, style.cramp), _LINE_ABOVE)
        case Underline():
            return _lined(_one(node.base, style), _LINE_BELOW)
        case Underbrace():
            brace = leaves.operator_text("⏟", {"stretchy": "true"})
            return element("munder", _one(node.base, DISPLAY) + brace)


def _accent(mark: str) -> str:
    own = {"stretchy": "false"} | ({"style": _LOOKS[mark]} if mark in _LOOKS else {})
    return leaves.operator_text(_ACCENTS.get(mark, mark), own)


def _lined(content: str, style: str) -> str:
    return element("mrow", content, {"style": style})


def _table(node: Matrix | Cases | Aligned) -> str:
    match node:
        case Matrix():
            return _fenced(node.left, _grid(node.rows, ""), node.right, True)
        case Cases():
            return _fenced("{", _grid(node.rows, "text-align: left"), "", True)
        case Aligned():
            return _lines(node)


def _grid(rows: Sequence[Sequence[Row]], style: str) -> str:
    """A table; ragged rows are filled with empty cells."""
    columns = max(len(cells) for cells in rows)
    filled = [[*cells, *[Row(())] * (columns - len(cells))] for cells in rows]
    lines = ("".join(_cell(row(cell, TEXT), style) for cell in cells) for cells in filled)
    return element("mtable", "".join(element("mtr", line) for line in lines))


def _cell(content: str, style: str) -> str:
    return element("mtd", content, {"style": style} if style else None)


def _lines(node: Aligned) -> str:
    """Every second cell follows an empty atom, as in amsmath, so that its relation has space."""
    lines = []
    for cells in node.rows:
        whole = [
            _cell(row(Row((Row(()), *cell.children)) if i % 2 else cell, DISPLAY), _ALIGNED[i % 2])
            for i, cell in enumerate(cells)
        ]
        lines.append(element("mtr", "".join(whole)))
    return element("mtable", "".join(lines), {"displaystyle": "true"})
