"""What the solver's passes and steps cost, beside the same by hand and in a scalar engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from statistics import median

import numpy as np
from clock import REPEATS, Row, per_call, process
from scalar_engine import small_net as by_engine

from solver import network
from solver import term as t
from solver.network import Architecture, Layer, Network
from solver.passes import backward, forward
from solver.steps import steps

Arrays = dict[str, np.ndarray]
PROCESSES = 9
QUIZ = "exp(x*z) + x*z/log(x) + sin(log(x))/(x*z)"


def passes() -> Iterator[Row]:
    """Values and all gradients of a 2-2-1 net of sigmoids, beside two other ways to get them."""
    net, givens = small_net()
    by_table = partial(forward_and_backward, net, givens)
    by_hand = partial(hand_written, givens)
    engine = partial(by_engine, *engine_input(givens))
    assert np.allclose(by_table()["W1"], by_hand())
    assert np.allclose(by_table()["W1"].ravel(), engine())
    runs = compared([by_table, by_hand, engine], 500)
    yield "both passes of a 2-2-1 net", f"{1e6 * median(r[0] for r in runs):.0f} µs", ""
    yield "  times hand-written NumPy", f"{ratio(runs, 0, 1):.2f}", "goal 4"
    yield "  times a scalar engine like micrograd", f"{ratio(runs, 0, 2):.2f}", "goal 1"


def wide_net() -> Iterator[Row]:
    """Values and all gradients of a 784-128-10 net for a batch of 64, beside NumPy by hand."""
    net, givens = digits_net()
    by_table = partial(forward_and_backward, net, givens)
    by_hand = partial(hand_written_digits, givens)
    assert np.allclose(by_table()["W1"], by_hand())
    runs = compared([by_table, by_hand], 10)
    yield "both passes, 784-128-10, batch of 64", f"{1e3 * median(r[0] for r in runs):.2f} ms", ""
    yield "  times hand-written NumPy", f"{ratio(runs, 0, 1):.2f}", "goal 2"


def worked_steps() -> Iterator[Row]:
    """Every line of the worked solution of the small net, with all gradients wanted."""
    net, givens = small_net()
    wanted = [(t.gradient(name, givens[name].shape), None) for name in ("W1", "b1", "W2", "b2")]
    per_net = per_call(partial(steps, net.graph, givens, wanted, 4), 20)
    yield "all worked steps of a 2-2-1 net", f"{1e3 * per_net:.2f} ms", "goal 3 ms"


def whole_solution() -> Iterator[Row]:
    """`python -m solver graph` in text from nothing, beside an import of NumPy."""
    command = ["-m", "solver", "graph", QUIZ, "x=2", "z=3"]
    pairs = [(process(*command), process("-c", "import numpy")) for _ in range(PROCESSES)]
    seconds = median(run[0] for run, _ in pairs)
    unit = median(run[0] / numpy[0] for run, numpy in pairs)
    yield "a worked graph as text, whole process", f"{seconds:.2f} s", "goal 0.3 s"
    yield "  times an import of NumPy", f"{unit:.1f}", ""


LIBRARY = """
import solver
net = solver.solve_network([1, -2], [0.5], [[[0.5, -0.5], [1, 0.25]], [[0.8, -1.2]]],
                           [[0, 0.5], [0.1]], ["sigmoid", "sigmoid"])
net.gradient
"""
FRAMEWORK = """
import torch
x, y = torch.tensor([1.0, -2.0]), torch.tensor([0.5])
w1 = torch.tensor([[0.5, -0.5], [1, 0.25]], requires_grad=True)
b1, b2 = torch.tensor([0, 0.5], requires_grad=True), torch.tensor([0.1], requires_grad=True)
w2 = torch.tensor([[0.8, -1.2]], requires_grad=True)
output = torch.sigmoid(w2 @ torch.sigmoid(w1 @ x + b1) + b2)
(0.5 * (output - y) ** 2).sum().backward()
"""


def whole_library() -> Iterator[Row]:
    """Import, values and all gradients of the small net in a process, beside PyTorch's if any."""
    seconds = median(process("-c", LIBRARY)[0] for _ in range(PROCESSES))
    yield "import and gradients of a 2-2-1 net, whole process", f"{seconds:.2f} s", ""
    if find_spec("torch") is None:
        yield "  the same in PyTorch", "-", "not installed"
        return
    framework = median(process("-c", FRAMEWORK)[0] for _ in range(PROCESSES))
    yield "  the same in PyTorch", f"{framework:.2f} s", f"{framework / seconds:.1f} times"


