"""Growing a computation graph of scalars node by node, as a plan says, along with its values.

Each primitive gets arguments that suit it (`DOMAINS`), and no node undoes or repeats what its
arguments did, so that all numbers stay of a size that is worked out by hand and every node is worth
its line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy as np

from gen.draw import Draw
from gen.exact_numbers import Number, is_plain, is_rational
from gen.family import Rejected
from solver.exact import Exact, NotExact
from solver.rules import RULES

TRIES = 30
LARGEST, SMALLEST, APART = 30.0, 0.15, 0.05


@dataclass(frozen=True, slots=True)
class Node:
    """`name = op(*inputs, **settings)`; `add` takes two or more inputs."""

    name: str
    op: str
    inputs: tuple[str, ...]
    settings: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The kinds of nodes of a graph: how many inputs, and nodes of two arguments and of one."""

    inputs: int
    binary: int
    unary: int

    @property
    def forks(self) -> int:
        """How many uses of values there are beyond the first use of each."""
        return self.binary - self.inputs + 1


def draw_nodes(
    draw: Draw,
    point: Mapping[str, Number],
    plan: Plan,
    names: Sequence[str],
    unary: Sequence[str],
    binary: Sequence[str],
) -> tuple[Node, ...]:
    """Nodes as planned over the inputs at `point`, named by `names` in order of evaluation.

    `unary` and `binary` are the primitives to draw from; one that stands there twice is drawn
    twice as often. At an exact point every value is exact, and no primitive is put where its value
    would not be plain. Raises Rejected where no primitive suits the values at hand.
    """
    growing = _Growing(draw, dict(point), plan, unary, binary)
    for name in names[: plan.binary + plan.unary]:
        growing.grow(name)
    return tuple(growing.nodes.values())


@dataclass(slots=True)
class _Growing:
    """A graph on its way: what is still to be made, and which values nothing uses so far."""

    draw: Draw
    values: dict[str, Number]
    plan: Plan
    unary: Sequence[str]
    binary: Sequence[str]
    nodes: dict[str, Node] = field(default_factory=dict)
    free: list[str] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    left: dict[int, int] = field(default_factory=dict)
    floats: dict[str, float] = field(default_factory=dict)
    again: int = 0
    closed: bool = False

    def __post_init__(self) -> None:
        self.closed = self.draw.integer(0, 4) == 0
        self.free = list(self.values)
        self.floats = {name: float(value) for name, value in self.values.items()}
        self.left = {1: self.plan.unary, 2: self.plan.binary}
        self.again = self.plan.forks

    def grow(self, name: str) -> None:
        """Add one node of a kind that is left."""
        moves = self._moves()
        for _ in range(TRIES):
            arity, repeats = self.draw.choice(moves)
            node = self._candidate(name, arity, repeats)
            if node is not None:
                self._add(node, arity, repeats)
                return
        raise Rejected("no primitive suits the values")

    def _moves(self) -> list[tuple[int, int]]:
        """The kinds of node that can come next: arguments, and how many of them are used already.

        Each stands as often as nodes of its arity are left, so that the kinds are mixed; functions
        of one value, which are harder to suit, stand doubly. The last node is one of these only
        where the lot says so.
        """
        last_two_kept = not self.closed and self.left[1] > 0 and self.left[2] == 1
        return [
            (arity, repeats)
            for arity, left in self.left.items()
            for repeats in range(arity + 1)
            if not (arity == 2 and last_two_kept)
            and repeats <= min(self.again, len(self.used))
            and arity - repeats <= len(self.free)
            for _ in range(left * (3 - arity))
        ]

    def _candidate(self, name: str, arity: int, repeats: int) -> Node | None:
        """A node with arguments and a primitive by lot, or None where they do not go together."""
        chosen = self.draw.sample(self.free, arity - repeats) + self.draw.sample(self.used, repeats)
        op = self.draw.choice(self.unary if arity == 1 else self.binary)
        inputs = self._ordered(op, chosen)
        suits = DOMAINS[op](*(self.floats[each] for each in inputs))
        if not suits or not _is_new(op, inputs, self.nodes):
            return None
        if not self._carries_gradients(op, inputs):
            return None
        settings = (("exponent", 2),) if op == "power" else ()
        arguments = [self.values[each] for each in inputs]
        try:
            value = _value(op, arguments, dict(settings))
        except NotExact:
            return None
        # A maximum is one of its arguments, so it may be like them.
        others = set(self.values).difference(inputs if op == "maximum" else ())
        number = float(value)
        if not self._suits(number, others) or not _stays_plain(op, arguments[0], value):
            return None
        self.values[name], self.floats[name] = value, number
        return Node(name, op, inputs, settings)

    def _ordered(self, op: str, names: tuple[str, ...]) -> tuple[str, ...]:
        """The arguments as they are written: x y, x cos y and z + x y, but differences by lot."""
        if op in ("subtract", "divide"):
            return self.draw.shuffle(names)
        return tuple(sorted(names, key=self._place_in_product if op == "multiply" else None))

    def _place_in_product(self, name: str) -> tuple[bool, bool, str]:
        is_node = name in self.nodes
        return is_node, is_node and self.nodes[name].op in _BARE, name

    def _carries_gradients(self, op: str, inputs: tuple[str, ...]) -> bool:
        """Whether no input is left with a gradient that is 0 or 1 whatever the numbers are.

        The smaller argument of a maximum needs another path, and so does an input that is added
        to the output.
        """
        if op == "maximum":
            return min(inputs, key=self.floats.__getitem__) in self.used
        if op not in _SUMS or sum(self.left.values()) > 1:
            return True
        summands = set().union(*(_terms(name, _SUMS, self.nodes) for name in inputs))
        uses = [name for node in self.nodes.values() for name in node.inputs] + list(inputs)
        return not any(name not in self.nodes and uses.count(name) == 1 for name in summands)

    def _suits(self, number: float, others: Iterable[str]) -> bool:
        """Whether a value is of a tame size and cannot be taken for one of the others, or for 1."""
        size = abs(number)
        if not SMALLEST <= size <= LARGEST or abs(size - 1) < APART:
            return False
        return all(abs(size - abs(self.floats[name])) >= APART for name in others)

    def _add(self, node: Node, arity: int, repeats: int) -> None:
        self.nodes[node.name] = node
        self.left[arity] -= 1
        self.again -= repeats
        for name in node.inputs:
            if name in self.free:
                self.free.remove(name)
                self.used.append(name)
        self.free.append(node.name)


