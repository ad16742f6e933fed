r"""Settings for questions about the shape of delta: the layer, its neighbour, and how data lie.

Delta of a layer is the gradient of the loss with respect to the layer's pre-activations `s`. Every
array here has two axes, and its shape is rows x columns. Names of arrays, and what they are:

- `W_next`, `delta_next`, `o_next`: weights, delta and outputs of the layer behind a hidden layer;
- `o`, `slope`: the layer's outputs o = f(s), and f'(s);
- `W_bar`, `o_bar`: `W_next` without the column (or row) of biases, `o` without the entries 1;
- `y`, `W`: targets and weights of the output layer, where delta is asked for there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from solver.shapes import Dimension, Shape, Size
from templates.notation import Notation, Symbol, layers

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


def symbols(setting: Setting, notation: Notation) -> dict[str, Symbol]:
    """Every name as the notation writes it, gradients without a minus sign in front.

    Beside the arrays there are `f`, the activation, `delta` and `s` of the layer itself, `s_next`
    of the next layer and `o_before`, the outputs of the layer before. Without a letter for delta,
    it is the gradient by the pre-activations.
    """
    axes, last = 1 if setting.examples == "one" else 2, setting.place == "output"
    own, later, before = setting.layer, following(setting.layer), previous(setting.layer)
    value, gradient = partial(layers.value, notation), partial(layers.gradient, notation)
    found = {
        "W": value("W", own, 2, last),
        "y": value("y", "", axes),
        "o": value("o", own, axes, last),
        "s": value("s", own, axes, last),
        "delta": gradient(own, axes, last),
        "W_next": value("W", later, 2),
        "delta_next": gradient(later, axes),
        "o_next": value("o", later, axes),
        "s_next": value("s", later, axes),
        "o_before": value("o", before, axes),
    }
    letter = (notation.output_activation if last else "") or notation.activation or "f"
    barred = {f"{name}_bar": _barred(found[of]) for name, of in (("W", "W_next"), ("o", "o"))}
    return {
        **found,
        **barred,
        "f": Symbol(letter),
        "slope": Symbol(f"{letter}'({found['s']})"),
    }


def _barred(symbol: Symbol) -> Symbol:
    return replace(symbol, base=rf"\bar{{{symbol.base}}}")


def following(layer: str) -> str:
    """The name of the layer behind the one of that name."""
    return str(int(layer) + 1) if layer.isdigit() else f"{layer}+1"


def previous(layer: str) -> str:
    """The name of the layer before the one of that name."""
    return str(int(layer) - 1) if layer.isdigit() else f"{layer}-1"
