"""What is asked about perceptrons: which function one computes, and which compute a function."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from gen.draw import Draw
from gen.family import Rejected
from gen.problem import Claim
from gen.topics.gates.functions import (
    INSEPARABLE,
    Perceptron,
    Row,
    Table,
    named,
    names,
    perceptrons,
    rows,
    separable,
    table,
)

_PAIRS = {"and": "or", "or": "and", "nand": "nor", "nor": "nand", "most": "few", "few": "most"}
_PAIRS |= {"xor": "xnor", "xnor": "xor", "one": "two", "two": "one"}


def offered_names(draw: Draw, perceptron: Perceptron, count: int) -> tuple[str, ...]:
    """So many functions: that of the perceptron, and those that slips and guesses lead to."""
    inputs = len(perceptron.weights)
    slips = [named(each.table(), inputs) for each in impostors(perceptron)]
    guesses = [*slips, draw.choice(sorted(_impossible(inputs)))]
    return names_with(draw, perceptron.table(), guesses, count)


def names_with(draw: Draw, outputs: Table, guesses: Sequence[str], count: int) -> tuple[str, ...]:
    """The name of a function and others, `guesses` and its opposites before any others."""
    inputs = len(outputs).bit_length() - 1
    right, flipped = named(outputs, inputs), named([1 - bit for bit in outputs], inputs)
    likely = dict.fromkeys((_PAIRS.get(right, ""), flipped, *guesses))
    others = [name for name in likely if name and name != right]
    rest = [name for name in draw.shuffle(names(inputs)) if name not in (right, *others)]
    return (right, *(*draw.shuffle(others), *rest)[: count - 1])


def _impossible(inputs: int) -> frozenset[str]:
    return INSEPARABLE.intersection(names(inputs))


def impostors(perceptron: Perceptron) -> tuple[Perceptron, ...]:
    """What a slip takes for the perceptron and what gives other outputs for some input."""
    low, high = perceptron.thresholds()
    weights, threshold = perceptron.weights, perceptron.threshold
    turned = tuple(-w for w in weights)
    candidates = (
        replace(perceptron, threshold=high + 1),
        replace(perceptron, threshold=low - 1),
        Perceptron(turned, -threshold),
        replace(perceptron, threshold=-threshold),
        replace(perceptron, weights=turned),
        replace(perceptron, weights=weights[::-1]),
    )
    outputs = perceptron.table()
    return tuple(p for p in dict.fromkeys(candidates) if p.threshold and p.table() != outputs)


def offered_perceptrons(
    draw: Draw, gate: str, inputs: int, right: int, count: int
) -> tuple[Perceptron, ...]:
    """So many different perceptrons, of which the first `right` compute the function."""
    found = draw.sample(perceptrons(table(gate, inputs), inputs), max(right, 2))
    wrong = list(dict.fromkeys(other for each in found for other in impostors(each)))
    if len(wrong) < count - right:
        raise Rejected("the slips give too few other perceptrons")
    return (*found[:right], *draw.sample(wrong, count - right))


def claim_of_name(perceptron: Perceptron, name: str, among: int) -> Claim:
    """That the perceptron computes the function; all its rows are shared by so many claims."""
    inputs = len(perceptron.weights)
    return Claim(
        "is",
        perceptron.table() == table(name, inputs),
        _facts(perceptron, name),
        work=-(-(2**inputs) * inputs // among),
    )


def claim_of_perceptron(perceptron: Perceptron, gate: str) -> Claim:
    """That this perceptron computes the function; the work ends at the first row that is wrong."""
    inputs = len(perceptron.weights)
    pairs = list(zip(perceptron.table(), table(gate, inputs), strict=True))
    seen = next((k for k, (a, b) in enumerate(pairs, start=1) if a != b), len(pairs))
    true = all(a == b for a, b in pairs)
    return Claim("is", true, _facts(perceptron, gate), work=seen * inputs)


def _facts(perceptron: Perceptron, gate: str) -> dict[str, object]:
    """What the words are made of; `row` is the first at which the outputs differ."""
    inputs = len(perceptron.weights)
    wanted, given = table(gate, inputs), perceptron.table()
    differ = [k for k, (a, b) in enumerate(zip(wanted, given, strict=True)) if a != b]
    row = rows(inputs)[differ[0]] if differ else ()
    return {
        "gate": gate,
        "inputs": inputs,
        "weights": perceptron.weights,
        "threshold": perceptron.threshold,
        "row": row,
        "total": perceptron.total(row) if row else 0,
        "wanted": wanted[differ[0]] if differ else 0,
        "outputs": given,
    }


def equal_sums(gate: str, inputs: int) -> tuple[Row, Row, Row, Row]:
    """Two inputs that give 1 and two that give 0, with the same sum, of an inseparable function."""
    judged = tuple(zip(rows(inputs), table(gate, inputs), strict=True))
    ones, zeros = (_pairs(row for row, bit in judged if bit == side) for side in (1, 0))
    shared = next(total for total in ones if total in zeros)
    return (*ones[shared], *zeros[shared])


def _pairs(chosen: Iterable[Row]) -> dict[Row, tuple[Row, Row]]:
    """The first pair of rows with each sum."""
    found: dict[Row, tuple[Row, Row]] = {}
    for one, other in combinations(chosen, 2):
        found.setdefault(tuple(a + b for a, b in zip(one, other, strict=True)), (one, other))
    return found


def statements(draw: Draw, inputs: int, kinds: Sequence[str]) -> Iterator[Claim]:
    """A statement of each kind, as often true as false; no two are about the same function."""
    gates = iter(draw.shuffle(separable(inputs)))
    for kind in kinds:
        true = draw.sign() > 0
        gate = next(gates)
        perceptron = draw.choice(perceptrons(table(gate, inputs), inputs))
        if kind == "is":
            told = perceptron if true else draw.choice(impostors(perceptron))
            yield claim_of_perceptron(told, gate)
        elif kind == "exists":
            asked = gate if true else draw.choice(sorted(_impossible(inputs)))
            facts = _facts(perceptron, asked)
            if not true:
                facts["equal"] = equal_sums(asked, inputs)
            yield Claim("exists", true, facts, work=3 * inputs)
        else:
            factor = draw.choice((2, 3)) if true else draw.choice((-1, -2))
            facts = {**_facts(perceptron, gate), "factor": factor}
            yield Claim("scaled", true, facts, work=inputs + 1)
