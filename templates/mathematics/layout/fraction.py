"""Fractions and binomials: rule 15 of appendix G."""

from __future__ import annotations

from templates.mathematics.layout.fence import delimiter
from templates.mathematics.layout.pieces import Piece, Placed, Rule, beside, stacked
from templates.mathematics.layout.styles import NULL_DELIMITER, Style


def fraction(numerator: Piece, denominator: Piece, style: Style) -> Piece:
    """One piece over another, centred, with a bar on the axis."""
    up, down = _with_bar(numerator, denominator, style)
    width = max(numerator.width, denominator.width)
    left = NULL_DELIMITER
    rule = style.parameters.rule
    bar = Rule(width, rule, 0.0)
    placed: list[Placed] = [
        (left + (width - numerator.width) / 2, up, numerator),
        (left + (width - denominator.width) / 2, -down, denominator),
        (left, style.parameters.axis - rule / 2, bar),
    ]
    return stacked(width + 2 * left, placed)


def binomial(upper: Piece, lower: Piece, style: Style) -> Piece:
    """One piece over another in parentheses, whose size the style alone decides (rule 15e)."""
    p = style.parameters
    up, down = _without_bar(upper, lower, style)
    width = max(upper.width, lower.width)
    placed: list[Placed] = [
        ((width - upper.width) / 2, up, upper),
        ((width - lower.width) / 2, -down, lower),
    ]
    size = p.delim1 if style.display else p.delim2
    left, right = delimiter("(", size, style), delimiter(")", size, style)
    return beside([left, stacked(width, placed), right])


def _with_bar(numerator: Piece, denominator: Piece, style: Style) -> tuple[float, float]:
    """How far the parts move up and down: rules 15b and 15d."""
    p = style.parameters
    up, down = (p.num1, p.denom1) if style.display else (p.num2, p.denom2)
    clearance = (3 if style.display else 1) * p.rule
    up = max(up, p.axis + p.rule / 2 + clearance + numerator.depth)
    down = max(down, denominator.height + clearance + p.rule / 2 - p.axis)
    return up, down


def _without_bar(numerator: Piece, denominator: Piece, style: Style) -> tuple[float, float]:
    """How far the parts move up and down: rules 15b and 15c."""
    p = style.parameters
    up, down = (p.num1, p.denom1) if style.display else (p.num3, p.denom2)
    clearance = (7 if style.display else 3) * p.rule
    gap = (up - numerator.depth) - (denominator.height - down)
    missing = max(0.0, clearance - gap) / 2
    return up + missing, down + missing
