"""The mathematics tree: what a formula says, independent of how it is written or shown.

The parser makes these nodes; the readers (`layout` for pages, `plain` for terminals) match on
them exhaustively. To add a construct: a node here, a line in the union `Node`, a command in
`commands.py`, and a case in each reader, which the type checker then asks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class AtomClass(IntEnum):
    """TeX's eight classes of atom, which decide the space between neighbours."""

    ORD = 0
    OP = 1
    BIN = 2
    REL = 3
    OPEN = 4
    CLOSE = 5
    PUNCT = 6
    INNER = 7


class Variant(StrEnum):
    """The alphabet that a symbol is set in."""

    ITALIC = "italic"
    UPRIGHT = "upright"
    BOLD = "bold"
    BOLD_ITALIC = "bold italic"
    BLACKBOARD = "blackboard"
    CALLIGRAPHIC = "calligraphic"
    TEXT_ITALIC = "text italic"
    TYPEWRITER = "typewriter"


class MathStyle(IntEnum):
    """TeX's four styles, from the largest down."""

    DISPLAY = 0
    TEXT = 1
    SCRIPT = 2
    SCRIPT_SCRIPT = 3


@dataclass(frozen=True, slots=True)
class Symbol:
    """A letter or other ordinary symbol; several letters are one name, as in upright `succ`."""

    text: str
    variant: Variant


@dataclass(frozen=True, slots=True)
class Number:
    """An unsigned decimal number as written, such as `0.5` or `1e-3`."""

    text: str
    variant: Variant = Variant.UPRIGHT


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator, relation, bracket or mark of punctuation with its class.

    With `limits`, scripts go above and below it in display style (sums, products).
    """

    text: str
    kind: AtomClass
    variant: Variant = Variant.UPRIGHT
    limits: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A named operator such as log; a thin space (U+2009) may part its words."""

    name: str
    limits: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Words inside a formula; their spaces count."""

    text: str
    variant: Variant = Variant.UPRIGHT


@dataclass(frozen=True, slots=True)
class Space:
    """Explicit space in mathematical units (18 to the quad), negative to draw together."""

    units: float


@dataclass(frozen=True, slots=True)
class Row:
    """Nodes side by side; inside another row it is one ordinary atom."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Fraction:
    """One thing over another; `style` is set when the author forces display or text style."""

    numerator: Node
    denominator: Node
    style: MathStyle | None = None


@dataclass(frozen=True, slots=True)
class Binomial:
    """A binomial coefficient: `upper` choose `lower`."""

    upper: Node
    lower: Node


@dataclass(frozen=True, slots=True)
class Script:
    """A base with a subscript, a superscript or both."""

    base: Node
    sub: Node | None
    sup: Node | None


@dataclass(frozen=True, slots=True)
class UnderOver:
    """A base with small things centred below and above it in every style."""

    base: Node
    under: Node | None
    over: Node | None


@dataclass(frozen=True, slots=True)
class Accent:
    """A mark over a base; `mark` is the spacing character, such as U+02C6 for a hat."""

    base: Node
    mark: str


@dataclass(frozen=True, slots=True)
class Overline:
    """A base with a line above it as wide as itself."""

    base: Node


@dataclass(frozen=True, slots=True)
class Underline:
    """A base with a line below it as wide as itself."""

    base: Node


@dataclass(frozen=True, slots=True)
class Underbrace:
    """A base with a brace below it as wide as itself; a subscript labels the brace."""

    base: Node


@dataclass(frozen=True, slots=True)
class Radical:
    """A square root, or the root that `index` names."""

    body: Node
    index: Node | None = None


@dataclass(frozen=True, slots=True)
class Fence:
    """A body between delimiters that grow with it; an empty string is no delimiter."""

    left: str
    body: Node
    right: str


@dataclass(frozen=True, slots=True)
class Delimiter:
    """A delimiter of a fixed size: 1 (big) to 4 (Bigg)."""

    text: str
    step: int
    kind: AtomClass


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of centred cells between delimiters; rows may be ragged."""

    rows: tuple[tuple[Row, ...], ...]
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Cases:
    """Rows of left-aligned cells after a brace: values and their conditions."""

    rows: tuple[tuple[Row, ...], ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Lines of display mathematics aligned in pairs of columns, right then left."""

    rows: tuple[tuple[Row, ...], ...]


@dataclass(frozen=True, slots=True)
class Styled:
    """The rest of a group in a style that the author forces."""

    style: MathStyle
    body: Row


Node = (
    Symbol
    | Number
    | Operator
    | Function
    | Text
    | Space
    | Row
    | Fraction
    | Binomial
    | Script
    | UnderOver
    | Accent
    | Overline
    | Underline
    | Underbrace
    | Radical
    | Fence
    | Delimiter
    | Matrix
    | Cases
    | Aligned
    | Styled
)
