"""A Jupyter notebook: each question, a cell to answer it in, and its solution folded away.

The cell of an answer holds the question's graph and numbers, packed (`solver.exercise_text`), and
has the solver judge what the student writes, so it needs nothing but this program. What no graph
computes, such as whether a statement is true, is there as a digest. Cells keep their names as long
as the items do.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from string import ascii_lowercase
from typing import Any

from gen.grading.expressions import symbols
from gen.practice.deck import Deck, Skill
from gen.practice.exercises import WORDS, exercise
from gen.presentation.context import Context
from gen.presentation.items import answers, parts_of, question, solution
from gen.problem import Item, Part, PartSolution, Value
from solver import exercise_text
from solver.shapes import show
from templates.document import AnswerSpace, Block, Document, Figure, Math
from templates.elements import empty
from templates.rendering import render
from templates.spelling import typed
from templates.writers import markdown, svg
from templates.writers.words import plain_words

TITLE = "Backpropagation: practice"


def make(deck: Deck) -> bytes:
    """The notebook of a deck, which `nbformat` finds valid."""
    library = _library()
    notebook = library.v4.new_notebook(cells=list(_cells(deck)), metadata=_METADATA)
    library.validate(notebook)
    return f"{library.writes(notebook)}\n".encode()


def _library() -> Any:
    # Only here, as it takes long to import.
    import nbformat

    return nbformat


_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def _cells(deck: Deck) -> Iterator[Any]:
    count = sum(1 for _ in deck.items)
    opening = _markdown(render(WORDS, "opening", count=count, skills=len(deck.skills)))
    yield _text("opening", f"# {TITLE}\n\nSeed {deck.seed}\n\n{opening}")
    for topic, skills in deck.by_topic():
        yield _text(f"topic {topic}", f"## {topic[:1].upper()}{topic[1:]}")
        for skill in skills:
            for item in skill.items:
                yield from _item(item, skill, deck.name_of(item))


def _item(item: Item, skill: Skill, name: str) -> Iterator[Any]:
    """The question, the cell to answer in, and the solution."""
    asked = _markdown(block for block in question(item) if not isinstance(block, AnswerSpace))
    heading = f"### {skill.title} ({item.difficulty})"
    yield _text(f"question {name}", f"{heading}\n\n{asked}\n\n`{name}`")
    yield _library().v4.new_code_cell(_code(item, name), id=_id(f"answer {name}"))
    solved = _markdown((*answers(item), *solution(item)))
    folded = f"<details>\n<summary>Answer and worked solution</summary>\n\n{solved}\n\n</details>"
    yield _text(f"solution {name}", folded)


def _text(name: str, source: str) -> Any:
    return _library().v4.new_markdown_cell(source, id=_id(name))


def _id(name: str) -> str:
    """A name for a cell, in the letters that nbformat allows."""
    return f"{name.split()[0]}-{blake2b(name.encode(), digest_size=10).hexdigest()}"


def _markdown(blocks: Iterable[Block]) -> str:
    return "\n\n".join(map(_block, blocks))


def _block(block: Block) -> str:
    """A block as Markdown; a figure is an image in the text.

    JupyterLab shows no SVG that is attached to a cell, and others none in Markdown's own images.
    """
    if not isinstance(block, Figure):
        return markdown.write(Document("", (block,))).strip()
    drawing = b64encode(svg.write(block.box, block.description).encode()).decode()
    source = f"data:image/svg+xml;base64,{drawing}"
    return empty("img", {"alt": block.description, "src": source})


def _code(item: Item, name: str) -> str:
    """The exercise, a line for the answer to each part, and the call that judges them."""
    context = Context(item)
    parts = tuple(zip(ascii_lowercase, parts_of(item), strict=False))
    lines = ["import solver", "", f'exercise = solver.read_exercise("{_packed(item, name)}")']
    if item.problem.graph is not None and item.problem.givens:
        lines.append("given = exercise.given")
    lines.append("")
    for letter, (part, solved) in parts:
        lines.append(f"{letter} = {_empty(part, solved)}  # {_wanted(part, solved, context)}")
    return "\n".join([*lines, "", f"exercise.check({', '.join(letter for letter, _ in parts)})"])


def _packed(item: Item, name: str) -> str:
    return exercise_text.write(exercise(item, name))


def _empty(part: Part, solved: PartSolution) -> str:
    """What stands in the place of an answer: one None for each quantity."""
    if solved.options or len(part.asks) == 1:
        return "None"
    return f"({', '.join(['None'] * len(part.asks))})"


def _wanted(part: Part, solved: PartSolution, context: Context) -> str:
    """What is to be written in place of None."""
    if part.form == "true_false":
        return "True or False"
    if solved.options:
        return 'letters, such as "A, C"' if part.form == "choose_all" else 'a letter, such as "A"'
    names = [plain_words((Math(context.quantity(ask)),)) for ask in part.asks]
    if part.form == "shape":
        return f'{", ".join(names)}: a shape, such as "3x4"'
    if part.form == "symbolic":
        known = ", ".join(map(typed, symbols(context.item).values()))
        return f"{', '.join(names)}: an expression as a text, in {known}"
    assert solved.answer is not None
    return ", ".join(map(_sized, names, solved.answer.values))


def _sized(name: str, value: Value) -> str:
    return f"{name} ({show(value.shape)})" if value.size > 1 else name
