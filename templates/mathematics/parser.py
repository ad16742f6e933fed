"""The parser: LaTeX mathematics to the tree, strictly.

Anything outside the subset is an error that names it and its place; nothing is guessed or
skipped. `commands.py` has the commands that take arguments, `environments.py` the environments,
`symbols.py` everything that stands for itself.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from templates.mathematics import alphabets
from templates.mathematics.commands import COMMANDS
from templates.mathematics.errors import MathematicsError
from templates.mathematics.symbols import LEAVES
from templates.mathematics.tokens import END, tokenise
from templates.mathematics.tree import Node, Number, Operator, Row, Script, Symbol, Variant

_PRIME: Final = Symbol("′", Variant.UPRIGHT)
_EMPTY: Final = Row(())
_GROUP_END: Final = frozenset({"}"})
_SOURCE_END: Final = frozenset({END})


@lru_cache(maxsize=2048)
def parse(source: str) -> Row:
    """The tree of one formula written in the LaTeX subset.

    Raises MathematicsError with the position of the first thing that is not understood.
    """
    parser = Parser(source)
    try:
        return Row(parser.nodes(_SOURCE_END))
    except RecursionError:
        raise parser.error("the formula is nested too deeply") from None


class Parser:
    """A cursor over the tokens of one formula."""

    __slots__ = ("alphabet", "index", "source", "starts", "texts")

    def __init__(self, source: str) -> None:
        """A cursor before the first token of `source`."""
        self.source = source
        self.texts, self.starts = tokenise(source)
        self.index = 0
        self.alphabet: alphabets.Alphabet | None = None

    @property
    def token(self) -> str:
        """The token under the cursor; END after the last."""
        return self.texts[self.index]

    def advance(self) -> str:
        """Pass the token under the cursor and return it."""
        text = self.texts[self.index]
        self.index += 1
        return text

    def error(self, message: str, index: int | None = None) -> MathematicsError:
        """An error at a token: the one under the cursor unless `index` says otherwise."""
        where = self.index if index is None else index
        return MathematicsError(message, self.starts[where])

    def nodes(self, closers: frozenset[str]) -> tuple[Node, ...]:
        """The nodes up to one of `closers`, which stays under the cursor."""
        children: list[Node] = []
        texts, append = self.texts, children.append
        while (text := texts[self.index]) not in closers:
            if text == END:
                raise self.error(f"the formula ends where {_listed(closers)} is missing")
            node = _EMPTY if text in "^_'" else self.nucleus()
            append(self.scripted(node) if texts[self.index] in _SCRIPT_MARKS else node)
        return tuple(children)

    def nucleus(self) -> Node:
        """The node under the cursor without its scripts."""
        text = self.texts[self.index]
        node = LEAVES.get(text)
        if node is not None:
            self.index += 1
            return node if self.alphabet is None else self._restyled(node)
        if text == "{":
            return self.group()
        command = COMMANDS.get(text)
        if command is not None:
            self.index += 1
            return command(self)
        if text[:1].isdigit():
            self.index += 1
            return self._restyled(Number(text))
        raise self.error(_complaint(text))

    def group(self) -> Node:
        """What stands in the braces under the cursor; a single ordinary node stands bare."""
        opening = self.index
        self.index += 1
        try:
            children = self.nodes(_GROUP_END)
        except MathematicsError as error:
            if error.position == self.starts[-1]:
                raise self.error("this opening brace is never closed", opening) from None
            raise
        self.index += 1
        return _grouped(children)

    def argument(self, command: str) -> Node:
        """The next argument of `command`: a group, or else one token as in TeX."""
        text = self.token
        if text == "{":
            return self.group()
        if text == END or text in _NO_ARGUMENT:
            raise self.error(f"{command} lacks an argument here")
        self.split_number()
        return self.nucleus()

    def split_number(self) -> None:
        """Part the first digit from a number: an argument without braces is one digit."""
        text = self.token
        if len(text) > 1 and text[0].isdigit():
            start = self.starts[self.index]
            rest, places = tokenise(text[1:])
            self.texts[self.index : self.index + 1] = [text[0], *rest[:-1]]
            moved = [start + 1 + place for place in places[:-1]]
            self.starts[self.index : self.index + 1] = [start, *moved]

    def words(self, command: str) -> str:
        """The raw source of a braced argument, for words that are not mathematics."""
        if self.token != "{":
            raise self.error(f"{command} needs its text in braces")
        start = self.starts[self.index] + 1
        end = self.source.find("}", start)
        if end < 0:
            raise self.error("this opening brace is never closed")
        while self.starts[self.index] <= end and self.token != END:
            self.index += 1
        return self.source[start:end]

    def scripted(self, base: Node) -> Script:
        """`base` with the primes, subscript and superscript under the cursor."""
        sub: Node | None = None
        sups: list[Node] = []
        raised = False
        while (mark := self.token) in _SCRIPT_MARKS:
            if mark == "'" and not raised:
                sups.append(_PRIME)
                self.index += 1
            elif mark == "_" and sub is None:
                sub = self._script()
            elif mark == "^" and not raised:
                raised = True
                sups.append(self._script())
            else:
                raise self.error(f"a second {_SCRIPT_MARKS[mark]} on one base; use braces")
        return Script(base, sub, _grouped(tuple(sups)) if sups else None)

    def _script(self) -> Node:
        mark = self.advance()
        return self.argument(f"the {_SCRIPT_MARKS[mark]}")

    def _restyled(self, node: Node) -> Node:
        if self.alphabet is None:
            return node
        try:
            return alphabets.restyled(node, self.alphabet)
        except ValueError as error:
            raise self.error(str(error), self.index - 1) from None


_SCRIPT_MARKS: Final = {"^": "superscript", "_": "subscript", "'": "superscript"}
_NO_ARGUMENT: Final = frozenset({"}", "&", "^", "_", "'", "\\\\", "\\end", "\\right"})

_MISPLACED: Final = {
    "}": "a closing brace without an opening one",
    "&": "& outside a matrix, cases or aligned",
    "\\\\": "a line break outside a matrix, cases or aligned",
    "\\right": "\\right without \\left",
    "\\end": "\\end without \\begin",
    "$": "a dollar sign inside mathematics",
    "%": "a bare % starts a comment in LaTeX; write \\%",
    "#": "a bare #; write \\#",
}


def _complaint(text: str) -> str:
    if text in _MISPLACED:
        return _MISPLACED[text]
    if text.startswith("\\"):
        return f"unknown command {text}"
    return f"the character {text!r} has no meaning in mathematics"


def _listed(closers: frozenset[str]) -> str:
    return " or ".join(sorted(closers - {END}))


def _grouped(children: tuple[Node, ...]) -> Node:
    """A single ordinary node needs no row; `{,}` and `{=}` keep theirs, which makes them ORD."""
    if len(children) == 1 and not isinstance(children[0], Operator | Script):
        return children[0]
    return Row(children)
