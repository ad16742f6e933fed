"""Single nodes: what arrives, what is sent on, by plain formulas; slips, letters and the pages."""

from __future__ import annotations

import cmath
import math
import re
from collections.abc import Callable

import pytest

from gen.draw import Draw
from gen.family import find
from gen.items import make
from gen.presentation.items import single
from gen.problem import Key
from gen.solving import solve
from gen.topics.graphs.nodes import Shape, unit
from gen.work import work
from templates.notation import load
from templates.writers import text
from tests.solutions import items_of, solution_of, wrong_of

NODE = find("node_backward")
SEEDS = 40
DIFFICULTIES = ("easy", "medium", "hard")

# Imported after the family was found, so that the module is the one that `find` has.
from gen.families.node_backward import Params, pose  # noqa: E402


def _real(number: complex) -> float:
    return number.real


FUNCTIONS: dict[str, Callable[..., complex]] = {
    "difference": lambda a, b: a - b,
    "product": lambda a, b: a * b,
    "square": lambda a: a**2,
    "cube": lambda a: a**3,
    "quotient": lambda a, b: a / b,
    "product of three": lambda a, b, c: a * b * c,
    "square of a difference": lambda a, b: (a - b) ** 2,
    "maximum": lambda a, b: max(a, b, key=_real),
    "maximum and product": lambda a, b, c: max(a, b, key=_real) * c,
    "product and maximum": lambda a, b, c: max(a * b, c, key=_real),
    "product and sum": lambda a, b, c: a * b + c,
    "sum and product": lambda a, b, c: (a + b) * c,
    "quotient and sum": lambda a, b, c: a / b + c,
    "exp": cmath.exp,
    "log": cmath.log,
    "sqrt": cmath.sqrt,
    "sigmoid": lambda a: 1 / (1 + cmath.exp(-a)),
    "tanh": cmath.tanh,
    "exp of a product": lambda a, b: cmath.exp(a * b),
}


def output(shape: Shape, point: dict[str, complex]) -> complex:
    """What the node computes, out of plain complex arithmetic."""
    if not shape.units:
        return FUNCTIONS[shape.operation](*(point[name] for name in shape.inputs))
    s = point["b"] + sum(point[f"w{k}"] * point[f"x{k}"] for k in range(1, shape.units + 1))
    return FUNCTIONS[shape.activation](s)


def expected(params: Params) -> dict[str, float]:
    """The gradient by every input, as a complex step, times the sum of what comes back."""
    shape, numbers = params.shape, {name: float(value) for name, value in params.numbers}
    arrived = sum(numbers[name] for name in shape.contributions)
    point = {name: complex(numbers[name]) for name in shape.inputs}
    slopes = {
        name: output(shape, {**point, name: point[name] + 1e-30j}).imag / 1e-30
        for name in shape.inputs
    }
    return {shape.node: arrived, **{name: arrived * slope for name, slope in slopes.items()}}


items = items_of("node_backward", SEEDS)


def wrong(params: Params, part: int = -1) -> dict[str, tuple[float, ...]]:
    """What each slip makes of the answers to a part."""
    return {slip: tuple(made) for slip, made in wrong_of(solution_of(pose(params)), part).items()}


PRODUCT = Params(
    Shape("product", ("a", "b", "y"), 2), (("a", 3.0), ("b", -2.0), ("c1", 0.5), ("c2", 4.0))
)


def test_what_arrives_is_the_sum_of_the_contributions() -> None:
    parts = solve(pose(PRODUCT), Draw("product")).parts
    value, arriving, sent = (tuple(map(float, part.answer.values)) for part in parts)
    assert value == (-6.0,)
    assert arriving == (4.5,)
    assert sent == (4.5 * -2, 4.5 * 3)


def test_slips_give_the_numbers_that_they_say() -> None:
    found = wrong(PRODUCT)
    assert found["first_child_only"] == (-1.0, 1.5)
    assert found["last_child_only"] == (-8.0, 12.0)
    assert found["children_multiplied"] == (-4.0, 6.0)
    assert found["children_averaged"] == (-4.5, 6.75)
    assert found["own_factor"] == (13.5, -9.0)
    assert found["factor_left_out"] == (4.5, 4.5)
    assert found["upstream_ignored"] == (-2.0, 3.0)


def test_slips_at_a_unit_start_from_the_right_sum() -> None:
    numbers = {"x1": 2.0, "w1": 0.5, "b": -0.5, "c1": 3.0}
    found = wrong(Params(unit(1, "tanh", 1), tuple(numbers.items())), 2)
    o = math.tanh(0.5)
    assert found["activation_derivative_left_out"] == pytest.approx((6.0, 3.0))
    assert found["sigmoid_rule_for_tanh"] == pytest.approx((6 * o * (1 - o), 3 * o * (1 - o)))
    assert found["upstream_ignored"] == pytest.approx((2 * (1 - o**2), 1 - o**2))


