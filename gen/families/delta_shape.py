"""Which expressions could be delta of a layer by their shape alone.

Tests whether a student can follow shapes through transposes, matrix products and products entry by
entry, and tells what linear algebra does not define from what NumPy stretches without a word. From
the poll of the lecture on backpropagation (CMU 10-301/601, lecture 14, 2025), which is `POLL`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import cast

from gen.draw import Draw
from gen.family import Family
from gen.problem import Candidate, Option, Part, PartSolution, Problem, Solution, Verification
from gen.topics.shapes.expressions import expression, is_delta, stretched
from gen.topics.shapes.grammar import forward, truths
from gen.topics.shapes.oracle import check
from gen.topics.shapes.sampling import draw_options, draw_setting
from gen.topics.shapes.settings import Setting, required, shapes, symbols
from gen.vocabulary import Difficulty, Form
from solver.shapes import Shape, judge
from solver.term import Term, leaves

FAMILY = Family(
    name="delta_shape",
    version=1,
    title="Shapes of gradients",
    summary="which expressions could be delta of a layer, judged by shape alone",
    topics=("shapes",),
    lectures=("000",),
    forms=("choice", "choose_all"),
)


@dataclass(frozen=True, slots=True)
class Params:
    """A setting, and the expressions offered as program text, in alphabetical order."""

    form: Form
    setting: Setting
    options: tuple[str, ...]


POLL = Params(
    form="choice",
    setting=Setting(
        place="hidden", examples="one", bias="kept", weights="out x in", activation="tanh",
        layer="l", units="d^{(l)}", neighbour="d^{(l+1)}",
    ),
    options=(
        "W_next.T @ delta_next * (1 - o)",
        "W_next.T @ delta_next * (1 - o.T)",
        "delta_next.T @ W_next * (1 - o)",
        "delta_next.T @ W_next * (1 - o.T)",
    ),
)  # fmt: skip
"""The four expressions of the lecture's poll, in its order."""


@dataclass(frozen=True, slots=True)
class Note:
    """Where linear algebra stops, what NumPy makes of that place, and whether this is delta."""

    breaks: Term | None
    stretched: Shape | None
    is_delta: bool


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """Draw a setting, then expressions so that neither place nor length gives the right away."""
    setting = draw_setting(draw, difficulty, form)
    return Params(form, setting, draw_options(draw, setting, difficulty, form))


sample_exact = sample
"""There are no numbers, so no calculator is needed anyway."""


def pose(params: Params) -> Problem:
    """Judge every expression; `words` has the symbols, the shapes and a note on each expression."""
    setting = params.setting
    sizes, shape = shapes(setting), required(setting)
    terms = [expression(text) for text in params.options]
    candidates = tuple(Candidate(term, judge(term, sizes)) for term in terms)
    notes = [_note(candidate, setting) for candidate in candidates]
    used = {"W", "W_next", "o", *(leaf.args[0] for term in terms for leaf in leaves(term))}
    words = {
        "setting": setting,
        "symbols": partial(symbols, setting),
        "shapes": {name: stated for name, stated in sizes.items() if name in used},
        "shape": shape,
        "forward": forward(setting),
        "truth": truths(setting)[0],
        "notes": dict(zip(terms, notes, strict=True)),
        "offered": len(terms),
        "fitting": sum(candidate.verdict.shape == shape for candidate in candidates),
        "stretched": any(note.stretched for note in notes),
    }
    return Problem((Part(params.form, candidates=candidates),), words=words)


def _note(candidate: Candidate, setting: Setting) -> Note:
    error = candidate.verdict.error
    if error is None:
        return Note(None, None, is_delta(candidate.expression, setting))
    return Note(error.term, stretched(error), False)


def solve(problem: Problem, draw: Draw) -> Solution:
    """The options in random order; an option is right when its shape is the shape of delta."""
    (part,) = problem.parts
    shape = cast(Shape, problem.words["shape"])
    options = [Option(c.verdict.shape == shape, candidate=c) for c in part.candidates]
    return Solution(problem, (PartSolution(options=draw.shuffle(options)),))


def verify(problem: Problem, solution: Solution, full: bool = False) -> tuple[Verification, ...]:
    """Judge every option again on the arrays of a real net (`gen.topics.shapes.oracle`).

    Raises Mismatch where a shape, the shape of delta, or the note that an option is delta is wrong.
    """
    return check(problem, solution, full)
