"""The table of rules: every primitive's forward, backward and shape rule, once.

A primitive computes `y = forward(*x)`. Its backward rule is the vector-Jacobian product: given
the upstream gradient `g` (of the output with respect to `y`), `y` and the inputs `x`, it returns
the gradient with respect to each input, or None where there is none to give. An elementwise
primitive of one input states its local `derivative(y, x)` instead; the product with `g` follows.

The rules are ordinary NumPy code. Run over float64 they give numbers, over complex numbers an
oracle, over terms the formula, over object arrays a substitution line or exact numbers.

Conventions. Gradients have the shape of what they are taken with respect to (denominator layout,
for a scalar output). At kinks, ReLU'(0) = 0, leaky ReLU and ELU take the slope from the left, and
|x|' = 0 at 0; a tie in `maximum` or `minimum` sends the whole gradient to the first argument, and
makes `at_least` 1. `log` is natural.

To add a primitive, add one entry to `RULES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np

from solver import functions as f
from solver import shapes
from solver.shapes import Shape

Rule = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Primitive:
    """One primitive's rules. `derivative` is set for elementwise primitives of one input."""

    name: str
    forward: Rule
    backward: Rule
    shape: Callable[..., Shape]
    derivative: Rule | None = None


@dataclass(frozen=True, slots=True)
class ByInput:
    """The backward rule of a primitive of two inputs, as a rule for each.

    A pass that wants the gradient of one input alone runs the rule of that one alone.
    """

    left: Rule
    right: Rule

    def __call__(self, g: Any, y: Any, a: Any, b: Any) -> tuple[Any, Any]:
        """The gradients with respect to both inputs."""
        return self.left(g, y, a, b), self.right(g, y, a, b)

    @property
    def alone(self) -> tuple[Rule, Rule]:
        """The rule that gives the left input's gradient alone, and that for the right one's."""
        return self._left_alone, self._right_alone

    def _left_alone(self, g: Any, y: Any, a: Any, b: Any) -> tuple[Any, None]:
        return self.left(g, y, a, b), None

    def _right_alone(self, g: Any, y: Any, a: Any, b: Any) -> tuple[None, Any]:
        return None, self.right(g, y, a, b)


def _sum_of(old: Any, new: Any) -> Any:
    return old + new


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """A table of primitives and the way gradients that meet at a fork are brought together."""

    primitives: Mapping[str, Primitive]
    accumulate: Callable[[Any, Any], Any] = field(default=_sum_of)

    def __getitem__(self, name: str) -> Primitive:
        return self.primitives[name]

    def spoiled(self, changes: Iterable[Primitive], **others: Any) -> Rules:
        """This table with some entries replaced."""
        table = {**self.primitives, **{entry.name: entry for entry in changes}}
        return replace(self, primitives=MappingProxyType(table), **others)


def fit(g: Any, y: Any, x: Any) -> Any:
    """`g`, which has the shape of `y`, summed over the axes along which `x` was stretched to it."""
    if x.shape == y.shape:
        return g
    if x.shape == ():
        return np.sum(g)
    extra = len(y.shape) - len(x.shape)
    for _ in range(extra):
        g = g.sum(axis=0)
    for axis, size in enumerate(x.shape):
        if size != y.shape[extra + axis]:
            g = g.sum(axis=axis, keepdims=True)
    return g


def _elementwise(name: str, forward: Rule, derivative: Rule) -> Primitive:
    def backward(g: Any, y: Any, x: Any, **settings: Any) -> tuple[Any]:
        return (g * derivative(y, x, **settings),)

    def shape(x: Shape, **_: Any) -> Shape:
        return x

    return Primitive(name, forward, backward, shape, derivative)


def _binary(name: str, forward: Rule, backward: Rule) -> Primitive:
    def shape(a: Shape, b: Shape) -> Shape:
        return shapes.broadcast(name, a, b)

    return Primitive(name, forward, backward, shape)


def _equal(name: str, a: Shape, b: Shape) -> Shape:
    if a != b:
        raise shapes.ShapeError(name, (a, b), "the two arguments need equal shapes")
    return a


def _loss(name: str, forward: Rule, backward: Rule) -> Primitive:
    """A scalar loss of a prediction (or scores) `p` and a target `t` of the same shape.

    The target is data: it gets no gradient. The targets of a cross-entropy are distributions, so
    their entries sum to 1 for each example.
    """

    def shape(p: Shape, t: Shape, **_: Any) -> Shape:
        if shapes.same(name, p, t) != p:
            raise shapes.ShapeError(name, (p, t), "one prediction cannot have several targets")
        return ()

    return Primitive(
        name, forward, lambda g, y, p, t, **s: (backward(g, y, p, t, **s), None), shape
    )


