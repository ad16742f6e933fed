from __future__ import annotations

import functools
import math
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver import functions as f
from solver.exact import Exact, NotExact, exact
from solver.graph import Graph, GraphBuilder
from solver.network import Architecture, Layer, build
from solver.passes import backward, forward
from solver.rules import RULES

fractions = st.fractions(-50, 50, max_denominator=40)


@given(fractions, fractions.filter(bool))
def test_rational_numbers_are_fractions(a: Fraction, b: Fraction) -> None:
    x, y = Exact(a), Exact(b)
    for found, expected in ((x + y, a + b), (x - y, a - b), (x * y, a * b), (x / y, a / b)):
        assert found.value == expected
        assert type(found.value) is Fraction
    assert (x**3).value == a**3
    assert (-x).value == -a
    assert (x < y, x <= y, x == y, x > y) == (a < b, a <= b, a == b, a > b)


@given(fractions, st.integers(-9, 9))
def test_plain_numbers_may_stand_on_either_side(a: Fraction, n: int) -> None:
    assert (n + Exact(a), n - Exact(a), n * Exact(a)) == (n + a, n - a, n * a)
    assert Exact(a) + np.float64(n) == a + n
    assert np.float64(n) + Exact(a) == a + n


def test_a_float_stands_for_the_decimal_that_it_prints_as() -> None:
    assert Exact(0.1) + Exact(0.2) == Fraction(3, 10)
    assert Exact(np.float64(-2.5)).value == Fraction(-5, 2)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (f.sigmoid(Exact("ln 3")), "3/4"),
        (f.sigmoid(Exact("-ln 3")), "1/4"),
        (Exact("ln 2").tanh(), "3/5"),
        (Exact("ln 2").exp(), "2"),
        (Exact("2 * ln 3").exp(), "9"),
        (Exact("ln 4") - Exact("ln 3"), "ln(4/3)"),
        (Exact("ln 6") - Exact("ln 2") - Exact("ln 3"), "0"),
        (Exact("sqrt 8") * Exact("sqrt 2"), "4"),
        (Exact("(1 + sqrt 2) * (1 - sqrt 2)"), "-1"),
        (f.sigmoid(Exact(1)) + f.sigmoid(Exact(-1)), "1"),
        (f.sigmoid(Exact(1)), "e/(e + 1)"),
        (f.softplus(Exact("ln 3")), "2*ln(2)"),
        (Exact("1/4").sqrt(), "1/2"),
        (Exact(0).exp(), "1"),
        (Exact(0).sin(), "0"),
        (Exact(0).cos(), "1"),
        (Exact(1).log(), "0"),
        (Exact(0) ** 3, "0"),
        (Exact(0) ** 0, "1"),
        (Exact("1/4") ** Exact("ln 2"), "e^(-2*(ln(2))^2)"),
        (2 ** Exact(-2), "1/4"),
        ((Exact(math.pi) / 6).sin(), "1/2"),
        ((Exact(math.pi) * 5 / 4).sin(), "-sqrt(2)/2"),
        ((Exact(math.pi) / -3).cos(), "1/2"),
        (Exact(math.e).log(), "1"),
    ],
)
def test_what_is_rational_is_seen_to_be(found: Exact, expected: str) -> None:
    assert str(found) == expected


def test_equal_numbers_are_equal_however_they_came_about() -> None:
    assert Exact("ln 4") - Exact("ln 3") == Exact("ln(4/3)")
    assert Exact("2 * ln 2") == Exact("ln 4")
    assert Exact("ln 2") != Exact("7/10")
    assert Exact("ln 2") < Exact("7/10") < Exact("ln 3")
    assert Exact("ln 2") != "ln 2"


def test_numbers_become_floats_to_the_last_digit() -> None:
    assert float(Exact("ln 3")) == math.log(3)
    assert float(Exact("1/3")) == 1 / 3
    assert float(Exact("e^-20")) == pytest.approx(math.exp(-20), rel=1e-15)
    assert repr(Exact("ln 3")) == "Exact('ln(3)')"


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("sigmoid", ()),
        ("softplus", ()),
        ("relu", ()),
        ("leaky_relu", (0.5,)),
        ("elu", (0.5,)),
        ("step", ()),
        ("step", (0.5,)),
        ("sign", ()),
        ("absolute", ()),
        ("maximum", (0.25,)),
        ("minimum", (0.25,)),
        ("at_least", (0.25,)),
    ],
)
@pytest.mark.parametrize("x", [-1.5, 0.0, 0.25, 2.0])
def test_functions_have_the_values_that_they_have_for_floats(
    name: str, settings: tuple[float, ...], x: float
) -> None:
    function = getattr(f, name)
    assert float(function(Exact(x), *settings)) == pytest.approx(
        float(function(np.float64(x), *settings)), rel=1e-14
    )


def floats(array: Any) -> Any:
    return np.asarray(array).astype(float)


