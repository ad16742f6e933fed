"""Lines: the formulas of a worked solution, before any numbers.

Both passes are run over names. What the rules give for a node is the formula of its line. Hidden
nodes have no line: their formula becomes part of the lines that use them. A formula that a line has
named already is replaced by that name, which turns softmax(s) - y into o - y.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import is_
from typing import Any, Literal, cast

from solver import term as t
from solver.graph import Equation, Graph
from solver.rules import RULES
from solver.term import Shape, Term

Kind = Literal["forward", "local", "backward", "update", "tangent"]

LOCAL = frozenset({"sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus"})
"""The primitives whose local derivative gets a line of its own, as it is reused and named."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line before any numbers: the leaf that it defines, and the formula.

    `through` says which primitives the line is made by, each with the position of the argument:
    one pair for a forward line, one for every use of the node for a backward line.
    """

    kind: Kind
    leaf: Term
    formula: Term
    through: tuple[tuple[str, int], ...]

    @property
    def node(self) -> str:
        """The node that the line is about."""
        return str(self.leaf.args[0])


@lru_cache(maxsize=512)
def lines(graph: Graph, sign: int = 1) -> tuple[Line, ...]:
    """Every line that `graph` can have: forward in order, then backward from the output.

    With `sign` -1, every gradient stands for minus the gradient: the backward pass starts at -1.
    """
    return Deriver(graph, sign).lines()


class Deriver:
    """Runs the passes over names; `found` collects the lines."""

    def __init__(self, graph: Graph, sign: int = 1) -> None:
        self.graph, self.sign = graph, sign
        self.values: dict[str, Term] = {n: t.number(v) for n, v in graph.constants.items()}
        self.values |= {v.name: t.name(v.name, v.shape) for v in graph.inputs}
        self.known: dict[Term, Term] = {}
        self.gradients: dict[str, Term] = {graph.output: t.number(float(sign))}
        self.through: dict[str, list[tuple[str, int]]] = {}
        self.found: list[Line] = []

    def lines(self) -> tuple[Line, ...]:
        """The lines of both passes."""
        for equation in self.graph.equations:
            self.forward(equation)
        needed = self.graph.needs_gradient()
        first_use = _first_uses(self.graph)
        for position in reversed(range(len(self.graph.equations))):
            equation = self.graph.equations[position]
            if equation.target in self.gradients and equation.target in needed:
                self._backward(equation, needed)
            for variable in first_use.get(position, ()):
                if variable in self.gradients:
                    self._settle(variable)
        return tuple(self.found)

    def forward(self, equation: Equation) -> None:
        """Add the line of an equation; a hidden one becomes part of later formulas."""
        inputs = [self.values[name] for name in equation.inputs]
        settings = dict(equation.settings)
        formula = self.named(RULES[equation.op].forward(*inputs, **settings))
        if equation.hidden:
            self.values[equation.target] = Term(formula.op, formula.args, equation.shape)
            return
        leaf = t.name(equation.target, equation.shape)
        self.values[equation.target] = leaf
        self.known.setdefault(formula, leaf)
        if equation.target in self.graph.tangents:
            op = self.graph.tangents[equation.target].op
            self.found.append(Line("tangent", leaf, formula, ((op, 0),)))
            return
        self.found.append(Line("forward", leaf, formula, ((equation.op, 0),)))

    def _backward(self, equation: Equation, needed: frozenset[str]) -> None:
        g = self._arrived(equation)
        primitive, settings = RULES[equation.op], dict(equation.settings)
        y = self.values[equation.target]
        inputs = [self.values[name] for name in equation.inputs]
        if equation.op in LOCAL and primitive.derivative is not None:
            pieces: Sequence[Term | None] = (g * self._local(equation, y, inputs[0]),)
        else:
            pieces = primitive.backward(g, y, *inputs, **settings)
        for position, (name, piece) in enumerate(zip(equation.inputs, pieces, strict=True)):
            if piece is not None and name in needed:
                known = self.gradients.get(name)
                self.gradients[name] = piece if known is None else known + piece
                self.through.setdefault(name, []).append((equation.op, position))

    def _arrived(self, equation: Equation) -> Term:
        """The upstream gradient of an equation, which all later equations have added to by now."""
        if equation.hidden or equation.target == self.graph.output:
            return self.gradients[equation.target]
        return self._settle(equation.target)

    def _settle(self, node: str) -> Term:
        leaf = t.gradient(node, self.graph.shapes[node])
        formula = self.named(self.gradients[node])
        self.found.append(Line("backward", leaf, formula, tuple(self.through[node])))
        self.gradients[node] = leaf
        return leaf

    def _local(self, equation: Equation, y: Term, x: Term) -> Term:
        derivative = RULES[equation.op].derivative
        assert derivative is not None
        leaf = t.local(equation.target, equation.shape)
        formula = self.named(derivative(y, x, **dict(equation.settings)))
        self.found.append(Line("local", leaf, formula, ((equation.op, 0),)))
        return leaf

    def named(self, formula: Term) -> Term:
        """`formula` without factors and exponents of 1, and with known functions by their names."""
        if formula.op == "number" or t.is_leaf(formula):
            return formula
        args = tuple([self.named(a) if isinstance(a, Term) else a for a in formula.args])
        if formula.op == "multiply":
            args = _without_copies(*args)
        if formula.op == "multiply" and _is(1.0, args[0]):
            return args[1]
        if formula.op in ("multiply", "power") and _is(1.0, args[1]):
            return args[0]
        if self.sign < 0 and (negated := _without_minus_one(formula.op, args)) is not None:
            return negated
        if formula.op == "transpose":
            return _transposed(args[0])
        unchanged = all(map(is_, args, formula.args))
        named = formula if unchanged else Term(formula.op, args, formula.shape)
        return named if formula.op in _ARITHMETIC else self.known.get(named, named)


def _first_uses(graph: Graph) -> dict[int, list[str]]:
    """For every equation, the inputs of the graph that no earlier equation uses, in its order."""
    seen: set[str] = {variable.name for variable in graph.inputs if variable.fixed}
    uses: dict[int, list[str]] = {}
    inputs = {variable.name for variable in graph.inputs}
    for position, equation in enumerate(graph.equations):
        fresh = [n for n in dict.fromkeys(equation.inputs) if n in inputs and n not in seen]
        seen.update(fresh)
        uses[position] = fresh
    return uses


def _transposed(term: Term) -> Term:
    """The transpose, products turned round: (A B)^T is B^T A^T, and A^T^T is A."""
    match term.op:
        case "transpose":
            return cast(Term, term.args[0])
        case "matmul":
            left, right = term.args
            return Term("matmul", (_transposed(right), _transposed(left)), term.shape[::-1])
        case _:
            return Term("transpose", (term,), term.shape[::-1])


def _without_copies(left: Term, right: Term) -> tuple[Term, Term]:
    """The factors of a product; a number that was copied to the other's shape, as itself."""
    if left.op != "spread":
        return left, right
    number, shape, axis = left.args
    return (number if axis is None and _has_shape(right, shape) else left), right


