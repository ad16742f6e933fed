"""The rank of the right option by length is drawn uniformly, and there are options that give it."""

from __future__ import annotations

from collections import Counter

import pytest

from gen.draw import Draw
from gen.family import Rejected
from gen.ranks import Side, beside

SEEDS = 500
CLEAR: list[tuple[Side, str]] = [(-2, f"shorter{n}") for n in range(5)]
CLEAR += [(2, f"longer{n}") for n in range(5)]
ALIKE: list[tuple[Side, str]] = [(0, f"alike{n}") for n in range(5)]


def kinds(options: tuple[str, ...]) -> Counter[str]:
    return Counter(option[:-1] for option in options)


def test_every_rank_is_as_likely_and_at_either_end_the_right_option_stands_alone() -> None:
    ranks: Counter[int] = Counter()
    for seed in range(SEEDS):
        found = beside([*CLEAR, *ALIKE], 5, Draw(seed))
        assert len(set(found)) == 4
        count = kinds(found)
        if count["alike"]:
            assert min(count["shorter"], count["longer"]) > 0
        else:
            ranks[count["shorter"]] += 1
    assert abs(ranks[0] - SEEDS / 5) < 40
    assert abs(ranks[4] - SEEDS / 5) < 40


def test_what_is_hardly_longer_comes_after_what_is_clearly_so() -> None:
    others: list[tuple[Side, str]] = [(2, "longer0"), *((1, f"hardly{n}") for n in range(6))]
    others += [(-2, f"shorter{n}") for n in range(4)]
    for seed in range(40):
        count = kinds(beside(others, 4, Draw(seed)))
        assert count["longer"] or not count["hardly"]


def test_what_is_as_long_fills_up_an_end_only_where_that_is_allowed() -> None:
    longer = [each for each in CLEAR if each[0] == 2]
    filled = {beside([*longer, *ALIKE], 5, Draw(seed), alone=False) for seed in range(60)}
    assert {kinds(found)["alike"] for found in filled} >= {0, 4}
    with pytest.raises(Rejected, match="shorter"):
        [beside([*longer, *ALIKE], 5, Draw(seed)) for seed in range(60)]


def test_nothing_is_offered_twice() -> None:
    for seed in range(60):
        found = beside([*CLEAR[:2], *ALIKE, *CLEAR[5:7]], 5, Draw(seed), alone=False)
        assert len(set(found)) == 4
