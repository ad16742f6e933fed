"""Layers for a directed acyclic graph, after Sugiyama, Tagawa and Toda (1981).

Every node stands in the layer after its last predecessor, an edge that skips layers gets a
slot of its own in each, and the order within layers is chosen so that few edges cross.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 8

Edge = tuple[int, int]
Columns = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Layers:
    """Slots by column, the topmost first: nodes keep their numbers, bends get higher ones.

    `routes[k]` is the slots that edge k visits, its source first and its target last, one in
    every column on the way.
    """

    columns: Columns
    routes: tuple[tuple[int, ...], ...]


def layers(count: int, edges: Sequence[Edge]) -> Layers:
    """The layers of the graph of nodes 0, ..., count-1; the same edges give the same layers.

    Raises ValueError naming a node when the edges run in a circle.
    """
    rank = _ranks(count, edges)
    slots = list(rank)
    routes = []
    for source, target in edges:
        bends = range(rank[source] + 1, rank[target])
        routes.append((source, *range(len(slots), len(slots) + len(bends)), target))
        slots += bends
    members: list[list[int]] = [[] for _ in range(max(slots, default=-1) + 1)]
    for slot in _visiting_order(len(slots), routes):
        members[slots[slot]].append(slot)
    steps = [step for route in routes for step in pairwise(route)]
    return Layers(_untangled(tuple(map(tuple, members)), steps), tuple(routes))


def _ranks(count: int, edges: Sequence[Edge]) -> list[int]:
    """The column of each node; one without predecessors stands just before its first use."""
    before = _neighbours(count, ((b, a) for a, b in edges))
    after = _neighbours(count, edges)
    rank: list[int | None] = [None] * count
    for _ in range(count):
        for node in range(count):
            found = [rank[other] for other in before[node]]
            known = [value for value in found if value is not None]
            if rank[node] is None and len(known) == len(found):
                rank[node] = 1 + max(known, default=-1)
    done = [value for value in rank if value is not None]
    if len(done) < count:
        raise ValueError(f"the edges run in a circle through node {rank.index(None)}")
    for node in range(count):
        if not before[node] and after[node]:
            done[node] = min(done[other] for other in after[node]) - 1
    return done


def _neighbours(count: int, edges: Iterable[Edge]) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(count)]
    for a, b in edges:
        found[a].append(b)
    return found


def _visiting_order(count: int, routes: Sequence[tuple[int, ...]]) -> Iterator[int]:
    """Every slot once, what flows into a node just before it, so that operands stay in order."""
    before = _neighbours(count, ((b, a) for route in routes for a, b in pairwise(route)))
    leaves = {slot for route in routes for slot in route[:-1]}
    seen: set[int] = set()

    def visit(slot: int) -> Iterator[int]:
        if slot not in seen:
            seen.add(slot)
            for other in before[slot]:
                yield from visit(other)
            yield slot

    for slot in range(count):
        if slot not in leaves:
            yield from visit(slot)


def _untangled(columns: Columns, steps: Sequence[Edge]) -> Columns:
    """The best order met in some sweeps of the barycentre heuristic, forth and back."""
    count = sum(map(len, columns))
    before, after = _neighbours(count, ((b, a) for a, b in steps)), _neighbours(count, steps)
    best, fewest = columns, crossings(columns, steps)
    for sweep in range(SWEEPS):
        columns = _swept(columns, after if sweep % 2 else before, backward=bool(sweep % 2))
        columns = _switched(columns, (before, after))
        found = crossings(columns, steps)
        if found < fewest:
            best, fewest = columns, found
    return best


def _swept(columns: Columns, neighbours: Sequence[Sequence[int]], *, backward: bool) -> Columns:
    """Each column sorted by the mean place of its neighbours in the column just sorted."""
    swept: list[tuple[int, ...]] = []
    for column in reversed(columns) if backward else columns:
        place = {slot: k for k, slot in enumerate(swept[-1])} if swept else {}
        keys = {}
        for k, slot in enumerate(column):
            near = [place[other] for other in neighbours[slot]]
            keys[slot] = (sum(near) / len(near) if near else float(k), k)
        swept.append(tuple(sorted(column, key=keys.__getitem__)))
    return tuple(reversed(swept)) if backward else tuple(swept)


def _switched(columns: Columns, sides: Sequence[Sequence[Sequence[int]]]) -> Columns:
    """The columns after exchanging every two neighbours whose exchange saves a crossing.

    `sides` are the slots that each slot is joined to before it and after it.
    """
    place = {slot: k for column in columns for k, slot in enumerate(column)}
    switched = []
    for column in columns:
        order = list(column)
        for k in range(len(order) - 1):
            upper, lower = order[k], order[k + 1]
            if sum(_saved(side[upper], side[lower], place) for side in sides) > 0:
                order[k], order[k + 1] = lower, upper
                place[lower], place[upper] = k, k + 1
        switched.append(tuple(order))
    return tuple(switched)


def _saved(upper: Sequence[int], lower: Sequence[int], place: Mapping[int, int]) -> int:
    """How many crossings fewer there are when two slots, joined to these, change places."""
    return sum((place[a] > place[b]) - (place[a] < place[b]) for a in upper for b in lower)


def crossings(columns: Columns, steps: Sequence[Edge]) -> int:
    """How many pairs of steps cross between neighbouring columns."""
    place = {slot: k for column in columns for k, slot in enumerate(column)}
    column_of = {slot: c for c, column in enumerate(columns) for slot in column}
    between: dict[int, list[Edge]] = {}
    for a, b in steps:
        between.setdefault(column_of[a], []).append((place[a], place[b]))
    return sum(
        (a - c) * (b - d) < 0
        for pairs in between.values()
        for k, (a, b) in enumerate(pairs)
        for c, d in pairs[k + 1 :]
    )
