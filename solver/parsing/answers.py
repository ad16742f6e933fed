r"""Answers in the symbols of a question: `y(1 - y) beta_1 z_1 (1 - z_1) x_2`.

The grammar is that of expressions (`solver.parsing.grammar`), for numbers alone and with what is
written by hand:

- a product needs no sign: `y(1 - y)`, `2 x_1`, `beta_1 z_1`, `y^2 z_1`; but behind / a product
  stands in parentheses, as `a / (b c)`;
- a prime behind the name of a function is its derivative: `sigma'(b)`, `tanh'(s_1)`;
- braces are parentheses, and LaTeX's own spellings are read as well: `\frac{a}{b}`, `\cdot`,
  `\left(`, `\sigma(b)`, `\sqrt{u}`.

How the symbols themselves may be typed is said by a `Lexicon`. No other names are taken, but e
and pi. Nothing is run: what cannot be read is answered with one sentence (`InputError`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from solver.errors import InputError
from solver.parsing.functions import FUNCTIONS, SYNONYMS, Function
from solver.parsing.grammar import Parser
from solver.parsing.reader import Reader
from solver.parsing.tokens import Entry, Lexicon, Token
from solver.rules import RULES
from solver.term import Term, name, number, rewrite

NUMERIC = frozenset(
    [
        "exp",
        "log",
        "sqrt",
        "sin",
        "cos",
        "tan",
        "tanh",
        "sinh",
        "cosh",
        "sigmoid",
        "relu",
        "softplus",
        "abs",
        "max",
        "min",
        "square",
        "leaky_relu",
        "elu",
        "log2",
        "log10",
    ]
)
"""The functions of numbers, which are the only ones that answers may have."""
CONSTANTS = ("e", "pi")
LONGEST = 1_000
"""The characters that an answer may have."""

_MARK = "\0"
_LATEX = Lexicon(
    (
        (re.compile(r"\\(?:cdot|times|ast)(?![A-Za-z])"), "sign", "*"),
        (re.compile(r"\\(?:left|right|big|Big|quad|displaystyle)(?![A-Za-z])"), "space", ""),
        (re.compile(r"\\[,;:! ]"), "space", ""),
        (re.compile(r"\\[dt]?frac(?![A-Za-z])"), "name", "frac"),
        (re.compile(r"\\operatorname(?=\{)"), "space", ""),
        *(
            (re.compile(re.escape(brace)), "sign", sign)
            for brace, sign in zip("{}", "()", strict=True)
        ),
    )
)


def answer(
    text: str,
    symbols: Lexicon,
    names: tuple[str, ...],
    functions: Mapping[str, str] | None = None,
    shown: Sequence[str] = (),
    unclear: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Term:
    """The term that an answer says, over the `names` that `symbols` reads.

    `functions` has further names of functions, such as the letter of an activation, each with the
    name that it stands for. `shown` are the symbols as they are best typed, for who has
    typed another. `unclear` has regular expressions of names that could be several of them, each
    with the symbols that it could be. Raises InputError with one sentence for whatever cannot be
    read.
    """
    if len(text) > LONGEST:
        raise InputError(f"the answer has {len(text)} characters; give at most {LONGEST}")
    if not text.strip():
        raise InputError("there is no answer")
    # A mark that nobody can type tells symbols that were read from names that look like theirs.
    marked = tuple((pattern, kind, _MARK + token) for pattern, kind, token in symbols.entries)
    lexicon = Lexicon((*marked, *_LATEX.entries, *_FUNCTIONS))
    known = tuple(_MARK + each for each in names)
    parser = _AnswerParser(Reader(text, lexicon), known, functions or {}, shown, unclear)
    parser.reader.skip_breaks()
    term = parser.sum()
    parser.reader.skip_breaks()
    parser.reader.expect_end("end")
    return rewrite(term, _unmarked)


def _unmarked(term: Term) -> Term | None:
    return name(str(term.args[0]).removeprefix(_MARK)) if term.op == "name" else None


_FUNCTIONS: tuple[Entry, ...] = tuple(
    (re.compile(rf"\\{each}{primes}(?![A-Za-z'])"), "name", each + primes)
    for each in (*sorted(NUMERIC), "sigma", "ln")
    for primes in ("", "'")
)
"""Functions with a backslash, as LaTeX has them."""


class _AnswerParser(Parser):
    """The grammar of expressions, with silent products and derivatives of functions."""

    advice = "write it more simply"

    def __init__(
        self,
        reader: Reader,
        names: tuple[str, ...],
        functions: Mapping[str, str],
        shown: Sequence[str],
        unclear: Mapping[str, Sequence[str]],
    ) -> None:
        super().__init__(reader, names)
        self.functions, self.shown, self.unclear = functions, shown, unclear

    def product(self) -> Term:
        """Factors, with or without signs between them."""
        term, divided = self.signed(), False
        while True:
            if self.reader.stands("*", "/"):
                divided = self.reader.advance().text == "/"
                factor = self.operand() if divided else self.signed()
                term = self.made("divide" if divided else "multiply", term, factor)
            elif self._follows():
                if divided:
                    raise self._unclear()
                term = self.made("multiply", term, self.power())
            else:
                return term

    def _follows(self) -> bool:
        """Whether a factor without a sign comes next."""
        return self.reader.token.kind == "name" or self.reader.stands("(")

    def _unclear(self) -> InputError:
        token = self.reader.token
        return InputError(
            f"it is not clear whether '{token.said}' at character {token.start} is divided by or"
            " multiplied; write parentheses, such as a / (b c) or (a / b) c"
        )

    def operand(self) -> Term:
        """What stands behind / or ^; the number of a power ends it, as in `y^2 z_1`."""
        if self.reader.ahead(-1).is_sign("^", "**"):
            negative = self.reader.stands("-")
            if self.reader.multiplies_silently(int(negative)):
                self.reader.passes("-")
                exponent = self.number()
                return number(-exponent.args[0]) if negative else exponent
        return super().operand()

    def postfix(self) -> Term:
        """A number, a name, a call or what stands in parentheses."""
        return self.atom()

    def unbound(self, token: Token) -> Term:
        """A name that is no symbol of the question, nor called."""
        if token.text in CONSTANTS or token.text == "π":
            return name("pi" if token.text == "π" else token.text)
        if self._function(token.text) is not None:
            raise InputError(
                f"{token.said} at character {token.start} is a function; write"
                f" {token.said}(...) with parentheses"
            )
        for pattern, symbols in self.unclear.items():
            if re.fullmatch(pattern, token.said):
                raise InputError(
                    f"'{token.said}' at character {token.start} may be {' or '.join(symbols)};"
                    " write the number of its layer as well"
                )
        raise InputError(
            f"there is no symbol '{token.said}' (at character {token.start}) in this question;"
            f" {self._known()}"
        )

    def _known(self) -> str:
        """What could be typed instead."""
        if not self.shown:
            return "write a space or * between factors"
        return f"there are {', '.join(self.shown)}, with a space or * between factors"

    def call(self, token: Token) -> Term:
        """A function of numbers with its arguments, or a fraction."""
        if token.text == "frac":
            return self.made("divide", self._group(), self._group())
        function = self._function(token.text)
        if function is None:
            raise InputError(
                f"there is no function '{token.said}' (at character {token.start}) in this question"
            )
        arguments = self.arguments()
        if len(arguments) != function.arguments or function.settings:
            raise InputError(
                f"{token.said} at character {token.start} takes {function.arguments}"
                f" argument{'s' if function.arguments > 1 else ''}, not {len(arguments)}"
            )
        return self.counted(function.make(*arguments))

    def _group(self) -> Term:
        self.reader.expect("(")
        term = self.nested(self.sum)
        self.reader.expect(")")
        return term

    def _function(self, text: str) -> Function | None:
        """A function of numbers, or the derivative of one that has a prime."""
        bare = text.rstrip("'")
        called = self.functions.get(bare, bare)
        called = SYNONYMS.get(called, called)
        if called not in NUMERIC:
            return None
        if bare == text:
            return FUNCTIONS[called]
        rule = None if FUNCTIONS[called].settings else RULES.primitives.get(called)
        if rule is None or rule.derivative is None or text != f"{bare}'":
            return None
        derivative = rule.derivative
        return Function(1, lambda x: derivative(Term(called, (x,)), x))
