"""Forward mode: a published trace, dual numbers written out here, slips by hand, drawn items."""

from __future__ import annotations

import cmath
import math
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

import pytest

from gen.draw import Draw
from gen.family import find
from gen.items import make
from gen.presentation.items import single
from gen.problem import Item, Key
from gen.solving import solve
from gen.topics.graphs.expressions import graph_of
from gen.topics.graphs.growing import Node
from gen.topics.tangents.draws import evaluated, units
from gen.topics.tangents.slips import wrong_passes, wrong_tangents
from templates.notation import load
from templates.writers import text
from tests.solutions import answers_of, items_of

FORWARD = find("forward_mode")
SEEDS = 40
KINDS = [(d, f) for d in ("easy", "medium", "hard") for f in ("numeric", "choice")]

# Imported after the family was found, so that the module is the one that `find` has.
from gen.families.forward_mode import Params, pose  # noqa: E402

# Baydin and others, Automatic differentiation in machine learning: a survey (JMLR 18, 2018),
# table 2: y = ln x1 + x1 x2 - sin x2 at (2, 5), x1 moving at the rate 1.
SURVEY = Params(
    point=(("x1", 2.0), ("x2", 5.0)),
    nodes=(
        Node("a", "log", ("x1",)),
        Node("b", "multiply", ("x1", "x2")),
        Node("c", "sin", ("x2",)),
        Node("d", "add", ("a", "b")),
        Node("y", "subtract", ("d", "c")),
    ),
    direction=(("x1", 1.0), ("x2", 0.0)),
    inner="d",
)


@dataclass(frozen=True)
class Dual:
    """A dual number a + b eps with eps^2 = 0, by its own textbook rules."""

    a: float
    b: float

    def __add__(self, other: Dual) -> Dual:
        return Dual(self.a + other.a, self.b + other.b)

    def __sub__(self, other: Dual) -> Dual:
        return Dual(self.a - other.a, self.b - other.b)

    def __mul__(self, other: Dual) -> Dual:
        return Dual(self.a * other.a, self.a * other.b + self.b * other.a)

    def __truediv__(self, other: Dual) -> Dual:
        return Dual(self.a / other.a, (self.b * other.a - self.a * other.b) / other.a**2)

    def through(self, op: str) -> Dual:
        a = self.a
        value, slope = {
            "exp": lambda: (math.exp(a), math.exp(a)),
            "log": lambda: (math.log(a), 1 / a),
            "sqrt": lambda: (math.sqrt(a), 0.5 * a**-0.5),
            "sin": lambda: (math.sin(a), math.cos(a)),
            "cos": lambda: (math.cos(a), -math.sin(a)),
            "tanh": lambda: (math.tanh(a), 1 / math.cosh(a) ** 2),
            "sigmoid": lambda: (1 / (1 + math.exp(-a)), 1 / (2 + 2 * math.cosh(a))),
            "power": lambda: (a * a, 2 * a),
        }[op]()
        return Dual(value, slope * self.b)


def duals(params: Params, direction: dict[str, float]) -> dict[str, Dual]:
    """Every node as a dual number."""
    found = {name: Dual(float(x), direction[name]) for name, x in params.point}
    for node in params.nodes:
        first, *rest = (found[name] for name in node.inputs)
        match node.op:
            case "add":
                for other in rest:
                    first = first + other
            case "subtract":
                first = first - rest[0]
            case "multiply":
                first = first * rest[0]
            case "divide":
                first = first / rest[0]
            case op:
                first = first.through(op)
        found[node.name] = first
    return found


items = items_of("forward_mode", SEEDS)


def answers(item: Item) -> dict[str, float]:
    return answers_of(item.solution)


def wrong(params: Params) -> dict[str, float]:
    """What each slip makes of the last part."""
    answer = solve(pose(params), Draw("slips")).parts[-1].answer
    return {each.slip: float(each.values[-1]) for each in answer.wrong}


