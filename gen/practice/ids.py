"""Names of practice items, from which `python -m gen show` makes the item again.

A name says what is drawn: family, version of the family, difficulty, form, seed and variant, as in
`weight_gradient.2.medium.numeric.7.3`, with `.exact` behind it where no calculator is needed. It
does not say how the item is told: a notation changes its symbols, not its numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from gen.errors import InputError
from gen.family import find
from gen.items import make
from gen.problem import Item, Key
from gen.vocabulary import ARITHMETICS, DIFFICULTIES, FORMS, Arithmetic, Difficulty, Form
from templates.notation import Notation

_ID = re.compile(
    r"(?P<family>[a-z]\w*)\.(?P<version>[0-9]{1,4})\.(?P<difficulty>[a-z]+)\.(?P<form>[a-z_]+)"
    r"\.(?P<seed>[+-]?[0-9]{1,1000})\.(?P<slot>[0-9]{1,6})(?:\.(?P<arithmetic>[a-z]+))?"
)
EXAMPLE = "weight_gradient.1.medium.numeric.7.3"


class IdError(InputError):
    """A text that names no practice item, or one that this release cannot make."""


@dataclass(frozen=True, slots=True)
class ItemId:
    """What names a practice item; `key.slot` is the number of the variant."""

    key: Key
    difficulty: Difficulty
    form: Form
    arithmetic: Arithmetic = "decimal"

    def __str__(self) -> str:
        key = self.key
        drawn = (key.family, key.family_version, self.difficulty, self.form, key.seed, key.slot)
        exact = ("exact",) if self.arithmetic == "exact" else ()
        return ".".join(map(str, (*drawn, *exact)))


def id_of(item: Item, arithmetic: Arithmetic) -> ItemId:
    """The name of an item that was drawn in that arithmetic."""
    return ItemId(item.key, item.difficulty, item.form, arithmetic)


def is_id(text: str) -> bool:
    """Whether a text looks like the name of an item, and not of a family."""
    return "." in text


def parse(text: str) -> ItemId:
    """The item that a text names. Raises IdError, or FamilyError where there is no such family."""
    match = _ID.fullmatch(text.strip())
    if match is None:
        raise IdError(f"'{text[:80]}' is not the name of an item, such as {EXAMPLE}")
    said = match.groupdict(default="decimal")
    for kind, known in (("difficulty", DIFFICULTIES), ("form", FORMS), ("arithmetic", ARITHMETICS)):
        if said[kind] not in known:
            raise IdError(f"there is no {kind} '{said[kind]}'; there are {', '.join(known)}")
    family = find(said["family"]).family
    if int(said["version"]) != family.version:
        raise IdError(
            f"the item is of version {said['version']} of the family {family.name}, and this "
            f"release makes version {family.version}: install the release that made the item"
        )
    key = Key(family.name, family.version, int(said["seed"]), int(said["slot"]))
    difficulty, form = cast(Difficulty, said["difficulty"]), cast(Form, said["form"])
    for what, offered in ((difficulty, family.difficulties), (form, family.forms)):
        if what not in offered:
            raise IdError(
                f"the family {family.name} has no {what} items, only {' and '.join(offered)} ones"
            )
    return ItemId(key, difficulty, form, cast(Arithmetic, said["arithmetic"]))


def again(named: ItemId, notation: Notation | None = None, full: bool = False) -> Item:
    """The item of that name. Raises what `gen.items.make` raises."""
    return make(
        find(named.key.family),
        named.key,
        named.difficulty,
        named.form,
        full=full,
        arithmetic=named.arithmetic,
        notation=notation,
    )
