"""Whatever is typed is judged, or answered with one sentence, and never takes long."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from gen.errors import InputError
from gen.family import find
from gen.grading.expressions import judge
from gen.items import make
from gen.problem import Item, Key
from templates.notation import load

SYMBOLS = ["y", "y*", "y^*", "z_1", "z_2", "x_1", "beta_2", "alpha_12", "a_1", "b", "J", "₁"]
FUNCTIONS = ["sigma", "tanh'", "exp", "log", "e", r"\frac", r"\left("]
SIGNS = ["(", ")", "+", "-", "*", "/", "^", "2", "0.5", "12", "9", "{", "}", "²", "=", " ", "\n"]
STRANGERS = ["'", ",", ";", ".T", "[1]", "@", "__", "\0"]
PIECES = (*SYMBOLS, *FUNCTIONS, *SIGNS, *STRANGERS)
RIGHT = "2(y - y*)(1 - y^2) z_2"


def item() -> Item:
    notation = load("cmu-gormley")
    family = find("symbolic_derivative")
    return make(family, Key("symbolic_derivative", 2, 66), "medium", "symbolic", notation=notation)


ITEM = item()


def judged(text: str) -> str:
    start = time.perf_counter()
    said = verdict_or_complaint(text)
    assert time.perf_counter() - start < 5
    if said in ("right", "slip", "wrong"):
        return said
    assert "\n" not in said
    assert "\0" not in said or "\0" in text
    return "refused"


def verdict_or_complaint(text: str) -> str:
    try:
        (found,) = judge(ITEM, 0, text)
    except InputError as error:
        return str(error)
    return found.verdict


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_pieces_of_answers_in_any_order(text: str) -> None:
    assert judged(text) in ("right", "slip", "wrong", "refused")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    assert judged(text) in ("wrong", "refused", "slip")


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["x_1", "z_1", "a_2", "y", "beta_1", "(x_2 - y)", "exp(b)"]),
    st.sampled_from(["({} + {u} - {u})", "({}) * {u} / {u}", "({} * (1 + {u}) - {u} * {})"]),
)
def test_the_right_answer_with_something_that_cancels(unit: str, form: str) -> None:
    assert judged(form.replace("{}", RIGHT).replace("{u}", unit)) == "right"


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["x_1", "z_1", "a_2", "beta_1", "(x_2 - y)", "exp(b)"]),
    st.sampled_from(["{r} + {u}", "({r}) * {u}", "({r}) / {u}", "{r} - {u}/10000"]),
)
def test_the_right_answer_with_something_that_does_not(unit: str, form: str) -> None:
    assert judged(form.replace("{r}", RIGHT).replace("{u}", unit)) in ("wrong", "slip")