def test_the_survey_s_trace_comes_out():
    steps = solve(pose(SURVEY), Draw("survey")).steps
    found = {step.node: round(float(step.value), 3) for step in steps}
    values = {"a": 0.693, "b": 10.0, "c": -0.959, "d": 10.693, "y": 11.652}
    assert {name: found[name] for name in values} == values
    tangents = {"a.1": 0.5, "b.1": 5.0, "d.1": 5.5, "y.1": 5.5}
    assert {name: found[name] for name in tangents} == tangents
    # x2 rests, so its sine has no tangent.
    assert "c.1" not in found


def test_each_tangent_comes_right_after_its_value():
    kinds = [step.kind for step in solve(pose(SURVEY), Draw("survey")).steps]
    assert kinds[:4] == ["forward", "tangent", "forward", "tangent"]


@pytest.mark.parametrize(("difficulty", "form"), KINDS)
@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_answers_are_those_of_dual_numbers(difficulty: str, form: str, arithmetic: str):
    for item in items(difficulty, form, arithmetic):
        params = item.params
        direction = {name: float(rate) for name, rate in params.direction}
        along = duals(params, direction)
        output = params.nodes[-1].name
        expected = {output: along[output].a}
        if params.several:
            expected["D"] = along[output].b
            for number, (name, _) in enumerate(params.point, 1):
                unit = {n: float(n == name) for n, _ in params.point}
                expected[f"{output}.{number}"] = duals(params, unit)[output].b
        else:
            expected |= {f"{n}.1": along[n].b for n in (params.inner, output)}
        for node, value in answers(item).items():
            assert value == pytest.approx(expected[node], rel=1e-9)


PRODUCT = Params(
    point=(("x", 2.0), ("z", 3.0)),
    nodes=(
        Node("a", "multiply", ("x", "z")),
        Node("b", "divide", ("a", "x")),
        Node("y", "multiply", ("a", "b")),
    ),
    direction=(("x", 3.0), ("z", -1.0)),
    inner="a",
)
"""a = x z moves by 3 * 3 - 2 = 7, b = a / x by 7 / 2 - 3 * 6 / 4 = -1, y by 7 * 3 - 6 = 15."""


def every_slip(params: Params) -> dict[str, float]:
    """What each slip makes of the output's tangent, also where two make the same of it."""
    graph = graph_of(tuple(name for name, _ in params.point), params.nodes)
    made = wrong_tangents(graph, evaluated(graph, params.point), params.direction)
    return {slip: float(found["y"]) for slip, found in made}


def test_slips_at_products_and_quotients_are_those_made_by_hand():
    made = every_slip(PRODUCT)
    # One term each: a by 9, b by 9 / 2, y by 9 * 3.
    assert made["product_rule_one_term"] == pytest.approx(27.0)
    # a by 3 * -1 = -3, b by -3 / 2 - 9 / 2 = -6, y by -3 * -6.
    assert made["tangents_multiplied"] == pytest.approx(18.0)
    # b by 7 / 2 + 9 / 2 = 8, y by 7 * 3 + 6 * 8.
    assert made["quotient_sign_lost"] == pytest.approx(69.0)
    # b by 7 / 2 - 3 * 6 / 2 = -5.5, y by 21 - 33.
    assert made["quotient_square_missing"] == pytest.approx(-12.0)


def test_slips_of_the_direction_are_those_made_by_hand():
    made = every_slip(PRODUCT)
    # y = x z^2, so that its derivatives are 9 and 12.
    assert made["direction_ignored"] == pytest.approx(21.0)
    assert made["rates_exchanged"] == pytest.approx(-9.0 + 36.0)
    assert made["first_input_alone"] == pytest.approx(27.0)
    assert made["direction_normalised"] == pytest.approx(15.0 / math.sqrt(10.0))


def test_slips_of_a_unit_direction_move_the_wrong_inputs():
    made = wrong(SURVEY)
    # dy/dx2 = x1 - cos x2.
    other = 2 - math.cos(5.0)
    assert made["seeded_at_wrong_input"] == pytest.approx(other)
    assert made["all_inputs_moved"] == pytest.approx(5.5 + other)


def of_passes() -> Iterator[tuple[str, tuple[float, ...], float]]:
    graph = graph_of(("x", "z"), PRODUCT.nodes)
    weights = [weight for _, weight in PRODUCT.direction]
    return wrong_passes(graph, evaluated(graph, PRODUCT.point), units(PRODUCT.point), weights)


