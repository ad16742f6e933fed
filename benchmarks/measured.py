"""Count the questions of every family and time them, and record it in gen/measured.json.

    python benchmarks/measured.py --items 1000 --jobs 2

`python -m gen list` shows what is recorded. A family whose version has changed since is estimated
from a few items until this is run again.
"""

from __future__ import annotations

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from itertools import repeat
from pathlib import Path
from typing import Any

from gen.extent import RECORD, measured
from gen.family import find, names

FILE = Path(__file__).parents[1] / "gen" / RECORD


def entry(name: str, items: int) -> dict[str, Any]:
    loaded = find(name)
    found = {d: asdict(measured(loaded, d, items)) for d in loaded.family.difficulties}
    return {"version": loaded.family.version, **found}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--items", type=int, default=1000, help="items of each kind")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    given = parser.parse_args()
    with ProcessPoolExecutor(given.jobs) as pool:
        entries = dict(zip(names(), pool.map(entry, names(), repeat(given.items)), strict=True))
    FILE.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")
    for name, found in entries.items():
        sizes = ", ".join(
            f"{difficulty} {'' if each['exact'] else 'over '}{each['questions']:,}"
            for difficulty, each in found.items()
            if difficulty != "version"
        )
        print(f"{name:22} {sizes}", flush=True)


if __name__ == "__main__":
    main()
