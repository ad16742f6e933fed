from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from solver.softmax import Softmax
from templates.document import Paragraph
from templates.notation import known, load
from templates.solutions.softmax import page, styles, symbols_of
from templates.writers.text import write

LECTURE = np.array([-1.0, 2.7, 0.5])


def text(notation: str = "backprep", **settings: Any) -> str:
    given = {"scores": LECTURE, "targets": np.array([0.0, 1.0, 0.0]), "label": 1, **settings}
    return " ".join(write(page(Softmax(**given), load(notation))).split())


def test_the_lecture_example_reads_line_by_line() -> None:
    found = text()
    for line in (
        "a = eˢ = (e⁻¹, e^(2.7), e^(0.5)) = (0.3679, 14.8797, 1.6487)",
        "S = ∑ₖ aₖ = 0.3679 + 14.8797 + 1.6487 = 16.8963",
        "= (0.0218, 0.8806, 0.0976)",
        "ℓ = -ln ŷ₂ = -ln 0.8806 = 0.1272",
        "ŷ - y = (0.0218 - 0, 0.8806 - 1, 0.0976 - 0) = (0.0218, -0.1194, 0.0976)",
        "0.0218 + 0.8806 + 0.0976 = 1.0000",
        "0.0218 - 0.1194 + 0.0976 = 0.0000",
    ):
        assert line in found
    assert "Software subtracts the largest score first" in found


def test_large_scores_are_shifted_and_the_page_says_why() -> None:
    found = text(scores=np.array([1000.0, 998.0, 0.0]))
    assert "Subtract the largest score from every score: m = 1000." in found
    assert "Software subtracts" not in found
    assert "ln S - u₂" in found
    assert "A probability of 0 is not quite 0 here" in found


def test_a_temperature_is_explained() -> None:
    assert "T is below 1, which spreads the scores" in text(temperature=0.5)
    assert "T is above 1, which brings the scores together" in text(temperature=2.0)
    assert "Here T is" not in text(temperature=1.0)


def test_the_jacobian_has_one_line_of_each_kind_and_every_entry() -> None:
    # 0.0218 (1 - 0.0218) = 0.0213, -0.0218 * 0.8806 = -0.0192
    found = text(with_jacobian=True)
    assert "ŷ₁(1 - ŷ₁) = 0.0218(1 - 0.0218) = 0.0213" in found
    assert "-ŷ₁ ŷ₂ = -0.0218 · 0.8806 = -0.0192" in found
    for row in ("0.0213 -0.0192 -0.0021⎤", "⎢-0.0192 0.1051 -0.0859", "-0.0859 0.0881⎦"):
        assert row in found


def test_a_distribution_has_a_term_for_every_class() -> None:
    found = text(targets=np.array([0.2, 0.5, 0.3]), label=None)
    assert "-(0.2 · ln 0.0218 + 0.5 · ln 0.8806 + 0.3 · ln 0.0976) = 1.5268" in found


def test_without_targets_there_is_no_loss() -> None:
    found = text(targets=None, label=None)
    assert "cross-entropy" not in found
    assert "gradient" not in found


def test_a_single_class_is_told_as_such() -> None:
    found = text(scores=np.array([3.0]), targets=np.array([1.0]), label=0)
    assert "There is a single class" in found


@pytest.mark.parametrize("notation", known())
def test_every_notation_can_write_it_with_letters_that_differ(notation: str) -> None:
    found = styles(load(notation))
    written = [(s.letter, s.above, s.below) for s in found.values()]
    assert len(set(written)) == len(written)
    document = page(Softmax(LECTURE, np.eye(3)[1], 1, 0.5, with_jacobian=True), load(notation))
    assert any(isinstance(block, Paragraph) for block in document.blocks)


def test_symbols_are_those_of_the_notation() -> None:
    worked = Softmax(LECTURE, np.eye(3)[1], 1)
    meila = symbols_of(worked, load("waterloo-meila"))
    assert str(meila.value("p")) == "f"
    assert str(meila.value("p", (1,))) == "f_{2}"
    assert str(meila.gradient("z")).startswith("-")
    book = symbols_of(worked, load("standard"))
    assert str(book.value("z")) == r"\boldsymbol{a}"
    assert str(book.value("L")) == "J"


def test_numbers_are_the_same_in_every_notation() -> None:
    pages = [text(notation) for notation in known()]
    assert all("(0.0218, 0.8806, 0.0976)" in found for found in pages)


@pytest.mark.parametrize(("notation", "mark"), [("rutgers-kim", "ᵗ"), ("cmu-chai", "ᵀ")])
def test_the_jacobian_is_transposed_with_the_mark_of_the_course(notation: str, mark: str) -> None:
    symbol = "p" if notation == "rutgers-kim" else "o"
    assert f"diag({symbol}) - {symbol} {symbol}{mark}" in text(notation, with_jacobian=True)


def test_a_minus_sign_in_front_of_the_gradient_is_told() -> None:
    told = "written with a minus sign in front"
    assert told in text("waterloo-meila")
    assert told not in text("standard")
    assert told not in text("waterloo-meila", targets=None, label=None)
