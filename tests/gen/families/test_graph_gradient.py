"""Partial derivatives on graphs with forks: the lecture's quiz, named slips, and drawn items."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from gen.draw import Draw
from gen.family import find
from gen.items import make
from gen.presentation.items import single
from gen.problem import Item, Key
from gen.solving import solve
from gen.topics.graphs.expressions import graph_of
from gen.topics.graphs.growing import Node
from solver.passes import forward
from solver.slips import run
from templates.notation import load
from templates.writers import text

GRAPH = find("graph_gradient")
SEEDS = 60

# Imported after the family was found, so that the module is the one that `find` has.
from gen.families.graph_gradient import QUIZ_1, Params, pose  # noqa: E402


def key(seed: int) -> Key:
    return Key("graph_gradient", GRAPH.family.version, seed)


@cache
def items(difficulty: str, form: str) -> tuple[Item, ...]:
    return tuple(make(GRAPH, key(seed), difficulty, form) for seed in range(SEEDS))


def wrong_values(params: Params) -> dict[str, tuple[float, ...]]:
    """What each slip makes of the partial derivatives."""
    answer = solve(pose(params), Draw("slips")).parts[-1].answer
    return {wrong.slip: tuple(float(v) for v in wrong.values) for wrong in answer.wrong}


def local(op: str, slip: str, *inputs: float, **settings: object) -> float:
    """What the slip makes of the derivative of one node with respect to its first input."""
    point = {name: np.float64(value) for name, value in zip("uv", inputs, strict=False)}
    graph = graph_of(tuple(point), (Node("y", op, tuple(point), tuple(settings.items())),))
    return float(run(graph, forward(graph, point), point, slip)[1]["u"])


# Differentiation Quiz #1: y = exp(xz) + xz / log x + sin(log x) / (xz) at x = 2, z = 3.
X, Z = 2.0, 3.0
B = math.log(X)
DY_DX = Z * math.exp(X * Z) + Z / B - Z / B**2 + math.cos(B) / (X**2 * Z) - math.sin(B) / (X**2 * Z)
DY_DZ = X * math.exp(X * Z) + X / B - math.sin(B) / (X * Z**2)


def quiz_item(seed: int) -> Item:
    """The lecture's quiz as an item; the seed decides on the other options and on their order."""
    family = replace(GRAPH, sample=lambda *_: QUIZ_1)
    return make(family, Key("graph_gradient", 1, seed), "hard", "choice", full=True)


def test_the_quiz_s_gradient_is_that_of_the_closed_form():
    answer = solve(pose(QUIZ_1), Draw("quiz")).parts[0].answer
    assert [float(v) for v in answer.values] == pytest.approx([DY_DX, DY_DZ], rel=1e-12)
    # The figures that the lecture rounds.
    assert (round(DY_DX, 2), round(DY_DZ, 1)) == (1208.38, 809.7)
    assert [float(v) for v in answer.shown] == [1208.0, 810.0]


def test_the_quiz_s_nodes_have_the_values_that_the_lecture_s_equations_give():
    steps = solve(pose(QUIZ_1), Draw("quiz")).steps
    values = {step.node: float(step.value) for step in steps if step.kind == "forward"}
    expected = {"a": X * Z, "b": B, "c": math.sin(B), "d": math.exp(X * Z)}
    # Four places are carried, so the last one may differ.
    assert {name: values[name] for name in expected} == pytest.approx(expected, abs=1.01e-4)


def test_the_quiz_s_gradients_by_node_are_those_of_the_lecture():
    problem = pose(QUIZ_1)
    steps = solve(problem, Draw("quiz")).steps
    found = {step.node: float(step.value) for step in steps if step.kind == "backward"}
    a, c = X * Z, math.sin(B)
    g_c = 1 / a
    expected = {
        "d": 1.0,
        "e": 1.0,
        "f": 1.0,
        "c": g_c,
        "b": g_c * math.cos(B) - a / B**2,
        "a": math.exp(a) + 1 / B - c / a**2,
    }
    # Four places are carried; -a / b^2 multiplies the rounding of b by about 50.
    assert {name: found[name] for name in expected} == pytest.approx(expected, abs=3e-3)


@pytest.mark.parametrize("seed", [4, 5, 6])
def test_the_quiz_has_eight_different_options_with_the_right_and_the_swapped_pair(seed):
    options = quiz_item(seed).solution.parts[0].options
    pairs = [tuple(float(v) for v in option.values) for option in options]
    assert len(set(pairs)) == 8
    assert [pair for pair, option in zip(pairs, options, strict=True) if option.right] == [
        (1208.0, 810.0)
    ]
    assert (810.0, 1208.0) in pairs
    assert all(number == round(number) for pair in pairs for number in pair)


def test_the_quiz_s_tolerance_takes_in_the_rounding_and_no_other_integer():
    answer = solve(pose(QUIZ_1), Draw("quiz")).parts[0].answer
    for value, tolerance in zip(answer.values, answer.tolerances, strict=True):
        assert tolerance >= 0.5
        assert abs(round(float(value)) + 1 - float(value)) > tolerance
        assert abs(round(float(value)) - 1 - float(value)) > tolerance


