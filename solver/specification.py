"""A problem about a network as its reader states it, in a TOML file or a text.

    input = [0.05, 0.10]                  # one example, or a list of rows, one for each example
    target = [0.01, 0.99]                 # numbers, one-hot, or the number of the right class
    loss = "half_squared_error"
    [[layer]]
    weights = [[0.15, 0.20], [0.25, 0.30]]    # a row for each unit
    bias = [0.35, 0.35]                       # optional; one number stands for every unit's
    activation = "sigmoid"

Classes are counted from 1, or from 0 with `classes_from = 0`. `reduction` says whether the losses
of several examples are added (`sum`) or averaged (`mean`, the default). Without `loss`, a softmax
output has the cross-entropy, any other the squared error with or without the factor 1/2, as the
notation has it. Leaky ReLU and ELU take `alpha`, else it is 0.01 and 1. `ask` lists what to solve
for, as `solver.asking` reads it, else all gradients are found. An `[update]` table has
`learning_rate`, and optionally `steps` and `momentum`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from solver.asking import Wanted, wanted
from solver.errors import InputError
from solver.network import (
    ACTIVATIONS,
    LOSSES,
    Architecture,
    Bias,
    Conventions,
    Layer,
    Network,
    Reduction,
    build,
)
from solver.orientation import arrays
from solver.passes import forward
from solver.tables import Table, entries_of, text_of
from solver.updates import Update

Array = NDArray[Any]

LAYERS, NUMBERS, REPEATS = 50, 5_000, 100
"""The most layers, numbers in all, and repeated updates that a problem may have."""
TERMS, PRODUCTS = 300, 5_000
"""The most terms of a sum in its solution, and products of a weight and an input."""

_KEYS = (
    *("input", "target", "loss", "reduction", "classes_from"),
    *("layer", "update", "ask", "title", "name"),
)
_ALPHAS = {"leaky_relu": 0.01, "elu": 1.0}
_PROBABILITIES = ("sigmoid", "softmax")
_SATURATED = 0.01
"""How near to 0 or 1 a prediction is too rough, as it is printed, to divide by."""


@dataclass(frozen=True, slots=True, eq=False)
class GivenLayer:
    """The numbers of a layer: `weights` (units x inputs), `bias` (units,) or None."""

    weights: Array
    bias: Array | None = None
    activation: str = "identity"
    alpha: float = 0.0

    @property
    def width(self) -> int:
        """The number of units."""
        return int(self.weights.shape[0])


@dataclass(frozen=True, slots=True, eq=False)
class Specification:
    """A network with its numbers, one or more examples, a loss, and what is asked.

    `input` is (examples x inputs), `target` (examples x outputs). `loss` is None where the problem
    does not name one. `batch` says that the examples were given as rows, though it be one row.

    Raises InputError, naming the place, where the parts do not go together.
    """

    input: Array
    target: Array
    layers: tuple[GivenLayer, ...]
    loss: str | None = None
    reduction: Reduction = "mean"
    batch: bool = False
    update: Update | None = None
    ask: tuple[str, ...] = ()
    title: str = ""

    def __post_init__(self) -> None:
        _check_layers(self.layers, self.input.shape[1])
        _check_size(self)
        _check_target(self.target, len(self.input), self.layers[-1].width)
        _check_loss(self)

    def loss_in(self, conventions: Conventions) -> str:
        """The name of the loss, where need be by the convention of the course."""
        if self.loss is not None:
            return self.loss
        if self.layers[-1].activation == "softmax":
            return "cross_entropy"
        half = conventions.squared_error == "half"
        return "half_squared_error" if half else "squared_error"


def _check_layers(layers: tuple[GivenLayer, ...], inputs: int) -> None:
    if not layers:
        raise InputError("there is no layer; give one or more")
    if len(layers) > LAYERS:
        raise InputError(f"there are {len(layers)} layers; give at most {LAYERS}")
    source = f"the input has {_counted(inputs, 'number')}"
    for number, layer in enumerate(layers, start=1):
        units, given = layer.weights.shape
        if given != inputs:
            weights = f"{_counted(given, 'weight')} in row 1"
            raise InputError(f"layer {number} has {weights}; {source}")
        if layer.bias is not None and layer.bias.shape != (units,):
            biases = _counted(layer.bias.size, "number")
            has = f"bias has {biases}; the layer has {_counted(units, 'unit')}"
            raise InputError(f"layer {number}: {has}")
        inputs, source = units, f"layer {number} has {_counted(units, 'unit')}"


def _check_size(given: Specification) -> None:
    parts = [given.input, given.target, *(layer.weights for layer in given.layers)]
    total = sum(part.size for part in parts)
    if total > NUMBERS:
        raise InputError(f"the problem has {total} numbers; give at most {NUMBERS}")
    longest = max(*given.input.shape, *(layer.width for layer in given.layers))
    if longest > TERMS:
        raise InputError(
            f"the solution has a sum of {longest} terms; give at most {TERMS} examples, inputs, and"
            " units of a layer"
        )
    products = len(given.input) * sum(layer.weights.size for layer in given.layers)
    if products > PRODUCTS:
        raise InputError(
            f"the forward pass has {products} products of a weight and an input; give a problem"
            f" with at most {PRODUCTS}"
        )


def _check_target(target: Array, examples: int, units: int) -> None:
    if len(target) != examples:
        rows = _counted(len(target), "row")
        raise InputError(f"target has {rows}; the input has {examples}, one for each example")
    if target.shape[1] != units:
        numbers = _counted(target.shape[1], "number")
        raise InputError(f"target has {numbers}; the last layer has {_counted(units, 'unit')}")


def _check_loss(given: Specification) -> None:
    activation, loss = given.layers[-1].activation, given.loss_in(Conventions())
    if loss == "mean_squared_error" and given.reduction == "sum" and len(given.input) > 1:
        raise InputError(
            "mean_squared_error is the mean over all outputs of all examples;"
            " take squared_error for the reduction 'sum'"
        )
    if loss == "binary_cross_entropy":
        _check_binary(activation, given.target)
    if loss == "cross_entropy":
        _check_classes(activation, given.target)


def _check_binary(activation: str, target: Array) -> None:
    if activation not in _PROBABILITIES:
        raise InputError(
            f"binary_cross_entropy needs outputs between 0 and 1, which '{activation}' in the"
            " last layer does not give; use 'sigmoid'"
        )
    wrong = [v for v in target.flat if not 0 <= v <= 1]
    if wrong:
        raise InputError(f"the target {wrong[0]} is no probability; give numbers from 0 to 1")


def _check_classes(activation: str, target: Array) -> None:
    if activation != "softmax":
        raise InputError(
            f"cross_entropy needs 'softmax' in the last layer, which has '{activation}';"
            " with 'sigmoid' use binary_cross_entropy"
        )
    for number, row in enumerate(target, start=1):
        off_one = abs(float(sum(row)) - 1) > 1e-9
        if off_one or any(v < 0 for v in row):
            place = f"row {number} of target" if len(target) > 1 else "target"
            raise InputError(
                f"{place} is no distribution over the classes; give the number of the"
                " right class, or probabilities that add up to 1"
            )


def _counted(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"


def read(path: Path | str, exact: bool = False) -> Specification:
    """The problem in a TOML file; with `exact`, in exact numbers.

    Raises InputError, naming the file and the place in it, for whatever is wrong.
    """
    text = text_of(path)
    try:
        return parse(text, exact)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def parse(text: str, exact: bool = False) -> Specification:
    """The problem that a TOML text states. Raises InputError naming the place of what is wrong."""
    table = Table(entries_of(text), exact=exact)
    table.only(*_KEYS)
    layers = tuple(map(_layer, table.tables("layer", "layer")))
    examples, batch = _examples(table)
    loss = table.choice("loss", LOSSES, LOSSES[0]) if "loss" in table else None
    last = layers[-1]
    classes = loss == "cross_entropy" or (loss is None and last.activation == "softmax")
    width = last.width
    if classes and _names_classes(table, len(examples), width):
        target = _one_hot(table, width)
    else:
        target = _targets(table, len(examples), batch, width)
    return Specification(
        examples,
        target,
        layers,
        loss,
        cast(Reduction, table.choice("reduction", ("sum", "mean"), "mean")),
        batch,
        _update(table.table("update")),
        table.texts("ask"),
        table.text("title", table.text("name")),
    )


def _layer(table: Table) -> GivenLayer:
    _only(table, "weights", "bias", "activation", "alpha")
    weights = table.matrix(table.given("weights", "a list of rows, one for each unit"), "weights")
    activation = table.choice("activation", ACTIVATIONS, "identity")
    if "alpha" in table and activation not in _ALPHAS:
        raise table.fault(f"alpha is for leaky_relu and elu; the activation is {activation}")
    alpha = float(table.number("alpha")) if "alpha" in table else _ALPHAS.get(activation, 0.0)
    return GivenLayer(weights, _bias(table, len(weights)), activation, alpha)


def _only(table: Table, *known: str) -> None:
    """As `Table.only`; TOML takes a key below the head of a table for one of that table's."""
    for key in table.entries:
        if key in _KEYS:
            raise table.fault(f"'{key}' does not belong here; write it above the first [[layer]]")
    table.only(*known)


