"""Shapes in a network: textbook nets by hand, courses' conventions, slips, and what is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from gen.draw import Draw
from gen.families.gradient_shape import Params, pose, solve
from gen.family import find
from gen.presentation.answers import option_text
from gen.presentation.context import Context
from gen.topics.shapes.layered import Layered
from solver.network import Conventions
from solver.shapes import Size
from templates.notation import load
from templates.writers.words import plain_words
from tests.solutions import item_of

FAMILY = find("gradient_shape")
item = item_of("gradient_shape", "shape")
EVERYTHING = tuple(
    (node, of_gradient)
    for of_gradient in (False, True)
    for node in ("W1", "b1", "s1", "o1", "W2", "b2", "s2")
)


def shapes(net, conventions=None, asked=EVERYTHING):
    solved = solve(pose(Params(net, (asked,)), conventions), Draw("options"))
    (part,), (made,) = solved.problem.parts, solved.parts
    pairs = zip(part.asks, made.written.entries, strict=True)
    return {(ask.node, ask.of_gradient): shape for ask, shape in pairs}


def wrong(net, *asked, conventions=None):
    solved = solve(pose(Params(net, (asked,)), conventions), Draw("options"))
    return {each.slip: each.entries for each in solved.parts[0].written.wrong}


NET = Layered((4, 3, 2), ("tanh", "identity"))
BATCH = Layered((4, 3, 2), ("tanh", "identity"), 20)


def test_a_4_3_2_net_with_one_example():
    found = shapes(NET)
    forward = {"W1": (3, 4), "b1": (3, 1), "s1": (3, 1), "o1": (3, 1)}
    forward |= {"W2": (2, 3), "b2": (2, 1), "s2": (2, 1)}
    assert {node: found[node, False] for node in forward} == forward
    assert {node: found[node, True] for node in forward} == forward


def test_a_batch_widens_values_and_their_gradients_but_no_parameter():
    found = shapes(BATCH)
    assert found["s1", False] == found["s1", True] == (3, 20)
    assert found["W1", True] == (3, 4)
    assert found["b1", True] == (3, 1)


def test_a_course_decides_on_orientation_and_biases():
    turned = shapes(BATCH, Conventions(orientation="transposed"))
    assert turned["W1", True] == (4, 3)
    assert turned["s1", True] == (3, 20)
    rows = shapes(BATCH, Conventions(orientation="rows"))
    assert (rows["W1", False], rows["b1", False], rows["s1", True]) == ((4, 3), (1, 3), (20, 3))
    folded = shapes(BATCH, Conventions(bias="folded"))
    assert folded["W1", True] == (3, 5)
    assert ("b1", False) not in folded
    assert folded["s1", True] == folded["o1", False] == (3, 20)


def test_what_a_problem_fixes_no_course_changes():
    own = Layered((4, 3, 2), ("tanh", "identity"), 20, "rows")
    assert shapes(own, Conventions(bias="folded"))["W1", False] == (4, 3)


def test_sizes_may_be_symbols():
    net = Layered(("d", "m", "K"), ("relu", "identity"), "B", bias="folded")
    found = shapes(net)
    assert found["W1", True] == (Size("m"), Size("d", 1))
    assert found["s2", True] == (Size("K"), Size("B"))


def test_the_misconceptions_about_shapes():
    asked = (("W1", False),)
    assert wrong(NET, *asked)["weight_shape_transposed"] == ((4, 3),)
    assert wrong(BATCH, *asked)["batch_in_weight_shape"] == ((3, 20),)
    assert wrong(NET, ("s1", True))["shape_of_next_layer"] == ((2, 1),)
    assert wrong(NET, ("s1", True))["vector_shape_transposed"] == ((1, 3),)
    assert wrong(BATCH, ("b1", True))["bias_for_each_example"] == ((3, 20),)
    assert wrong(BATCH, ("s1", False))["batch_forgotten"] == ((3, 1),)
    assert wrong(NET, ("W1", True))["gradient_is_number"] == ((1, 1),)
    folded = Conventions(bias="folded")
    assert wrong(NET, ("W1", True), conventions=folded)["bias_not_in_shape"] == ((3, 4),)
    assert wrong(NET, ("s1", True), conventions=folded)["bias_entry_kept"] == ((4, 1),)


def test_a_slip_is_made_with_everything_that_is_asked_together():
    made = wrong(BATCH, ("W1", False), ("b1", False), ("s1", False))
    assert made["weight_shape_transposed"] == ((4, 3), (3, 1), (3, 20))
    assert made["shape_of_next_layer"] == ((2, 3), (2, 1), (2, 20))


def test_in_numerator_layout_gradients_are_transposed_and_values_are_not(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text('extends = "backprep"\nname = "own"\ntitle = "Own"\nlayout = "numerator"\n')
    for seed in range(8):
        told = item(seed, "medium", "shape", notation=load(str(file)), full=True)
        usual = item(seed, "medium", "shape", full=True)
        for part, mine, theirs in zip(
            told.problem.parts, told.solution.parts, usual.solution.parts, strict=True
        ):
            for ask, shape, other in zip(
                part.asks, mine.written.entries, theirs.written.entries, strict=True
            ):
                assert shape == (other[::-1] if ask.of_gradient else other)


@pytest.mark.parametrize("difficulty", ["easy", "medium", "hard"])
def test_no_two_sizes_of_a_net_can_be_mistaken_for_each_other(difficulty):
    for seed in range(60):
        net = item(seed, difficulty).params.net
        numbers = [n for n in (*net.widths, net.batch) if isinstance(n, int)]
        gaps = np.diff(sorted(numbers))
        assert np.all(gaps >= 2) or (net.batch == 1 and np.all(gaps >= 1))
        assert len(set(numbers)) == len(numbers)


def test_harder_items_ask_for_more_shapes_of_deeper_nets():
    asked = {
        difficulty: np.mean(
            [
                sum(len(part.asks) for part in item(seed, difficulty).problem.parts)
                for seed in range(40)
            ]
        )
        for difficulty in ("easy", "medium", "hard")
    }
    assert asked["easy"] < asked["medium"] < asked["hard"]


@pytest.mark.parametrize("difficulty", ["easy", "medium", "hard"])
def test_neither_the_longest_nor_the_shortest_option_gives_the_right_one_away(difficulty):
    told = {"longest": [], "shortest": []}
    for seed in range(400):
        made = item(seed, difficulty, "choice")
        options, context = made.solution.parts[0].options, Context(made)
        lengths = [len(plain_words(option_text(o, options, context))) for o in options]
        for which, most in (("longest", max(lengths)), ("shortest", min(lengths))):
            if lengths.count(most) == 1:
                told[which].append(options[lengths.index(most)].right)
    for right in told.values():
        assert not right if difficulty == "easy" else 0.1 < np.mean(right) < 0.3


def test_a_shape_of_another_layer_may_be_transposed_as_well():
    options = [item(seed, "easy", "choice").solution.parts[0].options for seed in range(40)]
    slips = {option.slip for each in options for option in each}
    assert "shape_of_next_layer+weight_shape_transposed" in slips
