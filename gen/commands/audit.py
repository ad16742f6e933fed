"""`python -m gen audit [FAMILY]`: thousands of items, and whatever is wrong with them."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gen.options import add_arithmetic, add_jobs, add_plugin, add_selection, flat, parser
from solver.shell import whole

if TYPE_CHECKING:
    from gen.audit.report import Row
    from gen.family import LoadedFamily

SEEDS, MOST_SEEDS = 200, 1_000_000
FOUND = 1
"""The exit code where something is wrong."""


def parse(arguments: Sequence[str], given: Namespace) -> Namespace:
    """The arguments added to `given`. Raises BadInput."""
    found = parser(
        "audit",
        "Make many items of every family, verify each in full, and report what they are like.",
        "exit code 1 if an oracle refutes an answer, an item is degenerate, or a blind guess pays\n"
        "example: python -m gen audit delta_shape --seeds 2000 --jobs 2",
    )
    found.add_argument("families", nargs="*", metavar="FAMILY", help="which (all)")
    found.add_argument(
        "--seeds",
        type=whole(1, MOST_SEEDS),
        default=SEEDS,
        metavar="N",
        help=f"items of each family and difficulty ({SEEDS})",
    )
    add_arithmetic(found)
    found.add_argument(
        "--out",
        type=Path,
        default=Path("output") / "audit",
        metavar="DIR",
        help="where one sheet of samples a family goes (output/audit)",
    )
    add_jobs(found, "processes")
    add_selection(found)
    add_plugin(found)
    return found.parse_args(arguments, given)


def run(given: Namespace) -> int:
    """Print the table and the findings, and write the sheets. Raises InputError."""
    from gen.audit.report import LEGEND, SHOWN, head, line, speeds
    from gen.selection import selected

    families = selected(given.families, flat(given.lecture), flat(given.topic))
    if given.arithmetic == "exact":
        families = {name: each for name, each in families.items() if each.sample_exact}
    print(head())
    findings: list[str] = []
    rows = []
    for row in _rows(given, families):
        print(line(row.cells()), flush=True)
        rows.append(row)
        findings += row.findings()
    print(f"\n{LEGEND}\n\n{speeds(rows)}")
    _write_sheets(given, families)
    print(*findings[:SHOWN], sep="\n", file=sys.stderr, end="\n" if findings else "")
    print(f"{len(findings) or 'nothing'} found")
    return FOUND if findings else 0


def _rows(given: Namespace, families: dict[str, LoadedFamily]) -> Iterator[Row]:
    from concurrent.futures import ProcessPoolExecutor
    from itertools import repeat

    from gen.audit.report import Row
    from gen.audit.survey import survey

    cells = [(name, d) for name, each in families.items() for d in each.family.difficulties]
    names, difficulties = [name for name, _ in cells], [d for _, d in cells]
    fixed = (repeat(range(given.seeds)), repeat(given.arithmetic), repeat(tuple(given.plugin)))
    with ProcessPoolExecutor(given.jobs) as pool:
        tallies = pool.map(survey, names, difficulties, *fixed)
        for (name, difficulty), tally in zip(cells, tallies, strict=True):
            yield Row(name, difficulty, tally)


def _write_sheets(given: Namespace, families: dict[str, LoadedFamily]) -> None:
    from gen.audit.sheets import sheet
    from gen.output import place

    for name, loaded in families.items():
        place(given.out / f"{name}.pdf", sheet(loaded, 1, given.arithmetic))
    print(f"samples: {given.out / '*.pdf'}")
