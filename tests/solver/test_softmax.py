"""Expected values: mpmath with 50 digits, complex steps, and the lecture's example by hand."""

from __future__ import annotations

from typing import Any

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.arithmetic import EXACT, Decimals
from solver.exact import exact
from solver.softmax import Softmax, graph
from solver.steps import Step

mpmath.mp.dps = 50

LECTURE = np.array([-1.0, 2.7, 0.5])


def one_hot(count: int, label: int) -> np.ndarray[Any, Any]:
    return np.array([float(k == label) for k in range(count)])


def problem(scores: Any, label: int, **settings: Any) -> Softmax:
    found = np.array(scores, dtype=float)
    return Softmax(found, one_hot(len(found), label), label, **settings)


def by_mpmath(scores: Any, temperature: float = 1.0) -> list[mpmath.mpf]:
    powers = [mpmath.exp(mpmath.mpf(float(z)) / mpmath.mpf(temperature)) for z in scores]
    return [power / mpmath.fsum(powers) for power in powers]


def values(worked: Softmax) -> dict[str, Any]:
    return {f"{step.kind} {step.node}": step.value.tolist() for step in worked.steps}


def test_the_lines_of_the_lecture_example() -> None:
    assert values(problem(LECTURE, 1)) == {
        "forward a": [0.3679, 14.8797, 1.6487],
        "forward S": 16.8963,
        "forward p": [0.0218, 0.8806, 0.0976],
        "forward L": 0.1272,
        "backward z": [0.0218, -0.1194, 0.0976],
    }


def test_shifted_on_request_the_exponentials_are_other_ones_and_the_probabilities_the_same() -> (
    None
):
    # e^-3.7 = 0.024724, e^-2.2 = 0.110803; their sum with 1 is 1.1355.
    found = values(problem(LECTURE, 1, stable=True))
    assert found["forward u"] == [-3.7, 0.0, -2.2]
    assert found["forward a"] == [0.0247, 1.0, 0.1108]
    assert found["forward S"] == 1.1355
    assert found["forward L"] == 0.1271


def test_a_temperature_divides_the_scores_and_the_gradient() -> None:
    # e^-0.5 = 0.60653, e^1.35 = 3.85743, e^0.25 = 1.28403.
    found = values(problem(LECTURE, 1, temperature=2.0))
    assert found["forward v"] == [-0.5, 1.35, 0.25]
    assert found["forward p"] == [0.1055, 0.6711, 0.2234]
    assert found["backward v"] == [0.1055, -0.3289, 0.2234]
    assert found["backward z"] == [0.0528, -0.1645, 0.1117]


@pytest.mark.parametrize("top", [21.0, 1000.0, 1e6])
def test_large_scores_are_shifted_and_the_loss_is_right_where_the_probability_is_nothing(
    top: float,
) -> None:
    worked = problem([top, 0.0, 0.0], 1)
    assert worked.shifted
    assert worked.loss == pytest.approx(top, rel=1e-8)
    assert values(worked)["forward L"] == pytest.approx(top, rel=1e-8)
    assert worked.gradient == pytest.approx([1, -1, 0], abs=1e-8)


def test_the_loss_of_an_improbable_class_is_worked_from_its_score() -> None:
    worked = problem([9.0, -1.0], 1)
    assert not worked.shifted
    exact_loss = -mpmath.log(by_mpmath([9, -1])[1])
    assert values(worked)["forward L"] == pytest.approx(float(exact_loss), abs=1e-4)


def test_one_score_has_the_probability_one_and_nothing_to_learn() -> None:
    worked = problem([3.0], 0)
    assert (worked.probabilities.tolist(), worked.loss) == ([1.0], 0.0)
    assert worked.gradient is not None
    assert worked.gradient.tolist() == [0.0]


scores = st.lists(st.floats(-700, 700, allow_nan=False), min_size=1, max_size=6)


@given(scores, st.sampled_from([0.5, 1.0, 3.0]), st.data())
def test_values_are_those_of_fifty_digits(
    z: list[float], temperature: float, data: st.DataObject
) -> None:
    label = data.draw(st.integers(0, len(z) - 1))
    worked = problem(z, label, temperature=temperature)
    expected = by_mpmath(z, temperature)
    assert worked.probabilities == pytest.approx([float(p) for p in expected], abs=1e-12)
    assert worked.loss == pytest.approx(float(-mpmath.log(expected[label])), rel=1e-9, abs=1e-12)
    slope = [(p - (k == label)) / temperature for k, p in enumerate(expected)]
    assert worked.gradient == pytest.approx([float(s) for s in slope], abs=1e-12)


