"""Slips in the derivation of a derivative: the same steps with some lines spoiled.

Each gives an expression. They are compared as functions, at points, so none that is offered or
explained is the right one in another form, and no two are the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from gen.topics.derivations.derivation import Spoiled, expression, tidied
from gen.topics.derivations.nets import Net, graph
from gen.topics.derivations.spoiling import UNIT, Spoiler
from gen.topics.derivations.surplus import Surplus
from solver import equivalence
from solver import term as t
from solver.rules import RULES
from solver.term import Term

_ONE = t.number(1.0)
_POINTS = 2
_DIGITS = 9


@lru_cache(maxsize=4096)
def wrong_expressions(net: Net, node: str, most: int | None = None) -> tuple[tuple[str, Term], ...]:
    """The slips in the derivative with respect to a weight or bias that lead elsewhere.

    These are all of them, or the first ones.
    """
    right = expression(graph(net), node)
    seen = {_values(net, right)}
    found: list[tuple[str, Term]] = []
    for name, term in chain(_Slips(net, node).all(), Surplus(net, node).all()):
        if len(found) == most:
            break
        values = _values(net, term)
        if values not in seen and "0" not in values:
            seen.add(values)
            found.append((name, term))
    return tuple(found)


def _values(net: Net, term: Term) -> tuple[str, ...]:
    """What an expression is at some points, in nine digits; every point has its values."""
    return tuple(f"{float(t.evaluate(term, values)):.{_DIGITS}g}" for values in points(net))


@lru_cache(maxsize=1024)
def points(net: Net) -> tuple[Mapping[Term, Any], ...]:
    """The values of all nodes of a network at some points."""
    return tuple(islice(equivalence.points(graph(net), "derivations"), _POINTS))


class _Slips(Spoiler):
    """What is left out of a derivative, exchanged or taken from elsewhere."""

    def all(self) -> Iterator[tuple[str, Term]]:
        """Every slip by name with its expression, those first that are made most."""
        yield from self._derivatives()
        yield from self._factors()
        yield from self._places()
        yield from self._paths()
        yield from self._losses()

    def _derivatives(self) -> Iterator[tuple[str, Term]]:
        """The derivatives of activations: left out, or those of something else."""
        if not self.locals:
            return
        last = t.local(self.net.prediction)
        inner = [leaf for leaf in self.locals if leaf != last]
        yield "activation_derivative_left_out", self.spoiled(dict.fromkeys(self.locals, _ONE))
        if last in self.locals:
            yield "last_derivative_left_out", self.spoiled({last: _ONE})
        if inner:
            yield "hidden_derivative_left_out", self.spoiled(dict.fromkeys(inner, _ONE))
        yield "preactivation_in_derivative", self.spoiled(self._renamed(self._preactivation))
        yield from self._rules()
        yield (
            "activation_for_derivative",
            self.spoiled({leaf: t.name(str(leaf.args[0])) for leaf in self.locals}),
        )
        yield "derivative_of_other_unit", self.spoiled(self._renamed(self._neighbour))

    def _renamed(self, rename: Callable[[Term], Term | None]) -> Spoiled:
        """The derivatives of activations with other names in them."""
        return {leaf: t.rewrite(self.lines[leaf].formula, rename) for leaf in self.locals}

    def _preactivation(self, leaf: Term) -> Term | None:
        return t.name(f"s{str(leaf.args[0])[1:]}") if leaf.op == "name" else None

    def _neighbour(self, leaf: Term) -> Term | None:
        """The same value of another unit of a hidden layer."""
        match = UNIT.fullmatch(str(leaf.args[0])) if leaf.op == "name" else None
        if match is None or self.net.widths[int(match[2])] == 1:
            return None
        unit = int(match[3]) % self.net.widths[int(match[2])] + 1
        return t.name(f"{match[1]}{match[2]}_{unit}")

    def _rules(self) -> Iterator[tuple[str, Term]]:
        """The derivative of tanh for that of the sigmoid, and the other way round."""
        for op, other, slip in (
            ("sigmoid", "tanh", "tanh_rule_for_sigmoid"),
            ("tanh", "sigmoid", "sigmoid_rule_for_tanh"),
        ):
            rule = RULES[other].derivative
            assert rule is not None
            spoiled = {
                leaf: rule(t.name(str(leaf.args[0])), None)
                for leaf in self.locals
                if self.net.activations[int(str(leaf.args[0])[1:].split("_")[0]) - 1] == op
            }
            if spoiled:
                yield slip, self.spoiled(spoiled)
        yield from self._softplus_rules()

    def _softplus_rules(self) -> Iterator[tuple[str, Term]]:
        """The derivative of softplus: of its output, or differentiated once more."""
        slope = RULES["sigmoid"].derivative
        bent = [leaf for leaf in self.locals if self.lines[leaf].formula.op == "sigmoid"]
        if bent and slope is not None:
            outputs = {leaf: Term("sigmoid", (t.name(str(leaf.args[0])),)) for leaf in bent}
            yield "output_in_softplus_derivative", self.spoiled(outputs)
            twice = {leaf: slope(self.lines[leaf].formula, None) for leaf in bent}
            yield "sigmoid_differentiated", self.spoiled(twice)

    def _factors(self) -> Iterator[tuple[str, Term]]:
        """Weights on the way and the input at the end: left out, or others."""
        outputs = [leaf for leaf in self.lines if self.is_output(leaf)]
        if outputs:
            without = {leaf: self._without_weights(leaf) for leaf in outputs}
            yield "weight_left_out", self.spoiled(without)
        if self.stem == "o":
            yield "own_factor", self.ending(t.name(self.node))
            return
        if self.stem == "b":
            yield "bias_multiplied_in", self.ending(t.name(self.node))
            return
        upstream = t.gradient(f"s{self.layer}_{self.unit}")
        yield "input_left_out", self.spoiled({t.gradient(self.node): upstream})
        yield "own_weight", self.ending(t.name(self.node))
        yield (
            "own_activation",
            self.ending(t.name(self.net.output(self.layer, self.unit))),
        )
        if self.layer > 1:
            before = f"s{self.layer - 1}_{self.input}"
            yield "previous_preactivation", self.ending(t.name(before))

    def _without_weights(self, leaf: Term) -> Term:
        def drop(inner: Term) -> Term | None:
            weight = inner.op == "name" and str(inner.args[0]).startswith("w")
            return _ONE if weight else None

        return t.rewrite(self.lines[leaf].formula, drop)

    def _places(self) -> Iterator[tuple[str, Term]]:
        """The derivative with respect to another weight: other indices, another layer's input."""
        widths = self.net.widths
        if self.stem == "w":
            count = widths[self.layer - 1]
            others = [k for k in range(1, count + 1) if k != self.input]
            if others:
                other = t.name(self.net.output(self.layer - 1, others[0]))
                yield "other_input", self.ending(other)
            if self.layer > 1 and self.input <= widths[0]:
                yield "raw_input", self.ending(t.name(f"x{self.input}"))
            exchanged = f"w{self.layer}_{self.input}_{self.unit}"
            if exchanged in self.graph.shapes:
                yield "weight_of_exchanged_indices", expression(self.graph, exchanged)
        if widths[self.layer] > 1:
            unit = self.unit % widths[self.layer] + 1
            other_node = re.sub(r"_\d+", f"_{unit}", self.node, count=1)
            name = "weight_of_other_unit" if self.stem == "o" else "other_unit"
            yield name, expression(self.graph, other_node)

    def _paths(self) -> Iterator[tuple[str, Term]]:
        """Forks: one path alone, or paths multiplied; and paths that do not belong here."""
        forks = {leaf: line for leaf, line in self.lines.items() if len(line.through) > 1}
        on_way = {leaf: line.formula for leaf, line in forks.items() if self.is_output(leaf)}
        if on_way:
            first = {leaf: formula.args[0] for leaf, formula in on_way.items()}
            yield "keeps_first_path", self.spoiled(first)
            product = {leaf: f.args[0] * f.args[1] for leaf, f in on_way.items()}
            yield "multiplies_paths", self.spoiled(product)
        width = self.net.widths[self.layer]
        if width > 1 and self.layer < self.net.depth and self.stem != "o":
            yield "every_unit_counted", tidied(self._over_all_units(width))

    def _over_all_units(self, width: int) -> Term:
        """The sum of the derivatives with respect to the same weight of every unit."""
        nodes = [re.sub(r"_\d+", f"_{unit}", self.node, count=1) for unit in range(1, width + 1)]
        found = expression(self.graph, nodes[0])
        for node in nodes[1:]:
            found = found + expression(self.graph, node)
        return found

    def _losses(self) -> Iterator[tuple[str, Term]]:
        """The loss: its difference reversed, its target or its factor left out, or ignored."""
        if not self.net.loss:
            return
        fused = self.net.loss == "binary_cross_entropy"
        start = t.gradient(f"s{self.net.depth}_1" if fused else self.net.prediction)
        difference = t.name(self.net.prediction) - t.name("y")
        factor = t.number(2.0) if self.net.loss == "squared_error" else _ONE
        yield "residual_reversed", self.spoiled({start: factor * -difference})
        yield "target_not_subtracted", self.spoiled({start: factor * t.name(self.net.prediction)})
        if fused:
            slope = RULES["sigmoid"].derivative
            assert slope is not None
            y = t.name(self.net.prediction)
            yield "sigmoid_derivative_twice", self.spoiled({start: difference * slope(y, None)})
        else:
            other = _ONE if factor != _ONE else t.number(2.0)
            yield "factor_two", self.spoiled({start: other * difference})
            yield "loss_left_out", self.spoiled({start: _ONE})
