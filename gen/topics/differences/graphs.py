"""Difference quotients, beside the derivative that they approximate.

A function J of the parameters `t1`, `t2` and so on is a polynomial, or the loss of one unit with
the weights `t1` and `t2`, inputs `x`, a bias `b` and a target `y`. Its parameter in question is
moved by the step `e`, or by half of it.

Of a polynomial, `J` is the value itself, `Jp` and `Jm` are those at one step up and down, `Jhp` and
`Jhm` those at half a step. `D` is the centred and `F` the forward quotient, `Dh` and `Fh` are those
for half the step, and `g` is the derivative. What each is above the derivative is its error, named
by an `E` in front; `rD` and `rF` are an error over that for half the step.

Of a unit, the quotients and derivatives with respect to both weights are wanted: the names of all
of this end in the number of the weight.

All of it is written once, over whatever it is given: over names it makes the graph, and over
numbers, with something spoiled, what a slip leads to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import mul
from typing import Any

from gen.variants import add
from solver import functions as f
from solver import term as t
from solver.graph import Graph, GraphBuilder
from solver.rules import RULES
from solver.slips import SLIPS, rules_of

Monomial = tuple[int, tuple[int, ...]]
"""A coefficient and the exponent of each parameter."""
Polynomial = tuple[Monomial, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """The function and what is done with it.

    `kind` is "centred" for the centred quotient alone, "halved" for half the step too, "forward"
    for the forward quotient too, "orders" for all of that, and "unit" for the loss of a unit.
    `place` is the parameter that is moved, counted from 0; a unit has both moved, one after the
    other.
    """

    kind: str
    terms: Polynomial = ()
    place: int = 0
    activation: str = ""

    @property
    def parameters(self) -> int:
        """How many parameters the function has."""
        return len(self.terms[0][1]) if self.terms else 2

    @property
    def halves(self) -> bool:
        """Whether the step is halved."""
        return self.kind in ("halved", "orders")

    @property
    def goes_forward(self) -> bool:
        """Whether there is a forward quotient."""
        return self.kind in ("forward", "orders")


Put = Callable[[str, Any], Any]
"""Takes the name and the value of a node, and returns what stands for it from there on."""


@lru_cache(maxsize=512)
def graph_of(setting: Setting) -> Graph:
    """The graph of a setting."""
    builder = GraphBuilder()
    shapes: dict[str, tuple[int, ...]] = {f"t{n + 1}": () for n in range(setting.parameters)}
    if setting.kind == "unit":
        shapes |= {"x": (2,), "b": (), "y": ()}
    given = {
        name: t.name(builder.input(name, shape, fixed=True), shape)
        for name, shape in {**shapes, "e": ()}.items()
    }

    def put(name: str, term: Any) -> Any:
        # Another name for a node needs an operation, and a factor of 1 is not written.
        add(builder, t.number(1.0) * term if t.is_leaf(term) else term, name, hidden=True)
        return t.name(name)

    _write(setting, given, put)
    return builder.build()


def spoiled(setting: Setting, given: Mapping[str, Any], slip: str) -> dict[str, Any]:
    """Every node's value as a slip leaves it, by name.

    A slip is one of the solver's about derivatives, or one of those in `mistakes`.
    """
    found: dict[str, Any] = {}

    def put(name: str, value: Any) -> Any:
        found[name] = value
        return value

    _write(setting, given, put, slip)
    return found


def _write(setting: Setting, given: Mapping[str, Any], put: Put, slip: str = "") -> None:
    writer = (_Unit if setting.kind == "unit" else _Polynomial)(setting, given, put, slip)
    writer.run()


class _Writer:
    """Writes down a function's values at moved parameters, and quotients of them."""

    def __init__(self, setting: Setting, given: Mapping[str, Any], put: Put, slip: str) -> None:
        self.setting, self.given, self.put, self.slip = setting, given, put, slip
        self.rules = rules_of(slip) if slip in SLIPS else RULES
        self.parameters = [given[f"t{n + 1}"] for n in range(setting.parameters)]

    def moved(self, place: int, step: Any, sign: int) -> list[Any]:
        """The parameters with the one at `place` moved."""
        if self.slip == "other_parameter_moved":
            place = (place + 1) % len(self.parameters)
        every = self.slip == "all_parameters_moved"
        return [
            (each + step if sign > 0 else each - step) if n == place or every else each
            for n, each in enumerate(self.parameters)
        ]

    def centred(self, above: Any, middle: Any, below: Any, step: Any) -> Any:
        """The centred quotient, from the values at both ends and in the middle."""
        match self.slip:
            case "two_missing":
                return (above - below) / step
            case "forward_for_centred":
                return (above - middle) / step
            case "backward_for_centred":
                return (middle - below) / step
            case "quotient_reversed":
                return (below - above) / (2 * step)
            case "step_left_out":
                return (above - below) / 2
            case "difference_not_divided":
                return above - below
            case _:
                return (above - below) / (2 * step)


