"""Answers as students type them: right, nearly right, wrong in many ways, and no answers at all.

All are drawn, so that they are the same in every run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from string import ascii_uppercase
from typing import Any

import numpy as np

from gen.draw import Draw
from gen.practice.programs import claim
from gen.problem import Item, Part, PartSolution
from solver.claims import Claim
from solver.follow import Lines, overrides

Text = str | None

GARBAGE = [
    "", " ", "?", "abc", "1 2", "[1, 2", "1]", "[]", "[[1, 2], [3]]", "[1, [2]]", "[[[1]]]", "1;",
    ";", ";;", "1/0", "0/0", "1e999", "nan", "-inf", "∞", "½", "x²", "2^", "ln 0", "ln(-1)",
    "sqrt(-2)", "ln 3/2", "((((1))))", "(" * 70 + "1" + ")" * 70, "[" * 50, "9^9^9^9", "0^-1",
    "(-8)^(1/3)", "1,5,2", "1.2.3", "--2", "+-2", "+ 2", "1e-3", "1E3", ".5", "5.", "−0.5", "–2",
    "2·3", "2 × 3", "٣", "１", "😀", "a\u0301", "\u200b1", "1\u00a02", "\x00", "true", "A", "3x4",
    "__proto__", "constructor", "e", "pi", "e^", "e^2", "exp", "exp(710)", "1" * 201, "1" * 150,
    "0.1 + 0.2", "'2'", '"2"', "1 = 1", "<b>", "${1}", "1\n2", "\t3", "1,", ",1", "1 000", "1'000",
    "2e", "e2", "ln", "3 3", "NaN", "Infinity",
]  # fmt: skip
"""Texts that are no answers, or odd ones."""
SHAPES = [
    "3x4", "(3, 4)", "(3,4)", "3 × 4", "3*4", "4", "scalar", "()", "mxn", "(d+1)x1", "d + 1 x k",
    "h_1", "0x3", "x", "3x", "3x4x5", "(3", "[3, 4]", "1.5x2", "h_{2}x1", "999999999x1",
    "9999999999", "(5,)", "n_1x1", "007x1", "nxn", "out*in", "3 by 4", "-1x3", "",
]  # fmt: skip
TICKS = [
    "A", "B", "C", "D", "E", "a", "b, c", "A B", "A;B", "A,A", "F", "Z", "AB", "1", "", " ", ",",
    "ß",
]  # fmt: skip
SAID = [
    "true", "false", "T", "f", " TRUE ", "True", "yes", "no", "", "tr", "1", "falsch",
    "constructor",
]  # fmt: skip

SYMBOLIC_CHANGES: tuple[Callable[[str], str], ...] = (
    lambda t: t,
    lambda t: f"({t})",
    lambda t: f"-({t})",
    lambda t: f"2 * ({t}) / 2",
    lambda t: f"({t}) + 0",
    lambda t: f"({t}) * 1.0001",
    lambda t: f"({t}) + 1",
    lambda t: f"2({t})",
    lambda t: f"exp(ln(2)) ({t}) / 2",
    lambda t: f"{{{t}}}",
    lambda t: rf"\frac{{{t}}}{{1}}",
    lambda t: rf"\left({t}\right) \cdot 1",
    lambda t: f"L = {t}",
    lambda t: f"{t};",
    lambda t: f"{t})",
    lambda t: f"({t}",
    lambda t: f"{t} +",
    lambda t: f"{t} q_9",
    lambda t: t.replace("*", "·"),
    lambda t: t.replace("*", " "),
    lambda t: t.replace(" ", ""),
    lambda t: t.replace("(", "{", 1),
    lambda t: t.replace("-", "+", 1),
    lambda t: t.replace("2", "3", 1),
    lambda t: f"{t} / 0",
    lambda t: f"sqrt(({t})^2)",
    lambda t: f"ln(({t})^2)",
    lambda t: f"{t} 2",
    lambda t: f"1 / ({t}) 2",
    lambda t: f"tanh'({t})",
    lambda t: f"sigma({t}) + tanh({t}) - relu({t})",
    lambda t: f"e^({t})",
    lambda t: f"({t})²",
    lambda t: re.sub(r"\^\(\d\)", "", t),
    lambda t: f"# {t}",
    lambda t: f"abs({t}) + min({t}, 0) + max(0, {t}) - abs({t})",
    lambda t: f"sinh({t}) + cosh({t}) + tan({t}) + square({t})",
    lambda t: f"log2(({t})^2) log10(1 + ({t})^2) + softplus({t}) - elu({t})",
    lambda t: f"exp'({t}) + ln'({t}) + sqrt'(({t})^2) + sin'({t}) cos'({t})",
    lambda t: f"relu'({t}) + softplus'({t}) - sigma'({t})",
    lambda t: f"({t})^-2 3",
    lambda t: f"3^2 ({t}) / 9",
    lambda t: f"({t}) / 2 ({t})",
    lambda t: f"({t}) / 2 3",
    lambda t: f"+ + - - {t}",
    lambda t: f"pi ({t}) / π",
    lambda t: f"({t})⁻²",
    lambda t: f"e ({t}) exp(-1)",
    lambda t: f"sigma + {t}",
    lambda t: f"elu'({t})",
    lambda t: f"sin({t}, 2)",
    lambda t: f"f({t})",
    lambda t: f"{t} ' 2",
    lambda t: f"{t} \\ 2",
    lambda t: f"{'1' * 41} {t}",
    lambda t: f"{'(' * 51}{t}",
    lambda t: "+".join([t] * 90),
    lambda t: f"{t} # that is all",
    lambda t: f"1e400 {t}",
    lambda t: "x" * 41 + t,
    lambda t: f"\n{t}\n",
)


def answers(item: Item, draw: Draw, count: int, symbolic: Callable[..., list[str]]) -> list[Any]:
    """So many lists of texts, one text for each part or None.

    `symbolic(number)` has texts that say right or wrong expressions for a part.
    """
    parts = tuple(zip(item.problem.parts, item.solution.parts, strict=True))
    return [
        [
            _answer(item, number, part, solved, draw.fork(n, number), symbolic)
            for number, (part, solved) in enumerate(parts)
        ]
        for n in range(count)
    ]


def _answer(
    item: Item,
    number: int,
    part: Part,
    solved: PartSolution,
    draw: Draw,
    symbolic: Callable[..., list[str]],
) -> Text:
    if draw.integer(1, 25) == 1:
        return None
    if draw.integer(1, 12) == 1:
        return draw.choice([*GARBAGE, *SHAPES, *TICKS, *SAID])
    if part.form == "true_false":
        return draw.choice(SAID)
    if solved.options:
        return _ticks(solved, draw)
    if part.form == "symbolic":
        return draw.choice(SYMBOLIC_CHANGES)(draw.choice(symbolic(number)))
    if solved.written is not None:
        return _shapes(solved, draw)
    return _numbers(solved, draw)


def _ticks(solved: PartSolution, draw: Draw) -> str:
    letters = ascii_uppercase[: len(solved.options)]
    right = [x for x, o in zip(letters, solved.options, strict=True) if o.right]
    kind = draw.integer(1, 4)
    if kind == 1:
        return draw.choice(TICKS)
    if kind == 2:
        return ", ".join(right)
    return " ".join(draw.sample(letters, draw.integer(1, len(letters))))


def _shapes(solved: PartSolution, draw: Draw) -> str:
    assert solved.written is not None
    every = [solved.written.entries, *(each.entries for each in solved.written.wrong)]
    entries = draw.choice(every)
    texts = [_shape(entry, draw) for entry in entries]
    if draw.integer(1, 4) == 1:
        texts[draw.integer(0, len(texts) - 1)] = draw.choice(SHAPES)
    return "; ".join(texts)


def _shape(entry: Any, draw: Draw) -> str:
    sizes = [f"({size})" if "+" in str(size) else str(size) for size in entry]
    if not sizes:
        return "scalar"
    if draw.integer(1, 2) == 1 and len(sizes) > 1:
        return f"({', '.join(sizes)})"
    return draw.choice(["x", " × ", "*"]).join(sizes)


def _numbers(solved: PartSolution, draw: Draw) -> str:
    assert solved.answer is not None
    answer = solved.answer
    values = [np.array(value, dtype=float) for value in answer.values]
    if answer.wrong and draw.integer(1, 4) == 1:
        wrong = draw.choice(answer.wrong[:12])
        values = [np.array(value, dtype=float) for value in wrong.values]
    changed = [
        _changed(value, within, draw)
        for value, within in zip(values, answer.tolerances, strict=True)
    ]
    text = draw.choice(["; ", ";", " ;  "]).join(_text(value, draw) for value in changed)
    return _spoiled(text, draw) if draw.integer(1, 15) == 1 else text


def _changed(value: Any, within: float, draw: Draw) -> Any:
    """The value, or one near it or far from it."""
    kind = draw.integer(1, 14)
    entry = tuple(draw.integer(0, size - 1) for size in value.shape)
    step = within or 1e-6
    moved = value.copy()
    if kind <= 5:
        return value
    if kind == 6:
        moved[entry] += draw.choice([0.5, 0.999, -0.999, 0.98, -0.5]) * step
    elif kind == 7:
        moved[entry] += draw.choice([1.01, -1.01, 2, -3, 10, 50]) * step
    elif kind == 8:
        moved = -value
    elif kind == 9:
        moved = value.T
    elif kind == 10:
        moved[entry] = -moved[entry]
    elif kind == 11:
        moved[entry] = draw.choice([0.0, 1.0, 2.0, -1.0, 0.5])
    elif kind == 12:
        moved = value * draw.choice([2.0, 0.5, 10.0, 1.1])
    elif kind == 13:
        moved = np.round(value, draw.integer(0, 3))
    else:
        moved[entry] = moved[entry] * 1.2 + 0.1
    return moved


def _text(value: Any, draw: Draw) -> str:
    digits = draw.choice([2, 3, 4, 4, 4, 4, 5, 6, 17])
    style = draw.integer(1, 12)
    if value.ndim == 0 and style == 1:
        return _number(float(value), digits).replace(".", ",")
    if value.ndim == 1 and style <= 3:
        value = value[:, None] if style == 2 else value[None, :]
    gap = "" if style == 4 else " "
    return _listed(value, digits, gap, style)


def _listed(value: Any, digits: int, gap: str, style: int) -> str:
    if np.ndim(value) == 0:
        return _styled(float(value), digits, style)
    return f"[{f',{gap}'.join(_listed(each, digits, gap, style) for each in value)}]"


def _styled(number: float, digits: int, style: int) -> str:
    match style:
        case 5:
            return f"{number:.{digits}e}"
        case 6:
            return f"{number * 4:.{digits}f}/4"
        case 7:
            return f" +{_number(number, digits)}"
        case 8:
            return _number(number, digits).replace("-", "−")
        case 9:
            return f"({_number(number, digits)})"
        case _:
            return _number(number, digits)


def _number(number: float, digits: int) -> str:
    return repr(number) if digits == 17 else f"{number:.{digits}f}"


def _spoiled(text: str, draw: Draw) -> str:
    """The text with a character left out, put in or doubled."""
    place = draw.integer(0, max(len(text) - 1, 0))
    sign = draw.choice(
        ["", "[", "]", ",", ";", " ", "x", ".", "-", "−", "e", "(", "0", "\u00a0", "/"]
    )
    return text[:place] + sign + text[place + draw.integer(0, 1) :]


def following(item: Item, draw: Draw) -> list[Text]:
    """Texts for all parts: an answer is wrong, and most of what comes after it follows from it."""
    problem = item.problem
    assert problem.graph is not None
    lines = Lines(problem.graph, {n: np.asarray(v, dtype=float) for n, v in problem.givens.items()})
    texts: list[Text] = []
    claims: list[Claim] = []
    for number, (part, solved) in enumerate(zip(problem.parts, item.solution.parts, strict=True)):
        if solved.answer is None or solved.options:
            texts.append(None)
            continue
        said = []
        for place, ask in enumerate(part.asks):
            right = np.array(solved.answer.values[place], dtype=float)
            within = solved.answer.tolerances[place]
            value = _followed(item, lines, claims, ask, right, within, draw.fork(number, place))
            said.append(_listed(value, draw.choice([4, 4, 5, 17]), " ", 0))
        texts.append("; ".join(said) if draw.integer(1, 20) > 1 else None)
    return texts


def _followed(
    item: Item, lines: Lines, claims: list[Claim], ask: Any, right: Any, within: float, draw: Draw
) -> Any:
    """What is said of a quantity, given what was said of others; `claims` grows by it."""
    wanted = claim(item, ask, right)
    used = [each for each in claims if lines.is_upstream(each, wanted)]
    if draw.integer(1, 5) == 1:
        used = used[-1:]
    value = right
    if used and draw.integer(1, 6) > 1:
        with np.errstate(all="ignore"):
            found = lines.follow(wanted, overrides(used)).reshape(
                () if ask.index is not None else lines.graph.shapes[ask.node]
            )
        value = np.asarray(item.problem.stated(ask, found), dtype=float)
    kind = draw.integer(1, 6)
    if (not used and kind > 2) or kind == 6:
        value = _changed(value, within, draw)
    elif kind == 5 and value.size:
        value = value + draw.choice([-0.4, 0.4, 0.9, -1.5]) * (within or 1e-4)
    value = np.where(np.isfinite(value), value, 7.0)
    if value.shape == right.shape:
        claims.append(claim(item, ask, value))
    return value


def batches(jobs: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(jobs), size):
        yield jobs[start : start + size]
