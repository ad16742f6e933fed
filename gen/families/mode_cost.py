"""How many passes derivatives take: forward mode, reverse mode and finite differences.

Tests that a pass of forward mode follows one direction of the inputs and a pass of reverse mode
starts from one output, so that the numbers of inputs and outputs decide which mode is cheaper, and
that a loss with many parameters has one output. After Gormley and Gordon, CMU 10-301/601, Lecture
12 (approaches to differentiation).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from gen import claims, verification, whole_numbers
from gen.draw import Draw
from gen.family import Family
from gen.later import Later
from gen.problem import Ask, Claim, Part, Problem, Solution, Value, Verification, Wrong
from gen.topics.counts import oracle
from gen.topics.counts.formulas import count_graph, count_slips
from gen.topics.counts.passes import RECIPES, Kind, as_arrays, pass_slips
from gen.topics.counts.statements import Statement, claimed, draw_statements
from gen.topics.counts.toy import Method, passes
from gen.vocabulary import Difficulty, Form
from templates.notation import Notation, Style, Symbol

FAMILY = Family(
    name="mode_cost",
    version=1,
    title="What derivatives cost",
    summary="passes of forward and reverse mode and evaluations for differences, and which is less",
    topics=("differentiation",),
    lectures=("004",),
    forms=("numeric", "choice", "choose_all"),
)

SETTINGS: Mapping[Difficulty, tuple[Kind, ...]] = {
    "easy": ("jacobian",),
    "medium": ("loss", "loss", "composed"),
    "hard": ("outputs",),
}


@dataclass(frozen=True, slots=True)
class Params:
    """What is differentiated, as whole numbers in the order of the formula; or statements about it.

    A choice asks for the numbers of passes, or for what they come to in the end, alone.
    """

    kind: Kind
    numbers: tuple[int, ...]
    form: Form = "numeric"
    statements: tuple[Statement, ...] = ()


def sample(draw: Draw, difficulty: Difficulty, form: Form) -> Params:
    """Numbers that all differ, so that exchanging two of them is noticed."""
    if form == "choose_all":
        kind: Kind = "outputs" if difficulty == "hard" else "jacobian"
        params = Params(kind, _drawn(draw, kind), form)
        return replace(params, statements=draw_statements(draw, difficulty, *_sizes(params)))
    kind = draw.choice(SETTINGS[difficulty])
    return Params(kind, _drawn(draw, kind), form)


sample_exact = sample


def _drawn(draw: Draw, kind: Kind) -> tuple[int, ...]:
    match kind:
        case "jacobian":
            return draw.sample(range(3, 61), 2)
        case "composed":
            narrow = draw.sample(range(2, 9), 2)
            middle = narrow if draw.integer(0, 1) else draw.sample(range(10, 40), 2)
            ends = draw.sample([n for n in range(5, 40) if n not in middle], 2)
            return (ends[0], *middle, ends[1])
        case "loss":
            return (*draw.sample(range(3, 16), 3), 1)
        case "outputs":
            widths = draw.sample(range(2, 16), draw.integer(3, 4))
            return (*widths, *draw.sample((2, 3, 4, 5), 2))


def _widths(params: Params) -> tuple[int, ...]:
    """The widths of the network's layers, inputs first; none where there is no network."""
    tail = {"loss": 1, "outputs": 2}.get(params.kind)
    return params.numbers[:-tail] if tail else ()


def _sizes(params: Params) -> tuple[int, int]:
    """How many inputs and outputs what is differentiated has."""
    widths = _widths(params)
    inputs = oracle.parameters(widths) if widths else params.numbers[0]
    return inputs, params.numbers[-3 if params.kind == "outputs" else -1]


def _names(params: Params) -> tuple[str, ...]:
    widths = tuple(f"n{layer}" for layer in range(len(_widths(params))))
    others = {
        "jacobian": ("A", "B"),
        "loss": ("B",),
        "composed": ("A", "H", "G", "B"),
        "outputs": ("a", "b"),
    }
    return (*widths, *others[params.kind])


def pose(params: Params) -> Problem:
    """Numbers of passes and what they come to, and which way is cheaper; or statements alone."""
    words = {
        "symbols": _symbols,
        "widths": _widths(params),
        "sizes": _sizes(params),
        "cheaper": _cheaper(params),
    }
    if params.form == "choose_all":
        work = len(_widths(params)) * 3
        offered = tuple(claimed(each, *_sizes(params), work) for each in params.statements)
        return Problem((Part("choose_all", claims=offered, points=2),), words=words)
    names = _names(params)
    numbers = as_arrays(dict(zip(names, params.numbers, strict=True)))
    return Problem(
        _parts(params),
        count_graph(RECIPES[params.kind], names),
        numbers,
        variants=Later(count_slips, pass_slips(params.kind), numbers),
        words={**words, "expected": partial(expected, params)},
    )


