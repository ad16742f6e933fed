"""Answers that are given to be counted as right, on Matt Mazur's network of two sigmoid layers."""

from __future__ import annotations

import numpy as np
import pytest

from solver.claims import parse
from solver.diagnosis import Judgement, judge
from solver.errors import InputError
from solver.network import Architecture, Layer, build
from solver.orientation import arrays

ARCHITECTURE = Architecture(2, (Layer(2, "sigmoid"),) * 2, "half_squared_error")
NETWORK = build(ARCHITECTURE)
W1, W2 = np.array([[0.15, 0.2], [0.25, 0.3]]), np.array([[0.4, 0.45], [0.5, 0.55]])
X, Y = np.array([0.05, 0.1]), np.array([0.01, 0.99])
GIVENS = arrays(ARCHITECTURE, [W1, W2], [np.full(2, 0.35), np.full(2, 0.6)], X[None], Y[None])

SHAPES = {"s1": 1, "o1": 1, "s2": 1, "o2": 1, "delta2": 1, "W2": 2, "b2": 1, "W1": 2, "b1": 1}


def verdicts(*texts: str) -> list[str]:
    return [each.verdict for each in judgements(*texts)]


def judgements(*texts: str) -> tuple[Judgement, ...]:
    claims = [parse(text, NETWORK.graph, NETWORK) for text in texts]
    return judge(NETWORK.graph, GIVENS, claims, 4, NETWORK)


def everywhere(number: str) -> list[str]:
    row = f"[{number},{number}]"
    arrays_ = {name: row if axes == 1 else f"[{row},{row}]" for name, axes in SHAPES.items()}
    return [f"{name}={array}" for name, array in arrays_.items()] + [f"loss={number}"]


@pytest.mark.parametrize("number", ["0", "0.0000", "-0.0", "0e999", "1e-9", "0.0001", "-1e-300"])
def test_nothing_or_next_to_nothing_everywhere_gets_nothing(number: str) -> None:
    assert not {"right", "follows"} & set(verdicts(*everywhere(number)))


@pytest.mark.parametrize("number", ["1e9", "1e300", "1e0", "1", "-1", "0.5"])
def test_the_same_number_everywhere_gets_no_more_than_what_really_follows_from_it(
    number: str,
) -> None:
    """A bias has the delta of its unit, and a weight that times an output, which may be 1 * 1."""
    counted = [
        text
        for text, verdict in zip(everywhere(number), verdicts(*everywhere(number)), strict=True)
        if verdict in ("right", "follows")
    ]
    allowed = {"b2", "W2"} if float(number) == 1 else {"b2"}
    assert {text.partition("=")[0] for text in counted} <= allowed


def test_an_entry_alone_is_no_way_to_be_counted_either() -> None:
    for number in ("0", "1e-9", "0.0001", "0.00005"):
        texts = (f"delta2[1]={number}", f"b2[1]={number}", f"W2[1,1]={number}", f"W2[1,2]={number}")
        assert not {"right", "follows"} & set(verdicts(*texts))


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "NaN", "1e999", "infinity", "", "[]"])
def test_what_is_no_number_is_refused_in_a_sentence(number: str) -> None:
    with pytest.raises(InputError, match=r"^[^\n]+$"):
        judgements(f"loss={number}")


def test_a_right_later_answer_is_right_whatever_came_before_it() -> None:
    texts = ("delta2=[9,9]", "s1=[7,7]", "W2=[[0.0822,0.0827],[-0.0226,-0.0227]]", "loss=0.2984")
    assert verdicts(*texts)[2:] == ["right", "right"]


def test_a_wrong_answer_is_no_excuse_for_what_does_not_follow_from_it() -> None:
    """From these deltas, W1[1,1] is (0.4 * 0.7414 - 0.5 * 0.2171) * 0.5933 * 0.4067 * 0.05."""
    first = "delta2=[0.7414,-0.2171]"
    assert verdicts(first, "W1[1,1]=0.0023")[1] == "follows"
    for other in ("0.0018", "0.0028", "0.0050", "-0.0023", "0"):
        assert verdicts(first, f"W1[1,1]={other}")[1] not in ("right", "follows")


def test_what_follows_may_be_given_with_fewer_decimals() -> None:
    """0.3 * 0.59327 is 0.17798."""
    for number in ("0.178", "0.18", "0.2"):
        assert verdicts("delta2[1]=0.3", f"W2[1,1]={number}")[1] == "follows"


def test_answers_in_reverse_order_are_judged_the_same() -> None:
    texts = ["s1=[0.5,0.3925]", "delta2=[0.3,-0.0381]", "b2=[0.3,-0.0381]", "W2[1,1]=0.178"]
    found = verdicts(*texts)
    assert found[2] == "follows"
    assert verdicts(*texts[::-1]) == found[::-1]


def test_an_answer_given_twice_does_not_follow_from_itself() -> None:
    assert verdicts("delta2[1]=0.777", "delta2[1]=0.777") == ["wrong", "wrong"]


def test_rounding_to_fewer_decimals_is_right_by_any_rule_for_halves() -> None:
    """The loss is 0.298371 and b2 has the gradient 0.138499, which is printed as 0.1385."""
    texts = ("b2=[0.139,-0.038]", "b2=[0.138,-0.038]", "b2=[0.14,-0.04]")
    assert verdicts(*texts) == ["right"] * 3
    assert verdicts("loss=0.3", "loss=0.298", "loss=0.2984", "loss=0.29837") == ["right"] * 4
    assert "right" not in verdicts("b2=[0.137,-0.038]", "b2=[0.13,-0.04]", "loss=0.2", "loss=0.29")
