"""Subscripts and superscripts: rule 18 of appendix G."""

from __future__ import annotations

from templates.mathematics.layout.pieces import Piece, Placed, stacked
from templates.mathematics.layout.styles import SCRIPT_SPACE, Style


def scripts(base: Piece, sub: Piece | None, sup: Piece | None, style: Style) -> Piece:
    """`base` with one or two scripts at its right."""
    up, down = _drops(base, style)
    if sup is None:
        return base if sub is None else _subscript(base, sub, down, style)
    up = _raised(sup, up, style)
    if sub is None:
        x = base.width
        return _attached(base, [(x, up, sup)])
    down = max(down, style.parameters.sub2)
    up, down = _parted(sub, sup, up, down, style)
    left, right = base.width + base.sub_kern, base.width
    return _attached(base, [(left, -down, sub), (right, up, sup)])


def _drops(base: Piece, style: Style) -> tuple[float, float]:
    """Rule 18a: how far the baselines of scripts of a tall base move."""
    if base.single:
        return 0.0, 0.0
    up = base.height - style.sup.parameters.sup_drop
    return up, base.depth + style.sub.parameters.sub_drop


def _subscript(base: Piece, sub: Piece, down: float, style: Style) -> Piece:
    """Rule 18b: a subscript alone."""
    p = style.parameters
    down = max(down, p.sub1, sub.height - 0.8 * p.x_height)
    return _attached(base, [(base.width + base.sub_kern, -down, sub)])


def _raised(sup: Piece, up: float, style: Style) -> float:
    """Rule 18c: how far a superscript rises."""
    p = style.parameters
    least = p.sup1 if style.display and not style.cramped else p.sup2
    return max(up, p.sup3 if style.cramped else least, sup.depth + p.x_height / 4)


def _parted(sub: Piece, sup: Piece, up: float, down: float, style: Style) -> tuple[float, float]:
    """Rule 18e: scripts above each other keep four rule thicknesses apart."""
    p = style.parameters
    gap = (up - sup.depth) - (sub.height - down)
    if gap < 4 * p.rule:
        down += 4 * p.rule - gap
        lift = 0.8 * p.x_height - (up - sup.depth)
        if lift > 0:
            up += lift
            down -= lift
    return up, down


def _attached(base: Piece, placed: list[Placed]) -> Piece:
    width = max([x + piece.width for x, _, piece in placed]) + SCRIPT_SPACE
    return stacked(max(width, base.width), [(0.0, 0.0, base), *placed])
