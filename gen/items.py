"""Making one item: draw, pose, solve, accept, verify, within a bounded number of attempts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from functools import partial
from hashlib import blake2b

from gen import exact_solving, solving, verification
from gen.draw import Draw
from gen.errors import InputError
from gen.family import LoadedFamily, Rejected
from gen.problem import Item, Key, Problem, Solution, Verification
from gen.stating import stated
from gen.vocabulary import Arithmetic, Difficulty, Form
from templates.notation import Notation, load

ATTEMPTS = 200


class Exhausted(InputError):  # noqa: N818 - says what happened, as Rejected does
    """A family gave no acceptable item that is new within the allowed number of attempts."""

    def __init__(self, key: Key, difficulty: Difficulty, form: Form, reasons: list[str]) -> None:
        often = ", ".join(f"{why} ({n} times)" for why, n in Counter(reasons).most_common(3))
        super().__init__(
            f"the family {key.family} gives no (further) {difficulty} {form} item for seed "
            f"{key.seed} in {len(reasons)} attempts: {often}"
        )


def make(
    family: LoadedFamily,
    key: Key,
    difficulty: Difficulty,
    form: Form,
    *,
    full: bool = False,
    places: int | None = None,
    arithmetic: Arithmetic = "decimal",
    notation: Notation | None = None,
    exclude: Collection[str] = frozenset(),
    attempts: int = ATTEMPTS,
) -> Item:
    """Make the item that the key names, verified (thoroughly when `full`).

    `places` replaces the decimal places that the family would have the student carry; exact
    `arithmetic` asks for an item that needs no calculator. What is drawn is the same in every
    `notation` (the standard one without it), unless the problem as the course poses it cannot be
    answered by hand. Fingerprints in `exclude` are not made again. Raises Exhausted when no attempt
    succeeds, FamilyError when the family has no items in that arithmetic, and
    `verification.Mismatch`, naming the item, when an oracle disagrees with its answers.
    """
    family = replace(family, sample=family.sampler(arithmetic))
    reasons: list[str] = []
    told_in = notation or load()
    for attempt in range(attempts):
        try:
            item = _attempt(family, key, difficulty, form, places, told_in, exclude, attempt)
            return replace(item, verifications=_verify(family, item, full))
        except Rejected as rejected:
            reasons.append(rejected.reason)
        except Exception as fault:
            fault.add_note(f"This happened in attempt {attempt} at {describe(key)}.")
            raise
    raise Exhausted(key, difficulty, form, reasons)


def fingerprint(family: str, params: object) -> str:
    """Return the digest of a family's parameters that names the question as a student sees it."""
    # The repr of a frozen record of numbers, texts and tuples says all of it, and always the same.
    return blake2b(f"{family} {params!r}".encode(), digest_size=16).hexdigest()


def describe(key: Key) -> str:
    """Name an item in words, for messages."""
    return f"{key.family}, seed {key.seed}, slot {key.slot}, version {key.version}"


def _attempt(
    family: LoadedFamily,
    key: Key,
    difficulty: Difficulty,
    form: Form,
    places: int | None,
    notation: Notation,
    exclude: Collection[str],
    attempt: int,
) -> Item:
    stream = (key.family, key.family_version, key.seed, key.slot, key.version)
    params = family.sample(Draw("backprep", *stream, attempt), difficulty, form)
    mark = fingerprint(key.family, params)
    if mark in exclude:
        raise Rejected("the same question is in the quiz already")
    problem = _carrying(family.pose(params), places)
    # The place and rank of the right option come from a stream that no attempt moves: they stay
    # uniform over seeds however unevenly the attempts are rejected.
    options = partial(Draw, "backprep", *stream, "options")
    solution = _solved(family, problem, options())
    if family.accept is not None and not family.accept(problem, solution):
        raise Rejected("the family does not accept it")
    # Judged as it was drawn, so that the notation does not decide on what is accepted.
    posed = _posed(family, params, problem, notation)
    if posed is not problem:
        problem, solution = posed, _solved(family, posed, options())
    if (notation.sign, notation.layout) != (1, "denominator"):
        solution = stated(solution, notation.sign, notation.layout)
    problem, count = solution.problem, attempt + 1
    return Item(key, difficulty, form, params, problem, solution, mark, count, notation=notation)


def _carrying(problem: Problem, places: int | None) -> Problem:
    if places is None or problem.places == places:
        return problem
    return replace(problem, places=places)


def _solved(family: LoadedFamily, problem: Problem, draw: Draw) -> Solution:
    solve = exact_solving.solve if problem.arithmetic == "exact" else solving.solve
    return (family.solve or solve)(problem, draw)


def _posed(family: LoadedFamily, params: object, drawn: Problem, notation: Notation) -> Problem:
    """The problem in the conventions of a course: the drawn one itself where that is no other."""
    if family.pose_in is None:
        return drawn
    posed = _carrying(family.pose_in(params, notation.conventions), drawn.places)
    return drawn if posed.graph is drawn.graph else posed


def _verify(family: LoadedFamily, item: Item, full: bool) -> tuple[Verification, ...]:
    check = family.verify or verification.verify
    try:
        return check(item.problem, item.solution, full)
    except verification.Mismatch as mismatch:
        raise verification.Mismatch(f"{describe(item.key)}: {mismatch}") from mismatch
