"""Chains of maps between vectors as graphs: the values on the way, and all Jacobians as matrices.

A chain starts at the vector `a`, and its maps lead to `b`, `c` and so on. Each is "affine" (a
matrix times the vector, plus a shift), "gate" (the vector times a matrix times the vector, entry by
entry) or a function that is applied to every entry. The matrices are `M` and `N`, the shifts of
their maps `v` and `w`; the product in a gate is the node `p`.

The Jacobian of y with respect to x is the node `J_y_x`. In numerator layout it has a row for each
entry of y, so that the Jacobian of the last map stands on the left in a product; in denominator
layout it has a row for each entry of x, so that it stands on the right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from gen.problem import Layout
from gen.variants import add
from solver import term as t
from solver.graph import Graph, GraphBuilder
from solver.rules import RULES
from solver.slips import SLIPS, rules_of

LETTERS = "abcd"
MATRICES, SHIFTS = "MN", "vw"

FUNCTIONS: Mapping[str, tuple[str, dict[str, Any]]] = MappingProxyType(
    {
        "tanh": ("tanh", {}),
        "sigmoid": ("sigmoid", {}),
        "square": ("power", {"exponent": 2}),
        "cube": ("power", {"exponent": 3}),
    }
)
"""The functions that a map may apply to every entry: the primitive and its settings."""
BY_OUTPUT = frozenset({"tanh", "sigmoid"})
"""Those whose derivative is made of the value of the function."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The maps in order, the sizes of the vectors (one more), and the layout of the Jacobians."""

    maps: tuple[str, ...]
    sizes: tuple[int, ...]
    layout: Layout

    @property
    def vectors(self) -> tuple[str, ...]:
        """The letters of the vectors, in order."""
        return tuple(LETTERS[: len(self.sizes)])

    @property
    def product(self) -> str:
        """The node of the whole chain's Jacobian."""
        return jacobian(self.vectors[-1], "a")


def jacobian(top: str, bottom: str) -> str:
    """The node of the Jacobian of one vector with respect to another."""
    return f"J_{top}_{bottom}"


@lru_cache(maxsize=2048)
def graph_of(chain: Chain, slip: str = "") -> Graph:
    """The graph of a chain, or of what a slip makes of it.

    A slip is one of the solver's about derivatives, or a key of `mistakes.SLIPS`. Raises ShapeError
    for one that these shapes do not allow.
    """
    maker = _Maker(chain, slip)
    steps = range(len(chain.maps))
    for step in steps:
        maker.value(step)
    for step in steps:
        maker.jacobian(step)
    for step in steps[1:]:
        maker.product(step)
    return maker.graph.build(chain.product)


