"""What a notation file says, as a record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from solver.network import Conventions

Written = Literal["partial", "d", "adjoint"]
_PLACE = re.compile(r"[_^]\{[^{}]*(#[kn])[^{}]*\}|#[kn]")


@dataclass(frozen=True, slots=True)
class Style:
    """How one quantity is written: as a number, as a column, and as a table of numbers.

    `entry` is the form of a single entry of an array. A form that is not given is that of the
    smaller thing: a matrix as a vector, a vector and an entry as a number. `above` and `below` are
    scripts that the symbol always has; in `below`, `#` is the place of the index. In a form, `#k`
    and `#n` are the places of the unit and of the example, which go with the script around them
    where there is none. `layer` says whether the number of the layer is written, `single` that the
    weights of a lone unit have the index of the input alone.
    """

    letter: str
    entry: str = ""
    vector: str = ""
    matrix: str = ""
    above: str = ""
    below: str = "#"
    layer: bool = True
    single: bool = False

    def form(self, shape: tuple[Any, ...], entry: bool = False) -> str:
        """The form for an array of that shape, or for one of its entries."""
        wide = sum(size != 1 for size in shape)
        number = (entry and self.entry) or self.letter
        vector = self.vector or self.letter
        return (number, vector, self.matrix or vector)[min(wide, 2)]

    def subscript(self, index: str) -> str:
        """What stands below, the index included."""
        return self.below.replace("#", index) if index else self.below.strip("#,")


def placed(form: str, unit: str, example: str) -> str:
    """`form` with the indices in the places that it has for them."""
    parts = {"#k": unit, "#n": example}

    def fill(match: re.Match[str]) -> str:
        key = match[1] or match[0]
        return match[0].replace(key, parts[key]) if parts[key] else ""

    return _PLACE.sub(fill, form)


@dataclass(frozen=True, slots=True)
class Words:
    """What a course calls things, each a noun in the singular."""

    preactivation: str = "pre-activation"
    activation: str = "output"
    prediction: str = "prediction"
    target: str = "target"
    loss: str = "loss"
    gradient: str = "gradient"
    delta: str = "delta"
    weight: str = "weight"
    bias: str = "bias"


@dataclass(frozen=True, slots=True)
class Gradients:
    """How derivatives are written: of the loss by an array and by one number, in a network.

    `graph` is for the nodes of a plain graph, `local` for the derivative of one node by its input.
    """

    arrays: Literal["nabla", "partial", "adjoint"] = "partial"
    numbers: Written = "partial"
    graph: Written = "partial"
    local: Literal["prime", "partial"] = "prime"


@dataclass(frozen=True, slots=True)
class Update:
    """The letters of gradient descent."""

    rate: str = r"\eta"
    momentum: str = r"\alpha"
    velocity: str = "v"


@dataclass(frozen=True, slots=True)
class Notation:
    """What a notation file says; `docs/notations.md` describes the keys.

    `prediction` is how the last layer's output is written, `linear_prediction` that of a linear
    layer and `posterior` that under a cross-entropy, where these differ; `delta` the gradient with
    respect to a pre-activation if it has a letter of its own; `outputs` overrides `stems` in the
    last layer, `depths` single nodes of the networks with so many layers. `sign` is -1 where
    gradients are written with a minus sign in front. `layout` is how the derivative of a number by
    an array is laid out: in the shape of the array ("denominator"), or transposed. `layer` is the
    mark of the layer's number, in which `l` stands for it; `weights` says what the two indices of a
    weight count. `remarks` are sentences in Markdown for the reader who does not know the course,
    `graph_remarks` those of them that hold for graphs without a network too.
    """

    name: str
    title: str
    loss: str
    stems: Mapping[str, Style]
    functions: Mapping[str, str]
    prediction: Style | None = None
    linear_prediction: Style | None = None
    posterior: Style | None = None
    delta: Style | None = None
    adjoint: Style | None = None
    outputs: Mapping[str, Style] = field(default_factory=dict)
    depths: Mapping[str, Mapping[str, Style]] = field(default_factory=dict)
    conventions: Conventions = field(default_factory=Conventions)
    sign: Literal[1, -1] = 1
    layout: Literal["denominator", "numerator"] = "denominator"
    layer: str = "^(l)"
    separator: str = ""
    weights: Literal["row, column", "unit, input"] = "row, column"
    bias_first: bool = False
    target_first: bool = False
    transpose: str = r"\top"
    hadamard: str = r"\odot"
    activation: str = ""
    output_activation: str = ""
    gradients: Gradients = field(default_factory=Gradients)
    words: Words = field(default_factory=Words)
    update: Update = field(default_factory=Update)
    remarks: tuple[str, ...] = ()
    graph_remarks: tuple[str, ...] = ()