@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
@pytest.mark.parametrize("form", ["numeric", "choice"])
@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_keys_are_the_complex_step_of_the_plain_formula(
    difficulty: str, form: str, arithmetic: str
) -> None:
    for item in items(difficulty, form, arithmetic):
        right = expected(item.params)
        for part, solved in zip(item.problem.parts, item.solution.parts, strict=True):
            for ask, value in zip(part.asks, solved.answer.values, strict=True):
                if ask.of == "gradient" and ask.node in right:
                    assert float(value) == pytest.approx(right[ask.node], rel=1e-9)
                if ask.of == "value" and ask.node == item.params.shape.node:
                    numbers = {n: complex(float(v)) for n, v in item.params.numbers}
                    assert float(value) == pytest.approx(output(item.params.shape, numbers).real)


def test_harder_nodes_take_more_work() -> None:
    for form in ("numeric", "choice"):
        easy, medium, hard = (sum(map(work, items(d, form))) / SEEDS for d in DIFFICULTIES)
        assert 1.5 * easy < medium
        assert 1.5 * medium < hard


def test_easy_nodes_have_one_child_and_hard_ones_two_or_three() -> None:
    assert {item.params.shape.children for item in items("easy", "numeric")} == {1}
    assert {item.params.shape.children for item in items("medium", "numeric")} == {2}
    assert {item.params.shape.children for item in items("hard", "numeric")} == {2, 3}


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_no_unit_is_saturated(difficulty: str) -> None:
    for item in items(difficulty, "numeric"):
        if item.params.shape.units:
            value = item.solution.parts[0].answer.values[0]
            assert 0.2 <= abs(float(value)) <= 2


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_seeds_give_different_items(difficulty: str) -> None:
    assert len({item.fingerprint for item in items(difficulty, "numeric")}) >= 0.95 * SEEDS


@pytest.mark.parametrize("notation", ["standard", "waterloo-meila"])
def test_a_moved_input_gives_a_slope_near_the_gradient(notation: str) -> None:
    checked = 0
    for seed in range(20):
        item = make(NODE, Key("node_backward", 1, seed), "hard", "numeric", notation=load(notation))
        moved = item.problem.words["moved"](4)
        if moved is not None:
            asked = {
                ask.node: float(value)
                for part, solved in zip(item.problem.parts, item.solution.parts, strict=True)
                for ask, value in zip(part.asks, solved.answer.values, strict=True)
                if ask.of == "gradient"
            }
            slope = item.problem.sign * moved.slope * item.problem.words["arrived"]
            assert slope == pytest.approx(asked[moved.name], abs=0.1, rel=0.03)
            page = " ".join(text.write(single(item)).split())
            assert f"{slope:.2f}" in page.partition("Check.")[2]
            checked += 1
    assert checked > 10


def test_the_drawing_has_what_goes_in_and_what_comes_back() -> None:
    for item in items("medium", "numeric"):
        page = " ".join(text.write(single(item)).split())
        question = page.partition("Answer")[0]
        numbers = dict(item.params.numbers)
        for name in item.params.shape.contributions:
            assert f"({numbers[name]:g} comes back)" in question
        for name in item.params.shape.inputs:
            assert f"value {numbers[name]:g}" in question


def test_an_output_that_is_called_x_does_not_take_the_letter_of_the_inputs() -> None:
    item = make(NODE, Key("node_backward", 1, 9), "hard", "choice", notation=load("waterloo-meila"))
    page = " ".join(text.write(single(item)).split())
    assert re.search(r"A unit computes f = \S+ z", page.replace("σ(z)", "σ z"))
    assert "x₁" in page


def test_the_smaller_argument_of_a_maximum_gets_nothing() -> None:
    numbers = (("a", 3.0), ("b", -2.0), ("c1", -1.5))
    params = Params(Shape("maximum", ("a", "b", "y"), 1), numbers)
    value, sent = solve(pose(params), Draw("maximum")).parts
    assert float(value.answer.values[0]) == 3.0
    assert [float(each) for each in sent.answer.values] == [-1.5, 0.0]
    found = wrong(params)
    assert found["maximum_shared_out"] == (-0.75, -0.75)
    assert found["maximum_to_the_smaller"] == (0.0, -1.5)


@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_nothing_is_written_without_a_minus_sign(arithmetic: str) -> None:
    seen = 0
    for difficulty in ("easy", "medium"):
        for item in items(difficulty, "numeric", arithmetic):
            if "maximum" in item.params.shape.operation:
                seen += 1
                page = text.write(single(item))
                assert not re.search(r"-0(?![.\d])", page)
                assert re.search(r"= 0( |$|,)", page, re.MULTILINE)
    assert seen > 2


@pytest.mark.parametrize("notation", ["standard", "waterloo-meila"])
def test_an_exact_item_is_checked_by_the_sign_of_a_derivative(notation: str) -> None:
    checked = 0
    for seed in range(12):
        key = Key("node_backward", 1, seed)
        item = make(NODE, key, "medium", "numeric", arithmetic="exact", notation=load(notation))
        page = " ".join(text.write(single(item)).split()).partition("Check.")[2]
        moved = item.problem.words["moved"](6)
        if moved is not None:
            value = {
                ask.node: float(each)
                for part, solved in zip(item.problem.parts, item.solution.parts, strict=True)
                for ask, each in zip(part.asks, solved.answer.values, strict=True)
                if ask.of == "gradient"
            }[moved.name]
            said = re.findall(r"\b(?:positive|negative)\b", page.partition("_If")[0])
            assert said[-1] == ("positive" if value > 0 else "negative")
            checked += 1
    assert checked > 8
