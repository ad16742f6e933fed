"""Two layers of threshold units: the table of what goes into the hidden units and comes out.

Tests that hidden units recode the inputs so that a line separates them which none separated before,
and what no output unit can make good. After Linzen, NYU DS-GA 1003, whose net (`LECTURE`) computes
XNOR.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from gen import claims, whole_numbers
from gen.draw import Draw
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Part, Problem, Solution, Verification
from gen.topics.gates import net_graphs, oracle
from gen.topics.gates.functions import INSEPARABLE, Perceptron, named, rows
from gen.topics.gates.letters import of_net
from gen.topics.gates.net_questions import (
    claim_of_function,
    claim_of_single,
    judged,
    offered_functions,
    offered_goals,
    offered_units,
)
from gen.topics.gates.nets import ThresholdNet, designs, draw_net
from gen.topics.gates.plots import drawing_of, recoded
from gen.vocabulary import Difficulty, Form

FAMILY = Family(
    name="xnor_network",
    version=1,
    title="Networks of threshold units",
    summary="hidden and final outputs of a two-layer threshold net, such as one for XNOR",
    topics=("models", "networks"),
    lectures=("003",),
    forms=("numeric", "choice", "choose_all"),
)

LECTURE = ThresholdNet((Perceptron((1, 1), 2), Perceptron((-1, -1), 0)), Perceptron((1, 1), 1))
_GOALS: dict[Difficulty, int] = {"easy": 4, "medium": 6, "hard": 6}


@dataclass(frozen=True, slots=True)
class Params:
    """A net, and what is offered: functions that it may compute, output units, or goals.

    `judged` says whether it is also asked if a single perceptron could do what the net does.
    """

    form: Form
    net: ThresholdNet
    names: tuple[str, ...] = ()
    units: tuple[Perceptron, ...] = ()
    goals: tuple[str, ...] = ()
    judged: bool = False

    @property
    def inputs(self) -> int:
        """The number of inputs."""
        return self.net.inputs


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """A net that computes as often what no line separates as anything else."""
    inputs = 3 if difficulty == "hard" else 2
    known = designs(inputs)
    hard = draw.sign() > 0
    name = draw.choice([each for each in known if (each in INSEPARABLE) is hard])
    net = draw_net(draw, inputs, draw.choice(known[name]))
    if form == "choose_all":
        return Params(form, net, goals=offered_goals(draw, net, _GOALS[difficulty]))
    if form == "choice" and difficulty != "easy":
        return Params(form, net, units=offered_units(draw, net, 4))
    names = offered_functions(draw, net, 4) if form == "choice" else ()
    return Params(form, net, names, judged=form == "numeric" and difficulty != "easy")


sample_exact = sample
"""Whole numbers need no calculator."""


def pose(params: Params) -> Problem:
    """Sums and outputs of the hidden units, outputs of the net, and what it does or could do."""
    net, count = params.net, len(params.net.hidden)
    numbers = net_graphs.givens(net)
    units = range(1, count + 1)
    sums, outs = (tuple(Ask(f"{letter}{i}") for i in units) for letter in "sh")
    whole = not (params.units or params.goals)
    worked = (*sums, *outs, *((Ask("y"),) if whole else ()))
    return Problem(
        tuple(_parts(params, sums, outs)),
        net_graphs.graph(net.inputs, count),
        numbers,
        variants=Later(net_graphs.variants, net, numbers) if params.form == "numeric" else (),
        figure=drawing_of(net, whole),
        solved_figure=recoded(net, not params.goals),
        also_worked=() if params.form == "numeric" else worked,
        words={
            "symbols": partial(of_net, net.inputs, count),
            "gate": named(net.table(), net.inputs),
            "codes": net.codes(),
            "order": ["".join(map(str, row)) for row in rows(net.inputs)],
        },
    )


def _parts(params: Params, sums: tuple[Ask, ...], outs: tuple[Ask, ...]) -> list[Part]:
    net = params.net
    offered = tuple(judged(net, params.units, params.goals))
    if offered:
        return [Part(params.form, claims=offered, points=3)]
    if params.form == "choice":
        told = tuple(claim_of_function(net, name) for name in params.names)
        return [Part("choice", claims=told)]
    columns = (*sums, *outs, Ask("y"))
    single = [Part("true_false", claims=(claim_of_single(net),))] if params.judged else []
    return [Part("numeric", columns, points=len(columns)), *single]


def solve(problem: Problem, draw: Draw) -> Solution:
    """Whole numbers, without a tolerance."""
    return whole_numbers.solve(problem, draw)


def verify(problem: Problem, solution: Solution, full: bool) -> tuple[Verification, ...]:
    """Input by input, with thresholds as biases, and every statement by itself."""
    found = claims.check(solution, oracle.truth, "one input after the other")
    numbers = {name: np.asarray(value).tolist() for name, value in problem.givens.items()}
    return (found, oracle.compare_net(numbers, solution))
