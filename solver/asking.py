"""What a problem asks for, by the names that its reader uses: `W1[2,1]`, `b2`, `delta1[2]`, `loss`.

A weight's or bias's name asks for its gradient; so does `delta1`, for the pre-activations of layer
1. `s1`, `o1` and `loss` ask for values. Entries are counted from 1: a weight's are unit and input,
what is computed for several examples has unit and example.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import lt

from solver import term as t
from solver.errors import InputError
from solver.network import Network
from solver.orientation import entry_index
from solver.term import Term

Index = tuple[int, ...]
Wanted = tuple[Term, Index | None]

_NAME = re.compile(r"\s*(?:(loss)|(W|b|s|o|delta)([1-9][0-9]{0,3}))\s*(?:\[([^\[\]]*)\])?\s*")
_POSITION = re.compile(r"\s*([1-9][0-9]{0,8})\s*")


def wanted(network: Network, names: Sequence[str] = ()) -> tuple[Wanted, ...]:
    """The leaves that the names ask for; without names, the loss and every gradient.

    Raises InputError for a name that the network does not have, or an entry out of range.
    """
    if names:
        found = (leaf for name in names for leaf in asked(network, name))
        return tuple(dict.fromkeys(found))
    parameters = [v for v in network.graph.inputs if not v.fixed]
    value = t.name("loss")
    return ((value, None), *((t.gradient(v.name, v.shape), None) for v in parameters))


def asked(network: Network, text: str) -> tuple[Wanted, ...]:
    """The leaves that one name asks for: one, or an entry for each bias that is folded in."""
    match = _NAME.fullmatch(text)
    if match is None:
        raise InputError(f"'{text[:40]}' asks for nothing known; write W1, b1, W1[2,1] or delta1")
    loss, stem, digits, entry = match.groups()
    if loss and entry is not None:
        raise InputError("the loss is one number; ask for it without an entry")
    if loss:
        return ((t.name("loss"), None),)
    layer = int(digits)
    name = _node(network, stem, layer)
    if entry is not None:
        return (_leaf(network, stem, name, _position(network, stem, layer, entry)),)
    if stem == "b" and name not in network.biases:
        units = range(network.architecture.widths[layer])
        return tuple(_leaf(network, stem, name, (unit,)) for unit in units)
    return (_leaf(network, stem, name, None),)


def _leaf(network: Network, stem: str, name: str, position: Index | None) -> Wanted:
    index = None
    if position is not None:
        name, index = entry_index(network, name, *position)
    kind = t.name if stem in ("s", "o") else t.gradient
    return kind(name, network.graph.shapes[name]), index


def _node(network: Network, stem: str, layer: int) -> str:
    """The name in the reader's view. Raises InputError where the network has no such thing."""
    depth = network.architecture.depth
    if layer > depth:
        layers = "1 layer" if depth == 1 else f"{depth} layers"
        raise InputError(f"there is no {stem}{layer}; the network has {layers}")
    if stem == "b" and network.architecture.bias_of(layer) == "none":
        raise InputError(f"there is no b{layer}; layer {layer} has no bias")
    match stem:
        case "o":
            return network.activations[layer]
        case "s" | "delta":
            return network.preactivations[layer - 1]
        case _:
            return f"{stem}{layer}"


def _position(network: Network, stem: str, layer: int, entry: str) -> Index:
    """The position that is written in brackets, counted from 0."""
    sizes = _sizes(network, stem, layer)
    parts = [_POSITION.fullmatch(part) for part in entry.split(",")]
    position = tuple(int(part[1]) - 1 for part in parts if part is not None)
    complete = len(position) == len(parts) == len(sizes)
    if complete and all(map(lt, position, sizes.values())):
        return position
    last = ",".join(map(str, sizes.values()))
    raise InputError(
        f"there is no {stem}{layer}[{entry[:20]}]; write {' and '.join(sizes)}, counted from 1,"
        f" up to {stem}{layer}[{last}]"
    )


def _sizes(network: Network, stem: str, layer: int) -> dict[str, int]:
    """What the entries of a name are counted by, and how many there are of each."""
    widths, examples = network.architecture.widths, network.architecture.examples
    sizes = {"unit": widths[layer]}
    if stem == "W":
        sizes["input"] = widths[layer - 1]
    elif stem != "b" and examples > 1:
        sizes["example"] = examples
    return sizes
