"""Measure the program and print one table: medians, and ratios within the same run.

python benchmarks/run.py, on Linux and macOS
"""

from __future__ import annotations

import platform
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import networks
import numpy as np
from clock import REPEATS, ROOT, Row, process, timed

from gen.family import load_families
from gen.items import make
from gen.problem import Key
from gen.quiz import collector
from gen.quiz.files import files
from gen.quiz.settings import Settings
from gen.quiz.versions import build
from templates.mathematics import parse, typeset_tree

EXPRESSIONS = ROOT / "tests" / "templates" / "mathematics" / "expressions.txt"

PROCESSES = 9
VERSIONS = 20
ITEMS = 40
"""Items of each family, difficulty and form in one repeat."""


def main() -> None:
    """Print every figure with what it is compared with."""
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}")
    print(f"{'what':52} {'median':>14}   goal or ratio")
    for measure in MEASURES:
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


MEASURES = (
    whole_process,
    further_versions,
    generation,
    layout,
    networks.passes,
    networks.wide_net,
    networks.worked_steps,
    networks.whole_solution,
    networks.whole_library,
)
"""What is measured, in order."""

if __name__ == "__main__":
    main()