_ASKED: Mapping[Kind, tuple[tuple[str, ...], ...]] = {
    "jacobian": (("F", "R"), ("C", "E")),
    "loss": (("P",), ("F", "R"), ("C", "E")),
    "composed": (("F", "R"), ("S",)),
    "outputs": (("P",), ("F", "R"), ("T", "U")),
}
_CHOICE: Mapping[Kind, tuple[str, ...]] = {
    "jacobian": ("F", "R", "C"),
    "loss": ("F", "R", "C"),
    "composed": ("S",),
    "outputs": ("T", "U"),
}
_WAYS: Mapping[Kind, tuple[str, ...]] = {
    "jacobian": ("forward", "reverse", "alike"),
    "composed": ("whole", "apart", "alike"),
    "outputs": ("forward", "reverse", "alike"),
}


_METHODS: Mapping[str, Method] = {
    "F": "forward",
    "R": "reverse",
    "C": "centred",
    "E": "one_sided",
}


def _parts(params: Params) -> tuple[Part, ...]:
    if params.form == "choice":
        asks = tuple(map(Ask, _CHOICE[params.kind]))
        return (Part("choice", asks, choices=4, points=2),)
    parts = [
        Part("numeric", tuple(map(Ask, names)), points=len(names)) for names in _ASKED[params.kind]
    ]
    ways = _WAYS.get(params.kind, ())
    offered = tuple(Claim(way, way == _cheaper(params)) for way in ways)
    return (*parts, Part("choice", claims=offered)) if offered else tuple(parts)


def _cheaper(params: Params) -> str:
    """The way that takes less, by the formulas; of "outputs", for the Jacobian by the inputs."""
    if params.kind == "composed":
        a, h, g, b = params.numbers
        whole, apart = min(a, b), min(a, h) + min(h, g) + min(g, b)
        return "alike" if whole == apart else ("whole" if whole < apart else "apart")
    forward, reverse = _sizes(params)
    if params.kind == "outputs":
        first, *_, last, a, b = params.numbers
        forward, reverse = a * first, b * last
    return "alike" if forward == reverse else ("forward" if forward < reverse else "reverse")


def expected(params: Params) -> dict[str, int]:
    """Every number that can be asked for, by counting passes until all is known."""
    widths = _widths(params)
    inputs, outputs = _sizes(params)
    found = {
        letter: passes("jacobian", method, inputs, outputs) for letter, method in _METHODS.items()
    }
    if widths:
        found["P"] = inputs
    if params.kind == "composed":
        pairs = zip(params.numbers, params.numbers[1:], strict=False)
        found["S"] = sum(
            min(passes("jacobian", _METHODS[mode], *pair) for mode in "FR") for pair in pairs
        )
    if params.kind == "outputs":
        a, b = params.numbers[-2:]
        found |= {"T": sum([a] * found["F"]), "U": sum([b] * found["R"])}
        found["V"] = sum([a] * passes("jacobian", "forward", widths[0], outputs))
    return found


def _symbols(notation: Notation) -> Mapping[str, Style | Symbol]:
    """Widths n and counts c by the layer, totals in capitals; the same in every notation."""
    layered = {f"{letter}{k}": Symbol(letter, "", str(k)) for letter in "nc" for k in range(6)}
    return {**layered, **{letter: Style(letter) for letter in "ABHGPFRCESTUab"}}


def solve(problem: Problem, draw: Draw) -> Solution:
    """Whole numbers, without a tolerance; a mode that is far more expensive is believable here."""
    return whole_numbers.solve(problem, draw, lowest=1, believable=_is_count)


def _is_count(wrong: Wrong, _: tuple[Value, ...]) -> bool:
    numbers = (number for made in wrong.values for number in made.ravel().tolist())
    return all(number > 0 and number.is_integer() for number in numbers)


def verify(problem: Problem, solution: Solution, full: bool) -> tuple[Verification, ...]:
    """By the formulas, and by taking passes until everything that is wanted is known."""
    if problem.graph is None:
        sizes: Any = problem.words["sizes"]
        return (claims.check(solution, partial(_is_true, *sizes), "counted passes"),)
    counts = problem.words["expected"]
    assert callable(counts)
    numbers = counts()
    found = (*verification.verify(problem, solution, full), oracle.compare(numbers, solution))
    judged = claims.check(solution, partial(_takes_least, numbers), "counted passes")
    return (*found, judged) if judged.numbers else found


def _is_true(inputs: int, outputs: int, claim: Claim) -> bool:
    facts: Any = claim.facts
    return bool(passes(facts["task"], facts["method"], inputs, outputs) == facts["number"])


def _takes_least(numbers: Mapping[str, int], claim: Claim) -> bool:
    """Whether the named way takes less than the other one, by the counted numbers."""
    if "S" in numbers:
        taken = {"whole": min(numbers["F"], numbers["R"]), "apart": numbers["S"]}
    elif "V" in numbers:
        taken = {"forward": numbers["V"], "reverse": numbers["U"]}
    else:
        taken = {"forward": numbers["F"], "reverse": numbers["R"]}
    if claim.name == "alike":
        return len(set(taken.values())) == 1
    return all(taken[claim.name] < other for way, other in taken.items() if way != claim.name)
