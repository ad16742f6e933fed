"""A symbol in LaTeX, in the parts to which more can be added."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol with what stands above and below it, so that more can be added.

    A `compound` one, such as a fraction, needs parentheses before anything is added. `minus` puts a
    minus sign in front.
    """

    base: str
    above: str = ""
    below: str = ""
    compound: bool = False
    minus: bool = False

    def __str__(self) -> str:
        below = f"_{{{self.below}}}" if self.below else ""
        sign = "-" if self.minus else ""
        return sign + self.base + below + (f"^{{{self.above}}}" if self.above else "")

    @classmethod
    def parse(cls, text: str) -> Symbol:
        """A symbol from its LaTeX; a superscript at its end is kept apart, to be added to."""
        base, _, above = text.partition("^{")
        return cls(base, above.removesuffix("}")) if text.endswith("}") else cls(text)

    def transposed(self, mark: str = r"\top") -> Symbol:
        """The symbol with the mark of a transpose above it, or without the one that it has."""
        turned = self.above.removesuffix(mark)
        return replace(self, above=turned if turned != self.above else self.above + mark)
