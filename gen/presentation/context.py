"""What a family's template is given: the item's data, and symbols and formulas in LaTeX."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gen.problem import Ask, Item, Part
from solver import steps
from solver import term as t
from solver.term import Term
from templates import numerals
from templates.formula import latex
from templates.notation import Index, Symbols


class Context:
    """The names that a family's template can use, for one item. `values()` is handed to Jinja."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.problem = item.problem
        given: Any = item.problem.words.get("symbols", {})
        self.symbols = Symbols(item.problem.graph, item.problem.network, given=given)

    def values(self, **more: object) -> dict[str, object]:
        """Everything by name; `more` is for one block alone, such as the part that it words."""
        return {
            "params": self.item.params,
            "problem": self.problem,
            "words": self.problem.words,
            "places": self.problem.places,
            "symbol": self.symbol,
            "gradient": self.gradient,
            "given": self.given,
            "value": numerals.array,
            "quantity": self.quantity,
            "quantities": self.quantities,
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
        return f"{self.symbol(node)} = {numerals.array(self.problem.givens[node])}"

    def quantity(self, ask: Ask) -> str:
        """The symbol of what is asked."""
        symbol = self.symbols.value if ask.of == "value" else self.symbols.gradient
        return str(symbol(ask.node, ask.index))

    def quantities(self, part: Part) -> str:
        """All that a part asks for, as a list in words, each in dollars."""
        return in_words([f"${self.quantity(ask)}$" for ask in part.asks])

    def formula(self, node: str) -> str:
        """The right-hand side that defines a node, in terms of named nodes."""
        return self.term(self._formulas()[t.name(node)])

    def expanded(self, node: str) -> str:
        """A node as an expression in the inputs alone."""
        return self.term(self._expanded(t.name(node)))

    def term(self, term: Term) -> str:
        """A term in LaTeX."""
        return latex(term, self.symbols)

    def _formulas(self) -> Mapping[Term, Term]:
        assert self.problem.graph is not None
        lines = steps.lines(self.problem.graph)
        return {line.leaf: line.formula for line in lines if line.kind == "forward"}

    def _expanded(self, leaf: Term) -> Term:
        formulas = self._formulas()
        return t.rewrite(
            formulas[leaf], lambda inner: self._expanded(inner) if inner in formulas else None
        )


def in_words(entries: Sequence[str]) -> str:
    """Entries as a list in words: `a`, `a and b`, `a, b and c`."""
    if len(entries) < 2:
        return "".join(entries)
    return f"{', '.join(entries[:-1])} and {entries[-1]}"
