"""Gradient descent from several starts at once, as a graph, and what the slips make of it.

The loss of w is w^4/4 - a w^2/2 + b w. `w0` are the starts, `g0` the derivatives there, `w1` what a
step with the rate `e` leads to, and so on; `loss` are the losses at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

from gen.problem import Value, Variant
from gen.variants import graph_of
from solver.graph import Graph
from solver.term import Term

Slope = Callable[[Any, Any, Any], Any]
Move = Callable[[Any, Any, Any], Any]
"""The new place, out of the old one, the derivative and the rate."""


def loss_at(w: Any, a: Any, b: Any) -> Any:
    """The loss, in any kind of number."""
    return w**4 / 4 - a * w**2 / 2 + b * w


def slope_at(w: Any, a: Any, b: Any) -> Any:
    """Its derivative."""
    return w**3 - a * w + b


def down(w: Any, slope: Any, rate: Any) -> Any:
    """One step of gradient descent."""
    return w - rate * slope


def graph(starts: int, steps: int) -> Graph:
    """Every derivative, every place and the losses at the end."""
    return _graph(starts, steps, slope_at, down, False)


def variants(starts: int, steps: int, numbers: Mapping[str, Value]) -> Iterator[Variant]:
    """What the slips make of the same starts."""
    for slip, move in _MOVES.items():
        yield Variant(slip, numbers, _graph(starts, steps, slope_at, move, False))
    for slip, slope in _SLOPES.items():
        yield Variant(slip, numbers, _graph(starts, steps, slope, down, False))
    yield Variant("one_step_too_many", numbers, _long(starts, steps))
    if steps > 1:
        yield Variant("first_gradient_kept", numbers, _graph(starts, steps, slope_at, down, True))
        yield Variant("one_step_too_few", numbers, _short(starts, steps))


@lru_cache(maxsize=256)
def _graph(starts: int, steps: int, slope: Slope, move: Move, keeps: bool) -> Graph:
    return _made(partial(_path, steps, slope, move, keeps), starts)


@lru_cache(maxsize=32)
def _short(starts: int, steps: int) -> Graph:
    """The places of one step before, each in the place of the next."""
    return _made(partial(_late, steps), starts)


@lru_cache(maxsize=32)
def _long(starts: int, steps: int) -> Graph:
    """The places of one step after, each in the place of the one before."""
    return _made(partial(_early, steps), starts)


def _made(recipe: Callable[..., Mapping[str, Term]], starts: int) -> Graph:
    made = graph_of(recipe, (("w0", (starts,)), ("a", ()), ("b", ()), ("e", ())))
    hidden = (replace(each, hidden=each.target.startswith("_")) for each in made.equations)
    return replace(made, equations=tuple(hidden))


def _path(
    steps: int, slope: Slope, move: Move, keeps: bool, w: Any, a: Any, b: Any, e: Any
) -> Mapping[str, Term]:
    found: dict[str, Any] = {}
    for k in range(steps):
        if not (keeps and k):
            kept = slope(w, a, b)
        found[f"g{k}"] = kept if f"g{k - 1}" not in found or not keeps else 1 * kept
        w = found[f"w{k + 1}"] = move(w, kept, e)
    return {**found, "loss": loss_at(w, a, b)}


def _late(steps: int, w: Any, a: Any, b: Any, e: Any) -> Mapping[str, Term]:
    right = _path(steps, slope_at, down, False, w, a, b, e)
    before = {f"w{k + 1}": 1 * right[f"w{k}"] for k in range(1, steps)}
    last = right[f"w{steps - 1}"]
    slopes = {f"g{k}": right[f"g{k}"] for k in range(steps)}
    return {**slopes, "w1": right["w1"], **before, "loss": loss_at(last, a, b)}


def _early(steps: int, w: Any, a: Any, b: Any, e: Any) -> Mapping[str, Term]:
    right = _path(steps + 1, slope_at, down, False, w, a, b, e)
    after = {f"w{k}": 1 * right[f"w{k + 1}"] for k in range(1, steps + 1)}
    return {**after, "loss": right["loss"]}


def _up(w: Any, slope: Any, rate: Any) -> Any:
    return w + rate * slope


def _whole(w: Any, slope: Any, rate: Any) -> Any:
    return w - slope


def _scaled(w: Any, slope: Any, rate: Any) -> Any:
    return rate * slope


def _without_constant(w: Any, a: Any, b: Any) -> Any:
    return w**3 - a * w


def _undivided(w: Any, a: Any, b: Any) -> Any:
    return w**3 / 4 - a * w / 2 + b


def _with_constant_turned(w: Any, a: Any, b: Any) -> Any:
    return w**3 - a * w - b


_MOVES: Mapping[str, Move] = {"step_added": _up, "rate_left_out": _whole, "gradient_alone": _scaled}
_SLOPES: Mapping[str, Slope] = {
    "linear_term_lost": _without_constant,
    "linear_term_turned": _with_constant_turned,
    "exponents_not_brought_down": _undivided,
}
