"""The command line: what can be asked for, and what is wrong with it when it cannot.

Nothing here imports more than the standard library, so that help and mistakes are answered at
once.
"""

from __future__ import annotations

import re
from argparse import ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from difflib import get_close_matches
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from gen import __version__
from gen.quiz.settings import LIMITS, NOTATION, TITLE, Settings
from gen.vocabulary import ARITHMETICS, DIFFICULTIES, FORMS, PAPERS, THOROUGHNESS
from solver.shell import BadInput, Parser, whole

if TYPE_CHECKING:
    from argparse import _ActionsContainer

COMMANDS = ("list", "show")

_SEED_DIGITS = 1000
_JOBS = (1, 64)
_NAME_LENGTH = 60
_EXAMPLES = """\
commands:
  list                 show the families of problems, one a line
  show FAMILY          print one item and its worked solution (see show --help)

examples:
  python -m gen --seed 7
      ten items from easy to hard: output/quiz-7/quiz.pdf, key.pdf and quiz.json
  python -m gen --seed 7 --versions 4 --title "Midterm 1" --course "ML 101" --paper letter
      four different papers of the same slots, each with its key
  python -m gen --seed 7 --families softmax_values,cross_entropy --difficulty easy --items 5
      only these families
  python -m gen --seed 7 --arithmetic exact
      a quiz without a calculator: fractions, logarithms, powers of e
  python -m gen --seed 7 --notation cmu-gormley
      in the symbols and conventions of a course, or of a file of your own
  python -m gen --seed 7 --verify full --check
      verify everything twice over and write nothing
  python -m gen show weight_gradient --seed 7 --difficulty hard
"""


