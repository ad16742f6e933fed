"""Items in every notation: the same draws, the right numbers, the symbols of that course alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from math import exp, log, tanh
from pathlib import Path

import numpy as np
import pytest

from gen.cli import main
from gen.family import load_families
from gen.items import make
from gen.presentation.items import question, single, solution
from gen.problem import Item, Key
from gen.quiz import papers
from gen.quiz.settings import Settings
from gen.quiz.versions import QuizVersion
from gen.topics.networks.nets import Net
from gen.vocabulary import ARITHMETICS, Arithmetic
from solver.network import Conventions
from solver.rounding import round_half_up
from templates.document import Document
from templates.notation import Notation, known, load
from templates.writers import pdf, text

SEEDS = 4
FAMILIES = tuple(load_families())
FOLLOWING = tuple(name for name, loaded in load_families().items() if loaded.pose_in is not None)
"""Families whose problems follow the conventions of a course."""
NUMBERLESS = {n for n in FAMILIES if "numeric" not in load_families()[n].family.forms}
"""Families that ask for no numbers, whose items have no worked lines to compare."""
GRAPHS = sorted({*FAMILIES} - {*FOLLOWING, *NUMBERLESS})
ROWS = replace(
    load("backprep"),
    name="rows",
    conventions=Conventions(orientation="rows"),
    layout="numerator",
    sign=-1,
)
"""A reader's own notation, which has everything that no lecture has."""

notations = pytest.mark.parametrize("notation", known())
families = pytest.mark.parametrize("family", FAMILIES)


@cache
def items(family: str, notation: str, arithmetic: Arithmetic = "decimal") -> tuple[Item, ...]:
    return tuple(produced(family, load(notation), arithmetic))


def produced(family: str, notation: Notation, arithmetic: Arithmetic) -> Iterator[Item]:
    loaded = load_families()[family]
    for difficulty in loaded.family.difficulties:
        for form in loaded.family.forms:
            for seed in range(SEEDS):
                key = Key(family, loaded.family.version, seed)
                yield make(loaded, key, difficulty, form, notation=notation, arithmetic=arithmetic)


def plain(document: Document) -> str:
    return " ".join(text.write(document).split())


@notations
@families
def test_an_item_can_be_printed_in_every_notation(family: str, notation: str) -> None:
    some = items(family, notation)
    for item in some:
        assert plain(single(item))
    version = QuizVersion(Settings(1, notation=notation), 1, some[::SEEDS])
    for make_document in (papers.paper, papers.key):
        assert pdf.write(make_document(version)).startswith(b"%PDF-")


@notations
@families
def test_a_seed_draws_the_same_in_every_notation(family: str, notation: str) -> None:
    pairs = list(zip(items(family, notation), items(family, "backprep"), strict=True))
    same = [item.fingerprint == drawn.fingerprint for item, drawn in pairs]
    # A gradient twice as large, or a formula with more steps, may be too rough to ask for.
    assert sum(same) >= (0.9 if family in FOLLOWING else 1.0) * len(same)


@notations
@pytest.mark.parametrize("family", GRAPHS)
@pytest.mark.parametrize("arithmetic", ARITHMETICS)
def test_the_numbers_of_graphs_are_the_same_but_for_the_sign(
    family: str, notation: str, arithmetic: Arithmetic
) -> None:
    plain_items = items(family, "backprep", arithmetic)
    for item, drawn in zip(items(family, notation, arithmetic), plain_items, strict=True):
        pairs = zip(item.solution.parts, drawn.solution.parts, item.problem.parts, strict=True)
        for solved, base, part in pairs:
            if part.claims:
                assert solved == base
                continue
            assert solved.answer is not None
            assert base.answer is not None
            shown = zip(part.asks, solved.answer.shown, base.answer.shown, strict=True)
            for ask, ours, theirs in shown:
                sign = load(notation).sign if ask.of == "gradient" else 1
                assert np.array_equal(ours, sign * theirs)


@pytest.mark.parametrize("notation", [*map(load, known()), ROWS], ids=lambda n: n.name)
def test_gradients_of_networks_are_differences_of_the_stated_loss(notation: Notation) -> None:
    for item in produced("weight_gradient", notation, "decimal"):
        network = item.problem.network
        assert network is not None
        net: Net = replace(item.params.net, loss=network.architecture.loss)  # type: ignore[attr-defined]
        for quantities, solved in zip(item.params.parts, item.solution.parts, strict=True):  # type: ignore[attr-defined]
            assert solved.answer is not None
            for quantity, value in zip(quantities, solved.answer.values, strict=True):
                expected = stated(net, quantity, notation)
                if expected is not None:
                    assert value.ravel() == pytest.approx(expected.ravel(), rel=1e-5, abs=1e-7)
                    assert value.size == 1 or value.shape == expected.shape


