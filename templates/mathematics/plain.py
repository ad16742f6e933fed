"""The reader for terminals: a tree as one line of Unicode text.

Scripts become Unicode's raised and lowered characters where those exist, fractions a slash,
matrices MATLAB-like brackets; a minus is the hyphen of the keyboard, so that numbers can be
copied. Parentheses are added where a slash or a root would otherwise claim too little.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final, assert_never

from templates.mathematics.atoms import atom_class, resolved
from templates.mathematics.parser import parse
from templates.mathematics.raised import ACCENT_NAMES, COMBINING, lettered, lowered, raised
from templates.mathematics.symbols import THIN_SPACE
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
)

_TYPED: Final = str.maketrans({"−": "-", "⋅": "·", "∗": "*", "∣": "|"})
_WORD_SPACE_UNITS: Final = 6
_BRACKETS: Final = frozenset("()[]{}|‖")
_LOOSE: Final = (AtomClass.BIN, AtomClass.REL)
_ROOTS: Final = {"": "√", "2": "√", "3": "∛", "4": "∜"}


@lru_cache(maxsize=4096)
def plain(source: str) -> str:
    """A formula in the LaTeX subset as one line of text, such as `z⁽¹⁾ = W⁽¹⁾ x + b⁽¹⁾`.

    Raises MathematicsError when the source cannot be read.
    """
    return plain_tree(parse(source))


def plain_tree(tree: Row) -> str:
    """A tree as one line of text; see `plain`."""
    return unicodedata.normalize("NFC", " ".join(_row(tree).split()))


def _text(node: Node) -> str:
    match node:
        case Symbol() | Number():
            return lettered(node.text, node.variant)
        case Operator() | Delimiter():
            return node.text.translate(_TYPED)
        case Function():
            return node.name.replace(THIN_SPACE, " ")
        case Text():
            return node.text
        case Space():
            return " " if node.units >= _WORD_SPACE_UNITS else ""
        case Row():
            return _row(node)
        case Styled():
            return _row(node.body)
        case Fraction():
            return _fraction(node)
        case Binomial():
            return f"({_text(node.upper)} choose {_text(node.lower)})"
        case Script():
            return _text(node.base) + _scripts(node.sub, node.sup)
        case UnderOver():
            return _text(node.base) + _scripts(node.under, node.over)
        case Radical():
            return _radical(node)
        case Fence():
            return node.left + _text(node.body) + node.right
        case Accent() | Overline() | Underline() | Underbrace():
            return _decorated(node)
        case Matrix() | Cases() | Aligned():
            return _table(node)
        case _:
            assert_never(node)


def _row(row: Row) -> str:
    atoms = [child for child in row.children if not isinstance(child, Space)]
    kinds = iter(resolved([atom_class(atom) for atom in atoms]))
    text = ""
    left: tuple[Node, AtomClass] | None = None
    for child in row.children:
        if not isinstance(child, Space):
            right = (child, next(kinds))
            if left is not None and _parted(left, right):
                text += " "
            left = right
        text += _text(child)
    return text


def _parted(left: tuple[Node, AtomClass], right: tuple[Node, AtomClass]) -> bool:
    """Whether a space parts two neighbouring atoms, given with their resolved classes."""
    (before, before_kind), (after, after_kind) = left, right
    if {before_kind, after_kind} & {AtomClass.REL, AtomClass.BIN}:
        return True
    if before_kind is AtomClass.PUNCT:
        return True
    if "/" in (_text(before), _text(after)):
        return False
    if before_kind is AtomClass.OPEN or after_kind in (AtomClass.CLOSE, AtomClass.PUNCT):
        return False
    if atom_class(before) is AtomClass.BIN:
        return False
    if before_kind is AtomClass.OP or after_kind is AtomClass.OP:
        return not (_is_name(before) and _opens(after))
    if _is_block(before):
        return True
    return (_is_long(before) and not _opens(after)) or (
        _is_long(after) and not _is_differential_sign(before)
    )


def _is_name(node: Node) -> bool:
    return isinstance(node.base if isinstance(node, Script) else node, Function)


def _opens(node: Node) -> bool:
    """Whether a node starts with a bracket, which attaches itself to what it is applied to."""
    return isinstance(node, Fence) or atom_class(node) is AtomClass.OPEN


def _is_block(node: Node) -> bool:
    return isinstance(node, Fraction | Matrix | Cases | Aligned)


def _is_long(node: Node) -> bool:
    """Whether a node needs air at its right or left among factors: scripts, blocks, names."""
    if isinstance(node, Symbol):
        return len(node.text) > 1
    return _is_block(node) or (isinstance(node, Script) and not _is_name(node))


def _fraction(node: Fraction) -> str:
    upper, lower = _text(node.numerator), _text(node.denominator)
    if not _is_product(node.numerator) or _has_bare_argument(node.numerator):
        upper = f"({upper})"
    if not _is_atom(node.denominator) and not _is_differential(node.denominator):
        lower = f"({lower})"
    return f"{upper}/{lower}"


def _is_product(node: Node) -> bool:
    """Whether a node has no sum, relation or fraction in it that a slash would cut."""
    return not any(map(_is_loose, _outside(node)))


def _is_loose(node: Node) -> bool:
    slash = isinstance(node, Operator) and node.text == "/"
    return slash or isinstance(node, Fraction) or atom_class(node) in _LOOSE


def _outside(node: Node) -> Iterator[Node]:
    """The parts of a node that are not between brackets."""
    depth = 0
    for child in node.children if isinstance(node, Row) else (node,):
        kind = atom_class(child)
        depth -= kind is AtomClass.CLOSE and not isinstance(child, Fence)
        if not depth:
            yield child
        depth += kind is AtomClass.OPEN and not isinstance(child, Fence)


def _has_bare_argument(node: Node) -> bool:
    """Whether a function has an argument without brackets, which a slash would seem to go on."""
    if not isinstance(node, Row):
        return False
    atoms = [child for child in node.children if not isinstance(child, Space)]
    return any(_is_name(before) and not _opens(after) for before, after in pairwise(atoms))


def _is_atom(node: Node) -> bool:
    children = node.children if isinstance(node, Row) else (node,)
    if len(children) < 2:
        return not any(map(_is_block, children))
    brackets = [child.text for child in children if isinstance(child, Operator)]
    closed = [text for text in brackets if text in _BRACKETS]
    outer = (children[0], children[-1])
    return len(closed) == 2 and all(isinstance(o, Operator) and o.text in closed for o in outer)


def _is_differential(node: Node) -> bool:
    """Whether a node reads as one differential, such as ∂w or dx."""
    if not isinstance(node, Row) or not node.children or not _is_product(node):
        return False
    return _is_differential_sign(node.children[0])


def _is_differential_sign(node: Node) -> bool:
    return isinstance(node, Symbol) and node.text in ("∂", "d", "Δ", "∇")


def _scripts(sub: Node | None, sup: Node | None) -> str:
    below = lowered(_text(sub)) if sub is not None else ""
    if sup is None:
        return below
    above = raised(_text(sup))
    above = above.replace("′′′", "‴").replace("′′", "″")
    return above + below if above.startswith(("⁽", "′", "″", "‴")) else below + above


def _radical(node: Radical) -> str:
    index = "" if node.index is None else _text(node.index)
    sign = _ROOTS.get(index) or f"{raised(index)}√"
    body = _text(node.body)
    return f"{sign}{body}" if body.isalnum() else f"{sign}({body})"


def _decorated(node: Accent | Overline | Underline | Underbrace) -> str:
    base = _text(node.base)
    match node:
        case Accent():
            if len(base) == 1:
                return base + COMBINING[node.mark]
            return f"{ACCENT_NAMES[node.mark]}({base})"
        case Overline():
            return base + "\u0305" if len(base) == 1 else f"overline({base})"
        case Underline():
            return base + "\u0332" if len(base) == 1 else f"underline({base})"
        case Underbrace():
            return f"({base})"


def _table(node: Matrix | Cases | Aligned) -> str:
    rows = [[_row(cell).strip() for cell in row] for row in node.rows]
    match node:
        case Matrix():
            comma = any(" " in cell for row in rows for cell in row)
            lines = [(", " if comma else " ").join(row) for row in rows]
            return f"{node.left or '['}{'; '.join(lines)}{node.right or ']'}"
        case Cases():
            return f"{{{'; '.join(' '.join(row) for row in rows)}}}"
        case Aligned():
            return _lines(node, [" ".join(row).strip() for row in rows])


def _lines(node: Aligned, texts: list[str]) -> str:
    """Lines that go on with a relation follow on; others are parted by semicolons."""
    result = texts[0]
    for row, text in zip(node.rows[1:], texts[1:], strict=True):
        atoms = [atom for cell in row for atom in cell.children]
        goes_on = bool(atoms) and atom_class(atoms[0]) is AtomClass.REL
        result += f" {text}" if goes_on else f"; {text}"
    return result
