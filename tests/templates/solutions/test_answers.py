"""What is said of a student's answers, read as text.

Right values are those of a calculation by hand that rounds every line to four decimals:
0.7503 * 0.2497 = 0.1873, 1.5 * 0.4753 = 0.7130, their product 0.1335, and -2 times it -0.2670.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from solver.claims import parse
from solver.diagnosis import judge
from solver.graph import GraphBuilder
from solver.network import Architecture, Layer, build
from solver.orientation import arrays
from templates.document import Document
from templates.notation import Symbols, known, load
from templates.solutions.answers import judged
from templates.writers import text

ARCHITECTURE = Architecture(2, (Layer(2, "sigmoid"), Layer(1)))
NETWORK = build(ARCHITECTURE)
GIVENS = arrays(
    ARCHITECTURE,
    [np.array([[0.5, -0.25], [0.75, 1.0]]), np.array([[1.5, -2.0]])],
    [np.array([0.1, -0.3]), np.array([0.2])],
    np.array([[1.0, -2.0]]),
    np.array([[0.5]]),
)


def said(*answers: str, notation: str = "backprep") -> str:
    claims = [parse(answer, NETWORK.graph, NETWORK) for answer in answers]
    symbols = Symbols(NETWORK.graph, NETWORK, load(notation))
    blocks = judged(judge(NETWORK.graph, GIVENS, claims, 4, NETWORK), symbols, 4)
    return " ".join(text.write(Document("Answers", blocks)).split())


def test_nothing_is_said_of_no_answers() -> None:
    assert judged((), Symbols(notation=load("backprep"))) == ()


def test_a_right_answer_is_said_to_be_right() -> None:
    assert said("b2=0.4752").endswith("`b2=0.4752`: *right*.")


def test_fewer_decimals_are_right_to_those_that_were_given() -> None:
    assert "*right* to the 2 decimals that you give; with more digits" in said("W1[1,2]=-0.27")
    assert "-0.2670" in said("W1[1,2]=-0.27")


def test_a_slip_is_told_with_the_line_from_which_on_it_shows_and_the_right_value() -> None:
    told = said("W1[1,2]=-1.4256")
    assert "*not right*. You left out the derivative of the activation." in told
    assert "it should be 0.1335, and with this mistake it is about 0.7128" in told
    assert told.endswith("= -0.2670.")


def test_the_right_value_is_the_one_that_the_worked_lines_print() -> None:
    """The prediction is 0.97522, but 1.5 * 0.7503 - 2 * 0.1751 + 0.2 = 0.97525 by hand."""
    assert said("s2=3").endswith("= 0.9753.")


def test_two_slips_are_told_as_what_could_be() -> None:
    told = said("W1[1,2]=-2.8513")
    assert "No single mistake leads to this number" in told
    assert "derivative of the activation" in told


def test_several_quantities_with_the_number_are_told_in_one_sentence() -> None:
    assert "It is the number for ∂ℓ/∂w⁽¹⁾₂₁, δ⁽¹⁾₂ or ∂ℓ/∂b⁽¹⁾₂." in said("W1[1,1]=-0.1373")


def test_a_number_in_the_place_of_another_is_told_by_both_names() -> None:
    assert "gives with s⁽¹⁾ in the place of o⁽¹⁾" in said("W2=[0.5227,-0.7366]")


def test_only_the_entries_that_are_wrong_are_named() -> None:
    assert "*not right* in δ⁽¹⁾₂. Your sign is reversed." in said("delta1=[0.1336,0.1373]")


def test_what_follows_from_an_earlier_answer_is_right_given_it() -> None:
    told = said("delta2=0.6", "b2=0.6")
    assert "`b2=0.6`: *right, given your `delta2=0.6`*" in told


def test_why_zero_is_not_carried_on_is_told() -> None:
    assert "an answer of 0 is not carried on" in said("delta2=0", "W2=[0,0]")


def test_a_number_out_of_nowhere_is_not_explained() -> None:
    assert "No mistake that is known here leads to this number." in said("W1[2,1]=0.777")


def test_too_few_decimals_are_told_apart_from_a_mistake() -> None:
    assert "so few decimals do not tell it from a mistake" in said("W2[1,2]=0.")


def test_rounding_before_the_decimal_point_is_told_in_words() -> None:
    builder = GraphBuilder()
    builder.apply("multiply", builder.input("x"), builder.input("y"), name="f")
    graph = builder.build()
    givens = {"x": np.array(1208.4), "y": np.array(1.0)}
    found = judge(graph, givens, [parse("f=121e1", graph), parse("f=1208", graph)], 4)
    told = text.write(Document("Answers", judged(found, Symbols(graph, notation=load("backprep")))))
    assert "right* to the digits that you give" in told
    assert "right* to the whole number that you give" in told


def test_why_a_tiny_number_is_not_carried_on_is_told() -> None:
    assert "rounding hides where it comes from" in said("delta2=0.0001", "b2=0.0001")


def test_several_mistakes_with_one_number_are_listed() -> None:
    claim = parse("delta1[1]=0.7128", NETWORK.graph, NETWORK)
    (found,) = judge(NETWORK.graph, GIVENS, [claim], 4, NETWORK)
    twice = replace(found, causes=found.causes * 2)
    blocks = judged([twice], Symbols(NETWORK.graph, NETWORK, load("backprep")), 4)
    told = " ".join(text.write(Document("Answers", blocks)).split())
    assert "Each of these mistakes could lead to this number: • You left out" in told


@pytest.mark.parametrize("notation", known())
def test_every_notation_can_say_it(notation: str) -> None:
    told = said("delta2=0.6", "b2=0.6", "W1[1,2]=-1.4256", "W2=[1,2]", notation=notation)
    assert "*right, given your `delta2=0.6`*" in told


def test_a_notation_with_minus_gradients_says_that_answers_are_read_without() -> None:
    told = said("W1[1,2]=-1.4256", notation="waterloo-meila")
    assert "without the minus sign" in told
    assert "it should be -0.1335, and with this mistake it is about -0.7128" in told
    assert told.endswith("= 0.2670.")


def test_an_answer_of_several_numbers_is_spoken_of_as_such() -> None:
    assert "No mistake that is known here leads to these numbers." in said("delta1=[7,9]")
    assert "No mistake that is known here leads to this number." in said("delta1[1]=7.77")


ROWS = "An answer has the unit of a weight first and its input second, with a row for each unit"


def in_columns(answer: str, notation: str) -> str:
    """What is said where column j of a weight matrix belongs to unit j."""
    architecture = replace(ARCHITECTURE, transposed=True)
    network = build(architecture)
    givens = {**GIVENS, "W1": GIVENS["W1"].T, "W2": GIVENS["W2"].T}
    found = judge(network.graph, givens, [parse(answer, network.graph, network)], 4, network)
    blocks = judged(found, Symbols(network.graph, network, load(notation)), 4)
    return " ".join(text.write(Document("Answers", blocks)).split())


def test_the_order_of_a_weights_indices_in_an_answer_is_told_where_the_notations_differs() -> None:
    told = in_columns("W1[1,2]=-0.267", "rutgers-kim")
    assert ROWS in told
    assert "*right*" in told
    assert ROWS in in_columns("W1=[[1,2],[3,4]]", "cmu-gormley")


@pytest.mark.parametrize(
    ("answer", "notation"), [("b1[1]=0.1", "rutgers-kim"), ("W1[1,2]=-0.267", "cmu-gormley")]
)
def test_nothing_is_said_of_the_order_where_it_is_the_same(answer: str, notation: str) -> None:
    assert ROWS not in in_columns(answer, notation)


def test_nothing_is_said_of_the_order_where_rows_belong_to_units() -> None:
    assert ROWS not in said("W1=[[1,2],[3,4]]")