def stated(net: Net, quantity: tuple, notation: Notation) -> np.ndarray | None:
    """What a course writes for a quantity, from differences of the loss alone."""
    (name, of, index), said = quantity, notation.conventions
    if of == "value":
        return np.array(loss(net)) if name == "loss" else None
    layer = int(name[1:]) - 1
    biases = np.array([slope(net, layer, i, None) for i in range(len(net.weights[layer]))])
    if name.startswith("W"):
        weights = np.array(
            [
                [slope(net, layer, i, j) for j in range(len(r))]
                for i, r in enumerate(net.weights[layer])
            ]
        )
        if index is not None:
            return np.asarray(notation.sign * weights[index])
        found = np.column_stack([biases, weights]) if said.bias == "folded" else weights
        found = found if said.orientation == "columns" else found.T
    elif index is not None:
        return np.asarray(notation.sign * biases[index[0]])
    else:
        found = biases[None, :] if said.orientation == "rows" else biases[:, None]
    return notation.sign * (found.T if notation.layout == "numerator" else found)


def slope(net: Net, layer: int, unit: int, source: int | None) -> float:
    """The central difference of the loss by a weight, or without a source by a bias."""
    above, below = (loss(moved(net, layer, unit, source, step)) for step in (1e-5, -1e-5))
    return (above - below) / 2e-5


def moved(net: Net, layer: int, unit: int, source: int | None, step: float) -> Net:
    rows = [[list(row) for row in matrix] for matrix in net.weights]
    biases = [list(each) for each in net.biases]
    if source is None:
        biases[layer][unit] += step
    else:
        rows[layer][unit][source] += step
    return replace(net, weights=rows, biases=biases)


def loss(net: Net) -> float:
    """The loss of the net's example, by plain arithmetic."""
    flow = list(net.x)
    for activation, rows, biases in zip(net.activations, net.weights, net.biases, strict=True):
        s = [sum(map(float.__mul__, row, flow)) + b for row, b in zip(rows, biases, strict=True)]
        flow = activated(activation, s)
    pairs = list(zip(flow, net.y, strict=True))
    if net.loss == "binary_cross_entropy":
        return -sum(y * log(p) + (1 - y) * log(1 - p) for p, y in pairs)
    if net.loss == "cross_entropy":
        return -sum(y * log(p) for p, y in pairs)
    return sum((p - y) ** 2 for p, y in pairs) * (0.5 if net.loss.startswith("half") else 1.0)


def activated(activation: str, s: list[float]) -> list[float]:
    if activation == "softmax":
        whole = sum(map(exp, s))
        return [exp(x) / whole for x in s]
    functions = {
        "identity": lambda x: x,
        "relu": lambda x: max(x, 0.0),
        "tanh": tanh,
        "sigmoid": lambda x: 1 / (1 + exp(-x)),
    }
    return [functions[activation](x) for x in s]


OWN = {
    "standard": ("h⁽¹⁾", "J"),
    "backprep": ("δ⁽", "o⁽¹⁾", "ℓ"),
    "cmu-chai": ("δ⁽", "[1; x]", "sensitivity"),
    "cmu-gormley": ("α", "β", "g_", "adjoint"),
    "waterloo-meila": ("-∂ℒ/∂", "y_*", "target output"),
    "rutgers-kim": ("objective", "t = "),
    "nyu-linzen": ("∂ℓ/∂", "affine part"),
}
OTHERS = {
    "standard": ("δ", "o⁽", "s⁽", "ℓ", "ln ", "loss"),
    "backprep": ("∇", "h⁽", "log "),
    "cmu-chai": ("h⁽", "ln "),
    "cmu-gormley": ("δ", "ŷ", "W⁽", "o⁽", "ℓ", "ln ", "∇"),
    "waterloo-meila": ("δ", "ŷ", "o⁽", "ℓ", "ln ", "∇"),
    "rutgers-kim": ("δ", "ŷ", "o⁽", "s⁽", "ℓ", "loss"),
    "nyu-linzen": ("δ", "∇", "s⁽", "ln ", "pre-activation"),
}


