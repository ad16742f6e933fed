from __future__ import annotations

import numpy as np
import pytest

from solver import expressions
from solver.exact import exact
from solver.parsing import grammar
from templates.context import Context, in_words
from templates.notation import Symbols, load


def context(notation: str = "backprep") -> Context:
    graph = expressions.graph(
        grammar.statements("q = x + z; f = q*z", ("x", "z")), {"x": (), "z": ()}
    )
    givens = {"x": np.array(-2.0), "z": np.array(exact("ln 3"), dtype=object)}
    return Context(Symbols(graph, None, load(notation)), givens)


def test_a_template_gets_symbols_formulas_and_numbers() -> None:
    found = context()
    assert found.symbol("q") == "q"
    assert found.gradient("q") == r"\dfrac{\partial f}{\partial q}"
    assert found.given("x") == "x = -2"
    assert found.formula("f") == "qz"
    assert found.expanded("f") == r"(x + z) \, z"


def test_the_logarithm_has_the_name_that_the_notation_gives_it() -> None:
    assert context().given("z") == r"z = \ln 3"
    assert context("standard").given("z") == r"z = \log 3"


def test_more_values_can_be_given_for_one_block() -> None:
    assert context().values(output="f")["output"] == "f"


@pytest.mark.parametrize(
    ("entries", "words"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_a_list_in_words(entries: list[str], words: str) -> None:
    assert in_words(entries) == words
