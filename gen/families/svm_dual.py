"""The dual of a support vector machine: feasibility, the objective, and what the solution gives.

Tests that multipliers are feasible when they add up alike over both classes and lie between 0 and
C, that targets and a factor 1/2 stand in the double sum, that the weights are the points added up
with both, and that the bias comes from a support vector. After Kim, Rutgers CS 461, Class 16.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from gen import claims, verification
from gen.asking import precision
from gen.draw import Draw
from gen.exact_numbers import EXACT_CHOICES, is_exact
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Claim, Part, Problem, Solution, Value, Variant, Verification
from gen.topics.margins import draws, figures, letters, oracle, statements
from gen.topics.margins.graphs import SPOILED, Machine, can_be_made, graph
from gen.topics.updates.oracle import compare
from gen.vocabulary import Difficulty, Form

FAMILY = Family(
    name="svm_dual",
    version=1,
    title="The dual of a support vector machine",
    summary="feasible multipliers, the dual objective, weights, bias and margin",
    topics=("models",),
    lectures=("002",),
    forms=("numeric", "choice", "choose_all"),
)


@dataclass(frozen=True, slots=True)
class Params:
    """A machine with its numbers, or a dual whose feasible multipliers are asked for."""

    of: statements.Dual | draws.Data
    machine: Machine | None = None
    form: Form = "numeric"
    chosen: str = "w"
    claims: tuple[Claim, ...] = ()


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """More examples where it is harder, and more to find."""
    return _sample(draw, difficulty, form, exact=False)


def sample_exact(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """As `sample`, with fractions for multipliers."""
    return _sample(draw, difficulty, form, exact=True)


def _sample(draw: Draw, difficulty: Difficulty, form: Form, exact: bool) -> Params:
    if form == "choose_all":
        dual, listed = statements.draw_dual(draw, draws.LISTED[difficulty], exact)
        return Params(dual, form=form, claims=listed)
    machine = draw.choice(draws.SETTINGS[difficulty])
    data, at = draws.draw_data(draw, machine, exact)
    chosen = draw.choice(("b", "m") if machine.solution else ("L", "L", "d"))
    chosen = "f" if machine.further else chosen
    judged = (statements.closing(draw, data, machine.solution),) if form == "numeric" else ()
    return Params(data, replace(machine, at=at), form, chosen, judged)


def pose(params: Params) -> Problem:
    """Weights and what follows from them, one part each, and a statement; or a list of those."""
    if isinstance(params.of, statements.Dual):
        part = Part("choose_all", claims=params.claims, points=len(params.claims))
        true, total = partial(oracle.is_true, params.of), partial(statements.total, params.of)
        return Problem((part,), words={"true": true, "total": total})
    assert params.machine is not None
    machine, data, numbers = params.machine, params.of, givens(params)
    exact = is_exact(data.bound)
    return Problem(
        _parts(params, exact),
        graph(machine),
        numbers,
        slips=("sign_reversed",) if params.form == "choice" else (),
        variants=Later(_mistakes, machine, numbers),
        figure=figures.of_points(data),
        solved_figure=figures.with_line(machine, data) if machine.solution else None,
        conventions=(precision(exact),),
        words={
            "symbols": partial(letters.of_machine, machine),
            "recomputed": partial(oracle.expected, machine, data),
            "true": partial(oracle.is_true, data),
            "support": [float(m) > 0 for m in data.multipliers],
        },
    )


def givens(params: Params) -> dict[str, Value]:
    """The numbers of a machine by name."""
    assert isinstance(params.of, draws.Data)
    data = params.of
    found: dict[str, Value] = {}
    for n, row in enumerate(zip(data.points, data.targets, data.multipliers, strict=True), 1):
        found |= {f"{name}{n}": np.array(value) for name, value in zip("xtl", row, strict=True)}
    return found | ({"q": np.array(data.further)} if data.further else {})


def _parts(params: Params, exact: bool) -> tuple[Part, ...]:
    assert params.machine is not None
    if params.form == "choice":
        choices = EXACT_CHOICES
        return (Part("choice", (Ask(params.chosen),), choices=choices, points=3),)
    of_solution = ("w", "bm", *("f" if params.machine.further else ""))
    asked = of_solution if params.machine.solution else ("w", "L", "d")
    numbers = (Part("numeric", tuple(map(Ask, nodes)), points=2) for nodes in asked)
    judged = (Part("true_false", claims=(claim,)) for claim in params.claims)
    return (*numbers, *judged)


def _mistakes(machine: Machine, numbers: dict[str, Value]) -> Iterator[Variant]:
    for spoiled in SPOILED:
        if can_be_made(machine, spoiled):
            yield Variant(spoiled, numbers, graph(machine, spoiled))


def verify(problem: Problem, solution: Solution, full: bool) -> tuple[Verification, ...]:
    """As any problem, once more from inner products, and the statements one by one."""
    true = problem.words["true"]
    assert callable(true)
    judged = claims.check(solution, true, "conditions of the dual")
    if problem.graph is None:
        return (judged,)
    recomputed = problem.words["recomputed"]
    assert callable(recomputed)
    found = (*verification.verify(problem, solution, full), compare(recomputed(), solution), judged)
    return tuple(each for each in found if each.numbers)
