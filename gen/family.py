"""Families of problems: what one declares, and how they are found.

A family is a file `gen/families/NAME.py` and a template `templates/families/NAME.md.j2`. The
file has

- `FAMILY`, a `Family` whose name is the file's;
- `sample(draw, difficulty, form)`, which draws a frozen record of parameters;
- `pose(params)`, which makes the `Problem`; one that takes a second argument is given the
  `solver.network.Conventions` of a course, and follows them if there are any;
- `sample_exact(draw, difficulty, form)`, if it has items that need no calculator: the same record,
  with `solver.exact` numbers in it;
- and, where the defaults will not do, `accept(problem, solution)`, `solve(problem, draw)` and
  `verify(problem, solution, full)`.

Nothing has to be registered: a family is found because its file is in the folder, or in a folder
of a course (`gen.shelves`). One that cannot be used stops the program with its name; it is never
skipped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from inspect import signature
from types import ModuleType
from typing import TYPE_CHECKING, Any

from gen import shelves
from gen.errors import InputError
from gen.shelves import Place
from gen.vocabulary import DIFFICULTIES, FORMS, Arithmetic, Difficulty, Form

if TYPE_CHECKING:
    from gen.draw import Draw
    from gen.problem import Problem, Solution, Verification
    from solver.network import Conventions


class FamilyError(InputError):
    """A family that does not exist, or whose file cannot be used."""


class Rejected(Exception):  # noqa: N818 - an outcome that asks for another draw, not an error
    """These draws make a degenerate item, for the stated reason; other draws are wanted."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Family:
    """What a family says of itself.

    `version` goes up when the family's draws change, since that changes the items of every seed.
    `summary` is one line. The first of its `topics` is the group that it is listed in
    (`vocabulary.TOPICS`, or a course's own). `lectures` name where the skill was taught
    (`vocabulary.LECTURES`, or others). `forms` are in the order in which they suit the family: the
    first is the default.
    """

    name: str
    version: int
    title: str
    summary: str
    topics: tuple[str, ...]
    lectures: tuple[str, ...]
    difficulties: tuple[Difficulty, ...] = DIFFICULTIES
    forms: tuple[Form, ...] = ("numeric", "choice")


Sample = Callable[["Draw", Difficulty, Form], Any]


@dataclass(frozen=True, slots=True)
class LoadedFamily:
    """A family with its functions; None stands for the generator's own `solve` or `verify`.

    Without a `sample_exact` it has no items that are free of a calculator. `pose_in` poses the
    problem in the conventions of a course; it is None where these make no difference. `place` says
    where its module and its template are.
    """

    family: Family
    place: Place
    sample: Sample
    pose: Callable[[Any], Problem]
    sample_exact: Sample | None = None
    accept: Callable[[Problem, Solution], bool] | None = None
    solve: Callable[[Problem, Draw], Solution] | None = None
    verify: Callable[[Problem, Solution, bool], tuple[Verification, ...]] | None = None
    pose_in: Callable[[Any, Conventions], Problem] | None = None

    def sampler(self, arithmetic: Arithmetic) -> Sample:
        """The function that draws the parameters of items in that arithmetic.

        Raises FamilyError when the family has no such items.
        """
        if arithmetic == "decimal":
            return self.sample
        if self.sample_exact is None:
            raise FamilyError(f"the family {self.family.name} has no exact items, only decimal")
        return self.sample_exact


def names() -> tuple[str, ...]:
    """Return the names of the families that quizzes draw from, in alphabetical order.

    They are the program's own and those of the folders in use (`shelves.use`). Imports none of
    them.
    """
    return tuple(sorted((*shelves.own(), *shelves.given())))


def find(name: str) -> LoadedFamily:
    """Import one family, which an installed package may also announce, and return it.

    Raises FamilyError, with the nearest names, when there is no such family, and with the cause
    when its file cannot be used.
    """
    place = shelves.place(name)
    if place is None:
        raise FamilyError(f"there is no family {name!r}; {_nearest(name)}")
    return _found(name, place)


@cache
def _found(name: str, place: Place) -> LoadedFamily:
    try:
        module = import_module(place.module)
    except Exception as error:
        cause = f"{type(error).__name__}: {error}"
        raise FamilyError(f"the family {name} cannot be imported ({cause})") from error
    return _loaded(name, module, place)


def load_families() -> dict[str, LoadedFamily]:
    """Import every family of `names` and return them by name, in alphabetical order.

    Raises FamilyError for the first that cannot be used.
    """
    return {name: find(name) for name in names()}


def _nearest(name: str) -> str:
    known = (*names(), *shelves.installed())
    near = get_close_matches(name, known, n=3, cutoff=0.4)
    return f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"


def _loaded(name: str, module: ModuleType, place: Place) -> LoadedFamily:
    for required in ("FAMILY", "sample", "pose"):
        if not hasattr(module, required):
            raise FamilyError(f"the family {name} has no {required}")
    _check(name, module.FAMILY)
    others = ("sample_exact", "accept", "solve", "verify")
    optional = {each: getattr(module, each, None) for each in others}
    follows = len(signature(module.pose).parameters) > 1
    pose_in = module.pose if follows else None
    return LoadedFamily(
        module.FAMILY, place, module.sample, module.pose, **optional, pose_in=pose_in
    )


def _check(name: str, family: Family) -> None:
    if not isinstance(family, Family):
        raise FamilyError(f"FAMILY of the family {name} is not a Family")
    if family.name != name:
        raise FamilyError(f"the family in {name}.py calls itself {family.name!r}")
    for field, given, known in (
        ("difficulties", family.difficulties, DIFFICULTIES),
        ("forms", family.forms, FORMS),
    ):
        if not given or not set(given) <= set(known):
            raise FamilyError(f"the family {name} needs {field} out of {', '.join(known)}")
