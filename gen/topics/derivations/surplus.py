"""Slips that leave a derivative with a factor too many: derivatives longer than the right one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gen.topics.derivations.spoiling import Spoiler
from solver import term as t
from solver.rules import RULES
from solver.term import Term


class Surplus(Spoiler):
    """What is multiplied or added that does not belong to a derivative."""

    def all(self) -> Iterator[tuple[str, Term]]:
        """Every slip by name with its expression."""
        yield from self._beginnings()
        yield from self._derivatives()
        yield from self._endings()
        yield from self._sums()

    def _beginnings(self) -> Iterator[tuple[str, Term]]:
        """The loss, or the output where there is none: not differentiated, or only half-way."""
        net = self.net
        y = t.name(net.prediction)
        error = y - t.name("y")
        match net.loss:
            case "":
                last = t.gradient(f"s{net.depth}_1")
                if last in self.lines:
                    yield "output_multiplied_in", self.spoiled({last: self._formula(last) * y})
            case "binary_cross_entropy":
                last = t.gradient(f"s{net.depth}_1")
                yield "stops_at_prediction", self.spoiled({last: error / (y * (1 - y))})
            case _:
                start = t.gradient(net.prediction)
                square = error**2
                halved = net.loss == "half_squared_error"
                unlowered = square if halved else t.number(2.0) * square
                yield "exponent_not_lowered", self.spoiled({start: unlowered})
                loss = square / 2 if halved else square
                yield "loss_not_differentiated", self.spoiled({start: loss})

    def _formula(self, leaf: Term) -> Term:
        return self.lines[leaf].formula

    def _derivatives(self) -> Iterator[tuple[str, Term]]:
        """Derivatives of activations: at a linear unit, or twice at one that is not."""
        last = t.local(self.net.prediction)
        inner = [leaf for leaf in self.locals if leaf != last]
        if last in self.locals:
            yield "last_derivative_twice", self.spoiled(self._squared([last]))
        elif self.net.activations[-1] == "identity":
            s = t.gradient(self.net.prediction)
            slope = RULES[self.net.activations[0]].derivative
            assert slope is not None
            y = t.name(self.net.prediction)
            if s in self.lines:
                yield "linear_unit_bent", self.spoiled({s: self._formula(s) * slope(y, y)})
        if inner:
            yield "hidden_derivative_twice", self.spoiled(self._squared(inner))

    def _squared(self, leaves: list[Term]) -> Mapping[Term, Term]:
        return {leaf: self._formula(leaf) * self._formula(leaf) for leaf in leaves}

    def _endings(self) -> Iterator[tuple[str, Term]]:
        """Both factors of the last product, or a step further back than to what is asked for."""
        own = self._weight if self.stem == "o" else t.name(self.node)
        source = self._source
        if source is None:
            first = t.name(self.net.output(self.layer - 1, 1))
            yield "input_of_bias", self.ending(first)
            return
        yield "both_factors", self.ending(own, source)
        before = t.local(str(source.args[0]))
        if before in self.lines:
            kept = own if self.stem == "o" else source
            yield "step_too_far", self.ending(kept, self._formula(before))

    @property
    def _weight(self) -> Term:
        """The weight with which the output of a hidden unit goes on."""
        return t.name(f"w{self.layer + 1}_1_{self.unit}")

    @property
    def _source(self) -> Term | None:
        """What the weight that is asked about multiplies, or the output itself that is; of a bias,
        nothing."""
        if self.stem == "b":
            return None
        if self.stem == "o":
            return t.name(self.node)
        return t.name(self.net.output(self.layer - 1, self.input))

    def _sums(self) -> Iterator[tuple[str, Term]]:
        """All inputs of the unit, or all weights behind its layer, where one belongs there."""
        if self.stem != "o":
            count = self.net.widths[self.layer - 1]
            inputs = [t.name(self.net.output(self.layer - 1, k)) for k in range(1, count + 1)]
            yield "every_input_counted", self.ending(_added(inputs))
        layer = self.net.depth - 1
        units = range(1, self.net.widths[layer] + 1)
        if self.layer == layer:
            output = t.gradient(self.net.output(layer, self.unit))
            weights = _added([t.name(f"w{layer + 1}_1_{unit}") for unit in units])
            arriving = t.gradient(f"s{layer + 1}_1")
            yield "every_weight_counted", self.spoiled({output: arriving * weights})


def _added(terms: list[Term]) -> Term:
    total = terms[0]
    for each in terms[1:]:
        total = total + each
    return total
