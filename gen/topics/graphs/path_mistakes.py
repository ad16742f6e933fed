"""What goes wrong with paths: dropped, multiplied, added along, cut short, or miscounted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import prod
from typing import Any

from gen.problem import Variant
from gen.told import told
from gen.topics.graphs.paths import Edges, count_of, paths

Numbers = Sequence[Sequence[Any]]
"""The numbers along each path from a node to the output."""


def mistakes(
    edges: Edges, counted: str, asked: Sequence[str], offered: bool = False
) -> Iterator[Variant]:
    """What each slip makes of the number of paths from `counted` and of the asked derivatives.

    Where they are `offered` to choose from, none has decimals without end: among whole numbers,
    15.3333 would stand out.
    """
    along = {n: [[e.slope for e in path] for path in paths(edges, n)] for n in asked}
    name, right = count_of(counted), len(paths(edges, counted))
    for slip, rule in _RULES.items():
        made = {n: rule(numbers) for n, numbers in along.items()}
        if not offered or all(map(_ends, made.values())):
            yield told(slip, {name: right}, made)
    slopes = {n: _sum(map(prod, numbers)) for n, numbers in along.items()}
    for slip, count in _counts(edges, counted).items():
        yield told(slip, {name: count}, slopes)


def _counts(edges: Edges, start: str) -> Mapping[str, int]:
    """Numbers that are taken for the number of paths."""
    used = {edge for path in paths(edges, start) for edge in path}
    nodes = {name for edge in used for name in (edge.source, edge.target)}
    return {
        "branches_for_paths": sum(edge.source == start for edge in edges),
        "edges_for_paths": len(used),
        "nodes_for_paths": len(nodes) - 2,
    }


def _ends(number: Any) -> bool:
    """Whether a number is exact, or a decimal of few places: a multiple of 1/64."""
    return not isinstance(number, float) or (64 * number).is_integer()


def _sum(numbers: Any) -> Any:
    first, *rest = numbers
    return sum(rest, start=first)


def _size(number: Any) -> Any:
    return -number if number < 0 else number


def _without_shortest(along: Numbers) -> Any:
    shortest = min(along, key=len)
    kept = [numbers for numbers in along if numbers is not shortest]
    return _sum(map(prod, kept or along))


def _without_last(along: Numbers) -> Any:
    return _sum(map(prod, along[:-1] or along))


def _longest(along: Numbers) -> Any:
    longest: Sequence[Any] = max(along, key=len)
    return prod(longest)


def _mean(along: Numbers) -> Any:
    return _sum(map(prod, along)) / len(along)


_RULES: Mapping[str, Callable[[Numbers], Any]] = {
    "shortest_path_left_out": _without_shortest,
    "path_left_out": _without_last,
    "longest_path_only": _longest,
    "keeps_first_path": lambda along: prod(along[0]),
    "multiplies_paths": lambda along: prod(prod(numbers) for numbers in along),
    "added_along_paths": lambda along: _sum(_sum(numbers) for numbers in along),
    "first_edges_left_out": lambda along: _sum(prod(numbers[1:]) for numbers in along),
    "last_edges_left_out": lambda along: _sum(prod(numbers[:-1]) for numbers in along),
    "edge_left_out": lambda along: _sum([prod(along[0][1:]), *map(prod, along[1:])]),
    "paths_averaged": _mean,
    "minus_signs_lost": lambda along: _sum(prod(map(_size, numbers)) for numbers in along),
}
