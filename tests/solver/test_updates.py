from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from solver.arithmetic import EXACT
from solver.errors import InputError
from solver.graph import Graph, GraphBuilder
from solver.network import Architecture, Layer, build
from solver.specification import parse, pose
from solver.updates import Update, descend, worked

MAZUR = """
input = [0.05, 0.10]
target = [0.01, 0.99]
loss = "half_squared_error"
layer = [
  {weights = [[0.15, 0.20], [0.25, 0.30]], bias = 0.35, activation = "sigmoid"},
  {weights = [[0.40, 0.45], [0.50, 0.55]], bias = 0.60, activation = "sigmoid"},
]
"""


def parabola() -> Graph:
    """w^2 / 2, whose gradient is w."""
    builder = GraphBuilder()
    builder.input("w")
    square = builder.apply("power", "w", hidden=True, exponent=2)
    builder.apply("divide", square, builder.constant(2), name="loss")
    return builder.build()


def test_a_published_update_has_its_published_weights() -> None:
    # Matt Mazur, A Step by Step Backpropagation Example, 2015; he leaves the biases as they are.
    posed = pose(parse(MAZUR))
    (made,) = descend(posed.network.graph, posed.givens, Update(0.5))
    assert made.loss == pytest.approx(0.298371109, abs=5e-10)
    np.testing.assert_allclose(
        made.parameters["W2"], [[0.35891648, 0.408666186], [0.511301270, 0.561370121]], atol=5e-10
    )
    np.testing.assert_allclose(
        made.parameters["W1"], [[0.149780716, 0.19956143], [0.24975114, 0.29950229]], atol=5e-9
    )


def test_plain_descent_shrinks_a_parabola_by_the_same_factor_each_time() -> None:
    made = descend(parabola(), {"w": 8.0}, Update(0.25, steps=3))
    assert [float(step.parameters["w"]) for step in made] == [6.0, 4.5, 3.375]
    assert [step.loss for step in made] == [32.0, 18.0, 10.125]
    assert [step.new_loss for step in made] == [18.0, 10.125, 3.375**2 / 2]
    assert [float(step.gradients["w"]) for step in made] == [8.0, 6.0, 4.5]


def test_momentum_carries_the_velocity_over() -> None:
    made = descend(parabola(), {"w": 8.0}, Update(0.25, steps=3, momentum=0.5))
    # v: -2, then -1 - 1.5 = -2.5, then -1.25 - 0.875 = -2.125.
    assert [float(step.velocities["w"]) for step in made] == [-2.0, -2.5, -2.125]
    assert [float(step.parameters["w"]) for step in made] == [6.0, 3.5, 1.375]


def test_what_is_fixed_stays_as_it_is() -> None:
    network = build(Architecture(2, (Layer(1),)))
    givens = {"x": np.ones((2, 1)), "y": np.ones((1, 1)), "W1": np.ones((1, 2)), "b1": [[0.0]]}
    (made,) = descend(network.graph, givens, Update(0.1))
    assert set(made.parameters) == {"W1", "b1"}
    assert made.parameters["W1"].tolist() == [[0.9, 0.9]]


def test_a_parameter_that_the_loss_does_not_depend_on_stays_where_it_is() -> None:
    builder = GraphBuilder()
    builder.input("w")
    builder.input("idle")
    graph = builder.build(builder.apply("power", "w", name="loss", exponent=2))
    (made,) = descend(graph, {"w": 1.0, "idle": 3.0}, Update(0.5))
    assert made.parameters["idle"] == 3.0
    assert made.gradients["idle"] == 0.0


