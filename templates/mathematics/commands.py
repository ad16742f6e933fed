"""The commands that take arguments. To add one: a function here and a line in `COMMANDS`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from templates.mathematics.alphabets import ALPHABETS, joined
from templates.mathematics.environments import environment
from templates.mathematics.symbols import ACCENTS, DELIMITERS, THIN_SPACE
from templates.mathematics.tokens import END
from templates.mathematics.tree import (
    Accent,
    AtomClass,
    Binomial,
    Delimiter,
    Fence,
    Fraction,
    Function,
    MathStyle,
    Node,
    Overline,
    Radical,
    Row,
    Styled,
    Text,
    Underbrace,
    Underline,
    UnderOver,
    Variant,
)

if TYPE_CHECKING:
    from templates.mathematics.parser import Parser

Command = Callable[["Parser"], Node]

_ESCAPED: Final = re.compile(r"\\([_%&#])")
_BRACKET: Final = frozenset({"]"})
_CLOSERS: Final = frozenset({END, "}", "&", "\\\\", "\\end", "\\right"})
_SIZES: Final = ("big", "Big", "bigg", "Bigg")
_SIDES: Final = {
    "": AtomClass.ORD,
    "l": AtomClass.OPEN,
    "m": AtomClass.REL,
    "r": AtomClass.CLOSE,
}


def _fraction(command: str, style: MathStyle | None) -> Command:
    def read(parser: Parser) -> Node:
        numerator = parser.argument(command)
        return Fraction(numerator, parser.argument(command), style)

    return read


def _binomial(parser: Parser) -> Node:
    upper = parser.argument("\\binom")
    lower = parser.argument("\\binom")
    return Binomial(upper, lower)


def _radical(parser: Parser) -> Node:
    index: Node | None = None
    if parser.token == "[":
        parser.advance()
        index = Row(parser.nodes(_BRACKET))
        parser.advance()
    return Radical(parser.argument("\\sqrt"), index)


def _accent(command: str, mark: str) -> Command:
    return lambda parser: Accent(parser.argument(command), mark)


def _wrapped(command: str, make: Callable[[Node], Node]) -> Command:
    return lambda parser: make(parser.argument(command))


def _underset(parser: Parser) -> Node:
    under = parser.argument("\\underset")
    return UnderOver(parser.argument("\\underset"), under, None)


def _overset(parser: Parser) -> Node:
    over = parser.argument("\\overset")
    return UnderOver(parser.argument("\\overset"), None, over)


def _alphabet(command: str) -> Command:
    def read(parser: Parser) -> Node:
        outer, parser.alphabet = parser.alphabet, ALPHABETS[command]
        node = parser.argument(command)
        parser.alphabet = outer
        return joined(node)

    return read


def _text(command: str, variant: Variant) -> Command:
    def read(parser: Parser) -> Node:
        start = parser.index
        words = _ESCAPED.sub(r"\1", parser.words(command))
        for character in "\\${":
            if character in words:
                raise parser.error(f"{command} takes plain words, without {character}", start)
        return Text(words.replace("~", "\u00a0"), variant)

    return read


def _function(command: str, limits: bool) -> Command:
    def read(parser: Parser) -> Node:
        start = parser.index
        name = parser.words(command).replace(" ", "").replace("\\,", THIN_SPACE)
        if not all(part.replace("-", "").isalnum() for part in name.split(THIN_SPACE)):
            raise parser.error(f"{command} needs a name of letters, not {name!r}", start)
        return Function(name, limits)

    return read


def _delimiter(parser: Parser, command: str) -> str:
    text = parser.token
    if text not in DELIMITERS:
        what = f"not {text!r}" if text else "and the formula ends here"
        raise parser.error(f"{command} needs a delimiter, {what}")
    parser.advance()
    return DELIMITERS[text]


def _fence(parser: Parser) -> Node:
    start = parser.index - 1
    left = _delimiter(parser, "\\left")
    body = parser.nodes(_CLOSERS)
    if parser.token != "\\right":
        raise parser.error("this \\left has no \\right", start)
    parser.advance()
    return Fence(left, Row(body), _delimiter(parser, "\\right"))


def _sized(command: str, step: int, kind: AtomClass) -> Command:
    def read(parser: Parser) -> Node:
        start = parser.index
        text = _delimiter(parser, command)
        if not text:
            raise parser.error(f"{command} needs a visible delimiter", start)
        return Delimiter(text, step, kind)

    return read


def _style(style: MathStyle) -> Command:
    return lambda parser: Styled(style, Row(parser.nodes(_CLOSERS)))


COMMANDS: Final[Mapping[str, Command]] = {
    "\\frac": _fraction("\\frac", None),
    "\\dfrac": _fraction("\\dfrac", MathStyle.DISPLAY),
    "\\tfrac": _fraction("\\tfrac", MathStyle.TEXT),
    "\\binom": _binomial,
    "\\sqrt": _radical,
    "\\overline": _wrapped("\\overline", Overline),
    "\\underline": _wrapped("\\underline", Underline),
    "\\underbrace": _wrapped("\\underbrace", Underbrace),
    "\\underset": _underset,
    "\\overset": _overset,
    "\\text": _text("\\text", Variant.UPRIGHT),
    "\\textrm": _text("\\textrm", Variant.UPRIGHT),
    "\\textbf": _text("\\textbf", Variant.BOLD),
    "\\textit": _text("\\textit", Variant.TEXT_ITALIC),
    "\\texttt": _text("\\texttt", Variant.TYPEWRITER),
    "\\operatorname": _function("\\operatorname", False),
    "\\operatorname*": _function("\\operatorname*", True),
    "\\left": _fence,
    "\\begin": environment,
    "\\displaystyle": _style(MathStyle.DISPLAY),
    "\\textstyle": _style(MathStyle.TEXT),
    **{command: _accent(command, mark) for command, mark in ACCENTS.items()},
    **{command: _alphabet(command) for command in ALPHABETS},
    **{
        f"\\{size}{side}": _sized(f"\\{size}{side}", step, kind)
        for step, size in enumerate(_SIZES, 1)
        for side, kind in _SIDES.items()
    },
}
