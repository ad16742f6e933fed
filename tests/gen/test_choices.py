"""Options are somebody's mistakes, differ as printed, and give the right one away by nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from mpmath import gammainc

from gen.choices import choose
from gen.draw import Draw
from gen.family import Rejected
from gen.problem import Answer, Option, Part, Problem, Wrong

DRAWS = 600
RIGHT = 10.0
ENOUGH = {f"below {n}": RIGHT - n for n in range(1, 8)} | {
    f"above {n}": RIGHT + n for n in range(1, 8)
}


def arrays(*values: Any) -> tuple[Any, ...]:
    return tuple(np.asarray(value, dtype=float) for value in values)


def options(
    seed: int,
    wrong: dict[str, Any] = ENOUGH,
    right: Any = RIGHT,
    shown: Any = None,
    slips: tuple[str, ...] = (),
    tolerance: float = 0.0003,
    **part: Any,
) -> tuple[Option, ...]:
    """Options for a part whose answer is `right` and whose slips lead to the numbers in `wrong`."""
    asked = Part("choice", **part)
    found = tuple(Wrong(slip, arrays(value)) for slip, value in wrong.items())
    answer = Answer(arrays(right), arrays(right if shown is None else shown), (tolerance,), found)
    return choose(asked, answer, Problem((asked,), slips=slips), Draw("choices", seed))


def numbers(made: Iterable[Option]) -> list[float]:
    return [float(option.values[0]) for option in made]


def letter(made: tuple[Option, ...]) -> int:
    return [option.right for option in made].index(True)


def rank(made: tuple[Option, ...]) -> int:
    (right,) = numbers(option for option in made if option.right)
    return sum(number < right for number in numbers(made))


def chance(counts: Counter[Any], cells: int) -> float:
    """The probability of counts that are at least as uneven when all cells are equally likely."""
    expected = counts.total() / cells
    squares = sum((count - expected) ** 2 for count in counts.values())
    squares += (cells - len(counts)) * expected**2
    return float(gammainc((cells - 1) / 2, squares / expected / 2, regularized=True))


@pytest.mark.parametrize("choices", [3, 5, 8])
def test_one_option_is_right_and_the_others_are_named_mistakes(choices: int):
    for seed in range(50):
        made = options(seed, choices=choices)
        assert len(made) == choices
        assert [option.slip for option in made if option.right] == [""]
        for option in made:
            assert option.right or option.values[0] == ENOUGH[option.slip]


def test_options_differ_as_they_are_printed():
    # Half a unit of each last place, 0.05005, is rounded up to the tolerance 0.06.
    close = {str(n): RIGHT + 0.037 * n for n in range(-40, 41)}
    for seed in range(100):
        made = numbers(options(seed, close, tolerance=0.06, places=1))
        assert len({f"{number:.1f}" for number in made}) == len(made) == 5


def test_letter_and_rank_of_the_right_option_are_uniform_and_independent():
    made = [options(seed) for seed in range(DRAWS)]
    assert chance(Counter(map(letter, made)), 5) > 0.001
    assert chance(Counter(map(rank, made)), 5) > 0.001
    assert chance(Counter((letter(each), rank(each)) for each in made), 25) > 0.001


def test_every_mistake_is_offered_equally_often():
    made = [option.slip for seed in range(DRAWS) for option in options(seed) if not option.right]
    assert chance(Counter(made), len(ENOUGH)) > 0.001


def test_the_same_stream_gives_the_same_options_and_another_others():
    assert numbers(options(1)) == numbers(options(1))
    assert len({tuple(numbers(options(seed))) for seed in range(50)}) > 45


def test_a_required_mistake_is_always_offered():
    for required in ("below 3", "above 7"):
        for seed in range(100):
            made = options(seed, must_include=(required,))
            assert required in [option.slip for option in made]


def test_ranks_stay_uniform_where_the_required_mistake_is_below_as_often_as_above():
    sides = ("below 3", "above 7")
    made = [options(seed, must_include=(sides[seed % 2],)) for seed in range(DRAWS)]
    assert chance(Counter(map(rank, made)), 5) > 0.001
    assert chance(Counter(map(letter, made)), 5) > 0.001


def test_a_required_mistake_that_cannot_be_told_from_the_right_answer_is_not_missed():
    made = options(1, {**ENOUGH, "same": RIGHT}, must_include=("same",))
    assert "same" not in [option.slip for option in made]


def outcome(seed: int, *args: Any, **settings: Any) -> int | str:
    """The rank of the right option, or the reason why there are no options."""
    try:
        return rank(options(seed, *args, **settings))
    except Rejected as rejected:
        return rejected.reason


def test_more_required_mistakes_than_places_on_their_side_are_rejected():
    required = ("below 1", "above 1")
    found = {outcome(seed, must_include=required, choices=3) for seed in range(50)}
    assert found == {1, "there are more required options than places on their side"}


@pytest.mark.parametrize(("side", "ranks"), [("below", {0, 1}), ("above", {3, 4})])
def test_too_few_mistakes_on_a_side_are_rejected_when_the_rank_asks_for_them(
    side: str, ranks: set[int]
):
    few = {slip: v for slip, v in ENOUGH.items() if side not in slip or slip.endswith("1")}
    found = {outcome(seed, few) for seed in range(100)}
    assert found == {*ranks, "the slips give too few options on one side of the right one"}


def test_two_mistakes_are_combined_only_where_single_ones_do_not_suffice():
    for seed in range(100):
        made = options(seed, slips=("sign_reversed",))
        assert not [option.slip for option in made if "+" in option.slip]


def test_combined_mistakes_fill_up_after_all_single_ones():
    few = {"a": 4.0, "b": 7.0, "c": 12.0, "d": 14.0, "e": 17.0, "f": 18.0}
    offered = set()
    for seed in range(100):
        made = options(seed, few, slips=("sign_reversed",))
        combined = {option.slip: number for option, number in zip(made, numbers(made), strict=True)}
        pairs = [slip for slip in combined if "+" in slip]
        # Two mistakes lie below by themselves; a third and a fourth are the others' negatives.
        assert len(pairs) == max(0, rank(made) - 2)
        for slip in pairs:
            assert {"a", "b"} <= set(combined)
            assert combined[slip] == -few[slip.removesuffix("+sign_reversed")]
        offered.update(pairs)
    assert offered == {f"{name}+sign_reversed" for name in few}


def test_a_mistake_is_not_combined_with_itself():
    # Two signs reversed would be none: the right answer again.
    few = {"sign_reversed": -RIGHT, "a": 4.0, "b": 7.0, "c": 12.0, "d": 14.0, "e": 17.0, "f": 18.0}
    for seed in range(100):
        made = [option.slip for option in options(seed, few, slips=("sign_reversed",))]
        assert "sign_reversed+sign_reversed" not in made


def test_all_options_agree_on_the_last_digit_of_the_hand_calculation():
    # By hand 0.1706 comes out, exactly 0.17053: beside it, -0.1705 would give it away.
    wrong = {"residual_reversed": -0.17053, "left_out": 0.9437, "swapped": 0.2972}
    seen = {}
    for seed in range(40):
        with suppress(Rejected):
            made = options(seed, wrong, right=0.17053, shown=0.1706, choices=3)
            seen.update({option.slip: float(option.values[0]) for option in made})
    assert seen == {"": 0.1706, "residual_reversed": -0.1706, "left_out": 0.9437, "swapped": 0.2972}


def test_an_entry_that_a_mistake_only_moves_keeps_its_last_digit_and_its_place():
    wrong = {"swapped": [2.34563, 0.17053], "other": [0.17053, 3.0], "third": [5.0, 6.0]}
    seen = {}
    for seed in range(40):
        with suppress(Rejected):
            made = options(seed, wrong, [0.17053, 2.34563], [0.1706, 2.3457], choices=2)
            seen.update({option.slip: option.values[0].tolist() for option in made})
    assert seen == {
        "": [0.1706, 2.3457],
        "swapped": [2.3457, 0.1706],
        "other": [0.1706, 3.0],
        "third": [5.0, 6.0],
    }


def test_options_are_rounded_to_the_places_of_the_part():
    wrong = {slip: value + 0.4 for slip, value in ENOUGH.items()}
    for seed in range(20):
        made = numbers(options(seed, wrong, places=0))
        assert all(number == int(number) for number in made)
