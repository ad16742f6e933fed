"""How many questions: counted where a family is small, else bounded from below."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from mpmath import gammainc

from gen import extent
from gen.draw import Draw
from gen.extent import _at_least, _largest_mean, extents, measured
from gen.family import find

Use = Callable[..., None]


@pytest.fixture
def small(use_families: Use, product_source: Callable[..., str]) -> None:
    """Products of factors from 2 to 6, none with a first factor of 4: 16 of 25 draws."""
    source = product_source("small", ("numeric",)).replace("HIGH = 40", "HIGH = 6")
    use_families(small=source.replace("!= 13.0", "!= 4.0"))


@pytest.mark.usefixtures("small")
def test_a_small_family_is_counted_through_every_branch():
    found = measured(find("small"), "easy", 40)
    # 5 x 5 pairs, without 5 of equal factors, and without the 4 others that begin with a 4.
    assert (found.questions, found.exact) == (25 - 5 - 4, True)


@pytest.mark.usefixtures("small")
def test_a_family_with_more_branches_than_are_followed_is_bounded_from_below():
    found = measured(find("small"), "easy", 40, branches=10)
    assert not found.exact
    assert found.questions <= 16


def test_a_family_that_draws_until_something_fits_is_bounded_from_below(
    use_families: Use, product_source: Callable[..., str]
):
    source = product_source("patient", ("numeric",))
    patient = "    while draw.integer(0, 9) == 0:\n        pass\n    params ="
    use_families(patient=source.replace("    params =", patient, 1))
    found = measured(find("patient"), "easy", 30)
    assert not found.exact
    assert found.questions >= 25


@pytest.mark.parametrize("size", [50, 400, 3000])
def test_the_lower_bound_is_rarely_above_the_truth_and_comes_near_it(size: int):
    bounds = []
    for trial in range(200):
        draw = Draw("bound", size, trial)
        seen = Counter(str(draw.integer(1, size)) for _ in range(600))
        bounds.append(max(len(seen), _at_least(seen)))
    too_high = sum(bound > size for bound in bounds) / len(bounds)
    assert too_high <= 0.09
    assert sum(bounds) / len(bounds) > 0.6 * size


@pytest.mark.parametrize("count", [0, 1, 7, 40])
def test_the_mean_is_that_of_which_so_few_come_in_one_case_of_twenty(count: int):
    # P(X <= c) for a Poisson variable is the regularized upper incomplete gamma function.
    mean = _largest_mean(count)
    assert float(gammainc(count + 1, mean, regularized=True)) == pytest.approx(0.05, abs=1e-6)


@pytest.mark.usefixtures("small")
def test_what_is_recorded_of_another_version_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    recorded = {"questions": 5, "exact": True, "minutes": 1.0}
    for version, expected in ((1, 5), (2, 16)):
        levels = dict.fromkeys(("easy", "medium", "hard"), recorded)
        (tmp_path / extent.RECORD).write_text(json.dumps({"small": {"version": version, **levels}}))
        monkeypatch.setattr(extent, "files", lambda _: tmp_path)
        extent._recorded.cache_clear()
        found = extents(find("small"))["easy"]
        assert (found.questions == expected) == (version == 1)
    extent._recorded.cache_clear()
