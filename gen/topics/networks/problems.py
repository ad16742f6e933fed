"""Problems about small networks: what is asked, what has to be stated, what can go wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from gen.asking import precision
from gen.draw import Draw
from gen.problem import Ask, Variant
from gen.topics.networks.nets import EXPONENTIALS, SQUARES, Net, Numbers, flows, paths
from solver.network import Network
from solver.orientation import entry_index
from solver.slips import SLIPS

Quantity = tuple[str, Literal["value", "gradient"], tuple[int, ...] | None]
"""What is asked, for records of parameters: a weight by unit and input, a bias by unit and 0."""
Quantities = tuple[Quantity, ...]

_ALWAYS = (
    "residual_reversed",
    "activation_derivative_left_out",
    "preactivation_in_derivative",
    "outer_product_swapped",
)
_DEEP = ("weight_left_out", "weights_not_transposed")
_BY_LOSS: Mapping[str, tuple[str, ...]] = {
    "half_squared_error": ("factor_two",),
    "squared_error": ("factor_two",),
    "binary_cross_entropy": (
        "sigmoid_derivative_twice",
        "target_not_subtracted",
        "stops_at_prediction",
    ),
    "cross_entropy": ("target_not_subtracted", "stops_at_prediction"),
}
_BY_ACTIVATION: Mapping[str, tuple[str, ...]] = {
    "relu": ("relu_mask_forgotten", "relu_derivative_is_input"),
    "tanh": ("sigmoid_rule_for_tanh",),
    "sigmoid": ("tanh_rule_for_sigmoid",),
}
_LATE = ("input_left_out", "own_weight", "bias_multiplied_in", "activation_left_out")


def forward_values(net: Net) -> Quantities:
    """The prediction and the loss."""
    return ((net.network().prediction, "value", None), ("loss", "value", None))


def deltas(net: Net) -> Quantities:
    """The delta of every layer, from the output back."""
    return tuple((f"s{layer}", "gradient", None) for layer in range(len(net.weights), 0, -1))


def weight_and_bias(draw: Draw, net: Net, layer: int) -> tuple[Quantity, Quantity]:
    """The gradients of a weight whose unit and input are not off, and of the bias of that unit."""
    inputs, units = flows(net)[layer - 1 : layer + 1]
    i = draw.choice([unit for unit, value in enumerate(units) if value != 0])
    j = draw.choice([unit for unit, value in enumerate(inputs) if value != 0])
    return (f"W{layer}", "gradient", (i, j)), (f"b{layer}", "gradient", (i, 0))


def ask(network: Network, quantity: Quantity) -> Ask:
    """What is asked, where the network keeps it: a bias may be folded in, weights transposed."""
    name, of, index = quantity
    return Ask(name, of) if index is None else _entry(network, name, of, index)


def _entry(
    network: Network, name: str, of: Literal["value", "gradient"], index: tuple[int, ...]
) -> Ask:
    node, kept = entry_index(network, name, *index)
    return Ask(node, of, kept)


def on_the_path(net: Net, network: Network, asked: Quantity) -> dict[str, object]:
    """What templates say of a gradient: its layer, its paths, and signs along a single path.

    `kind` is what is asked about: a "weight", a "bias", a whole "matrix" or the "delta" of a layer.
    `linear` has the numbers of the linear hidden layers, `unit` the pre-activation of the unit, as
    a node with an index. `onward` is None, or where one path leads to one output the weights behind
    the one asked about, as nodes with indices; `upward` then says whether the output rises with the
    unit, `source` and `input` what a weight multiplies, and `miss` is prediction minus target.
    """
    (name, _, index), flow = asked, flows(net)
    layer = int(name[1:])
    whole = "matrix" if name.startswith("W") else "delta"
    facts: dict[str, object] = {
        "layer": layer,
        "kind": {"W": "weight", "b": "bias"}[name[0]] if index is not None else whole,
        "linear": [k for k, kind in enumerate(net.activations[:-1], 1) if kind == "identity"],
        "paths": paths(net, layer),
        "onward": None,
    }
    if index is None:
        return facts
    unit, source = index
    facts["unit"] = entry_index(network, f"s{layer}", unit)
    if len(net.y) > 1 or paths(net, layer) > 1:
        return facts
    places = [(k, unit if k == layer + 1 else 0) for k in range(layer + 1, len(flow))]
    signs = [net.weights[k - 1][0][j] for k, j in places]
    return {
        **facts,
        "onward": [entry_index(network, f"W{k}", 0, j) for k, j in places],
        "upward": sum(sign < 0 for sign in signs) % 2 == 0,
        "source": entry_index(network, network.activations[layer - 1], source),
        "input": flow[layer - 1][source] if name.startswith("W") else 1.0,
        "miss": flow[-1][0] - net.y[0],
    }


@lru_cache(maxsize=512)
def slips(network: Network) -> tuple[str, ...]:
    """The slips that such a network invites; where two give one value, the first names it."""
    architecture = network.architecture
    used = dict.fromkeys(layer.activation for layer in architecture.layers)
    found = [*_ALWAYS, *(_DEEP if architecture.depth > 1 else ())]
    found += [*_BY_LOSS[architecture.loss], *_at_output(network)]
    for activation in used:
        found += _BY_ACTIVATION.get(activation, ())
    if architecture.loss == "cross_entropy" and architecture.depth > 1:
        # The deltas of a softmax add up to 0, and without the weights nothing else would go back.
        found.remove("weight_left_out")
    if architecture.rows:
        # These spoil a product whose first factor are the weights.
        found = [name for name in found if SLIPS[name].touches != {"matmul"}]
    return tuple(name for name in (*found, *_LATE) if SLIPS[name].fits(network.graph))


def _at_output(network: Network) -> Iterator[str]:
    """The derivative of another kind of output unit."""
    layers, loss = network.architecture.layers, network.architecture.loss
    if loss not in SQUARES:
        return
    if layers[-1].activation == "sigmoid":
        yield "output_derivative_left_out"
    if layers[-1].activation == "identity" and any(x.activation == "sigmoid" for x in layers):
        yield "linear_output_bent"


def variants(net: Net, network: Network) -> tuple[Variant, ...]:
    """Slips in the forward pass: other numbers put into the same graph."""
    bare = replace(net, biases=tuple(tuple(0 * b for b in each) for each in net.biases))
    found = [Variant("bias_forgotten", bare.givens(network))]
    turned = tuple(map(_exchanged, net.weights))
    if turned != net.weights:
        exchanged = replace(net, weights=turned)
        found.append(Variant("weight_indices_exchanged", exchanged.givens(network)))
    return tuple(found)


def _exchanged(rows: tuple[Numbers, ...]) -> tuple[Numbers, ...]:
    """A square matrix transposed; any other is left as it is."""
    return tuple(zip(*rows, strict=True)) if len(rows) == len(rows[0]) else rows


def conventions(network: Network, asked: Iterable[Ask], exact: bool) -> tuple[str, ...]:
    """The sentences that a problem about a network owes its reader, from what it uses and asks."""
    gradients = {a.node for a in asked if a.of == "gradient"}
    keys = ["delta"] if not gradients.isdisjoint(network.preactivations) else []
    keys += ["gradients"] if gradients else []
    stated = _conventions(network, exact)
    if not gradients:
        stated = tuple("relu_defined" if key == "relu" else key for key in stated)
    return (*stated, *keys, precision(exact))


@lru_cache(maxsize=512)
def _conventions(network: Network, exact: bool) -> tuple[str, ...]:
    architecture = network.architecture
    used = dict.fromkeys(layer.activation for layer in architecture.layers)
    keys = ["layers", *(["units"] if max(architecture.widths[1:]) > 1 else [])]
    keys += ["bias_folded"] if architecture.bias == "folded" else []
    keys += [activation for activation in used if activation in ("sigmoid", "relu", "softmax")]
    keys += ["tanh_defined"] if exact and "tanh" in used else []
    keys.append("loss")
    # Exact arguments of an exponential are logarithms.
    if architecture.loss not in SQUARES or (exact and not EXPONENTIALS.isdisjoint(used)):
        keys.append("natural_logarithm")
    return tuple(keys)
