"""What a family's template is given: the item's data, and symbols and formulas in LaTeX."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from gen.family import find
from gen.problem import Ask, Claim, Item, Part
from gen.shelves import Place
from templates import context, numerals
from templates.context import in_words
from templates.document import Block, Inline, Paragraph
from templates.explain import read, result
from templates.notation import Symbols, layers
from templates.rendering import TemplateError, Templates
from templates.slips import diagnosis, on_top, suited


class Context(context.Context):
    """The names that a family's template can use, for one item. `values()` is handed to Jinja.

    All symbols are those of the item's notation.
    """

    def __init__(self, item: Item) -> None:
        problem = item.problem
        given: Any = problem.words.get("symbols", {})
        # A family that names its own nodes says how for every notation.
        own = given(item.notation) if callable(given) else given
        super().__init__(
            Symbols(problem.graph, problem.network, item.notation, own), problem.givens
        )
        self.item = item
        self.problem = problem

    @cached_property
    def _place(self) -> Place:
        return find(self.item.key.family).place

    def render(self, block: str, **more: object) -> tuple[Block, ...]:
        """A block of the family's template; `more` is for this block alone."""
        templates = Templates(self._place.templates)
        return templates.render(self._place.template, block, **self.values(**more))

    def has_block(self, block: str) -> bool:
        """Whether the family's template has a block of that name."""
        return Templates(self._place.templates).has_block(self._place.template, block)

    def values(self, **more: object) -> dict[str, object]:
        """Everything by name; `more` is for one block alone, such as the part that it words.

        `nouns` are the notation's words; `log` is what it calls the logarithm.
        """
        notation = self.item.notation
        return super().values(
            params=self.item.params,
            problem=self.problem,
            words=self.problem.words,
            notation=notation,
            nouns=notation.words,
            log=self.symbols.function("log"),
            function=self.symbols.function,
            in_words=in_words,
            places=self.problem.places,
            value=self.value,
            exact=self.problem.arithmetic == "exact",
            quantity=self.quantity,
            quantities=self.quantities,
            running=self.running,
            stored=self.stored,
            **more,
        )

    def value(self, value: Any, places: int | None = None) -> str:
        """A number, or an array of them, as `templates.numerals.array` writes it."""
        return numerals.array(value, places, self.symbols.function("log"))

    def stored(self) -> dict[str, str]:
        """`symbol = value` for each node of a forward pass that the question prints, by name."""
        lines = (read(line, self.symbols) for line in self.problem.stored_lines())
        return {
            line.node: f"{self.symbol(line.node)} = {result(line, self.symbols)}" for line in lines
        }

    def running(self, node: str, letters: str) -> str:
        """The symbol of an entry whose index runs."""
        return str(self.symbols.value(node, None, letters))

    def conventions(self) -> dict[str, object]:
        """What the sentences about conventions are given beside `values()`."""
        network, notation = self.problem.network, self.item.notation
        if network is None:
            return {"remarks": notation.graph_remarks}
        visible = [e.target for e in network.graph.equations if not e.hidden]
        return {
            "remarks": (*notation.graph_remarks, *notation.remarks),
            "computed": [
                f"${self.symbol(node)} = {self.formula(node)}$"
                for node in visible
                if node != network.graph.output
            ],
            "letters": [
                (letter, op)
                for letter, op in self.symbols.letters()
                if letter != self.symbols.function(op)
            ],
            "layered": self._layered,
        }

    def _layered(self, what: str, axes: int) -> str:
        """The pre-activation (`s`) or the `delta` of layer l."""
        notation = self.item.notation
        if what == "delta":
            return str(layers.gradient(notation, "l", axes))
        return str(layers.value(notation, what, "l", axes))

    def claim(self, claim: Claim) -> tuple[Inline, ...]:
        """The words of a statement: the block `claim` of the family's template.

        Raises TemplateError when they are not one paragraph.
        """
        return self._paragraph("claim", claim.name, claim=claim)

    def diagnosis(self, slip: str) -> tuple[Inline, ...]:
        """What a slip is: the block `slip_NAME` of the family's template, or the common sentence.

        Of two slips together, joined by +, the first may be the family's own. Raises KeyError for a
        slip that has no sentence.
        """
        notation = suited(self.item.notation, self.problem.network)
        first, *others = slip.split("+")
        if not self.has_block(f"slip_{first}"):
            return diagnosis(slip, notation, self._functions)
        told = self._paragraph(f"slip_{first}", first)
        return (*told, *(each for name in others for each in on_top(name, notation)))

    @cached_property
    def _functions(self) -> frozenset[str]:
        """The functions that the item is about: in its graph, or those whose outputs are given."""
        graph, stored = self.problem.graph, self.problem.words.get("stored", ())
        computed = frozenset() if graph is None else graph.operations
        return computed.union(stored) if isinstance(stored, tuple) else computed

    def _paragraph(self, block: str, what: str, **more: object) -> tuple[Inline, ...]:
        match self.render(block, **more):
            case (Paragraph(content),):
                return content
        raise TemplateError(f"{self._place.template}: {block} ({what}) is not one paragraph")

    def quantity(self, ask: Ask) -> str:
        """The symbol of what is asked: of a whole gradient, in the notation's layout."""
        if ask.of_gradient:
            return self.gradient(ask.node, ask.index)
        return self.symbol(ask.node, ask.index)

    def quantities(self, part: Part) -> str:
        """All that a part asks for, as a list in words, each in dollars."""
        return in_words([f"${self.quantity(ask)}$" for ask in part.asks])
