"""The drawing of a graph or a network in characters, for pages without pictures.

A graph is a tree that grows from the output to the inputs; a node that is used again is only named
the second time. A network has a column for each layer, and a line that joins neighbouring layers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from solver import steps
from solver import term as t
from solver.graph import Graph
from solver.network import Network
from solver.term import Term
from templates.diagrams import captions, unit_labels
from templates.document import Inline, Math, Table, Text
from templates.formula import latex
from templates.mathematics import plain
from templates.notation import Symbols
from templates.writers.characters import columns_of, padded

_SPACE = "\u00a0"
_BRANCH, _LAST = ("├─ ", "└─ ")
_PAST = {_BRANCH: f"│{_SPACE * 2}", _LAST: _SPACE * 3}
Row = tuple[tuple[Inline, ...], ...]


def of_graph(graph: Graph, symbols: Symbols) -> Table:
    """The graph as a tree: under every node the nodes that it is computed from."""
    formulas = {line.node: line.formula for line in steps.lines(graph) if line.kind == "forward"}
    return Table((), tuple(_tree(graph.output, "", "", formulas, symbols, set())))


def _tree(
    node: str,
    before: str,
    below: str,
    formulas: Mapping[str, Term],
    symbols: Symbols,
    seen: set[str],
) -> Iterator[Row]:
    """The row of a node behind `before`, and those of its arguments behind `below`."""
    formula = formulas.get(node)
    again = node in seen and formula is not None
    seen.add(node)
    label = str(symbols.value(node))
    shown = label if formula is None or again else f"{label} = {latex(formula, symbols)}"
    prefix = (Text(_solid(before)),) if before else ()
    yield ((*prefix, Math(shown), *((Text(", as above"),) if again else ())),)
    sources = [] if formula is None or again else _sources(formula)
    for source in sources:
        mark = _LAST if source == sources[-1] else _BRANCH
        yield from _tree(source, below + mark, below + _PAST[mark], formulas, symbols, seen)


def _sources(formula: Term) -> list[str]:
    return list(dict.fromkeys(str(use.args[0]) for use in t.leaves(formula)))


def of_network(network: Network, symbols: Symbols) -> Table:
    """The network from left to right: every unit joined to all units of the next layer."""
    layers = [[plain(label) for label in layer] for layer in unit_labels(network, symbols)]
    height = max(map(len, layers))
    columns = [
        _centred(layer, caption, height)
        for layer, caption in zip(layers, captions(network), strict=True)
    ]
    joints = [["", *_joint(len(left), len(right), height)] for left, right in pairwise(layers)]
    columns[-1] = [line.rstrip("─") for line in columns[-1]]
    parts = [column for pair in zip(columns, [*joints, []], strict=True) for column in pair][:-1]
    return Table((), tuple(((Text(_solid(line)),),) for line in _beside(parts)))


def _rows(count: int, height: int) -> list[int]:
    """The rows of `count` units in a drawing for `height` units: two a unit, in the middle."""
    return [height - count + 2 * number for number in range(count)]


def _centred(labels: Sequence[str], caption: str, height: int) -> list[str]:
    """A caption over the units, each with a stroke to the right edge of the column."""
    column = [""] * (2 * height - 1)
    width = max(map(columns_of, (caption, *labels)))
    for row, label in zip(_rows(len(labels), height), labels, strict=True):
        column[row] = f"{label} {'─' * (width - columns_of(label))}"
    return [caption, *column]


def _joint(left: int, right: int, height: int) -> list[str]:
    """What joins a layer to the next: a stroke from each unit, and two uprights with a bar."""
    middle = height - 1
    from_left, to_right = _rows(left, height), _rows(right, height)
    lines = []
    for row in range(2 * height - 1):
        opening = _corner(row, from_left, middle, left=True)
        closing = _corner(row, to_right, middle, left=False)
        lines.append(opening + ("──" if row == middle else "  ") + closing)
    return lines


def _corner(row: int, units: Sequence[int], middle: int, left: bool) -> str:
    """The stroke of a unit with its piece of the upright; the bar begins in the middle row."""
    unit, bar = row in units, row == middle
    upward, downward = units[0] < row <= units[-1], units[0] <= row < units[-1]
    west, east = (unit, bar) if left else (bar, unit)
    upright = _UPRIGHTS[upward, downward][west + 2 * east]
    stroke = "─" if unit else " "
    return f"{stroke}{upright}" if left else f"{upright}{stroke} "


_UPRIGHTS = {
    (False, False): " ───",
    (False, True): "│┐┌┬",
    (True, False): "│┘└┴",
    (True, True): "│┤├┼",
}
"""By whether the upright goes on above and below: alone, with a stroke to the left, right, both."""


def _beside(columns: Sequence[Sequence[str]]) -> list[str]:
    """Columns of text side by side, each as wide as its widest line."""
    widths = [max(map(columns_of, column)) for column in columns]
    rows = zip(*columns, strict=True)
    return ["".join(map(padded, row, widths)).rstrip() for row in rows]


def _solid(line: str) -> str:
    return line.replace(" ", _SPACE)
