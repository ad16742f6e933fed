"""The gradient of a single unit got wrong: what no spoiled rule expresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gen.problem import Value, Variant
from gen.told import told
from gen.topics.networks.problems import slips as of_network
from gen.topics.units.units import Unit
from solver.network import Network, build
from solver.orientation import arrays

_NEXT_TO = ("bias_multiplied_in", "own_weight", "weight_left_out")


def spoiled(unit: Unit, network: Network) -> tuple[str, ...]:
    """The solver's slips that this unit invites."""
    found = [name for name in of_network(network) if name not in _NEXT_TO]
    found += ["stops_at_complement"] if unit.activation != "identity" else ["linear_output_bent"]
    found += ["bias_multiplied_in"] if network.biases else []
    return tuple(dict.fromkeys(found))


def variants(unit: Unit, network: Network) -> Iterator[Variant]:
    """Sums for means, examples that are put together wrongly, a forward pass without bias."""
    givens, rows, deltas = unit.givens(network), unit.rows, unit.deltas
    if unit.activation == "identity":
        bent = deltas * unit.sums
        yield _told(
            unit, network, "linear_slope_is_preactivation", Taken(bent, bent @ rows, bent.sum())
        )
    if len(rows) > 1:
        mean = unit.reduction == "mean"
        other = replace(network.architecture, reduction="sum" if mean else "mean")
        yield Variant("sum_for_mean" if mean else "mean_for_sum", givens, build(other).graph)
        last = Taken(deltas, deltas[-1] * rows[-1], deltas[-1])
        yield _told(unit, network, "last_example_only", last)
        together = Taken(deltas, deltas.sum() * rows.sum(axis=0), deltas.sum())
        yield _told(unit, network, "examples_added_first", together)
    if unit.bias is not None:
        bare = replace(unit, bias=0 * unit.bias)
        yield Variant("bias_forgotten", bare.givens(network))
    own = Taken(deltas, deltas.sum() * np.array(unit.weights), deltas.sum())
    yield _told(unit, network, "own_weight", own)


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """What is taken for the deltas of the examples and for the gradient of weights and bias."""

    deltas: Value
    weights: Value
    bias: Any


def _told(unit: Unit, network: Network, slip: str, taken: Taken) -> Variant:
    """The slip, by the outputs and these gradients at the nodes of the network's graph."""
    biased = network.architecture.bias_of(1) != "none"
    laid = arrays(
        network.architecture,
        [taken.weights[None, :]],
        [np.array([taken.bias]) if biased else None],
        unit.outputs[:, None],
        taken.deltas[:, None],
    )
    gradients = {node: laid[node] for node in (*network.weights, *network.biases)}
    return told(slip, {network.prediction: laid["x"]}, {**gradients, "s1": laid["y"]})
