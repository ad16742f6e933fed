"""What a template is given of a graph with numbers: symbols, formulas and values in LaTeX."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from solver import steps
from solver import term as t
from solver.graph import Graph
from solver.term import Term
from templates import numerals
from templates.formula import latex
from templates.notation import Index, Symbols
from templates.order import formula


class Context:
    """The names that a template can use. `values()` is handed to Jinja.

    `givens` has an array for each input of the symbols' graph, by name.
    """

    def __init__(self, symbols: Symbols, givens: Mapping[str, Any]) -> None:
        self.symbols = symbols
        self.givens = givens

    def values(self, **more: object) -> dict[str, object]:
        """Everything by name; `more` is for one block alone."""
        return {
            "network": self.symbols.network,
            "symbol": self.symbol,
            "gradient": self.gradient,
            "meaning": self.symbols.meaning,
            "given": self.given,
            "value": numerals.array,
            "formula": self.formula,
            "expanded": self.expanded,
            "term": self.term,
            **more,
        }

    def symbol(self, node: str, index: Index | None = None) -> str:
        """The symbol of a node's value, or of one entry."""
        return str(self.symbols.value(node, index))

    def gradient(self, node: str, index: Index | None = None) -> str:
        """The symbol of the gradient with respect to a node, or to one entry."""
        return str(self.symbols.gradient(node, index))

    def given(self, node: str) -> str:
        """`symbol = value` for an input."""
        log = self.symbols.function("log")
        return f"{self.symbol(node)} = {numerals.array(self.givens[node], log=log)}"

    def formula(self, node: str) -> str:
        """The right-hand side that defines a node, in terms of named nodes."""
        return self.term(self._formulas[t.name(node)])

    def expanded(self, node: str) -> str:
        """A node as an expression in the inputs alone."""
        return self.term(self._expanded(t.name(node)))

    def term(self, term: Term) -> str:
        """A term in LaTeX."""
        return latex(term, self.symbols)

    def _graph(self) -> Graph:
        assert self.symbols.graph is not None
        return self.symbols.graph

    @cached_property
    def _formulas(self) -> Mapping[Term, Term]:
        lines = steps.lines(self._graph())
        return {line.leaf: formula(line, self.symbols) for line in lines if line.kind == "forward"}

    def _expanded(self, leaf: Term) -> Term:
        formulas = self._formulas
        return t.rewrite(
            formulas[leaf], lambda inner: self._expanded(inner) if inner in formulas else None
        )


def in_words(entries: Sequence[str]) -> str:
    """Entries as a list in words: `a`, `a and b`, `a, b and c`."""
    if len(entries) < 2:
        return "".join(entries)
    return f"{', '.join(entries[:-1])} and {entries[-1]}"
