"""The finite difference family: quotients worked by hand, their errors, slips, and draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import sympy

from gen import verification
from gen.draw import Draw
from gen.families.finite_difference import ASKED, KINDS, LEAST_ERROR, Params, pose, verify
from gen.family import find
from gen.solving import solve
from gen.topics.differences import oracle
from gen.topics.differences.graphs import Setting, spoiled
from gen.topics.differences.plots import LEAST_STEP
from gen.work import work
from tests.solutions import answers_of, item_of

FAMILY = find("finite_difference")
item = item_of("finite_difference")

# x^3 + 2 x y - 2 y^2 at (3, 2), where the slopes are 31 and -2.
CUBE = ((1, (3, 0)), (2, (1, 1)), (-2, (0, 2)))
AT = (("t1", 3.0), ("t2", 2.0), ("e", 0.1))


def solved(setting, numbers=AT, places=4):
    problem = replace(pose(Params(setting, numbers)), places=places)
    return problem, solve(problem, Draw("options"))


def answers(solution):
    return answers_of(solution)


def wrong(solution):
    nodes = [ask.node for ask in solution.problem.parts[-1].asks]
    return {
        w.slip: dict(zip(nodes, map(float, w.values), strict=True))
        for w in solution.parts[-1].answer.wrong
    }


@pytest.mark.parametrize(
    ("slip", "published"),
    [("", 27.0001), ("two_missing", 54.0002), ("forward_for_centred", 27.0901)],
)
def test_the_published_quotients_of_a_cube(slip, published):
    found = spoiled(Setting("centred", ((1, (3,)),)), {"t1": 3.0, "e": 0.01}, slip)
    assert found["D"] == pytest.approx(published)
    assert found["g"] == 27


def test_a_centred_quotient_its_derivative_and_its_error():
    _, solution = solved(Setting("centred", CUBE, 0))
    # 3.1^3 + 12.4 - 8, and 2.9^3 + 11.6 - 8: the cube leaves e^2 over.
    expected = {"Jp": 34.191, "Jm": 27.989, "D": 31.01, "g": 31, "ED": 0.01}
    assert answers(solution) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("slip", "quotient"),
    [
        ("two_missing", 62.02),
        ("forward_for_centred", 31.91),
        ("backward_for_centred", 30.11),
        ("quotient_reversed", -31.01),
        ("step_left_out", 3.101),
        ("difference_not_divided", 6.202),
        # With respect to y it is 2 x - 4 y.
        ("other_parameter_moved", -2.0),
        ("step_added_to_value", 1.0),
    ],
)
def test_the_slips_of_a_quotient_have_the_numbers_worked_by_hand(slip, quotient):
    _, solution = solved(Setting("centred", CUBE, 0))
    assert wrong(solution)[slip]["D"] == pytest.approx(quotient)


@pytest.mark.parametrize(
    ("slip", "derivative"),
    [
        ("exponent_left_out", 9 + 4),
        ("exponent_not_lowered", 81 + 4),
        ("other_partial_derivative", 2 * 3 - 4 * 2),
        ("constant_terms_kept", 31 - 8),
        ("mixed_terms_dropped", 27),
    ],
)
def test_the_slips_of_the_derivative_have_the_numbers_worked_by_hand(slip, derivative):
    _, solution = solved(Setting("centred", CUBE, 0))
    assert wrong(solution)[slip]["g"] == pytest.approx(derivative)


def test_half_the_step_leaves_a_quarter_of_the_error_and_half_of_that_of_a_forward_difference():
    numbers = (("t1", 3.0), ("t2", 2.0), ("e", 1.0))
    _, solution = solved(Setting("orders", CUBE, 0), numbers, places=4)
    found = answers(solution)
    assert found["rD"] == pytest.approx(4)
    # The error of the forward difference is 9 e + e^2.
    assert found["rF"] == pytest.approx(10 / 4.75)


@pytest.mark.parametrize(
    ("kind", "exchanged"),
    [
        ("forward", {"EF": "ED", "ED": "EF"}),
        ("halved", {"ED": "EDh", "EDh": "ED"}),
        ("orders", {"rF": "rD", "rD": "rF"}),
    ],
)
def test_differences_that_are_exchanged_take_their_errors_with_them(kind, exchanged):
    numbers = (("t1", 3.0), ("t2", 2.0), ("e", 1.0))
    _, solution = solved(Setting(kind, CUBE, 0), numbers)
    right, made = answers(solution), wrong(solution)["differences_exchanged"]
    assert {node: made[node] for node in exchanged} == pytest.approx(
        {node: right[other] for node, other in exchanged.items()}
    )


@pytest.mark.parametrize("difficulty", KINDS)
def test_polynomials_agree_with_symbolic_ones(difficulty):
    checked = 0
    for seed in range(25):
        made = item(seed, difficulty)
        setting = made.params.setting
        if setting.kind == "unit":
            continue
        t = sympy.symbols(f"t1:{setting.parameters + 1}")
        j = sum(c * sympy.prod(x**n for x, n in zip(t, e, strict=True)) for c, e in setting.terms)
        at = {x: sympy.Rational(str(made.problem.givens[str(x)])) for x in t}
        e = sympy.Rational(str(made.problem.givens["e"]))
        x = t[setting.place]

        def value(by, j=j, x=x, at=at):
            return j.subs({**at, x: at[x] + by})

        expected = {"g": sympy.diff(j, x).subs(at), "Jp": value(e), "Jm": value(-e)}
        for mark, step in (("", e), ("h", e / 2)):
            expected[f"D{mark}"] = (value(step) - value(-step)) / (2 * step)
            expected[f"F{mark}"] = (value(step) - value(0)) / step
        for name in ("D", "F", "Dh", "Fh"):
            expected[f"E{name}"] = expected[name] - expected["g"]
        for name in "DF":
            expected[f"r{name}"] = expected[f"E{name}"] / expected[f"E{name}h"]
        for node, ours in answers(made.solution).items():
            assert ours == pytest.approx(float(expected[node])), node
            checked += 1
    assert checked > 40


def test_the_loss_of_a_unit_is_differentiated_like_a_plain_function():
    for seed in range(30):
        made = item(seed, "hard")
        if made.params.setting.kind != "unit":
            continue
        givens = {name: np.asarray(value) for name, value in made.problem.givens.items()}
        act = np.tanh if made.params.setting.activation == "tanh" else _sigmoid

        def loss(t1, t2, givens=givens, act=act):
            s = t1 * givens["x"][0] + t2 * givens["x"][1] + givens["b"]
            return 0.5 * (act(s) - givens["y"]) ** 2

        t1, t2, e = (float(givens[name]) for name in ("t1", "t2", "e"))
        found, h = answers(made.solution), 1e-6
        assert found["D1"] == pytest.approx((loss(t1 + e, t2) - loss(t1 - e, t2)) / (2 * e))
        assert found["D2"] == pytest.approx((loss(t1, t2 + e) - loss(t1, t2 - e)) / (2 * e))
        slope = (loss(t1 + h, t2) - loss(t1 - h, t2)) / (2 * h)
        assert found["g1"] == pytest.approx(slope, rel=1e-6)


def _sigmoid(s):
    return 1 / (1 + np.exp(-s))


@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
@pytest.mark.parametrize("difficulty", KINDS)
def test_every_kind_is_drawn_and_its_errors_are_seen(difficulty, arithmetic):
    drawn = [item(seed, difficulty, arithmetic=arithmetic) for seed in range(40)]
    kinds = {made.params.setting.kind for made in drawn}
    assert kinds == set(KINDS[difficulty]) - ({"unit"} if arithmetic == "exact" else set())
    errors = [
        abs(value)
        for made in drawn
        for node, value in answers(made.solution).items()
        if node in ("ED", "EDh", "EF")
    ]
    assert min(errors, default=1.0) >= LEAST_ERROR - 1e-12


def test_parts_ask_for_what_their_kind_says():
    for seed in range(20):
        made = item(seed, "hard")
        asked = tuple(tuple(a.node for a in part.asks) for part in made.problem.parts)
        assert asked == ASKED[made.params.setting.kind]


def test_a_chord_is_drawn_where_it_can_be_told_from_the_tangent():
    drawn = [item(seed, "medium") for seed in range(30)]
    for made in drawn:
        step = float(made.problem.givens["e"])
        assert (made.problem.solved_figure is not None) == (step >= LEAST_STEP)
    assert {made.problem.solved_figure is None for made in drawn} == {True, False}


def test_a_quotient_that_is_no_quotient_of_the_function_is_found_out():
    right, _ = solved(Setting("centred", CUBE, 0))
    variant = next(v for v in right.variants if v.slip == "two_missing")
    problem = replace(right, graph=variant.graph, givens=variant.givens, variants=())
    solution = solve(problem, Draw("options"))
    assert verification.verify(problem, solution)
    given = replace(solution, problem=replace(problem, givens={**right.givens}))
    with pytest.raises(verification.Mismatch, match="D is 62"):
        oracle.compare(given.problem, given)


@pytest.mark.parametrize("form", ["numeric", "choice"])
def test_harder_items_take_more_operations(form):
    means = [np.mean([work(item(seed, d, form)) for seed in range(30)]) for d in KINDS]
    assert means[0] * 1.4 < means[1]
    assert means[1] * 1.1 < means[2]


def test_verification_counts_what_the_family_recomputes():
    made = item(1, "easy")
    own = verify(made.problem, made.solution)[-1]
    assert own.numbers == 5
