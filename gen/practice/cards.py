"""Practice items as the page has them: words as HTML, what to fill in, hints, and the key.

Mathematics is MathML and figures are SVG, both with words for who cannot see them. The key is for
the judge alone (`gen.practice.keys`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from gen.grading.grades import mistakes
from gen.practice.hints import hints
from gen.practice.keys import key_of
from gen.presentation.answers import answer_text, letters, option_text
from gen.presentation.context import Context
from gen.presentation.items import letter_of, parts_of, solution, stem, verdict, words
from gen.problem import Ask, Item, Option, Part, PartSolution
from templates.document import Block, Inline, Math, Paragraph, Strong, Text
from templates.writers.html import fragment, inlines
from templates.writers.svg import Drawing
from templates.writers.words import plain_words

Card = dict[str, Any]


def card(item: Item, name: str, drawing: Drawing) -> Card:
    """The card of an item; `name` is what `python -m gen show` takes.

    Figures use the outlines of the page's `drawing`.
    """
    context, key = Context(item), key_of(item)
    return {
        "name": name,
        "level": item.difficulty,
        "stem": fragment(tuple(stem(item)), drawing),
        "parts": [_part(item, number, context) for number in range(len(item.problem.parts))],
        "hints": [fragment(piece, drawing) for piece in hints(item)],
        "solution": fragment(tuple(solution(item)), drawing),
        "told": _told(key, context),
        "key": key,
    }


def _html(blocks: Iterable[Block]) -> str:
    """Words without figures."""
    return fragment(tuple(blocks))


def _part(item: Item, number: int, context: Context) -> Card:
    part, solved = tuple(parts_of(item))[number]
    made: Card = {
        "words": _html(words(item, number, context, letter_of(item, number))),
        "answer": inlines(answer_text(part, solved, context)),
        "form": part.form,
    }
    if solved.options:
        return made | {"options": list(_options(part, solved, context))}
    made["fields"] = [_field(ask, context) | size for ask, size in _sized(part, solved)]
    return made


def _options(part: Part, solved: PartSolution, context: Context) -> Iterator[Card]:
    """The letter, the words, and why the option is right or wrong."""
    named = ("", "") if part.form == "true_false" else letters(len(solved.options))
    for letter, option in zip(named, solved.options, strict=True):
        content = option_text(option, solved.options, context)
        yield {
            "letter": letter,
            "html": inlines(content),
            "why": _why(option, letter, context),
        }


def _why(option: Option, letter: str, context: Context) -> str:
    """What is right or wrong with an option, behind its letter; nothing where one is right."""
    if option.candidate is not None or option.claim is not None:
        return _html(verdict(option, letter, context))
    if not option.slip:
        return ""
    return _html(
        [Paragraph((Strong((Text(f"{letter}."),)), Text(" "), *context.diagnosis(option.slip)))]
    )


def _field(ask: Ask, context: Context) -> Card:
    """What stands before the box, and the same in words that are read out."""
    shape = ask.of in ("shape", "gradient shape")
    label: tuple[Inline, ...] = (Math(context.quantity(ask)),)
    spoken = f"{'shape of ' if shape else ''}{plain_words(label)}"
    return {"label": inlines(label), "sign": "is" if shape else "=", "spoken": spoken}


def _sized(part: Part, solved: PartSolution) -> Iterator[tuple[Ask, Card]]:
    """What is asked for, each with the rows and columns that there are to fill in."""
    if solved.answer is None:
        yield from ((ask, {"rows": 1, "columns": 1}) for ask in part.asks)
        return
    for ask, value in zip(part.asks, solved.answer.values, strict=True):
        rows, columns = (1, 1, *np.shape(value))[-2:]
        yield ask, {"rows": rows, "columns": columns}


def _told(key: Card, context: Context) -> Card:
    """What is said of each wrong answer that the judge may know, by its slips with + between."""
    found: dict[str, None] = {}
    for part in key["parts"]:
        wrong = [each.get("slip") or "+".join(each["slips"]) for each in part.get("wrong", ())]
        found |= dict.fromkeys(filter(None, (*wrong, *part.get("slips", ()))))
    return {
        slips: " ".join(inlines(context.diagnosis(each)) for each in mistakes(slips.split("+")))
        for slips in found
    }
