"""Changes as graphs: predicted by derivatives, and as they come out.

An affine map `b = M a + v` has the derivatives M_ij. In a *linear* setting two entries of `a`
change, by `e` and by `f`; `m` is the derivative of `b_i` with respect to the first of them, `s` the
change of `b_i` and `n` its new value.

In a *bent* setting a function of all entries of `b` follows: `y`, the sum of a function of each
entry with the factors `u`, or the product of all entries. One entry of `a` rises by `e`, which
leads to the vector `an` and on to `bn` and `yn`. `r` are the derivatives of y with respect to b,
and `g` is that with respect to the entry of a; `p` is the change that it predicts, `t` the true one
and `d` the true one minus the predicted one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from types import MappingProxyType
from typing import Any

from gen.variants import add
from solver import term as t
from solver.graph import Graph, GraphBuilder
from solver.rules import RULES
from solver.slips import SLIPS, rules_of

FUNCTIONS: Mapping[str, tuple[str, dict[str, Any]]] = MappingProxyType(
    {
        "tanh": ("tanh", {}),
        "sigmoid": ("sigmoid", {}),
        "square": ("power", {"exponent": 2}),
        "cube": ("power", {"exponent": 3}),
    }
)
"""The functions that entries may be put through: the primitive and its settings."""
ROUNDED = frozenset({"tanh", "sigmoid"})
"""Those whose values are rounded, and from which their derivatives are made."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The step after the affine map, "linear" where there is none, and what is looked at.

    `rows` and `columns` are those of M. `changed` are the entries of a that change (one, or two in
    a linear setting) and `watched` is the entry of b in a linear setting, all counted from 0.
    """

    step: str
    rows: int
    columns: int
    changed: tuple[int, ...]
    watched: int = 0


@lru_cache(maxsize=2048)
def graph_of(setting: Setting, slip: str = "") -> Graph:
    """The graph of a setting, or of what a slip makes of it.

    A slip is one of the solver's about derivatives, or one of those in `mistakes`.
    """
    maker = _Maker(setting, slip)
    if setting.step == "linear":
        return maker.linear()
    return maker.bent()


class _Maker:
    """Adds a setting's nodes to a graph."""

    def __init__(self, setting: Setting, slip: str) -> None:
        self.setting, self.slip, self.graph = setting, slip, GraphBuilder()
        self.rules = rules_of(slip) if slip in SLIPS else RULES
        self.through: dict[str, str] = {}
        self.graph.input("a", (setting.columns,), fixed=True)
        self.graph.input("M", (setting.rows, setting.columns), fixed=True)
        self.graph.input("v", (setting.rows,), fixed=True)

    def hidden(self, op: str, *inputs: str, **settings: Any) -> str:
        return self.graph.apply(op, *inputs, hidden=True, **settings)

    def entry(self, node: str, *index: int) -> str:
        return self.hidden("entry", node, index=index)

    def sum(self, terms: Sequence[str], name: str) -> str:
        *others, last = terms
        if not others:
            # A factor of 1 is not written: what is seen is the one term itself.
            return self.graph.apply("multiply", self.graph.constant(1), last, name=name)
        return self.graph.apply("add", self._chained("add", others), last, name=name)

    def _chained(self, op: str, nodes: Sequence[str]) -> str:
        return reduce(lambda left, right: self.hidden(op, left, right), nodes)

    def rate(self, row: int, column: int) -> str:
        """The derivative of an entry of b with respect to one of a."""
        if self.slip == "indices_exchanged":
            return self.entry("M", column, row)
        return self.entry("M", row, column)

    def affine(self, x: str, name: str) -> str:
        product = self.hidden("matmul", "M", x)
        if self.slip == "shift_left_out":
            return self.graph.apply("multiply", product, self.graph.constant(1), name=name)
        return self.graph.apply("add", product, "v", name=name)

    def linear(self) -> Graph:
        """Two changes that add up in one entry of b."""
        i, changed = self.setting.watched, self.setting.changed
        sizes = [self.graph.input(letter, fixed=True) for letter in "ef"]
        self.affine("a", "b")
        rates = [self.rate(i, j) for j in changed]
        values = [self.entry("a", j) for j in changed]
        self.graph.apply("entry", "M", name="m", index=self._place(i, changed[0]))
        factors = {
            "rate_times_value": values,
            "rate_times_new_value": [
                self.hidden("add", x, e) for x, e in zip(values, sizes, strict=True)
            ],
            "rate_for_change": [self.graph.constant(1)] * 2,
            "sign_of_change_lost": [sizes[0], self.hidden("absolute", sizes[1])],
        }.get(self.slip, sizes)
        products = [self.hidden("multiply", *pair) for pair in zip(rates, factors, strict=True)]
        self._watched(products)
        before = self.entry("b", i)
        self.graph.apply("add", before, "s", name="n")
        return self.graph.build()

    def _place(self, row: int, column: int) -> tuple[int, int]:
        return (column, row) if self.slip == "indices_exchanged" else (row, column)

    def _watched(self, products: list[str]) -> None:
        match self.slip:
            case "first_change_only":
                self.sum(products[:1], "s")
            case "second_change_only":
                self.sum(products[1:], "s")
            case "changes_multiplied":
                self.graph.apply("multiply", *products, name="s")
            case "changes_subtracted":
                self.graph.apply("subtract", *products, name="s")
            case "new_value_for_change":
                self.sum([self.entry("b", self.setting.watched), *products], "s")
            case _:
                self.sum(products, "s")

    def bent(self) -> Graph:
        """The predicted and the true change of a function of all entries of b."""
        setting = self.setting
        self.graph.input("an", (setting.columns,), fixed=True)
        self.graph.input("e", fixed=True)
        if setting.step != "product":
            self.graph.input("u", (setting.rows,), fixed=True)
        self.function(self.affine("a", "b"), "")
        # A slip may need the new values for what is predicted.
        needs_new = self.slip in ("rate_at_new_point", "changes_exchanged")
        if needs_new:
            self.function(self.affine("an", "bn"), "n")
        self.rates()
        self.predicted()
        if not needs_new:
            self.function(self.affine("an", "bn"), "n")
        self.true()
        return self.graph.build()

    def function(self, b: str, mark: str) -> None:
        """y as a function of b, or with the mark n as one of the new b."""
        if self.setting.step == "product":
            *first, last = (self.entry(b, k) for k in range(self.setting.rows))
            self.graph.apply("multiply", self._chained("multiply", first), last, name=f"y{mark}")
            return
        op, settings = FUNCTIONS[self.setting.step]
        if self.setting.step in ROUNDED:
            through = self.graph.apply(op, b, name=f"h{mark}", **settings)
        else:
            through = self.hidden(op, b, **settings)
        self.through[mark] = through
        self.graph.apply("dot", "u", through, name=f"y{mark}")

    def rates(self) -> None:
        """The derivatives of y with respect to the entries of b: one node each, or a vector."""
        mark = "n" if self.slip == "rate_at_new_point" else ""
        rows = range(self.setting.rows)
        if self.setting.step == "product":
            for k in rows:
                others = [self.entry(f"b{mark}", n) for n in rows if n != k]
                if self.slip == "own_factor":
                    others = [self.entry("b", k)] * len(others)
                *first, last = others
                product = [self._chained("multiply", first), last] if first else [last]
                self._named(product, f"r{k}")
            return
        op, settings = FUNCTIONS[self.setting.step]
        rule, shape = self.rules[op].derivative, (self.setting.rows,)
        assert rule is not None
        slopes = rule(t.name(self.through[mark], shape), t.name(f"b{mark}", shape), **settings)
        slope = add(self.graph, slopes, hidden=True)
        self.graph.apply("multiply", "u", slope, name="r")

    def _named(self, factors: list[str], name: str) -> None:
        if len(factors) > 1:
            self.graph.apply("multiply", *factors, name=name)
        else:
            self.sum(factors, name)

    def outer(self, k: int) -> str:
        """The derivative of y with respect to one entry of b."""
        if self.slip == "outer_rate_left_out":
            product = self.setting.step == "product"
            return self.graph.constant(1) if product else self.entry("u", k)
        return f"r{k}" if self.setting.step == "product" else self.entry("r", k)

    def predicted(self) -> None:
        """The derivative of y with respect to the entry of a, and the change that it predicts."""
        [j] = self.setting.changed
        paths = [self._path(k, j) for k in range(self.setting.rows)]
        match self.slip:
            case "keeps_first_path":
                self.sum(paths[:1], "g")
            case "overwrites_at_fork":
                self.sum(paths[-1:], "g")
            case "multiplies_paths":
                *first, last = paths
                self.graph.apply("multiply", self._chained("multiply", first), last, name="g")
            case _:
                self.sum(paths, "g")
        size = {
            "rate_times_value": self.entry("a", j),
            "rate_times_new_value": self.entry("an", j),
            "rate_for_change": self.graph.constant(1),
        }.get(self.slip, "e")
        if self.slip == "changes_exchanged":
            self.graph.apply("subtract", "yn", "y", name="p")
        else:
            self.graph.apply("multiply", "g", size, name="p")

    def _path(self, k: int, j: int) -> str:
        if self.slip == "inner_rate_left_out":
            return self.outer(k)
        return self.hidden("multiply", self.outer(k), self.rate(k, j))

    def true(self) -> None:
        """The true change, and how much more it is than the predicted one."""
        match self.slip:
            case "prediction_for_true":
                self.sum(["p"], "t")
            case "changes_exchanged":
                self.graph.apply("multiply", "g", "e", name="t")
            case "new_value_for_change":
                self.sum(["yn"], "t")
            case "change_reversed":
                self.graph.apply("subtract", "y", "yn", name="t")
            case _:
                self.graph.apply("subtract", "yn", "y", name="t")
        ends = ("p", "t") if self.slip == "error_reversed" else ("t", "p")
        self.graph.apply("subtract", *ends, name="d")
