"""What flows through the generator: a problem, its solution, and the item made of both.

Every stop is a frozen record. A *part* of a problem is what one answer box or one list of
options is for; it asks for one quantity or for several together, such as a pair of partial
derivatives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from gen.vocabulary import Difficulty, Form
from solver import term as t
from solver.graph import Graph
from solver.network import Network
from solver.shapes import Verdict
from solver.steps import Step, steps
from solver.term import Term

Value = NDArray[np.float64]
Figure = Literal["none", "network", "graph"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One quantity: a node's value, or the gradient of the output with respect to it.

    `index` picks one entry (counted from 0, as NumPy does); None asks for the whole array.
    """

    node: str
    of: Literal["value", "gradient"] = "value"
    index: tuple[int, ...] | None = None

    @property
    def leaf(self) -> Term:
        """The term that stands for the whole array asked about."""
        return t.name(self.node) if self.of == "value" else t.gradient(self.node)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expression to judge by its shape, and what the judgement is."""

    expression: Term
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Part:
    """What one answer box or one list of options is for.

    Numeric and choice parts have `asks`; parts about shapes have `candidates` instead. A choice
    among numbers has `choices` options; those of the slips in `must_include` are among them if they
    can be told from the right one. `points` is this part's share of the item's points. `places` are
    the decimal places that the answer is rounded to in the end, None for as many as are carried.
    """

    form: Form
    asks: tuple[Ask, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    choices: int = 5
    points: int = 1
    must_include: tuple[str, ...] = ()
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """A slip that is the right solution of another problem: other givens, or another graph too.

    A temperature that multiplies, a mean that is taken for a sum, the wrong class.
    """

    slip: str
    givens: Mapping[str, Value]
    graph: Graph | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A posed problem: what is given, what is asked, and the conventions that are stated.

    `graph` and `givens` (arrays by input name) define every number; a problem about shapes alone
    has neither. `places` are the decimal places that the student is told to carry. `slips` names
    the misconceptions (`solver.slips`) that can be made here, and `variants` computes further ones
    that no spoiled rule can express. `conventions` are keys of sentences in
    `templates/conventions.md.j2`. A problem about a network names it, which gives its nodes their
    symbols; `figure` is what is drawn beside the stem. `words` holds whatever else the family's
    template needs.
    """

    parts: tuple[Part, ...]
    graph: Graph | None = None
    givens: Mapping[str, Value] = field(default_factory=dict)
    places: int = 4
    slips: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    network: Network | None = None
    figure: Figure = "none"
    conventions: tuple[str, ...] = ()
    words: Mapping[str, object] = field(default_factory=dict)

    def places_of(self, part: Part) -> int:
        """The decimal places that the answer to `part` is printed with."""
        return self.places if part.places is None else part.places


@dataclass(frozen=True, slots=True)
class Wrong:
    """The values, one per ask of the part, that a named slip leads to."""

    slip: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one part that asks for numbers; every tuple has one entry per ask.

    `values` are exact to float64. `shown` are what a careful hand calculation that rounds every
    line prints. An answer within `tolerances` (absolute) of `values` is right: that covers hand
    rounding, and neither 0 nor any value in `wrong`.
    """

    values: tuple[Value, ...]
    shown: tuple[Value, ...]
    tolerances: tuple[float, ...]
    wrong: tuple[Wrong, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One lettered option: numbers, or an expression with the verdict on its shape.

    `slip` names the misconception that leads to a wrong number; it is empty for the right one.
    """

    right: bool
    values: tuple[Value, ...] = ()
    slip: str = ""
    candidate: Candidate | None = None


@dataclass(frozen=True, slots=True)
class PartSolution:
    """The solved form of one part: its numbers and its options, as far as it has any."""

    answer: Answer | None = None
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Solution:
    """Per part the answer, and the worked steps that lead to all of them."""

    problem: Problem
    parts: tuple[PartSolution, ...]

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The worked lines; their printed values are the `shown` answers. Made when first read."""
        problem = self.problem
        if problem.graph is None:
            return ()
        wanted = [(ask.leaf, ask.index) for part in problem.parts for ask in part.asks]
        return steps(problem.graph, problem.givens, wanted, problem.places)


@dataclass(frozen=True, slots=True)
class Verification:
    """What an oracle said: its name, how many numbers it compared, the worst deviation."""

    oracle: str
    numbers: int
    deviation: float


@dataclass(frozen=True, slots=True)
class Key:
    """What an item can be made again from: it names the draws, and so the item."""

    family: str
    family_version: int
    seed: int
    slot: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """A problem that was solved, verified and accepted, ready to be shown.

    `params` is the family's own record; `fingerprint` is a digest of what the student sees, so two
    items with the same fingerprint are the same question; `attempts` counts the draws it took.
    """

    key: Key
    difficulty: Difficulty
    form: Form
    params: object
    problem: Problem
    solution: Solution
    fingerprint: str
    attempts: int
    verifications: tuple[Verification, ...] = ()
