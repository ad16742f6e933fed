"""Drawing a setting for a question about delta's shape, and the expressions that are offered.

A student must not be able to guess from length. With one right option, the number of options that
are shorter is drawn first, uniformly; where several are right, short and long ones are drawn alike.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from gen.draw import Draw
from gen.topics.shapes.expressions import KINDS, Group, Kind, Pool, pool
from gen.topics.shapes.settings import (
    Activation,
    Bias,
    Examples,
    Place,
    Setting,
    Weights,
    following,
)
from gen.vocabulary import Difficulty, Form

COUNTS: dict[Difficulty, tuple[int, int]] = {"easy": (4, 4), "medium": (5, 6), "hard": (6, 8)}
_OUTPUT_LAYERS: dict[Difficulty, int] = {"easy": 4, "medium": 5, "hard": 6}
"""One item in so many is about an output layer."""

_ACTIVATIONS: tuple[Activation, ...] = ("tanh", "sigmoid", "relu")
_Layout = tuple[Examples, Bias, Weights]
HIDDEN: dict[Difficulty, tuple[_Layout, ...]] = {
    "easy": (("one", "apart", "out x in"),),
    "medium": (
        ("one", "apart", "out x in"),
        ("one", "kept", "out x in"),
        ("columns", "apart", "out x in"),
        ("columns", "kept", "out x in"),
    ),
    "hard": (
        ("rows", "apart", "out x in"),
        ("rows", "apart", "in x out"),
        ("rows", "dropped", "out x in"),
        ("rows", "dropped", "in x out"),
        ("columns", "dropped", "out x in"),
        ("one", "dropped", "out x in"),
    ),
}
OUTPUT: dict[Difficulty, tuple[_Layout, ...]] = {
    "easy": (("one", "apart", "out x in"),),
    "medium": (("one", "apart", "out x in"), ("columns", "apart", "out x in")),
    "hard": (("rows", "apart", "out x in"), ("rows", "apart", "in x out")),
}
_PAIRS = (("m", "n"), ("p", "q"), ("h", "k"))


def draw_setting(draw: Draw, difficulty: Difficulty, form: Form) -> Setting:
    """Draw a setting; layers of equal width, where more fits, only for hard `choose_all` items."""
    if draw.integer(1, _OUTPUT_LAYERS[difficulty]) == 1:
        place: Place = "output"
        layouts = OUTPUT[difficulty]
    else:
        place, layouts = "hidden", HIDDEN[difficulty]
    activation = draw.choice(_ACTIVATIONS)
    if activation == "relu":
        # Its derivative is written f'(s), and s has no entry for the bias.
        layouts = tuple(layout for layout in layouts if layout[1] != "kept")
    examples, bias, weights = draw.choice(layouts)
    may_be_equal = (place, difficulty, form) == ("hidden", "hard", "choose_all")
    equal = may_be_equal and draw.integer(1, 3) == 1
    if difficulty == "easy" or equal or draw.integer(0, 1):
        layer = str(draw.integer(1, 3) + (place == "output"))
        sizes: tuple[int | str, ...] = _numbers(draw, equal)
    else:
        layer = "L" if place == "output" else draw.choice(("l", "l", "1", "2"))
        # Not B: a course may write the pre-activations of a batch so.
        sizes = (*draw.choice((*_PAIRS, _widths(place, layer))), "N")
    units, neighbour, batch = sizes
    batch = 1 if examples == "one" else batch
    return Setting(place, examples, bias, weights, activation, layer, units, neighbour, batch)


def _widths(place: Place, layer: str) -> tuple[str, str]:
    neighbour = f"{layer}-1" if place == "output" else following(layer)
    return f"d^{{({layer})}}", f"d^{{({neighbour})}}"


def _numbers(draw: Draw, equal: bool) -> tuple[int, int, int]:
    """Units, those of the neighbour, and a batch size; all different, also with a 1 added."""
    units = draw.integer(2, 6)
    others = [k for k in range(2, 7) if k not in (units, units + 1)]
    return units, units if equal else draw.choice(others), draw.integer(8, 12)


def draw_options(
    draw: Draw, setting: Setting, difficulty: Difficulty, form: Form
) -> tuple[str, ...]:
    """Draw expressions, at least one of them with the right shape, in alphabetical order."""
    offered = pool(setting, difficulty)
    count = draw.integer(*COUNTS[difficulty])
    kinds = draw.shuffle(KINDS)
    if form == "choice":
        groups = _one_right(draw, offered, count, kinds)
    else:
        right = draw.integer(1, min(count - 1, len(offered.right)))
        wrong = _mixed(draw, offered.wrong, count - right, kinds)
        groups = [*draw.sample(offered.right, right), *wrong]
    return tuple(sorted(draw.choice(group.texts) for group in groups))


def _one_right(draw: Draw, offered: Pool, count: int, kinds: Sequence[Kind]) -> list[Group]:
    """One group of the right shape, and wrong ones of which a drawn number is no longer than it."""
    rank = draw.integer(0, count - 1)
    wrong, widths = offered.wrong, offered.widths
    right = draw.choice(
        [
            group
            for group in offered.right
            if bisect_right(widths, group.width) >= rank
            and len(widths) - bisect_left(widths, group.width) >= count - 1
        ]
    )
    shorter = _mixed(draw, wrong[: bisect_right(widths, right.width)], rank, kinds)
    rest = [g for g in wrong[bisect_left(widths, right.width) :] if g not in shorter]
    turn = rank % len(kinds)
    longer = _mixed(draw, rest, count - 1 - rank, (*kinds[turn:], *kinds[:turn]))
    return [right, *shorter, *longer]


def _mixed(draw: Draw, groups: Sequence[Group], count: int, kinds: Sequence[Kind]) -> list[Group]:
    """So many groups, of each kind in turn for as long as there are any."""
    piles = {kind: [group for group in groups if group.kind == kind] for kind in kinds}
    shares = dict.fromkeys(kinds, 0)
    for _ in range(count):
        # The pile with the smallest share that has groups left; the first of them in a tie.
        kind = min((k for k in kinds if shares[k] < len(piles[k])), key=shares.__getitem__)
        shares[kind] += 1
    return [group for kind in kinds for group in draw.sample(piles[kind], shares[kind])]
