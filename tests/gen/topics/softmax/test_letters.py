"""The letters of softmax and cross-entropy differ from each other in every notation."""

from collections.abc import Mapping

import pytest

from gen.topics.softmax import letters
from templates.notation import Style, Symbol, known, load

notations = pytest.mark.parametrize("notation", known())


def written(given: Mapping[str, Style | Symbol]) -> list[tuple[str, str, str]]:
    return [
        (s.letter, s.above, s.below) if isinstance(s, Style) else (s.base, s.above, s.below)
        for s in given.values()
    ]


@notations
def test_no_two_nodes_of_a_softmax_are_written_alike(notation: str) -> None:
    for vectors, numbers in (("auv", "mTS"), ("", "rd"), ("g", "c")):
        found = written(letters.of_softmax(vectors, numbers, load(notation)))
        assert len(set(found)) == len(found)


@notations
def test_the_known_score_and_the_new_probabilities_are_entries(notation: str) -> None:
    recovered = letters.of_recovered(1, load(notation))
    assert recovered["t"] == letters.entry(recovered["z"], "2")
    raised = letters.of_raised(0, 2, load(notation))
    assert len({str(raised[node]) for node in ("q", "r")}) == 2
    new = raised["Q"]
    assert isinstance(new, Style)
    assert new.letter not in {s.letter for n, s in raised.items() if n in ("z", "p", "c", "f", "w")}  # type: ignore[union-attr]


@notations
def test_each_example_has_its_number_below(notation: str) -> None:
    found = letters.of_losses(("1", "2"), (0, 2), load(notation))
    assert str(found["q2"]).endswith("_{2,3}")
    first = found["z1"]
    assert isinstance(first, Style)
    assert first.subscript("3").endswith("1,3")
    assert first.subscript("").endswith("1")


def test_the_sum_of_losses_l_is_a_capital() -> None:
    assert letters.of_losses(("1", "2"), (0, 1), load("backprep"))["L"] == Style("L")
    assert letters.of_losses(("1", "2"), (0, 1), load("standard"))["L"] == Style("J")
