"""A network's arrays as its reader counts them, whatever its orientation.

The reader's view is the same in every convention: the weights of a layer are (units x inputs), its
biases a list by unit, and inputs, targets, pre-activations, activations and deltas have a row for
each example. Units, inputs and examples are counted from 0 here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.network import Architecture, Network

Array = NDArray[Any]
Index = tuple[int, ...]

_LAYERED = re.compile(r"([Wb])([1-9][0-9]*)")


def arrays(
    architecture: Architecture,
    weights: Sequence[Array],
    biases: Sequence[Array | None],
    examples: Array,
    targets: Array,
) -> dict[str, Array]:
    """The arrays that the graph of `architecture` takes, from those in the reader's view.

    A bias that is None is left out; the layer must be one without.
    """
    found = {"x": _laid(architecture, examples), "y": _laid(architecture, targets)}
    for layer, (matrix, bias) in enumerate(zip(weights, biases, strict=True), start=1):
        kept = architecture.bias_of(layer)
        if bias is not None and kept == "folded":
            matrix = np.concatenate([bias[:, None], matrix], axis=1)
        if bias is not None and kept == "separate":
            found[f"b{layer}"] = _laid(architecture, bias[None, :])
        found[f"W{layer}"] = matrix if architecture.orientation == "columns" else matrix.T
    return found


def _laid(architecture: Architecture, rows: Array) -> Array:
    """Rows for examples as the graph has them. It is its own inverse."""
    return rows if architecture.rows else rows.T


def entry_index(network: Network, name: str, unit: int, other: int = 0) -> tuple[str, Index]:
    """The node and the index at which the graph keeps one entry of the reader's view.

    `other` is the input for weights, and for what is computed (or `x` and `y`) the example; a bias
    has none. The bias of a layer whose biases are folded in is an entry of its weights.
    """
    architecture = network.architecture
    match = _LAYERED.fullmatch(name)
    if match is None:
        return name, (other, unit) if architecture.rows else (unit, other)
    folded = architecture.bias_of(int(match[2])) == "folded"
    if match[1] == "b" and not folded:
        return name, (0, unit) if architecture.rows else (unit, 0)
    position = 0 if match[1] == "b" else other + folded
    columns = architecture.orientation == "columns"
    return f"W{match[2]}", (unit, position) if columns else (position, unit)


def weights_of(network: Network, found: Mapping[str, Any]) -> dict[str, Array]:
    """Weights and biases, or their gradients, by name: `W1` is (units x inputs), `b1` (units,).

    A layer without a bias has none here either.
    """
    architecture, views = network.architecture, {}
    for layer, name in enumerate(network.weights, start=1):
        kept = architecture.bias_of(layer)
        matrix = np.asarray(found[name])
        matrix = matrix if architecture.orientation == "columns" else matrix.T
        views[name] = matrix[:, 1:] if kept == "folded" else matrix
        if kept == "folded":
            views[f"b{layer}"] = matrix[:, 0]
        if kept == "separate":
            views[f"b{layer}"] = np.asarray(found[f"b{layer}"]).ravel()
    return views


def rows_of(network: Network, array: Any) -> Array:
    """What is computed for the examples, as one row for each."""
    return _laid(network.architecture, np.asarray(array))


def numbers(
    network: Network,
    values: Mapping[str, Any],
    gradients: Mapping[str, Any],
    batch: bool | None = None,
) -> dict[str, Any]:
    """Everything that was computed, as plain lists of floats in the reader's view.

    `loss`; `forward`: `s1`, `o1` and so on; `delta` by the layer's number, the gradient with
    respect to its pre-activations; `gradient`: `W1`, `b1` and so on. Without `batch`, a single
    example has no row around it; by default it has one where there are several examples.
    """
    several = network.architecture.examples > 1 if batch is None else batch
    activations = network.activations[1:]

    def rows(array: Any) -> Any:
        return (rows_of(network, array) if several else np.ravel(array)).astype(float).tolist()

    forward: dict[str, Any] = {}
    for layer, (s, o) in enumerate(zip(network.preactivations, activations, strict=True), 1):
        forward |= {f"s{layer}": rows(values[s]), f"o{layer}": rows(values[o])}
    parameters = weights_of(network, gradients)
    return {
        "loss": float(values["loss"]),
        "forward": forward,
        "delta": {
            str(layer): rows(gradients[s]) for layer, s in enumerate(network.preactivations, 1)
        },
        "gradient": {n: np.asarray(p, dtype=float).tolist() for n, p in parameters.items()},
    }
