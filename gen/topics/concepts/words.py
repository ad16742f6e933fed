r"""What the texts of the bank are given: numbers in LaTeX, and the symbols of a layer.

Beside the arrays of layer l and its neighbours there are whole products, in the order and with the
transposes of the notation: `affine`, the pre-activations; `pulled`, what goes back to the layer's
outputs; `outer`, the gradient of its weights; each also as it is often mistaken.
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from gen.topics.concepts.bank import statements
from gen.topics.concepts.numbers.case import Fact
from gen.topics.concepts.sampling import Said
from templates.notation import Notation, Symbol, layers


def facts(said: Said) -> dict[str, str]:
    """What the texts of a statement are given as `the`, with the names of the texts themselves."""
    statement = statements()[said.name]
    wording = "says" if statement.computed else "true" if said.true else "false"
    reason = "why" if statement.computed or said.true else "instead"
    return {
        **{name: latex(fact) for name, fact in said.facts},
        "words": statement.template(wording),
        "reason": statement.template(reason),
    }


def latex(fact: Fact) -> str:
    """A number in LaTeX; a word as it is."""
    if not isinstance(fact, Fraction) or fact.denominator == 1:
        return str(fact)
    sign = "-" if fact < 0 else ""
    return rf"{sign}\frac{{{abs(fact.numerator)}}}{{{fact.denominator}}}"


def symbols(notation: Notation) -> dict[str, Symbol]:
    """The symbols of layer l, of its neighbours, and of products of them."""
    value, gradient = partial(layers.value, notation), partial(layers.gradient, notation)
    found = {
        "W": value("W", "l", 2),
        "W_next": value("W", "l+1", 2),
        "b": value("b", "l", 1),
        "s": value("s", "l", 1),
        "o": value("o", "l", 1),
        "o_before": value("o", "l-1", 1),
        "delta": gradient("l", 1),
        "delta_next": gradient("l+1", 1),
    }
    letter = notation.activation or "f"
    found |= {
        "f": Symbol(letter),
        "slope": Symbol(f"{letter}'({found['s']})"),
        "fired": Symbol(f"{letter}({found['s']})"),
    }
    products = _products(notation, {name: str(symbol) for name, symbol in found.items()})
    return found | {name: Symbol(text, compound=True) for name, text in products.items()}


def _products(notation: Notation, of: dict[str, str]) -> dict[str, str]:
    orientation = notation.conventions.orientation

    def turned(name: str) -> str:
        symbol = of[name]
        raised = f"({symbol})" if "^" in symbol else symbol
        return f"{raised}^{{{notation.transpose}}}"

    column = orientation != "rows"
    forward = turned if orientation == "transposed" else of.__getitem__
    back = of.__getitem__ if orientation == "transposed" else turned

    def product(first: str, second: str) -> str:
        return f"{first} {second}" if column else f"{second} {first}"

    before, delta, following = of["o_before"], of["delta"], of["delta_next"]
    if delta.startswith(r"\nabla"):
        # Otherwise what stands behind could be read as an argument of the loss.
        delta = f"({delta})"
    if orientation == "rows":
        outer = f"{turned('o_before')} {delta}", f"{turned('delta')} {before}"
    else:
        outer = f"{delta} {turned('o_before')}", f"{before} {turned('delta')}"
        outer = outer if orientation == "columns" else outer[::-1]
    return {
        "affine": f"{product(forward('W'), before)} + {of['b']}",
        "pulled": product(back("W_next"), following),
        "pulled_wrongly": product(forward("W_next"), following),
        "outer": outer[0],
        "outer_swapped": outer[1],
    }
