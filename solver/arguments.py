"""The command line of `python -m solver`: what can be asked for.

Nothing here imports more than the standard library until a command is known, so that help and
mistakes are answered at once.
"""

from __future__ import annotations

import re
from argparse import Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Literal, get_args

from solver.shell import BadInput, Parser, whole

Format = Literal["text", "md", "html", "pdf", "latex", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)

COMMANDS = ("graph", "net", "softmax", "shape", "params")

MOST_PLACES = 10
_EXAMPLES = """\
examples:
  python -m solver graph 'exp(x*z) + x*z/log(x) + sin(log(x))/(x*z)' x=2 z=3
      every node's value and gradient, worked line by line
  python -m solver graph 'q = x + y; f = q*z' x=-2 y=5 z=-4 --answer x=4
      the same for statements; and is 4 right for df/dx, or which mistake is it
  python -m solver net problem.toml --notation cmu-chai -o solution.pdf
      a network from a file, as that lecture would write it
  python -m solver softmax -1.0 2.7 0.5 --target 2
  python -m solver shape 'W2.T @ delta2 * (1 - o1)' W2=3x4 delta2=3x1 o1=4x1
  python -m solver params 784-128-64-10
"""

# An option is two dashes and a letter, or one of these; all else that begins with a dash is input.
_SHORT_OPTIONS = ("-o", "-h")


def parse(arguments: Sequence[str]) -> Namespace:
    """Read a command line; the result's `command` is the name of one of the modules in `commands`.

    Raises BadInput, with one sentence, when it cannot be followed. Help goes to standard output
    and raises SystemExit.
    """
    command = arguments[0] if arguments else "--help"
    if command in COMMANDS:
        parser = _parser(command)
        # Options may stand between the values.
        return parser.parse_intermixed_args(_shielded(arguments[1:]), Namespace(command=command))
    if command in ("-h", "--help"):
        _main_parser().parse_args(["--help"])
    near = get_close_matches(command, COMMANDS, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(COMMANDS)}"
    raise BadInput(f"there is no command {command!r}; {hint}")


def _shielded(arguments: Sequence[str]) -> list[str]:
    """The arguments with a space before those that begin with a dash and are no options.

    So -1.0 and -x^2 are taken as they are meant; a bare -- says nothing more.
    """
    return [
        f" {text}" if text.startswith("-") and not _is_option(text) else text
        for text in arguments
        if text != "--"
    ]


def _is_option(text: str) -> bool:
    return bool(re.match(r"--[a-z]{2}", text)) or text in _SHORT_OPTIONS


def _main_parser() -> Parser:
    parser = Parser(
        prog="python -m solver",
        description="Solve a problem on backpropagation, with every step worked.",
        epilog=_EXAMPLES,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name in COMMANDS:
        commands.add_parser(name, help=import_module(f"solver.commands.{name}").HELP)
    return parser


def _parser(command: str) -> Parser:
    module = import_module(f"solver.commands.{command}")
    parser = Parser(
        prog=f"python -m solver {command}",
        description=f"{module.HELP[:1].upper()}{module.HELP[1:]}.",
        epilog=getattr(module, "EXAMPLES", None),
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    module.add(parser)
    _add_common(parser)
    return parser


def _add_common(parser: Parser) -> None:
    group = parser.add_argument_group("how it is shown")
    group.add_argument(
        "--notation", default="standard", metavar="NAME", help="symbols, or a file of your own"
    )
    group.add_argument("--format", choices=FORMATS, help="(what -o says, else text)")
    group.add_argument(
        "--json", action="store_const", const="json", dest="format", help="short for --format json"
    )
    group.add_argument(
        "--places",
        type=whole(1, MOST_PLACES),
        default=4,
        metavar="N",
        help="decimal places of every line (4)",
    )
    group.add_argument(
        "--arithmetic",
        choices=("decimal", "exact"),
        default="decimal",
        help="exact keeps fractions, roots, logarithms and powers of e (decimal)",
    )
    group.add_argument("-o", dest="out", type=Path, metavar="FILE", help="write to a file")
