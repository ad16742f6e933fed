"""`python -m gen practice`: many variants of each skill, for students who test themselves."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from gen.options import (
    add_arithmetic,
    add_families,
    add_notation,
    add_plugin,
    add_selection,
    flat,
    parser,
    seed,
)
from gen.vocabulary import DIFFICULTIES, MOST_VARIANTS, PAPERS, VARIANTS
from solver.shell import BadInput, Parser, whole

if TYPE_CHECKING:
    from gen.family import LoadedFamily
    from gen.practice.deck import Deck
    from gen.practice.store import Store


INTERRUPTED = 130
"""The exit code after Ctrl-C."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file to practise from: its options, and the module that makes it.

    The function `make` of the module takes a `gen.practice.deck.Deck` and returns the file's bytes;
    it is also given the named `options` of the command line. Where nobody says how many variants,
    one that is `short` has the first of every difficulty. One that is `slow` is given a function
    `advance` to call after each skill.
    """

    flags: tuple[str, ...]
    words: str
    module: str
    metavar: str = "FILE"
    options: tuple[str, ...] = ()
    short: bool = False
    slow: bool = False

    @property
    def name(self) -> str:
        """Its place in the parsed command line."""
        return self.flags[-1].strip("-").replace("-", "_")


OUTPUTS: tuple[Output, ...] = (
    Output(
        ("-o", "--page"),
        "a page for a browser, which works offline from a double click",
        "gen.practice.page",
        options=("notation",),
        slow=True,
    ),
    Output(("--anki",), "a deck of cards for Anki", "gen.practice.anki"),
    Output(("--notebook",), "a Jupyter notebook that judges answers", "gen.practice.notebook"),
    Output(
        ("--pdf",),
        "a sheet with room to work, its solutions at the end",
        "gen.practice.paper",
        options=("paper",),
        short=True,
    ),
)
"""Every kind of file. Another one is a line here and a module."""


def parse(arguments: Sequence[str], given: Namespace) -> Namespace:
    """The arguments added to `given`. Raises BadInput."""
    found = parser(
        "practice",
        "Practise: many variants of each skill, from easy to hard.",
        "examples:\n"
        "  python -m gen practice --lecture 000 -o practice.html\n"
        "  python -m gen practice --terminal\n"
        "  python -m gen practice --terminal --families softmax_values,cross_entropy\n"
        "  python -m gen practice --terminal --weak",
    )
    _add_outputs(found)
    _add_progress(found)
    _add_content(found)
    return _checked(found.parse_args(arguments, given))


def _add_outputs(parser: Parser) -> None:
    group = parser.add_argument_group("how to practise")
    group.add_argument(
        "--terminal", action="store_true", help="here, one question at a time, judged at once"
    )
    for output in OUTPUTS:
        group.add_argument(*output.flags, type=Path, metavar=output.metavar, help=output.words)


def _add_progress(parser: Parser) -> None:
    group = parser.add_argument_group("how far you are")
    group.add_argument(
        "--weak", action="store_true", help="on the terminal, only what went wrong lately"
    )
    for flag, name, words in (
        ("--progress", "progress", "the file that keeps it (one in your data folder)"),
        ("--export", "export_to", "write it to a JSON file, which the page reads too"),
        ("--import", "import_from", "add that of such a file"),
    ):
        group.add_argument(flag, dest=name, type=Path, metavar="FILE", help=words)


def _add_content(parser: Parser) -> None:
    group = parser.add_argument_group("what is practised")
    group.add_argument(
        "--seed", type=seed, metavar="N", help="any integer; it names the variants (today's date)"
    )
    add_families(group)
    add_selection(group)
    group.add_argument("--difficulty", choices=DIFFICULTIES, help="one for all (rising)")
    group.add_argument(
        "--variants",
        type=whole(1, MOST_VARIANTS),
        metavar="N",
        help=f"of each skill ({VARIANTS}; a PDF has one of each difficulty)",
    )
    add_arithmetic(group)
    add_notation(group)
    group.add_argument("--paper", choices=PAPERS, default="a4", help="of a PDF (a4)")
    add_plugin(group)


def _checked(given: Namespace) -> Namespace:
    """The command line with a seed. Raises BadInput where it does not say what to do."""
    if given.weak and not given.terminal:
        raise BadInput("--weak goes with --terminal, which knows what went wrong")
    if not (given.terminal or given.export_to or given.import_from or any(_files(given))):
        page, *others = (f"{output.flags[0]} FILE" for output in OUTPUTS)
        known = ", ".join(("--terminal", *others[:-1]))
        raise BadInput(
            f"nothing says how to practise; give {page} for a page, or {known} or {others[-1]}"
        )
    if given.seed is None:
        from datetime import date

        given.seed = int(f"{date.today():%Y%m%d}")
    return given


def _files(given: Namespace) -> Iterator[tuple[Output, Path]]:
    """The outputs that are wanted, each with its file."""
    for output in OUTPUTS:
        path = getattr(given, output.name)
        if path is not None:
            yield output, path


def run(given: Namespace) -> int:
    """Make what is wanted, and practise. Raises InputError."""
    wanted = tuple(_files(given))
    if wanted:
        print(f"seed {given.seed}; the same seed makes the same questions again")
        deck = _deck(given)
        for output, path in wanted:
            _write(output, path, deck, given)
    return _with_progress(given) if given.terminal or given.import_from or given.export_to else 0


def _with_progress(given: Namespace) -> int:
    """Take progress in, practise, and hand progress out, as far as each is wanted."""
    from gen.output import place
    from gen.practice import progress
    from gen.practice.store import Store, usual_path

    taken = progress.load(given.import_from) if given.import_from else None
    code = 0
    with Store(given.progress or usual_path()) as store:
        if taken is not None:
            store.merge(taken)
            print(f"took in {given.import_from}: {progress.told(taken)}")
        if given.terminal:
            code = _practise(given, store)
        if given.export_to:
            kept = store.read()
            place(given.export_to, progress.write(kept))
            print(f"{given.export_to}: {progress.told(kept)}")
    return code


def _practise(given: Namespace, store: Store) -> int:
    from time import time

    from gen.practice.terminal.choosing import skills, weak
    from gen.practice.terminal.screen import Screen
    from gen.practice.terminal.session import Session
    from templates.notation import load

    found = skills(
        _families(given),
        given.seed,
        given.variants or VARIANTS,
        given.difficulty,
        given.arithmetic,
    )
    if given.weak:
        found = weak(found, store.read())
    screen = Screen(sys.stdin, sys.stdout)
    screen.say("opening", seed=given.seed, skills=len(found))
    whole = Session(found, store, screen, time, load(given.notation)).run()
    return 0 if whole else INTERRUPTED


def _write(output: Output, path: Path, deck: Deck, given: Namespace) -> None:
    from gen.output import place
    from gen.practice.deck import shortened
    from gen.progress import progress

    if output.short and given.variants is None:
        deck = shortened(deck)
    options = {name: getattr(given, name) for name in output.options}
    # A page is set in the time of many decks.
    with progress(len(deck.skills) if output.slow else 0, sys.stderr) as advance:
        if output.slow:
            options["advance"] = advance
        content: bytes = import_module(output.module).make(deck, **options)
    place(path, content)
    print(f"{path}  {max(1, round(len(content) / 1024))} KiB")


def _deck(given: Namespace) -> Deck:
    from gen.practice.deck import make_deck
    from gen.progress import progress
    from templates.notation import load

    families = _families(given)
    with progress(len(families), sys.stderr) as advance:
        return make_deck(
            families,
            given.seed,
            given.variants or VARIANTS,
            difficulty=given.difficulty,
            arithmetic=given.arithmetic,
            notation=load(given.notation),
            advance=advance,
        )


def _families(given: Namespace) -> tuple[LoadedFamily, ...]:
    from gen.selection import selected

    found = selected(flat(given.families), flat(given.lecture), flat(given.topic))
    return tuple(found.values())
