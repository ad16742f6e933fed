"""Parts that lead up to a last one, and conventions for several examples."""

from __future__ import annotations

from gen.asking import for_examples, leading_up, precision
from gen.problem import Ask

ASKED = ((Ask("p"),), (Ask("z", "gradient"),))


def test_a_numeric_problem_asks_for_everything_and_the_last_counts_most():
    parts = leading_up("numeric", ASKED, False)
    assert [part.asks for part in parts] == list(ASKED)
    assert parts[-1].points > parts[0].points


def test_a_choice_asks_for_the_last_alone_with_fewer_options_if_exact():
    [decimal], [exact] = (leading_up("choice", ASKED, flag) for flag in (False, True))
    assert decimal.asks == exact.asks == ASKED[-1]
    assert (decimal.form, decimal.choices, exact.choices) == ("choice", 5, 4)


def test_several_examples_have_conventions_of_their_own():
    assert for_examples(("units", "loss", "delta"), 1) == ("units", "loss", "delta")
    found = for_examples(("units", "loss", "delta"), 2)
    assert found == ("units", "loss_of_examples", "delta_of_examples")


def test_numbers_are_exact_or_have_places():
    assert (precision(True), precision(False)) == ("exact_values", "places")
