"""Options of which length tells nothing, in several notations, and lengths as printed."""

from __future__ import annotations

from collections import Counter

import pytest

from gen import items
from gen.draw import Draw
from gen.family import Rejected, find
from gen.presentation.answers import option_text
from gen.presentation.context import Context
from gen.problem import Item, Key, WrongEntries
from gen.topics.derivations.lengths import chosen, length
from gen.topics.derivations.nets import Net
from solver import term as t
from templates.notation import load
from templates.writers.words import plain_words

FAMILY = find("symbolic_derivative")
NET = Net((2, 2, 1), ("sigmoid", "sigmoid"))
H, X = t.name("o1_1"), t.name("x1")
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


def test_the_right_expression_stands_alone_at_either_end() -> None:
    wrong = [
        *(
            WrongEntries(f"shorter{n}", (term,))
            for n, term in enumerate((H, X, t.name("y"), t.name("x2")))
        ),
        *(WrongEntries(f"alike{n}", (H * t.name(f"x{n}"),)) for n in (2, 3, 4)),
        *(WrongEntries(f"longer{n}", (H * X * t.name(f"x{n}"),)) for n in range(4)),
    ]
    ranks: Counter[int] = Counter()
    for seed in range(400):
        found = chosen(NET, H * X, wrong, 5, Draw(seed))
        assert len({each.slip for each in found}) == 4
        kinds = Counter(each.slip[:-1] for each in found)
        alone = kinds["shorter"] == 0 or kinds["longer"] == 0
        assert kinds["alike"] == 0 or not alone
        ranks[kinds["shorter"]] += alone
    assert 50 < ranks[0] < 110
    assert 50 < ranks[4] < 110


def test_too_few_on_one_side_are_rejected() -> None:
    longer = [WrongEntries(f"longer{n}", (H * X * t.name(f"x{n}"),)) for n in range(5)]
    outcomes = set()
    for seed in range(40):
        try:
            outcomes.add(len(chosen(NET, H * X, longer, 5, Draw(seed))))
        except Rejected:
            outcomes.add(0)
    assert outcomes == {0, 4}
