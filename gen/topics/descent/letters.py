"""The letters of a descent: places, derivatives and losses in a notation."""

from __future__ import annotations

from collections.abc import Mapping

from templates.notation import Notation, Style, Symbol

MOST_STEPS = 3


def of_descent(steps: int, notation: Notation) -> Mapping[str, Style | Symbol]:
    """Places by the number of the step, derivatives with a prime, and the letters of the course."""
    places: dict[str, Style | Symbol] = {
        f"w{k}": Symbol("w", "", str(k)) for k in range(MOST_STEPS + 1)
    }
    loss = notation.loss
    slopes = {f"g{k}": Symbol(rf"{loss}'(w_{k})") for k in range(MOST_STEPS)}
    ends = {"loss": Symbol(f"{loss}(w_{steps})")}
    given = {"e": Style(notation.update.rate), "a": Style("a"), "b": Style("b")}
    return {**places, **slopes, **ends, **given}
