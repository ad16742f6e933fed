"""Identities between expressions, proved or refuted by SymPy.

Whatever is made of exponentials (sigmoid, tanh, exp) is written by logistic atoms: for each
argument u a new symbol s for the sigmoid of u, so that exp(u) is s / (1 - s) and tanh(u) comes from
the atom of 2u. Two expressions are then quotients of polynomials in the graph's inputs and the
atoms, and an identity is that a numerator is 0 when it is multiplied out. The size of that is
estimated first, and what is too large is not tried, so nothing hangs.

SymPy takes a quarter of a second to import; it is imported when the first question is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from solver.graph import Graph
from solver.term import Term

MOST_TERMS = 3_000
"""The terms of a product that is multiplied out."""
LARGEST_POWER = 12
DIGITS = 50
_POINTS = 2
_MOST_BITS = 2_000


class _Undecided(Exception):  # noqa: N818 - says what the expression is
    """An expression that is too large, or has an operation that is not known here."""


@dataclass(frozen=True, slots=True)
class _Ratio:
    """A quotient of SymPy expressions; the lower one is no sum that is known to be 0."""

    top: Any
    bottom: Any


def identical(one: Term, other: Term, graph: Graph) -> bool | None:
    """Whether two expressions over a graph's nodes are equal; None where SymPy cannot tell."""
    try:
        reader = _Reader(graph)
        left, right = reader.read(one), reader.read(other)
        difference = left.top * right.bottom - right.top * left.bottom
        if not reader.vanishes(difference, left, right):
            return False
        if _terms(difference) > MOST_TERMS:
            return None
        return True if reader.sympy.expand(difference) == 0 else None
    except (_Undecided, ArithmeticError, ValueError, RecursionError):
        return None