def _bias(table: Table, units: int) -> Array | None:
    if "bias" not in table:
        return None
    value = table.given("bias", "")
    if isinstance(value, list):
        return table.vector(value, "bias")
    return np.repeat(table.vector([value], "bias"), units)


def _examples(table: Table) -> tuple[Array, bool]:
    value = table.given("input", "a list of numbers, or a list of rows, one for each example")
    batch = isinstance(value, list) and bool(value) and isinstance(value[0], list)
    found = table.matrix(value, "input") if batch else table.vector(value, "input")[None, :]
    return found, batch


def _names_classes(table: Table, examples: int, width: int) -> bool:
    """Whether the target has one number for each example, and the last layer more units."""
    value = table.given("target", "numbers, or the number of the right class")
    if not isinstance(value, list):
        return True
    alone = examples == 1 and len(value) == width
    return len(value) == examples and not isinstance(value[0], list) and not alone


def _one_hot(table: Table, width: int) -> Array:
    value = table.given("target", "")
    first = table.whole("classes_from", 0, 1, 1)
    target = np.zeros((len(value) if isinstance(value, list) else 1, width))
    for row, number in enumerate(value if isinstance(value, list) else [value]):
        if type(number) is not int or not first <= number < first + width:
            raise table.fault(
                f"there is no class {number}; the classes are {first} to {first + width - 1}"
                f" (counted from {first})"
            )
        target[row, number - first] = 1.0
    return _exactly(target) if table.exact else target


