"""How a notation puts its marks: the number of the layer, indices, derivatives."""

from __future__ import annotations

from typing import Any

from templates.notation.record import Notation, Style
from templates.notation.symbol import Symbol


def marked(style: Style, form: str, mark: str, layer: str, below: str = "") -> Symbol:
    """A form of the style with the layer's number where `mark` has it, and an index below."""
    whole = Symbol.parse(form)
    above, below = whole.above + style.above, style.subscript(below)
    number = mark.replace("l", layer)[1:] if layer and style.layer else ""
    if mark.startswith("_"):
        return Symbol(whole.base, above, ",".join(filter(None, (number, below))))
    return Symbol(whole.base, number + above, below)


def derivative(
    notation: Notation, written: str, top: str, bottom: str, shape: tuple[Any, ...]
) -> Symbol:
    """The derivative of `top` by `bottom`, which has that shape, in one of the ways to write it."""
    match written:
        case "nabla":
            return Symbol(rf"\nabla_{{{bottom}}} {top}", compound=True)
        case "adjoint":
            assert notation.adjoint is not None
            return Symbol(notation.adjoint.form(shape), "", bottom)
        case _:
            d = r"\partial" if written == "partial" else "d"
            return Symbol(rf"\dfrac{{{d} {top}}}{{{d} {bottom}}}", compound=True)
