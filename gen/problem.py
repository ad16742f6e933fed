"""What flows through the generator: a problem, its solution, and the item made of both.

Every stop is a frozen record. A *part* of a problem is what one answer box or one list of
options is for; it asks for one quantity or for several together, such as a pair of partial
derivatives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from numpy.typing import NDArray

from gen.vocabulary import Arithmetic, Difficulty, Form
from solver import term as t
from solver.arithmetic import EXACT
from solver.graph import Graph
from solver.lines import opposite
from solver.network import Network
from solver.shapes import Shape, Verdict
from solver.steps import Step, steps
from solver.term import Term
from templates.document import Figure as Drawing
from templates.drawn_graphs import DrawnGraph
from templates.notation import Notation, Symbols, load
from templates.plots import Plot

Value = NDArray[Any]
"""Numbers of one kind: float64, or objects that are each a `solver.exact.Exact`."""
Entry = Shape | Term
"""What is written as an answer, or offered as an option, if not numbers: a shape, an expression."""
Drawn = Plot | DrawnGraph | Drawing
Figure = Literal["none", "network", "graph", "derivatives"] | Callable[[Symbols], Drawn]
"""What is drawn: a network, a graph with formulas in its nodes or with local derivatives at its
edges; or a drawing of its own, made only when it is wanted, in the symbols of a notation.
"""
Layout = Literal["denominator", "numerator"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One quantity: a node's value, or the gradient of the output with respect to it.

    Of the value or the gradient, the "shape" or the "gradient shape" may be asked for alone.
    `index` picks one entry (counted from 0, as NumPy does); None asks for the whole array.
    """

    node: str
    of: Literal["value", "gradient", "shape", "gradient shape"] = "value"
    index: tuple[int, ...] | None = None

    @property
    def leaf(self) -> Term:
        """The term that stands for the whole array asked about."""
        return t.gradient(self.node) if self.of_gradient else t.name(self.node)

    @property
    def of_gradient(self) -> bool:
        """Whether the gradient or its shape is asked for, and not the value or its shape."""
        return self.of in ("gradient", "gradient shape")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expression to judge by its shape, and what the judgement is."""

    expression: Term
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement to be judged: what it says, and whether it is true.

    Its words are the block `claim` of the family's template, and why it is true or false is the
    block `verdict`; both are given the claim, whose `name` and `facts` are theirs to use. `work` is
    how many operations by hand it takes to judge it (see `gen.work`), beside the worked lines.
    """

    name: str
    true: bool
    facts: Mapping[str, object] = field(default_factory=dict)
    work: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """What one answer box or one list of options is for.

    Parts have `asks`; those that judge the shapes of expressions have `candidates` instead, and
    those about statements `claims`: one to be called true or false, or several of which one is true
    (choice) or any number (choose_all). What is asked for is numbers, except in "shape" and
    "symbolic" parts and in a choice among shapes or expressions. A choice among numbers has
    `choices` options; those of the slips in `must_include` are among them if they can be told from
    the right one. `points` is this part's share of the item's points. `places` are the decimal
    places that the answer is rounded to in the end, None for as many as are carried. With `zeros`,
    an answer may be 0, as the question is about what gets nothing.
    """

    form: Form
    asks: tuple[Ask, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    claims: tuple[Claim, ...] = ()
    choices: int = 5
    points: int = 1
    must_include: tuple[str, ...] = ()
    places: int | None = None
    zeros: bool = False


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
    has neither. Givens that are exact numbers make every answer exact. `places` are the decimal
    places that the student is told to carry. `stored` are computed nodes whose values the question
    prints, as a forward pass by hand leaves them: the worked solution goes on from there. `slips`
    names the misconceptions (`solver.slips`) that can be made here, and `variants` computes further
    ones that no spoiled rule can express.
    `conventions` are keys of sentences in `templates/conventions.md.j2`. A problem about a network
    names it, which gives its nodes their symbols; `figure` is what is drawn beside the stem, and
    `solved_figure` in the worked solution (a graph, if None, with all that was worked out).
    `also_worked` are quantities that no part asks for, but whose lines belong into the worked
    solution. `words` holds whatever else the family's template needs. Gradients are asked for as a
    course writes them: with `sign` -1 with a minus sign in front, in numerator layout as
    transposes.
    """

    parts: tuple[Part, ...]
    graph: Graph | None = None
    givens: Mapping[str, Value] = field(default_factory=dict)
    places: int = 4
    stored: tuple[str, ...] = ()
    slips: tuple[str, ...] = ()
    variants: Sequence[Variant] = ()
    network: Network | None = None
    figure: Figure = "none"
    solved_figure: Figure | None = None
    conventions: tuple[str, ...] = ()
    also_worked: tuple[Ask, ...] = ()
    words: Mapping[str, object] = field(default_factory=dict)
    sign: Literal[1, -1] = 1
    layout: Layout = "denominator"

    @property
    def arithmetic(self) -> Arithmetic:
        """The kind of number that is given, carried and answered."""
        return "exact" if any(v.dtype == object for v in self.givens.values()) else "decimal"

    def worked(self, wanted: Sequence[tuple[Term, tuple[int, ...] | None]]) -> tuple[Step, ...]:
        """The worked lines that lead to these leaves or entries of them; none without a graph.

        What the question prints already has no line.
        """
        lines = self._lines(wanted)
        if not self.stored:
            return lines
        known = {t.name(node) for node in self.stored}
        return tuple(line for line in lines if line.leaf not in known)

    def stored_lines(self) -> tuple[Step, ...]:
        """The lines whose values the question prints, in the order of the forward pass."""
        known = [t.name(node) for node in self.stored]
        lines = self._lines([(leaf, None) for leaf in known])
        return tuple(line for line in lines if line.leaf in known)

    def _lines(self, wanted: Sequence[tuple[Term, tuple[int, ...] | None]]) -> tuple[Step, ...]:
        if self.graph is None or not self.givens:
            return ()
        arithmetic = EXACT if self.arithmetic == "exact" else self.places
        return steps(self.graph, self.givens, wanted, arithmetic, self.sign)

    @property
    def worked_asks(self) -> tuple[Ask, ...]:
        """All quantities that the worked lines lead to, those asked for last."""
        return (*self.also_worked, *(ask for part in self.parts for ask in part.asks))

    @property
    def asks_gradients(self) -> bool:
        """Whether any part asks for a gradient."""
        return any(ask.of_gradient for part in self.parts for ask in part.asks)

    def stated(self, ask: Ask, value: Value) -> Value:
        """A value, or a gradient, with the sign and in the layout in which it is asked for.

        Done twice, it leaves what it is given.
        """
        if ask.of == "value":
            return value
        laid_out = value.T if self.layout == "numerator" and ask.index is None else value
        # 0 minus the value, as minus 0.0 would be printed with its sign in the record.
        return laid_out if self.sign > 0 else 0 - laid_out

    def stated_entry(self, ask: Ask, entry: Entry) -> Entry:
        """A shape or an expression, as `stated` has values; that of a number is a number's."""
        if not ask.of_gradient:
            return entry
        if isinstance(entry, Term):
            return entry if self.sign > 0 else opposite(entry)
        return entry[::-1] if self.layout == "numerator" and ask.index is None else entry

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

    `values` are exact to float64. `shown` are what is printed: the results of a careful hand
    calculation that rounds every line, or the exact numbers of a problem that has such. An answer
    within `tolerances` (absolute) of `values` is right: that covers hand rounding, and neither 0
    nor any value in `wrong`, which is made when it is first read. All have the problem's sign and
    layout.
    """

    values: tuple[Value, ...]
    shown: tuple[Value, ...]
    tolerances: tuple[float, ...]
    wrong: Sequence[Wrong]


@dataclass(frozen=True, slots=True)
class WrongEntries:
    """The shapes or the expressions, one per ask of the part, that a named slip leads to."""

    slip: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """The answer to a part that asks for shapes or for expressions, one per ask.

    A shape has rows and columns, and no tolerance. Whatever equals an expression is right as well.
    """

    entries: tuple[Entry, ...]
    wrong: tuple[WrongEntries, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One option: numbers, shapes, expressions, one with the verdict on its shape, or a statement.

    `slip` names the misconception that leads to a wrong one; it is empty for the right one. Of a
    statement to be called true or false, `says` is which of the two the option is; it is None where
    statements are ticked.
    """

    right: bool
    values: tuple[Value, ...] = ()
    slip: str = ""
    candidate: Candidate | None = None
    claim: Claim | None = None
    says: bool | None = None
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class PartSolution:
    """The solved form of one part: numbers, or what is `written` instead, and its options."""

    answer: Answer | None = None
    options: tuple[Option, ...] = ()
    written: Written | None = None


@dataclass(frozen=True)
class Solution:
    """Per part the answer, and the worked steps that lead to all of them."""

    problem: Problem
    parts: tuple[PartSolution, ...]

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The worked lines; their printed values are the `shown` answers. Made when first read."""
        asks = self.problem.worked_asks
        return self.problem.worked([(ask.leaf, ask.index) for ask in asks])


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
    items with the same fingerprint are the same question; `attempts` counts the draws it took. It
    is posed and told in `notation`.
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
    notation: Notation = field(default_factory=load)
