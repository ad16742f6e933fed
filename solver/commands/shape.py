"""`shape`: the shape of every part of an expression, or where it breaks and why."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from solver.commands.command import Report
from solver.errors import InputError
from solver.parsing.grammar import expression
from solver.parsing.values import assignment
from solver.parsing.values import shape as read_shape
from solver.shape_walk import Part, repairs, walk
from solver.shapes import Shape, show
from solver.term import Term, leaves
from templates.document import Document

HELP = "follow shapes through an expression, in linear algebra and in NumPy"

EXAMPLES = """\
examples:
  python -m solver shape 'W2.T @ delta2 * (1 - o1)' W2=3x4 delta2=3x1 o1=4x1
  python -m solver shape 'W2.T @ delta2 * (1 - o1.T)' W2=mxn delta2=mx1 o1=nx1
  python -m solver shape 'X @ w + b' X=32x5 w=5 b=scalar
"""

MOST_AXES = 2
_CONSTANTS = ("e", "pi")


def add(parser: ArgumentParser) -> None:
    """Add the expression and the shapes of its names."""
    parser.add_argument("expression", help="with @ * / + - ** .T, functions, sum and outer")
    parser.add_argument(
        "shapes",
        nargs="*",
        metavar="NAME=SHAPE",
        help="3x4, 3x1, mxn, 5 (one axis) or scalar, for every name",
    )


def run(given: Namespace) -> Report:
    """Walk through the expression. Raises InputError for what cannot be read or lacks a shape."""
    names = [assignment(text)[0] for text in given.shapes]
    term = expression(given.expression, names)
    shapes = _shapes(given.shapes, term)
    parts = walk(term, shapes)
    return Report(lambda: _document(parts, shapes), lambda: record(parts))


def _shapes(texts: Iterable[str], term: Term) -> dict[str, Shape]:
    """The shape of every name of the expression, in the order in which they were given."""
    found: dict[str, Shape] = {}
    for text in texts:
        name, shape = assignment(text)
        if name in found:
            raise InputError(f"the shape of '{name}' is given twice")
        found[name] = _checked(name, read_shape(shape))
    names = dict.fromkeys(str(leaf.args[0]) for leaf in leaves(term))
    for name in names:
        if name not in found and name not in _CONSTANTS:
            raise InputError(f"no shape is given for '{name}'; add {name}=3x1, say")
    for name in found:
        if name not in names:
            near = get_close_matches(name, names, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            raise InputError(f"'{name}' has a shape but is not in the expression{hint}")
    return found | {name: () for name in names if name not in found}


def _checked(name: str, shape: Shape) -> Shape:
    if len(shape) > MOST_AXES:
        raise InputError(
            f"'{name}' has the shape {show(shape)}; arrays of at most {MOST_AXES} axes are followed"
        )
    return shape


def _document(parts: tuple[Part, ...], shapes: Mapping[str, Shape]) -> Document:
    from templates.solutions.shapes import page

    return page(parts, shapes, repairs(parts, shapes))


def record(parts: tuple[Part, ...]) -> dict[str, object]:
    """What was found as JSON has it; shapes are lists of whole numbers and of symbols as texts."""
    from templates.solutions.shapes import as_list, problem

    whole = parts[-1]
    return {
        "shape": as_list(whole.shape),
        "numpy_shape": as_list(whole.numpy_shape),
        "problem": problem(parts),
        "steps": [_step(part) for part in parts],
    }


def _step(part: Part) -> dict[str, object]:
    from templates.solutions.shapes import as_list, part_problem

    return {
        "expression": part.text,
        "shape": as_list(part.shape),
        "numpy_shape": as_list(part.numpy_shape),
        "problem": part_problem(part),
    }
