"""Expressions and statements as text: `q = x + y; f = exp(q) * w[1]`.

    statements = [ name "=" ] sum { break [ name "=" ] sum }      break is ; or the end of a line
    sum        = product { ("+" | "-") product }
    product    = signed { ("*" | "/" | "@") signed }
    signed     = ("-" | "+") signed | power
    power      = [ number ] postfix [ ("^" | "**") signed ]       2x is 2 times x
    postfix    = atom { ".T" | "[" entry { "," entry } "]" }      entries are counted from 1
    atom       = number | name | name "(" sum { "," sum } ")" | "(" sum ")"

So -x^2 is -(x^2), and a^b^c is a^(b^c). A product without a sign may not stand behind / or ^, where
readers differ on what it means. `e` and `pi` are the constants unless the reader has variables of
that name; e^u is exp(u).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from difflib import get_close_matches
from math import isfinite

from solver.errors import InputError
from solver.parsing.functions import FUNCTIONS, SYNONYMS, Function
from solver.parsing.reader import Reader
from solver.parsing.tokens import Token
from solver.term import Term, name, number

MOST_OPERATIONS = 200
"""The operations of one statement; terms nest at most as deep."""
MOST_OPERATIONS_IN_ALL = 2_000
MOST_STATEMENTS = 200
DEEPEST = 50
"""How deep parentheses and signs may nest."""

_PLUS = {"+": "add", "-": "subtract"}
_TIMES = {"*": "multiply", "/": "divide", "@": "matmul"}
_POWERS = ("^", "**")


@dataclass(frozen=True, slots=True)
class Statement:
    """A term, and the name that it is given, None for one without."""

    name: str | None
    term: Term


def expression(text: str, variables: Collection[str] = ()) -> Term:
    """The term that `text` says; `variables` are names that stand for themselves, be it e or pi.

    Raises InputError naming the place where the text stops making sense.
    """
    parser = Parser(Reader(text), variables)
    parser.reader.skip_breaks()
    term = parser.sum()
    parser.reader.skip_breaks()
    parser.reader.expect_end("end")
    return term


def statements(text: str, variables: Collection[str] = ()) -> tuple[Statement, ...]:
    """The statements of `text` in order, one at least.

    Raises InputError as `expression` does, and where a statement but the last has no name.
    """
    found = Parser(Reader(text), variables).statements()
    if not found:
        raise InputError("there is no expression; write one such as 'exp(x*z) + x'")
    for position, statement in enumerate(found[:-1], start=1):
        if statement.name is None:
            raise InputError(
                f"statement {position} has no name; write q = ... for all but the last"
            )
    return tuple(found)


class Parser:
    """One method for each line of the grammar. `variables` grows by the names of statements."""

    advice = "split it into statements such as q = x + y; f = q*z"

    def __init__(self, reader: Reader, variables: Collection[str]) -> None:
        self.reader = reader
        self.variables = set(variables)
        self.depth = self.operations = self.operations_in_all = 0

    def statements(self) -> list[Statement]:
        """All statements of the text."""
        found: list[Statement] = []
        self.reader.skip_breaks()
        while self.reader.token.kind != "end":
            found.append(self.statement())
            if len(found) > MOST_STATEMENTS:
                raise InputError(f"there are too many statements; give at most {MOST_STATEMENTS}")
            self.reader.expect_end("break", "end")
            self.reader.skip_breaks()
        return found

    def statement(self) -> Statement:
        """One statement."""
        self.operations = 0
        if not (self.reader.token.kind == "name" and self.reader.ahead(1).is_sign("=")):
            return Statement(None, self.sum())
        target = self.reader.advance().text
        self.reader.advance()
        term = self.sum()
        self.variables.add(target)
        return Statement(target, term)

    def sum(self) -> Term:
        """Products, added or subtracted."""
        term = self.product()
        while self.reader.stands(*_PLUS):
            op = _PLUS[self.reader.advance().text]
            term = self.made(op, term, self.product())
        return term

    def product(self) -> Term:
        """Factors, multiplied or divided."""
        term = self.signed()
        while self.reader.stands(*_TIMES):
            sign = self.reader.advance().text
            factor = self.operand() if sign == "/" else self.signed()
            term = self.made(_TIMES[sign], term, factor)
        return term

    def operand(self) -> Term:
        """What stands behind / or ^."""
        sign, signs = self.reader.ahead(-1), 0
        while self.reader.ahead(signs).is_sign("-", "+"):
            signs += 1
        if self.reader.multiplies_silently(signs):
            factor = self.reader.ahead(signs).text
            raise InputError(
                f"{sign.text} at character {sign.start} could apply to {factor} or to a product;"
                f" write {factor}*... or parentheses"
            )
        return self.nested(self.signed)

    def signed(self) -> Term:
        """A power, perhaps with signs in front."""
        if self.reader.passes("+"):
            return self.nested(self.signed)
        if not self.reader.passes("-"):
            return self.power()
        inner = self.nested(self.signed)
        if inner.op == "number":
            return number(-inner.args[0])
        return self.made("negative", inner)

    def power(self) -> Term:
        """A postfix form, perhaps raised; a number in front of it multiplies."""
        if self.reader.multiplies_silently():
            factor = self.number()
            return self.made("multiply", factor, self.power())
        base = self.postfix()
        if not self.reader.stands(*_POWERS):
            return base
        self.reader.advance()
        exponent = self.operand()
        if base == name("e") and "e" not in self.variables:
            return self.made("exp", exponent)
        return self.made("power", base, exponent)

    def postfix(self) -> Term:
        """An atom, its transpose or one of its entries."""
        term = self.atom()
        while True:
            if self.reader.passes("."):
                term = self.transposed(term)
            elif self.reader.passes("["):
                term = self.entry(term)
            else:
                return term

    def transposed(self, term: Term) -> Term:
        """The transpose of a term."""
        if self.reader.token.text != "T":
            raise self.reader.complaint("T, for the transpose")
        self.reader.advance()
        return self.made("transpose", term)

    def entry(self, term: Term) -> Term:
        """An entry of a term."""
        index = [self.position_in_array()]
        while self.reader.passes(","):
            index.append(self.position_in_array())
        self.reader.expect("]")
        return self.counted(Term("entry", (term, tuple(index))))

    def position_in_array(self) -> int:
        """The place of an entry, counted from 0."""
        token = self.reader.token
        if not (token.kind == "number" and token.text.isdecimal()):
            raise self.reader.complaint("a whole number, the place of an entry counted from 1")
        self.reader.advance()
        if int(token.text) < 1:
            raise InputError(f"entries are counted from 1; there is no [{token.text}]")
        return int(token.text) - 1

    def atom(self) -> Term:
        """A number, a name, a call or what stands in parentheses."""
        token = self.reader.token
        if token.kind == "number":
            return self.number()
        if self.reader.passes("("):
            term = self.nested(self.sum)
            self.reader.expect(")")
            return term
        if token.kind != "name":
            raise self.reader.complaint("a number, a name or '('")
        self.reader.advance()
        if token.text in self.variables:
            return name(token.text)
        return self.call(token) if self.reader.stands("(") else self.unbound(token)

    def number(self) -> Term:
        """A number."""
        token = self.reader.advance()
        value = float(token.text)
        if not isfinite(value):
            raise InputError(f"the number at character {token.start} is too large")
        return number(value)

    def unbound(self, token: Token) -> Term:
        """A name that is not known for a variable, nor called."""
        if token.text == "π":
            return name("pi")
        if function_of(token) is not None and token.text in _ALWAYS_FUNCTIONS:
            raise InputError(
                f"{token.text} at character {token.start} is a function; write"
                f" {token.text}(...) with parentheses"
            )
        return name(token.text)

    def call(self, token: Token) -> Term:
        """A function with its arguments."""
        function = function_of(token)
        if function is None:
            raise InputError(
                f"there is no function '{token.text}' (at character {token.start}); {_near(token)}"
            )
        arguments = self.arguments()
        if len(arguments) != function.arguments:
            raise InputError(
                f"{token.text} at character {token.start} takes {_counted(function.arguments)},"
                f" not {len(arguments)}"
            )
        plain = len(arguments) - function.settings
        settings = [_setting(token, each) for each in arguments[plain:]]
        return self.counted(function.make(*arguments[:plain], *settings))

    def arguments(self) -> list[Term]:
        """What stands in the parentheses of a call."""
        self.reader.expect("(")
        found = [self.nested(self.sum)]
        while self.reader.passes(","):
            found.append(self.nested(self.sum))
        self.reader.expect(")")
        return found

    def nested(self, rule: Callable[[], Term]) -> Term:
        """What a rule makes one level deeper. Raises InputError where that is too deep."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise InputError(
                f"the expression nests more than {DEEPEST} deep at character"
                f" {self.reader.token.start}; {self.advice}"
            )
        term = rule()
        self.depth -= 1
        return term

    def made(self, op: str, *args: Term) -> Term:
        """An operation, counted."""
        return self.counted(Term(op, args))

    def counted(self, term: Term) -> Term:
        """The term. Raises InputError where there are too many operations."""
        self.operations += 1
        self.operations_in_all += 1
        if self.operations > MOST_OPERATIONS:
            raise InputError(
                f"one expression has more than {MOST_OPERATIONS} operations; {self.advice}"
            )
        if self.operations_in_all > MOST_OPERATIONS_IN_ALL:
            raise InputError(f"there are more than {MOST_OPERATIONS_IN_ALL} operations")
        return term


