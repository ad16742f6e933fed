"""Claims: a student's own answers, such as `W1[2,1]=-0.013`, read into the graph's terms.

Left of the equals sign stands a name as `solver.asking` has it for networks, or a node of a graph.
The name of something given (a weight, a bias, a variable) claims its gradient; that of something
computed (`s1`, `o1`, `loss`, a node) claims its value. `dL/dW1[2,1]`, `dy/dx` and, without the
output's name, `d/dx` claim a gradient whatever the name. Entries are counted from 1, units first.

Right of it stands a number, or an array as the reader counts it (`solver.orientation`): weights as
(units x inputs), biases and deltas as a list by unit, with a row for each example of a batch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from solver import term as t
from solver.asking import asked
from solver.errors import InputError
from solver.graph import Graph
from solver.lines import lines
from solver.network import Network
from solver.orientation import entry_index
from solver.parsing import values
from solver.shapes import show
from solver.term import Shape, Term

Of = Literal["value", "gradient"]
Index = tuple[int, ...]

_LOSSES = frozenset({"", "L", "l", "loss", "E", "J", "C"})
"""What the loss of a network is called above the line of a derivative."""
_DERIVATIVE = re.compile(r"d([^\W\d_]\w*)?\s*/\s*d(.+)", re.DOTALL)
_STEMS = ("W", "b", "s", "o", "delta")
_LAYERED = re.compile(r"(W|b|s|o|delta)([1-9][0-9]{0,3})")
_ASKED = re.compile(r"(?:loss|(?:W|b|s|o|delta)[1-9][0-9]{0,3})\s*(?:\[[^\[\]]*\])?")
_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+")
_LISTED = re.compile(r"[0-9.]\s*[,;]|[0-9.]\s+[-+]?[0-9.]")
_ENTRY = re.compile(r"([^\[\]]+)\[([^\[\]]*)\]")
_POSITION = re.compile(r"\s*([1-9][0-9]{0,8})\s*")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(\.[0-9]*)?|(\.[0-9]+))(?:[eE]([+-]?[0-9]{1,3}))?")
_BETWEEN = re.compile(r"[\s\[\](),;]*")


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """What a student says some entries of a node's value or gradient are.

    `entries` are the indices into the node's array in the graph; `value` and `decimals` have one
    number for each, in that order. `decimals` is how many the student wrote, None for a number that
    stands for itself (a fraction, a whole number). `index` is that of a single claimed entry, None
    for a whole array. `text` is the claim as it was written.
    """

    node: str
    of: Of
    index: Index | None
    entries: tuple[Index, ...]
    value: NDArray[np.float64]
    decimals: tuple[int | None, ...]
    text: str

    @property
    def leaf(self) -> Term:
        """The name's value, or the gradient with respect to it."""
        return t.gradient(self.node) if self.of == "gradient" else t.name(self.node)

    def of_array(self, array: NDArray[np.float64]) -> NDArray[np.float64]:
        """The claimed entries of an array that has the node's shape."""
        whole = np.asarray(array, dtype=np.float64)
        return np.array([whole[index] for index in self.entries])


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a name leads: a leaf, its shape as the reader has it, and its entries in order."""

    leaf: Term
    shape: Shape
    entries: tuple[Index, ...]
    index: Index | None = None


def parse(text: str, graph: Graph, network: Network | None = None) -> Claim:
    """The claim that a text makes about a graph, or about the network that the graph is of.

    Raises InputError for a name that there is not, an entry out of range, something that has no
    gradient, and for a right-hand side that is no finite number or does not have the right shape.
    """
    left, equals, right = (part.strip() for part in text.partition("="))
    if not (left and equals and right):
        raise InputError(f"'{text[:40]}' is no answer; write NAME=VALUE, such as W1[2,1]=-0.013")
    place = _place(left, graph, network)
    if place.leaf.op == "gradient":
        _check_gradient(left, str(place.leaf.args[0]), graph)
    value = _shaped(left, right, place.shape)
    return Claim(
        str(place.leaf.args[0]),
        "gradient" if place.leaf.op == "gradient" else "value",
        place.index,
        place.entries,
        value.ravel(),
        _decimals(right, value.size),
        " ".join(text.split()),
    )


def _place(left: str, graph: Graph, network: Network | None) -> _Place:
    match = _DERIVATIVE.fullmatch(left)
    name = left if match is None else match[2].strip()
    if match is not None:
        _check_numerator(match[1] or "", left, graph, network)
    place = _in_graph(name, graph) if network is None else _in_network(name, network)
    if match is None:
        return place
    node = str(place.leaf.args[0])
    gradient = t.gradient(node, graph.shapes[node])
    return _Place(gradient, place.shape, place.entries, place.index)


def _check_numerator(numerator: str, left: str, graph: Graph, network: Network | None) -> None:
    allowed = {"", graph.output} if network is None else _LOSSES
    if numerator not in allowed:
        raise InputError(
            f"'{left[:40]}' is not known; the derivatives here are those of {graph.output},"
            f" such as d{graph.output}/d{graph.inputs[0].name}"
        )


def _in_graph(name: str, graph: Graph) -> _Place:
    match = _ENTRY.fullmatch(name)
    node = match[1].strip() if match else name
    if node not in graph.shapes or node in graph.constants or _is_hidden(node, graph):
        known = _named(graph)
        shown = known if len(known) <= 12 else [*known[:11], "others"]
        there = f"there are {', '.join(shown)}"
        raise InputError(f"there is no '{node[:40]}' to answer; {_near(node, known) or there}")
    shape = graph.shapes[node]
    given = any(variable.name == node for variable in graph.inputs)
    leaf = t.gradient(node, shape) if given else t.name(node, shape)
    if match is None:
        return _Place(leaf, shape, tuple(np.ndindex(*shape)))
    index = _index(node, match[2], shape)
    return _Place(leaf, (), (index,), index)


def _is_hidden(node: str, graph: Graph) -> bool:
    return any(e.hidden for e in graph.equations if e.target == node)


def _named(graph: Graph) -> list[str]:
    given = [v.name for v in graph.inputs if not v.fixed]
    return given + [e.target for e in graph.equations if not e.hidden]


def _near(name: str, known: Iterable[str]) -> str:
    """The question whether a name like it was meant; empty where none is like it."""
    folded = {each.lower(): each for each in known}
    near = get_close_matches(name.lower()[:40], folded, n=3, cutoff=0.6)
    return f"did you mean {' or '.join(folded[each] for each in sorted(near))}?" if near else ""


def _index(node: str, entry: str, shape: Shape) -> Index:
    if not shape:
        raise InputError(f"{node} is one number; answer it without an entry")
    parts = [_POSITION.fullmatch(part) for part in entry.split(",")]
    index = tuple(int(part[1]) - 1 for part in parts if part is not None)
    if len(index) == len(parts) == len(shape) and all(map(int.__lt__, index, shape)):
        return index
    raise InputError(
        f"there is no entry {node}[{entry[:20]}]; entries are counted from 1, up to"
        f" {node}[{','.join(map(str, shape))}]"
    )


def _in_network(name: str, network: Network) -> _Place:
    if name not in _LOSSES and not _ASKED.fullmatch(name):
        raise _unknown(name, network)
    (leaf, index), *_ = asked(network, "loss" if name in _LOSSES else name)
    node = str(leaf.args[0])
    if "[" in name:
        assert index is not None
        return _Place(leaf, (), (index,), index)
    match = _LAYERED.fullmatch(name)
    if match is None:
        return _Place(leaf, (), ((),))
    shape = _view(network, match[1], int(match[2]))
    viewed = name if match[1] in "Wb" else node
    positions = (_turned(network, match[1], position) for position in np.ndindex(*shape))
    entries = tuple(entry_index(network, viewed, *position)[1] for position in positions)
    return _Place(leaf, shape, entries)


def _unknown(name: str, network: Network) -> InputError:
    layers = range(1, network.architecture.depth + 1)
    known = ["loss", *(f"{stem}{layer}" for layer in layers for stem in _STEMS)]
    near = _near(name.partition("[")[0], known)
    if near:
        return InputError(f"there is no '{name[:40]}' to answer; {near}")
    return InputError(
        f"there is no '{name[:40]}' to answer; the names are W1 and b1 for gradients, s1 for"
        " pre-activations, o1 for activations, delta1, and loss"
    )


def _view(network: Network, stem: str, layer: int) -> Shape:
    """The shape of a whole array as the reader has it."""
    widths, examples = network.architecture.widths, network.architecture.examples
    if stem == "W":
        return (widths[layer], widths[layer - 1])
    several = stem != "b" and examples > 1
    return (examples, widths[layer]) if several else (widths[layer],)


def _turned(network: Network, stem: str, position: Index) -> Index:
    """A position in the reader's array as unit and the other: rows are examples, units come first.

    The rows of a matrix of weights are units already.
    """
    return position if stem == "W" else position[::-1]


def _check_gradient(left: str, node: str, graph: Graph) -> None:
    if any(v.name == node and v.fixed for v in graph.inputs):
        raise InputError(f"'{left[:40]}' has no gradient here, as {node} is data")
    computed = any(e.target == node for e in graph.equations)
    if not computed or node == graph.output:
        return
    if t.gradient(node) not in {line.leaf for line in lines(graph)}:
        raise InputError(
            f"no gradient is taken at '{node}': the lines of this solution go past it in one step,"
            " so answer the one before it"
        )


def _shaped(left: str, right: str, shape: Shape) -> NDArray[np.float64]:
    """The number or array on the right in the shape that the reader has it in."""
    if "[" not in right:
        _check_brackets(left, right, shape)
    value = np.asarray(values.value(right), dtype=np.float64)
    if not np.all(np.isfinite(value)):
        raise InputError(f"the answer for {left[:40]} is not a finite number")
    if _long(value.shape) != _long(shape):
        wanted = "one number" if not shape else f"the shape {show(shape)}"
        found = "one number" if not value.shape else f"the shape {show(value.shape)}"
        raise InputError(f"the answer for {left[:40]} has {found}; it should have {wanted}")
    return value.reshape(shape)


def _check_brackets(left: str, right: str, shape: Shape) -> None:
    """Refuse several numbers without brackets, and a comma for a decimal point."""
    if shape and _LISTED.search(right):
        example = "[[1, 2], [3, 4]]" if len(_long(shape)) > 1 else "[1, 2]"
        raise InputError(
            f"the answer for {left[:40]} has no brackets; write {left[:40]}={example} with your"
            " numbers"
        )
    if not shape and _COMMA.fullmatch(right):
        raise InputError(
            f"the answer for {left[:40]} has a comma; write a decimal point, such as"
            f" {left[:40]}={right.replace(',', '.')[:40]}"
        )


def _long(shape: Shape) -> Shape:
    """A shape without the axes of length 1: a vector may be written as a row or as a column."""
    return tuple(size for size in shape if size != 1)


def _decimals(text: str, count: int) -> tuple[int | None, ...]:
    """How many decimals each number was written with."""
    if not _BETWEEN.fullmatch(_DECIMAL.sub("", text)):
        return (None,) * count
    found = tuple(_written(text))
    return found if len(found) == count else (None,) * count


def _written(text: str) -> Iterator[int | None]:
    for match in _DECIMAL.finditer(text):
        point, exponent = match[1] or match[2], match[3]
        if point is None and exponent is None:
            yield None
        else:
            yield len(point or ".") - 1 - int(exponent or 0)
