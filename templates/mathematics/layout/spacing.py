"""Space between atoms (The TeXbook, chapter 18)."""

from __future__ import annotations

from typing import Final

from templates.mathematics.layout.styles import STYLES, Style

_THIN, _MEDIUM, _THICK = 3, 4, 5

# One line per left neighbour, one figure per right neighbour, in the order of AtomClass:
# 0 no space, 1 thin, 2 medium, 3 thick; a minus sign leaves it out in script styles.
_TABLE: Final = """
     0  1 -2 -3  0  0  0 -1
     1  1  0 -3  0  0  0 -1
    -2 -2  0  0 -2  0  0 -2
    -3 -3  0  0 -3  0  0 -3
     0  0  0  0  0  0  0  0
     0  1 -2 -3  0  0  0 -1
    -1 -1  0 -1 -1 -1 -1 -1
    -1  1 -2 -3 -1  0 -1 -1
"""
_UNITS: Final = (0, _THIN, _MEDIUM, _THICK)


def _spaces(style: Style) -> tuple[tuple[float, ...], ...]:
    def width(code: int) -> float:
        dropped = code < 0 and style.script
        return 0.0 if dropped else unit(style) * _UNITS[abs(code)]

    lines = _TABLE.strip().splitlines()
    return tuple(tuple(width(int(code)) for code in line.split()) for line in lines)


def unit(style: Style) -> float:
    """One mathematical unit in em: an eighteenth of the quad of the symbol font."""
    return style.parameters.quad / 18


# By style index, class on the left, class on the right; in em.
SPACES: Final = tuple(_spaces(style) for style in STYLES)
