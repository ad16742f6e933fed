"""The cross-entropy family: known losses, and items that are what they say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import exp, log

import numpy as np
import pytest

from gen.draw import Draw
from gen.families.cross_entropy import SETTINGS, Params, pose
from gen.family import find
from gen.presentation.items import question, single
from gen.solving import solve
from templates.document import Document
from templates.notation import load
from templates.writers import text
from tests.solutions import item_of

FAMILY = find("cross_entropy")
item = item_of("cross_entropy")


def answers(params):
    parts = solve(pose(params), Draw("options")).parts
    return [[float(value) for value in part.answer.values] for part in parts]


def test_the_published_loss_of_three_scores():
    # From the list of misconceptions: label 3 of the scores (2, 0.5, -1).
    [[loss]] = answers(Params("scores", ((2.0, 0.5, -1.0),), (2,)))
    assert loss == pytest.approx(3.2413, abs=5e-5)


def test_the_lecture_s_scores_have_the_logarithms_of_its_probabilities():
    [[loss]] = answers(Params("scores", ((-1.0, 2.7, 0.5),), (1,)))
    assert loss == pytest.approx(-log(0.8806), abs=1e-4)


def test_losses_are_asked_for_one_by_one_and_then_together():
    rows = ((0.5, 0.3, 0.2), (0.1, 0.6, 0.3))
    each, [total] = answers(Params("probabilities", rows, (0, 2), "mean", losses=True))
    assert each == pytest.approx([log(2), -log(0.3)])
    assert total == pytest.approx((log(2) - log(0.3)) / 2)


def test_binary_predictions_are_read_after_their_targets():
    [[total]] = answers(Params("predictions", ((0.8,), (0.3,)), (1, 0)))
    assert total == pytest.approx(-log(0.8) - log(0.7))


def test_binary_scores_go_through_a_sigmoid():
    [[mean]] = answers(Params("binary_scores", ((1.5,), (-0.5,)), (0, 1), "mean"))
    assert mean == pytest.approx((log(1 + exp(1.5)) + log(1 + exp(0.5))) / 2)


@pytest.mark.parametrize("difficulty", SETTINGS)
def test_every_source_is_drawn_at_its_difficulty(difficulty):
    drawn = [item(seed, difficulty).params for seed in range(150)]
    kinds = {(p.source, len(p.rows), max(2, len(p.rows[0]))) for p in drawn}
    assert kinds == set(SETTINGS[difficulty])


def test_the_label_is_not_always_the_likeliest_class():
    drawn = [item(seed, "easy").params for seed in range(200)]
    likeliest = Counter(
        p.labels[0] == int(np.argmax(p.rows[0])) for p in drawn if p.source == "probabilities"
    )
    # One label in 3 or 4 is, as chance has it.
    assert 0.15 < likeliest[True] / likeliest.total() < 0.45


def test_binary_examples_have_targets_of_both_kinds():
    for seed in range(200):
        params = item(seed).params
        if params.source in ("predictions", "binary_scores"):
            assert set(params.labels) == {0, 1}


def test_taking_the_likeliest_class_has_its_own_diagnosis():
    for seed in range(80):
        made = item(seed, "easy")
        row = made.params.rows[0]
        if len(made.params.rows) == 1 and row[made.params.labels[0]] < max(row):
            losses = {w.slip: float(w.values[0]) for w in made.solution.parts[0].answer.wrong}
            assert losses["class_of_largest"] == pytest.approx(-log(max(row)))


@pytest.mark.parametrize("difficulty", SETTINGS)
@pytest.mark.parametrize("form", ["numeric", "choice"])
def test_items_verify_in_full(difficulty, form):
    for seed in range(15):
        made = item(seed, difficulty, form, full=True)
        assert {v.oracle for v in made.verifications} >= {"textbook definitions", "fifty digits"}


def test_a_comparison_with_a_guess_is_right_in_words():
    for seed in range(100):
        made = item(seed, "easy")
        words = made.problem.words
        if words.get("against_chance"):
            loss = float(made.solution.parts[0].answer.values[0])
            guess = log(len(made.params.rows[0]))
            assert words["against_chance"] == ("larger" if loss > guess else "smaller")
            assert words["chance"] == pytest.approx(guess, abs=5e-5)


def test_a_class_that_all_labels_share_is_named_once():
    rows = ((1.0, 0.0, 2.0), (0.5, 1.5, 0.0))
    for labels, told in (((2, 2), "both examples is class 3"), ((2, 0), "the classes 3 and 1")):
        made = replace(item(1), params=Params("scores", rows, labels))
        made = replace(made, problem=pose(made.params))
        assert told in " ".join(text.write(Document("", tuple(question(made)))).split())


@pytest.mark.parametrize(("notation", "word"), [("standard", "cost"), ("rutgers-kim", "objective")])
def test_the_loss_is_called_what_the_course_calls_it(notation, word):
    shown = text.write(single(item(2, "hard", notation=load(notation))))
    assert f"the {word}" in shown.lower()
    assert "loss" not in shown.lower()


@pytest.mark.parametrize("kind", ["scores", "probabilities"])
def test_one_hot_targets_are_written_as_vectors(kind):
    rows = ((0.2, 0.5, 0.3), (0.6, 0.1, 0.3))
    made = replace(item(1), params=Params(kind, rows, (1, 0), one_hot=True))
    made = replace(made, problem=pose(made.params), notation=load("standard"))
    shown = repr(list(question(made)))
    assert all(rf"\\boldsymbol{{y}}_{{{i}}}" in shown for i in (1, 2))
    assert not any(f"'y_{{{i}}}" in shown for i in (1, 2))


def test_scores_of_two_classes_come_with_the_sigmoid_s_definition():
    shown = (text.write(single(item(seed, "medium"))) for seed in range(30))
    binary = [stem for stem in shown if "computes the scores" in stem and "σ" in stem]
    assert binary
    assert all("= 1/(1 + e⁻ᵘ)" in " ".join(stem.split()) for stem in binary)