class _Reader:
    """Turns terms into quotients; `atoms` has the argument of each logistic atom."""

    def __init__(self, graph: Graph) -> None:
        import sympy

        self.sympy = sympy
        self.graph = graph
        self.equations = {equation.target: equation for equation in graph.equations}
        self.known: dict[Any, _Ratio] = {}
        self.atoms: dict[Any, Any] = {}
        self.meanings: dict[Any, Callable[[Any], Any]] = {}

    def read(self, term: Term) -> _Ratio:
        """The quotient that a term is."""
        if term not in self.known:
            self.known[term] = self._new(term)
        return self.known[term]

    def _new(self, term: Term) -> _Ratio:
        if term.op == "number":
            return self._whole(self.sympy.Rational(repr(float(term.args[0]))))
        if term.op == "name":
            return self.node(str(term.args[0]))
        return self._applied(term.op, [a for a in term.args if isinstance(a, Term)], term.args)

    def _applied(self, op: str, terms: list[Term], args: tuple[Any, ...]) -> _Ratio:
        inner = [self.read(term) for term in terms]
        settings = [a for a in args if not isinstance(a, Term)]
        return self._checked(self._made(op, inner, settings))

    def node(self, name: str) -> _Ratio:
        """The quotient that a node of the graph is, in terms of the inputs."""
        if name not in self.known:
            self.known[name] = self._node(name)
        return self.known[name]

    def _node(self, name: str) -> _Ratio:
        sympy = self.sympy
        if name in self.graph.constants:
            return self._whole(sympy.Rational(repr(float(self.graph.constants[name]))))
        equation = self.equations.get(name)
        if equation is not None:
            inner = [self.node(each) for each in equation.inputs]
            settings = [value for _, value in equation.settings]
            return self._checked(self._made(equation.op, inner, settings))
        if name in ("e", "pi") and name not in {v.name for v in self.graph.inputs}:
            return self._whole(sympy.E if name == "e" else sympy.pi)
        return self._whole(sympy.Symbol(name, real=True))

    def _whole(self, top: Any) -> _Ratio:
        return _Ratio(top, self.sympy.Integer(1))

    def _checked(self, ratio: _Ratio) -> _Ratio:
        for part in (ratio.top, ratio.bottom):
            if part.is_Rational and max(abs(part.p), part.q).bit_length() > _MOST_BITS:
                raise _Undecided("a number is too long")
        if ratio.bottom == 0:
            raise _Undecided("a denominator is 0")
        return ratio

    def _made(self, op: str, inner: list[_Ratio], settings: list[Any]) -> _Ratio:
        if op == "power":
            exponent = inner[1] if len(inner) > 1 else self._number(settings[0])
            return self._power(inner[0], exponent)
        if op == "general_power":
            return self._power(*inner)
        rule = _RULES.get(op)
        if rule is None or settings:
            raise _Undecided(f"{op} is not known here")
        return rule(self, *inner)

    def _number(self, value: float) -> _Ratio:
        return self._whole(self.sympy.Rational(repr(float(value))))

    def _power(self, base: _Ratio, exponent: _Ratio) -> _Ratio:
        n = exponent.top / exponent.bottom
        if n.is_Integer and abs(n) <= LARGEST_POWER:
            top, bottom = (base.top, base.bottom) if n >= 0 else (base.bottom, base.top)
            return _Ratio(top ** abs(n), bottom ** abs(n))
        if n == self.sympy.Rational(1, 2):
            return self._whole(self.sympy.sqrt(self.argument(base)))
        raise _Undecided("a power that is no small whole number")

    def argument(self, ratio: _Ratio) -> Any:
        """The argument of a function in one form, so that equal ones are recognised."""
        if _terms(ratio.top) > MOST_TERMS or _terms(ratio.bottom) > MOST_TERMS:
            raise _Undecided("an argument is too large")
        if ratio.bottom.is_number:
            return self.sympy.expand(ratio.top / ratio.bottom)
        return self.sympy.cancel(ratio.top / ratio.bottom)

    def atom(self, argument: Any, meaning: Callable[[Any], Any], mark: str) -> Any:
        """The symbol for a function of an argument, and what it means as a number."""
        key = (mark, argument)
        if key not in self.atoms:
            self.atoms[key] = symbol = self.sympy.Symbol(f"_{mark}{len(self.atoms)}", real=True)
            self.meanings[symbol] = meaning
        return self.atoms[key]

    def logistic(self, u: Any) -> Any:
        """The sigmoid of u, by one atom for u and -u."""
        if u == 0:
            return self.sympy.Rational(1, 2)
        if u.could_extract_minus_sign():
            return 1 - self.logistic(-u)
        exp = self.sympy.exp
        return self.atom(u, lambda x: 1 / (1 + exp(-x)), "s")

    def other(self, name: str, ratio: _Ratio) -> _Ratio:
        """A function that is only equal to itself."""
        u = self.argument(ratio)
        function: Callable[[Any], Any] = getattr(self.sympy, name)
        return self._whole(self.atom(u, function, name))

    def vanishes(self, difference: Any, left: _Ratio, right: _Ratio) -> bool:
        """Whether a difference is 0 to fifty digits, at some points."""
        for number in range(_POINTS):
            values = self._values(difference, number)
            scale = max(
                abs((part * other).subs(values).evalf(DIGITS))
                for part, other in ((left.top, right.bottom), (right.top, left.bottom))
            )
            found = abs(difference.subs(values).evalf(DIGITS))
            if found > scale * self.sympy.Float(10, DIGITS) ** (15 - DIGITS):
                return False
        return True

    def _values(self, difference: Any, number: int) -> Mapping[Any, Any]:
        """Numbers for the inputs, and what they make of the atoms, in the order they were made."""
        rational = self.sympy.Rational
        inputs = [self.sympy.Symbol(v.name, real=True) for v in self.graph.inputs]
        values = {
            symbol: rational(2 + (7 * place + 11 * number) % 23, 19) * (-1) ** (place + number)
            for place, symbol in enumerate(inputs)
        }
        for (_, argument), symbol in self.atoms.items():
            u = argument.subs(values).evalf(DIGITS)
            values[symbol] = self.meanings[symbol](u).evalf(DIGITS)
        return values


