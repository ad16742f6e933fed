"""The page of an expression's shapes: every part, where it breaks, and what NumPy does instead."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from solver.shape_walk import LINEAR_ALGEBRA, Part, Repair, as_column
from solver.shapes import RULES, TO_A_NUMBER, Dimension, Shape, Size
from solver.term import Term
from templates.document import Block, Document, Heading, Text
from templates.rendering import render
from templates.writers import text

TEMPLATE = "solutions/shapes.md.j2"
TITLE = "Shapes"
LONGEST = 100
"""The length up to which a repaired expression is written out."""


@dataclass(frozen=True, slots=True)
class Row:
    """A part as it is written: program text, its shape as LaTeX, and its shape in NumPy.

    Shapes are empty where the part is not defined.
    """

    text: str
    shape: str
    numpy_shape: str


def page(parts: Sequence[Part], shapes: Mapping[str, Shape], fixes: Sequence[Repair]) -> Document:
    """What `solver.shape_walk.walk` found as a document; `fixes` are the repairs to offer."""
    blocks: list[Block] = [Heading(1, (Text(TITLE),))]
    blocks += render(
        TEMPLATE,
        "problem",
        expression=parts[-1].text,
        shapes=[(name, latex(shape)) for name, shape in shapes.items()],
        vectors=[
            (name, latex(as_column(shape)), in_numpy(shape))
            for name, shape in shapes.items()
            if len(shape) == 1
        ],
        several=len(parts) > 1,
        products=any(part.term.op == "matmul" for part in parts),
        signs=_signs(parts),
    )
    blocks += render(TEMPLATE, "table", rows=[_row(part) for part in parts])
    blocks += _verdict(parts)
    short = [(fix.text, latex(fix.shape)) for fix in fixes if len(fix.text) <= LONGEST]
    blocks += render(TEMPLATE, "fixes", fixes=short)
    return Document(TITLE, tuple(blocks))


def problem(parts: Sequence[Part]) -> str | None:
    """What is wrong with the expression, in a sentence or two, or None if nothing is."""
    if parts[-1].shape is not None and parts[-1].agrees:
        return None
    return _plain(_trouble(parts))


def part_problem(part: Part) -> str | None:
    """Why linear algebra stops at this very part, in a sentence, or None if it does not."""
    if part.error is None:
        return None
    return _plain(render(TEMPLATE, "why", **_breaking(part)))


def _plain(blocks: tuple[Block, ...]) -> str:
    return " ".join(text.write(Document("", blocks)).split())


def _verdict(parts: Sequence[Part]) -> tuple[Block, ...]:
    whole = parts[-1]
    if whole.shape is not None and whole.agrees:
        return render(TEMPLATE, "sound", whole=_row(whole))
    return _trouble(parts)


def _trouble(parts: Sequence[Part]) -> tuple[Block, ...]:
    """Where linear algebra stops and what NumPy does; or where NumPy alone goes another way."""
    whole = parts[-1]
    broken = next((part for part in parts if part.error is not None), None)
    if broken is None:
        parted = next(part for part in parts if not part.agrees)
        return render(
            TEMPLATE,
            "numpy_differs",
            whole=_row(whole),
            part=_row(parted),
            op=parted.term.op,
            is_whole=parted is whole,
        )
    stop = next((part for part in parts if part.numpy_error is not None), None)
    return render(
        TEMPLATE,
        "broken",
        **_breaking(broken),
        whole=_row(whole),
        is_whole=broken is whole,
        stop=None if stop is None else stop.text,
        is_same_stop=stop is broken,
        stretched=_is_elementwise(broken.term),
    )


def _breaking(part: Part) -> dict[str, object]:
    """What the sentence on a break is made of."""
    assert part.error is not None
    arguments = [argument for argument in part.term.args if isinstance(argument, Term)]
    texts = [Part(argument, None, None).text for argument in arguments]
    shown = [latex(shape) for shape in part.error.shapes]
    return {
        "part": _row(part),
        "op": part.term.op,
        "sign": _SIGNS.get(part.term.op, part.term.op),
        "arguments": list(zip(texts, shown, strict=True)),
        "inner": _inner(part.error.shapes) if part.term.op == "matmul" else (),
        "single": part.takes_single_for_number,
        "narrow": _narrow(part, texts),
        "elementwise": _is_elementwise(part.term),
        "why": part.error.why,
    }


def _narrow(part: Part, texts: Sequence[str]) -> str:
    """What NumPy stretches in a part: one of the two arguments, or both."""
    assert part.error is not None
    shapes = zip(texts, part.error.shapes, strict=True)
    found = [text for text, shape in shapes if shape and shape != part.numpy_shape]
    return f"`{found[0]}`" if len(found) == 1 else "the two"


_SIGNS = {"multiply": "*", "divide": "/", "add": "+", "subtract": "-", "power": "**"}


def _signs(parts: Sequence[Part]) -> list[str]:
    """The operations entry by entry that occur between two arrays or numbers."""
    used = {part.term.op for part in parts}
    return [f"`{sign}`" for op, sign in _SIGNS.items() if op in used and op != "power"]


def _is_elementwise(term: Term) -> bool:
    return term.op not in LINEAR_ALGEBRA.rules or term.op in TO_A_NUMBER or term.op not in RULES


def _inner(shapes: Sequence[Shape]) -> tuple[str, ...]:
    """The two sizes that have to agree in a matrix product of two matrices."""
    if not all(len(shape) == 2 for shape in shapes):
        return ()
    return (size(shapes[0][1]), size(shapes[1][0]))


def _row(part: Part) -> Row:
    shape = "" if part.shape is None else latex(part.shape)
    numpy_shape = "" if part.numpy_shape is None else in_numpy(part.numpy_shape)
    return Row(part.text, shape, numpy_shape)


def latex(shape: Shape) -> str:
    r"""A shape as it is written in mathematics, such as `3 \times 4`; empty for a number."""
    return r" \times ".join(map(size, shape)) if shape else r"\text{number}"


_SYMBOL = re.compile(r"([A-Za-z]+)_?(\w*)")


def size(of: Dimension) -> str:
    """A size in LaTeX, in parentheses where it is a sum."""
    if isinstance(of, int):
        return str(of)
    symbol = r" \cdot ".join(map(_symbol, of.symbol.split("*")))
    return f"({symbol} {of.plus:+d})" if of.plus else symbol


def _symbol(text: str) -> str:
    found = _SYMBOL.fullmatch(text)
    if found is None:
        return text
    base = found[1] if len(found[1]) == 1 else rf"\mathrm{{{found[1]}}}"
    return f"{base}_{{{found[2]}}}" if found[2] else base


def in_numpy(shape: Shape) -> str:
    """A shape as NumPy prints it, such as `(3, 4)` or `(3,)`."""
    sizes = [str(n) for n in shape]
    return f"({sizes[0]},)" if len(sizes) == 1 else f"({', '.join(sizes)})"


def as_list(shape: Shape | None) -> list[int | str] | None:
    """A shape as JSON has it: whole numbers, and symbols as texts."""
    if shape is None:
        return None
    return [str(n) if isinstance(n, Size) else n for n in shape]