@notations
def test_items_have_the_symbols_and_words_of_their_course_and_of_no_other(notation: str) -> None:
    networks = items("weight_gradient", notation)
    told = " ".join(plain(single(item)) for item in networks)
    assert all(symbol in told for symbol in OWN[notation])
    for foreign in OTHERS[notation]:
        assert foreign not in told, told[max(0, told.index(foreign) - 60) :][:120]


@notations
def test_shapes_are_asked_of_the_gradient_as_the_course_writes_it(notation: str) -> None:
    has_delta = load(notation).delta is not None
    for item in items("delta_shape", notation):
        told = plain(Document("", (*question(item), *solution(item))))
        assert ("δ" in told or "Δ" in told) == has_delta


def test_a_minus_sign_in_front_turns_options_and_diagnoses_round() -> None:
    pairs = zip(
        items("graph_gradient", "waterloo-meila"), items("graph_gradient", "backprep"), strict=True
    )
    for item, base in pairs:
        assert "-∂" in plain(Document("", tuple(question(item))))
        for solved, drawn in zip(item.solution.parts, base.solution.parts, strict=True):
            sign = -1 if item.problem.parts[-1].form == "choice" else 1
            for ours, theirs in zip(solved.options, drawn.options, strict=True):
                assert [sign * v for v in ours.values] == list(theirs.values)


def test_numerator_layout_asks_for_transposes() -> None:
    for item in produced("weight_gradient", ROWS, "decimal"):
        for part, solved in zip(item.problem.parts, item.solution.parts, strict=True):
            assert solved.answer is not None
            assert item.problem.graph is not None
            for ask, shown in zip(part.asks, solved.answer.shown, strict=True):
                shape = item.problem.graph.shapes[ask.node]
                if ask.of == "gradient" and ask.index is None:
                    assert shown.shape == shape[::-1]
        assert "numerator" not in plain(single(item))


OWN_FILE = """
extends = "standard"
name = "tuesday"
delta = { letter = '\\varepsilon', vector = '\\boldsymbol{\\varepsilon}', matrix = '\\mathrm{E}' }
[words]
loss = "regret"
"""


def test_a_file_of_ones_own_is_taken_and_recorded_by_its_name(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text(OWN_FILE, encoding="utf-8")
    out = tmp_path / "quiz"
    line = ["--seed", "3", "--items", "3", "--families", "weight_gradient", "--quiet"]
    assert main([*line, "--notation", str(own), "--out", str(out)]) == 0
    record = json.loads((out / "quiz.json").read_text(encoding="utf-8"))
    assert record["settings"]["notation"] == "tuesday"
    assert str(tmp_path) not in json.dumps(record)


def test_the_record_says_which_notation_by_default(tmp_path: Path) -> None:
    out = tmp_path / "quiz"
    assert main(["--seed", "3", "--items", "1", "--quiet", "--out", str(out)]) == 0
    record = json.loads((out / "quiz.json").read_text(encoding="utf-8"))
    assert record["settings"]["notation"] == "standard"


@pytest.mark.parametrize("command", [["--seed", "3"], ["show", "weight_gradient", "--seed", "3"]])
def test_an_unknown_notation_is_refused_with_those_near_it(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "--notation", "cmu-gormly"]) == 2
    assert "did you mean cmu-gormley" in capsys.readouterr().err
    assert main([*command, "--notation", "nowhere.toml"]) == 2
    assert "nowhere.toml cannot be read" in capsys.readouterr().err


@notations
@pytest.mark.parametrize("family", sorted({*FAMILIES} - NUMBERLESS))
def test_the_last_line_about_what_is_asked_prints_the_answer(family: str, notation: str) -> None:
    for item in items(family, notation):
        for part, solved in zip(item.problem.parts, item.solution.parts, strict=True):
            if part.claims:
                continue
            assert solved.answer is not None
            places = item.problem.places_of(part)
            for ask, shown in zip(part.asks, solved.answer.shown, strict=True):
                of_leaf = [step for step in item.solution.steps if step.leaf == ask.leaf]
                step = next((s for s in of_leaf if s.index == ask.index), of_leaf[-1])
                value = step.value if step.index == ask.index else step.value[ask.index]
                assert np.array_equal(round_half_up(value, places), shown)
