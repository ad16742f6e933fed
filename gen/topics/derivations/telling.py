"""What a template is told of a derivation: its lines with their reasons, and a few facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from gen.topics.derivations.derivation import expression, in_order
from gen.topics.derivations.nets import Net, graph
from gen.topics.derivations.spoiling import UNIT
from solver import term as t
from solver.lines import Line, opposite, relevant
from solver.term import Term

Reason = Literal["loss", "start", "fused", "connection", "fork", "unit", "weight", "bias"]


@dataclass(frozen=True, slots=True)
class Told:
    """One line: the node, its formula over other derivatives, all put in, and the kind of reason.

    `source` is what a weight multiplies, or the unit whose activation is differentiated.
    """

    node: str
    formula: Term
    whole: Term
    reason: Reason
    source: str = ""


def derivation(net: Net, asked: tuple[str, ...], node: str, sign: int) -> tuple[Told, ...]:
    """The lines that lead to one of the derivatives asked for, from the output back.

    Those that lead to one asked for before it are left out.
    """
    before = asked[: asked.index(node)]
    known = {line.leaf for line in _lines(net, before, sign)}
    found = _lines(net, (node,), sign)
    local = {line.leaf: line.formula for line in found if line.kind == "local"}
    return tuple(
        _told(net, in_order(line), local, sign)
        for line in found
        if line.kind == "backward" and line.leaf not in known
    )


def _lines(net: Net, nodes: tuple[str, ...], sign: int) -> tuple[Line, ...]:
    return relevant(graph(net), tuple(map(t.gradient, nodes)), sign) if nodes else ()


def _told(net: Net, line: Line, local: dict[Term, Term], sign: int) -> Told:
    whole = expression(graph(net), line.node)
    reason, source = _reason(net, line)
    return Told(line.node, line.formula, whole if sign > 0 else opposite(whole), reason, source)


def _reason(net: Net, line: Line) -> tuple[Reason, str]:
    match = UNIT.fullmatch(line.node)
    assert match is not None
    stem, layer = match[1], int(match[2])
    if stem == "w":
        return "weight", net.output(layer - 1, int(match[4]))
    if stem == "b":
        return "bias", ""
    if net.loss == "binary_cross_entropy" and line.node == f"s{net.depth}_1":
        return "fused", ""
    if line.node == net.prediction:
        return "loss", ""
    if line.node == net.output(layer, int(match[3])):
        return ("fork" if len(line.through) > 1 else "connection"), ""
    start = layer == net.depth and not net.loss
    return ("start" if start else "unit"), f"o{layer}_{match[3]}"


def facts(net: Net, node: str) -> dict[str, object]:
    """The units' nodes in order, and what the last part is about."""
    match = UNIT.fullmatch(node)
    assert match is not None
    layer = int(match[2])
    return {
        "units": tuple(_units(net)),
        "output": net.prediction,
        "bias": f"b{match[2]}_{match[3]}" if net.has_bias(layer) and match[1] == "w" else "",
        "factor": net.output(layer - 1, int(match[4])) if match[1] == "w" else "",
        "weight": f"w{layer + 1}_1_{match[3]}" if match[1] == "o" else "",
    }


def _units(net: Net) -> Iterator[tuple[str, str]]:
    """Each unit's pre-activation and output, which is the same for a linear one."""
    for layer, unit in net.units():
        yield f"s{layer}_{unit}", net.output(layer, unit)
