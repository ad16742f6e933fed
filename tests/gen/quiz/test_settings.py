"""Settings hold what a quiz depends on, and refuse what no quiz can be made from."""

from __future__ import annotations

import pytest

from gen.quiz.settings import Settings, SettingsError


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("items", 0),
        ("items", 201),
        ("items", -3),
        ("versions", 0),
        ("versions", 1001),
        ("points", 0),
        ("points", 101),
        ("places", 1),
        ("places", 9),
    ],
)
def test_counts_outside_their_limits_are_refused_by_name(name: str, count: int):
    with pytest.raises(SettingsError, match=rf"{name} must be from \d+ to \d+, not {count}"):
        Settings(7, **{name: count})


def test_points_follow_difficulty_unless_they_are_set():
    levels = ("easy", "medium", "hard")
    assert [Settings(7).points_for(level) for level in levels] == [4, 6, 8]
    assert [Settings(7, points=5).points_for(level) for level in levels] == [5, 5, 5]


def test_seeds_may_be_any_integers():
    assert [Settings(seed).seed for seed in (-1, 0, 10**60)] == [-1, 0, 10**60]
