"""Derivatives at the output: those of central differences; statements as their losses have them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import exp, log, tanh

import numpy as np
import pytest

from gen.family import find
from gen.items import make
from gen.presentation.items import question, solution
from gen.problem import Item, Key
from gen.topics.units.heads import Head
from gen.topics.units.pairs import PLAIN, SOFTMAX, _at_output, _by_differences, _by_rules, _holds
from gen.vocabulary import DIFFICULTIES, Difficulty, Form
from templates.document import Document
from templates.notation import load
from templates.writers.text import write

FAMILY = find("output_delta")


def items(form: Form, count: int, notation: str = "standard") -> Iterator[tuple[Difficulty, Item]]:
    for difficulty in DIFFICULTIES:
        for seed in range(count):
            key = Key("output_delta", 1, seed)
            yield difficulty, make(FAMILY, key, difficulty, form, notation=load(notation))


def unit(activation: str, s: float) -> float:
    return {"identity": s, "tanh": tanh(s), "sigmoid": 1 / (1 + exp(-s))}[activation]


def loss(head: Head, s: float) -> float:
    """The loss of one unit, from its definition."""
    p, t = unit(head.activation, s), head.target
    if head.loss == "binary_cross_entropy":
        return -t * log(p) - (1 - t) * log(1 - p)
    return (p - t) ** 2 / (2 if head.loss == "half_squared_error" else 1)


def slope(head: Head) -> float:
    step = 1e-5
    return (loss(head, head.score + step) - loss(head, head.score - step)) / (2 * step)


@pytest.mark.parametrize("form", ["numeric", "choice"])
@pytest.mark.parametrize("notation", ["standard", "rutgers-kim", "cmu-gormley"])
def test_every_derivative_is_that_of_differences_of_its_own_loss(form: Form, notation: str):
    for _, item in items(form, 20, notation):
        found = {
            ask.node: value
            for part, solved in zip(item.problem.parts, item.solution.parts, strict=True)
            for ask, value in zip(part.asks, solved.answer.values, strict=True)
            if ask.of == "gradient"
        }
        for number, head in enumerate(item.params.heads, 1):
            if head.activation == "softmax":
                powers = np.exp(head.score)
                expected = powers / powers.sum() - np.array(head.target)
            else:
                expected = slope(head)
            assert found[f"s{number}"] == pytest.approx(expected, abs=1e-8)


def test_a_course_with_minus_signs_gets_target_minus_prediction():
    for _, item in items("numeric", 5, "waterloo-meila"):
        for part, solved in zip(item.problem.parts[1:], item.solution.parts[1:], strict=True):
            head = item.params.heads[int(part.asks[0].node[1:]) - 1]
            if head.activation != "softmax":
                assert solved.answer.values[0] == pytest.approx(-slope(head), abs=1e-8)


def test_every_item_has_a_unit_that_keeps_its_derivative_and_one_that_does_not():
    for difficulty, item in items("numeric", 30):
        pairs = [head.pair for head in item.params.heads]
        kept = [a in ("sigmoid", "tanh") and "squared" in name for a, name in pairs]
        assert 0 < sum(kept) < len(kept)
        assert len(pairs) == {"easy": 2, "medium": 3, "hard": 4}[difficulty]
        assert len(set(pairs)) == len(pairs)


def test_which_pairs_leave_prediction_minus_target():
    leave = {pair for pair in (*PLAIN, SOFTMAX) if _holds("difference", pair, _by_differences)}
    assert leave == {
        ("identity", "half_squared_error"),
        ("sigmoid", "binary_cross_entropy"),
        ("softmax", "cross_entropy"),
    }


def test_which_units_keep_their_derivative_as_a_factor():
    bent = [pair for pair in PLAIN if pair[0] != "identity"]
    kept = {pair for pair in bent if _holds("factor", pair, _by_differences)}
    assert kept == {(a, name) for a, name in bent if "squared" in name}


def test_a_saturated_unit_with_a_squared_error_hardly_learns():
    assert _at_output(("sigmoid", "half_squared_error"), 0.98, _by_rules) == pytest.approx(0.019208)
    assert _at_output(("sigmoid", "binary_cross_entropy"), 0.98, _by_rules) == pytest.approx(0.98)
    assert _at_output(("tanh", "squared_error"), 0.95, _by_rules) == pytest.approx(
        2 * 1.95 * (1 - 0.95**2)
    )


def test_statements_are_neither_all_true_nor_all_false_and_have_reasons_that_agree():
    told = Counter()
    for _, item in items("choose_all", 30):
        judged = [claim.true for claim in item.params.claims]
        assert len(set(judged)) == 2
        text = " ".join(write(Document("", tuple(solution(item)))).split())
        for letter, option in zip("ABCDEF", item.solution.parts[0].options, strict=False):
            says = "true" if option.right else "false"
            assert f"*{letter}*: {says}." in text
        told.update(claim.name for claim in item.params.claims)
    assert set(told) == {"difference", "factor", "small"}


def test_a_statement_in_a_course_with_minus_signs_has_the_difference_turned_round():
    for _, item in items("choose_all", 5, "waterloo-meila"):
        text = " ".join(write(Document("", tuple(question(item)))).split())
        assert "is y_* - f, with no other factor" in text or "factor." in text
        assert "is f - y_*, with" not in text