def compared(actions: list[Callable[[], object]], calls: int) -> list[list[float]]:
    """The seconds a call of each takes, in turn, several times."""
    return [[per_call(action, calls) for action in actions] for _ in range(REPEATS)]


def ratio(runs: list[list[float]], first: int, second: int) -> float:
    """How many times as long the first takes as the second, within one turn."""
    return median(run[first] / run[second] for run in runs)


def small_net() -> tuple[Network, Arrays]:
    """Two inputs, two hidden sigmoids and one sigmoid output, with numbers."""
    layers = (Layer(2, "sigmoid"), Layer(1, "sigmoid"))
    givens = {
        "x": np.array([[1.0], [-2.0]]),
        "W1": np.array([[0.5, -0.5], [1.0, 0.25]]),
        "b1": np.array([[0.0], [0.5]]),
        "W2": np.array([[0.8, -1.2]]),
        "b2": np.array([[0.1]]),
        "y": np.array([[0.5]]),
    }
    return network.build(Architecture(2, layers)), givens


def engine_input(
    givens: Arrays,
) -> tuple[list[float], list[list[list[float]]], list[list[float]], float]:
    """The small net's numbers as plain lists."""
    weights = [givens[name].tolist() for name in ("W1", "W2")]
    biases = [givens[name].ravel().tolist() for name in ("b1", "b2")]
    return givens["x"].ravel().tolist(), weights, biases, float(givens["y"].item())


def digits_net() -> tuple[Network, Arrays]:
    """A classifier of the size that is usual for handwritten digits, with numbers drawn by lot."""
    draw = np.random.default_rng(0)
    layers = (Layer(128, "relu"), Layer(10, "softmax"))
    architecture = Architecture(
        784, layers, "cross_entropy", examples=64, reduction="mean", rows=True
    )
    givens = {
        "x": draw.normal(size=(64, 784)),
        "W1": draw.normal(size=(784, 128)) / 28,
        "b1": np.zeros((1, 128)),
        "W2": draw.normal(size=(128, 10)) / 11,
        "b2": np.zeros((1, 10)),
        "y": np.eye(10)[draw.integers(10, size=64)],
    }
    return network.build(architecture), givens


def forward_and_backward(net: Network, givens: Arrays) -> Arrays:
    """All gradients by the solver."""
    return backward(net.graph, forward(net.graph, givens))


def hand_written(givens: Arrays) -> np.ndarray:
    """All gradients as one writes them for this net alone; returns that of W1."""
    x, w1, b1, w2, b2, y = (givens[name] for name in ("x", "W1", "b1", "W2", "b2", "y"))
    o1 = 1 / (1 + np.exp(-(w1 @ x + b1)))
    o2 = 1 / (1 + np.exp(-(w2 @ o1 + b2)))
    residual = o2 - y
    _loss = 0.5 * np.sum(residual**2)
    delta2 = residual * o2 * (1 - o2)
    _gradient2 = delta2 @ o1.T
    delta1 = w2.T @ delta2 * o1 * (1 - o1)
    gradient1: np.ndarray = delta1 @ x.T
    return gradient1


def hand_written_digits(givens: Arrays) -> np.ndarray:
    """The same for the classifier."""
    x, w1, b1, w2, b2, y = (givens[name] for name in ("x", "W1", "b1", "W2", "b2", "y"))
    s1 = x @ w1 + b1
    o1 = np.maximum(s1, 0)
    scores = o1 @ w2 + b2
    shifted = scores - scores.max(axis=1, keepdims=True)
    powers = np.exp(shifted)
    totals = powers.sum(axis=1, keepdims=True)
    _loss = -np.sum(y * (shifted - np.log(totals))) / len(x)
    delta2 = (powers / totals - y) / len(x)
    _gradient2, _bias2 = o1.T @ delta2, delta2.sum(axis=0)
    delta1 = (delta2 @ w2.T) * (s1 > 0)
    _bias1 = delta1.sum(axis=0)
    gradient1: np.ndarray = x.T @ delta1
    return gradient1
