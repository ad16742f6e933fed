"""Settings and options are drawn so that every kind comes up, and wrong kinds in turn."""

from __future__ import annotations

from collections import Counter

from gen.draw import Draw
from gen.topics.shapes.expressions import expression
from gen.topics.shapes.sampling import draw_options, draw_setting
from gen.topics.shapes.settings import Setting, required, shapes
from solver.shapes import judge

COLUMN = Setting("hidden", "one", "apart", "out x in", "tanh", "1", 4, 2)


def kinds(options: tuple[str, ...]) -> Counter[str]:
    found: Counter[str] = Counter()
    for option in options:
        verdict = judge(expression(option), shapes(COLUMN))
        if verdict.shape == required(COLUMN):
            found["right"] += 1
        elif verdict.broadcasts:
            found["broadcast"] += 1
        else:
            found["broken" if verdict.shape is None else "other"] += 1
    return found


def test_the_same_draw_gives_the_same_options():
    once = draw_options(Draw(1), COLUMN, "medium", "choice")
    assert draw_options(Draw(1), COLUMN, "medium", "choice") == once
    assert list(once) == sorted(once)


def test_four_options_are_one_of_each_kind_nearly_always():
    found = [kinds(draw_options(Draw(n), COLUMN, "easy", "choice")) for n in range(200)]
    of_each = Counter(right=1, other=1, broadcast=1, broken=1)
    assert all(each["right"] == 1 for each in found)
    assert sum(each == of_each for each in found) > 100


def test_numbers_for_sizes_cannot_be_taken_for_each_other():
    for seed in range(300):
        setting = draw_setting(Draw(seed), "hard", "choice")
        if isinstance(setting.units, int) and isinstance(setting.neighbour, int):
            sizes = [setting.units, setting.units + 1, setting.neighbour, setting.batch]
            assert len(set(sizes)) == 4


def test_a_single_example_has_no_batch_size():
    for seed in range(100):
        assert draw_setting(Draw(seed), "easy", "choice").batch == 1
