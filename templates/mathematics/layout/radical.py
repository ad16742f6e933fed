"""Square and other roots: rule 11 of appendix G."""

from __future__ import annotations

from templates.mathematics.layout.fence import surd
from templates.mathematics.layout.pieces import Piece, Placed, Rule
from templates.mathematics.layout.spacing import unit
from templates.mathematics.layout.styles import Style

# How far LaTeX's \root raises the index, as a share of the radical's height less its depth.
_INDEX_RISE = 0.6


def radical(body: Piece, index: Piece | None, style: Style) -> Piece:
    """A radical sign over `body`, with the root that `index` names."""
    p = style.parameters
    clearance = p.rule + (p.x_height if style.display else p.rule) / 4
    inside = body.height + body.depth
    sign = surd(inside + clearance + p.rule, style)
    rule = p.rule
    hanging = sign.height + sign.depth - rule
    if hanging > inside + clearance:
        clearance = (clearance + hanging - inside) / 2
    top = body.height + clearance + rule
    placed: list[Placed] = [
        (0.0, top - sign.height, sign),
        (sign.width, top - rule, Rule(body.width, rule, 0.0)),
        (sign.width, 0.0, body),
    ]
    depth = max(body.depth, sign.height + sign.depth - top)
    root = Piece(sign.width + body.width, top + rule, depth, placed)
    return root if index is None else _indexed(root, index, style)


def _indexed(root: Piece, index: Piece, style: Style) -> Piece:
    """The index stands 5 units in from the left and overlaps the sign by 10."""
    mu = unit(style)
    x = 5 * mu
    start = max(0.0, x + index.width - 10 * mu)
    rise = _INDEX_RISE * (root.height - root.depth)
    height = max(root.height, rise + index.height)
    parts: list[Placed] = [(x, rise, index), (start, 0.0, root)]
    return Piece(start + root.width, height, root.depth, parts)
