"""Families are found by listing their folder; one that cannot be used is named, never skipped."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from gen.family import FamilyError, Rejected, find, load_families, names

Use = Callable[..., None]

GOOD = """
from gen.family import Family
FAMILY = Family("NAME", 1, "A title", "a summary", (), ())
def sample(draw, difficulty, form): ...
def pose(params): ...
"""


def good(name: str) -> str:
    return GOOD.replace("NAME", name)


def test_names_are_sorted_and_import_nothing(use_families: Use):
    use_families(zeta="raise RuntimeError", alpha="raise RuntimeError", _shared="")
    assert names() == ("alpha", "zeta")


def test_finding_one_family_imports_no_other(use_families: Use):
    use_families(alpha=good("alpha"), zeta=good("zeta"))
    assert find("alpha").family.name == "alpha"
    assert "gen.families.zeta" not in sys.modules


def test_all_families_load_in_alphabetical_order(use_families: Use):
    use_families(zeta=good("zeta"), alpha=good("alpha"))
    assert list(load_families()) == ["alpha", "zeta"]


def test_functions_that_a_family_lacks_are_left_to_the_generator(use_families: Use):
    use_families(alpha=good("alpha") + "def accept(problem, solution): ...\n")
    loaded = find("alpha")
    assert loaded.accept is not None
    assert (loaded.solve, loaded.verify) == (None, None)


def test_an_unknown_name_is_answered_with_the_nearest(use_families: Use):
    use_families(softmax_values="", cross_entropy="")
    with pytest.raises(FamilyError, match=r"no family 'softmax'; did you mean softmax_values\?"):
        find("softmax")


def test_a_name_like_no_other_is_answered_with_all(use_families: Use):
    use_families(alpha="", zeta="")
    with pytest.raises(FamilyError, match="there are alpha, zeta"):
        find("qqq")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("import nonsense_that_is_not", r"family bad cannot be imported \(ModuleNotFoundError"),
        ("1 +", r"family bad cannot be imported \(SyntaxError"),
        (good("bad").replace("def pose", "def other"), "family bad has no pose"),
        (good("bad").replace("FAMILY", "OTHER"), "family bad has no FAMILY"),
        (good("other"), r"family in bad.py calls itself 'other'"),
        (good("bad") + "FAMILY = 3", "FAMILY of the family bad is not a Family"),
        (good("bad").replace("(), ())", "(), (), forms=('oral',))"), "bad needs forms out of"),
        (good("bad").replace("(), ())", "(), (), ())"), "bad needs difficulties out of easy"),
    ],
)
def test_a_family_that_cannot_be_used_stops_with_its_name(
    use_families: Use, source: str, message: str
):
    use_families(bad=source)
    with pytest.raises(FamilyError, match=message):
        load_families()


def test_a_rejection_carries_its_reason():
    assert Rejected("a dead unit").reason == "a dead unit"