def parse(arguments: Sequence[str]) -> Namespace:
    """Read a command line; the result's `command` is `make`, `list` or `show`.

    Raises BadInput, with one sentence, when it cannot be followed. Help goes to standard output
    and raises SystemExit.
    """
    command = arguments[0] if arguments else ""
    if command in COMMANDS:
        parser = _list_parser() if command == "list" else _show_parser()
        return _with_seed(parser.parse_args(arguments[1:], Namespace(command=command)))
    if command and not command.startswith("-"):
        near = get_close_matches(command, COMMANDS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {' and '.join(COMMANDS)}"
        raise BadInput(f"there is no command {command!r}; {hint}")
    given = _with_seed(_make_parser().parse_args(arguments, Namespace(command="make")))
    given.out = given.out or default_folder(given.seed)
    return given


def _with_seed(given: Namespace) -> Namespace:
    if given.command != "list" and given.seed is None:
        raise BadInput("no seed is given; any integer will do, such as --seed 7")
    return given


def settings(given: Namespace) -> Settings:
    """Return what a parsed command line says about the quiz (as opposed to the run)."""
    return Settings(
        seed=given.seed,
        items=given.items,
        families=tuple(dict.fromkeys(name for group in given.families for name in group)),
        difficulty=given.difficulty,
        points=given.points,
        title=given.title,
        course=given.course,
        date=given.date,
        paper=given.paper,
        versions=given.versions,
        verify=given.verify,
        places=given.places,
        arithmetic=given.arithmetic,
        notation=given.notation,
    )


def default_folder(seed: int) -> Path:
    """Return `output/quiz-SEED`; a seed too long for a file name is cut short and digested."""
    name = f"quiz-{seed}"
    if len(name) > _NAME_LENGTH:
        name = f"{name[:20]}-{blake2b(name.encode(), digest_size=8).hexdigest()}"
    return Path("output") / name


def _make_parser() -> Parser:
    parser = Parser(
        prog="python -m gen",
        description="Make a quiz on backpropagation, its key and worked solutions, all verified.",
        epilog=_EXAMPLES,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"backprep {__version__}")
    _add_seed(parser)
    _add_content(parser)
    _add_heading(parser)
    _add_run(parser)
    return parser


def _add_seed(parser: Parser) -> None:
    parser.add_argument(
        "--seed", type=_seed, metavar="N", help="any integer; it names the quiz (required)"
    )


def _add_content(parser: Parser) -> None:
    group = parser.add_argument_group("what is asked")
    _add_count(group, "items", 10, "how many (10)")
    group.add_argument(
        "--families",
        type=_names,
        action="append",
        default=[],
        metavar="NAMES",
        help="only these, with commas between; may be repeated (all)",
    )
    group.add_argument("--difficulty", choices=DIFFICULTIES, help="one for all (rising)")
    _add_count(group, "points", None, "of each item (4, 6 or 8, by difficulty)")
    _add_count(group, "places", 4, "decimal places that students carry (4)")
    _add_arithmetic(group)
    _add_count(group, "versions", 1, "different papers to make (1)")


def _add_heading(parser: Parser) -> None:
    group = parser.add_argument_group("how it looks")
    group.add_argument("--title", default=TITLE, help="the paper's title")
    group.add_argument("--course", default="", help="the course, under the title")
    group.add_argument("--date", default="", help="the date, as it is to be printed (a blank)")
    _add_notation(group)
    group.add_argument("--paper", choices=PAPERS, default="a4", help="the size of the paper (a4)")


def _add_run(parser: Parser) -> None:
    group = parser.add_argument_group("how it is made")
    group.add_argument("--out", type=Path, metavar="DIR", help="the folder (output/quiz-SEED)")
    group.add_argument(
        "--verify", choices=THOROUGHNESS, default="fast", help="how thoroughly (fast)"
    )
    group.add_argument("--check", action="store_true", help="verify and write nothing")
    group.add_argument(
        "--jobs", type=whole(*_JOBS), default=1, metavar="N", help="processes to set pages (1)"
    )
    group.add_argument("--quiet", action="store_true", help="print nothing but mistakes")


def _list_parser() -> Parser:
    return Parser(prog="python -m gen list", description="Show the families, one a line.")


def _show_parser() -> Parser:
    parser = Parser(
        prog="python -m gen show",
        description="Print one item and its worked solution.",
        epilog="example: python -m gen show weight_gradient --seed 7 --difficulty hard",
        allow_abbrev=False,
    )
    parser.add_argument("family", metavar="FAMILY", help="a name that `list` shows")
    _add_seed(parser)
    parser.add_argument("--difficulty", choices=DIFFICULTIES, help="(medium, if there is one)")
    parser.add_argument("--form", choices=FORMS, help="(the one that suits the family best)")
    _add_count(parser, "places", 4, "decimal places that students carry (4)")
    _add_arithmetic(parser)
    _add_notation(parser)
    parser.add_argument("--verify", choices=THOROUGHNESS, default="fast", help="(fast)")
    return parser


def _add_count(group: _ActionsContainer, name: str, default: int | None, words: str) -> None:
    kind = whole(*LIMITS[name])
    group.add_argument(f"--{name}", type=kind, default=default, metavar="N", help=words)


def _add_arithmetic(group: _ActionsContainer) -> None:
    group.add_argument(
        "--arithmetic",
        choices=ARITHMETICS,
        default="decimal",
        help="exact: fractions, logarithms and powers of e, no calculator (decimal)",
    )


def _add_notation(group: _ActionsContainer) -> None:
    group.add_argument(
        "--notation",
        default=NOTATION,
        metavar="NAME",
        help=f"the symbols of a course, or a TOML file of your own ({NOTATION})",
    )


def _seed(text: str) -> int:
    if not re.fullmatch(rf"[+-]?[0-9]{{1,{_SEED_DIGITS}}}", text):
        shown = text if len(text) <= _NAME_LENGTH else f"{text[:_NAME_LENGTH]}..."
        raise ArgumentTypeError(
            f"expected an integer of at most {_SEED_DIGITS} digits, not {shown!r}"
        )
    return int(text)


def _names(text: str) -> list[str]:
    found = [name.strip() for name in text.split(",")]
    if not all(found):
        raise ArgumentTypeError(f"expected names with commas between, not {text!r}")
    return found
