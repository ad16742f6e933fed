"""An item is drawn until it is accepted, a bounded number of times, and then verified."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from gen.draw import Draw
from gen.family import Rejected, find
from gen.items import Exhausted, describe, fingerprint, make
from gen.problem import Key
from gen.verification import Mismatch

Use = Callable[..., None]
Source = Callable[..., str]
KEY = Key("both", 1, 7, 2, 3)


@pytest.mark.usefixtures("products")
def test_the_same_key_gives_the_same_item_and_another_another():
    family = find("both")
    item = make(family, KEY, "easy", "numeric")
    assert make(family, KEY, "easy", "numeric").fingerprint == item.fingerprint
    for other in (replace(KEY, seed=8), replace(KEY, slot=1), replace(KEY, version=1)):
        assert make(family, other, "easy", "numeric").params != item.params


@pytest.mark.usefixtures("products")
def test_draws_come_from_the_whole_key_and_the_attempt():
    item = make(find("both"), KEY, "easy", "numeric")
    draw = Draw("backprep", "both", 1, 7, 2, 3, item.attempts - 1)
    assert (item.params.a, item.params.b) == (draw.integer(2, 40), draw.integer(2, 40))


@pytest.mark.usefixtures("products")
def test_an_item_carries_what_the_oracle_said():
    (verification,) = make(find("both"), KEY, "easy", "numeric").verifications
    assert (verification.oracle, verification.numbers) == ("by hand", 1)


@pytest.mark.usefixtures("products")
def test_fingerprints_to_exclude_are_drawn_again():
    first = make(find("both"), KEY, "easy", "numeric")
    second = make(find("both"), KEY, "easy", "numeric", exclude={first.fingerprint})
    assert second.fingerprint != first.fingerprint
    assert second.attempts > first.attempts


@pytest.mark.usefixtures("products")
def test_items_that_the_family_does_not_accept_are_drawn_again():
    family = find("both")
    made = [make(family, replace(KEY, seed=seed), "easy", "numeric") for seed in range(300)]
    assert 13 not in {item.params.a for item in made}
    assert all(item.params.a != item.params.b for item in made)


@pytest.mark.usefixtures("products")
def test_the_places_asked_for_replace_the_family_s_own():
    assert make(find("both"), KEY, "easy", "numeric", places=2).problem.places == 2
    assert make(find("both"), KEY, "easy", "numeric").problem.places == 4


def test_running_out_names_family_difficulty_form_and_the_reasons(
    use_families: Use, product_source: Source
):
    use_families(both=product_source("both").replace("HIGH = 40", "HIGH = 2"))
    with pytest.raises(Exhausted) as caught:
        make(find("both"), KEY, "hard", "choice")
    for words in ("both", "hard choice", "seed 7", "the factors are equal (200 times)"):
        assert words in str(caught.value)


def test_a_place_in_the_options_does_not_lean_when_attempts_are_rejected_by_it(
    use_families: Use, product_source: Source
):
    use_families(both=product_source("both"))
    family = find("both")

    def picky(problem, solution):
        """Reject nearly every item whose right option is first: a redrawn place would lean."""
        options = solution.parts[0].options
        return not options[0].right or problem.givens["a"] % 10 == 0

    picky_family = replace(family, accept=picky)
    made = [make(picky_family, replace(KEY, seed=s), "easy", "choice") for s in range(400)]
    first = Counter(item.solution.parts[0].options[0].right for item in made)[True]
    # Four standard deviations about one half of 400.
    assert 160 <= first <= 240


@pytest.mark.usefixtures("products")
def test_a_mismatch_names_the_item():
    def wrong(problem, solution, full):
        raise Mismatch("12 is not 13")

    with pytest.raises(Mismatch, match="both, seed 7, slot 2, version 3: 12 is not 13"):
        make(replace(find("both"), verify=wrong), KEY, "easy", "numeric")


@pytest.mark.usefixtures("products")
def test_thoroughness_reaches_the_oracle():
    heard = []
    family = replace(find("both"), verify=lambda problem, solution, full: heard.append(full) or ())
    make(family, KEY, "easy", "numeric")
    make(family, KEY, "easy", "numeric", full=True)
    assert heard == [False, True]


@pytest.mark.usefixtures("products")
def test_rejections_in_posing_and_solving_count_as_attempts():
    family = find("both")

    def posed(params):
        if params.a % 2:
            raise Rejected("odd")
        return family.pose(params)

    made = make(replace(family, pose=posed), KEY, "easy", "numeric")
    assert made.params.a % 2 == 0


@pytest.mark.usefixtures("products")
def test_a_fault_of_a_family_is_passed_on_with_a_note_of_the_item():
    def faulty(params):
        raise KeyError("b")

    with pytest.raises(KeyError) as caught:
        make(replace(find("both"), pose=faulty), KEY, "easy", "numeric")
    assert caught.value.__notes__ == [
        "This happened in attempt 0 at both, seed 7, slot 2, version 3."
    ]


@dataclass(frozen=True, slots=True)
class Numbers:
    x: float
    y: tuple[int, ...]


def test_fingerprints_follow_family_and_parameters_alone():
    one = fingerprint("a", Numbers(1.0, (2, 3)))
    assert one == fingerprint("a", Numbers(1.0, (2, 3)))
    assert one != fingerprint("b", Numbers(1.0, (2, 3)))
    assert one != fingerprint("a", Numbers(1.5, (2, 3)))


def test_an_item_is_described_by_all_that_it_is_made_from():
    assert describe(KEY) == "both, seed 7, slot 2, version 3"
