"""Updates of a single unit as graphs: forward pass, gradient, new parameters, new loss.

The unit has the output `o` for examples `x` (numbers, or rows of inputs), weights `w` and a bias
`b`; `r` is the difference between outputs and targets `y`. `gw` and `gb` are the gradient of the
`loss`. With the learning rate `e` it leads to the parameters `wn` and `bn`, the outputs `on` and
the loss `lossn`.

With a linear unit and half the squared error, and with a sigmoid and the binary cross-entropy, the
derivative of an example's loss by the pre-activation is the difference `r` itself, and with the
whole squared error it is twice as much (Gormley and Gordon, CMU 10-301/601, Lecture 12).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from solver.graph import Graph, GraphBuilder

Loss = Literal["half_squared_error", "squared_error", "binary_cross_entropy"]
Reduction = Literal["sum", "mean"]
SPOILED = (
    "step_added",
    "rate_left_out",
    "gradient_alone",
    "input_left_out",
    "bias_not_updated",
    "target_not_subtracted",
    "factor_two",
    "sigmoid_derivative_twice",
    "other_reduction",
)
"""What may go wrong in an update; `other_reduction` is a sum for a mean or a mean for a sum."""
Names = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Unit:
    """A single unit without its numbers: how many examples, of how many inputs, and the loss."""

    examples: int
    inputs: int
    loss: Loss = "half_squared_error"
    reduction: Reduction = "mean"

    @property
    def averaged(self) -> bool:
        """Whether the loss is a mean of several."""
        return self.examples > 1 and self.reduction == "mean"


@lru_cache(maxsize=512)
def update_graph(unit: Unit, spoiled: str = "") -> Graph:
    """One update with all examples, or one with a mistake in it."""
    maker = _Maker(unit, spoiled)
    old, data = maker.parameters(), maker.data("")
    o = maker.outputs(data[0], old, "")
    maker.loss(o, data[1], "loss")
    new = maker.updated(data, old, o, "", "n")
    maker.loss(maker.outputs(data[0], new, "n"), data[1], "lossn")
    return maker.graph.build("lossn")


@lru_cache(maxsize=512)
def epoch_graph(unit: Unit, spoiled: str = "") -> Graph:
    """Two updates, with one example each: `x1` leads to `wn`, and then `x2` to `wm`.

    `one_step` is the mistake to take both gradients at the old parameters.
    """
    maker = _Maker(unit, spoiled)
    old, first, second = maker.parameters(), maker.data("1"), maker.data("2")
    new = maker.updated(first, old, maker.outputs(first[0], old, "1"), "1", "n")
    at = old if spoiled == "one_step" else new
    maker.updated(second, new, maker.outputs(second[0], at, "2"), "2", "m")
    return maker.graph.build("bm")


class _Maker:
    """Adds the stages of an update to a graph."""

    def __init__(self, unit: Unit, spoiled: str) -> None:
        self.unit, self.spoiled, self.graph = unit, spoiled, GraphBuilder()

    def parameters(self) -> Names:
        """The parameters and the learning rate."""
        wide = (self.unit.inputs,) if self.unit.inputs > 1 else ()
        self.graph.input("e", fixed=True)
        return self.graph.input("w", wide), self.graph.input("b")

    def data(self, mark: str) -> Names:
        """The examples and their targets."""
        several = (self.unit.examples,) if self.unit.examples > 1 else ()
        wide = (self.unit.inputs,) if self.unit.inputs > 1 else ()
        x = self.graph.input(f"x{mark}", (*several, *wide), fixed=True)
        return x, self.graph.input(f"y{mark}", several, fixed=True)

    def outputs(self, x: str, parameters: Names, mark: str) -> str:
        """The unit's outputs for all examples."""
        w, b = parameters
        if self.unit.inputs == 1:
            product = self.graph.apply("multiply", w, x, hidden=True)
        elif self.unit.examples == 1:
            product = self.graph.apply("dot", w, x, hidden=True)
        else:
            product = self.graph.apply("matmul", x, w, hidden=True)
        if self.unit.loss != "binary_cross_entropy":
            return self.graph.apply("add", product, b, name=f"o{mark}")
        s = self.graph.apply("add", product, b, name=f"s{mark}")
        return self.graph.apply("sigmoid", s, name=f"o{mark}")

    def loss(self, o: str, y: str, name: str) -> None:
        """The loss of all examples."""
        if not self.unit.averaged:
            self.graph.apply(self.unit.loss, o, y, name=name)
            return
        total = self.graph.apply(self.unit.loss, o, y, hidden=True)
        self.graph.apply("divide", total, self.graph.constant(self.unit.examples), name=name)

    def updated(self, data: Names, old: Names, o: str, mark: str, new: str) -> Names:
        """The gradient at outputs `o`, and the old parameters moved against it."""
        x, y = data
        if self.spoiled == "target_not_subtracted":
            r = self._once(o, f"r{mark}")
        else:
            r = self.graph.apply("subtract", o, y, name=f"r{mark}")
        if self.spoiled == "sigmoid_derivative_twice":
            rest = self.graph.apply("subtract", self.graph.constant(1), o, hidden=True)
            bent = self.graph.apply("multiply", o, rest, hidden=True)
            r = self.graph.apply("multiply", r, bent, hidden=True)
        gw = self._scaled(self._by_weights(x, r), f"gw{mark}")
        gb = self._scaled(self._total(r), f"gb{mark}")
        w, b = old
        if self.spoiled == "bias_not_updated":
            return self._moved(w, gw, f"w{new}"), self._once(b, f"b{new}")
        return self._moved(w, gw, f"w{new}"), self._moved(b, gb, f"b{new}")

    def _total(self, r: str) -> str:
        return self.graph.apply("sum", r, hidden=True) if self.unit.examples > 1 else r

    def _by_weights(self, x: str, r: str) -> str:
        if self.spoiled == "input_left_out":
            x = self.graph.apply("power", x, exponent=0.0, hidden=True)
        if self.unit.examples == 1:
            return self.graph.apply("multiply", r, x, hidden=True)
        if self.unit.inputs == 1:
            return self.graph.apply("dot", r, x, hidden=True)
        turned = self.graph.apply("transpose", x, hidden=True)
        return self.graph.apply("matmul", turned, r, hidden=True)

    def _scaled(self, total: str, name: str) -> str:
        """With the factor of the whole square and that of the mean, where there are such."""
        squared = self.unit.loss == "squared_error"
        if squared != (self.spoiled == "factor_two"):
            total = self.graph.apply("multiply", self.graph.constant(2), total, hidden=True)
        if self.unit.averaged == (self.spoiled == "other_reduction"):
            return self._once(total, name)
        return self.graph.apply("divide", total, self.graph.constant(self.unit.examples), name=name)

    def _once(self, node: str, name: str) -> str:
        """The node under another name: times 1, which is not printed."""
        return self.graph.apply("multiply", self.graph.constant(1), node, name=name)

    def _moved(self, old: str, slope: str, name: str) -> str:
        rate = self.graph.constant(1) if self.spoiled == "rate_left_out" else "e"
        step = self.graph.apply("multiply", rate, slope, hidden=True)
        if self.spoiled == "gradient_alone":
            return self.graph.apply("negative", step, name=name)
        sign = "add" if self.spoiled == "step_added" else "subtract"
        return self.graph.apply(sign, old, step, name=name)
