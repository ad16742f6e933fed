"""The command line: what can be asked for, and what is wrong with it when it cannot.

Nothing here imports more than the standard library, so that help and mistakes are answered at
once.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from difflib import get_close_matches
from hashlib import blake2b
from importlib import import_module
from pathlib import Path

from gen import __version__
from gen.options import (
    LONGEST,
    add_arithmetic,
    add_count,
    add_families,
    add_jobs,
    add_notation,
    add_plugin,
    add_seed,
    add_selection,
    flat,
    parser,
    require_seed,
)
from gen.quiz.settings import TITLE, Settings
from gen.vocabulary import DIFFICULTIES, PAPERS, THOROUGHNESS
from solver.shell import BadInput, Parser

COMMANDS = ("audit", "list", "mark", "new", "practice", "show")
"""Each is a module of `gen.commands`."""

_EXAMPLES = """\
commands:
  list                 show the families of problems: topic, lectures, forms, sizes
  show FAMILY          print one item and its worked solution
  mark FAMILY          mark a student's answers to that item, part by part
  practice             many variants of each skill, for students who test themselves
  audit [FAMILY]       make thousands of items and look for whatever is wrong with them
  new NAME             begin a family of your own: two files that work
  (each has a --help of its own)

examples:
  python -m gen --seed 7
      ten items from easy to hard: output/quiz-7/quiz.pdf, key.pdf and quiz.json
  python -m gen --seed 7 --versions 4 --title "Midterm 1" --course "ML 101" --paper letter
      four different papers of the same slots, each with its key
  python -m gen --seed 7 --families softmax_values,cross_entropy --difficulty easy --items 5
      only these families
  python -m gen --seed 7 --lecture 000
      only what that lecture taught
  python -m gen --seed 7 --arithmetic exact
      a quiz without a calculator: fractions, logarithms, powers of e
  python -m gen --seed 7 --notation cmu-gormley
      in the symbols and conventions of a course, or of a file of your own
  python -m gen --seed 7 --verify full --check
      verify everything twice over and write nothing
  python -m gen show weight_gradient --seed 7 --difficulty hard
"""


def parse(arguments: Sequence[str]) -> Namespace:
    """Read a command line; the result's `command` is `make` or one of `COMMANDS`.

    Raises BadInput, with one sentence, when it cannot be followed. Help goes to standard output
    and raises SystemExit.
    """
    command = arguments[0] if arguments else ""
    if command in COMMANDS:
        module = import_module(f"gen.commands.{command}")
        given: Namespace = module.parse(arguments[1:], Namespace(command=command))
        return given
    if command and not command.startswith("-"):
        near = get_close_matches(command, COMMANDS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(COMMANDS)}"
        raise BadInput(f"there is no command {command!r}; {hint}")
    given = require_seed(_make_parser().parse_args(arguments, Namespace(command="make")))
    given.out = given.out or default_folder(given.seed)
    return given


def settings(given: Namespace) -> Settings:
    """Return what a parsed command line says about the quiz (as opposed to the run)."""
    return Settings(
        seed=given.seed,
        items=given.items,
        families=flat(given.families),
        lectures=flat(given.lecture),
        topics=flat(given.topic),
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
        plugins=tuple(given.plugin),
    )


def default_folder(seed: int) -> Path:
    """Return `output/quiz-SEED`; a seed too long for a file name is cut short and digested."""
    name = f"quiz-{seed}"
    if len(name) > LONGEST:
        name = f"{name[:20]}-{blake2b(name.encode(), digest_size=8).hexdigest()}"
    return Path("output") / name


def _make_parser() -> Parser:
    found = parser(
        "",
        "Make a quiz on backpropagation, its key and worked solutions, all verified.",
        _EXAMPLES,
    )
    found.add_argument("--version", action="version", version=f"backprep {__version__}")
    add_seed(found)
    _add_content(found)
    _add_heading(found)
    _add_run(found)
    return found


def _add_content(parser: Parser) -> None:
    group = parser.add_argument_group("what is asked")
    add_count(group, "items", 10, "how many (10)")
    add_families(group)
    add_selection(group)
    add_plugin(group)
    group.add_argument("--difficulty", choices=DIFFICULTIES, help="one for all (rising)")
    add_count(group, "points", None, "of each item (4, 6 or 8, by difficulty)")
    add_count(group, "places", 4, "decimal places that students carry (4)")
    add_arithmetic(group)
    add_count(group, "versions", 1, "different papers to make (1)")


def _add_heading(parser: Parser) -> None:
    group = parser.add_argument_group("how it looks")
    group.add_argument("--title", default=TITLE, help="the paper's title")
    group.add_argument("--course", default="", help="the course, under the title")
    group.add_argument("--date", default="", help="the date, as it is to be printed (a blank)")
    add_notation(group)
    group.add_argument("--paper", choices=PAPERS, default="a4", help="the size of the paper (a4)")


def _add_run(parser: Parser) -> None:
    group = parser.add_argument_group("how it is made")
    group.add_argument("--out", type=Path, metavar="DIR", help="the folder (output/quiz-SEED)")
    group.add_argument(
        "--verify", choices=THOROUGHNESS, default="fast", help="how thoroughly (fast)"
    )
    group.add_argument("--check", action="store_true", help="verify and write nothing")
    add_jobs(group, "processes to set pages")
    group.add_argument("--quiet", action="store_true", help="print nothing but mistakes")