def _summed_back(g: Any, y: Any, x: Any, axis: int | None = None) -> tuple[Any]:
    return (f.spread(g, x.shape, axis),)


def _log_softmax_back(g: Any, y: Any, x: Any, axis: int | None = None) -> tuple[Any]:
    return (g - f.softmax(x, axis) * _total(g, axis),)


def _softmax_back(g: Any, y: Any, x: Any, axis: int | None = None) -> tuple[Any]:
    return (y * (g - _total(g * y, axis)),)


def _total(x: Any, axis: int | None) -> Any:
    return np.sum(x, axis=axis, keepdims=axis is not None)


def _left_factor_back(g: Any, y: Any, a: Any, b: Any) -> Any:
    if len(b.shape) > 1:
        return g @ b.T if len(a.shape) > 1 else b @ g
    return f.outer(g, b) if len(a.shape) > 1 else g * b


def _right_factor_back(g: Any, y: Any, a: Any, b: Any) -> Any:
    if len(a.shape) > 1:
        return a.T @ g
    return f.outer(a, g) if len(b.shape) > 1 else g * a


def _shared(value: Any, x: Any) -> Any:
    """`value` divided by the number of entries of `x`, if there are several."""
    entries = f.count(x)
    return value if entries == 1 else value / entries


def _binary_log_loss(p: Any, t: Any) -> Any:
    return -f.total(f.xlogy(t, p) + f.xlogy(1 - t, 1 - p))


def _binary_log_loss_of_scores(s: Any, t: Any) -> Any:
    return -f.total(t * f.log_sigmoid(s) + (1 - t) * f.log_one_minus_sigmoid(s))


def _log_loss_of_scores(s: Any, t: Any, axis: int | None = None) -> Any:
    return -f.total(t * f.log_softmax(s, axis))


