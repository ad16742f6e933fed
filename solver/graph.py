"""Computation graphs: an immutable, shape-checked list of equations in topological order.

Each equation computes one *target* from earlier ones by one primitive. Single assignment and the
order of the list make it its own topological sort, the same in every process.

An equation may be *hidden*: it then has no symbol and no line of its own, and readers see it as
part of the formula of whatever uses it (`W @ x + b` is a hidden product and a visible sum).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solver.rules import RULES
from solver.shapes import ShapeError, show
from solver.term import Shape


@dataclass(frozen=True, slots=True)
class Variable:
    """An input of a graph; `fixed` ones (data, targets) get no gradient."""

    name: str
    shape: Shape = ()
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Equation:
    """`target = op(*inputs, **settings)`."""

    target: str
    op: str
    inputs: tuple[str, ...]
    settings: tuple[tuple[str, Any], ...] = ()
    shape: Shape = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Tangent:
    """What a tangent of forward mode is the tangent of, a `node` computed by the primitive `op`.

    `op` is empty for an input; `number` counts the passes, each of which has its own direction.
    """

    node: str
    op: str
    number: int = 1


@dataclass(frozen=True, eq=False)
class Graph:
    """Inputs, constants by name, equations in topological order, and the name of the output.

    Build one with `GraphBuilder`, which checks shapes. Graphs compare by identity, so that what is
    derived from one can be cached. `tangents` are those nodes that are tangents of others, by name.
    """

    inputs: tuple[Variable, ...]
    constants: Mapping[str, float]
    equations: tuple[Equation, ...]
    output: str
    shapes: Mapping[str, Shape] = field(repr=False)
    tangents: Mapping[str, Tangent] = field(default_factory=dict, repr=False)

    @cached_property
    def operations(self) -> frozenset[str]:
        """The primitives that occur."""
        return frozenset(equation.op for equation in self.equations)

    def needs_gradient(self) -> frozenset[str]:
        """The names whose gradient depends on nothing fixed alone: what a backward pass visits."""
        return self.following(variable.name for variable in self.inputs if not variable.fixed)

    def following(self, nodes: Iterable[str]) -> frozenset[str]:
        """The nodes themselves and all that are computed from them, at once or further on."""
        found = set(nodes)
        for equation in self.equations:
            if not found.isdisjoint(equation.inputs):
                found.add(equation.target)
        return frozenset(found)

    @cached_property
    def without_tangents(self) -> Graph:
        """The graph of the values alone; the graph itself where it has no tangents."""
        if not self.tangents:
            return self
        needed = {self.output}
        for equation in reversed(self.equations):
            if equation.target in needed:
                needed.update(equation.inputs)
        inputs = tuple(v for v in self.inputs if v.name in needed)
        equations = tuple(e for e in self.equations if e.target in needed)
        return Graph(inputs, self.constants, equations, self.output, self.shapes)

    def consumers(self, node: str) -> tuple[Equation, ...]:
        """The equations that use `node`, in order."""
        return tuple(e for e in self.equations if node in e.inputs)

    def shown_in(self, node: str) -> str:
        """The node in whose formula a hidden one stands; any other node is its own."""
        hidden = {equation.target for equation in self.equations if equation.hidden}
        while node in hidden and node != self.output:
            node = self.consumers(node)[0].target
        return node

    def givens(self, values: Mapping[str, ArrayLike]) -> dict[str, NDArray[Any]]:
        """`values` as arrays of the declared shapes; whole numbers become real ones.

        Raises ValueError naming an input that is missing, unknown or of another shape.
        """
        expected = {variable.name: variable.shape for variable in self.inputs}
        for name in values:
            if name not in expected:
                raise ValueError(f"'{name}' is not an input; the inputs are {', '.join(expected)}")
        return {name: _given(name, shape, values) for name, shape in expected.items()}


def _given(name: str, shape: Shape, values: Mapping[str, ArrayLike]) -> NDArray[Any]:
    if name not in values:
        raise ValueError(f"no value is given for the input '{name}'")
    value = np.asarray(values[name])
    if value.shape != shape:
        raise ValueError(f"'{name}' has the shape {show(value.shape)}; expected {show(shape)}")
    return value.astype(float) if value.dtype.kind in "biu" else value


class GraphBuilder:
    """Collects equations and checks each one's shapes as it comes.

    Equal equations are made once: asking again returns the first one's target, so common
    sub-expressions are shared.
    """

    def __init__(self) -> None:
        self._inputs: list[Variable] = []
        self._constants: dict[str, float] = {}
        self._equations: list[Equation] = []
        self._shapes: dict[str, Shape] = {}
        self._known: dict[tuple[Any, ...], str] = {}

    def input(self, name: str, shape: Sequence[int] = (), fixed: bool = False) -> str:
        """Declare an input and return its name. Raises ValueError if the name is taken."""
        self._claim(name, tuple(shape))
        self._inputs.append(Variable(name, tuple(shape), fixed))
        return name

    def constant(self, value: float) -> str:
        """A number that the reader sees as a number; returns its name."""
        short = f"{value:g}"
        name = short if float(short) == value else repr(float(value))
        if name not in self._constants:
            self._constants[name] = float(value)
            self._shapes[name] = ()
        return name

    def apply(
        self, op: str, *inputs: str, name: str | None = None, hidden: bool = False, **settings: Any
    ) -> str:
        """Add `op(*inputs)` and return its target, which is `name` or a name of its own.

        Raises KeyError for an unknown primitive or input, and ShapeError (naming the target) where
        the shapes do not go together.
        """
        signature = (op, inputs, tuple(sorted(settings.items())))
        if name is None and signature in self._known:
            return self._known[signature]
        target = name or f"_{len(self._equations)}"
        self._claim(target, self._checked_shape(target, op, inputs, settings))
        self._equations.append(
            Equation(target, op, inputs, signature[2], self._shapes[target], hidden)
        )
        self._known.setdefault(signature, target)
        return target

    def build(
        self,
        output: str | None = None,
        tangents: Mapping[str, Tangent] = MappingProxyType({}),
    ) -> Graph:
        """The finished graph; its output is the last equation's target unless named."""
        return Graph(
            tuple(self._inputs),
            dict(self._constants),
            tuple(self._equations),
            output or self._equations[-1].target,
            dict(self._shapes),
            dict(tangents),
        )

    def _claim(self, name: str, shape: Shape) -> None:
        if name in self._shapes:
            raise ValueError(f"the name '{name}' is used twice")
        self._shapes[name] = shape

    def _checked_shape(
        self, target: str, op: str, inputs: tuple[str, ...], settings: Mapping[str, Any]
    ) -> Shape:
        shapes = [self._shapes[name] for name in inputs]
        try:
            return cast(Shape, RULES[op].shape(*shapes, **settings))
        except ShapeError as error:
            raise ShapeError(f"{op} (for '{target}')", error.shapes, error.why) from error