def _exactly(values: Array) -> Array:
    from solver.exact import exact

    return exact(values)


def _targets(table: Table, examples: int, batch: bool, width: int) -> Array:
    value = table.given("target", "a number for each output")
    if not isinstance(value, list):
        return table.vector([value], "target")[None, :]
    if value and isinstance(value[0], list):
        return table.matrix(value, "target")
    found = table.vector(value, "target")
    return found[:, None] if batch and width == 1 and examples > 1 else found[None, :]


def _update(table: Table | None) -> Update | None:
    if table is None:
        return None
    _only(table, "learning_rate", "steps", "momentum")
    try:
        return Update(
            table.number("learning_rate"),
            table.whole("steps", 1, REPEATS, 1),
            table.number("momentum") if "momentum" in table else 0.0,
        )
    except InputError as error:
        raise error if str(error).startswith("update") else table.fault(str(error)) from None


@dataclass(frozen=True, slots=True, eq=False)
class Posed:
    """A problem ready to solve: the network, an array for each input by name, what is wanted.

    `wanted` pairs a leaf with an index, or None for the whole array, as `solver.steps.steps` takes
    it.
    """

    network: Network
    givens: dict[str, Array]
    wanted: tuple[Wanted, ...]


def pose(given: Specification, conventions: Conventions | None = None) -> Posed:
    """The problem as a graph in the conventions of a course.

    Where a cross-entropy is to be derived through the prediction but the prediction is within 0.01
    of 0 or 1, it is fused with its activation all the same: dividing by so small a number loses
    what hand rounding left of it. Raises InputError where `ask` names what the network lacks.
    """
    network, givens = _posed(given, _architecture(given, conventions or Conventions()))
    if not network.architecture.fused and _is_saturated(network, givens):
        network, givens = _posed(given, replace(network.architecture, fused=True))
    return Posed(network, givens, wanted(network, given.ask))


def _architecture(given: Specification, conventions: Conventions) -> Architecture:
    biased = [layer.bias is not None for layer in given.layers]
    bias: Bias = conventions.bias if any(biased) else "none"
    return Architecture(
        given.input.shape[1],
        tuple(
            Layer(layer.width, layer.activation, layer.alpha, layer.bias is not None)
            for layer in given.layers
        ),
        given.loss_in(conventions),
        bias,
        len(given.input),
        given.reduction,
        conventions.orientation == "rows",
        conventions.orientation == "transposed",
        conventions.fused,
    )


def _posed(given: Specification, architecture: Architecture) -> tuple[Network, dict[str, Array]]:
    weights = [layer.weights for layer in given.layers]
    biases = [layer.bias for layer in given.layers]
    return build(architecture), arrays(architecture, weights, biases, given.input, given.target)


def _is_saturated(network: Network, givens: dict[str, Array]) -> bool:
    """Whether the loss divides by a prediction (or its complement) that is all but 0."""
    floats = {name: np.asarray(value, dtype=float) for name, value in givens.items()}
    with np.errstate(all="ignore"):
        p = forward(network.graph, floats)[network.prediction]
    if network.architecture.loss == "cross_entropy":
        return bool(np.any(p[floats["y"] > 0] < _SATURATED))
    binary = network.architecture.loss == "binary_cross_entropy"
    return binary and bool(np.any(np.minimum(p, 1 - p) < _SATURATED))
