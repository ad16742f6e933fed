"""Answers about random small networks, solved here a second time in plain NumPy."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from solver.claims import Claim, parse
from solver.diagnosis import Judgement, judge
from solver.mistakes import Mistakes
from solver.network import Architecture, Layer, Network, build
from solver.orientation import arrays
from solver.passes import backward, forward

Array = NDArray[np.float64]

NETS = range(30)
PLACES = 4


@dataclass(frozen=True, slots=True)
class Case:
    """A network with its numbers; lists have an entry for each layer."""

    activations: list[str]
    weights: list[Array]
    biases: list[Array]
    x: Array
    y: Array

    @property
    def network(self) -> Network:
        layers = zip(self.biases, self.activations, strict=True)
        architecture = Architecture(
            self.x.size, tuple(Layer(b.size, a) for b, a in layers), "half_squared_error"
        )
        return build(architecture)

    def givens(self, network: Network) -> dict[str, Array]:
        x, y = self.x[None], self.y[None]
        return arrays(network.architecture, self.weights, list(self.biases), x, y)


def drawn(seed: int) -> Case:
    draw = np.random.default_rng(seed)
    widths = draw.integers(1, 4, size=draw.integers(2, 5)).tolist()
    depth = len(widths) - 1
    hidden = draw.choice(["sigmoid", "tanh", "relu"], size=depth - 1).tolist()
    return Case(
        [*hidden, str(draw.choice(["sigmoid", "identity"]))],
        [draw.uniform(-1.5, 1.5, (b, a)) for a, b in itertools.pairwise(widths)],
        [draw.uniform(-1, 1, width) for width in widths[1:]],
        draw.uniform(-2, 2, widths[0]),
        draw.uniform(-1, 1, widths[-1]),
    )


def solved(case: Case) -> dict[str, Array]:
    """Every answer by its name, by the formulas of a lecture."""
    found: dict[str, Array] = {}
    o, outputs, slopes = case.x, [case.x], []
    layers = zip(case.weights, case.biases, case.activations, strict=True)
    for number, (w, b, activation) in enumerate(layers, start=1):
        s = w @ o + b
        o, slope = _activated(activation, s)
        found[f"s{number}"], found[f"o{number}"] = s, o
        outputs.append(o)
        slopes.append(slope)
    found["loss"] = np.asarray(0.5 * np.sum((o - case.y) ** 2))
    delta = (o - case.y) * slopes[-1]
    for number in range(len(case.weights), 0, -1):
        found[f"delta{number}"] = found[f"b{number}"] = delta
        found[f"W{number}"] = np.outer(delta, outputs[number - 1])
        if number > 1:
            delta = (case.weights[number - 1].T @ delta) * slopes[number - 2]
    return found


def _activated(activation: str, s: Array) -> tuple[Array, Array]:
    match activation:
        case "sigmoid":
            o = 1 / (1 + np.exp(-s))
            return o, o * (1 - o)
        case "tanh":
            return np.tanh(s), 1 - np.tanh(s) ** 2
        case "relu":
            return np.maximum(s, 0), (s > 0).astype(float)
        case _:
            return s, np.ones_like(s)


def judged(case: Case, texts: list[str]) -> tuple[Judgement, ...]:
    network = case.network
    claims = [parse(text, network.graph, network) for text in texts]
    return judge(network.graph, case.givens(network), claims, PLACES, network)


def written(values: Array, decimals: int) -> str:
    if values.ndim == 0:
        return f"{values:.{decimals}f}"
    return f"[{','.join(written(each, decimals) for each in values)}]"


@pytest.mark.parametrize("seed", NETS)
def test_every_right_value_is_right_with_two_to_six_decimals(seed: int) -> None:
    case = drawn(seed)
    texts = [
        f"{name}={written(values, decimals)}"
        for name, values in solved(case).items()
        for decimals in range(2, 7)
        # What is rounded to 0 is not told from nothing.
        if np.all((values == 0) | (np.round(values, decimals) != 0))
    ]
    assert [j.claim.text for j in judged(case, texts) if j.verdict != "right"] == []


@pytest.mark.parametrize("seed", NETS)
def test_the_number_of_every_slip_is_told_as_it_or_as_one_with_the_same_number(seed: int) -> None:
    case = drawn(seed)
    network = case.network
    asked = parse("W1[1,1]=0", network.graph, network)
    numbers = slips(network, case.givens(network), asked)
    for name, number in numbers.items():
        if not np.isfinite(number) or abs(number) < 10.0**-PLACES:
            continue
        (found,) = judged(case, [f"W1[1,1]={number:.{PLACES}f}"])
        told = {slip for cause in found.causes for slip in cause.slips}
        same = {slip for slip, other in numbers.items() if abs(other - number) <= 10.0**-PLACES}
        assert found.verdict == "right" or told & same, name


def slips(network: Network, givens: dict[str, Array], asked: Claim) -> dict[str, float]:
    """What each slip makes of what is asked; `tests/solver/test_slips.py` has these numbers."""
    values = forward(network.graph, givens)
    right = values, backward(network.graph, values)
    single = Mistakes(network.graph, givens, right, network).single(asked)
    return {mistake.slips[0]: float(mistake.numbers[0]) for mistake in single}


def test_hardly_any_random_number_is_explained() -> None:
    draw = np.random.default_rng(11)
    found: list[Judgement] = []
    for seed in NETS:
        texts = [f"{name}={x:.4f}" for name in ("W1[1,1]", "b1[1]") for x in draw.uniform(-1, 1, 4)]
        found += judged(drawn(seed), texts)
    wrong = [judgement for judgement in found if judgement.verdict != "right"]
    assert sum(judgement.verdict != "wrong" for judgement in wrong) <= 0.05 * len(wrong)
