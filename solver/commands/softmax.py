"""`softmax`: probabilities from scores, the cross-entropy with a target, gradient and Jacobian."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from solver.commands.command import Report
from solver.commands.common import arithmetic
from solver.commands.records import plain, step_records
from solver.errors import InputError
from solver.parsing.values import value
from solver.softmax import Softmax

if TYPE_CHECKING:
    from templates.document import Document
    from templates.notation import Notation

HELP = "turn scores into probabilities, with loss, gradient and Jacobian"

EXAMPLES = """\
examples:
  python -m solver softmax -1.0 2.7 0.5 --target 2
  python -m solver softmax -1.0 2.7 0.5 --target 0.1,0.7,0.2 --jacobian
  python -m solver softmax 1000 998 997 --temperature 2
  python -m solver softmax 'ln 2' 'ln 3' 0 --target 1 --arithmetic exact
"""

MOST_SCORES, MOST_FOR_JACOBIAN = 200, 10
LARGEST = 1e6
"""The largest score, and the largest temperature; the smallest one is 1 over it."""


def add(parser: ArgumentParser) -> None:
    """Add the scores and what is wanted."""
    parser.add_argument("scores", nargs="+", metavar="SCORE", help="a score for each class")
    parser.add_argument(
        "--target", metavar="CLASS", help="the right class, counted from 1, or targets: 0,1,0"
    )
    parser.add_argument("--temperature", metavar="T", help="divide every score by it first")
    parser.add_argument(
        "--stable", action="store_true", help="subtract the largest score (as large ones always do)"
    )
    parser.add_argument(
        "--jacobian", action="store_true", help="also each probability's derivative by each score"
    )


def run(given: Namespace) -> Report:
    """Work the softmax. Raises InputError for scores, targets or temperatures that do not fit."""
    from templates.notation import load

    notation = load(given.notation)
    problem = _problem(given, notation)
    return Report(lambda: _document(problem, notation), lambda: record(problem, notation))


def _problem(given: Namespace, notation: Notation) -> Softmax:
    exact = given.arithmetic == "exact"
    scores = _scores(_split(given.scores), exact)
    if given.jacobian and len(scores) > MOST_FOR_JACOBIAN:
        raise InputError(f"--jacobian is for at most {MOST_FOR_JACOBIAN} scores, not {len(scores)}")
    targets, label = _targets(given.target, len(scores), exact)
    return Softmax(
        scores,
        targets,
        label,
        None if given.temperature is None else _temperature(given.temperature.strip(), exact),
        arithmetic(given),
        given.stable,
        given.jacobian,
        notation.sign,
    )


def _split(texts: Sequence[str]) -> list[str]:
    """The numbers of a list that stands in one argument or several, with or without brackets."""
    bare = (re.sub(r"^[\s\[]+|[\s,;\]]+$", "", text) for text in texts)
    return [part.strip() for text in bare if text for part in re.split("[,;]", text)]


def _scores(texts: Sequence[str], exact: bool) -> NDArray[Any]:
    if not texts:
        raise InputError("softmax needs at least one score")
    if len(texts) > MOST_SCORES:
        raise InputError(f"there are {len(texts)} scores; at most {MOST_SCORES} are worked")
    scores = np.array([_number(text, exact, "score") for text in texts])
    for text, score in zip(texts, scores, strict=True):
        if not abs(float(score)) <= LARGEST:
            raise InputError(f"the score {text} is not between -{LARGEST:.0f} and {LARGEST:.0f}")
    return scores


def _number(text: str, exact: bool, what: str) -> Any:
    """One number. Raises InputError for what cannot be read, or is more than a number."""
    if not text:
        raise InputError(f"there is a {what} missing between two commas")
    found = value(text, exact)
    if np.shape(found) != ():
        raise InputError(f"the {what} {text!r} is not a single number")
    return np.asarray(found)[()]


def _temperature(text: str, exact: bool) -> Any:
    found = _number(text, exact, "temperature")
    if not 1 / LARGEST <= float(found) <= LARGEST:
        raise InputError(
            f"the temperature is {text}; it must be positive, from {1 / LARGEST:.6f} "
            f"to {LARGEST:.0f}"
        )
    return found


def _targets(text: str | None, count: int, exact: bool) -> tuple[NDArray[Any] | None, int | None]:
    """The targets of all classes and, if they are one-hot, the class, counted from 0."""
    if text is None:
        return None, None
    parts = _split([text])
    if len(parts) == 1 and not re.search(r"[,;\[]", text):
        label = _label(parts[0], count)
        return np.eye(count)[label], label
    targets = _distribution(parts, count, exact)
    ones = np.flatnonzero(np.asarray(targets, dtype=float) == 1)
    return targets, int(ones[0]) if len(ones) == 1 else None


def _label(text: str, count: int) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text) or not 1 <= int(text) <= count:
        raise InputError(
            f"--target {text}: expected a class from 1 to {count}, or {count} targets "
            "with commas between them"
        )
    return int(text) - 1


def _distribution(parts: Sequence[str], count: int, exact: bool) -> NDArray[Any]:
    if len(parts) != count:
        raise InputError(f"there are {len(parts)} targets for {count} scores")
    targets = np.array([_number(part, exact, "target") for part in parts])
    floats = np.asarray(targets, dtype=float)
    if np.any(floats < 0) or abs(float(floats.sum()) - 1) > 1e-9:
        raise InputError(
            f"the targets {', '.join(parts)} are no distribution: "
            "they must not be negative and must add up to 1"
        )
    return targets


def _document(problem: Softmax, notation: Notation) -> Document:
    from templates.solutions.softmax import page

    return page(problem, notation)


def record(problem: Softmax, notation: Notation) -> dict[str, object]:
    """The softmax as JSON has it; loss and gradient are None where there is no target."""
    from templates.solutions.softmax import symbols_of

    found: dict[str, object] = {
        "softmax": plain(problem.probabilities),
        "loss": problem.loss,
        "gradient": None if problem.gradient is None else plain(problem.gradient),
    }
    if problem.with_jacobian:
        found["jacobian"] = plain(problem.jacobian)
    return {**found, "steps": step_records(problem.steps, symbols_of(problem, notation))}
