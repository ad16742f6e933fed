"""Items with statements to judge: balanced truths, distinct points, printed numbers that hold."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from gen.draw import Draw
from gen.families.concept_check import Params, pose, verify
from gen.family import find
from gen.items import make
from gen.presentation.items import question, single
from gen.problem import Item, Key
from gen.solving import solve
from gen.topics.concepts.bank import statements
from gen.topics.concepts.sampling import SIZES, Said
from gen.topics.concepts.words import symbols
from gen.verification import Mismatch
from gen.vocabulary import DIFFICULTIES
from solver.network import Conventions
from templates.document import Document
from templates.notation import Notation, known, load
from templates.writers import text

FAMILY = find("concept_check")
KINDS = [(form, difficulty) for form in FAMILY.family.forms for difficulty in DIFFICULTIES]
kinds = pytest.mark.parametrize(("form", "difficulty"), KINDS)


def item(seed: int, form: str, difficulty: str, **settings: object) -> Item:
    return make(FAMILY, Key("concept_check", 1, seed), difficulty, form, **settings)


def said(form: str, difficulty: str, count: int = 300) -> list[tuple[Said, ...]]:
    return [item(seed, form, difficulty).params.said for seed in range(count)]


def page(made: Item) -> str:
    return " ".join(text.write(single(made)).split())


@kinds
def test_an_item_has_as_many_statements_as_it_should_each_on_another_point(
    form: str, difficulty: str
) -> None:
    for each in said(form, difficulty, 100):
        bank = [statements()[one.name] for one in each]
        worded, computed = SIZES[form][difficulty]
        assert [one.computed for one in bank].count(True) == computed
        assert len(each) == worded + computed == len({one.point for one in bank})
        assert len({one.theme for one in bank}) == 1


@kinds
def test_a_statement_is_true_as_often_as_the_form_says(form: str, difficulty: str) -> None:
    every = said(form, difficulty)
    shares = [np.mean([one.true for one in each]) for each in every]
    expected = 1 / len(every[0]) if form == "choice" else 0.5
    assert abs(np.mean(shares) - expected) < 0.05
    if form == "choice":
        assert {sum(one.true for one in each) for each in every} == {1}
    if form == "choose_all":
        counts = Counter(sum(one.true for one in each) for each in every)
        assert set(counts) == set(range(1, len(every[0])))
        assert min(counts.values()) > 0.5 * len(every) / len(counts)


def test_neither_kind_of_statement_is_true_more_often() -> None:
    for computed in (True, False):
        truths = [
            one.true
            for difficulty in DIFFICULTIES
            for each in said("true_false", difficulty)
            for one in each
            if statements()[one.name].computed is computed
        ]
        assert abs(np.mean(truths) - 0.5) < 0.05


def test_every_statement_of_the_bank_is_drawn() -> None:
    drawn = {one.name for kind in KINDS for each in said(*kind) for one in each}
    assert drawn == set(statements())


def test_the_stem_defines_the_layer_where_a_statement_has_its_symbols() -> None:
    for seed in range(40):
        made = item(seed, "choose_all", "hard")
        texts = [t for one in made.params.said for t in statements()[one.name].texts.values()]
        stem = " ".join(text.write(Document("", tuple(question(made)))).split())
        assert ("outputs h⁽ˡ⁾ = f(a⁽ˡ⁾)" in stem) == any("symbol(" in each for each in texts)


def test_a_wrong_truth_is_found() -> None:
    one = Said("one_to_one_network", True, (("hidden", 3), ("claimed", 9), ("right", 10)))
    problem = pose(Params("true_false", (one,)))
    with pytest.raises(Mismatch, match="one_to_one_network"):
        verify(problem, solve(problem, Draw("options")))
    for claimed, true in ((10, True), (9, False)):
        right = replace(one, true=true, facts=(("hidden", 3), ("claimed", claimed), ("right", 10)))
        problem = pose(Params("true_false", (right,)))
        assert verify(problem, solve(problem, Draw("options")))[0].numbers == 2


NUMBER = r"(-?\d+(?:/\d+)?)"
PRINTED = {
    rf"has one input, {NUMBER} hidden units in one layer and one output unit. "
    rf"It has {NUMBER} parameters": lambda n: 3 * n + 1,
    rf"maps {NUMBER} inputs to {NUMBER} outputs. For all its partial derivatives, reverse mode "
    rf"needs {NUMBER} backward": lambda a, b: b,
    rf"maps {NUMBER} inputs to {NUMBER} outputs. For all its partial derivatives, forward mode "
    rf"needs {NUMBER} passes": lambda a, b: a,
    rf"A sigmoid unit has the output {NUMBER}. The derivative of this output with respect to the "
    rf"unit’s pre-activation is {NUMBER}": lambda o: o * (1 - o),
    rf"A tanh unit has the output {NUMBER}. The derivative of this output with respect to the "
    rf"unit’s pre-activation is {NUMBER}": lambda o: 1 - o * o,
    rf"A weight is {NUMBER} and the derivative of the cost with respect to it is {NUMBER}. After "
    rf"one step of gradient descent with the learning rate {NUMBER}, the weight is "
    rf"{NUMBER}": lambda w, g, rate: w - rate * g,
    rf"local derivatives ∂p/∂u = {NUMBER}, ∂q/∂u = {NUMBER}, ∂y/∂p = {NUMBER} and "
    rf"∂y/∂q = {NUMBER}, the derivative dy/du is {NUMBER}": lambda pu, qu, yp, yq: (
        yp * pu + yq * qu
    ),
}


def test_statements_as_printed_are_true_where_the_key_says_so() -> None:
    checked = Counter()
    for (form, difficulty), seed in product(KINDS[:3], range(150)):
        made = item(seed, form, difficulty)
        before, _, key = page(made).partition("Answer ------")
        verdicts = re.findall(r"\([a-d]\) \*(True|False)\*", key)
        for claim, verdict in zip(re.split(r"True or false\?", before)[1:], verdicts, strict=True):
            for pattern, right in PRINTED.items():
                if found := re.search(pattern, claim):
                    *given, claimed = map(Fraction, found.groups())
                    assert (right(*given) == claimed) == (verdict == "True"), claim
                    checked[pattern] += 1
    assert len(checked) == len(PRINTED)
    assert sum(checked.values()) > 50


ROWS = replace(load("backprep"), name="rows", conventions=Conventions(orientation="rows"))


@pytest.mark.parametrize("notation", [*map(load, known()), ROWS], ids=lambda n: n.name)
def test_products_of_a_layer_have_the_shapes_of_what_they_stand_for(notation: Notation) -> None:
    orientation = notation.conventions.orientation
    one = (lambda n: (1, n)) if orientation == "rows" else (lambda n: (n, 1))
    matrix = (lambda m, n: (m, n)) if orientation == "columns" else (lambda m, n: (n, m))
    written = {name: str(symbol) for name, symbol in symbols(notation).items()}
    shapes = {
        "W": matrix(3, 2),
        "W_next": matrix(4, 3),
        "b": one(3),
        "o_before": one(2),
        "delta": one(3),
        "delta_next": one(4),
    }
    results = {
        "affine": one(3),
        "pulled": one(3),
        "pulled_wrongly": None,
        "outer": matrix(3, 2),
        "outer_swapped": matrix(2, 3),
    }
    for name, expected in results.items():
        arrays = factors(written[name], written, shapes, notation.transpose)
        assert multiplied(arrays) == expected, name


def factors(
    product_of: str, written: dict[str, str], shapes: dict[str, tuple[int, int]], transpose: str
) -> list[tuple[int, int]]:
    """The shapes of the factors that a product in LaTeX is made of, read from left to right."""
    rest, found = product_of.split(" + ")[0], []
    while rest := rest.strip():
        name, symbol = max(
            ((n, s) for n in shapes for s in (f"({written[n]})", written[n]) if rest.startswith(s)),
            key=lambda pair: len(pair[1]),
        )
        rest, shape = rest[len(symbol) :], shapes[name]
        raised = f"^{{{transpose}}}"
        if rest.startswith(")" + raised):
            rest = rest[1:]
        if rest.startswith(raised):
            rest, shape = rest[len(raised) :], shape[::-1]
        found.append(shape)
    return found


def multiplied(shapes: list[tuple[int, int]]) -> tuple[int, int] | None:
    first, second = shapes
    return (first[0], second[1]) if first[1] == second[0] else None
