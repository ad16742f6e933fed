"""What each named slip is, in sentences to the student whose number it explains (`slips.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from functools import cache, lru_cache
from importlib.resources import files

from solver.network import Network
from templates.document import Inline
from templates.markup import parse_inline
from templates.notation import Notation, load
from templates.notation.record import Words

TOO: Mapping[str, str] = {
    "sign_reversed": "sign_reversed_too",
    "order_swapped": "order_swapped_too",
    "rows_and_columns": "rows_and_columns_too",
    "twice_as_large": "twice_as_large_too",
    "half_as_large": "half_as_large_too",
}
"""What is said of a rearrangement, or of a factor, that comes on top of another slip."""

_PLACE = re.compile(r"<< (\w+) >>")


def diagnosis(
    slip: str, notation: Notation | None = None, functions: Collection[str] = ()
) -> tuple[Inline, ...]:
    """What the slip is, as sentences; of two slips together (joined by +), both.

    The words are those of the notation (the standard one without it); `functions` are as for
    `sentence`. Raises KeyError for a slip that has no sentence.
    """
    first, *others = slip.split("+")
    names = (first, *(TOO.get(name, name) for name in others))
    return _parsed(" ".join(sentence(name, notation, functions) for name in names))


def on_top(slip: str, notation: Notation | None = None) -> tuple[Inline, ...]:
    """What a slip is that comes on top of another one, to be read after the sentence about that.

    Raises KeyError for a slip that has no sentence.
    """
    return _parsed(f" {sentence(TOO.get(slip, slip), notation)}")


def suited(notation: Notation, network: Network | None) -> Notation:
    """The notation, with `prediction` for its word where the output of a network is no posterior.

    A course that calls the output of a classifier a posterior does not mean that of a network
    with a squared error.
    """
    if notation.posterior is None or network is None:
        return notation
    if network.architecture.loss.endswith("cross_entropy"):
        return notation
    return replace(notation, words=replace(notation.words, prediction=Words().prediction))


@lru_cache(maxsize=1024)
def _parsed(text: str) -> tuple[Inline, ...]:
    return parse_inline(text)


def sentence(name: str, notation: Notation | None = None, functions: Collection[str] = ()) -> str:
    """The sentence about one slip in the words of a notation, with `$...$` for mathematics.

    Of sigmoid and tanh, it speaks of those that are among the functions, and of both if none is.
    """
    known = _sentences()
    if name not in known:
        raise KeyError(f"templates/slips.toml has no sentence for the slip '{name}'")
    if "<<" not in known[name]:
        return known[name]
    words = _words(notation or load(), functions)
    return _PLACE.sub(lambda place: words[place[1]], known[name])


def _words(notation: Notation, functions: Collection[str]) -> Mapping[str, str]:
    words: dict[str, str] = asdict(notation.words)
    return {
        **words,
        "log": notation.functions["log"],
        "losses": words["loss"] + ("es" if words["loss"].endswith("s") else "s"),
        "line": "row" if notation.conventions.orientation == "columns" else "column",
        "residual": _residual(words["prediction"], words["target"], notation.sign),
        "slopes": _slopes(words["activation"], functions),
    }


def _residual(prediction: str, target: str, sign: int) -> str:
    """Which way round the difference is; with a minus sign, too, where a course writes one.

    Such a course does not put it everywhere: a derivative can also be asked for as it is.
    """
    right, reverse = f"{prediction} minus {target}", f"{target} minus {prediction}"
    if sign < 0:
        return f"The derivative has {right}, and minus the derivative has {reverse}."
    return f"The derivative has {right}, not {reverse}."


def _slopes(activation: str, functions: Collection[str]) -> str:
    """The derivatives of those of sigmoid and tanh that are among the functions, or of both."""
    rules = {
        "sigmoid": f"of a sigmoid is its {activation} times 1 minus that {activation}",
        "tanh": f"of tanh is 1 minus the square of its {activation}",
    }
    had = [rule for op, rule in rules.items() if op in functions]
    return f"The derivative {', and that '.join(had or rules.values())}."


@cache
def _sentences() -> dict[str, str]:
    return tomllib.loads(files("templates").joinpath("slips.toml").read_text(encoding="utf-8"))
