"""Multilayer perceptrons as computation graphs.

`build` turns an architecture into one graph, so that the layer-by-layer recursion for delta and the
node-by-node chain rule are the same backward pass. The nodes are called `x`, `y`, and for layer l
(counted from 1) `W{l}`, `b{l}`, the pre-activation `s{l}` and the activation `o{l}`; the output of
an identity layer is its pre-activation. The loss is `loss`.

Orientation: in `columns`, examples are columns, `s = W o + b` and W is (units x inputs).
`transposed` has columns too, but `s = W^T o + b` and W is (inputs x units). In `rows`, examples are
rows, `S = O W + b` and W is (inputs x units).

Bias: `separate` has a vector b for each layer. `folded` has it as the first column of W (the first
row if W is transposed), which meets a constant 1 on top of the layer's input; the row of the
gradient that belongs to that 1 is dropped before the recursion goes on (Chai, CMU 10-301, Lecture
14). `none` has no bias. A single layer may go without.

Loss: `mean_squared_error` is the mean over all outputs of all examples, whatever the reduction. A
cross-entropy that is `fused` with the sigmoid or softmax before it starts from the pre-activations;
otherwise the backward pass goes through the prediction.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from solver.errors import InputError
from solver.graph import Graph, GraphBuilder

Orientation = Literal["columns", "transposed", "rows"]
Bias = Literal["separate", "folded", "none"]
Reduction = Literal["sum", "mean"]

ACTIVATIONS = ("identity", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus", "softmax")
LOSSES = (
    "squared_error",
    "half_squared_error",
    "mean_squared_error",
    "binary_cross_entropy",
    "cross_entropy",
)
_FUSED = {
    ("sigmoid", "binary_cross_entropy"): "binary_cross_entropy_of_scores",
    ("softmax", "cross_entropy"): "cross_entropy_of_scores",
}


@dataclass(frozen=True, slots=True)
class Conventions:
    """What a course leaves unsaid: how its networks are written down.

    `squared_error` says whether the squared error has a factor 1/2 where a problem does not name
    its loss; `fused` whether sigmoid and softmax are derived in one step with their cross-entropy.
    Raises ValueError for folded-in biases with row examples.
    """

    orientation: Orientation = "columns"
    bias: Literal["separate", "folded"] = "separate"
    squared_error: Literal["half", "full"] = "half"
    fused: bool = True

    def __post_init__(self) -> None:
        _check_bias(self.bias, self.orientation)


def _check_bias(bias: Bias, orientation: Orientation) -> None:
    if orientation == "rows" and bias == "folded":
        raise ValueError("a folded-in bias is for column examples; use a separate bias for rows")


@dataclass(frozen=True, slots=True)
class Layer:
    """`width` units with one activation; `alpha` is for leaky ReLU and ELU."""

    width: int
    activation: str = "identity"
    alpha: float = 0.0
    bias: bool = True


@dataclass(frozen=True, slots=True)
class Architecture:
    """Everything about a network but its numbers. `examples` is the size of the batch.

    `rows` and `transposed` exclude each other and stand for the orientations of that name.

    Raises ValueError for an unknown loss or activation, for both orientations at once, and where
    folded-in biases are asked for row examples.
    """

    inputs: int
    layers: tuple[Layer, ...]
    loss: str = "half_squared_error"
    bias: Bias = "separate"
    examples: int = 1
    reduction: Reduction = "sum"
    rows: bool = False
    transposed: bool = False
    fused: bool = True

    def __post_init__(self) -> None:
        if self.rows and self.transposed:
            raise ValueError("rows and transposed are two orientations; ask for one of them")
        _check_bias(self.bias, self.orientation)
        if self.loss not in LOSSES:
            raise InputError(f"unknown loss '{self.loss}'; the losses are {', '.join(LOSSES)}")
        for layer in self.layers:
            if layer.activation not in ACTIVATIONS:
                known = ", ".join(ACTIVATIONS)
                raise InputError(f"unknown activation '{layer.activation}'; there are {known}")

    @property
    def orientation(self) -> Orientation:
        """How examples and weights lie in their arrays."""
        if self.rows:
            return "rows"
        return "transposed" if self.transposed else "columns"

    def bias_of(self, layer: int) -> Bias:
        """Where the bias of a layer (counted from 1) is kept."""
        return self.bias if self.layers[layer - 1].bias else "none"

    @property
    def depth(self) -> int:
        """The number of layers of units."""
        return len(self.layers)

    @property
    def widths(self) -> tuple[int, ...]:
        """The number of inputs, then of units layer by layer."""
        return (self.inputs, *(layer.width for layer in self.layers))


@dataclass(frozen=True, slots=True)
class Network:
    """An architecture's graph and the names of its nodes, by layer.

    `activations[0]` is the input; `activations[l]` the output of layer l. `prediction` is the last.
    `biases` holds the names of those that are separate.
    """

    architecture: Architecture
    graph: Graph
    preactivations: tuple[str, ...]
    activations: tuple[str, ...]
    weights: tuple[str, ...]
    biases: tuple[str, ...]

    @property
    def prediction(self) -> str:
        """The name of the last layer's output."""
        return self.activations[-1]


