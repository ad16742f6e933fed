"""The letters of an update in a notation; primes mark what is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from gen.topics.updates.graphs import Unit, update_graph
from templates.notation import Entries, Index, Notation, Style, Symbol, Symbols
from templates.notation.scores import alike, scores, unlike

Given = Mapping[str, Style | Entries]


def of_update(unit: Unit, notation: Notation) -> Given:
    """One update: the gradients by their derivatives, the new quantities with a prime."""
    found = _plain(unit, notation)
    graph = replace(update_graph(unit), output="loss")
    symbols = Symbols(graph, None, notation, found)
    slopes = {f"g{node}": partial(_slope, symbols, node) for node in "wb"}
    new = {f"{node}n": _primed(found[node], 1) for node in ("w", "b", "s", "o", "loss")}
    return {**found, **slopes, **new}


def of_epoch(unit: Unit, notation: Notation) -> Given:
    """Two updates, each with one example, whose number stands in parentheses above."""
    found = _plain(unit, notation)
    graph = replace(update_graph(replace(unit, examples=1)), output="loss")
    more: dict[str, Style | Entries] = {}
    for number, primes in (("1", 0), ("2", 1)):
        at = {node: _primed(found[node], primes) for node in "wb"}
        own = {node: numbered(found[node], number) for node in ("x", "y", "s", "o", "r", "loss")}
        more |= {f"{node}{number}": style for node, style in own.items() if node != "loss"}
        symbols = Symbols(graph, None, notation, {**found, **own, **at})
        for node in "wb":
            more[f"g{node}{number}"] = partial(_slope, symbols, node)
    new = {f"{node}{mark}": _primed(found[node], n) for node in "wb" for mark, n in _MARKS}
    return {**found, **more, **new}


_MARKS = (("n", 1), ("m", 2))


def _slope(symbols: Symbols, node: str, index: Index | None) -> Symbol:
    """The derivative of the loss, without the minus sign of a course that has the gradient so."""
    return replace(symbols.gradient(node, index), minus=False)


def _plain(unit: Unit, notation: Notation) -> dict[str, Style]:
    known = scores(notation)
    if unit.loss != "binary_cross_entropy" and notation.linear_prediction is not None:
        # A linear unit's output is its pre-activation, which then is not written.
        known["p"], known["z"] = notation.linear_prediction, Style("s")
    free = unlike(known, "wbr")
    return {
        "s": known["z"],
        "o": known["p"],
        "y": known["t"],
        "x": replace(notation.stems["x"], layer=False),
        "w": alike(notation.stems["x"], free["w"]),
        "b": Style(free["b"]),
        "r": alike(known["z"], free["r"]),
        "e": Style(notation.update.rate),
        "loss": Style(notation.loss),
    }


def _primed(style: Style, count: int) -> Style:
    return replace(style, above=style.above + r"\prime" * count, layer=False)


def numbered(style: Style, number: str) -> Style:
    """With the number of the example, as a subscript before that of an input."""
    below = style.below.replace("#", f"{number},#") if "#" in style.below else style.below
    return replace(style, below=below, layer=False)