def test_slips_that_put_passes_together_are_those_made_by_hand():
    several = Params(PRODUCT.point, PRODUCT.nodes, PRODUCT.direction, "a", several=True)
    answer = solve(pose(several), Draw("slips")).parts[-1].answer
    assert float(answer.values[0]) == pytest.approx(3 * 9 - 12)
    made = {slip: float(total) for slip, _, total in of_passes()}
    assert made["passes_added"] == pytest.approx(9 + 12)
    assert made["passes_subtracted"] == pytest.approx(3 * 9 + 12)
    assert made["first_pass_alone"] == pytest.approx(27)
    assert made["last_pass_alone"] == pytest.approx(-12)


CHAIN = Params(
    point=(("x", 0.5), ("z", 2.0)),
    nodes=(
        Node("a", "multiply", ("x", "z")),
        Node("b", "exp", ("x",)),
        Node("c", "sin", ("a",)),
        Node("y", "multiply", ("b", "c")),
    ),
    direction=(("x", 2.0), ("z", -1.0)),
    inner="c",
)


def test_slips_at_functions_are_those_made_by_hand():
    b, c = math.exp(0.5), math.sin(1.0)
    moved = 2 * 2 - 0.5
    made = wrong(CHAIN)
    left_out = b * c + b * math.cos(1.0)
    assert made["argument_tangent_left_out"] == pytest.approx(left_out)
    assert made["tangent_passed_unchanged"] == pytest.approx(2 * c + b * moved)
    assert made["function_not_differentiated"] == pytest.approx(2 * b * c + b * c * moved)
    assert made["sine_cosine_sign"] == pytest.approx(2 * b * c - b * math.cos(1.0) * moved)


def test_easy_items_move_one_input_and_harder_ones_all():
    for item in items("easy", "numeric"):
        assert sorted(rate for _, rate in item.params.direction) == [0.0] * (
            len(item.params.point) - 1
        ) + [1.0]
    for difficulty in ("medium", "hard"):
        for item in items(difficulty, "numeric"):
            rates = [rate for _, rate in item.params.direction]
            assert 0.0 not in rates
            assert len({abs(rate) for rate in rates}) > 1


def test_hard_items_with_two_inputs_find_the_whole_gradient_in_two_passes():
    several = [item for item in items("hard", "numeric") if item.params.several]
    assert several
    assert all(len(item.params.point) == 2 for item in several)


def test_no_tangent_is_asked_for_that_is_given():
    for difficulty, form in KINDS:
        for item in items(difficulty, form):
            given = {abs(float(rate)) for _, rate in item.params.direction}
            assert all(
                not any(math.isclose(abs(value), rate) for rate in given)
                for node, value in answers(item).items()
                if node == f"{item.params.inner}.1"
            )


def test_every_slip_has_a_sentence():
    known = set(tomllib.loads(files("templates").joinpath("slips.toml").read_text("utf-8")))
    for difficulty, form in KINDS:
        for item in items(difficulty, form):
            assert {each.slip for each in item.problem.variants} <= known


def test_the_figure_shows_the_values_alone_and_the_solved_one_tangents_as_well():
    page = text.write(single(items("medium", "numeric")[0]))
    asked, worked = page.split("Worked solution")
    assert "tangent" not in asked[asked.index("[Figure") : asked.index("]", asked.index("[Figure"))]
    assert ", tangent " in worked
    assert ".1" not in asked[asked.index("[Figure") : asked.index("]", asked.index("[Figure"))]


def test_a_letter_that_stands_for_adjoints_is_no_node():
    for item in items("hard", "numeric")[:10]:
        key = Key("forward_mode", FORWARD.family.version, item.key.seed)
        told = make(FORWARD, key, "hard", "numeric", notation=load("cmu-gormley"))
        assert " g = " not in text.write(single(told))


def test_the_complex_step_of_the_survey_agrees():
    x = complex(2.0, 1e-20)
    step = (cmath.log(x) + x * 5 - math.sin(5.0)).imag / 1e-20
    answer = solve(pose(SURVEY), Draw("survey")).parts[-1].answer
    assert float(answer.values[0]) == pytest.approx(step, rel=1e-12)
