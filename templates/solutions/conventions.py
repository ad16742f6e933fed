"""What a page says before its lines: letters for functions, settings, the course's remarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from solver.solution import Solution
from solver.term import Term
from templates.document import Block
from templates.notation import Symbols
from templates.numerals import decimal
from templates.rendering import render

TEMPLATE = "solutions/conventions.md.j2"
_WORDS = {"sigmoid": "the sigmoid", "softplus": "softplus", "softmax": "the softmax"}
_BETWEEN = {"softplus": ", "}
_SETTINGS = {
    "leaky_relu": "The small slope of leaky ReLU is $%s$.",
    "elu": r"The ELU has $\alpha = %s$.",
}


def conventions(
    solution: Solution, symbols: Symbols, *, gradients: bool = True
) -> tuple[Block, ...]:
    """One paragraph, or nothing where all is plain; `gradients` says that the page has some."""
    notation, network = symbols.notation, solution.network is not None
    return render(
        TEMPLATE,
        "said",
        letters=_letters(symbols),
        settings=tuple(dict.fromkeys(_settings(solution))),
        brackets=_mentions(solution, "step", "at_least"),
        ones=not network and _mentions(solution, "spread"),
        units=_mentions(solution, "place"),
        words=notation.words if network else None,
        remarks=(
            *(notation.graph_remarks if gradients else ()),
            *(notation.remarks if network else ()),
        ),
    )


def _letters(symbols: Symbols) -> list[tuple[str, str]]:
    """The letters of each function, as a phrase with its verb, and what they stand for."""
    found: dict[str, list[str]] = {}
    for letter, op in symbols.letters():
        found.setdefault(op, []).append(letter)
    return [
        (" and ".join(f"${x}$" for x in letters) + (" are" if len(letters) > 1 else " is"), named)
        for op, letters in found.items()
        for named in [_named(op, letters, symbols)]
    ]


def _named(op: str, letters: Sequence[str], symbols: Symbols) -> str:
    """What a function is called in words, with its own symbol unless that is the letter's."""
    name = symbols.function(op)
    words = _WORDS.get(op, "")
    if not words or op == "softmax" or name in letters or words in name:
        return words or f"${name}$"
    return words + _BETWEEN.get(op, " ") + f"${name}$"


def _settings(solution: Solution) -> Iterator[str]:
    """What the slope or the alpha of each activation is that has one."""
    for equation in solution.graph.equations:
        if equation.op in _SETTINGS:
            yield _SETTINGS[equation.op] % decimal(float(dict(equation.settings)["alpha"]))


def _mentions(solution: Solution, *ops: str) -> bool:
    """Whether one of the operations stands in a line."""
    return any(_within(step.formula, ops) for step in solution.steps)


def _within(term: Term, ops: tuple[str, ...]) -> bool:
    if term.op in ops:
        return True
    return any(_within(argument, ops) for argument in term.args if isinstance(argument, Term))
