"""The expressions that may be offered for delta.

Each has two halves: what arrives from behind (a product of weights and the next delta, or the
residual of an output layer) and a factor meant as the derivative of f. Both come in right and in
wrong forms: transposed, in the wrong order, with the wrong kind of product, of the wrong layer.
"""

from __future__ import annotations

from collections.abc import Iterator

from gen.topics.shapes.settings import Setting, shapes
from gen.vocabulary import Difficulty
from solver import term as t
from solver.shapes import judge
from solver.term import Term


def leaf(name: str) -> Term:
    """The array of that name; it has more than one entry, so that its transpose is written."""
    return t.name(name, (2, 2))


W_NEXT, DELTA_NEXT, W_BAR = map(leaf, ("W_next", "delta_next", "W_bar"))
W, Y, OUT, SLOPE = map(leaf, ("W", "y", "o", "slope"))
O_BAR, O_NEXT, O_BEFORE = map(leaf, ("o_bar", "o_next", "o_before"))

Alike = tuple[Term, ...]
"""Expressions that differ in the order of the factors of one `*` alone."""


def expressions(setting: Setting, difficulty: Difficulty) -> Iterator[Alike]:
    """Every expression for a setting, those together that are one expression in two orders."""
    sizes = shapes(setting)
    factors = list(_factors(setting, difficulty))
    few = factors[:2]
    for back in _backs(setting, difficulty):
        sound = judge(back, sizes).shape is not None
        yield (back,)
        for factor in factors if sound else few:
            yield (_times(back, factor), _times(factor, back))
        if sound:
            yield from _transposed(back, factors)
        if sound and difficulty != "easy":
            yield from _multiplied(back, few)
    if difficulty != "easy":
        yield from ((term,) for term in _inside(setting, few))


def _transposed(back: Term, factors: list[Term]) -> Iterator[Alike]:
    """A sound first half, or the whole expression, transposed."""
    for factor in factors[:5]:
        yield (_times(back, factor).T,)
    if back.op != "transpose":
        yield (back.T,)
        for factor in factors[:5]:
            yield (_times(back.T, factor), _times(factor, back.T))


def _multiplied(back: Term, factors: list[Term]) -> Iterator[Alike]:
    """A sound first half with a matrix product in the place of the product entry by entry."""
    for factor in factors:
        factor = factor.T if factor.op == "multiply" else factor
        yield (back @ factor,)
        yield (_after(factor, back),)


def _times(left: Term, right: Term) -> Term:
    """`left * right`, the factors taken from left to right as they will be read."""
    product: Term = left
    for factor in right.args if right.op == "multiply" else (right,):
        product = product * factor
    return product


def _after(left: Term, right: Term) -> Term:
    """`left @ right`, the factors taken from left to right as they will be read."""
    product: Term = left
    for factor in right.args if right.op == "matmul" else (right,):
        product = product @ factor
    return product


def _backs(setting: Setting, difficulty: Difficulty) -> Iterator[Term]:
    """What is multiplied by the derivative of f: the gradient with respect to o, well or badly."""
    if setting.place == "output":
        yield from _residuals(difficulty)
        return
    d = DELTA_NEXT
    for w in _weights(setting):
        yield from (w.T @ d, d.T @ w, d @ w, w @ d.T, w @ d, d.T @ w.T, d @ w.T, w.T @ d.T)
        if difficulty != "easy":
            yield from (w.T * d, w * d)


def _residuals(difficulty: Difficulty) -> Iterator[Term]:
    r = OUT - Y
    yield from (r, Y - OUT, r.T, OUT - Y.T, OUT.T - Y, W.T @ r, r.T @ W, W @ r, r @ W)
    if difficulty != "easy":
        yield from (Y - OUT.T, r @ W.T)


def _weights(setting: Setting) -> tuple[Term, ...]:
    return (W_NEXT, W_BAR) if setting.bias == "dropped" else (W_NEXT,)


def _factors(setting: Setting, difficulty: Difficulty) -> Iterator[Term]:
    """Factors meant as the derivative of f at s, those with the fewest confusions first."""
    outputs = (O_BAR, OUT) if setting.bias == "dropped" else (OUT,)
    for o in outputs:
        yield from _in_outputs(setting, o)
    if setting.bias != "kept":
        yield from (SLOPE, SLOPE.T)
    if difficulty != "easy":
        yield from _mixed_up(setting, outputs[0])


def _in_outputs(setting: Setting, o: Term) -> tuple[Term, ...]:
    match setting.activation:
        case "tanh":
            return (1 - o * o, 1 - o.T * o.T, 1 - o, 1 - o.T)
        case "sigmoid":
            return (o * (1 - o), o.T * (1 - o.T), 1 - o, 1 - o.T)
        case "relu":
            return (o, o.T)


def _mixed_up(setting: Setting, o: Term) -> tuple[Term, ...]:
    """The same with transposes or kinds of product confused."""
    match setting.activation:
        case "tanh":
            return (1 - o * o.T, 1 - o @ o.T, 1 - o.T @ o)
        case "sigmoid":
            return (o * (1 - o.T), o @ (1 - o).T, o.T * (1 - o))
        case "relu":
            return (o * SLOPE, o * o.T, o @ o.T, o * SLOPE.T)


def _inside(setting: Setting, factors: list[Term]) -> Iterator[Term]:
    """The derivative taken before the step through the weights, of this layer or of the next."""
    if setting.place == "output":
        for factor in factors:
            yield from _through(W, _times(OUT - Y, factor).T)
        return
    later = _in_outputs(setting, O_NEXT)[:2]
    w = _weights(setting)[-1]
    for factor in (*factors, *later):
        yield from _through(w, _times(DELTA_NEXT, factor).T)
    for factor in later:
        yield _times(step_back(setting), factor)


def _through(w: Term, product: Term) -> Iterator[Term]:
    """Products of weights and of something else that stands in brackets, also transposed."""
    for term in (product @ w, w.T @ product):
        yield from (term, term.T)
    yield (w @ product).T


def step_back(setting: Setting) -> Term:
    """The gradient with respect to the layer's outputs, the bias's entry dropped with its weights.

    For an output layer this is the residual: the loss is half the squared error, summed over
    outputs and examples.
    """
    w = W_BAR if setting.bias == "dropped" else W_NEXT
    across = w if (setting.weights == "out x in") == (setting.examples == "rows") else w.T
    back: Term
    if setting.place == "output":
        back = OUT - Y
    elif setting.examples == "rows":
        back = DELTA_NEXT @ across
    else:
        back = across @ DELTA_NEXT
    return back


def forward(setting: Setting) -> Term:
    """Pre-activations behind the weights of the setting, from the outputs before them."""
    weights, outputs = (W, O_BEFORE) if setting.place == "output" else (W_NEXT, OUT)
    rows = setting.examples == "rows"
    across = weights.T if rows == (setting.weights == "out x in") else weights
    product: Term = outputs @ across if rows else across @ outputs
    return product


def truths(setting: Setting) -> tuple[Term, ...]:
    """Delta itself, first in terms of the outputs alone where that is possible."""
    o = O_BAR if setting.bias == "dropped" else OUT
    in_outputs = () if setting.activation == "relu" else _in_outputs(setting, o)[:1]
    stored = () if setting.bias == "kept" else (SLOPE,)
    return tuple(_times(step_back(setting), factor) for factor in (*in_outputs, *stored))