_ALWAYS_FUNCTIONS = ("exp", "log", "ln", "sqrt", "sin", "cos", "tan", "tanh", "sigmoid", "relu")
"""Functions whose names are never those of variables."""


def constant_of(term: Term) -> float | None:
    """The value of a number, a minus sign before one, or a quotient of two; None for the rest."""
    match term.op:
        case "number":
            return float(term.args[0])
        case "negative":
            inner = constant_of(term.args[0])
            return None if inner is None else -inner
        case "divide":
            top, bottom = map(constant_of, term.args)
            return None if top is None or not bottom else top / bottom
        case _:
            return None


def _setting(token: Token, term: Term) -> float:
    value = constant_of(term)
    if value is None:
        raise InputError(f"the last argument of {token.text} is a plain number, such as 0.1")
    return value


def function_of(token: Token) -> Function | None:
    """The function that a name stands for, if there is one."""
    return FUNCTIONS.get(SYNONYMS.get(token.text, token.text))


def _counted(arguments: int) -> str:
    return "1 argument" if arguments == 1 else f"{arguments} arguments"


def _near(token: Token) -> str:
    known = [*FUNCTIONS, *SYNONYMS]
    near = get_close_matches(token.text, known, n=2, cutoff=0.6)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return f"for a product write {token.text}*(...); the functions are {', '.join(FUNCTIONS)}"
