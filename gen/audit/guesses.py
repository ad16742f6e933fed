"""What somebody scores who does not read the question: 0, 1, all of the above, the longest."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gen.presentation.answers import option_text
from gen.presentation.context import Context
from gen.problem import Answer, Item, Option, Part, PartSolution
from templates.writers.words import plain_words

Try = tuple[str, bool, float]
"""The name of a guess, whether it was right, and the chance that a blind one is."""


def guesses(item: Item) -> Iterator[Try]:
    """Every such guess that an item invites, part by part."""
    context = Context(item)
    for part, solved in zip(item.problem.parts, item.solution.parts, strict=True):
        if solved.options:
            yield from _ticks(part, solved, context)
        elif solved.answer is not None:
            yield "0", _is(solved.answer, 0.0), 0.0
            yield "1", _is(solved.answer, 1.0), 0.0


def _is(answer: Answer, number: float) -> bool:
    """Whether the number, written into every box, would be right."""
    pairs = zip(answer.values, answer.tolerances, strict=True)
    return all(bool(np.all(np.abs(value - number) <= within)) for value, within in pairs)


def _ticks(part: Part, solved: PartSolution, context: Context) -> Iterator[Try]:
    options = solved.options
    right = sum(option.right for option in options)
    if part.form == "true_false":
        yield "true", options[0].right, 0.5
        return
    if part.form == "choose_all":
        yield "all", right == len(options), 0.0
    longest = _longest(options, context)
    if longest is not None:
        yield "longest", longest.right, right / len(options)


def _longest(options: tuple[Option, ...], context: Context) -> Option | None:
    """The option with the most letters, None where several have as many."""
    lengths = [len(plain_words(option_text(option, options, context))) for option in options]
    most = max(lengths)
    return options[lengths.index(most)] if lengths.count(most) == 1 else None
