"""Numbers at the ends of their range: the right value, as mpmath has it, or a sentence.

Scores of 1000 and -1000 are where exp overflows and where probabilities round to 0 and 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import mpmath as mp
import pytest

Record = Callable[..., Any]
Refused = Callable[..., str]
File = Callable[..., str]

SCORES = (1000, -1000)


def logistic(x: Any) -> Any:
    return 1 / (1 + mp.exp(-x))


ACTIVATIONS: dict[str, Callable[[Any], Any]] = {
    "identity": lambda x: x,
    "sigmoid": logistic,
    "tanh": mp.tanh,
    "relu": lambda x: max(x, mp.mpf(0)),
    "leaky_relu": lambda x: x if x > 0 else x / 100,
    "elu": lambda x: x if x > 0 else mp.exp(x) - 1,
    "softplus": lambda x: mp.log(1 + mp.exp(x)),
}
LOSSES: dict[str, Callable[[Any, Any], Any]] = {
    "squared_error": lambda p, t: (p - t) ** 2,
    "half_squared_error": lambda p, t: (p - t) ** 2 / 2,
    "mean_squared_error": lambda p, t: (p - t) ** 2,
}


def binary_cross_entropy(p: Any, t: Any) -> Any:
    return -(t * mp.log(p) + (1 - t) * mp.log(1 - p))


def near(value: Any) -> Any:
    return pytest.approx(float(value), rel=1e-9, abs=1e-290)


def digits(number: Any) -> Any:
    """A number with as many digits as it takes to see what is left of 1 beside exp(-1000)."""
    return mp.mpf(number)


@pytest.fixture(autouse=True)
def thousand_digits() -> Any:
    with mp.workdps(1000):
        yield


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("score", SCORES)
def test_a_unit_with_an_extreme_score_has_the_right_loss_and_gradient(
    activation: str, loss: str, score: int, file: File, record: Record
) -> None:
    found = record(
        "net",
        file(
            f'input=[1]\ntarget=[1]\nloss="{loss}"\n'
            f'[[layer]]\nweights=[[{score}]]\nactivation="{activation}"\n'
        ),
    )

    def of_weight(w: Any) -> Any:
        return LOSSES[loss](ACTIVATIONS[activation](w), digits(1))

    assert found["loss"] == near(of_weight(digits(score)))
    assert found["gradient"]["W1"][0][0] == near(mp.diff(of_weight, digits(score)))


@pytest.mark.parametrize(("score", "target"), [*product(SCORES, (0, 1))])
@pytest.mark.parametrize("notation", ["standard", "cmu-gormley", "waterloo-meila"])
def test_the_binary_cross_entropy_of_an_extreme_score_is_right(
    score: int, target: int, notation: str, file: File, record: Record
) -> None:
    text = (
        f'input=[1]\ntarget=[{target}]\nloss="binary_cross_entropy"\n'
        f'[[layer]]\nweights=[[{score}]]\nactivation="sigmoid"\n'
    )
    found = record("net", file(text), "--notation", notation)
    assert found["loss"] == near(binary_cross_entropy(logistic(digits(score)), digits(target)))
    slope = logistic(digits(score)) - target
    assert abs(found["gradient"]["W1"][0][0]) == near(abs(slope))


@pytest.mark.parametrize("target", [1, 2])
@pytest.mark.parametrize("notation", ["standard", "cmu-gormley"])
def test_the_cross_entropy_of_extreme_scores_is_right(
    target: int, notation: str, file: File, record: Record
) -> None:
    text = (
        f'input=[1]\ntarget={target}\nloss="cross_entropy"\n'
        '[[layer]]\nweights=[[1000],[-1000]]\nactivation="softmax"\n'
    )
    found = record("net", file(text), "--notation", notation)
    first = logistic(digits(2000))
    p = (first, 1 - first)
    assert found["loss"] == near(-mp.log(p[target - 1]))
    slopes = [p[k] - (k == target - 1) for k in range(2)]
    assert [row[0] for row in found["gradient"]["W1"]] == [near(slope) for slope in slopes]


@pytest.mark.parametrize("activation", [*ACTIVATIONS, "softmax"])
@pytest.mark.parametrize("score", SCORES)
def test_a_batch_of_one_through_five_extreme_layers_has_finite_numbers(
    activation: str, score: int, file: File, record: Record
) -> None:
    layer = f'[[layer]]\nweights=[[{score}]]\nactivation="{activation}"\n'
    found = record("net", file(f"input=[[1]]\ntarget=[[1]]\n{layer * 5}"))
    value = digits(1)
    for _ in range(5):
        value = digits(1) if activation == "softmax" else ACTIVATIONS[activation](score * value)
    assert found["forward"]["o5"][0][0] == near(value)


@pytest.mark.parametrize(
    "scores",
    [
        (1000, -1000, 0),
        (1000, 1000),
        (-1000,),
        (1000, 999, 998),
        (1e6, -1e6),
        (745, 0),
        (1e-320, 0),
    ],
)
def test_softmax_of_extreme_scores_is_right(scores: Sequence[float], record: Record) -> None:
    found = record("softmax", *map(repr, scores), "--target", str(len(scores)), "--jacobian")
    powers = [mp.exp(digits(score)) for score in scores]
    p = [power / mp.fsum(powers) for power in powers]
    assert found["softmax"] == [near(each) for each in p]
    assert found["loss"] == near(-mp.log(p[-1]))
    right = [each - (k == len(p) - 1) for k, each in enumerate(p)]
    assert found["gradient"] == [near(each) for each in right]
    assert found["jacobian"] == [
        [near(p[i] * ((i == j) - p[j])) for j in range(len(p))] for i in range(len(p))
    ]


POINTS: dict[str, tuple[float, Callable[[Any], Any]]] = {
    "exp(-1000*x)": (1, lambda x: mp.exp(-1000 * x)),
    "exp(700*x)": (1, lambda x: mp.exp(700 * x)),
    "log(x)": (1e-300, mp.log),
    "log(1 + exp(-x))": (700, lambda x: mp.log(1 + mp.exp(-x))),
    "sigmoid(x)": (-1000, logistic),
    "log(sigmoid(x))": (-700, lambda x: mp.log(logistic(x))),
    "tanh(x)": (1000, mp.tanh),
    "softplus(x)": (1000, lambda x: mp.log(1 + mp.exp(x))),
    "softplus(-x)": (1000, lambda x: mp.log(1 + mp.exp(-x))),
    "cos(x)": (1e22, mp.cos),
    "sqrt(x)": (1e-300, mp.sqrt),
    "x^2": (1e154, lambda x: x**2),
    "x^2 + x": (0, lambda x: x**2 + x),
    "x/1e-300": (1e-10, lambda x: x / mp.mpf(1e-300)),
    "1e308*x": (1e-320, lambda x: mp.mpf(1e308) * x),
    "1e-320*x": (2, lambda x: mp.mpf(1e-320) * x),
    "x*1e300/1e300": (1e5, lambda x: x),
}


@pytest.mark.parametrize("text", POINTS)
def test_a_function_at_an_extreme_point_has_the_right_value_and_derivative(
    text: str, record: Record
) -> None:
    point, function = POINTS[text]
    found = record("graph", text, f"x={point!r}")
    at = digits(point)
    assert found["value"] == near(function(at))
    assert found["gradient"]["x"] == near(mp.diff(function, at, h=mp.mpf(10) ** -600))


CONVENTIONS = {
    "abs(x)": (0.0, 0.0),
    "relu(x)": (0.0, 0.0),
    "elu(x, 1)": (0.0, 1.0),
    "leaky_relu(x, 0.1)": (0.0, 0.1),
    "max(x, 0)": (0.0, 1.0),
    "max(0, x)": (0.0, 0.0),
    "min(x, x)": (0.0, 1.0),
    "x^1": (0.0, 1.0),
    "x^0": (1.0, 0.0),
    "x/2*0": (0.0, 0.0),
}


@pytest.mark.parametrize("text", CONVENTIONS)
def test_a_kink_at_0_has_the_value_and_the_slope_of_the_convention(
    text: str, record: Record
) -> None:
    found = record("graph", text, "x=0")
    assert (found["value"], found["gradient"]["x"]) == CONVENTIONS[text]


@pytest.mark.parametrize(
    "text",
    ["1/x", "x/x", "log(x)", "x*log(x)", "sqrt(x)", "x^-1", "x^(1/2)", "log(sigmoid(x) - 1/2)"],
)
def test_what_has_no_value_or_no_slope_at_0_is_refused(text: str, refused: Refused) -> None:
    refused("graph", text, "x=0")


@pytest.mark.parametrize("text", ["exp(x)", "x^200", "x*1e308", "sqrt(x)*1e308", "x/1e-320", "2^x"])
def test_what_is_too_large_for_a_number_is_refused(text: str, refused: Refused) -> None:
    refused("graph", text, "x=2000")


@pytest.mark.parametrize(("p", "target"), [*product((0, 1), (0, 1))])
def test_the_loss_of_a_certain_prediction_is_its_limit_or_refused(
    p: int, target: int, record: Record, refused: Refused
) -> None:
    line = ("graph", "binary_cross_entropy(x, t)", f"x={p}", f"t={target}")
    if p != target:
        refused(*line)
        return
    found = record(*line)
    # The slope is -t/p + (1 - t)/(1 - p).
    assert (found["value"], found["gradient"]["x"]) == (0.0, -1.0 if p else 1.0)
