"""Logistic regression as a graph: scores, predictions, gradient, Hessian and a Newton step.

Example n has the inputs `xn` and the target `tn`; at the weights `w` it has the score `zn`, the
prediction `pn` and the factor `vn` = p (1 - p). `g` and `H` are the gradient and the Hessian of the
negative log-likelihood, `D` and `M` the determinant and the adjugate of H, and `wn` the weights
after a Newton step.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from solver.graph import Graph, GraphBuilder


@dataclass(frozen=True, slots=True)
class Model:
    """The examples and the weights, without their numbers.

    With a `bias`, the first input of every example is a constant 1. `newton` adds a Newton step.
    """

    examples: int
    weights: int
    bias: bool = False
    newton: bool = False


SPOILED = (
    "step_added",
    "target_minus_prediction",
    "sigmoid_derivative_twice",
    "score_for_prediction",
    "target_not_subtracted",
    "input_left_out",
    "exponent_sign",
    "bias_forgotten",
    "last_example_only",
    "mean_for_sum",
    "curvature_left_out",
    "prediction_for_curvature",
    "residual_for_curvature",
    "residual_squared",
    "gradient_squared",
    "cross_terms_left_out",
    "inputs_added_first",
    "input_not_squared",
    "hessian_left_out",
    "multiplied_by_hessian",
    "divided_entry_by_entry",
    "determinant_left_out",
    "step_alone",
)
"""What may go wrong, `can_be_made` says where; of two that lead to one number the first is told."""
_SEVERAL = frozenset({"last_example_only", "mean_for_sum", "inputs_added_first"})
_NEWTON = frozenset({"step_added", *SPOILED[SPOILED.index("hessian_left_out") :]})
_WIDE = frozenset({"cross_terms_left_out", "divided_entry_by_entry", "determinant_left_out"})


def can_be_made(model: Model, spoiled: str) -> bool:
    """Whether there is anything in the problem that the mistake could be made with."""
    return (
        (model.examples > 1 or spoiled not in _SEVERAL)
        and (model.newton or spoiled not in _NEWTON)
        and (model.weights > 1 or spoiled not in _WIDE)
        and (model.weights == 1 or spoiled != "input_not_squared")
        and (model.bias or spoiled != "bias_forgotten")
    )


MASKS = {"cross_terms_left_out": "I", "divided_entry_by_entry": "I", "bias_forgotten": "e"}
"""What else goes into a graph with a mistake: the identity, or the second unit vector."""


@lru_cache(maxsize=512)
def graph(model: Model, spoiled: str = "") -> Graph:
    """The whole of it, or with a mistake in it."""
    return _Maker(model, spoiled).made()


class _Maker:
    """Adds the nodes one after the other."""

    def __init__(self, model: Model, spoiled: str) -> None:
        self.model, self.spoiled, self.graph = model, spoiled, GraphBuilder()
        self.wide = (model.weights,) if model.weights > 1 else ()
        self.used = range(1, model.examples + 1)

    def made(self) -> Graph:
        """The graph."""
        self.graph.input("w", self.wide, fixed=True)
        for n in self.used:
            self.graph.input(f"x{n}", self.wide, fixed=True)
            self.graph.input(f"t{n}", fixed=True)
        mask = MASKS.get(self.spoiled)
        if mask:
            self.graph.input(mask, (2, 2) if mask == "I" else (2,), fixed=True)
        for n in self.used:
            self._predicted(n)
        if self.spoiled == "last_example_only":
            self.used = range(self.model.examples, self.model.examples + 1)
        self._gradient()
        self._hessian()
        if self.model.newton:
            self._step()
        return self.graph.build()

    def _of(self, op: str, *inputs: str) -> str:
        return self.graph.apply(op, *inputs, hidden=True)

    def _predicted(self, n: int) -> None:
        w = self._of("multiply", "w", "e") if self.spoiled == "bias_forgotten" else "w"
        z = self.graph.apply("dot" if self.wide else "multiply", w, f"x{n}", name=f"z{n}")
        if self.spoiled == "exponent_sign":
            z = self._of("negative", z)
        p = self.graph.apply("sigmoid", z, name=f"p{n}")
        rest = self._of("subtract", self.graph.constant(1), p)
        self.graph.apply("multiply", p, rest, name=f"v{n}")

    def _residual(self, n: int) -> str:
        p, t = f"p{n}", f"t{n}"
        match self.spoiled:
            case "target_minus_prediction":
                return self._of("subtract", t, p)
            case "target_not_subtracted":
                return p
            case "score_for_prediction":
                return self._of("subtract", f"z{n}", t)
            case "sigmoid_derivative_twice":
                return self._of("multiply", self._of("subtract", p, t), f"v{n}")
            case _:
                return self._of("subtract", p, t)

    def _input(self, n: int) -> str:
        if self.spoiled != "input_left_out":
            return f"x{n}"
        return self.graph.apply("power", f"x{n}", exponent=0.0, hidden=True)

    def _added(self, terms: list[str]) -> str:
        total, *others = terms
        for other in others:
            total = self._of("add", total, other)
        return total

    def _named(self, total: str, name: str) -> None:
        """The sum under its name: times 1, which is not printed, or with a factor."""
        if self.spoiled == "mean_for_sum":
            self.graph.apply("divide", total, self.graph.constant(self.model.examples), name=name)
        else:
            self.graph.apply("multiply", self.graph.constant(1), total, name=name)

    def _gradient(self) -> None:
        terms = [self._of("multiply", self._residual(n), self._input(n)) for n in self.used]
        self._named(self._added(terms), "g")

    def _factor(self, n: int) -> str:
        match self.spoiled:
            case "prediction_for_curvature":
                return f"p{n}"
            case "residual_for_curvature":
                return self._of("subtract", f"p{n}", f"t{n}")
            case "residual_squared":
                residual = self._of("subtract", f"p{n}", f"t{n}")
                return self._of("multiply", residual, residual)
            case _:
                return f"v{n}"

    def _square(self, x: str) -> str:
        if self.wide:
            return self._of("outer", x, x)
        if self.spoiled == "input_not_squared":
            return x
        return self.graph.apply("power", x, exponent=2.0, hidden=True)

    def _hessian(self) -> None:
        if self.spoiled == "gradient_squared":
            self._named(self._square("g"), "H")
            return
        squares = [self._square(f"x{n}") for n in self.used]
        if self.spoiled == "inputs_added_first":
            whole = self._square(self._added([f"x{n}" for n in self.used]))
            factors = self._added([self._factor(n) for n in self.used])
            total = self._of("multiply", factors, whole)
        elif self.spoiled == "curvature_left_out":
            total = self._added(squares)
        else:
            pairs = zip(self.used, squares, strict=True)
            total = self._added([self._of("multiply", self._factor(n), x) for n, x in pairs])
        if self.spoiled == "cross_terms_left_out":
            total = self._of("multiply", total, "I")
        self._named(total, "H")

    def _step(self) -> None:
        step = self._scaled()
        if self.spoiled == "step_alone":
            self.graph.apply("negative", step, name="wn")
        else:
            sign = "add" if self.spoiled == "step_added" else "subtract"
            self.graph.apply(sign, "w", step, name="wn")

    def _scaled(self) -> str:
        """The gradient divided by the Hessian, or what is taken for that."""
        if self.spoiled == "hessian_left_out":
            return "g"
        if self.spoiled == "multiplied_by_hessian":
            return self._of("matmul" if self.wide else "multiply", "H", "g")
        if not self.wide:
            return self._of("divide", "g", "H")
        if self.spoiled == "divided_entry_by_entry":
            inner = self._of("multiply", "H", "I")
            return self._of("divide", "g", self.graph.apply("sum", inner, axis=1, hidden=True))
        turned = self.graph.apply("adjugate", "H", name="M")
        product = self._of("matmul", turned, "g")
        if self.spoiled == "determinant_left_out":
            return product
        return self._of("divide", product, self._determinant())

    def _determinant(self) -> str:
        first, second = (
            self._of("multiply", self._entry(0, k), self._entry(1, 1 - k)) for k in (0, 1)
        )
        return self.graph.apply("subtract", first, second, name="D")

    def _entry(self, *index: int) -> str:
        return self.graph.apply("entry", "H", index=index, hidden=True)
