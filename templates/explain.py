"""Worked steps in words: each line's mathematics, and in a clause why it is so.

The mathematics comes from the step (formula, substitution, result); the clauses are blocks of
`steps.md.j2`, chosen by what kind of line it is and through which primitive it came.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import numpy as np

from solver.graph import Graph
from solver.layout import numerator
from solver.rules import RULES
from solver.steps import Step, entry
from solver.term import LEAVES, Term
from templates.document import Block, Inline, Math, Paragraph, Text
from templates.formula import latex
from templates.mathematics import plain
from templates.notation import Symbols, Words
from templates.numerals import in_shape, number
from templates.order import ordered
from templates.rendering import has_block, render

TEMPLATE = "steps.md.j2"
_PLAIN_USES = frozenset({"add", "subtract", "negative", "multiply"})
_FEW_NUMBERS, _WIDEST_ROW = 6, 88
"""The numbers and the characters in a row of terms beyond which a line is shortened."""
_ACTIVATED = {"sigmoid": "sigmoid", "exp": "softmax"}
"""The operations by which an activation is known among the numbers of a loss's line."""
Reason = Callable[[Step], tuple[Inline, ...]]
"""What is said of a step behind its mathematics."""

_TIMES = {2: "twice", 3: "three times", 4: "four times", 5: "five times"}


def explain(
    steps: Sequence[Step],
    symbols: Symbols,
    headings: Mapping[str, tuple[Block, ...]] = MappingProxyType({}),
    reason: Reason | None = None,
) -> tuple[Block, ...]:
    """The steps as paragraphs: the forward pass, then the backward pass, each with its heading.

    Steps that only go forward need none. `headings` replace the usual ones, by kind of step, and
    what `reason` says of a step, if anything, replaces the usual clause.
    """
    return tuple(block for each in by_step(steps, symbols, headings, reason) for block in each)


def by_step(
    steps: Sequence[Step],
    symbols: Symbols,
    headings: Mapping[str, tuple[Block, ...]] = MappingProxyType({}),
    reason: Reason | None = None,
) -> Iterator[tuple[Block, ...]]:
    """What `explain` says, step by step: a heading where a pass begins, and then the line."""
    onward = all(step.kind in ("forward", "tangent") for step in steps)
    passed = "forward" if onward else ""
    for step in steps:
        blocks: list[Block] = []
        heading = "backward" if step.kind == "local" else step.kind
        if heading != passed and has_block(TEMPLATE, f"heading_{heading}"):
            usual = () if heading in headings else _heading(heading, symbols)
            blocks += map(_leading, headings.get(heading, usual))
            passed = heading
        yield (*blocks, line(step, symbols, reason))


def _heading(kind: str, symbols: Symbols) -> tuple[Block, ...]:
    return render(TEMPLATE, f"heading_{kind}", **_setting(symbols))


def _setting(symbols: Symbols) -> dict[str, object]:
    notation = symbols.notation
    return {
        "network": symbols.network is not None,
        "words": notation.words,
        "minus": notation.sign < 0,
    }


def _leading(block: Block) -> Block:
    return replace(block, leads=True) if isinstance(block, Paragraph) else block


def line(step: Step, symbols: Symbols, own: Reason | None = None) -> Paragraph:
    """One step as a paragraph, with a reason of its `own` if there is one, or the usual one."""
    written = read(step, symbols)
    reason = (own(step) if own else ()) or _reason(written, symbols)
    content: tuple[Inline, ...] = (Math(chain(step, symbols), large=True),)
    if _is_wide(written, symbols):
        one = entry(step, _first_entry(step))
        content = (*content, Text(". For example, "), Math(chain(one, symbols), large=True))
    return Paragraph((*content, Text(". "), *reason) if reason else content)


def _is_wide(step: Step, symbols: Symbols) -> bool:
    """Whether the numbers put in for a whole array would not fit on a line."""
    if not isinstance(step.substitution, np.ndarray) or step.value.size == 1:
        return False
    rows = np.atleast_2d(step.substitution)
    # What has few numbers fits: it need not be written to be measured.
    return any(
        sum(map(_count, row)) > _FEW_NUMBERS
        and sum(_room(term, symbols) for term in row) > _WIDEST_ROW
        for row in rows
    )


def _count(term: Term) -> int:
    """How many numbers a term has."""
    if term.op == "number":
        return 1
    return sum(_count(argument) for argument in term.args if isinstance(argument, Term))


def _room(term: Term, symbols: Symbols) -> int:
    """The columns of a terminal that a term takes, with the white behind it."""
    return len(plain(latex(term, symbols))) + 2


def _first_entry(step: Step) -> tuple[int, ...]:
    """The first entry that is not 0, or else the first."""
    found = np.argwhere(np.asarray(step.value, dtype=float) != 0)
    return tuple(int(i) for i in found[0]) if len(found) else (0,) * step.value.ndim


