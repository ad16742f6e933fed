"""Factors along a chain are those of differences; units are saturated where their curve is flat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import atanh, exp, log, tanh

import pytest

from gen.family import find
from gen.items import make
from gen.presentation.context import Context
from gen.presentation.items import solution
from gen.problem import Item, Key
from gen.topics.vanishing.chains import Chain, graph, variants
from gen.topics.vanishing.statements import CLEAR, LIMIT
from gen.vocabulary import DIFFICULTIES, Difficulty, Form
from solver.passes import forward
from templates.document import Document
from templates.writers.text import write

FAMILY = find("saturation")


def items(form: Form, count: int, arithmetic: str = "decimal") -> Iterator[tuple[Difficulty, Item]]:
    for difficulty in DIFFICULTIES:
        for seed in range(count):
            key = Key("saturation", 1, seed)
            yield difficulty, make(FAMILY, key, difficulty, form, arithmetic=arithmetic)


def unit(activation: str, z: float) -> float:
    if activation == "relu":
        return max(z, 0.0)
    return tanh(z) if activation == "tanh" else 1 / (1 + exp(-z))


def inverse(activation: str, o: float) -> float:
    return atanh(o) if activation == "tanh" else log(o / (1 - o))


def last_output(chain: Chain, x: float, start: float) -> float:
    """The last output at `x`, of the chain that stores its outputs where the input is `start`."""
    before, flow = start, x
    for o, w in zip(map(float, chain.outputs), map(float, chain.weights), strict=True):
        bias = inverse(chain.activation, o) - w * before
        before, flow = o, unit(chain.activation, w * flow + bias)
    return flow


@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_the_factor_of_a_chain_is_that_of_differences_whatever_its_input(arithmetic: str):
    for _, item in items("numeric", 20, arithmetic):
        chain, step = item.params.chain, 1e-5
        for start in (0.0, 1.3):
            up, down = (last_output(chain, start + s, start) for s in (step, -step))
            assert item.solution.parts[-1].answer.values[0] == pytest.approx(
                (up - down) / (2 * step), abs=1e-8
            )


def test_the_factors_of_the_layers_multiply_to_that_of_the_chain_and_are_as_many_as_layers():
    for difficulty, item in items("numeric", 20):
        factors, whole = (part.answer.values for part in item.solution.parts)
        product = 1.0
        for factor in factors:
            product *= float(factor)
        assert float(whole[0]) == pytest.approx(product)
        assert len(factors) == {"easy": 2, "medium": 3, "hard": 4}[difficulty]
        assert abs(product) <= float(item.params.chain.bound())


def test_slips_in_a_chain_of_two_layers_lead_to_their_numbers():
    chain = Chain("sigmoid", (0.8, 0.6), (2.0, -1.5))
    found = {
        v.slip: float(forward(v.graph or graph("sigmoid", 2), v.givens)["F"])
        for v in variants(chain)
    }
    first, last = 2 * 0.8 * 0.2, -1.5 * 0.6 * 0.4
    assert found == pytest.approx(
        {
            "factors_added": first + last,
            "activation_derivative_left_out": -3.0,
            "weight_left_out": 0.16 * 0.24,
            "stops_at_complement": 2 * 0.2 * -1.5 * 0.4,
            "output_as_derivative": 2 * 0.8 * -1.5 * 0.6,
            "first_layer_left_out": last,
            "last_layer_left_out": first,
            "tanh_rule_for_sigmoid": 2 * 0.36 * -1.5 * 0.64,
        }
    )


@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_a_statement_is_true_where_the_curve_is_as_flat_as_it_says(arithmetic: str):
    told = Counter()
    for _, item in items("choose_all", 40, arithmetic):
        for claim in item.params.claims:
            facts, step = claim.facts, 1e-6
            if "score" in facts:
                at = float(facts["score"])
            else:
                at = inverse(facts["activation"], float(facts["output"]))
            slope = unit(facts["activation"], at + step) - unit(facts["activation"], at - step)
            size = abs(slope / (2 * step)) * abs(facts.get("weight", 1))
            limit = 1.0 if claim.name == "shrinks" else float(LIMIT)
            assert claim.true == (size < limit)
            assert not limit / CLEAR < size < limit * CLEAR
            told[claim.name] += 1
        assert len({claim.true for claim in item.params.claims}) == 2
    assert set(told) == {"saturated_output", "saturated_score", "shrinks"}


def test_the_reasons_agree_with_the_answers():
    for _, item in items("choose_all", 15):
        text = " ".join(write(Document("", tuple(solution(item)))).split())
        for letter, option in zip("ABCDEF", item.solution.parts[0].options, strict=False):
            assert f"*{letter}*: {'true' if option.right else 'false'}." in text


def test_a_slip_in_a_derivative_is_told_with_the_rule_of_the_chains_own_units():
    told = {}
    for _, made in items("numeric", 6):
        words = str(Context(made).diagnosis("output_as_derivative"))
        told[made.params.chain.activation] = ("sigmoid" in words, "tanh" in words)
    assert told == {"sigmoid": (True, False), "tanh": (False, True)}
