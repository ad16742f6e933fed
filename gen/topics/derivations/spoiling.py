"""The lines of one derivative, to be spoiled."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gen.topics.derivations.derivation import Spoiled, expression, in_order
from gen.topics.derivations.nets import Net, graph
from solver import term as t
from solver.lines import Line, lines
from solver.term import Term

UNIT = re.compile(r"([wbso])(\d+)_(\d+)_?(\d*)")
"""A node of a unit: its stem, layer and number, and for a weight the number of its input."""


class Spoiler:
    """One derivative, and what becomes of it when some of its lines are others.

    `layer`, `unit` and `input` say where the weight, bias or output of a hidden unit is that it is
    with respect to.
    """

    def __init__(self, net: Net, node: str) -> None:
        match = UNIT.fullmatch(node)
        assert match is not None
        self.net, self.node, self.graph = net, node, graph(net)
        self.stem, self.layer, self.unit = match[1], int(match[2]), int(match[3])
        self.input = int(match[4] or 0)
        self.lines: Mapping[Term, Line] = {line.leaf: in_order(line) for line in lines(self.graph)}
        self.locals = [leaf for leaf in self.lines if leaf.op == "local"]

    def spoiled(self, spoiled: Spoiled) -> Term:
        """The derivative with these lines in place of the right ones."""
        return expression(self.graph, self.node, spoiled)

    def is_output(self, leaf: Term) -> bool:
        """Whether a line is about the output of a hidden unit."""
        node = str(leaf.args[0])
        return leaf.op == "gradient" and node[0] in "os" and node != self.net.prediction

    @property
    def upstream(self) -> Term:
        """The derivative that arrives from above at what is multiplied last."""
        if self.stem == "o":
            return t.gradient(f"s{self.layer + 1}_1")
        return t.gradient(f"s{self.layer}_{self.unit}")

    def ending(self, *factors: Term) -> Term:
        """The derivative with other last factors behind the one that arrives."""
        found = self.upstream
        for factor in factors:
            found = found * factor
        return self.spoiled({t.gradient(self.node): found})
