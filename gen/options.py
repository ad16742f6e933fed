"""Options that several commands take, and how they are read.

Nothing here imports more than the standard library.
"""

from __future__ import annotations

import re
from argparse import ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from typing import TYPE_CHECKING

from gen.quiz.settings import LIMITS, NOTATION
from gen.vocabulary import ARITHMETICS, DIFFICULTIES, FORMS, THOROUGHNESS
from solver.shell import BadInput, Parser, whole

if TYPE_CHECKING:
    from argparse import _ActionsContainer

JOBS = (1, 64)
LONGEST = 60
"""The characters of a name or a number that are shown, or used in a file's name."""
_SEED_DIGITS = 1000


def parser(command: str, description: str, epilog: str = "") -> Parser:
    """A parser for `python -m gen COMMAND`; the epilog of its help keeps its lines."""
    return Parser(
        prog=f"python -m gen {command}".strip(),
        description=description,
        epilog=epilog,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def add_seed(group: _ActionsContainer) -> None:
    """`--seed`, which `require_seed` asks for."""
    group.add_argument(
        "--seed", type=seed, metavar="N", help="any integer; it names the quiz (required)"
    )


def require_seed(given: Namespace) -> Namespace:
    """The parsed command line. Raises BadInput where it has no seed."""
    if given.seed is None:
        raise BadInput("no seed is given; any integer will do, such as --seed 7")
    return given


def add_item(group: _ActionsContainer) -> None:
    """What names one item: its family, seed, difficulty and form, and how it is told."""
    group.add_argument(
        "family",
        metavar="FAMILY",
        help="a name that `list` shows; or an item of practice, by its whole name",
    )
    add_seed(group)
    group.add_argument("--difficulty", choices=DIFFICULTIES, help="(medium, if there is one)")
    group.add_argument("--form", choices=FORMS, help="(the one that suits the family best)")
    add_count(group, "places", None, "decimal places that students carry (4)")
    add_arithmetic(group, None)
    add_notation(group)
    group.add_argument("--verify", choices=THOROUGHNESS, default="fast", help="(fast)")
    add_plugin(group)


def add_count(group: _ActionsContainer, name: str, default: int | None, words: str) -> None:
    """A whole number within the limits that the settings of a quiz have for it."""
    kind = whole(*LIMITS[name])
    group.add_argument(f"--{name}", type=kind, default=default, metavar="N", help=words)


def add_jobs(group: _ActionsContainer, words: str) -> None:
    """`--jobs`: how many processes share the work."""
    group.add_argument("--jobs", type=whole(*JOBS), default=1, metavar="N", help=f"{words} (1)")


def require_item(given: Namespace) -> Namespace:
    """The parsed command line of `add_item`.

    Raises BadInput where a family has no seed, or the name of an item has what it says already.
    """
    from gen.practice.ids import is_id

    if not is_id(given.family):
        return require_seed(given)
    for option in ("seed", "difficulty", "form", "places", "arithmetic"):
        if getattr(given, option) is not None:
            raise BadInput(f"leave --{option} out: the name of an item says it already")
    return given


def add_arithmetic(group: _ActionsContainer, default: str | None = "decimal") -> None:
    """`--arithmetic`, decimal unless it is said."""
    group.add_argument(
        "--arithmetic",
        choices=ARITHMETICS,
        default=default,
        help="exact: fractions, logarithms and powers of e, no calculator (decimal)",
    )


def add_notation(group: _ActionsContainer) -> None:
    """`--notation`."""
    group.add_argument(
        "--notation",
        default=NOTATION,
        metavar="NAME",
        help=f"the symbols of a course, or a TOML file of your own ({NOTATION})",
    )


def add_plugin(group: _ActionsContainer) -> None:
    """`--plugin`, as often as there are folders."""
    group.add_argument(
        "--plugin",
        action="append",
        default=[],
        metavar="DIR",
        help="a folder with families of your own, which is run as Python; may be repeated",
    )


def add_families(group: _ActionsContainer) -> None:
    """`--families`, as often as wanted."""
    group.add_argument(
        "--families",
        type=names,
        action="append",
        default=[],
        metavar="NAMES",
        help="only these, with commas between; may be repeated (all)",
    )


def add_selection(group: _ActionsContainer) -> None:
    """`--lecture` and `--topic`, each as often as wanted."""
    for name, words in (("lecture", "000 to 004"), ("topic", "the groups that `list` shows")):
        group.add_argument(
            f"--{name}",
            type=names,
            action="append",
            default=[],
            metavar="NAMES",
            help=f"only families of it ({words}); may be repeated",
        )


def seed(text: str) -> int:
    """An integer of any sign, for argparse."""
    if not re.fullmatch(rf"[+-]?[0-9]{{1,{_SEED_DIGITS}}}", text):
        shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
        raise ArgumentTypeError(
            f"expected an integer of at most {_SEED_DIGITS} digits, not {shown!r}"
        )
    return int(text)


def names(text: str) -> list[str]:
    """Names with commas between, for argparse."""
    found = [name.strip() for name in text.split(",")]
    if not all(found):
        raise ArgumentTypeError(f"expected names with commas between, not {text!r}")
    return found


def flat(groups: list[list[str]]) -> tuple[str, ...]:
    """What an option that may be repeated was given, each name once."""
    return tuple(dict.fromkeys(name for group in groups for name in group))
