"""Answers in symbols as students type them: every right form is right, slips are named."""

from __future__ import annotations

from fractions import Fraction

import pytest

from gen.errors import InputError
from gen.family import find
from gen.grading.expressions import judge, read
from gen.grading.grades import grade
from gen.items import make
from gen.presentation.context import Context
from gen.problem import Item, Key
from templates.notation import known, load

FAMILY = find("symbolic_derivative")


def item(seed: int = 66, difficulty: str = "medium", notation: str = "cmu-gormley") -> Item:
    key = Key("symbolic_derivative", 2, seed)
    return make(FAMILY, key, difficulty, "symbolic", notation=load(notation))  # type: ignore[arg-type]


ITEM = item()
"""J = (y - y*)^2 of a net of two sigmoid units and a tanh output; (a) asks for dJ/dbeta_2."""


def test_the_item_of_these_tests_is_the_one_described() -> None:
    assert ITEM.params.net.activations == ("sigmoid", "tanh")  # type: ignore[attr-defined]
    assert ITEM.params.asked[0] == "w2_1_2"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    [
        "2(y - y*)(1 - y^2) z_2",
        "2*(y-y^*)*(1-y**2)*z2",
        r"2\left(y - y^{*}\right)\left(1 - y^{2}\right) z_{2}",
        "∂J/∂β_2 = 2(y-ystar)(1-y²)z₂",
        "z_2 (1 - y)(1 + y)(2y - 2y*)",
        "2(y - y*) tanh'(b) sigma(a_2)",
        "2(y - y*)(1 - tanh(b)^2)/(1 + e^(-alpha_21 x_1 - alpha_22 x_2))",
        "-2(y* - y) z_2 + 2(y* - y) y^2 z_2",
    ],
)
def test_every_right_form_is_right(text: str) -> None:
    (judged,) = judge(ITEM, 0, text)
    assert (judged.verdict, judged.proved) == ("right", True)


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("2(y - y*)(1 - y^2) z_1", "other_input"),
        ("2(y* - y)(1 - y^2) z_2", "sign_reversed"),
        ("(y - y*)(1 - y^2) z_2", "factor_two"),
        ("2(y - y*) z_2", "activation_derivative_left_out"),
        ("2(y - y*)(1 - y^2)", "input_left_out"),
        ("2(y - y*) y(1 - y) z_2", "sigmoid_rule_for_tanh"),
        ("2(y - y*)(1 - y^2) x_2", "raw_input"),
    ],
)
def test_slips_are_named(text: str, slip: str) -> None:
    (judged,) = judge(ITEM, 0, text)
    assert (judged.verdict, judged.slip) == ("slip", slip)


def test_other_wrong_answers_are_wrong() -> None:
    for text in ("2(y - y*)(1 - y^2) z_2 + x_1/1000", "y", "0", "2(y - y*)(1 - y^2) z_2^2"):
        (judged,) = judge(ITEM, 0, text)
        assert (judged.verdict, judged.slip) == ("wrong", "")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("2(y - y*)(1 - y^2) z_3", "no symbol 'z_3'"),
        ("o1_2", "no symbol 'o1_2'"),
        ("J", "no symbol 'J'"),
        ("z_2 +", "ends too early"),
        ("1/(y - y)", "has no value"),
        ("z_1; z_2", "expected one answer"),
        ("__import__('os').system('true')", "means nothing"),
    ],
)
def test_what_cannot_be_judged_gets_one_sentence(text: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        judge(ITEM, 0, text)


@pytest.mark.parametrize("notation", known())
@pytest.mark.parametrize("difficulty", ["easy", "medium", "hard"])
def test_answers_as_they_are_printed_are_read_back(notation: str, difficulty: str) -> None:
    for seed in range(4):
        made = item(seed, difficulty, notation)
        context = Context(made)
        for number, solved in enumerate(made.solution.parts):
            assert solved.written is not None
            (right,) = solved.written.entries
            (judged,) = judge(made, number, context.term(right))  # type: ignore[arg-type]
            assert judged.verdict == "right"
            for wrong in solved.written.wrong:
                latex = context.term(wrong.entries[0])  # type: ignore[arg-type]
                assert judge(made, number, latex)[0].slip in (wrong.slip, "sign_reversed")


def test_an_expression_is_read_over_the_nodes_of_the_graph() -> None:
    assert str(read(ITEM, "alpha_12 x_2")) == "(w1_1_2 * x2)"


def test_points_are_given_part_by_part() -> None:
    first, second = grade(ITEM, {0: "2(y-y*)(1-y^2)z_2", 1: "x_2"}, 6)
    assert (first.verdict, first.earned) == ("right", first.worth)
    assert (second.verdict, second.earned) == ("wrong", Fraction(0))
    (slip, _) = grade(ITEM, {0: "2(y-y*)(1-y^2)"}, 6)
    assert (slip.verdict, slip.slips) == ("slip", ("input_left_out",))


def test_a_symbol_that_there_is_not_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(InputError, match=r"there are x_1, .*, beta_2, .*y\^\*, with a space or \*"):
        judge(ITEM, 0, "2 q")


def test_the_layer_of_a_symbol_may_be_left_out_where_that_leaves_no_doubt() -> None:
    made = item(66, notation="standard")
    for text in ("h_2", "h2", "h_2^(1)"):
        assert str(read(made, text)) == "o1_2"
    deep = item(66, "hard", "standard")
    with pytest.raises(InputError, match=r"'h_1' at character 1 may be h_1\^\(1\) or h_1\^\(2\)"):
        read(deep, "h_1")
