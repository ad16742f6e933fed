"""Matrices, cases and aligned lines, spaced as LaTeX's array and amsmath's aligned do.

Lengths are those of 10-point LaTeX in em: a strut of 12 pt split 7 to 3, \\arraycolsep 5 pt,
\\jot 3 pt, \\arraystretch 1.2 in cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, zip_longest
from typing import Final

from templates.mathematics.layout.fence import fence
from templates.mathematics.layout.pieces import Piece, Placed
from templates.mathematics.layout.styles import Style

Grid = Sequence[Sequence[Piece]]

_STRUT_HEIGHT: Final = 0.84
_STRUT_DEPTH: Final = 0.36
_COLUMN_GAP: Final = 1.0
_CASES_STRETCH: Final = 1.2
# \openup\jot: lines 15 pt apart, 4 pt of air between lines too tall for that (less than 3 pt).
_LINE_DISTANCE: Final = 1.5
_LINE_AIR: Final = 0.4
_LEAST_AIR: Final = 0.3


def matrix(grid: Grid, left: str, right: str, style: Style) -> Piece:
    """Centred cells between delimiters."""
    widths = _widths(grid)
    heights = [_extent(row, 1.0) for row in grid]
    starts = _starts(widths, [_COLUMN_GAP] * len(widths))
    shares = [0.5] * len(widths)
    body = _table(grid, widths, starts, shares, heights, style)
    return fence(left, body, right, style) if left or right else body


def cases(grid: Grid, style: Style) -> Piece:
    """Left-aligned cells after a brace, a quad apart."""
    widths = _widths(grid)
    heights = [_extent(row, _CASES_STRETCH) for row in grid]
    starts = _starts(widths, [_COLUMN_GAP] * len(widths))
    body = _table(grid, widths, starts, [0.0] * len(widths), heights, style)
    return fence("{", body, "", style)


def aligned(grid: Grid, style: Style) -> Piece:
    """Lines whose cells meet in pairs: the first set right, the second left."""
    widths = _widths(grid)
    gaps = [_COLUMN_GAP if column % 2 else 0.0 for column in range(len(widths))]
    shares = [1.0 - column % 2 for column in range(len(widths))]
    extents = _opened([_extent(row, 1.0) for row in grid])
    return _table(grid, widths, _starts(widths, gaps), shares, extents, style)


def _widths(grid: Grid) -> list[float]:
    columns = zip_longest(*grid)
    return [max(cell.width for cell in column if cell is not None) for column in columns]


def _starts(widths: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """Where each column starts; `gaps` are the spaces after the columns."""
    starts = [0.0]
    for width, gap in zip(widths, gaps, strict=True):
        starts.append(starts[-1] + width + gap)
    return starts[:-1]


def _extent(row: Sequence[Piece], stretch: float) -> tuple[float, float]:
    """Height and depth of a row, no less than those of the strut."""
    height = max([stretch * _STRUT_HEIGHT, *[cell.height for cell in row]])
    depth = max([stretch * _STRUT_DEPTH, *[cell.depth for cell in row]])
    return height, depth


def _opened(extents: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Extents with the air between lines added to the depths of all but the last."""
    result: list[tuple[float, float]] = []
    for (height, depth), (next_height, _) in pairwise(extents):
        air = _LINE_DISTANCE - depth - next_height
        result.append((height, depth + (air if air >= _LEAST_AIR else _LINE_AIR)))
    return [*result, extents[-1]]


def _table(
    grid: Grid,
    widths: Sequence[float],
    starts: Sequence[float],
    shares: Sequence[float],
    extents: Sequence[tuple[float, float]],
    style: Style,
) -> Piece:
    """Cells in their columns, the whole centred on the axis.

    `shares` says per column which part of the slack stands before a cell: 0 for left, 1 for
    right. `extents` are the heights and depths of the rows.
    """
    total = sum(height + depth for height, depth in extents)
    top = y = total / 2 + style.parameters.axis
    parts: list[Placed] = []
    for row, (height, depth) in zip(grid, extents, strict=True):
        y -= height
        for cell, width, start, share in zip(row, widths, starts, shares, strict=False):
            parts.append((start + share * (width - cell.width), y, cell))
        y -= depth
    return Piece(starts[-1] + widths[-1], top, total - top, parts)