def test_numbers_that_leave_all_bounds_are_told_of() -> None:
    sentence = "after update 2, the loss or a gradient is not a finite number; take a smaller"
    with pytest.raises(InputError, match=sentence):
        descend(parabola(), {"w": 1.0}, Update(1e100, steps=5))
    with pytest.raises(InputError, match="with the weights as given, the loss"):
        descend(parabola(), {"w": 1e200}, Update(1.0))


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"learning_rate": 0.0}, "learning_rate is 0.0; give a positive number"),
        ({"learning_rate": float("nan")}, "learning_rate is nan; give a positive number"),
        ({"learning_rate": 1.0, "steps": 0}, "steps is 0; give at least 1"),
        ({"learning_rate": 1.0, "momentum": 1.0}, "momentum is 1.0; give a number from 0 to below"),
        ({"learning_rate": 1.0, "momentum": -0.1}, "momentum is -0.1; give a number from 0"),
    ],
)
def test_an_impossible_update_is_refused(settings: dict[str, float], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        Update(**settings)  # type: ignore[arg-type]


def rounded(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """To four places as by hand, in decimal arithmetic."""
    texts = [f"{value:.12f}" for value in values.flat]
    places = Decimal("0.0001")
    found = [float(Decimal(text).quantize(places, rounding=ROUND_HALF_UP)) for text in texts]
    return np.reshape(found, values.shape)


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_every_printed_value_follows_from_the_printed_numbers_before_it(momentum: float) -> None:
    posed = pose(parse(MAZUR))
    rounds = worked(posed.network.graph, posed.givens, Update(0.5, 3, momentum), 4)
    parameters = {name: posed.givens[name] for name in ("W1", "b1", "W2", "b2")}
    velocities = {name: np.zeros_like(value) for name, value in parameters.items()}
    for lines in rounds[:-1]:
        printed = {str(line.leaf): line.value for line in lines}
        for name, old in parameters.items():
            velocities[name] = momentum * velocities[name] - 0.5 * printed[f"d[{name}]"]
            if momentum:
                velocities[name] = rounded(velocities[name])
                np.testing.assert_allclose(printed[f"velocity[{name}]"], velocities[name])
            new = rounded(old + velocities[name])
            np.testing.assert_allclose(printed[f"updated[{name}]"], new)
            parameters[name] = printed[f"updated[{name}]"]
            velocities[name] = printed.get(f"velocity[{name}]", velocities[name])


def test_the_lines_of_an_update_lead_to_the_loss_the_gradients_and_the_new_values() -> None:
    first, last = worked(parabola(), {"w": 8.0}, Update(0.25), 2)
    shown = [(line.kind, str(line.leaf), str(line.formula), float(line.value)) for line in first]
    assert shown == [
        ("forward", "loss", "((w ** 2) / 2)", 32.0),
        ("backward", "d[w]", "((1 / 2) * (2 * w))", 8.0),
        ("update", "updated[w]", "(w - (rate * d[w]))", 6.0),
    ]
    assert [(str(line.leaf), float(line.value)) for line in last] == [("loss", 18.0)]
    (moved,) = (line for line in first if line.kind == "update")
    assert str(moved.substitution) == "(8 - (0.25 * 8))"


def test_momentum_has_a_line_of_its_own() -> None:
    first, second, _ = worked(parabola(), {"w": 8.0}, Update(0.25, 2, 0.5), 2)
    assert [str(line.formula) for line in first if line.kind == "update"] == [
        "((momentum * velocity[w]) - (rate * d[w]))",
        "(w + velocity[w])",
    ]
    assert [str(line.substitution) for line in second if line.kind == "update"] == [
        "((0.5 * -2) - (0.25 * 6))",
        "(6 + -2.5)",
    ]


def test_a_gradient_with_a_minus_sign_is_added() -> None:
    first, _ = worked(parabola(), {"w": 8.0}, Update(0.25), 2, sign=-1)
    (moved,) = (line for line in first if line.kind == "update")
    assert (str(moved.formula), float(moved.value)) == ("(w + (rate * d[w]))", 6.0)


def test_exact_numbers_stay_exact_through_an_update() -> None:
    first, last = worked(parabola(), {"w": 1.0}, Update(Fraction(1, 3)), EXACT)
    (moved,) = (line for line in first if line.kind == "update")
    assert moved.value[()] == Fraction(2, 3)
    assert last[-1].value[()] == Fraction(2, 9)
