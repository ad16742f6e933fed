"""Letters of scores, probabilities and targets without a network."""

import pytest

from templates.notation import Style, known, load
from templates.notation.scores import alike, scores, unlike


@pytest.mark.parametrize(
    ("notation", "letters"),
    [
        ("standard", ("a", r"\hat{y}", "y")),
        ("cmu-gormley", ("b", "y", "y")),
        ("waterloo-meila", ("z", "f", "y")),
        ("rutgers-kim", ("y", "p", "t")),
        ("cmu-chai", ("s", "o", "y")),
    ],
)
def test_they_are_those_of_the_output_layer(notation: str, letters: tuple[str, ...]) -> None:
    assert tuple(style.letter for style in scores(load(notation)).values()) == letters


@pytest.mark.parametrize("notation", known())
def test_no_two_are_written_alike_and_none_has_a_layer(notation: str) -> None:
    found = scores(load(notation)).values()
    assert len({(s.letter, s.above, s.below) for s in found}) == 3
    assert not any(s.layer for s in found if len(s.letter) > 1 or s.letter not in "zpt")


def test_a_letter_that_is_taken_is_exchanged_for_one_to_spare() -> None:
    found = unlike({"z": Style("a"), "p": Style("q")}, "aSm")
    assert found == {"a": "r", "S": "S", "m": "m"}


def test_another_letter_is_bold_where_the_style_is() -> None:
    assert alike(Style("a", vector=r"\boldsymbol{a}"), "u").vector == r"\boldsymbol{u}"
    assert alike(Style("z"), "u") == Style("u")
