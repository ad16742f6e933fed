"""The Jacobian product family: products worked by hand and by difference, slips, and draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gen import verification
from gen.draw import Draw
from gen.families.jacobian_product import SETTINGS, Params, pose, verify
from gen.family import find
from gen.solving import solve
from gen.topics.jacobians.chains import Chain
from gen.work import work
from tests.solutions import item_of, numbers_of, wrong_of

FAMILY = find("jacobian_product")
item = item_of("jacobian_product")

# b = M a + v = (3, -2) and c = b * b: in numerator layout diag(6, -4) M.
BENT = (("a", (1.0, 2.0)), ("M", ((2.0, 1.0), (-1.0, 3.0))), ("v", (-1.0, -7.0)))


def solved(maps, sizes, layout, numbers, form="numeric"):
    problem = pose(Params(Chain(maps, sizes, layout), numbers, form))
    return problem, solve(problem, Draw("options"))


def answers(solution):
    return numbers_of(solution)


def wrong(solution):
    return {slip: made[-1] for slip, made in wrong_of(solution).items()}


def test_a_square_of_an_affine_map_in_numerator_layout():
    _, solution = solved(("affine", "square"), (2, 2, 2), "numerator", BENT)
    b, matrix, slopes, product = answers(solution)
    assert b == [3, -2]
    assert matrix == [[2, 1], [-1, 3]]
    assert slopes == [[6, 0], [0, -4]]
    assert product == [[12, 6], [4, -12]]


def test_the_denominator_layout_has_the_transpose_and_the_other_order():
    _, solution = solved(("affine", "square"), (2, 2, 2), "denominator", BENT)
    _, matrix, _, product = answers(solution)
    assert matrix == [[2, -1], [1, 3]]
    assert product == [[12, 4], [6, -12]]


@pytest.mark.parametrize(
    ("slip", "made"),
    [
        ("factors_exchanged", [[12, -4], [-6, -12]]),
        ("other_layout", [[12, 4], [6, -12]]),
        ("jacobian_in_other_layout", [[12, -6], [-4, -12]]),
        ("function_skipped", [[2, 1], [-1, 3]]),
        ("exponent_left_out", [[6, 3], [2, -6]]),
        ("exponent_not_lowered", [[36, 18], [-8, 24]]),
        ("derivative_at_start", [[4, 2], [-4, 12]]),
        ("shift_left_out", [[16, 8], [-10, 30]]),
        ("jacobians_added", [[8, 1], [-1, -1]]),
        ("multiplied_entry_by_entry", [[12, 0], [0, -12]]),
    ],
)
def test_the_slips_have_the_numbers_worked_by_hand(slip, made):
    _, solution = solved(("affine", "square"), (2, 2, 2), "numerator", BENT)
    assert wrong(solution)[slip] == made


def test_a_gate_adds_the_contributions_of_both_uses():
    # p = M a = (1, 4), b = (1 * 1, 2 * 4); d b_i / d a_k = p_i [i = k] + a_i M_ik.
    numbers = (
        ("a", (1.0, 2.0)),
        ("M", ((3.0, -1.0), (2.0, 1.0))),
        ("N", ((1.0, 2.0), (3.0, 4.0))),
        ("w", (1.0, 1.0)),
    )
    _, solution = solved(("gate", "affine"), (2, 2, 2), "numerator", numbers)
    p, gate, _, product = answers(solution)
    assert p == [1, 4]
    assert gate == [[4, -1], [4, 6]]
    assert product == [[12, 11], [28, 21]]
    assert [[11, 3], [25, 5]] in [
        w.values[-1].tolist() for w in solution.parts[-1].answer.wrong if "use" in w.slip
    ]


def by_difference(problem, chain):
    """The Jacobian of the whole chain, a row for each entry of what it leads to."""
    functions = {
        "tanh": np.tanh,
        "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
        "square": np.square,
        "cube": lambda x: x**3,
    }

    def reached(x):
        arrays = [problem.givens[name] for name in problem.givens if name != "a"]
        for kind in chain.maps:
            if kind == "affine":
                matrix, shift = arrays.pop(0), arrays.pop(0)
                x = matrix @ x + shift
            elif kind == "gate":
                x = x * (arrays.pop(0) @ x)
            else:
                x = functions[kind](x)
        return x

    a, h = problem.givens["a"], 1e-6
    columns = [(reached(a + h * e) - reached(a - h * e)) / (2 * h) for e in np.eye(len(a))]
    return np.array(columns).T


@pytest.mark.parametrize("difficulty", SETTINGS)
def test_answers_agree_with_central_differences(difficulty):
    for seed in range(25):
        made = item(seed, difficulty)
        chain = made.params.chain
        expected = by_difference(made.problem, chain)
        answer = made.solution.parts[-1].answer.values[0]
        answer = answer if chain.layout == "numerator" else answer.T
        assert answer == pytest.approx(expected, rel=1e-5, abs=1e-6)


def test_a_matrix_that_is_no_jacobian_is_found_out():
    right, _ = solved(("affine", "square"), (2, 2, 2), "numerator", BENT)
    graph = next(v.graph for v in right.variants if v.slip == "function_skipped")
    problem = replace(right, graph=graph, variants=())
    solution = solve(problem, Draw("options"))
    assert verification.verify(problem, solution)
    with pytest.raises(verification.Mismatch, match="J_c_a"):
        verify(problem, solution)


@pytest.mark.parametrize("difficulty", SETTINGS)
@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_every_setting_is_drawn_in_both_layouts(difficulty, arithmetic):
    chains = [item(seed, difficulty, arithmetic=arithmetic).params.chain for seed in range(60)]
    assert {chain.layout for chain in chains} == {"numerator", "denominator"}
    assert {chain.sizes for chain in chains} == {sizes for _, sizes in SETTINGS[difficulty]}


def test_options_are_square_tables_of_two_rows():
    for seed in range(30):
        made = item(seed, "hard", "choice")
        shapes = {o.values[0].shape for o in made.solution.parts[0].options}
        assert shapes == {(2, 2)}


@pytest.mark.parametrize("form", ["numeric", "choice"])
def test_harder_items_take_more_operations(form):
    means = [np.mean([work(item(seed, d, form)) for seed in range(30)]) for d in SETTINGS]
    assert means[0] * 1.4 < means[1]
    assert means[1] * 1.3 < means[2]
