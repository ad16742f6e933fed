from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from solver import term as t
from solver.arithmetic import EXACT
from solver.exact import Exact, exact
from solver.graph import GraphBuilder
from solver.steps import steps
from templates.exact import numeral
from templates.explain import result
from templates.formula import latex
from templates.mathematics.parser import parse
from templates.notation import Symbols, load
from templates.numerals import array


@pytest.mark.parametrize(
    ("number", "text", "slashed"),
    [
        ("3", "3", "3"),
        ("-3/4", r"-\frac{3}{4}", "-3/4"),
        ("ln 3", r"\ln 3", r"\ln 3"),
        # With a bar, ln 4/3 could be (ln 4)/3 where a line of text is all there is.
        ("ln(4/3)", r"\ln(4/3)", r"\ln(4/3)"),
        ("2*ln 3 - 1", r"2 \ln 3 - 1", r"2 \ln 3 - 1"),
        ("3/4*ln 3", r"\frac{3}{4} \ln 3", r"(3/4) \ln 3"),
        ("-ln(ln 3)", r"-\ln(\ln 3)", r"-\ln(\ln 3)"),
        ("ln 2 * ln 3", r"\ln 2 \cdot \ln 3", r"\ln 2 \cdot \ln 3"),
        ("(ln 3)*(ln 3)", r"(\ln 3)^{2}", r"(\ln 3)^{2}"),
        ("(ln(4/3))^2 * 1/2", r"\frac{1}{2} (\ln(4/3))^{2}", r"(1/2) (\ln(4/3))^{2}"),
        ("e^-2", "e^{-2}", "e^{-2}"),
        ("e^(-1/2)", "e^{-1/2}", "e^{-1/2}"),
        ("2*e", "2 e", "2 e"),
        ("1/(1 + e^-1)", r"\frac{e}{e + 1}", "e/(e + 1)"),
        ("ln(1 + e)", r"\ln(e + 1)", r"\ln(e + 1)"),
        ("sqrt(5)/2", r"\frac{\sqrt{5}}{2}", r"\sqrt{5}/2"),
        ("(1 + sqrt 5)/2", r"\frac{1 + \sqrt{5}}{2}", r"(1 + \sqrt{5})/2"),
        ("3*2^(1/3)", r"3 \cdot 2^{1/3}", r"3 \cdot 2^{1/3}"),
        ("pi/4", r"\frac{\pi}{4}", r"\pi/4"),
    ],
)
def test_an_exact_number_is_set_as_it_is_written_by_hand(
    number: str, text: str, slashed: str
) -> None:
    assert numeral(Exact(number)).text == text
    assert numeral(Exact(number), slashed=True).text == slashed
    parse(text)
    parse(slashed)


def test_the_logarithm_can_have_another_name() -> None:
    assert numeral(Exact("2*ln 3"), log=r"\log").text == r"2 \log 3"
    assert array(exact(["ln 3"]), log=r"\log") == r"\log 3"


def test_a_result_calls_the_logarithm_what_the_formula_calls_it() -> None:
    builder = GraphBuilder()
    builder.apply("log", builder.input("x"), name="y")
    graph = builder.build()
    (step,) = steps(graph, {"x": "3"}, [(t.name("y"), None)], EXACT)
    name = Symbols(graph, None, load("backprep")).function("log")
    assert result(step, Symbols(graph, None, load("backprep"))) == f"{name} 3"
    assert result(step) == r"\ln 3"


def graph() -> Symbols:
    builder = GraphBuilder()
    builder.apply("exp", builder.input("x"), name="y")
    return Symbols(builder.build(), None, load("backprep"))


def n(text: str) -> t.Term:
    return t.number(Exact(text))


THREE_QUARTERS, LOG, SUM, ROOT = n("3/4"), n("ln 3"), n("ln 3 - 1"), n("sqrt 5")


@pytest.mark.parametrize(
    ("term", "text"),
    [
        # Products: a dot wherever side by side could be misread
        (n("2") * THREE_QUARTERS, r"2 \cdot \frac{3}{4}"),
        (THREE_QUARTERS * n("-1/2"), r"\frac{3}{4} \cdot \left(-\frac{1}{2}\right)"),
        (LOG * n("2"), r"\ln(3) \cdot 2"),
        (LOG * ROOT, r"\ln(3) \cdot \sqrt{5}"),
        (n("5/3*ln 2") * n("3/5"), r"\frac{5}{3} \ln(2) \cdot \frac{3}{5}"),
        (n("1") * n("e^2"), r"1 \cdot e^{2}"),
        (n("2") * SUM, r"2 (\ln 3 - 1)"),
        (LOG * SUM, r"\ln(3) \cdot (\ln 3 - 1)"),
        (SUM * n("2"), r"(\ln(3) - 1) \cdot 2"),
        (n("-2*ln 3") * n("-1"), r"-2 \ln(3) \cdot (-1)"),
        # Sums and signs
        (n("1") - SUM, r"1 - (\ln 3 - 1)"),
        (n("1") - n("-1/2"), r"1 - \left(-\frac{1}{2}\right)"),
        (n("1") + n("-2*ln 3"), r"1 + (-2 \ln 3)"),
        (LOG + n("-ln 2") - THREE_QUARTERS, r"\ln 3 + (-\ln 2) - \frac{3}{4}"),
        # Powers and functions
        (THREE_QUARTERS**2, r"\left(\frac{3}{4}\right)^{2}"),
        (n("-1/2") ** 2, r"\left(-\frac{1}{2}\right)^{2}"),
        (LOG**2, r"(\ln 3)^{2}"),
        (SUM**2, r"(\ln 3 - 1)^{2}"),
        (np.log(THREE_QUARTERS), r"\ln\left(\frac{3}{4}\right)"),
        (np.log(ROOT), r"\ln \sqrt{5}"),
        (np.tanh(LOG), r"\tanh(\ln 3)"),
        (np.exp(n("-2")), "e^{-2}"),
        # Fractions in fractions have a slash
        (n("1") / THREE_QUARTERS, r"\frac{1}{3/4}"),
        ((THREE_QUARTERS - n("1")) / (n("2") * n("1/2")), r"\frac{3/4 - 1}{2 \cdot 1/2}"),
    ],
)
def test_an_exact_number_stands_in_a_formula_so_that_it_cannot_be_misread(
    term: t.Term, text: str
) -> None:
    found = latex(term, graph())
    assert found.replace(" ", "") == text.replace(" ", "")
    parse(found)


def test_fractions_in_a_matrix_have_a_slash() -> None:
    entries: Any = np.empty((2, 1), object)
    entries[:, 0] = [THREE_QUARTERS * (n("1") - THREE_QUARTERS), n("-1/2") / n("2/3")]
    first, second = r"3/4 \cdot (1 - 3/4)", "-1/2 / (2/3)"
    assert latex(entries, graph()) == rf"\begin{{bmatrix}} {first} \\ {second} \end{{bmatrix}}"


def test_pi_and_e_are_letters_in_formulas() -> None:
    assert latex(np.sin(t.name("x") * t.number(np.pi)), graph()) == r"\sin(x \, \pi)"
    assert latex(t.number(np.e) ** 2, graph()) == "e^{2}"


def test_a_given_number_of_decimals_is_written_out_whatever_the_number() -> None:
    assert latex(t.number(3.1416, 4), graph()) == "3.1416"
