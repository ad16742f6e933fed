"""A derivative in symbols: the lines of a graph's backward pass, put into each other.

The lines are the solver's own (`solver.lines`), so the derivative is what its rules give. A
derivation may have some of its lines spoiled; then the same steps lead to the answer of whoever
makes that mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import cast

from solver import term as t
from solver.graph import Graph
from solver.lines import Line, lines, negated, relevant
from solver.term import Term
from templates.order import flattened

Spoiled = Mapping[Term, Term]
"""Lines with another formula, by the leaf that they define."""

_ONE = t.number(1.0)


def backward_lines(graph: Graph, node: str, sign: int = 1) -> tuple[Line, ...]:
    """The lines that lead to the derivative with respect to a node, without the forward pass."""
    found = relevant(graph, (t.gradient(node),), sign)
    return tuple(in_order(line) for line in found if line.kind == "backward")


def in_order(line: Line) -> Line:
    """A line about several uses with the first use first; the backward pass meets it last."""
    if line.kind != "backward" or len(line.through) == 1:
        return line
    *others, last = reversed(list(flattened(line.formula)))
    formula = others[0]
    for term in (*others[1:], last):
        formula = formula + term
    return replace(line, formula=formula, through=line.through[::-1])


def expression(graph: Graph, node: str, spoiled: Spoiled | None = None) -> Term:
    """The derivative of the graph's output with respect to a node, over values alone."""
    return expanded(t.gradient(node), {**formulas(graph), **(spoiled or {})})


@lru_cache(maxsize=1024)
def formulas(graph: Graph) -> Spoiled:
    """The formula of every derivative, by the leaf that stands for it."""
    return {line.leaf: in_order(line).formula for line in lines(graph) if line.kind != "forward"}


def expanded(term: Term, formulas: Mapping[Term, Term]) -> Term:
    """A term with every derivative in it replaced by its formula, and tidied."""

    made: dict[Term, Term] = {}

    def put_in(leaf: Term) -> Term | None:
        if leaf.op not in ("gradient", "local"):
            return None
        if leaf not in made:
            made[leaf] = tidied(t.rewrite(formulas[leaf], put_in))
        return made[leaf]

    return tidied(t.rewrite(term, put_in))


@lru_cache(maxsize=65536)
def tidied(term: Term) -> Term:
    """A term as one would write it: numbers first, no factors of 1, common factors in front."""
    if t.is_leaf(term) or term.op == "number":
        return term
    found = Term(term.op, tuple(tidied(a) if isinstance(a, Term) else a for a in term.args))
    match found.op:
        case "multiply":
            return _Product.of(found).term()
        case "add":
            return _sum([_Product.of(each) for each in flattened(found)])
        case "negative":
            return negated(found.args[0])
        case "power" if found.args[1] == _ONE:
            return cast(Term, found.args[0])
        case _:
            return found


@dataclass(frozen=True, slots=True)
class _Product:
    """A number and factors that are no numbers."""

    number: float
    factors: tuple[Term, ...]

    @classmethod
    def of(cls, term: Term) -> _Product:
        number = 1.0
        factors: list[Term] = []
        for factor in _factors(term):
            if factor.op == "number":
                number *= factor.args[0]
            elif factor.op == "negative":
                number, factors = -number, [*factors, factor.args[0]]
            else:
                factors.append(factor)
        return cls(number, tuple(factors))

    def term(self) -> Term:
        """The product, its number in front and without a factor of 1."""
        found = _joined(self.factors)
        if found is None:
            return t.number(self.number)
        if abs(self.number) != 1:
            found = Term("multiply", (t.number(abs(self.number)), found))
        return found if self.number > 0 else negated(found)


def _factors(term: Term) -> Iterator[Term]:
    if term.op == "multiply":
        yield from flattened(term)
    else:
        yield term


def _joined(factors: tuple[Term, ...]) -> Term | None:
    found: Term | None = None
    for factor in factors:
        found = factor if found is None else Term("multiply", (found, factor))
    return found


def _sum(products: list[_Product]) -> Term:
    """A sum, with the factors that all its terms begin with in front."""
    number = products[0].number
    if any(product.number != number for product in products):
        number = 1.0
    shared: list[Term] = [] if number == 1 else [t.number(number)]
    start = len(shared)
    for group in zip(*(product.factors for product in products), strict=False):
        if len(set(group)) > 1:
            break
        shared.append(group[0])
    skipped = len(shared) - start
    rests = [_Product(p.number / number, p.factors[skipped:]).term() for p in products]
    total = rests[0]
    for rest in rests[1:]:
        total = Term("add", (total, rest))
    return total if not shared else cast(Term, _joined((*shared, total)))
