"""Formulas on a terminal: matrices over several lines, long chains one link under another."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from templates.layout.division import at_clauses, at_inner_signs, at_relations, at_signs
from templates.mathematics import parse, plain_tree
from templates.mathematics.atoms import atom_class
from templates.mathematics.tree import AtomClass, Delimiter, Fence, Matrix, Node
from templates.mathematics.tree import Row as Formula
from templates.writers.characters import NO_BREAK, columns_of, padded, wrapped

CLAUSE_GAP, COLUMN_GAP = "   ", "  "
LONGEST_INDENT, SHORT_INDENT = 16, 4
_NUMBER = re.compile(r"[-\d./]+")
_BETWEEN_ENTRIES = re.compile(f"([;,]){NO_BREAK}")
_BRACKETS = {"[": "⎡⎢⎣", "]": "⎤⎥⎦", "(": "⎛⎜⎝", ")": "⎞⎟⎠"}


@dataclass(frozen=True, slots=True)
class Lines:
    """Text over several lines of one width; `base` is the line that the formula runs along."""

    lines: tuple[str, ...]
    base: int = 0

    @property
    def width(self) -> int:
        """The columns of the widest line."""
        return max(map(columns_of, self.lines), default=0)


def _inside(tree: Formula) -> tuple[Formula, ...]:
    """The parts at the signs in brackets, whether or not these grow with what they hold."""
    return at_inner_signs(Formula(tuple(part for node in tree.children for part in _opened(node))))


def _opened(node: Node) -> tuple[Node, ...]:
    if not (
        isinstance(node, Fence) and isinstance(node.body, Formula) and node.left and node.right
    ):
        return (node,)
    left, right = Delimiter(node.left, 1, AtomClass.OPEN), Delimiter(node.right, 1, AtomClass.CLOSE)
    return (left, *node.body.children, right)


_SIGNS = (at_signs, _inside)


def displayed(source: str, width: int) -> list[str]:
    """A formula on lines of its own, its clauses side by side where there is room.

    What cannot be divided may be wider than `width`.
    """
    bands: list[list[Lines]] = []
    for clause in at_clauses(parse(source)):
        whole = _beside([_link(link) for link in at_relations(clause)], " ")
        if whole.width > width:
            bands += [[each] for each in _chain(clause, width)]
        elif bands and _total(bands[-1]) + len(CLAUSE_GAP) + whole.width <= width:
            bands[-1].append(whole)
        else:
            bands.append([whole])
    return [line for band in bands for line in _beside(band, CLAUSE_GAP).lines]


def in_line(source: str, width: int) -> str:
    """A formula in running text, with spaces where a line may break and with none elsewhere."""
    parts: list[str] = []
    for clause in at_clauses(parse(source)):
        parts += divided(clause, width, (at_relations, *_SIGNS))
    return " ".join(parts)


def divided(
    tree: Formula, width: int, ways: Sequence[Callable[[Formula], tuple[Formula, ...]]]
) -> list[str]:
    """The formula whole where it fits, else its parts; entries of arrays are divided last."""
    whole = plain_tree(tree).replace(" ", NO_BREAK)
    if columns_of(whole) <= width:
        return [whole]
    if not ways:
        return [_BETWEEN_ENTRIES.sub(r"\1 ", whole)]
    return [line for part in ways[0](tree) for line in divided(part, width, ways[1:])]


def _chain(clause: Formula, width: int) -> list[Lines]:
    """A clause that is too wide: what is defined, and the links after it under one another."""
    first, *further = at_relations(clause)
    start = _link(first)
    indent = start.width + 1 if start.width < LONGEST_INDENT else SHORT_INDENT
    bands: list[list[Lines]] = []
    current = [start]
    for link in further:
        block = _link(link)
        room = width - (indent if bands else 0)
        if current and _total(current) + 1 + block.width <= room:
            current.append(block)
            continue
        bands += [current] if current else []
        current = [block]
        if block.width > width - indent:
            bands.append([_folded(link, width - indent)])
            current = []
    bands += [current] if current else []
    return [
        _shifted(_beside(band, " "), indent if number else 0) for number, band in enumerate(bands)
    ]


def _folded(link: Formula, width: int) -> Lines:
    """A link that is too wide for a line, as several lines: of a matrix, each row by itself."""
    place = next((n for n, node in enumerate(link.children) if _is_tall(node)), None)
    if place is not None and _stands_alone(link.children, place):
        return Lines(tuple(_rows_of(link, place, width)))
    return Lines(tuple(wrapped(" ".join(divided(link, width, _SIGNS)), width, "", COLUMN_GAP)))


def _rows_of(link: Formula, place: int, width: int) -> list[str]:
    """The rows of a matrix on lines of their own, its entries parted by commas."""
    matrix = link.children[place]
    assert isinstance(matrix, Matrix)
    before = plain_tree(Formula(link.children[:place])).strip()
    start = f"{before} {matrix.left}" if before else matrix.left
    rows = [
        ", ".join(plain_tree(cell).strip().replace(" ", NO_BREAK) for cell in row)
        for row in matrix.rows
    ]
    ends = [
        *[";"] * (len(rows) - 1),
        matrix.right + plain_tree(Formula(link.children[place + 1 :])),
    ]
    indent = " " * len(start)
    return [
        line
        for number, (row, end) in enumerate(zip(rows, ends, strict=True))
        for line in wrapped(row + end, width, indent if number else start, indent + COLUMN_GAP)
    ]


def _link(link: Formula) -> Lines:
    """A part of a chain; a matrix that stands alone in it has a line for each of its rows."""
    nodes = link.children
    place = next((n for n, node in enumerate(nodes) if _is_tall(node)), None)
    if place is None or not _stands_alone(nodes, place):
        return Lines((plain_tree(link),))
    before, after = Formula(nodes[:place]), Formula(nodes[place + 1 :])
    matrix = nodes[place]
    assert isinstance(matrix, Matrix)
    parts = [Lines((plain_tree(before).strip(),)), _matrix(matrix)]
    body = _beside(parts, " ") if before.children else parts[1]
    return _beside([body, Lines((plain_tree(after).strip(),))], "") if after.children else body


def _is_tall(node: Node) -> bool:
    return isinstance(node, Matrix) and len(node.rows) > 1 and node.left in _BRACKETS


def _stands_alone(nodes: Sequence[Node], place: int) -> bool:
    """Whether nothing but a relation stands before a node, and nothing but a comma after it."""
    return all(atom_class(node) is AtomClass.REL for node in nodes[:place]) and all(
        atom_class(node) is AtomClass.PUNCT for node in nodes[place + 1 :]
    )


def _matrix(matrix: Matrix) -> Lines:
    """Rows under one another, numbers to the right in their columns, between tall brackets."""
    columns = [
        _aligned([plain_tree(cell).strip() for cell in column])
        for column in zip(*matrix.rows, strict=True)
    ]
    rows = [COLUMN_GAP.join(row) for row in zip(*columns, strict=True)]
    left, right = (_tall(bracket, len(rows)) for bracket in (matrix.left, matrix.right))
    lines = tuple(f"{a}{row}{b}" for a, row, b in zip(left, rows, right, strict=True))
    return Lines(lines, (len(lines) - 1) // 2)


def _aligned(cells: Sequence[str]) -> list[str]:
    width = max(map(columns_of, cells))
    if all(map(_NUMBER.fullmatch, cells)):
        return [cell.rjust(width) for cell in cells]
    return [padded(cell, width) for cell in cells]


def _tall(bracket: str, height: int) -> list[str]:
    top, middle, bottom = tuple(_BRACKETS[bracket])
    return [top, *[middle] * (height - 2), bottom]


def _beside(blocks: Sequence[Lines], gap: str) -> Lines:
    """Blocks side by side, their base lines in one."""
    above = max(block.base for block in blocks)
    below = max(len(block.lines) - block.base for block in blocks)
    columns = [_raised(block, above, below) for block in blocks]
    return Lines(tuple(gap.join(row).rstrip() for row in zip(*columns, strict=True)), above)


def _raised(block: Lines, above: int, below: int) -> list[str]:
    """The block's lines, each of its width, with as many lines above and from the base on."""
    missing = below - len(block.lines) + block.base
    lines = [*[""] * (above - block.base), *block.lines, *[""] * missing]
    width = block.width
    return [padded(line, width) for line in lines]


def _shifted(block: Lines, by: int) -> Lines:
    return Lines(tuple(" " * by + line for line in block.lines), block.base)


def _total(blocks: Sequence[Lines]) -> int:
    """The columns of blocks side by side, a space between."""
    return sum(block.width for block in blocks) + len(blocks) - 1
