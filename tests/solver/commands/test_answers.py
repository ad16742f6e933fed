from __future__ import annotations

from argparse import Namespace

import pytest

import solver
from solver.commands.answers import blocks, record
from templates.document import Document
from templates.writers import text


def given(*answers: str) -> Namespace:
    return Namespace(answer=list(answers), places=4)


CHAIN = solver.solve("q = x + y; f = q*z", {"x": -2, "y": 5, "z": -4})


def shown(*answers: str) -> str:
    found = blocks(CHAIN, CHAIN.notation, given(*answers))
    return " ".join(text.write(Document("answers", found)).split())


def test_without_answers_nothing_is_said() -> None:
    assert blocks(CHAIN, CHAIN.notation, given()) == ()
    assert record(CHAIN, given()) == {}


def test_each_answer_has_a_verdict_in_its_record() -> None:
    first, second = record(CHAIN, given("z=3", "x=4"))["answers"]  # type: ignore[misc]
    assert (first["answer"], first["verdict"], first["right"]) == ("z=3", "right", [3.0])
    assert second["verdict"] == "slip"
    assert second["causes"][0] == ["sign_reversed"]


def test_the_page_says_the_right_value_and_the_mistake() -> None:
    page = shown("z=3", "x=4")
    assert "`z=3`: *right*" in page
    assert "`x=4`: *not right*" in page
    assert "The right value is ∂f/∂x = -4" in page


def test_an_answer_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(solver.InputError, match="k"):
        record(CHAIN, given("k=1"))