def read(step: Step, symbols: Symbols) -> Step:
    """The step as the notation writes it: its operands in order, gradients in its layout."""
    ordered_step = ordered(step, symbols)
    numerators = symbols.notation.layout == "numerator"
    return numerator(ordered_step) if numerators else ordered_step


def chain(step: Step, symbols: Symbols) -> str:
    """The symbol = the formula = the numbers put in = the result, each only where it is new.

    What a symbol stands for comes before the formula, where it is not plain.
    """
    step = read(step, symbols)
    links = [
        str(subject(step, symbols)),
        symbols.meaning(step.node, step.index) if step.kind == "backward" else "",
        latex(step.formula, symbols),
        "" if _is_wide(step, symbols) else latex(step.substitution, symbols),
        result(step, symbols),
    ]
    links = list(filter(None, links))
    kept = [after for before, after in pairwise(links) if before != after]
    # An update gives a symbol that the formula has already a new value.
    sign = r"\leftarrow" if step.kind == "update" else "="
    return f"{links[0]} {sign} {' = '.join(kept)}" if kept else links[0]


def subject(step: Step, symbols: Symbols) -> Any:
    """The symbol of what a step computes."""
    match step.kind:
        case "forward":
            return symbols.value(step.node, step.index)
        case "local":
            return symbols.local(step.node, step.index)
        case "backward":
            return symbols.gradient(step.node, step.index)
        case "tangent" if step.leaf.op == "tangent":
            return symbols.tangent(step.node, step.index)
        case "tangent":
            return symbols.value(step.node, step.index)
        case "update" if step.leaf.op == "velocity":
            return symbols.velocity(step.node, step.index)
        case "update":
            return symbols.value(step.node, step.index)


def result(step: Step, symbols: Symbols | None = None) -> str:
    """The value of a step: all places where it was rounded, else the digits that it has.

    The `symbols` say what the logarithm is called, in exact numbers; it is ln without them.
    """
    return rounded(step.value, step.exact, step.places, symbols)


def rounded(value: Any, exact: Any, places: int | None, symbols: Symbols | None = None) -> str:
    """An array in LaTeX, with all `places` for the entries that are not `exact`."""
    value, exact = np.asarray(value), np.asarray(exact)
    slashed = value.ndim > 1 and value.size > 1
    log = r"\ln" if symbols is None else symbols.function("log")
    pairs = zip(value.ravel(), exact.ravel(), strict=True)
    texts = [number(x, None if whole else places, slashed, log) for x, whole in pairs]
    return in_shape(texts, value.shape)


def _reason(step: Step, symbols: Symbols) -> tuple[Inline, ...]:
    reason = next(filter(_has_reason, _reason_blocks(step, symbols)), None)
    kinks = tuple(_kinks(step))
    if reason is not None and kinks and step.through[0][0] in ("maximum", "minimum"):
        # Of two equal arguments neither is the larger one.
        reason = None
    blocks = [*([reason] if reason else []), *_uses(step, symbols), *kinks]
    if not blocks:
        return ()
    notation = symbols.notation
    values: dict[str, Hashable] = {
        "symbol": str(symbols.value(step.node)),
        "network": symbols.network is not None,
        "batch": symbols.network is not None and symbols.network.architecture.examples > 1,
        "mean": _has_mean(symbols),
        "times": _TIMES.get(len(step.through), f"{len(step.through)} times"),
        "within": _repeated(step.node, symbols),
        "single": step.value.size == 1,
        "transposed": "matmul" in blocks[0] and _has_transpose(step.formula, symbols),
        "linear": symbols.network is not None and step.node in symbols.network.preactivations,
        "minus": notation.sign < 0,
        "gives": _gives(step, symbols),
        "words": notation.words,
        "log": symbols.function("log"),
        "sigmoid": symbols.function("sigmoid"),
        "transpose": notation.transpose,
    }
    clauses = dict.fromkeys(_clause(block, **values) for block in blocks)
    return tuple(_joined(tuple(clauses)))


def _repeated(node: str, symbols: Symbols) -> str:
    """Which nodes of a graph use a node more than once, as the end of a clause."""
    if symbols.graph is None or symbols.network is not None:
        return ""
    users = [each for each in symbols.graph.equations if node in each.inputs]
    several = [each for each in users if each.inputs.count(node) > 1]
    if not several or any(each.hidden for each in users):
        return ""
    names = [f"${symbols.value(each.target)}$" for each in several]
    if len(users) == 1:
        return f" by {names[0]}"
    counts = (_TIMES[each.inputs.count(node)] for each in several)
    return "".join(f", {count} by {name}" for count, name in zip(counts, names, strict=True))


def _gives(step: Step, symbols: Symbols) -> str:
    """What a line of a course with a word of its own for delta computes, as the end of a clause."""
    word = symbols.notation.words.delta
    network = symbols.network
    if network is None or symbols.notation.delta is None or word == Words().delta:
        return ""
    return f", which gives the {word}" if step.node in network.preactivations else ""


