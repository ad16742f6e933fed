"""Worked steps in words: each line's mathematics, and in a clause why it is so.

The mathematics comes from the step (formula, substitution, result); the clauses are blocks of
`steps.md.j2`, chosen by what kind of line it is and through which primitive it came.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from solver.steps import Step
from templates.document import Block, Inline, Math, Paragraph, Text
from templates.formula import latex
from templates.notation import Symbols
from templates.numerals import decimal, matrix, tuple_of
from templates.rendering import has_block, render

TEMPLATE = "steps.md.j2"
_TIMES = {2: "twice", 3: "three times", 4: "four times", 5: "five times"}


def explain(steps: Sequence[Step], symbols: Symbols) -> tuple[Block, ...]:
    """The steps as paragraphs: the forward pass, then the backward pass, each with its heading.

    Steps that only go forward need none.
    """
    blocks: list[Block] = []
    passed = "" if any(step.kind != "forward" for step in steps) else "forward"
    for step in steps:
        heading = "forward" if step.kind == "forward" else "backward"
        if heading != passed and has_block(TEMPLATE, f"heading_{heading}"):
            network = symbols.network is not None
            blocks += map(_leading, render(TEMPLATE, f"heading_{heading}", network=network))
            passed = heading
        blocks.append(line(step, symbols))
    return tuple(blocks)


def _leading(block: Block) -> Block:
    return replace(block, leads=True) if isinstance(block, Paragraph) else block


def line(step: Step, symbols: Symbols) -> Paragraph:
    """One step as a paragraph."""
    reason = _reason(step, symbols)
    content: tuple[Inline, ...] = (Math(chain(step, symbols), large=True),)
    return Paragraph((*content, Text(". "), *reason) if reason else content)


def chain(step: Step, symbols: Symbols) -> str:
    """The symbol = the formula = the numbers put in = the result, each only where it is new."""
    links = [
        str(subject(step, symbols)),
        latex(step.formula, symbols),
        latex(step.substitution, symbols),
        result(step),
    ]
    kept = [links[0], *(after for before, after in pairwise(links) if before != after)]
    return " = ".join(kept)


def subject(step: Step, symbols: Symbols) -> Any:
    """The symbol of what a step computes."""
    match step.kind:
        case "forward":
            return symbols.value(step.node, step.index)
        case "local":
            return symbols.local(step.node, step.index)
        case "backward":
            return symbols.gradient(step.node, step.index)


def result(step: Step) -> str:
    """The value of a step: all places where it was rounded, else the digits that it has."""
    return rounded(step.value, step.exact, step.places)


def rounded(value: Any, exact: Any, places: int) -> str:
    """An array in LaTeX, with all `places` for the entries that are not `exact`."""
    value, exact = np.asarray(value), np.asarray(exact)
    texts = [
        decimal(float(v), None if e else places)
        for v, e in zip(value.ravel(), exact.ravel(), strict=True)
    ]
    if value.size == 1:
        return texts[0]
    if value.ndim == 1:
        return tuple_of(texts)
    width = value.shape[1]
    return matrix([texts[start : start + width] for start in range(0, value.size, width)])


def _reason(step: Step, symbols: Symbols) -> tuple[Inline, ...]:
    for block in _reason_blocks(step, symbols):
        if has_block(TEMPLATE, block):
            return _clause(
                block,
                symbol=str(symbols.value(step.node)),
                times=_TIMES.get(len(step.through), f"{len(step.through)} times"),
                single=step.value.size == 1,
                transposed="matmul" in block and r"\top" in latex(step.formula, symbols),
                linear=symbols.network is not None and step.node in symbols.network.preactivations,
            )
    return ()


@lru_cache(maxsize=1024)
def _clause(block: str, **values: Hashable) -> tuple[Inline, ...]:
    paragraphs = render(TEMPLATE, block, **values)
    return tuple(i for p in paragraphs if isinstance(p, Paragraph) for i in p.content)


def _reason_blocks(step: Step, symbols: Symbols) -> Iterator[str]:
    """Names of the blocks that could give the reason, the most particular first."""
    op, position = step.through[0]
    where = "network" if symbols.network is not None else "graph"
    if step.kind == "backward" and len(step.through) > 1:
        yield "fork"
        return
    suffix = f"_{position}" if step.kind == "backward" else ""
    yield f"{where}_{step.kind}_{op}{suffix}"
    yield f"{step.kind}_{op}{suffix}"
