"""Statements about nets of threshold units: what one computes, and what it could compute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

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
    rows,
    table,
)
from gen.topics.gates.nets import ThresholdNet, reachable
from gen.topics.gates.questions import equal_sums, impostors, names_with

Facts = dict[str, object]


def offered_functions(draw: Draw, net: ThresholdNet, count: int) -> tuple[str, ...]:
    """The function of the net, and those of its units and of nets with a slip in them."""
    inputs = net.inputs
    slipped = [replace(net, output=each).table() for each in impostors(net.output)]
    guesses = [named(each, inputs) for each in (*slipped, *(u.table() for u in net.hidden))]
    return names_with(draw, net.table(), guesses, count)


def offered_units(draw: Draw, net: ThresholdNet, count: int) -> tuple[Perceptron, ...]:
    """The output unit of the net, and others that make it compute something else."""
    wrong = [u for u in impostors(net.output) if replace(net, output=u).table() != net.table()]
    if len(wrong) < count - 1:
        raise Rejected("the slips give too few other output units")
    return (net.output, *draw.sample(wrong, count - 1))


def offered_goals(draw: Draw, net: ThresholdNet, count: int) -> tuple[str, ...]:
    """Functions of which some can be reached with another output unit, and others cannot."""
    codes, inputs = net.codes(), net.inputs
    fitting = [name for name in names(inputs) if reachable(codes, table(name, inputs))]
    others = [name for name in names(inputs) if name not in fitting]
    right = draw.integer(max(1, count - len(others)), min(len(fitting), count - 1))
    return (*draw.sample(fitting, right), *draw.sample(others, count - right))


def claim_of_function(net: ThresholdNet, name: str) -> Claim:
    """That the net computes the function, whose table is worked out anyway."""
    return Claim("net", net.table() == table(name, net.inputs), _difference(net, name))


def claim_of_unit(net: ThresholdNet, unit: Perceptron, name: str) -> Claim:
    """That the net computes the function with this output unit."""
    made = replace(net, output=unit)
    pairs = list(zip(made.table(), table(name, net.inputs), strict=True))
    seen = next((k for k, (a, b) in enumerate(pairs, start=1) if a != b), len(pairs))
    facts = _difference(made, name)
    return Claim("net", all(a == b for a, b in pairs), facts, work=2 * seen)


def claim_of_goal(net: ThresholdNet, name: str) -> Claim:
    """That some output unit makes the net compute the function."""
    wanted = table(name, net.inputs)
    true = reachable(net.codes(), wanted)
    facts = {"net": net, "gate": name, **_obstacle(net, wanted)}
    return Claim("reach", true, facts, work=2**net.inputs // 2)


def claim_of_single(net: ThresholdNet) -> Claim:
    """That a perceptron without hidden units computes what the net does."""
    name = named(net.table(), net.inputs)
    true = name not in INSEPARABLE
    facts: Facts = {"gate": name, "inputs": net.inputs}
    if not true:
        facts["equal"] = equal_sums(name, net.inputs)
    return Claim("exists", true, facts, work=3 * net.inputs)


def _difference(net: ThresholdNet, name: str) -> Facts:
    """The first inputs at which the net gives another output than the function."""
    every = zip(rows(net.inputs), net.table(), table(name, net.inputs), strict=True)
    row, wanted = next(((row, b) for row, a, b in every if a != b), ((), 0))
    code = net.recoded(row) if row else ()
    total = net.output.total(code) if row else 0
    found: Facts = {"net": net, "gate": name, "row": row, "wanted": wanted}
    return {**found, "code": code, "total": total, "outputs": net.table()}


def _obstacle(net: ThresholdNet, wanted: Table) -> Facts:
    """Two inputs of one code that want different outputs, if there are such."""
    first: dict[tuple[Row, int], Row] = {}
    for row, code, bit in zip(rows(net.inputs), net.codes(), wanted, strict=True):
        first.setdefault((code, bit), row)
        if (code, 1 - bit) in first:
            return {"clash": (first[code, 1 - bit], row), "code": code}
    return {"clash": (), "code": ()}


def judged(net: ThresholdNet, units: Sequence[Perceptron], goals: Sequence[str]) -> Iterator[Claim]:
    """A statement for each output unit that could be taken, or for each function to be reached."""
    name = named(net.table(), net.inputs)
    yield from (claim_of_unit(net, unit, name) for unit in units)
    yield from (claim_of_goal(net, goal) for goal in goals)