def _has_mean(symbols: Symbols) -> bool:
    """Whether a network's loss is a mean, whose factor the backward pass keeps."""
    if symbols.network is None:
        return False
    architecture = symbols.network.architecture
    if architecture.loss == "mean_squared_error":
        return architecture.examples * architecture.widths[-1] > 1
    return architecture.examples > 1 and architecture.reduction == "mean"


def _uses(step: Step, symbols: Symbols) -> Iterator[str]:
    """The reasons of the contributions to a node of a graph that are not plain.

    At a fork these are all; elsewhere, what follows behind a minus sign, an entry or whatever else
    has no node of its own.
    """
    if step.kind != "backward" or symbols.network is not None or symbols.graph is None:
        return
    uses = [*(step.through if len(step.through) > 1 else ()), *_behind(step.node, symbols.graph)]
    blocks = (f"graph_backward_{op}_{n}" for op, n in uses if op not in _PLAIN_USES)
    yield from filter(_has_reason, dict.fromkeys(blocks))


def _behind(node: str, graph: Graph) -> Iterator[tuple[str, int]]:
    """How the nodes that are not shown are used, between a node and the next that are."""
    for equation in graph.equations:
        if equation.hidden and node in equation.inputs:
            for later in graph.equations:
                if equation.target in later.inputs:
                    yield later.op, later.inputs.index(equation.target)
            yield from _behind(equation.target, graph)


def _has_reason(block: str) -> bool:
    return has_block(TEMPLATE, block)


def _joined(clauses: Sequence[tuple[Inline, ...]]) -> Iterator[Inline]:
    """The clauses one after another, a space between."""
    for position, clause in enumerate(clauses):
        if position:
            yield Text(" ")
        yield from clause


@lru_cache(maxsize=1024)
def _clause(block: str, **values: Hashable) -> tuple[Inline, ...]:
    paragraphs = render(TEMPLATE, block, **values)
    return tuple(i for p in paragraphs if isinstance(p, Paragraph) for i in p.content)


def _reason_blocks(step: Step, symbols: Symbols) -> Iterator[str]:
    """Names of the blocks that could give the reason, the most particular first."""
    op, position = step.through[0]
    network = symbols.network
    where = "network" if network is not None else "graph"
    if step.kind == "backward" and len(step.through) > 1:
        yield "fork"
        return
    if step.kind == "backward" and network is not None:
        if step.node in network.weights:
            yield "backward_weights"
        if step.node in network.biases:
            yield "backward_biases"
    if step.kind == "tangent":
        yield from (
            f"tangent_{op}",
            *(() if RULES[op].derivative is None else ("tangent_function",)),
        )
        return
    if step.kind == "forward" and network is not None and step.node == network.graph.output:
        # A loss is worked from outputs, unless they have no logarithm as they are printed.
        found = (name for op, name in _ACTIVATED.items() if _mentions(step, op))
        yield from (f"logarithm_of_{name}" for name in found)
    suffix = f"_{position}" if step.kind == "backward" else ""
    yield f"{where}_{step.kind}_{op}{suffix}"
    yield f"{step.kind}_{op}{suffix}"


def _mentions(step: Step, op: str) -> bool:
    """Whether an operation is among the numbers put in."""
    unseen = list(np.ravel(np.asarray(step.substitution, dtype=object)))
    while unseen:
        part = unseen.pop()
        if isinstance(part, Term) and part.op == op:
            return True
        unseen.extend(part.args if isinstance(part, Term) else ())
    return False


def _has_transpose(term: Term, symbols: Symbols) -> bool:
    """Whether the formula has a transpose that is written."""
    if term.op == "transpose":
        inner = term.args[0]
        if inner.op != "name":
            return inner.op not in LEAVES or inner.size > 1
        mark = symbols.notation.transpose
        symbol = symbols.value(str(inner.args[0])).transposed(mark)
        return bool(inner.size > 1 and symbol.above.endswith(mark))
    return any(_has_transpose(a, symbols) for a in term.args if isinstance(a, Term))


def _kinks(step: Step) -> Iterator[str]:
    """The blocks that say what is done at a kink, where the numbers put in are at one."""
    if step.kind == "forward":
        return
    for op in dict.fromkeys(op for op, _ in step.through):
        if _has_reason(f"kink_{op}"):
            terms = np.asarray(step.substitution, dtype=object).ravel()
            if any(map(_at_kink, terms)):
                yield f"kink_{op}"


def _at_kink(term: Any) -> bool:
    if not isinstance(term, Term):
        return False
    match term.op:
        case "step" | "sign":
            return _is_number(term.args[0], 0.0)
        case "at_least":
            left, right = term.args
            return left.op == right.op == "number" and bool(left.args[0] == right.args[0])
        case _:
            return any(map(_at_kink, term.args))


def _is_number(term: Term, value: float) -> bool:
    return term.op == "number" and bool(term.args[0] == value)
