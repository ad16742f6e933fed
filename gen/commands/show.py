"""`python -m gen show FAMILY --seed N`: one item and its worked solution on the terminal."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gen.options import add_item, parser, require_seed
from solver.shell import BadInput

if TYPE_CHECKING:
    from gen.problem import Item
    from gen.vocabulary import Difficulty


def parse(arguments: Sequence[str], given: Namespace) -> Namespace:
    """The arguments added to `given`. Raises BadInput."""
    found = parser(
        "show",
        "Print one item and its worked solution.",
        "example: python -m gen show weight_gradient --seed 7 --difficulty hard",
    )
    add_item(found)
    return require_seed(found.parse_args(arguments, given))


def run(given: Namespace) -> int:
    """Print the item. Raises InputError, and Mismatch where an oracle disagrees."""
    from gen.presentation.items import single
    from templates.writers import text

    print(text.write(single(item(given))), end="")
    return 0


def item(given: Namespace) -> Item:
    """The item that `options.add_item` names. Raises what `run` raises."""
    from gen.family import find
    from gen.items import make
    from gen.problem import Key
    from templates.notation import load

    loaded = find(given.family)
    family = loaded.family
    difficulty = given.difficulty or _usual(family.difficulties)
    form = given.form or family.forms[0]
    _require(family.name, difficulty, family.difficulties)
    _require(family.name, form, family.forms)
    return make(
        loaded,
        Key(family.name, family.version, given.seed),
        difficulty,
        form,
        full=given.verify == "full",
        places=given.places,
        arithmetic=given.arithmetic,
        notation=load(given.notation),
    )


def _usual(difficulties: tuple[Difficulty, ...]) -> Difficulty:
    return "medium" if "medium" in difficulties else difficulties[0]


def _require(name: str, wanted: str, offered: Sequence[str]) -> None:
    if wanted not in offered:
        known = " and ".join(offered)
        raise BadInput(f"the family {name} has no {wanted} items, only {known} ones")