_ENTRIES = (
    _binary("add", lambda a, b: a + b, lambda g, y, a, b: (fit(g, y, a), fit(g, y, b))),
    _binary("subtract", lambda a, b: a - b, lambda g, y, a, b: (fit(g, y, a), fit(-g, y, b))),
    _binary(
        "multiply",
        lambda a, b: a * b,
        ByInput(
            lambda g, y, a, b: fit(g * b, y, a),
            lambda g, y, a, b: fit(g * a, y, b),
        ),
    ),
    _binary(
        "divide",
        lambda a, b: a / b,
        ByInput(
            lambda g, y, a, b: fit(g / b, y, a),
            lambda g, y, a, b: fit(g * (-a / b**2), y, b),
        ),
    ),
    _binary(
        "maximum",
        f.maximum,
        lambda g, y, a, b: (
            fit(g * f.at_least(a, b), y, a),
            fit(g * (1 - f.at_least(a, b)), y, b),
        ),
    ),
    _binary(
        "minimum",
        f.minimum,
        lambda g, y, a, b: (
            fit(g * f.at_least(b, a), y, a),
            fit(g * (1 - f.at_least(b, a)), y, b),
        ),
    ),
    _binary(
        "at_least",
        f.at_least,
        # A threshold is flat on either side, so nothing is learnt through it.
        lambda g, y, a, b: (fit(0 * g, y, a), fit(0 * g, y, b)),
    ),
    Primitive("negative", lambda x: -x, lambda g, y, x: (-g,), lambda x: x),
    _elementwise(
        "power",
        lambda x, exponent: x**exponent,
        # x^0 is 1 everywhere, so its slope is 0 at 0 as well, where x^-1 has no value.
        lambda y, x, exponent: exponent * x ** (exponent - 1) if exponent else 0 * x,
    ),
    _binary(
        "general_power",
        lambda a, b: a**b,
        ByInput(
            lambda g, y, a, b: fit(g * (b * a ** (b - 1)), y, a),
            lambda g, y, a, b: fit(g * f.xlogy(y, a), y, b),
        ),
    ),
    _elementwise("exp", lambda x: np.exp(x), lambda y, x: y),
    _elementwise("log", lambda x: np.log(x), lambda y, x: 1 / x),
    _elementwise("sqrt", lambda x: np.sqrt(x), lambda y, x: 1 / (2 * y)),
    _elementwise("sin", lambda x: np.sin(x), lambda y, x: np.cos(x)),
    _elementwise("cos", lambda x: np.cos(x), lambda y, x: -np.sin(x)),
    _elementwise("tanh", lambda x: np.tanh(x), lambda y, x: 1 - y**2),
    _elementwise("sigmoid", f.sigmoid, lambda y, x: y * (1 - y)),
    _elementwise("relu", f.relu, lambda y, x: f.step(x)),
    _elementwise(
        "leaky_relu",
        lambda x, alpha: f.leaky_relu(x, alpha),
        lambda y, x, alpha: f.step(x, alpha),
    ),
    _elementwise(
        "elu",
        lambda x, alpha: f.elu(x, alpha),
        lambda y, x, alpha: f.step(x) + (1 - f.step(x)) * (y + alpha),
    ),
    _elementwise("softplus", f.softplus, lambda y, x: f.sigmoid(x)),
    _elementwise("absolute", f.absolute, lambda y, x: f.sign(x)),
    Primitive(
        "matmul",
        lambda a, b: a @ b,
        ByInput(_left_factor_back, _right_factor_back),
        lambda a, b: shapes.matrix_product("matmul", a, b),
    ),
    Primitive(
        "dot",
        lambda a, b: f.total(a * b),
        ByInput(lambda g, y, a, b: g * b, lambda g, y, a, b: g * a),
        lambda a, b: shapes.reduced("dot", _equal("dot", a, b)),
    ),
    Primitive(
        "outer",
        f.outer,
        ByInput(lambda g, y, a, b: g @ b, lambda g, y, a, b: g.T @ a),
        lambda a, b: shapes.outer_of_vectors("outer", a, b),
    ),
    Primitive(
        "diagonal",
        f.diagonal,
        lambda g, y, x: (f.diagonal(g),),
        lambda x: shapes.diagonal_of_vector("diagonal", x),
    ),
    Primitive(
        "transpose",
        lambda x: x.T,
        lambda g, y, x: (g.T,),
        lambda x: shapes.transposed("transpose", x),
    ),
    Primitive(
        "prepend_one",
        f.prepend_one,
        lambda g, y, x: (f.drop_first(g),),
        shapes.with_one_on_top,
    ),
    Primitive(
        "adjugate",
        f.adjugate,
        # It only moves entries and turns signs, and going back does the same once more.
        lambda g, y, x: (f.adjugate(g),),
        lambda x: shapes.two_by_two("adjugate", x),
    ),
    Primitive(
        "sum",
        lambda x, axis=None: np.sum(x, axis=axis),
        _summed_back,
        lambda x, axis=None: shapes.reduced("sum", x, axis),
    ),
    Primitive(
        "mean",
        lambda x: _shared(f.total(x), x),
        lambda g, y, x: (f.spread(_shared(g, x), x.shape),),
        lambda x: shapes.averaged("mean", x),
    ),
    Primitive(
        "entry",
        f.entry,
        lambda g, y, x, index: (f.place(g, x.shape, index),),
        lambda x, index: shapes.picked("entry", x, index),
    ),
    Primitive("softmax", f.softmax, _softmax_back, partial(shapes.normalised, "softmax")),
    Primitive(
        "log_softmax", f.log_softmax, _log_softmax_back, partial(shapes.normalised, "log_softmax")
    ),
    _loss(
        "squared_error", lambda p, t: f.total((p - t) ** 2), lambda g, y, p, t: g * (2 * (p - t))
    ),
    _loss(
        "half_squared_error", lambda p, t: f.total((p - t) ** 2) / 2, lambda g, y, p, t: g * (p - t)
    ),
    _loss(
        "binary_cross_entropy",
        _binary_log_loss,
        lambda g, y, p, t: g * f.log_loss_slope(p, t),
    ),
    _loss(
        "binary_cross_entropy_of_scores",
        _binary_log_loss_of_scores,
        lambda g, y, s, t: g * (f.sigmoid(s) - t),
    ),
    _loss(
        "cross_entropy",
        lambda p, t: -f.total(f.xlogy(t, p)),
        lambda g, y, p, t: g * f.ratio(-t, p),
    ),
    _loss(
        "cross_entropy_of_scores",
        _log_loss_of_scores,
        lambda g, y, s, t, axis=None: g * (f.softmax(s, axis) - t),
    ),
)


RULES = Rules(MappingProxyType({entry.name: entry for entry in _ENTRIES}))
"""The right rules. Hadamard products are `multiply`; the identity needs no entry."""
