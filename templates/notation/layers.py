"""The symbols of a layer that has a letter for its number: `W^{(l)}`, the gradient by `a^{(l)}`.

Arrays have as many axes as are more than one entry long: two for weights, one for an example, two
for a batch.
"""

from __future__ import annotations

from templates.notation.record import Notation, Style
from templates.notation.symbol import Symbol
from templates.notation.written import derivative, marked


def value(notation: Notation, stem: str, layer: str, axes: int, last: bool = False) -> Symbol:
    """What the stem (x, y, s, o, b or W) stands for in a layer, which may be the `last` one."""
    style = _style(notation, stem, last)
    form = style.form((2,) * axes)
    return marked(style, form.replace("#k", "").replace("#n", ""), notation.layer, layer)


def gradient(notation: Notation, layer: str, axes: int, last: bool = False) -> Symbol:
    """The gradient by the layer's pre-activations, without a minus sign in front."""
    if notation.delta is not None:
        form = notation.delta.form((2,) * axes)
        return marked(notation.delta, form, notation.layer, layer)
    bottom = value(notation, "s", layer, axes, last)
    return derivative(notation, notation.gradients.arrays, notation.loss, str(bottom), (2,) * axes)


def _style(notation: Notation, stem: str, last: bool) -> Style:
    if last and stem == "o" and notation.prediction is not None:
        return notation.prediction
    return (notation.outputs.get(stem) if last else None) or notation.stems[stem]
