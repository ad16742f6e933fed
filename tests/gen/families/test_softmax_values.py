"""The softmax family: the lecture's example, and items that are what they say."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from math import exp, log

import numpy as np
import pytest

from gen import items
from gen.draw import Draw
from gen.families.softmax_values import LECTURE, SETTINGS, Params, pose, sample
from gen.family import find
from gen.presentation.items import question
from gen.problem import Key
from gen.solving import solve
from templates.document import Document
from templates.notation import load
from templates.rendering import has_block
from templates.writers import text
from tests.solutions import item_of

FAMILY = find("softmax_values")
item = item_of("softmax_values")


def answers(params):
    (part,) = solve(pose(params), Draw("options")).parts
    return [np.asarray(value) for value in part.answer.values]


def softmax_of(scores):
    powers = [exp(score) for score in scores]
    return [power / sum(powers) for power in powers]


def test_the_lecture_s_example_comes_out_as_corrected():
    problem = pose(LECTURE)
    steps = {step.node: step.value.tolist() for step in solve(problem, Draw("options")).steps}
    assert steps == {
        "a": [0.3679, 14.8797, 1.6487],
        "S": 16.8963,
        "p": [0.0218, 0.8806, 0.0976],
    }


def test_a_number_added_to_every_score_changes_nothing():
    plain = answers(Params("plain", (1.2, -0.7, 0.4)))
    assert answers(Params("shifted", (1.2, -0.7, 0.4), amount=50.0))[0] == pytest.approx(plain[0])


def test_scores_too_large_to_exponentiate_are_no_harder():
    (made,) = answers(Params("large", (1001.2, 999.3, 1000.4)))
    assert made == pytest.approx(softmax_of([1.2, -0.7, 0.4]))


def test_a_temperature_divides_the_scores():
    (made,) = answers(Params("tempered", (1.2, -0.7, 0.4), (2,), 2.0))
    assert made == pytest.approx(softmax_of([0.6, -0.35, 0.2])[2])


def test_a_ratio_is_asked_of_two_probabilities():
    (made,) = answers(Params("ratio", (1.2, -0.7, 0.4), (1, 0)))
    assert made == pytest.approx(exp(-1.9))


def test_recovered_scores_are_those_of_the_other_classes():
    made = answers(Params("recovered", (0.2, 0.5, 0.3), (1, 2), -1.0, known=0))
    assert made == pytest.approx([-1 + log(2.5), -1 + log(1.5)])


def test_a_raised_score_is_asked_about_with_another():
    made = answers(Params("raised", (0.2, 0.5, 0.3), (0, 1), 1.0))
    share = 0.2 * exp(1)
    assert made == pytest.approx([share / (0.8 + share), 0.5 / (0.8 + share)])


@pytest.mark.parametrize("difficulty", SETTINGS)
def test_every_kind_is_drawn_at_its_difficulty(difficulty):
    drawn = [item(seed, difficulty).params for seed in range(150)]
    assert {(p.kind, len(p.numbers)) for p in drawn} == set(SETTINGS[difficulty])


@pytest.mark.parametrize("difficulty", SETTINGS)
@pytest.mark.parametrize("form", ["numeric", "choice"])
def test_items_verify_in_full(difficulty, form):
    for seed in range(15):
        made = item(seed, difficulty, form, full=True)
        assert {v.oracle for v in made.verifications} >= {"textbook definitions", "fifty digits"}


def test_options_are_mostly_probabilities():
    wrong = [
        np.concatenate([np.ravel(value) for value in option.values])
        for seed in range(120)
        for option in item(seed, "easy", "choice").solution.parts[0].options
        if not option.right
    ]
    plausible = [bool(np.all((entries >= 0) & (entries <= 1))) for entries in wrong]
    assert sum(plausible) > 0.7 * len(plausible)


def test_a_temperature_that_multiplies_is_always_an_option():
    for seed in range(80):
        made = item(seed, "hard", "choice")
        if made.params.kind in ("tempered", "large_tempered"):
            slips = [option.slip for option in made.solution.parts[0].options]
            assert "temperature_multiplied" in slips


@pytest.mark.parametrize("name", ["softmax_values", "cross_entropy"])
@pytest.mark.parametrize("difficulty", SETTINGS)
def test_every_slip_has_a_sentence(name, difficulty):
    text = files("templates").joinpath("slips.toml").read_text(encoding="utf-8")
    for seed in range(60):
        problem = items.make(find(name), Key(name, 1, seed), difficulty, "numeric").problem
        named = {*problem.slips, *(variant.slip for variant in problem.variants)}
        assert named <= set(tomllib.loads(text))


@pytest.mark.parametrize("block", ["stem", "part", "lead", "check"])
def test_the_template_has_all_its_blocks(block):
    assert has_block("families/softmax_values.md.j2", block)


def test_scores_at_a_temperature_are_not_all_negative():
    drawn = [sample(Draw("softmax_values", 1, seed), "hard", "numeric") for seed in range(300)]
    tempered = [params for params in drawn if params.kind == "tempered"]
    assert len(tempered) > 20
    assert all(max(params.numbers) > 0 for params in tempered)


def test_the_logarithms_of_exact_scores_are_said_to_be_natural_unless_they_are_called_ln():
    for notation, said in (("standard", True), ("rutgers-kim", False)):
        for seed in range(10):
            made = item(seed, "easy", arithmetic="exact", notation=load(notation))
            stem = text.write(Document("", tuple(question(made))))
            assert ("Logarithms are natural" in " ".join(stem.split())) == said