def agree(graph: Graph, givens: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Values and gradients over exact numbers, checked against those over floats."""
    numbers = {name: exact(value) for name, value in givens.items()}
    values = forward(graph, numbers)
    gradients = backward(graph, values)
    plain = forward(graph, {name: floats(value) for name, value in numbers.items()})
    for found, expected in ((values, plain), (gradients, backward(graph, plain))):
        assert set(found) == set(expected)
        for node in expected:
            np.testing.assert_allclose(floats(found[node]), expected[node], rtol=1e-12, atol=1e-12)
    return values, gradients


def test_a_small_network_has_exact_values_and_gradients() -> None:
    # s = (ln 3, ln 2), so o = (3/4, 2/3); y = 3/4 - 2 * 2/3 + 1/12 = -1/2 misses 1/2 by -1.
    network = build(Architecture(1, (Layer(2, "sigmoid"), Layer(1))))
    givens = {
        "x": [[1]],
        "W1": [["ln 3"], ["ln 2"]],
        "b1": [[0], [0]],
        "W2": [[1, -2]],
        "b2": [["1/12"]],
        "y": [["1/2"]],
    }
    values, gradients = agree(network.graph, givens)
    assert list(map(str, values["o1"].ravel())) == ["3/4", "2/3"]
    assert str(np.asarray(values["loss"])[()]) == "1/2"
    assert list(map(str, gradients["W2"].ravel())) == ["-3/4", "-2/3"]
    # delta = -1 * w * o (1 - o)
    assert list(map(str, gradients["s1"].ravel())) == ["-3/16", "4/9"]


def test_the_softmax_of_logarithms_and_its_loss_are_exact() -> None:
    network = build(Architecture(1, (Layer(3, "softmax"),), "cross_entropy"))
    givens = {
        "x": [[1]],
        "W1": [["ln 3"], ["ln 2"], ["-ln 1"]],
        "b1": [[0], [0], [0]],
        "y": [[1], [0], [0]],
    }
    values, gradients = agree(network.graph, givens)
    assert list(map(str, values["o1"].ravel())) == ["1/2", "1/3", "1/6"]
    assert str(values["loss"]) in ("ln(2)",)
    assert list(map(str, gradients["s1"].ravel())) == ["-1/2", "1/3", "1/6"]


def test_the_loss_of_three_quarters_is_the_logarithm_of_four_thirds() -> None:
    loss = RULES["binary_cross_entropy_of_scores"].forward(exact([["ln 3"]]), exact([[1]]))
    assert str(loss) == "ln(4/3)"
    assert str(RULES["cross_entropy"].forward(exact(["3/4"]), exact([1]))) == "ln(4/3)"


@pytest.mark.parametrize("activation", ["tanh", "relu", "leaky_relu", "elu", "softplus"])
def test_every_activation_agrees_with_floats(activation: str) -> None:
    network = build(Architecture(2, (Layer(2, activation, 0.5), Layer(1))))
    givens = {
        "x": [["1/2"], [-1]],
        "W1": [["ln 2", "1/2"], [1, "ln 3"]],
        "b1": [[1], ["-1/4"]],
        "W2": [["3/2", -2]],
        "b2": [[0]],
        "y": [[1]],
    }
    agree(network.graph, givens)


def test_a_scalar_graph_agrees_with_floats() -> None:
    builder = GraphBuilder()
    x, z = builder.input("x"), builder.input("z")
    p = builder.apply("multiply", x, z, name="p")
    u = builder.apply("exp", builder.apply("negative", p, hidden=True), name="u")
    q = builder.apply("divide", u, builder.apply("log", x, name="v"), name="q")
    top = builder.apply("maximum", q, builder.constant(0.5), name="m")
    builder.apply("add", top, builder.apply("sqrt", z, name="r"), name="y")
    values, _ = agree(builder.build(), {"x": 2, "z": "ln 2"})
    # e^(-2 ln 2) = 1/4, and 1/4 over ln 2 is less than 1/2.
    assert str(values["u"]) == "1/4"
    assert str(values["m"]) == "1/2"


def test_a_network_with_folded_biases_and_a_batch_agrees_with_floats() -> None:
    network = build(
        Architecture(1, (Layer(2, "sigmoid"), Layer(1)), "squared_error", "folded", 2, "mean")
    )
    givens = {
        "x": [[1, -1]],
        "W1": [[0, "ln 2"], [1, -1]],
        "W2": [[1, 2, "1/3"]],
        "y": [[1, 0]],
    }
    agree(network.graph, givens)


def test_arrays_keep_their_shape() -> None:
    assert exact([["ln 3", 1, 0.5]]).shape == (1, 3)
    assert exact("1/2").shape == ()
    assert exact(np.eye(2)).tolist() == [[1, 0], [0, 1]]


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: Exact(0).log(), ValueError),
        (lambda: Exact(-1).log(), ValueError),
        (lambda: Exact(-1).sqrt(), ValueError),
        (lambda: Exact(1) / 0, ZeroDivisionError),
        (lambda: Exact(float("nan")), ValueError),
        (lambda: Exact(1j), TypeError),
        (lambda: Exact(None), TypeError),
        (lambda: Exact(1) + "1", TypeError),
        (lambda: Exact(1) < "1", TypeError),
    ],
)
def test_what_is_no_real_number_is_refused(call: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        call()


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (lambda: Exact(1).cos(), r"^cos\(1\) has no exact value$"),
        (lambda: Exact("-ln 2").log(), r"^-ln\(2\) has no logarithm$"),
        (lambda: Exact("1 - e").sqrt(), r"^1 - e has no real root$"),
        (lambda: Exact(9) ** (Exact(9) ** 9), "grow too long"),
        (lambda: functools.reduce(lambda x, _: x * x, range(60), Exact("3/2")), "grow too long"),
    ],
)
def test_what_has_no_exact_form_says_why(call: Any, why: str) -> None:
    with pytest.raises(NotExact, match=why):
        call()


def test_equal_numbers_of_different_forms_are_one_in_a_set() -> None:
    # (e^2 - 1)(e + 2) has the factor e - 1, which the two forms have in different places.
    a, b = Exact("1/((e^2 - 1)*(e + 2))"), Exact("1/((e - 1)*(e + 1))/(e + 2)")
    assert a == b
    assert len({a, b}) == 1


def test_exact_numbers_do_without_sympy() -> None:
    program = "import sys; from solver.exact import Exact; Exact('ln 3')"
    run_alone(f"{program}; assert 'sympy' not in sys.modules")


def run_alone(program: str) -> None:
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True, cwd=root)
