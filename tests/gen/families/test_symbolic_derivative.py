"""Derivatives in symbols: the quiz of the lecture, and the same derivation in every notation."""

from __future__ import annotations

import pytest

from gen.draw import Draw
from gen.families.symbolic_derivative import Params, pose, solve
from gen.family import find
from gen.presentation.context import Context
from gen.topics.derivations.nets import Net
from solver import equivalence
from solver import term as t
from templates.notation import known, load
from tests.solutions import item_of

FAMILY = find("symbolic_derivative")
item = item_of("symbolic_derivative", "symbolic")


def test_the_second_quiz_of_the_lecture():
    net = Net((2, 2, 2, 1), ("sigmoid",) * 3, biases="none")
    asked = ("w3_1_1", "w2_1_2", "w1_1_2")
    answers = solve(pose(Params(net, asked)), Draw("test")).parts
    y, b1, b2 = t.name("o3_1"), t.name("w3_1_1"), t.name("w3_1_2")
    z1, z2, first = t.name("o2_1"), t.name("o2_2"), t.name("o1_1")
    output = y * (1 - y)
    by_hand = (
        output * z1,
        output * b1 * z1 * (1 - z1) * t.name("o1_2"),
        output
        * (b1 * z1 * (1 - z1) * t.name("w2_1_1") + b2 * z2 * (1 - z2) * t.name("w2_2_1"))
        * (first * (1 - first))
        * t.name("x2"),
    )
    for made, right in zip(answers, by_hand, strict=True):
        assert equivalence.agree(made.written.entries[0], right, pose(Params(net, asked)).graph)


@pytest.mark.parametrize("notation", known())
@pytest.mark.parametrize("difficulty", ["easy", "medium", "hard"])
def test_the_last_line_about_what_is_asked_is_the_answer(notation, difficulty):
    for seed in range(6):
        made = item(seed, difficulty, notation=load(notation))
        context = Context(made)
        for part, solved in zip(made.problem.parts, made.solution.parts, strict=True):
            node = part.asks[0].node
            line = made.problem.words["lines"](node, made.problem.sign)[-1]
            assert line.node == node
            (entry,) = solved.written.entries
            assert context.term(line.whole) == context.term(entry)


def test_a_course_with_minus_signs_has_minus_the_derivative():
    for seed in range(10):
        plain, turned = item(seed), item(seed, notation=load("waterloo-meila"))
        for mine, theirs in zip(plain.solution.parts, turned.solution.parts, strict=True):
            (right,), (negative,) = mine.written.entries, theirs.written.entries
            assert equivalence.agree(-right, negative, plain.problem.graph)


def test_harder_items_go_further_back():
    for form in ("symbolic", "choice"):
        asked = [
            {item(seed, difficulty, form).params.asked[-1][:2] for seed in range(100)}
            for difficulty in ("easy", "medium", "hard")
        ]
        assert asked == [{"w2", "b2", "o1"}, {"w1", "b1"}, {"w1", "b1"}]
        assert all(item(seed, "hard", form).params.net.depth == 3 for seed in range(10))


def test_small_networks_are_drawn_and_crowded_ones_are_not():
    for seed in range(20):
        for difficulty in ("easy", "medium", "hard"):
            made = item(seed, difficulty)
            net = made.params.net
            small = net.depth == 2 and net.widths[0] * net.widths[1] <= 9
            assert (made.problem.figure != "none") is small


def test_nine_of_ten_items_are_questions_of_their_own():
    for difficulty in ("easy", "medium"):
        for form in ("symbolic", "choice"):
            marks = {item(seed, difficulty, form).fingerprint for seed in range(500)}
            assert len(marks) > 0.95 * 500


def test_softplus_is_said_what_it_is_and_its_derivative_is_a_sigmoid():
    made = next(
        each
        for each in (item(seed) for seed in range(40))
        if each.params.net.activations == ("softplus", "softplus")
    )
    assert made.problem.conventions[:2] == ("softplus_defined", "sigmoid")
    first = made.solution.parts[0].written.entries[0]
    assert "sigmoid(s2_1)" in str(first)
