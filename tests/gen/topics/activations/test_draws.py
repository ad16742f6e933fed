"""Numbers for activations: on both sides of kinks, and no two alike."""

from __future__ import annotations

import pytest

from gen.draw import Draw
from gen.topics.activations import draws


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "elu"])
def test_several_points_lie_on_both_sides_of_a_kink(activation):
    for seed in range(100):
        points = draws.draw_points(Draw(seed), activation, 3)
        assert min(points) < 0 < max(points)


def test_a_single_point_lies_to_the_left_of_a_kink():
    assert all(draws.draw_points(Draw(seed), "elu", 1)[0] < 0 for seed in range(50))


@pytest.mark.parametrize("draw_weights", [draws.draw_weights, draws.draw_exact_weights])
def test_several_weights_differ_in_size_and_have_both_signs(draw_weights):
    for seed in range(100):
        weights = [float(weight) for weight in draw_weights(Draw(seed), 3)]
        assert min(weights) < 0 < max(weights)
        assert len({abs(weight) for weight in weights}) == 3


@pytest.mark.parametrize("draw_outputs", [draws.draw_outputs, draws.draw_exact_outputs])
@pytest.mark.parametrize(("activation", "least"), [("sigmoid", 0), ("tanh", -1)])
def test_outputs_lie_in_the_range_of_the_activation(draw_outputs, activation, least):
    for seed in range(100):
        outputs = [float(output) for output in draw_outputs(Draw(seed), activation, 3)]
        assert all(least < output < 1 for output in outputs)
        assert 0.5 not in outputs or activation == "tanh"