@given(st.lists(st.integers(-40, 40), min_size=2, max_size=5), st.booleans(), st.data())
def test_printed_lines_stay_near_the_values(
    tenths: list[int], stable: bool, data: st.DataObject
) -> None:
    label = data.draw(st.integers(0, len(tenths) - 1))
    worked = problem([n / 10 for n in tenths], label, stable=stable)
    found = values(worked)
    assert found["forward p"] == pytest.approx(worked.probabilities, abs=5e-4)
    assert found["forward L"] == pytest.approx(worked.loss, abs=6e-3)
    assert found["backward z"] == pytest.approx(worked.gradient, abs=5e-4)


def complex_step(scores: np.ndarray[Any, Any], temperature: float) -> np.ndarray[Any, Any]:
    columns = []
    for k in range(len(scores)):
        moved = scores.astype(complex)
        moved[k] += 1e-30j
        powers = np.exp(moved / temperature)
        columns.append((powers / powers.sum()).imag / 1e-30)
    return np.array(columns).T


@pytest.mark.parametrize("temperature", [1.0, 0.5])
def test_the_jacobian_is_that_of_complex_steps_whole_and_line_by_line(temperature: float) -> None:
    worked = Softmax(LECTURE, temperature=temperature, with_jacobian=True)
    expected = complex_step(LECTURE, temperature)
    assert worked.jacobian == pytest.approx(expected, abs=1e-12)
    lines = {step.node: float(step.value) for step in worked.steps if step.node[:2] == "J_"}
    for i in range(3):
        for k in range(i, 3):
            assert lines[f"J_{i + 1}_{k + 1}"] == pytest.approx(expected[i, k], abs=3e-4)
    assert len(lines) == 6


def test_targets_may_be_a_distribution() -> None:
    targets = np.array([0.2, 0.5, 0.3])
    worked = Softmax(LECTURE, targets)
    p = by_mpmath(LECTURE)
    expected = -mpmath.fsum(mpmath.mpf(t) * mpmath.log(q) for t, q in zip(targets, p, strict=True))
    assert worked.loss == pytest.approx(float(expected), rel=1e-12)
    assert values(worked)["forward L"] == pytest.approx(float(expected), abs=2e-3)
    assert worked.gradient == pytest.approx([float(q) - t for t, q in zip(targets, p, strict=True)])


def test_a_distribution_over_far_scores_is_worked_from_the_sum() -> None:
    worked = Softmax(np.array([1000.0, 0.0]), np.array([0.5, 0.5]))
    assert values(worked)["forward L"] == 500.0


def test_the_gradient_is_the_rule_s_own_line() -> None:
    gradient = next(step for step in problem(LECTURE, 1).steps if step.kind == "backward")
    assert repr(gradient.formula) == "(p - t)"
    assert gradient.through == (("cross_entropy_of_scores", 0),)


def test_with_the_sign_turned_lines_are_about_minus_the_gradient_and_the_gradient_is_not() -> None:
    worked = problem(LECTURE, 1, sign=-1)
    assert values(worked)["backward z"] == [-0.0218, 0.1194, -0.0976]
    assert worked.gradient == pytest.approx([0.0218, -0.1194, 0.0976], abs=5e-5)


def test_without_targets_there_is_no_loss() -> None:
    worked = Softmax(LECTURE)
    assert (worked.loss, worked.gradient) == (None, None)
    assert [step.node for step in worked.steps] == ["a", "S", "p"]


def texts(step: Step) -> list[str]:
    return [str(number) for number in np.ravel(step.value)]


def test_logarithms_have_exact_probabilities() -> None:
    logs = exact(["ln 2", "ln 3", "0"])
    worked = Softmax(logs, exact([0, 1, 0]), 1, arithmetic=EXACT)
    found = {f"{step.kind} {step.node}": texts(step) for step in worked.steps}
    assert worked.why_decimal == ""
    assert found["forward a"] == ["2", "3", "1"]
    assert found["forward p"] == ["1/3", "1/2", "1/6"]
    assert found["backward z"] == ["1/3", "-1/2", "1/6"]
    assert float(worked.steps[3].value) == pytest.approx(float(mpmath.log(2)))


def test_places_are_those_that_were_asked_for() -> None:
    found = values(problem(LECTURE, 1, arithmetic=Decimals(2)))
    assert found["forward p"] == [0.02, 0.88, 0.1]


def test_the_graph_of_probabilities_names_every_quantity() -> None:
    made = graph(3, shifted=True, tempered=True)
    assert [equation.target for equation in made.equations] == ["u", "v", "a", "S", "p"]
    assert made.output == "p"
