"""Notations: which symbol stands for which node.

A notation is a data file in `templates/notations/`. `Symbols` applies one to a graph, and to the
network that the graph belongs to if there is one, and gives every node its symbol, its gradient's
and its local derivative's, whole or entry by entry. Entries are counted from 1 on the page.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

from solver.graph import Graph
from solver.network import Network

Index = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol with what stands above and below it, so that more can be added."""

    base: str
    above: str = ""
    below: str = ""

    def __str__(self) -> str:
        below = f"_{{{self.below}}}" if self.below else ""
        return self.base + below + (f"^{{{self.above}}}" if self.above else "")

    @classmethod
    def parse(cls, text: str) -> Symbol:
        """A symbol from its LaTeX; a superscript at its end is kept apart, to be added to."""
        base, _, above = text.partition("^{")
        return cls(base, above.removesuffix("}")) if text.endswith("}") else cls(text)

    def transposed(self) -> Symbol:
        r"""The symbol with a \top above it."""
        return replace(self, above=self.above + r"\top")


@dataclass(frozen=True, slots=True)
class Style:
    """How one quantity is written as a number, as a column, and as a table of numbers."""

    letter: str
    vector: str
    matrix: str

    @classmethod
    def read(cls, entry: Mapping[str, str]) -> Style:
        """A style from its table in a notation file."""
        letter = entry["letter"]
        vector = entry.get("vector", letter)
        return cls(letter, vector, entry.get("matrix", vector))

    def of(self, shape: tuple[Any, ...]) -> str:
        """The form for an array of that shape."""
        wide = [size for size in shape if size != 1]
        return (self.letter, self.vector, self.matrix)[min(len(wide), 2)]


@dataclass(frozen=True, slots=True)
class Notation:
    """What a notation file says."""

    name: str
    title: str
    loss: str
    prediction: Style
    delta: Style
    stems: Mapping[str, Style]
    functions: Mapping[str, str]


@cache
def load(name: str = "standard") -> Notation:
    """The notation of that name. Raises ValueError, naming those there are, for an unknown one."""
    folder = files("templates").joinpath("notations")
    known = sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir())
    if name not in known:
        raise ValueError(f"there is no notation '{name}'; there are {', '.join(known)}")
    data = tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    return Notation(
        data["name"],
        data["title"],
        data["loss"],
        Style.read(data["prediction"]),
        Style.read(data["delta"]),
        {stem: Style.read(entry) for stem, entry in data["stems"].items()},
        data["functions"],
    )


_NODE = re.compile(r"([A-Za-z]+?)_?(\d*)")


@dataclass(frozen=True, slots=True)
class Symbols:
    """The symbols of one graph's nodes. `given` overrides any of them, by name."""

    graph: Graph | None = None
    network: Network | None = None
    notation: Notation = field(default_factory=load)
    given: Mapping[str, str] = field(default_factory=dict)

    def value(self, node: str, index: Index | None = None, sub: str = "") -> Symbol:
        """The symbol of a node's value, or of one entry.

        `sub` is a running index, one letter for each axis that it takes away: `ki` makes a matrix a
        number, `i` alone makes it the vector of example i.
        """
        if node in self.given:
            return Symbol.parse(self.given[node])
        below = self._below(node, index) or sub
        shape = self._shape(node, index, sub)
        if self.network is None:
            return self._plain(node, below)
        if node == "loss":
            return Symbol(self.notation.loss)
        if node == self.network.prediction:
            return Symbol(self.notation.prediction.of(shape), "", below)
        stem, layer = _split(node)
        above = f"({layer})" if layer else ""
        return Symbol(self.notation.stems[stem].of(shape), above, below)

    def gradient(self, node: str, index: Index | None = None, sub: str = "") -> Symbol:
        """The symbol of the gradient of the output with respect to a node, or to one entry."""
        if self.network is not None and node in self.network.preactivations:
            below = self._below(node, index) or sub
            shape = self._shape(node, index, sub)
            return Symbol(self.notation.delta.of(shape), f"({_split(node)[1]})", below)
        output = self.value(self.graph.output) if self.graph else Symbol(self.notation.loss)
        bottom = self.value(node, index, sub)
        return Symbol(rf"\dfrac{{\partial {output}}}{{\partial {bottom}}}")

    def local(self, node: str, index: Index | None = None, sub: str = "") -> Symbol:
        """The symbol of an elementwise node's derivative at its input, such as tanh'(s)."""
        assert self.graph is not None
        equation = next(e for e in self.graph.equations if e.target == node)
        inner = self.value(equation.inputs[0], index, sub)
        return Symbol(rf"{self.function(equation.op)}'({inner})")

    def function(self, op: str) -> str:
        """The name under which a function is written."""
        return self.notation.functions.get(op, rf"\operatorname{{{op.replace('_', ' ')}}}")

    def _shape(self, node: str, index: Index | None, sub: str) -> tuple[Any, ...]:
        """The axes of more than one entry that an index, or a running one, leaves over."""
        if self.graph is None or index is not None:
            return ()
        return tuple(size for size in self.graph.shapes[node] if size != 1)[len(sub) :]

    def _below(self, node: str, index: Index | None) -> str:
        """The subscript of an entry: none for an array with one, one number for a vector.

        Weights keep both numbers whatever their shape: unit and input.
        """
        if index is None or self.graph is None:
            return ""
        shape = self.graph.shapes[node]
        if all(size == 1 for size in shape):
            return ""
        both = node.startswith("W") or all(size != 1 for size in shape)
        counted = [str(i + 1) for i, size in zip(index, shape, strict=True) if both or size != 1]
        return (", " if any(len(c) > 1 for c in counted) else "").join(counted)

    def _plain(self, node: str, below: str) -> Symbol:
        stem, digits = _split(node)
        base = stem if len(stem) == 1 else rf"\mathrm{{{stem}}}"
        return Symbol(base, "", ",".join(part for part in (digits, below) if part))


def _split(node: str) -> tuple[str, str]:
    match = _NODE.fullmatch(node)
    return (match[1], match[2]) if match else (node, "")
