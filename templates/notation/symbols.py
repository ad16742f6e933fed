"""The symbols of one graph's nodes in a notation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from solver.graph import Graph
from solver.network import Network
from templates.notation.names import plain, split
from templates.notation.record import Gradients, Notation, Style, Written, placed
from templates.notation.shipped import shipped
from templates.notation.symbol import Symbol
from templates.notation.written import derivative, marked

Index = tuple[int, ...]
Entries = Callable[[Index | None], Symbol]
"""The symbol of a node, or of one entry."""


def _default() -> Notation:
    return shipped("standard")


@dataclass(frozen=True, slots=True)
class Symbols:
    """The symbols of one graph's nodes. `given` overrides any of them, by name.

    What is given is a `Symbol` or LaTeX for the node as a whole, or a `Style` or `Entries`, which
    also have its entries.

    A running index `sub`, where it is asked for, has one letter for each axis that it takes away:
    `ki` makes a matrix a number, `i` alone makes it the vector of example i.
    """

    graph: Graph | None = None
    network: Network | None = None
    notation: Notation = field(default_factory=_default)
    given: Mapping[str, str | Style | Symbol | Entries] = field(default_factory=dict)
    _made: dict[tuple[str, str, Index | None, str], Symbol] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def value(self, node: str, index: Index | None = None, sub: str = "") -> Symbol:
        """The symbol of a node's value, or of one entry."""
        key = ("value", node, index, sub)
        if key not in self._made:
            self._made[key] = self._value(node, index, sub)
        return self._made[key]

    def gradient(self, node: str, index: Index | None = None, sub: str = "") -> Symbol:
        """The symbol of the gradient of the output with respect to a node, or to one entry."""
        key = ("gradient", node, index, sub)
        if key not in self._made:
            self._made[key] = self._gradient(node, index, sub)
        return self._made[key]

    def local(self, node: str, index: Index | None = None, sub: str = "") -> Symbol:
        """The symbol of an elementwise node's derivative at its input, such as tanh'(s)."""
        key = ("local", node, index, sub)
        if key not in self._made:
            self._made[key] = self._local(node, index, sub)
        return self._made[key]

    def velocity(self, node: str, index: Index | None = None) -> Symbol:
        """The symbol of what gradient descent with momentum adds to a node, or to one entry."""
        return Symbol(self.notation.update.velocity, "", str(self.value(node, index)))

    def tangent(self, node: str, index: Index | None = None, sub: str = "") -> Symbol:
        """The symbol of how fast a node changes in forward mode: a dot above it."""
        value = self.value(node, index, sub)
        return replace(value, base=rf"\dot{{{value.base}}}")

    def setting(self, which: str) -> Symbol:
        """The letter of the learning `rate` or of the `momentum`."""
        return Symbol(str(getattr(self.notation.update, which)))

    def meaning(self, node: str, index: Index | None = None) -> str:
        """The derivative that a gradient of its own letter stands for; empty for other gradients.

        Where a course writes g for dy/da, this is dy/da.
        """
        if self.notation.adjoint is None or self._delta(node):
            return ""
        if self._written(node, index, "") != "adjoint":
            return ""
        written: Written = "d" if self.notation.gradients.numbers == "d" else "partial"
        top, bottom = str(self._output()), str(self.value(node, index))
        found = derivative(self.notation, written, top, bottom, ())
        return str(replace(found, minus=self.notation.sign < 0))

    def function(self, op: str, argument: str = "") -> str:
        """The name under which a function is written, given the node that it is applied to.

        A course may have one letter for whatever activation the units have.
        """
        letter = self._letter(argument) if argument else ""
        return letter or self._name(op)

    def letters(self) -> tuple[tuple[str, str], ...]:
        """The letters that stand for activations, each with the name of the primitive."""
        if self.network is None:
            return ()
        layers = self.network.architecture.layers
        nodes = zip(self.network.preactivations, layers, strict=True)
        found = {self._letter(node): layer.activation for node, layer in nodes}
        return tuple((letter, op) for letter, op in found.items() if letter and op != "identity")

    def _value(self, node: str, index: Index | None, sub: str) -> Symbol:
        given = self.given.get(node)
        if isinstance(given, Style):
            return self._written_as(given, node, index, sub)
        if given is not None and not isinstance(given, str | Symbol):
            return given(index)
        if given is not None:
            return given if isinstance(given, Symbol) else Symbol.parse(given)
        if self.network is not None and node == "loss":
            return Symbol(self.notation.loss)
        style = self._style(node) if self.network is not None else None
        if style is None:
            return plain(node, self._below(node, index) or sub)
        return self._written_as(style, node, index, sub)

    def _written_as(self, style: Style, node: str, index: Index | None, sub: str) -> Symbol:
        below = self._below(node, index, style.single) or sub
        form = style.form(self._shape(node, index, sub), entry=bool(below))
        if "#" in form:
            unit, example = self._unit_and_example(node, index, sub)
            form, below = placed(form, unit, example), ""
        return marked(style, form, self.notation.layer, split(node)[1], below)

    def _style(self, node: str) -> Style | None:
        """How a network's node is written: the most particular that the notation says."""
        assert self.network is not None
        notation, depth = self.notation, self.network.architecture.depth
        special = notation.depths.get(str(depth), {}).get(node)
        if special is not None and not (special.matrix and self._has_rows(node)):
            return special
        stem, layer = split(node)
        if node == self.network.prediction:
            posterior = self.network.architecture.loss.endswith("cross_entropy")
            style = notation.linear_prediction if stem == "s" else None
            style = (notation.posterior if posterior else None) or style or notation.prediction
            if style is not None:
                return style
            stem = "o"
        last = notation.outputs.get(stem) if layer == str(depth) else None
        return last or notation.stems.get(stem)

    def _has_rows(self, node: str) -> bool:
        """Whether a node has the weights of several units, for which a vector's letter is not."""
        shape = self.graph.shapes[node] if self.graph is not None else ()
        return node.startswith("W") and len(shape) > 1 and 1 not in shape

    def _gradient(self, node: str, index: Index | None, sub: str) -> Symbol:
        delta = self._delta(node)
        if delta is not None:
            return self._written_as(delta, node, index, sub)
        bottom, output = self.value(node, index, sub), self._output()
        written, shape = self._written(node, index, sub), self._shape(node, index, sub)
        found = derivative(self.notation, written, str(output), str(bottom), shape)
        return replace(found, minus=self.notation.sign < 0)

    def _written(self, node: str, index: Index | None, sub: str) -> str:
        """How the gradient of a node is written."""
        gradients: Gradients = self.notation.gradients
        if self._shape(node, index, sub) and gradients.arrays != "partial":
            return gradients.arrays
        return gradients.graph if self.network is None else gradients.numbers

    def _delta(self, node: str) -> Style | None:
        if self.network is None or node not in self.network.preactivations:
            return None
        return self.notation.delta

    def _output(self) -> Symbol:
        return self.value(self.graph.output) if self.graph else Symbol(self.notation.loss)

    def _local(self, node: str, index: Index | None, sub: str) -> Symbol:
        assert self.graph is not None
        equation = next(e for e in self.graph.equations if e.target == node)
        source = equation.inputs[0]
        inner = self.value(source, index, sub)
        if self.notation.gradients.local == "partial" and not self._shape(node, index, sub):
            top = self.value(node, index, sub)
            return Symbol(rf"\dfrac{{\partial {top}}}{{\partial {inner}}}", compound=True)
        return Symbol(rf"{self.function(equation.op, source)}'({inner})")

    def _name(self, op: str) -> str:
        return self.notation.functions.get(op, rf"\operatorname{{{op.replace('_', ' ')}}}")

    def _letter(self, argument: str) -> str:
        """The letter for the activation of the units with that pre-activation, if there is one.

        There is none where it could be taken for another function: where the letter stands for the
        hidden units' activation and the hidden units have several, or is another one's name.
        """
        network, notation = self.network, self.notation
        if network is None or argument not in network.preactivations:
            return ""
        ops = [layer.activation for layer in network.architecture.layers]
        position = network.preactivations.index(argument)
        last = position == len(ops) - 1
        if last and notation.output_activation:
            return notation.output_activation
        # A linear unit's function is not written, so it does not count.
        shared = set(ops[:-1] or ops) - {"identity"}
        others = {self._name(op) for op in ops if op not in shared}
        alone = shared == {ops[position]} and notation.activation not in others
        return notation.activation if alone else ""

    def _shape(self, node: str, index: Index | None, sub: str) -> tuple[Any, ...]:
        """The axes of more than one entry that an index, or a running one, leaves over."""
        if self.graph is None or index is not None:
            return ()
        # A name that the graph lacks is what a text says of several numbers together.
        shape = self.graph.shapes.get(node, (2,))
        return tuple(size for size in shape if size != 1)[len(sub) :]

    def _below(self, node: str, index: Index | None, single: bool = False) -> str:
        """The subscript of an entry: none for an array with one, one number for a vector.

        Weights keep both numbers whatever their shape, unit and input, unless `single`.
        """
        if index is None or self.graph is None:
            return ""
        shape = self.graph.shapes.get(node, (2,))
        if all(size == 1 for size in shape):
            return ""
        weights = node.startswith("W")
        both = (weights and not single) or all(size != 1 for size in shape)
        numbers = zip(self._counted(node, index), shape, strict=True)
        kept = [str(number) for number, size in numbers if both or size != 1]
        if weights and both and self._units_first:
            kept.reverse()
        longest = max(map(len, kept), default=0)
        return (self.notation.separator or (", " if longest > 1 else "")).join(kept)

    @property
    def _units_first(self) -> bool:
        """Whether the weights' indices stand the other way round than in the matrix."""
        turned = self.network is not None and self.network.architecture.orientation != "columns"
        return turned and self.notation.weights == "unit, input"

    def _counted(self, node: str, index: Index) -> tuple[int, ...]:
        """The index as it is counted: from 1, but a bias among the weights is number 0."""
        network = self.network
        start = [1] * len(index)
        if network is not None and node in network.weights:
            layer = network.weights.index(node) + 1
            if network.architecture.bias_of(layer) == "folded":
                start[0 if network.architecture.transposed else 1] = 0
        return tuple(i + first for i, first in zip(index, start, strict=True))

    def _unit_and_example(self, node: str, index: Index | None, sub: str) -> tuple[str, str]:
        """The index of the unit and that of the example, each empty where there is none."""
        if index is None or self.graph is None:
            return sub.replace("i", ""), "i" if "i" in sub else ""
        shape = self.graph.shapes[node]
        rows = self.network is not None and self.network.architecture.rows
        axes = (1, 0) if rows else (0, 1)
        unit, example = (str(index[a] + 1) if shape[a] != 1 else "" for a in axes)
        return unit, example
