"""Least squares as graphs: the normal equation, its solution, the squared error, its gradient.

`X` is the matrix with a row for each example (the inputs themselves where there is one weight),
`y` has the targets. `A` and `c` are the two sides of the normal equation A w = c, `D` and `M` the
determinant and the adjugate of A. The solution `w` has the predictions `p` and the squared error
`J`; `g` is the gradient of the squared error at other weights `u`. With a penalty, `l` is its
factor and `I` the identity.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from solver.graph import Graph, GraphBuilder


@dataclass(frozen=True, slots=True)
class Fit:
    """A least-squares problem without its numbers.

    With a `bias`, the matrix has a column of ones and one of inputs. `penalised` adds the squares
    of the weights to the loss; `halved` halves all of it.
    """

    examples: int
    weights: int
    bias: bool = False
    penalised: bool = False
    halved: bool = False


SPOILED = (
    "factor_two",
    "target_minus_prediction",
    "target_not_subtracted",
    "penalty_left_out",
    "penalty_everywhere",
    "penalty_subtracted",
    "examples_for_columns",
    "signs_kept",
    "diagonal_kept",
    "determinant_added",
    "determinant_left_out",
    "divided_entry_by_entry",
    "multiplied_by_matrix",
    "ones_counted_once",
    "bias_column_forgotten",
    "quotient_inverted",
    "not_divided",
    "sums_divided",
    "ratios_averaged",
    "targets_squared",
    "sum_squared",
    "right_side_alone",
    "input_left_out",
    "sides_added",
)
"""What may go wrong; `can_be_made` says where."""


_ANYWHERE = frozenset(
    {
        "factor_two",
        "target_minus_prediction",
        "target_not_subtracted",
        "right_side_alone",
        "input_left_out",
        "sides_added",
    }
)


def can_be_made(fit: Fit, spoiled: str) -> bool:
    """Whether there is anything in the problem that the mistake could be made with."""
    alone = {"quotient_inverted", "not_divided", "sums_divided", "ratios_averaged"}
    alone |= {"targets_squared", "sum_squared"}
    if spoiled in _ANYWHERE:
        return True
    if spoiled.startswith("penalty"):
        return fit.penalised and (fit.weights > 1 or spoiled != "penalty_everywhere")
    if spoiled in ("ones_counted_once", "bias_column_forgotten"):
        return fit.bias
    if spoiled == "examples_for_columns":
        return fit.weights == fit.examples
    return (fit.weights == 1) == (spoiled in alone)


@lru_cache(maxsize=512)
def graph(fit: Fit, spoiled: str = "") -> Graph:
    """The whole of it, or with a mistake in it."""
    return _Maker(fit, spoiled).made()


class _Maker:
    """Adds the nodes one after the other."""

    def __init__(self, fit: Fit, spoiled: str) -> None:
        self.fit, self.spoiled, self.graph = fit, spoiled, GraphBuilder()
        self.wide = (fit.weights,) if fit.weights > 1 else ()

    def made(self) -> Graph:
        """The graph."""
        self._inputs()
        right, left = self._sides()
        self._solution(left, right)
        self._error()
        self._gradient()
        return self.graph.build("J")

    def _inputs(self) -> None:
        self.graph.input("X", (self.fit.examples, *self.wide), fixed=True)
        self.graph.input("y", (self.fit.examples,), fixed=True)
        self.graph.input("u", self.wide, fixed=True)
        if self.fit.penalised:
            self.graph.input("l", fixed=True)
        for mask in masks(self.fit, self.spoiled):
            self.graph.input(mask, (2,) if mask == "e" else (2, 2), fixed=True)

    def _of(self, op: str, *inputs: str) -> str:
        return self.graph.apply(op, *inputs, hidden=True)

    def _entry(self, node: str, *index: int) -> str:
        return self.graph.apply("entry", node, index=index, hidden=True)

    def _sides(self) -> tuple[str, str]:
        if not self.wide:
            gram = self._of("dot", "X", "X")
        elif self.spoiled == "examples_for_columns":
            gram = self._of("matmul", "X", self._of("transpose", "X"))
        else:
            gram = self._of("matmul", self._of("transpose", "X"), "X")
        if self.spoiled == "ones_counted_once":
            excess = self._of("multiply", self.graph.constant(self.fit.examples - 1), "E")
            gram = self._of("subtract", gram, excess)
        left = self._penalised(gram)
        if not self.wide:
            return self.graph.apply("dot", "X", "y", name="c"), left
        return self.graph.apply("matmul", self._of("transpose", "X"), "y", name="c"), left

    def _penalised(self, gram: str) -> str:
        if not self.fit.penalised or self.spoiled == "penalty_left_out":
            return self.graph.apply("multiply", self.graph.constant(1), gram, name="A")
        everywhere = not self.wide or self.spoiled == "penalty_everywhere"
        penalty = "l" if everywhere else self._of("multiply", "l", "I")
        sign = "subtract" if self.spoiled == "penalty_subtracted" else "add"
        return self.graph.apply(sign, gram, penalty, name="A")

    def _solution(self, left: str, right: str) -> None:
        if not self.wide:
            self._quotient(left, right)
            return
        minor, product = (
            self._of("multiply", self._entry(left, 0, k), self._entry(left, 1, 1 - k))
            for k in (1, 0)
        )
        sign = "add" if self.spoiled == "determinant_added" else "subtract"
        determinant = self.graph.apply(sign, product, minor, name="D")
        turned = self._adjugate(left)
        match self.spoiled:
            case "determinant_left_out":
                self.graph.apply("matmul", turned, right, name="w")
            case "multiplied_by_matrix":
                self.graph.apply("matmul", left, right, name="w")
            case "divided_entry_by_entry":
                inner = self._of("multiply", left, "I")
                diagonal = self.graph.apply("sum", inner, axis=1, hidden=True)
                self.graph.apply("divide", right, diagonal, name="w")
            case "bias_column_forgotten":
                self.graph.apply("multiply", "e", self._through_origin(), name="w")
            case _:
                product = self._of("matmul", turned, right)
                self.graph.apply("divide", product, determinant, name="w")

    def _adjugate(self, left: str) -> str:
        match self.spoiled:
            case "diagonal_kept":
                return self.graph.apply("multiply", left, "S", name="M")
            case "signs_kept":
                return self.graph.apply("multiply", self._of("adjugate", left), "S", name="M")
            case _:
                return self.graph.apply("adjugate", left, name="M")

    def _through_origin(self) -> str:
        return self._of("divide", self._entry("c", 1), self._entry("A", 1, 1))

    def _quotient(self, left: str, right: str) -> None:
        total = self._of("sum", "X")
        top, bottom = {
            "quotient_inverted": (left, right),
            "sums_divided": (self._of("sum", "y"), total),
            "targets_squared": (right, self._of("dot", "y", "y")),
            "sum_squared": (right, self._of("multiply", total, total)),
            "not_divided": (right, self.graph.constant(1)),
            "ratios_averaged": (
                self._of("sum", self._of("divide", "y", "X")),
                self.graph.constant(self.fit.examples),
            ),
        }.get(self.spoiled, (right, left))
        self.graph.apply("divide", top, bottom, name="w")

    def _error(self) -> None:
        product = ("matmul", "X", "w") if self.wide else ("multiply", "w", "X")
        p = self.graph.apply(*product, name="p")
        halved = self.fit.halved != (self.spoiled == "factor_two")
        loss = "half_squared_error" if halved else "squared_error"
        if not self.fit.penalised or self.spoiled == "penalty_left_out":
            self.graph.apply(loss, p, "y", name="J")
            return
        square = self._of("dot", "w", "w")
        factor = self._of("divide", "l", self.graph.constant(2)) if halved else "l"
        penalty = self._of("multiply", factor, square)
        sign = "subtract" if self.spoiled == "penalty_subtracted" else "add"
        self.graph.apply(sign, self._of(loss, p, "y"), penalty, name="J")

    def _gradient(self) -> None:
        product = self._of("matmul" if self.wide else "multiply", "A", "u")
        match self.spoiled:
            case "target_not_subtracted":
                inner = product
            case "target_minus_prediction":
                inner = self._of("subtract", "c", product)
            case "right_side_alone":
                inner = self._of("multiply", self.graph.constant(-1), "c")
            case "sides_added":
                inner = self._of("add", product, "c")
            case "input_left_out":
                inner = self._residuals_alone()
            case _:
                inner = self._of("subtract", product, "c")
        halved = self.fit.halved != (self.spoiled == "factor_two")
        factor = self.graph.constant(1 if halved else 2)
        self.graph.apply("multiply", factor, inner, name="g")

    def _residuals_alone(self) -> str:
        """The sum of the differences, the same for every weight."""
        product = ("matmul", "X", "u") if self.wide else ("multiply", "u", "X")
        total = self._of("sum", self._of("subtract", self._of(*product), "y"))
        return self._of("add", total, self._of("subtract", "u", "u"))


def masks(fit: Fit, spoiled: str = "") -> tuple[str, ...]:
    """The constant matrices among the inputs, by name.

    `I` is the identity, `E` has its first 1 alone; `S` has -1 beside the diagonal and 1 on it, and
    `e` is the second unit vector.
    """
    needed = {
        "divided_entry_by_entry": "I",
        "ones_counted_once": "E",
        "diagonal_kept": "S",
        "signs_kept": "S",
        "bias_column_forgotten": "e",
    }
    found = {"I"} if fit.penalised and fit.weights > 1 else set()
    return tuple(sorted(found | ({needed[spoiled]} if spoiled in needed else set())))
