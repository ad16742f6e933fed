"""A folder of families that is exchanged for the real one, so that the frame is tested alone."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import gen.families
from gen import family, shelves

PRODUCT = '''
"""The product of two small integers: everything about it can be checked by hand."""
from dataclasses import dataclass
import numpy as np
from gen.family import Family, Rejected
from gen.problem import (
    Answer, Ask, Option, Part, PartSolution, Problem, Solution, Verification, Wrong,
)
from solver.graph import GraphBuilder

FAMILY = Family("NAME", 1, "Products", "multiply two integers", (), (), forms=FORMS)
HIGH = 40

@dataclass(frozen=True, slots=True)
class Params:
    a: int
    b: int
    form: str

def sample(draw, difficulty, form):
    params = Params(draw.integer(2, HIGH), draw.integer(2, HIGH), form)
    if params.a == params.b:
        raise Rejected("the factors are equal")
    return params

def pose(params):
    graph = GraphBuilder()
    graph.apply("multiply", graph.input("a"), graph.input("b"), name="y")
    givens = {"a": np.array(float(params.a)), "b": np.array(float(params.b))}
    return Problem((Part(params.form, (Ask("y"),)),), graph.build(), givens)

def accept(problem, solution):
    return float(problem.givens["a"]) != 13.0

def solve(problem, draw):
    a, b = problem.givens["a"], problem.givens["b"]
    right, wrong = Option(True, (a * b,)), Option(False, (a + b,), "added")
    answer = Answer((a * b,), (a * b,), (0.5,), (Wrong("added", (a + b,)),))
    options = draw.shuffle((right, wrong)) if problem.parts[0].form != "numeric" else ()
    return Solution(problem, (PartSolution(answer, options),))

def verify(problem, solution, full):
    (value,) = solution.parts[0].answer.values
    return (Verification("by hand", 1, float(abs(value - np.prod(list(problem.givens.values()))))),)
'''


def write_product(name: str, forms: tuple[str, ...] = ("numeric", "choice")) -> str:
    return PRODUCT.replace("NAME", name).replace("FORMS", repr(forms))


@pytest.fixture(scope="module", autouse=True)
def forgotten(request: pytest.FixtureRequest) -> Iterator[None]:
    """Items that a module of tests keeps would slow down whatever its process tests next."""
    yield
    for value in vars(request.module).values():
        if hasattr(value, "cache_clear") and value.__module__ == request.module.__name__:
            value.cache_clear()
    gc.collect()


@pytest.fixture
def use_families(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """A function that puts families, given by their sources, in the place of the real ones."""
    folder = tmp_path / "families"
    folder.mkdir()
    monkeypatch.setattr(gen.families, "__path__", [str(folder)])
    before = {name for name in sys.modules if name.startswith("gen.families.")}
    for name in before:
        monkeypatch.delitem(sys.modules, name)

    def use(**sources: str) -> None:
        for name, source in sources.items():
            (folder / f"{name}.py").write_text(source, encoding="utf-8")
        _forget()

    yield use
    for name in [name for name in sys.modules if name.startswith("gen.families.")]:
        del sys.modules[name]
    _forget()


def _forget() -> None:
    shelves.own.cache_clear()
    family._found.cache_clear()


@pytest.fixture
def product_source() -> Callable[..., str]:
    """A function from a name and forms to the source of a family of products."""
    return write_product


@pytest.fixture
def products(use_families: Callable[..., None]) -> tuple[str, ...]:
    """Three families of products: with both forms, with numbers alone and with choices alone."""
    use_families(
        both=write_product("both"),
        numbers=write_product("numbers", ("numeric",)),
        ticks=write_product("ticks", ("choice", "choose_all")),
    )
    return ("both", "numbers", "ticks")