# f = (ab + a)^2 at a = 3, b = -2: the reference graph of the list of misconceptions.
REFERENCE = Params(
    point=(("a", 3.0), ("b", -2.0)),
    nodes=(
        Node("c", "multiply", ("a", "b")),
        Node("d", "add", ("c", "a")),
        Node("f", "power", ("d",), (("exponent", 2),)),
    ),
)


def test_the_reference_graph_has_the_right_derivatives():
    solution = solve(pose(REFERENCE), Draw("reference"))
    assert [float(v) for v in solution.parts[0].answer.values] == [9.0]
    assert [float(v) for v in solution.parts[1].answer.values] == [6.0, -18.0]


def test_an_overwriting_program_keeps_the_path_that_the_backward_pass_reaches_last():
    # The backward pass meets the sum first (-6) and the product later (12).
    wrong = wrong_values(REFERENCE)
    assert wrong["keeps_first_path"] == (-6.0, -18.0)
    assert wrong["overwrites_at_fork"] == (12.0, -18.0)


def test_slips_on_the_reference_graph_give_the_numbers_of_the_list():
    wrong = wrong_values(REFERENCE)
    assert wrong["multiplies_paths"] == (-72.0, -18.0)
    assert wrong["own_factor"][1] == 12.0
    assert wrong["upstream_ignored"][1] == 3.0
    assert wrong["order_swapped"] == (-18.0, 6.0)


@pytest.mark.parametrize(
    ("op", "inputs", "slip", "expected"),
    [
        ("add", (3.0, 4.0), "sum_shared_out", 0.5),
        ("multiply", (3.0, 4.0), "factor_left_out", 1.0),
        ("sqrt", (4.0,), "root_half_left_out", 0.5),
        ("sqrt", (4.0,), "function_not_differentiated", 2.0),
        ("sin", (0.5,), "sine_cosine_sign", -math.cos(0.5)),
        ("cos", (0.5,), "sine_cosine_sign", math.sin(0.5)),
        ("sin", (0.5,), "function_not_differentiated", math.sin(0.5)),
        ("log", (4.0,), "derivative_at_output", 1 / math.log(4.0)),
    ],
)
def test_local_slips_give_what_they_say(op, inputs, slip, expected):
    assert local(op, slip, *inputs) == pytest.approx(expected)


def test_slips_of_a_square_leave_the_exponent_out_or_as_it_is():
    # The derivative of u^2 at 3 is 6.
    assert local("power", "exponent_left_out", 3.0, exponent=2) == 3.0
    assert local("power", "exponent_not_lowered", 3.0, exponent=2) == 18.0


@pytest.mark.parametrize(("difficulty", "nodes"), [("easy", 4), ("medium", 6), ("hard", 9)])
def test_harder_graphs_have_more_nodes(difficulty, nodes):
    counts = {len(item.params.nodes) for item in items(difficulty, "numeric")}
    assert max(counts) == nodes
    assert min(counts) >= {4: 3, 6: 5, 9: 7}[nodes]


@pytest.mark.parametrize("difficulty", ["easy", "medium", "hard"])
def test_the_value_comes_first_and_all_partial_derivatives_last(difficulty):
    for item in items(difficulty, "numeric"):
        first, last = item.problem.parts[0], item.problem.parts[-1]
        assert [(ask.node, ask.of) for ask in first.asks] == [(item.problem.graph.output, "value")]
        assert [ask.node for ask in last.asks] == [name for name, _ in item.params.point]
        assert len(item.problem.parts) == (2 if difficulty == "easy" else 3)


@pytest.mark.parametrize("form", ["numeric", "choice"])
@pytest.mark.parametrize("difficulty", ["easy", "medium", "hard"])
def test_partial_derivatives_have_a_tame_size_and_differ(difficulty, form):
    for item in items(difficulty, form):
        sizes = sorted(abs(float(v)) for v in item.solution.parts[-1].answer.values)
        assert sizes[0] >= 0.05
        assert sizes[-1] <= 50
        assert np.all(np.diff(sizes) >= 0.05)


@pytest.mark.parametrize("difficulty", ["easy", "medium", "hard"])
def test_forgetting_a_path_is_always_among_the_wrong_answers(difficulty):
    for item in items(difficulty, "numeric"):
        noticed = {wrong.slip for wrong in item.solution.parts[-1].answer.wrong}
        assert noticed & {"overwrites_at_fork", "keeps_first_path"}


@pytest.mark.parametrize("difficulty", ["easy", "medium", "hard"])
def test_a_choice_between_pairs_always_offers_the_swapped_pair(difficulty):
    for item in items(difficulty, "choice"):
        if len(item.params.point) == 2:
            options = item.solution.parts[0].options
            right = next(option.values for option in options if option.right)
            assert any(
                [float(v) for v in option.values] == [float(v) for v in right[::-1]]
                for option in options
            )