class _Maker:
    """Adds the maps of a chain to a graph, and their Jacobians."""

    def __init__(self, chain: Chain, slip: str) -> None:
        self.chain, self.slip, self.graph = chain, slip, GraphBuilder()
        self.rules = rules_of(slip) if slip in SLIPS else RULES
        self.numbers = {
            step: number
            for number, step in enumerate(n for n, m in enumerate(chain.maps) if m not in FUNCTIONS)
        }
        self.graph.input("a", (chain.sizes[0],), fixed=True)

    def hidden(self, op: str, *inputs: str, **settings: Any) -> str:
        return self.graph.apply(op, *inputs, hidden=True, **settings)

    def value(self, step: int) -> None:
        """The next vector, `y` of the vector `x`."""
        x, y = self.chain.vectors[step : step + 2]
        kind = self.chain.maps[step]
        if kind in FUNCTIONS:
            op, settings = FUNCTIONS[kind]
            self.graph.apply(op, x, name=y, **settings)
            return
        number = self.numbers[step]
        inner, outer = self.chain.sizes[step : step + 2]
        matrix = self.graph.input(MATRICES[number], (outer, inner), fixed=True)
        if kind == "gate":
            self.graph.apply("multiply", x, self.graph.apply("matmul", matrix, x, name="p"), name=y)
            return
        shift = self.graph.input(SHIFTS[number], (outer,), fixed=True)
        product = self.hidden("matmul", matrix, x)
        if self.slip == "shift_left_out":
            shift = self.hidden("multiply", self.graph.constant(0), shift)
        self.graph.apply("add", product, shift, name=y)

    def jacobian(self, step: int) -> None:
        """The Jacobian of one map alone."""
        x, y = self.chain.vectors[step : step + 2]
        kind, name = self.chain.maps[step], jacobian(y, x)
        if kind in FUNCTIONS:
            self.graph.apply("diagonal", self._derivative(kind, step), name=name)
        elif kind == "affine":
            matrix = MATRICES[self.numbers[step]]
            if self._is_turned(step):
                self.graph.apply("transpose", matrix, name=name)
            else:
                self._named(matrix, name)
        else:
            self._of_gate(x, name, step)

    def _named(self, node: str, name: str) -> None:
        """A node under another name; a factor of 1 is not written."""
        self.graph.apply("multiply", self.graph.constant(1), node, name=name)

    def _of_gate(self, x: str, name: str, step: int) -> None:
        direct = self.hidden("diagonal", "p")
        matrix = MATRICES[self.numbers[step]]
        turned = self.hidden("transpose", matrix) if self._is_turned(step) else matrix
        through = self._ordered(self.hidden("diagonal", x), turned)
        if self.slip == "first_use_forgotten":
            direct = self.hidden("multiply", self.graph.constant(0), direct)
        if self.slip == "second_use_forgotten":
            through = self.hidden("multiply", self.graph.constant(0), through)
        self.graph.apply("add", direct, through, name=name)

    def _is_turned(self, step: int) -> bool:
        """Whether the Jacobian of a matrix is its transpose."""
        wrongly = self.slip == f"map_{step}_in_other_layout"
        return (self.chain.layout == "denominator") != wrongly

    def _derivative(self, kind: str, step: int) -> str:
        """The derivatives of a function at every entry of its argument."""
        x, y = self.chain.vectors[step : step + 2]
        if self.slip == "derivative_at_result":
            x, y = y, self._applied(kind, y)
        if self.slip == "derivative_at_start":
            x, y = "a", self._applied(kind, "a")
        op, settings = FUNCTIONS[kind]
        rule = self.rules[op].derivative
        assert rule is not None
        shape = (self.chain.sizes[step],)
        return add(self.graph, rule(t.name(y, shape), t.name(x, shape), **settings), hidden=True)

    def _applied(self, kind: str, x: str) -> str:
        op, settings = FUNCTIONS[kind]
        return self.hidden(op, x, **settings)

    def product(self, step: int) -> None:
        """The Jacobian of all maps up to this one, out of that of those before."""
        x, y = self.chain.vectors[step : step + 2]
        before, last = jacobian(x, "a"), jacobian(y, x)
        if self.slip == "function_skipped":
            before = before if step > 1 else self._skipped(0, before)
            last = self._skipped(step, last)
        ends = step == len(self.chain.maps) - 1
        op, *factors = self._combined(last, before, self.slip if ends else "")
        self.graph.apply(op, *factors, name=jacobian(y, "a"))

    def _skipped(self, step: int, node: str) -> str:
        """The unit matrix in the place of a function's Jacobian."""
        if self.chain.maps[step] not in FUNCTIONS:
            return node
        return self.hidden("diagonal", self.hidden("power", self.chain.vectors[step], exponent=0))

    def _combined(self, last: str, before: str, slip: str) -> tuple[str, ...]:
        """The operation that brings two Jacobians together, and what it is applied to."""
        match slip:
            case "jacobians_added":
                return "add", last, before
            case "last_jacobian_left_out":
                return "multiply", self.graph.constant(1), before
            case "multiplied_entry_by_entry":
                return "multiply", last, before
            case "factors_exchanged":
                return "matmul", *self._order(before, last)
            case "other_layout":
                return "transpose", self._ordered(last, before)
            case _:
                return "matmul", *self._order(last, before)

    def _order(self, outer: str, inner: str) -> tuple[str, str]:
        """The Jacobians of the outer and of the inner map as they stand in a product."""
        return (outer, inner) if self.chain.layout == "numerator" else (inner, outer)

    def _ordered(self, outer: str, inner: str) -> str:
        return self.hidden("matmul", *self._order(outer, inner))
