"""Options of which length tells nothing, in several notations, and lengths as printed."""

from __future__ import annotations

from collections import Counter

import pytest

from gen import items
from gen.family import find
from gen.presentation.answers import option_text
from gen.presentation.context import Context
from gen.problem import Item, Key
from gen.topics.derivations.lengths import length, side
from gen.topics.derivations.nets import Net
from solver import term as t
from templates.notation import load
from templates.writers.words import plain_words

FAMILY = find("symbolic_derivative")
NET = Net((2, 2, 1), ("sigmoid", "sigmoid"))
H, X, W = t.name("o1_1"), t.name("x1"), t.name("w1_1_1")
SEEDS = 300


def item(seed: int, difficulty: str, notation: str = "standard") -> Item:
    key = Key("symbolic_derivative", 2, seed)
    return items.make(FAMILY, key, difficulty, "choice", notation=load(notation))  # type: ignore[arg-type]


def printed(made: Item) -> list[int]:
    """The characters of every option, in order."""
    options = made.solution.parts[0].options
    context = Context(made)
    return [len(plain_words(option_text(option, options, context))) for option in options]


@pytest.mark.parametrize("difficulty", ["easy", "medium", "hard"])
def test_lengths_are_nearly_those_of_the_printed_options(difficulty: str) -> None:
    for seed in range(30):
        made = item(seed, difficulty)
        net = made.params.net  # type: ignore[attr-defined]
        for option, characters in zip(made.solution.parts[0].options, printed(made), strict=True):
            (entry,) = option.entries
            assert isinstance(entry, t.Term)
            assert abs(length(net, entry) - characters) <= 0.2 * characters + 1


@pytest.mark.parametrize("notation", ["standard", "cmu-gormley", "waterloo-meila"])
@pytest.mark.parametrize("difficulty", ["easy", "medium", "hard"])
def test_neither_the_longest_nor_the_shortest_option_is_a_good_guess_or_a_safe_strike(
    difficulty: str, notation: str
) -> None:
    longest: Counter[bool] = Counter()
    shortest: Counter[bool] = Counter()
    for seed in range(SEEDS):
        made = item(seed, difficulty, notation)
        lengths = printed(made)
        right = lengths[[o.right for o in made.solution.parts[0].options].index(True)]
        for most, count in ((max(lengths), longest), (min(lengths), shortest)):
            if lengths.count(most) == 1:
                count[right == most] += 1
    for count in (longest, shortest):
        assert 0.1 < count[True] / count.total() < 0.3


def test_a_side_is_clear_where_characters_and_symbols_agree() -> None:
    right = H * X
    others = (X, t.name("y") * X, t.name("o1_2") * X, W * X, H * X * X, t.name("y") * X * X)
    assert [side(NET, right, other) for other in others] == [-2, -1, 0, 1, 2, 0]
