r"""Settings for questions about the shape of delta: the layer, its neighbour, and how data lie.

Delta of a layer is the gradient of the loss with respect to the layer's pre-activations `s`. Every
array here has two axes, and its shape is rows x columns. Names of arrays, and what they are:

- `W_next`, `delta_next`, `o_next`: weights, delta and outputs of the layer behind a hidden layer;
- `o`, `slope`: the layer's outputs o = f(s), and f'(s);
- `W_bar`, `o_bar`: `W_next` without the column (or row) of biases, `o` without the entries 1;
- `y`, `W`: targets and weights of the output layer, where delta is asked for there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from solver.shapes import Dimension, Shape, Size

Place = Literal["hidden", "output"]
Examples = Literal["one", "columns", "rows"]
Bias = Literal["apart", "kept", "dropped"]
Weights = Literal["out x in", "in x out"]
Activation = Literal["tanh", "sigmoid", "relu"]


@dataclass(frozen=True, slots=True)
class Setting:
    r"""One layer whose delta is asked for.

    `bias` says whether biases stand apart from the weights, or are folded into them (outputs then
    begin with a 1) with delta keeping the entry that belongs to this 1, or dropping it. `weights`
    is the shape of a weight matrix: a row, or a column, for each unit. `layer` is a number, `l`
    or `L`. The sizes are numbers, or symbols in LaTeX: `units` of the layer, units of its
    `neighbour` (the next layer; the previous one of an output layer), and examples in the `batch`.
    """

    place: Place
    examples: Examples
    bias: Bias
    weights: Weights
    activation: Activation
    layer: str
    units: int | str
    neighbour: int | str
    batch: int | str = 1


def size(given: int | str, plus: int = 0) -> Dimension:
    """A number, or a symbol, as a size; `plus` is added to it."""
    return given + plus if isinstance(given, int) else Size(given, plus)


def shapes(setting: Setting) -> dict[str, Shape]:
    """The shape of every array that the setting has, in the order in which they are introduced."""
    folded = int(setting.bias != "apart")
    own, full = size(setting.units), size(setting.units, folded)
    other = size(setting.neighbour)
    if setting.place == "output":
        found = {"o": own, "y": own, "slope": own}
        return {"W": _matrix(setting, own, other), **_data(setting, found)}
    kept = setting.bias == "kept"
    data = {"delta_next": other, "o": full, "o_next": other} | ({} if kept else {"slope": own})
    weights = {"W_next": _matrix(setting, other, full)}
    if setting.bias == "dropped":
        weights["W_bar"] = _matrix(setting, other, own)
        data["o_bar"] = own
    return {**weights, **_data(setting, data)}


def required(setting: Setting) -> Shape:
    """The shape of delta: that of the pre-activations, with one entry more if the bias is kept."""
    entries = size(setting.units, int(setting.bias == "kept"))
    return _data(setting, {"delta": entries})["delta"]


def _matrix(setting: Setting, units: Dimension, inputs: Dimension) -> Shape:
    return (units, inputs) if setting.weights == "out x in" else (inputs, units)


def _data(setting: Setting, entries: dict[str, Dimension]) -> dict[str, Shape]:
    """Arrays with so many entries for each example."""
    count = 1 if setting.examples == "one" else size(setting.batch)
    if setting.examples == "rows":
        return {name: (count, entry) for name, entry in entries.items()}
    return {name: (entry, count) for name, entry in entries.items()}


def symbols(setting: Setting) -> dict[str, str]:
    """Every name in LaTeX.

    Beside the arrays there are `delta` and `s` of the layer itself, `s_next` of the next layer and
    `o_before`, the outputs of the layer before.
    """
    o, s, delta, y = ("O", "S", r"\Delta", "Y") if setting.examples != "one" else _VECTORS
    own, later = setting.layer, following(setting.layer)
    return {
        "W": _above("W", own),
        "y": y,
        "o": _above(o, own),
        "s": _above(s, own),
        "delta": _above(delta, own),
        "slope": f"f'({_above(s, own)})",
        "W_next": _above("W", later),
        "delta_next": _above(delta, later),
        "o_next": _above(o, later),
        "s_next": _above(s, later),
        "W_bar": _above(r"\bar{W}", later),
        "o_bar": _above(rf"\bar{{{o}}}", own),
        "o_before": _above(o, previous(own)),
    }


def _above(base: str, layer: str) -> str:
    return f"{base}^{{({layer})}}"


_VECTORS = (r"\mathbf{o}", r"\mathbf{s}", r"\boldsymbol{\delta}", r"\mathbf{y}")


def following(layer: str) -> str:
    """The name of the layer behind the one of that name."""
    return str(int(layer) + 1) if layer.isdigit() else f"{layer}+1"


def previous(layer: str) -> str:
    """The name of the layer before the one of that name."""
    return str(int(layer) - 1) if layer.isdigit() else f"{layer}-1"