def _value(op: str, arguments: Sequence[Number], settings: Mapping[str, Any]) -> Number:
    if isinstance(arguments[0], Exact):
        return Exact(RULES[op].forward(*arguments, **settings))
    return float(RULES[op].forward(*map(np.float64, arguments), **settings))


def _stays_plain(op: str, argument: Number, value: Number) -> bool:
    """Whether a value is plain, if it is exact, and what a student would make of the argument."""
    if not isinstance(value, Exact):
        return True
    if is_rational(value):
        return is_plain(value)
    if op in _ONTO_RATIONAL or (op in _OF_RATIONAL and not is_rational(argument)):
        return False
    parts = _WHOLE_PARTS.get(op)
    if parts and not (is_rational(argument) and float(parts * argument).is_integer()):
        return False
    return is_plain(value)


_ONTO_RATIONAL = frozenset({"tanh", "sigmoid"})
_OF_RATIONAL = frozenset({"log", "power", "sqrt"})
"""Primitives whose value, and whose argument, is rational at an exact point."""
_WHOLE_PARTS = {"exp": 2, "sqrt": 1}
"""Where the value is not rational, the argument is a whole number of these parts of 1."""


def _between(low: float, high: float) -> Callable[[float], bool]:
    return lambda x: low <= x <= high


def _size_between(low: float, high: float) -> Callable[[float], bool]:
    return lambda x: low <= abs(x) <= high


def _apart(a: float, b: float) -> bool:
    return abs(a - b) >= 0.3


DOMAINS: Mapping[str, Callable[..., bool]] = MappingProxyType(
    {
        "add": lambda a, b: True,
        "subtract": _apart,
        "multiply": lambda a, b: True,
        "divide": lambda a, b: abs(b) >= 0.3,
        "maximum": _apart,
        "power": _size_between(0.3, 5.0),
        "exp": _size_between(0.15, 2.0),
        "log": lambda x: 0.3 <= x <= 0.8 or 1.2 <= x <= 8.0,
        "sqrt": lambda x: 0.3 <= x <= 0.8 or 1.2 <= x <= 8.0,
        "sin": _size_between(0.2, 2.9),
        "cos": _size_between(0.2, 2.9),
        "tanh": _size_between(0.2, 2.0),
        "sigmoid": _size_between(0.2, 2.5),
    }
)
"""Which arguments each primitive is given: where it has no kink and is not saturated."""

_FUNCTIONS = frozenset({"exp", "log", "sqrt", "sin", "cos", "tanh", "sigmoid"})
_BARE = frozenset({"log", "sin", "cos", "tanh"})
_IDLE = frozenset({("sqrt", "power"), ("power", "sqrt"), ("power", "power"), ("power", "exp")})
_NESTED = frozenset({("sin", "log"), ("cos", "log"), ("sin", "sqrt"), ("cos", "sqrt")})
_SUMS = frozenset({"add", "subtract"})
_PRODUCTS = frozenset({"multiply", "divide", "power"})


def _is_new(op: str, inputs: tuple[str, ...], nodes: Mapping[str, Node]) -> bool:
    """Whether a node neither undoes nor repeats what its inputs did."""
    if len(inputs) == 1:
        inner = nodes.get(inputs[0])
        return inner is None or _composes(op, inner.op)
    if op == "divide" and any(name in nodes and nodes[name].op == "divide" for name in inputs):
        return False
    group = next((group for group in (_SUMS, _PRODUCTS) if op in group), frozenset())
    left, right = (_terms(name, group, nodes) for name in inputs)
    return left.isdisjoint(right)


@cache
def _composes(outer: str, inner: str) -> bool:
    """Whether a function of a function is worth asking: sin(log x) is, tanh(exp x) is not."""
    if outer in _FUNCTIONS and inner in _FUNCTIONS:
        return (outer, inner) in _NESTED
    return (outer, inner) not in _IDLE


def _terms(name: str, group: frozenset[str], nodes: Mapping[str, Node]) -> set[str]:
    """What a sum adds up, or a product multiplies, once its brackets are gone.

    A node whose arguments have one in common would simplify: x + (x + z), x (z / x).
    """
    if name not in nodes or nodes[name].op not in group:
        return {name}
    return set().union(*(_terms(each, group, nodes) for each in nodes[name].inputs))
