"""The shapes of a network's arrays, layer by layer, and how students get them wrong.

The shapes are those of the network's graph (`solver.network`), so no rule for them is stated here.
A size that is a symbol stands in that graph as a large number of its own, and comes back as the
symbol, with a 1 added where a folded-in bias adds one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from gen.problem import Ask
from gen.topics.shapes.answers import ShapeSlip
from solver.network import Architecture, Bias, Conventions, Layer, Network, Orientation, build
from solver.shapes import Dimension, Shape, Size

Width = int | str
_FIRST = 1000
"""From here on, and so many apart, stand the numbers for symbols."""


@dataclass(frozen=True, slots=True)
class Layered:
    """A fully connected network without its numbers.

    `widths` (inputs first) and `batch` are numbers, or symbols in LaTeX. The orientation and the
    bias are None where they are left to the course.
    """

    widths: tuple[Width, ...]
    activations: tuple[str, ...]
    batch: Width = 1
    orientation: Orientation | None = None
    bias: Bias | None = None

    @property
    def depth(self) -> int:
        """The number of layers of units."""
        return len(self.activations)

    def network(self, conventions: Conventions | None) -> Network:
        """The network as a course has it; symbols for sizes are large numbers there."""
        course = conventions or Conventions()
        orientation = self.orientation or course.orientation
        bias = "separate" if orientation == "rows" else self.bias or course.bias
        inputs, *units = (self._numbers[width] for width in self.widths)
        return build(
            Architecture(
                inputs,
                tuple(map(Layer, units, self.activations)),
                "half_squared_error" if course.squared_error == "half" else "squared_error",
                bias,
                self._numbers[self.batch],
                rows=orientation == "rows",
                transposed=orientation == "transposed",
            )
        )

    @property
    def _numbers(self) -> Mapping[Width, int]:
        """The number for each size: itself, or one of its own for a symbol."""
        sizes = dict.fromkeys((*self.widths, self.batch))
        return {
            size: size if isinstance(size, int) else _FIRST * (place + 1)
            for place, size in enumerate(sizes)
        }

    def shape(self, network: Network, node: str) -> Shape:
        """The shape of a node of the network, with its symbols."""
        named = {n: size for size, n in self._numbers.items() if isinstance(size, str)}
        return tuple(_named(size, named) for size in network.graph.shapes[node])


def _named(size: Dimension, named: Mapping[int, str]) -> Dimension:
    assert isinstance(size, int)
    symbol, plus = named.get(size // _FIRST * _FIRST), size % _FIRST
    return size if symbol is None else Size(symbol, plus)


def slips(net: Layered, network: Network) -> Mapping[str, ShapeSlip]:
    """The slips that can be made about the network, by name."""
    architecture = network.architecture
    # Another layer's shape comes first: of two slips together, the second is made with it.
    found: dict[str, ShapeSlip] = {
        "shape_of_next_layer": lambda ask, shape: _moved(net, network, ask, shape, 1),
        "shape_of_layer_before": lambda ask, shape: _moved(net, network, ask, shape, -1),
        "weight_shape_transposed": _of("W", lambda ask, shape: shape[::-1]),
        "vector_shape_transposed": _of("xsob", lambda ask, shape: shape[::-1]),
        "gradient_is_number": _gradients(lambda ask, shape: (1, 1)),
    }
    if architecture.examples > 1:
        batch = net.shape(network, "x")[0 if architecture.rows else 1]
        found |= {
            "batch_in_weight_shape": _of("W", lambda ask, shape: (shape[0], batch)),
            "bias_for_each_example": _of("b", _with_batch(batch, architecture.rows)),
            "batch_forgotten": _of("xso", _with_batch(1, architecture.rows)),
        }
    if architecture.bias == "folded":
        axis = 0 if architecture.transposed else 1
        found["bias_not_in_shape"] = _of("W", lambda ask, shape: _changed(shape, axis, -1))
        found["bias_entry_kept"] = _of("so", lambda ask, shape: _changed(shape, 0, 1))
    return found


def _of(stems: str, slip: ShapeSlip) -> ShapeSlip:
    """A slip that is made with arrays of some stems alone."""
    return lambda ask, shape: slip(ask, shape) if ask.node[0] in stems else shape


def _gradients(slip: ShapeSlip) -> ShapeSlip:
    return lambda ask, shape: slip(ask, shape) if ask.of_gradient else shape


def _with_batch(batch: Dimension, rows: bool) -> ShapeSlip:
    return lambda ask, shape: (batch, shape[1]) if rows else (shape[0], batch)


def _moved(net: Layered, network: Network, ask: Ask, shape: Shape, by: int) -> Shape:
    """The shape of the same array in another layer, where there is one."""
    node = f"{ask.node[0]}{int(ask.node[1:] or 0) + by}"
    return net.shape(network, node) if node in network.graph.shapes else shape


def _changed(shape: Shape, axis: int, by: int) -> Shape:
    size = shape[axis]
    new = size + by if isinstance(size, int) else replace(size, plus=size.plus + by)
    return (new, *shape[1:]) if axis == 0 else (shape[0], new)