@lru_cache(maxsize=512)
def build(architecture: Architecture) -> Network:
    """The network's graph. Equal architectures share one graph."""
    return _NetworkBuilder(architecture).network()


class _NetworkBuilder:
    def __init__(self, architecture: Architecture) -> None:
        self.architecture = architecture
        self.graph = GraphBuilder()
        self.preactivations: list[str] = []
        self.weights: list[str] = []
        self.biases: list[str] = []

    def network(self) -> Network:
        layers = self.architecture.layers
        activations = [self.graph.input("x", self._examples(self.architecture.inputs), fixed=True)]
        for index, layer in enumerate(layers, start=1):
            activations.append(self._layer(index, layer, activations[-1]))
        target = self.graph.input("y", self._examples(layers[-1].width), fixed=True)
        self._loss(activations[-1], target)
        return Network(
            self.architecture,
            self.graph.build("loss"),
            tuple(self.preactivations),
            tuple(activations),
            tuple(self.weights),
            tuple(self.biases),
        )

    def _examples(self, width: int) -> tuple[int, int]:
        examples = self.architecture.examples
        return (examples, width) if self.architecture.rows else (width, examples)

    def _layer(self, index: int, layer: Layer, source: str) -> str:
        s = self._preactivation(index, layer.width, source)
        self.preactivations.append(s)
        if layer.activation == "identity":
            return s
        return self.graph.apply(layer.activation, s, name=f"o{index}", **self._settings(layer))

    def _preactivation(self, index: int, width: int, source: str) -> str:
        name, bias = f"s{index}", self.architecture.bias_of(index)
        inputs = self.architecture.widths[index - 1]
        if bias == "folded":
            source = self.graph.apply("prepend_one", source, hidden=True)
            inputs += 1
        factors = self._factors(f"W{index}", width, inputs, source)
        if bias != "separate":
            return self.graph.apply("matmul", *factors, name=name)
        product = self.graph.apply("matmul", *factors, hidden=True)
        vector = (1, width) if self.architecture.rows else (width, 1)
        self.biases.append(self.graph.input(f"b{index}", vector))
        return self.graph.apply("add", product, self.biases[-1], name=name)

    def _factors(self, name: str, width: int, inputs: int, source: str) -> tuple[str, str]:
        """The factors of a layer's matrix product, in order; `inputs` counts a folded-in 1."""
        orientation = self.architecture.orientation
        shape = (width, inputs) if orientation == "columns" else (inputs, width)
        weights = self.graph.input(name, shape)
        self.weights.append(weights)
        if orientation == "rows":
            return source, weights
        if orientation == "transposed":
            weights = self.graph.apply("transpose", weights, hidden=True)
        return weights, source

    def _settings(self, layer: Layer) -> dict[str, Any]:
        match layer.activation:
            case "softmax":
                return {"axis": self._class_axis}
            case "leaky_relu" | "elu":
                return {"alpha": layer.alpha}
            case _:
                return {}

    @property
    def _class_axis(self) -> int:
        return 1 if self.architecture.rows else 0

    def _loss(self, prediction: str, target: str) -> None:
        op, source, settings = self._total(prediction)
        count = self._count()
        if count == 1:
            self.graph.apply(op, source, target, name="loss", **settings)
            return
        total = self.graph.apply(op, source, target, hidden=True, **settings)
        self.graph.apply("divide", total, self.graph.constant(count), name="loss")

    def _total(self, prediction: str) -> tuple[str, str, dict[str, Any]]:
        """The primitive that sums the loss over everything, what it starts from, its settings."""
        last, loss = self.architecture.layers[-1], self.architecture.loss
        if loss == "mean_squared_error":
            return "squared_error", prediction, {}
        fused = _FUSED.get((last.activation, loss)) if self.architecture.fused else None
        if fused is None:
            return loss, prediction, {}
        axis = {"axis": self._class_axis} if last.activation == "softmax" else {}
        return fused, self.preactivations[-1], axis

    def _count(self) -> int:
        """What the summed loss is divided by."""
        examples = self.architecture.examples
        if self.architecture.loss == "mean_squared_error":
            return examples * self.architecture.layers[-1].width
        return examples if self.architecture.reduction == "mean" else 1