@pytest.mark.parametrize("difficulty", ["medium", "hard"])
def test_the_last_digit_of_an_option_does_not_betray_the_right_one(difficulty):
    for item in items(difficulty, "choice"):
        (solved,) = item.solution.parts
        shown = np.abs([float(v) for v in solved.answer.shown])
        exact = np.abs([float(v) for v in solved.answer.values])
        for option in solved.options:
            for number in map(abs, map(float, option.values)):
                same = np.abs(exact - number) < 2e-4
                # A number that is an entry of the right answer stands as a hand prints it.
                kept = np.round(exact[same], 4) == number
                assert not np.any(kept & (shown[same] != number))


def test_the_rank_of_the_right_option_is_uniform_although_the_swapped_pair_is_required():
    ranks = Counter()
    for seed in range(400):
        item = make(GRAPH, Key("graph_gradient", 1, seed, 5), "medium", "choice")
        options = item.solution.parts[0].options
        pairs = sorted((tuple(float(v) for v in o.values), o.right) for o in options)
        ranks[[right for _, right in pairs].index(True)] += 1
    chi_square = sum((ranks[rank] - 80) ** 2 / 80 for rank in range(5))
    # 99.9% of chi-square with 4 degrees of freedom.
    assert chi_square < 18.5


@pytest.mark.parametrize("difficulty", ["easy", "medium", "hard"])
def test_seeds_give_different_items(difficulty):
    made = {item.fingerprint for item in items(difficulty, "numeric")}
    assert len(made) >= 0.95 * SEEDS


def test_items_state_angles_logarithm_and_sigmoid_where_they_occur():
    for item in items("hard", "numeric"):
        operations = {node.op for node in item.params.nodes}
        stated = set(item.problem.conventions)
        assert ("radians" in stated) == bool(operations & {"sin", "cos"})
        assert ("natural_logarithm" in stated) == ("log" in operations)
        assert ("sigmoid" in stated) == ("sigmoid" in operations)


def test_the_logarithms_of_an_exact_point_are_said_to_be_natural() -> None:
    for seed in range(SEEDS):
        item = make(
            GRAPH,
            Key("graph_gradient", GRAPH.family.version, seed),
            "hard",
            "numeric",
            arithmetic="exact",
        )
        logarithms = any("ln" in str(number) for _, number in item.params.point)
        operations = {node.op for node in item.params.nodes}
        said = item.problem.conventions
        assert ("natural_logarithm" in said) == (logarithms or "log" in operations)
        assert ("tanh_defined" in said) == ("tanh" in operations)


def test_no_node_has_the_letter_of_the_adjoints() -> None:
    notation = load("cmu-gormley")
    for seed in range(8):
        item = make(
            GRAPH,
            Key("graph_gradient", GRAPH.family.version, seed),
            "hard",
            "numeric",
            notation=notation,
        )
        shown = text.write(single(item))
        assert any(node.name == "g" for node in item.params.nodes)
        assert not re.search(r"\bg = |g_g|gg", shown)


@pytest.mark.parametrize("notation", ["standard", "waterloo-meila"])
def test_a_moved_input_gives_a_slope_near_the_gradient_as_it_is_written(notation: str) -> None:
    for seed in range(8):
        key = Key("graph_gradient", GRAPH.family.version, seed)
        item = make(GRAPH, key, "medium", "numeric", notation=load(notation))
        shown = " ".join(text.write(single(item)).split())
        check = re.search(r"At (\S+) = .*?/0\.02 = .*?([-\d.]+), near the gradient", shown)
        assert check
        name = check[1].translate(str.maketrans("₁₂₃", "123"))
        place = [given for given, _ in item.params.point].index(name)
        gradient = float(item.solution.parts[-1].answer.values[place])
        assert float(check[2]) == pytest.approx(gradient, rel=0.05, abs=0.02)


def test_the_gradient_of_a_node_within_is_no_number_to_look_up():
    # Where the output alone uses a node, its gradient is one local derivative.
    within = [item for d in ("medium", "hard") for item in items(d, "numeric")]
    read_off = [
        item
        for item in within
        for name in item.params.inner
        if not any(name in node.inputs for node in item.params.nodes[:-1])
    ]
    assert len(read_off) <= 0.03 * len(within)


def test_the_paths_are_counted_as_one_walks_them():
    def walks(name: str, nodes: tuple[Node, ...]) -> int:
        if name == nodes[-1].name:
            return 1
        return sum(
            walks(node.name, nodes) for node in nodes for used in node.inputs if used == name
        )

    assert [walks(name, QUIZ_1.nodes) for name in "xz"] == [5, 3]
    assert pose(QUIZ_1).words["paths"] == (5, 3)
    for item in items("hard", "numeric")[:20]:
        names = [name for name, _ in item.params.point]
        expected = tuple(walks(name, item.params.nodes) for name in names)
        assert item.problem.words["paths"] == expected
