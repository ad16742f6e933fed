"""`python -m gen show FAMILY --seed N`: one item and its worked solution on the terminal.

An item of practice is shown by its name alone, such as `cross_entropy.1.easy.numeric.7.3`.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gen.options import add_item, parser, require_item
from solver.shell import BadInput

PLACES = 4
"""The decimal places that students carry unless it is said."""

if TYPE_CHECKING:
    from gen.problem import Item
    from gen.vocabulary import Difficulty


def parse(arguments: Sequence[str], given: Namespace) -> Namespace:
    """The arguments added to `given`. Raises BadInput."""
    found = parser(
        "show",
        "Print one item and its worked solution.",
        "examples:\n"
        "  python -m gen show weight_gradient --seed 7 --difficulty hard\n"
        "  python -m gen show cross_entropy.1.easy.numeric.7.3   an item of practice, by its name",
    )
    add_item(found)
    return require_item(found.parse_args(arguments, given))


def run(given: Namespace) -> int:
    """Print the item. Raises InputError, and Mismatch where an oracle disagrees."""
    from gen.practice.ids import is_id
    from gen.presentation.items import single
    from templates.writers import text

    name = given.family if is_id(given.family) else ""
    print(text.write(single(item(given), name)), end="")
    return 0


def item(given: Namespace) -> Item:
    """The item that `options.add_item` names. Raises what `run` raises."""
    from gen.family import find
    from gen.items import make
    from gen.practice.ids import again, is_id, parse
    from gen.problem import Key
    from templates.notation import load

    full, notation = given.verify == "full", load(given.notation)
    if is_id(given.family):
        return again(parse(given.family), notation, full)
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
        full=full,
        places=given.places or PLACES,
        arithmetic=given.arithmetic or "decimal",
        notation=notation,
    )


def _usual(difficulties: tuple[Difficulty, ...]) -> Difficulty:
    return "medium" if "medium" in difficulties else difficulties[0]


def _require(name: str, wanted: str, offered: Sequence[str]) -> None:
    if wanted not in offered:
        known = " and ".join(offered)
        raise BadInput(f"the family {name} has no {wanted} items, only {known} ones")
