"""A place in a text of tokens, and what is said where the text stops making sense."""

from __future__ import annotations

from solver.errors import InputError
from solver.parsing.tokens import Lexicon, Token, tokens

_ENDS = ("end", "break")


class Reader:
    """Moves through the tokens of a text."""

    def __init__(self, text: str, lexicon: Lexicon | None = None) -> None:
        self._tokens, self._place = tokens(text, lexicon), 0

    @property
    def token(self) -> Token:
        """The token that comes next."""
        return self.ahead(0)

    def ahead(self, by: int) -> Token:
        """The token so many places further on; behind the last there is no other."""
        return self._tokens[min(self._place + by, len(self._tokens) - 1)]

    def advance(self) -> Token:
        """Move on by one token and return it."""
        passed = self.token
        self._place += 1
        return passed

    def stands(self, *signs: str) -> bool:
        """Whether one of these signs comes next."""
        return self.token.is_sign(*signs)

    def passes(self, sign: str) -> bool:
        """Whether this sign comes next; moves on if it does."""
        found = self.stands(sign)
        if found:
            self.advance()
        return found

    def skip_breaks(self) -> None:
        """Move on to where a statement begins."""
        while self.token.kind == "break":
            self.advance()

    def multiplies_silently(self, by: int = 0) -> bool:
        """Whether a number and then a name or a parenthesis come next: a product without a sign."""
        first, second = self.ahead(by), self.ahead(by + 1)
        return first.kind == "number" and (second.kind == "name" or second.is_sign("("))

    def complaint(self, wanted: str) -> InputError:
        """What is wrong where something else was wanted."""
        if self.token.kind in _ENDS:
            return InputError(f"the expression ends too early: expected {wanted}")
        place = f"at character {self.token.start}"
        return InputError(f"expected {wanted} {place}, not '{self.token.said}'")

    def expect(self, sign: str) -> None:
        """Move past a sign. Raises InputError where it is not there."""
        if not self.passes(sign):
            raise self.complaint(f"'{sign}'")

    def expect_end(self, *ends: str) -> None:
        """Raises InputError where an operand is complete and something follows but an end."""
        if self.token.kind in ends:
            return
        if self.token.kind in ("name", "number") or self.stands("("):
            raise InputError(
                f"expected an operation at character {self.token.start}, not"
                f" '{self.token.said}'; write {self._product()}"
            )
        raise self.complaint("an operation or the end")

    def _product(self) -> str:
        """How a product of what was just passed and what comes next is written."""
        before = self.ahead(-1)
        if not {before.kind, self.token.kind} <= {"name", "number"}:
            return f"* before '{self.token.said}' for a product"
        return f"{before.said}*{self.token.said} for the product"
