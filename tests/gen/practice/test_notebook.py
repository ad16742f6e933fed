"""The notebook is valid, keeps its cells' names, hides its answers, and judges when it is run."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from gen.family import find
from gen.practice.deck import Deck, make_deck
from gen.practice.notebook import make

ROOT = Path(__file__).parents[3]
FAMILIES = ("weight_gradient", "delta_shape", "concept_check", "gradient_shape")


@pytest.fixture(scope="module")
def deck() -> Deck:
    return make_deck([find(name) for name in FAMILIES], 7, 3)


@pytest.fixture(scope="module")
def notebook(deck: Deck) -> Any:
    import nbformat

    return nbformat.reads(make(deck).decode(), as_version=4)  # type: ignore[no-untyped-call]


def named(cells: Any, kind: str) -> list[Any]:
    return [cell for cell in cells if cell.id.startswith(f"{kind}-")]


def test_nbformat_finds_it_valid(notebook: Any):
    import nbformat

    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) >= (4, 5)


def test_each_item_has_a_question_a_cell_for_the_answer_and_a_solution(deck: Deck, notebook: Any):
    kinds = [cell.id.split("-")[0] for cell in notebook.cells]
    assert kinds[:2] == ["opening", "topic"]
    assert [kind for kind in kinds if kind not in ("opening", "topic")] == [
        "question", "answer", "solution",
    ] * len(list(deck.items))  # fmt: skip


def test_a_cell_keeps_its_name_whatever_else_is_in_the_notebook(notebook: Any):
    alone = json.loads(make(make_deck([find("weight_gradient")], 7, 3)))
    known = {cell.id: cell.source for cell in notebook.cells}
    items = [cell for cell in alone["cells"] if cell["id"].split("-")[0] == "answer"]
    assert len(items) == 3
    assert all(known[cell["id"]] == "".join(cell["source"]) for cell in items)


def test_the_same_deck_gives_the_same_bytes(deck: Deck):
    assert make(deck) == make(deck)


def test_a_solution_is_folded_away(notebook: Any):
    for cell in named(notebook.cells, "solution"):
        assert cell.source.startswith("<details>\n<summary>")
        assert cell.source.endswith("\n\n</details>")


def test_a_figure_is_an_image_in_the_text_with_words_for_who_cannot_see_it(notebook: Any):
    images = [image for cell in notebook.cells for image in re.findall("<img.*?/>", cell.source)]
    assert images
    for image in images:
        found = ElementTree.fromstring(image)
        kind, drawing = found.attrib["src"].split(";base64,")
        assert kind == "data:image/svg+xml"
        assert ElementTree.fromstring(b64decode(drawing)).tag == "{http://www.w3.org/2000/svg}svg"
        assert found.attrib["alt"]


def test_no_answer_stands_in_the_cell_to_be_read(deck: Deck, notebook: Any):
    for cell in named(notebook.cells, "answer"):
        lines = [line for line in cell.source.splitlines() if "read_exercise" not in line]
        assert not re.search(r"(?<!\d)-?\d+\.\d+", "\n".join(lines))
        assert re.search(r"^a = \(?None", cell.source, re.MULTILINE)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs the cells of answers with answers filled in; returns what they show, as text."""
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    nbformat = pytest.importorskip("nbformat")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))

    def run(cells: Any, answers: Any) -> list[str]:
        filled = [
            nbformat.v4.new_code_cell("\n".join(_filled(cell.source, each)), id=cell.id)
            for cell, each in zip(cells, answers, strict=True)
        ]
        made = nbformat.v4.new_notebook(cells=filled)
        resources = {"metadata": {"path": str(ROOT)}}
        nbclient.NotebookClient(made, timeout=120, resources=resources).execute()
        return [cell.outputs[0]["data"]["text/markdown"] for cell in made.cells]

    return run


def _filled(source: str, answers: Any) -> Any:
    given = dict(zip("abcdefgh", answers, strict=False))
    for line in source.splitlines():
        letter = line[0] if re.match(r"[a-h] = ", line) else ""
        yield f"{letter} = {given[letter]!r}" if letter else line


def _right(item: Any) -> list[Any]:
    found = []
    for part, solved in zip(item.problem.parts, item.solution.parts, strict=True):
        if part.form == "true_false":
            found.append(part.claims[0].true)
        elif solved.options:
            named = zip("ABCDEFGH", solved.options, strict=False)
            found.append(", ".join(letter for letter, option in named if option.right))
        elif solved.written is not None:
            shapes = ["x".join(map(str, entry)) for entry in solved.written.entries]
            found.append(tuple(shapes) if len(shapes) > 1 else shapes[0])
        else:
            values = [np.asarray(value).tolist() for value in solved.answer.values]
            found.append(tuple(values) if len(values) > 1 else values[0])
    return found


def test_run_with_right_answers_every_cell_says_so_and_with_a_slip_which(
    deck: Deck, notebook: Any, run: Any
):
    items = [i for _, skills in deck.by_topic() for skill in skills for i in skill.items]
    cells = named(notebook.cells, "answer")
    shown = run(cells, map(_right, items))
    lines = [line for each in shown for line in each.split("\n\n")]
    assert lines
    assert all(re.fullmatch(r"(\*\*\(.\)\*\* )?Right\..*", line) for line in lines)
    slipping = next(n for n, item in enumerate(items) if item.key.family == "delta_shape")
    wrong = next(i for i, o in enumerate(items[slipping].solution.parts[0].options) if not o.right)
    (told,) = run([cells[slipping]], [["ABCDEFGH"[wrong]]])
    assert told.startswith("Not right.")
    numeric = next(
        n for n, i in enumerate(items) if i.solution.parts[0].answer and i.form == "numeric"
    )
    answer = items[numeric].solution.parts[0].answer
    values = [np.asarray(value).tolist() for value in answer.wrong[0].values]
    given = [tuple(values) if len(values) > 1 else values[0]]
    given += [None] * (len(items[numeric].problem.parts) - 1)
    (told,) = run([cells[numeric]], [given])
    assert re.match(r"(\*\*\(a\)\*\* )?Not right\. [A-Z].{20}", told)