def _has_shape(term: Term, shape: Shape) -> bool:
    """Whether a term is seen to have that shape: a leaf of that shape, or an entrywise function."""
    if t.is_leaf(term):
        return term.shape == shape
    return term.op in _ARITHMETIC and any(
        _has_shape(a, shape) for a in term.args if isinstance(a, Term)
    )


def _is(value: float, term: Any) -> bool:
    return isinstance(term, Term) and term.op == "number" and term.args[0] == value


def _without_minus_one(op: str, args: tuple[Any, ...]) -> Term | None:
    """The operation with its factor of -1 written as a sign, or None where it has none."""
    if op == "negative":
        return negated(args[0]) if _sheds_a_sign(args[0]) else None
    if op == "multiply" and _is(-1.0, args[0]):
        return negated(args[1])
    if op == "multiply" and _is_minus_a_share(args[0]) and _sheds_a_sign(args[1]):
        return Term("multiply", (negated(args[0]), negated(args[1])))
    return negated(args[0]) if op == "multiply" and _is(-1.0, args[1]) else None


def _is_minus_a_share(term: Term) -> bool:
    """Whether a term is -1 over a number, as in the gradient of minus a mean."""
    return term.op == "divide" and _is(-1.0, term.args[0])


def negated(term: Term) -> Term:
    """Minus `term`, the sign taken in where that leaves nothing to write: -(p - t) is t - p."""
    match term.op:
        case "number":
            return t.number(-term.args[0], term.args[1])
        case "negative":
            return cast(Term, term.args[0])
        case "subtract":
            return Term("subtract", (term.args[1], term.args[0]))
        case "multiply" | "divide" if _sheds_a_sign(term):
            first, second = term.args
            if term.op == "multiply" and _sheds_a_sign(second):
                return Term(term.op, (first, negated(second)))
            return Term(term.op, (negated(first), second))
        case _:
            return Term("negative", (term,))


def opposite(term: Term) -> Term:
    """Minus a product as it is read best: -(p - t) s is (t - p) s, but -s (1 - s) keeps its sign.

    A difference from a number, such as 1 - s, is not turned round.
    """
    if term.op == "number":
        return t.number(-term.args[0], term.args[1])
    if term.op == "negative":
        return cast(Term, term.args[0])
    turned = _with_a_difference_turned(term)
    return Term("negative", (term,)) if turned is None else turned


def _with_a_difference_turned(term: Term) -> Term | None:
    if term.op == "subtract" and term.args[0].op != "number":
        return Term("subtract", (term.args[1], term.args[0]))
    if term.op != "multiply":
        return None
    first, second = map(_with_a_difference_turned, term.args)
    if first is not None:
        return Term("multiply", (first, term.args[1]))
    return None if second is None else Term("multiply", (term.args[0], second))


def _sheds_a_sign(term: Term) -> bool:
    """Whether minus the term can be written without a sign in front."""
    match term.op:
        case "negative" | "subtract":
            return True
        case "number":
            return bool(term.args[0] < 0)
        case "multiply":
            return any(map(_sheds_a_sign, term.args))
        case "divide":
            return _sheds_a_sign(term.args[0])
        case _:
            return False


_ARITHMETIC = frozenset({"add", "subtract", "multiply", "divide", "negative", "power"})
"""Operations that are as quickly written as named."""


@lru_cache(maxsize=1024)
def relevant(graph: Graph, wanted: tuple[Term, ...], sign: int = 1) -> tuple[Line, ...]:
    """The lines that lead to the `wanted` leaves, in order: only the paths that matter."""
    defined = {line.leaf: line for line in lines(graph, sign)}
    needed: set[Term] = set()
    frontier = [leaf for leaf in wanted if leaf in defined]
    while frontier:
        leaf = frontier.pop()
        if leaf not in needed:
            needed.add(leaf)
            frontier += [use for use in t.leaves(defined[leaf].formula) if use in defined]
    return tuple(line for line in lines(graph, sign) if line.leaf in needed)
