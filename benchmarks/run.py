"""Measure the program and print one table: medians, and ratios within the same run.

python benchmarks/run.py, on Linux and macOS
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from gen.family import load_families
from gen.items import make
from gen.problem import Key
from gen.quiz import collector
from gen.quiz.files import files
from gen.quiz.settings import Settings
from gen.quiz.versions import build
from solver import network
from solver import term as t
from solver.network import Architecture, Layer, Network
from solver.passes import backward, forward
from solver.steps import steps
from templates.mathematics import parse, typeset_tree

ROOT = Path(__file__).parents[1]
EXPRESSIONS = ROOT / "tests" / "templates" / "mathematics" / "expressions.txt"

PROCESSES = 9
REPEATS = 7
VERSIONS = 20
ITEMS = 40
"""Items of each family, difficulty and form in one repeat."""

Row = tuple[str, str, str]


def main() -> None:
    """Print every figure with what it is compared with."""
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}")
    print(f"{'what':52} {'median':>14}   goal or ratio")
    for measure in (whole_process, further_versions, generation, passes, worked_steps, layout):
        for what, figure, remark in measure():
            print(f"{what:52} {figure:>14}   {remark}", flush=True)


def whole_process() -> Iterator[Row]:
    """`python -m gen --seed 7` from nothing to its three files, beside an import of NumPy."""
    with TemporaryDirectory() as folder:
        quiz = ["-m", "gen", "--seed", "7", "--quiet", "--out", str(Path(folder, "quiz"))]
        pairs = [(process(*quiz), process("-c", "import numpy")) for _ in range(PROCESSES)]
    seconds, memory = (median(run[i] for run, _ in pairs) for i in (0, 1))
    unit = median(run[0] / numpy[0] for run, numpy in pairs)
    yield "a quiz of ten items, whole process", f"{seconds:.2f} s", "goal 1.0 s"
    yield "  times an import of NumPy", f"{unit:.1f}", ""
    yield "  largest memory", f"{memory:.0f} MiB", "goal 120 MiB"


def process(*arguments: str) -> tuple[float, float]:
    """Wall time in seconds and largest resident memory in MiB of one Python process."""
    started = perf_counter()
    child = subprocess.Popen([sys.executable, *arguments], cwd=ROOT)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"python {' '.join(arguments)} failed")
    unit = 1 if sys.platform == "darwin" else 1024
    return perf_counter() - started, usage.ru_maxrss * unit / 2**20


def further_versions() -> Iterator[Row]:
    """Papers and keys of one quiz, all its items made and verified, when the program is warm."""
    every_page(Settings(seed=0, versions=2))
    seconds = [
        timed(partial(every_page, Settings(seed=seed, versions=VERSIONS)))
        for seed in range(1, REPEATS + 1)
    ]
    rate = VERSIONS / median(seconds)
    yield "further versions, paper and key, one core", f"{rate:.1f} /s", "goal 15 /s"


def every_page(settings: Settings) -> None:
    """Make the papers and keys of a quiz and drop them; the record, which is one, is left out."""
    for _ in islice(files(build(settings)), 2 * settings.versions):
        pass


def generation() -> Iterator[Row]:
    """Items made and verified, nothing rendered: of each family, and of all in equal parts."""
    spent = []
    for name in load_families():
        count = of_family(name, 0)
        seconds = median(timed(partial(of_family, name, n)) for n in range(1, REPEATS + 1))
        spent.append(seconds / count)
        yield f"items of {name}", f"{count / seconds:.0f} /s", ""
    overall = len(spent) / sum(spent)
    yield "items of all families, made and verified, one core", f"{overall:.0f} /s", "goal 1000 /s"


def of_family(name: str, block: int) -> int:
    """Make a block of items of every difficulty and form, as a quiz does; returns how many."""
    loaded = load_families()[name]
    seeds = range(block * ITEMS, (block + 1) * ITEMS)
    with collector.paused():
        made = [
            make(loaded, Key(name, loaded.family.version, seed), difficulty, form)
            for difficulty in loaded.family.difficulties
            for form in loaded.family.forms
            for seed in seeds
        ]
    return len(made)


def passes() -> Iterator[Row]:
    """Values and all gradients of a 2-2-1 net of sigmoids, beside the same by hand in NumPy."""
    net, givens = small_net()
    by_table = partial(forward_and_backward, net, givens)
    by_hand = partial(hand_written, givens)
    assert np.allclose(by_table()["W1"], by_hand())
    pairs = [(per_call(by_table, 500), per_call(by_hand, 500)) for _ in range(REPEATS)]
    microseconds = 1e6 * median(table for table, _ in pairs)
    ratio = median(table / hand for table, hand in pairs)
    yield "both passes of a 2-2-1 net", f"{microseconds:.0f} µs", ""
    yield "  times hand-written NumPy", f"{ratio:.2f}", "goal 4"


def small_net() -> tuple[Network, dict[str, np.ndarray]]:
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


def forward_and_backward(net: Network, givens: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """All gradients by the solver."""
    return backward(net.graph, forward(net.graph, givens))


def hand_written(givens: dict[str, np.ndarray]) -> np.ndarray:
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


def worked_steps() -> Iterator[Row]:
    """Every line of the worked solution of that net, with all gradients wanted."""
    net, givens = small_net()
    wanted = [(t.gradient(name, givens[name].shape), None) for name in ("W1", "b1", "W2", "b2")]
    per_net = per_call(partial(steps, net.graph, givens, wanted, 4), 20)
    yield "all worked steps of a 2-2-1 net", f"{1e3 * per_net:.2f} ms", ""


def layout() -> Iterator[Row]:
    """Mathematics from LaTeX to boxes, once each, when the fonts are loaded."""
    sources = [line for line in EXPRESSIONS.read_text("utf-8").splitlines() if line]
    typeset_tree(parse(sources[0]), 10.0)
    first_times = []
    for repeat in range(REPEATS):
        # A space more makes another source of it, so that no cache has met it.
        others = [source + " " * (repeat + 1) for source in sources]
        first_times.append(timed(partial(set_all, others)) / len(others))
    milliseconds = 1e3 * median(first_times)
    yield "mathematics set, an expression", f"{milliseconds:.2f} ms", "goal 0.5 ms"


def set_all(sources: list[str]) -> None:
    """Set every expression in display style."""
    for source in sources:
        typeset_tree(parse(source), 10.0, display=True)


def timed(action: Callable[[], object]) -> float:
    """The seconds that one call takes."""
    started = perf_counter()
    action()
    return perf_counter() - started


def per_call(action: Callable[[], object], calls: int) -> float:
    """The seconds that a call takes, over many in a row after a first."""
    action()
    started = perf_counter()
    for _ in range(calls):
        action()
    return (perf_counter() - started) / calls


if __name__ == "__main__":
    main()
