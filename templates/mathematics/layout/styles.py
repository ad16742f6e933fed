"""Styles and the font parameters of Computer Modern that the layout rules use.

The rules are those of The TeXbook, appendix G. Layout is done in em of the surrounding text, so
that one layout serves every size; the absolute lengths of plain TeX and LaTeX, which are meant
for 10-point type, are given as tenths of that em.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from templates.mathematics.tree import MathStyle


class Parameters(NamedTuple):
    """Font parameters of one size in em of that size, under the names of appendix G.

    Up to `axis` they are those of family 2 (sigma 5 to 22), then family 3 (xi 8 to 13).
    """

    x_height: float
    quad: float
    num1: float
    num2: float
    num3: float
    denom1: float
    denom2: float
    sup1: float
    sup2: float
    sup3: float
    sub1: float
    sub2: float
    sup_drop: float
    sub_drop: float
    delim1: float
    delim2: float
    axis: float
    rule: float
    big_op1: float
    big_op2: float
    big_op3: float
    big_op4: float
    big_op5: float


# Source: tftopl on cmsy10, cmsy7, cmsy5 and cmex10, cmex7 (AMS fonts), rounded to 0.001 em.
_TEXT: Final = Parameters(
    0.431, 1.000, 0.677, 0.394, 0.444, 0.686, 0.345, 0.413, 0.363, 0.289, 0.150,
    0.247, 0.386, 0.050, 2.390, 1.010, 0.250, 0.040, 0.111, 0.167, 0.200, 0.600, 0.100,
)  # fmt: skip
_SCRIPT: Final = Parameters(
    0.431, 1.171, 0.732, 0.384, 0.471, 0.752, 0.344, 0.503, 0.431, 0.286, 0.143,
    0.286, 0.353, 0.071, 1.700, 1.157, 0.250, 0.049, 0.111, 0.167, 0.200, 0.611, 0.143,
)  # fmt: skip
_SCRIPT_SCRIPT: Final = Parameters(
    0.431, 1.472, 0.925, 0.387, 0.504, 1.025, 0.532, 0.504, 0.404, 0.294, 0.200,
    0.400, 0.494, 0.100, 1.980, 1.420, 0.250, 0.049, 0.111, 0.167, 0.200, 0.611, 0.143,
)  # fmt: skip

_SCALES: Final = (1.0, 1.0, 0.7, 0.5)
_PARAMETERS: Final = (_TEXT, _TEXT, _SCRIPT, _SCRIPT_SCRIPT)

# Space beside a fraction or where a delimiter is left out: \nulldelimiterspace, 1.2 pt.
NULL_DELIMITER: Final = 0.12
# Space after scripts: \scriptspace, 0.5 pt.
SCRIPT_SPACE: Final = 0.05
# How much of its body a delimiter covers: \delimiterfactor and \delimitershortfall (5 pt).
DELIMITER_FACTOR: Final = 0.901
DELIMITER_SHORTFALL: Final = 0.5


class Style:
    """One of TeX's eight styles: a style proper, cramped or not.

    `scale` is the type size in em of the surrounding text and `parameters` are already
    multiplied by it. The styles of parts are reached by name (`sup`, `sub`, `numerator`,
    `denominator`, `cramp`) or, for a forced style, by `forced`.
    """

    __slots__ = ("cramped", "display", "index", "parameters", "scale", "script")

    def __init__(self, level: MathStyle, cramped: bool) -> None:
        """The style of a level; all eight are in STYLES."""
        self.index = 2 * level + cramped
        self.cramped = cramped
        self.display = level == MathStyle.DISPLAY
        self.script = level >= MathStyle.SCRIPT
        self.scale = _SCALES[level]
        self.parameters = Parameters._make(v * self.scale for v in _PARAMETERS[level])

    @property
    def sup(self) -> Style:
        """The style of superscripts."""
        return STYLES[_SUP[self.index]]

    @property
    def sub(self) -> Style:
        """The style of subscripts: cramped."""
        return STYLES[_SUP[self.index] | 1]

    @property
    def numerator(self) -> Style:
        """The style of numerators."""
        return STYLES[_PART[self.index]]

    @property
    def denominator(self) -> Style:
        """The style of denominators: cramped."""
        return STYLES[_PART[self.index] | 1]

    @property
    def cramp(self) -> Style:
        """The same style, cramped: superscripts are raised less."""
        return STYLES[self.index | 1]

    def forced(self, level: MathStyle | None) -> Style:
        """The style that an author asks for, as cramped as this one; None keeps this one."""
        return self if level is None else STYLES[2 * level + self.cramped]


# By index: display, text, script and script-script style, each uncramped then cramped.
_SUP: Final = (4, 5, 4, 5, 6, 7, 6, 7)
_PART: Final = (2, 3, 4, 5, 6, 7, 6, 7)
STYLES: Final = tuple(Style(level, cramped) for level in MathStyle for cramped in (False, True))
DISPLAY: Final = STYLES[0]
TEXT: Final = STYLES[2]
SCRIPT_SCRIPT: Final = STYLES[6]