class _Polynomial(_Writer):
    """A polynomial, one of whose parameters is moved."""

    def run(self) -> None:
        """Values, quotients and the derivative; then half the step, and the errors."""
        setting, e = self.setting, self.given["e"]
        middle = self.put("J", self.value(self.parameters))
        found = self.quotients(middle, e, e, "")
        derivative = self.put("g", _sum(self._differentiated()))
        if setting.halves:
            over = e if self.slip == "denominator_not_halved" else e / 2
            found |= self.quotients(middle, e / 2, over, "h")
        errors = {
            name: self.put(f"E{name}", self.error(quotient, derivative))
            for name, quotient in found.items()
        }
        for quotient in ("D", "F"):
            if f"{quotient}h" in errors:
                pair = (errors[quotient], errors[f"{quotient}h"])
                above, below = pair[::-1] if self.slip == "error_ratio_turned" else pair
                self.put(f"r{quotient}", above / below)

    def quotients(self, middle: Any, step: Any, over: Any, mark: str) -> dict[str, Any]:
        """The values at both ends of a step, and the quotients by name."""
        above, below = (
            self.put(f"J{mark}{name}", self.end(middle, step, sign)) for name, sign in _ENDS
        )
        found = {f"D{mark}": self.put(f"D{mark}", self.centred(above, middle, below, over))}
        if self.setting.goes_forward:
            end = below if self.slip == "forward_goes_back" else above
            wide = 2 * over if self.slip == "forward_over_two_steps" else over
            found[f"F{mark}"] = self.put(f"F{mark}", (end - middle) / wide)
        return found

    def end(self, middle: Any, step: Any, sign: int) -> Any:
        """The value at one end of a step."""
        if self.slip == "step_added_to_value":
            return middle + step if sign > 0 else middle - step
        return self.value(self.moved(self.setting.place, step, sign))

    def error(self, quotient: Any, derivative: Any) -> Any:
        """What a quotient is above the derivative."""
        if self.slip == "error_turned":
            return derivative - quotient
        return quotient - derivative

    def value(self, at: Sequence[Any]) -> Any:
        """The polynomial at these parameters."""
        return _sum((c, _powers(at, exponents)) for c, exponents in self.setting.terms)

    def _differentiated(self) -> Iterator[tuple[int, list[Any]]]:
        """The terms of the derivative, each as a coefficient and factors."""
        place = self.setting.place
        if self.slip == "other_partial_derivative":
            place = (place + 1) % len(self.parameters)
        for coefficient, exponents in self.setting.terms:
            rest = tuple(0 if k == place else m for k, m in enumerate(exponents))
            if not exponents[place]:
                if self.slip == "constant_terms_kept":
                    yield coefficient, _powers(self.parameters, exponents)
            elif self.slip != "mixed_terms_dropped" or not any(rest):
                slope = self._slope(self.parameters[place], exponents[place])
                yield coefficient, [*slope, *_powers(self.parameters, rest)]

    def _slope(self, x: Any, n: int) -> list[Any]:
        """The derivative of a power, as a factor; none where it is 1."""
        rule = self.rules["power"].derivative
        assert rule is not None
        return [] if n == 1 else [rule(x**n, x, exponent=n)]


def _powers(at: Sequence[Any], exponents: tuple[int, ...]) -> list[Any]:
    return [x if n == 1 else x**n for x, n in zip(at, exponents, strict=True) if n]


def _sum(terms: Iterable[tuple[int, list[Any]]]) -> Any:
    """A sum of products with coefficients, whose minus signs are written as such."""
    total: Any = None
    for coefficient, factors in terms:
        number = [] if abs(coefficient) == 1 and factors else [abs(coefficient)]
        product = reduce(mul, [*number, *factors])
        if total is None:
            total = product if coefficient > 0 else -product
        else:
            total = total + product if coefficient > 0 else total - product
    return total


class _Unit(_Writer):
    """The loss of one unit, half the squared error, both weights of which are moved in turn."""

    def run(self) -> None:
        """The loss at the start and at four moved weights, then quotients and derivatives."""
        e = self.given["e"]
        s, o, middle = self.loss(self.parameters, "")
        ends = [
            tuple(self.loss(self.moved(n, e, sign), f"{mark}{n + 1}")[-1] for mark, sign in _ENDS)
            for n in range(2)
        ]
        for n, (above, below) in enumerate(ends, 1):
            self.put(f"D{n}", self.centred(above, middle, below, e))
        d = self.put("d", self._before_the_activation(s, o))
        for n, x in enumerate(self.inputs, 1):
            self.put(f"g{n}", d * (1 if self.slip == "input_left_out" else x))

    @property
    def inputs(self) -> list[Any]:
        """Both inputs."""
        return [f.entry(self.given["x"], (k,)) for k in range(2)]

    def loss(self, weights: Sequence[Any], mark: str) -> tuple[Any, Any, Any]:
        """Pre-activation, output and loss at these weights."""
        first, second = map(mul, weights, self.inputs)
        s = self.put(f"s{mark}", first + second + self.given["b"])
        o = self.put(f"o{mark}", RULES[self.setting.activation].forward(s))
        square = (o - self.given["y"]) ** 2
        return s, o, self.put(f"J{mark}", square if self.slip == "half_left_out" else square / 2)

    def _before_the_activation(self, s: Any, o: Any) -> Any:
        """The derivative of the loss with respect to the pre-activation."""
        y = self.given["y"]
        residual = y - o if self.slip == "residual_reversed" else o - y
        if self.slip == "function_derivative_left_out":
            return residual
        rule = self.rules[self.setting.activation].derivative
        assert rule is not None
        return residual * rule(o, s)


_ENDS = (("p", 1), ("m", -1))