def _terms(expression: Any) -> int:
    """About how many terms an expression has when it is multiplied out."""
    if expression.is_Add:
        return sum(map(_terms, expression.args))
    if expression.is_Mul:
        return _product(map(_terms, expression.args))
    if expression.is_Pow and expression.exp.is_Integer:
        base = _terms(expression.base)
        return 1 if base == 1 else min(base ** min(abs(int(expression.exp)), 40), 10**9)
    return 1


def _product(factors: Any) -> int:
    found = 1
    for factor in factors:
        found = min(found * factor, 10**9)
    return found


def _add(r: _Reader, a: _Ratio, b: _Ratio) -> _Ratio:
    if a.bottom == b.bottom:
        return _Ratio(a.top + b.top, a.bottom)
    return _Ratio(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom)


def _negative(r: _Reader, a: _Ratio) -> _Ratio:
    return _Ratio(-a.top, a.bottom)


def _multiply(r: _Reader, a: _Ratio, b: _Ratio) -> _Ratio:
    return _Ratio(a.top * b.top, a.bottom * b.bottom)


def _subtract(r: _Reader, a: _Ratio, b: _Ratio) -> _Ratio:
    return _add(r, a, _negative(r, b))


def _sigmoid(r: _Reader, a: _Ratio) -> _Ratio:
    return _Ratio(r.logistic(r.argument(a)), r.sympy.Integer(1))


def _exp(r: _Reader, a: _Ratio) -> _Ratio:
    u = r.argument(a)
    if u.is_number:
        return _Ratio(r.sympy.exp(u), r.sympy.Integer(1))
    s = r.logistic(u)
    return _Ratio(s, 1 - s)


def _tanh(r: _Reader, a: _Ratio) -> _Ratio:
    return _Ratio(2 * r.logistic(r.sympy.expand(2 * r.argument(a))) - 1, r.sympy.Integer(1))


def _square(r: _Reader, a: _Ratio) -> _Ratio:
    return _Ratio(a.top**2, a.bottom**2)


def _half_square(r: _Reader, a: _Ratio, b: _Ratio) -> _Ratio:
    found = _square(r, _subtract(r, a, b))
    return _Ratio(found.top, 2 * found.bottom)


def _softplus(r: _Reader, a: _Ratio) -> _Ratio:
    one = _Ratio(r.sympy.Integer(1), r.sympy.Integer(1))
    return r.other("log", _add(r, one, _exp(r, a)))


def _log_loss(r: _Reader, p: _Ratio, t: _Ratio) -> _Ratio:
    one = _Ratio(r.sympy.Integer(1), r.sympy.Integer(1))
    terms = (
        _multiply(r, x, r.other("log", y))
        for x, y in ((t, p), (_subtract(r, one, t), _subtract(r, one, p)))
    )
    return _negative(r, _add(r, *terms))


_RULES: Mapping[str, Callable[..., _Ratio]] = {
    "add": _add,
    "subtract": _subtract,
    "negative": _negative,
    "multiply": _multiply,
    "divide": lambda r, a, b: _Ratio(a.top * b.bottom, a.bottom * b.top),
    "sigmoid": _sigmoid,
    "exp": _exp,
    "tanh": _tanh,
    "softplus": _softplus,
    "squared_error": lambda r, a, b: _square(r, _subtract(r, a, b)),
    "half_squared_error": _half_square,
    "binary_cross_entropy": _log_loss,
    "sqrt": lambda r, a: r.other("sqrt", a),
    "log": lambda r, a: r.other("log", a),
    "sin": lambda r, a: r.other("sin", a),
    "cos": lambda r, a: r.other("cos", a),
    "absolute": lambda r, a: r.other("Abs", a),
}
