"""Gradient descent with restarts: plain loops, central differences, and causes of mistakes."""

from __future__ import annotations

from collections import Counter

import pytest

from gen.draw import Draw
from gen.exact_numbers import fraction
from gen.exact_solving import solve as solve_exactly
from gen.families.descent_path import Params, pose
from gen.family import find
from gen.presentation.context import Context
from gen.presentation.figures import figure
from gen.solving import solve
from gen.topics.descent.draws import Descent
from tests.solutions import item_of

FAMILY = find("descent_path")
item = item_of("descent_path")
RUNS = Descent(3.0, 0.4, 0.1, (-1.0, 2.0), 2)


def height(w, a, b):
    return w * w * w * w / 4 - a * w * w / 2 + b * w


def walked(start, runs):
    """The places of a run, with the derivative as a central difference of the loss."""
    a, b, rate = float(runs.a), float(runs.b), float(runs.rate)
    found, w = [], float(start)
    for _ in range(runs.steps):
        slope = (height(w + 1e-5, a, b) - height(w - 1e-5, a, b)) / 2e-5
        w = w - rate * slope
        found.append(w)
    return found


@pytest.mark.parametrize("difficulty", ["easy", "medium", "hard"])
@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_places_and_losses_are_those_of_a_walk_down_the_curve(difficulty, arithmetic):
    for seed in range(15):
        made = item(seed, difficulty, arithmetic=arithmetic)
        runs = made.params.descent
        walks = [walked(start, runs) for start in runs.starts]
        places, losses = (made.solution.parts[k].answer.values for k in (0, 1))
        for step, found in enumerate(places):
            assert found == pytest.approx([walk[step] for walk in walks], abs=1e-7)
        ends = [height(walk[-1], float(runs.a), float(runs.b)) for walk in walks]
        assert losses[0] == pytest.approx(ends, abs=1e-7)
        (right,) = [o.claim.facts["start"] for o in made.solution.parts[2].options if o.right]
        assert ends[right - 1] == min(ends)


def test_every_step_leads_downhill_and_both_valleys_are_visited():
    for seed in range(30):
        runs = item(seed, "hard").params.descent
        assert min(map(float, runs.starts)) < 0 < max(map(float, runs.starts))
        for path in runs.paths():
            losses = [height(w, runs.a, runs.b) for w in path]
            assert losses == sorted(losses, reverse=True)
            assert len({w > 0 for w in path}) == 1


def test_wrong_places_have_causes():
    # Derivatives -1 + 3 + 0.4 = 2.4 and 8 - 6 + 0.4 = 2.4 at the starts.
    problem = pose(Params(Descent(3.0, 0.4, 0.1, (-1.0, 2.0), 1)))
    answer = solve(problem, Draw("options")).parts[0].answer
    assert answer.values[0] == pytest.approx([-1.24, 1.76])
    wrong = {each.slip: each.values[0].tolist() for each in answer.wrong}
    assert wrong["step_added"] == pytest.approx([-0.76, 2.24])
    assert wrong["rate_left_out"] == pytest.approx([-3.4, -0.4])
    assert wrong["gradient_alone"] == pytest.approx([0.24, 0.24])
    assert wrong["linear_term_lost"] == pytest.approx([-1.2, 1.8])
    # -1/4 + 3/2 + 0.4 = 1.65 and 2 - 3 + 0.4 = -0.6.
    assert wrong["exponents_not_brought_down"] == pytest.approx([-1.165, 2.06])


def test_the_first_gradient_kept_and_a_step_too_few_are_told_of_two_steps():
    answer = solve(pose(Params(RUNS)), Draw("options")).parts[0].answer
    wrong = {each.slip: [v.tolist() for v in each.values] for each in answer.wrong}
    assert wrong["first_gradient_kept"][1] == pytest.approx([-1.48, 1.52])
    assert wrong["one_step_too_few"][1] == pytest.approx([-1.24, 1.76])


def test_exact_places_are_fractions():
    runs = Descent(fraction(4), fraction(1), fraction(1, 2), (fraction(-1), fraction(2)), 1)
    answer = solve_exactly(pose(Params(runs)), Draw("options")).parts[0].answer
    assert list(map(str, answer.shown[0])) == ["-3", "3/2"]


def test_the_winner_is_any_start_and_not_always_the_flattest():
    winners, flattest = Counter(), 0
    for seed in range(60):
        runs = item(seed, "hard").params.descent
        slopes = [abs(p[-1] ** 3 - runs.a * p[-1] + runs.b) for p in runs.paths()]
        winners[runs.winner()] += 1
        flattest += slopes.index(min(slopes)) == runs.winner()
    assert min(winners[k] for k in range(3)) >= 10
    assert flattest <= 50


def test_the_question_shows_the_starts_alone():
    made = item(1)
    symbols = Context(made).symbols
    asked, solved = (figure(made, symbols, solved=done) for done in (False, True))
    assert (asked.description.count("open point"), asked.description.count("arrow")) == (2, 0)
    assert solved.description.lower().count("an arrow") == 4
