"""The letters of pre-activations, outputs and derivatives of activations in a notation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from gen.topics.activations.graphs import Activations, forward_graph
from templates.notation import Entries, Index, Notation, Style, Symbol, Symbols
from templates.notation.scores import alike, unlike


def of_units(notation: Notation) -> dict[str, Style]:
    """Units without a number of their layer: `s`, `o`, the weights `v` and what they lead to."""
    found = {node: replace(notation.stems[node], layer=False) for node in "so"}
    free = unlike(found, "vycft")
    more = {"v": alike(found["s"], free["v"])}
    return {**found, **more, **{node: Style(free[node]) for node in "cyt"}}


def of_stored(
    activations: Activations, units: int, notation: Notation
) -> Mapping[str, Style | Entries]:
    """As `of_units`; the derivatives `d`, `e` and `g` are written as derivatives."""
    found = of_units(notation)
    graph = forward_graph(activations, 0.0, units, True)
    symbols = Symbols(graph, None, notation, found)
    return {
        **found,
        "s": partial(symbols.value, "s"),
        "d": partial(symbols.local, "o"),
        "g": partial(_slope, symbols),
        **({"e": partial(symbols.local, "y")} if len(activations) > 1 else {}),
    }


def _slope(symbols: Symbols, index: Index | None) -> Symbol:
    return replace(symbols.gradient("s", index), minus=False)
