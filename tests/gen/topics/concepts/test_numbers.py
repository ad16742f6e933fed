"""Numbers of statements: right as drawn, wrong where a mistake is made, and known by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from gen.draw import Draw
from gen.topics.concepts.bank import statements
from gen.topics.concepts.checking import holds
from gen.topics.concepts.numbers import drawer
from gen.topics.concepts.numbers.case import Case
from gen.topics.concepts.oracle import oracle
from gen.topics.concepts.sampling import Said
from gen.topics.concepts.words import latex

NAMES = [name for name, each in statements().items() if each.computed]
SEEDS = 60

KNOWN = {
    "one_to_one_network": ({"hidden": 3}, 10),
    "perceptron_parameters": ({"inputs": 4, "hidden": 3, "outputs": 2}, 23),
    "equal_hidden_layers": ({"inputs": 2, "layers": 2, "hidden": 3}, 9 + 12 + 4),
    "weights_without_biases": ({"inputs": 4, "hidden": 3}, 15),
    "weight_matrices": ({"hidden": 2}, 3),
    "folded_entries": ({"units": 2, "inputs": 3}, 8),
    "two_paths": ({"pu": 2, "qu": -1, "yp": 3, "yq": 4}, 2),
    "tanh_output": ({"output": Fraction(1, 2), "target": -1}, Fraction(9, 4)),
    "tanh_delta": ({"output": Fraction(1, 2), "weight": 2, "next": 3}, Fraction(9, 2)),
    "weight_entry": ({"delta": 3, "weight": 7, "input": -2}, -6),
    "hidden_weight": (
        {"hidden": Fraction(1, 4), "weight": 2, "error": 4, "input": -2},
        -3,
    ),
    "sigmoid_unit_weight": (
        {"output": Fraction(3, 4), "target": 1, "input": 4},
        Fraction(-3, 16),
    ),
    "tanh_slope": ({"output": Fraction(-1, 3)}, Fraction(8, 9)),
    "sigmoid_slope": ({"output": Fraction(1, 4)}, Fraction(3, 16)),
    "shrinking_chain": ({"units": 3}, 64),
    "posterior": (
        {
            "prior": Fraction(1, 3),
            "rest": Fraction(2, 3),
            "first": Fraction(1, 2),
            "second": Fraction(1, 4),
        },
        Fraction(1, 2),
    ),
    "softmax_score": (
        {"p": Fraction(1, 4), "q": Fraction(1, 2), "which": "the true class"},
        Fraction(-3, 4),
    ),
    "scores_of_two_examples": (
        {"first": Fraction(1, 4), "second": Fraction(1, 2)},
        Fraction(-1, 4),
    ),
    "softmax_slope": (
        {"p": Fraction(1, 4), "q": Fraction(1, 2), "which": "second"},
        Fraction(-1, 8),
    ),
    "sigmoid_score": ({"output": Fraction(3, 4), "target": 1}, Fraction(-1, 4)),
    "softmax_of_logs": ({"first": 2, "second": 3, "third": 5}, Fraction(1, 5)),
    "bce_slope": ({"output": Fraction(1, 4), "target": 1}, -4),
    "half_square": ({"output": 3, "target": -2}, 5),
    "loss_from_probabilities": (
        {
            "first": Fraction(1, 2),
            "second": Fraction(1, 3),
            "third": Fraction(1, 6),
            "which": "third",
        },
        6,
    ),
    "two_softmax_outputs": ({"first": 5, "second": 2}, 3),
    "descent_step": ({"weight": 3, "derivative": 4, "rate": Fraction(1, 2)}, 1),
    "updates_in_epochs": ({"examples": 100, "batch": 20, "epochs": 3}, 15),
    "batch_mean": ({"first": 1, "second": 2, "third": 6}, 3),
    "mean_of_two": ({"first": 1, "second": 2, "error": 4, "other": 3}, 5),
    "two_steps": ({"start": 16, "rate": Fraction(1, 4)}, 4),
    "minimum_of_a_cubic": ({"factor": 12, "root": 2}, 2),
    "centred_evaluations": ({"inputs": 7}, 14),
    "one_sided_evaluations": ({"inputs": 7}, 8),
    "error_of_differences": ({"factor": 3}, 9),
    "centred_cube": ({"theta": 2, "epsilon": 1}, 13),
    "reverse_passes": ({"inputs": 5, "outputs": 2}, 2),
    "forward_passes": ({"inputs": 5, "outputs": 2}, 5),
    "fewest_passes": ({"inputs": 5, "outputs": 2}, 2),
    "product_of_dual_numbers": ({"a": 2, "b": 3, "c": 4, "d": 5}, 22),
    "cube_of_a_dual_number": ({"u": 2, "rate": 1}, 12),
    "threshold_unit": ({"first": 1, "second": 1, "threshold": 2, "both": 2}, 1),
    "slope_through_origin": ({"first": 1, "up": 1, "second": 2, "over": 3}, Fraction(7, 5)),
    "logistic_curvature": ({"p": Fraction(1, 2), "feature": 2}, 1),
    "balanced_multipliers": ({"first": 1, "second": 2, "third": 1}, 2),
    "collapsed_weight": ({"first": 3, "second": -2}, -6),
    "ridge_weight": ({"residual": 2, "x": 3, "w": 4, "penalty": 5}, 28),
    "residual_weight": ({"residual": 3, "input": 2}, -12),
    "sum_of_children": ({"first": 1, "second": 2, "third": 3, "local": 4}, 24),
    "quotient_node": ({"p": 12, "q": 2, "arriving": 1}, -3),
    "product_node": ({"p": 3, "q": -2, "arriving": 4}, -8),
    "both_arguments_move": ({"factor": 2, "t": 1}, 6),
    "gradient_entries": ({"units": 3, "inputs": 4, "batch": 10}, 12),
    "paths_from_a_weight": ({"second": 3, "third": 4}, 12),
    "bias_entry": ({"bias": 7, "delta": -2}, -2),
    "number_of_paths": ({"first": 2, "second": 3}, 6),
}
"""Right numbers worked out by hand; the first two are those of the lecture and of a textbook."""


def cases(name: str) -> list[Case]:
    return [drawer(name)(Draw("case", name, seed)) for seed in range(SEEDS)]


@pytest.mark.parametrize("name", NAMES)
def test_the_right_number_is_the_oracles_and_the_wrong_ones_are_not(name: str) -> None:
    for case in cases(name):
        facts = tuple(case.facts.items())

        def claim(number: object, facts: tuple = facts) -> Said:
            return Said(name, True, (*facts, ("claimed", number), ("right", 0)))

        assert holds(claim(case.right))
        assert not any(holds(claim(wrong)) for wrong in case.mistaken)


@pytest.mark.parametrize("name", KNOWN)
def test_the_oracle_knows_numbers_that_were_worked_out_by_hand(name: str) -> None:
    facts, right = KNOWN[name]
    assert oracle(name)(**facts) == pytest.approx(float(right), rel=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_there_are_mistakes_to_make_and_work_to_do(name: str) -> None:
    some = cases(name)
    assert share([bool(case.right and case.mistaken) for case in some]) > 0.85
    assert all(case.operations >= 1 for case in some)
    assert len({tuple(case.facts.items()) for case in some}) >= 4


def share(flags: list[bool]) -> float:
    return sum(flags) / len(flags)


def test_numbers_are_written_as_on_a_page() -> None:
    assert latex(-3) == "-3"
    assert latex(Fraction(4, 2)) == "2"
    assert latex(Fraction(-3, 4)) == r"-\frac{3}{4}"
    assert latex("first") == "first"


@pytest.mark.parametrize("of", [drawer, oracle])
def test_an_unknown_statement_has_neither_numbers_nor_oracle(of: object) -> None:
    with pytest.raises(KeyError, match="unheard_of"):
        of("unheard_of")  # type: ignore[operator]
