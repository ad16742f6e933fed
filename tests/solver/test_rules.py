"""Every primitive is tested by being in the table; one without a case here fails."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy
from numpy.typing import NDArray

from solver.rules import RULES, Primitive

Array = NDArray[Any]
Shapes = tuple[tuple[int, ...], ...]

ANY, POSITIVE, UNIT, DISTRIBUTION = "any", "positive", "unit", "distribution"

ELEMENTS: Shapes = ((), (3,), (2, 3), (4, 2))
PAIRS: tuple[Shapes, ...] = (
    ((), ()),
    ((3,), (3,)),
    ((2, 3), (2, 3)),
    ((2, 1), (2, 3)),
    ((2, 3), (1, 3)),
    ((2, 1), (1, 3)),
    ((), (2, 3)),
    ((3,), (2, 3)),
)

PRODUCTS: tuple[Shapes, ...] = (
    ((2, 3), (3, 4)),
    ((4, 2), (2, 1)),
    ((1, 3), (3, 1)),
    ((2, 3), (3,)),
    ((3,), (3, 2)),
    ((3,), (3,)),
)


def elementwise(function: Callable[..., Any], *domains: str, **settings: float) -> list[Any]:
    """Cases of an elementwise primitive of one argument, with `function` applied to each number."""
    numbers = np.vectorize(lambda x: float(function(x, **settings)), otypes=[float])

    def definition(x: Array, **_: float) -> Array:
        return np.asarray(numbers(x))

    return [(definition, (shape,), domains or (ANY,), settings) for shape in ELEMENTS]


def pairs(function: Callable[[float, float], float], *domains: str) -> list[Any]:
    definition = np.vectorize(function, otypes=[float])
    return [(definition, shapes, domains or (ANY, ANY), {}) for shapes in PAIRS]


def loss(function: Callable[[float, float], float], p: str, t: str) -> list[Any]:
    """Cases of a loss that is a sum over entries."""

    def definition(prediction: Array, target: Array) -> float:
        return math.fsum(map(function, prediction.ravel(), target.ravel()))

    return [(definition, (s, s), (p, t), {}) for s in ((), (3,), (3, 1), (1, 4), (2, 3))]


def shares(x: Array, axis: int | None = None) -> Array:
    """Softmax as it is defined, one exponential after the other."""
    result = np.empty_like(x)
    for index in np.ndindex(*x.shape):
        across = [
            other
            for other in np.ndindex(*x.shape)
            if axis is None
            or all(o == i for n, (o, i) in enumerate(zip(other, index)) if n != axis)  # noqa: B905
        ]
        result[index] = 1 / math.fsum(math.exp(x[other] - x[index]) for other in across)
    return result


def along_axes(definition: Callable[..., Array]) -> list[Any]:
    shaped = (((3,), None), ((3, 1), 0), ((1, 4), 1), ((2, 3), 0), ((2, 3), 1), ((2, 3), None))
    return [
        (definition, (shape,), (ANY,), {} if axis is None else {"axis": axis})
        for shape, axis in shaped
    ]


def product(a: Array, b: Array) -> Array:
    left, right = a.reshape(-1, a.shape[-1]), b.reshape(b.shape[0], -1)
    rows = [
        [
            math.fsum(left[i, k] * right[k, j] for k in range(len(right)))
            for j in range(right.shape[1])
        ]
        for i in range(len(left))
    ]
    return np.array(rows).reshape(a.shape[:-1] + b.shape[1:])


def products(a: Array, b: Array) -> Array:
    return np.array([[float(left * right) for right in b.ravel()] for left in a.ravel()])


def total(x: Array, axis: int | None = None) -> Any:
    if axis is None:
        return math.fsum(x.ravel())
    moved = np.moveaxis(x, axis, -1)
    return np.array([math.fsum(moved[i]) for i in np.ndindex(*moved.shape[:-1])]).reshape(
        moved.shape[:-1]
    )


def mp(function: Callable[[Any], Any]) -> Callable[[float], Any]:
    """`function` with thirty digits."""

    def precise(x: float) -> Any:
        with mpmath.workdps(30):
            return function(mpmath.mpf(x))

    return precise


def log_loss(p: float, t: float) -> float:
    return -t * math.log(p) - (1 - t) * math.log(1 - p)


def logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def of_scores(s: Array, t: Array, axis: int | None = None) -> float:
    return -math.fsum(t.ravel() * np.log(shares(s, axis)).ravel())


CASES: dict[str, list[Any]] = {
    "add": pairs(lambda a, b: a + b),
    "subtract": pairs(lambda a, b: a - b),
    "multiply": pairs(lambda a, b: a * b),
    "divide": pairs(lambda a, b: a / b, ANY, POSITIVE),
    "maximum": pairs(max),
    "minimum": pairs(min),
    "at_least": pairs(lambda a, b: 1.0 if a >= b else 0.0),
    "negative": elementwise(lambda x: -x),
    "power": [
        *elementwise(lambda x, exponent: x**exponent, ANY, exponent=2),
        *elementwise(lambda x, exponent: x**exponent, ANY, exponent=3),
        *elementwise(lambda x, exponent: x**exponent, POSITIVE, exponent=-1),
        *elementwise(lambda x, exponent: x**exponent, POSITIVE, exponent=0.5),
    ],
    "general_power": pairs(lambda a, b: a**b, POSITIVE, ANY),
    "exp": elementwise(math.exp),
    "log": elementwise(math.log, POSITIVE),
    "sqrt": elementwise(math.sqrt, POSITIVE),
    "sin": elementwise(math.sin),
    "cos": elementwise(math.cos),
    "tanh": elementwise(math.tanh),
    "sigmoid": elementwise(mp(lambda x: 1 / (1 + mpmath.exp(-x)))),
    "softplus": elementwise(mp(lambda x: mpmath.log(1 + mpmath.exp(x)))),
    "relu": elementwise(lambda x: x if x > 0 else 0.0),
    "leaky_relu": elementwise(lambda x, alpha: x if x > 0 else alpha * x, alpha=0.1),
    "elu": elementwise(lambda x, alpha: x if x > 0 else alpha * (math.exp(x) - 1), alpha=0.7),
    "absolute": elementwise(abs),
    "matmul": [(product, shapes, (ANY, ANY), {}) for shapes in PRODUCTS],
    "dot": [
        (lambda a, b: math.fsum((a * b).ravel()), (s, s), (ANY, ANY), {}) for s in ((3,), (4, 1))
    ],
    "outer": [
        (products, ((3,), (2,)), (ANY, ANY), {}),
        (products, ((3, 1), (4, 1)), (ANY, ANY), {}),
    ],
    "diagonal": [
        (
            lambda x: np.array([[v if i == k else 0.0 for k in range(3)] for i, v in enumerate(x)]),
            ((3,),),
            (ANY,),
            {},
        )
    ],
    "transpose": [
        (lambda x: np.array([list(column) for column in zip(*x, strict=True)]), (s,), (ANY,), {})
        for s in ((2, 3), (4, 1))
    ],
    "adjugate": [
        (lambda x: np.linalg.det(x) * np.linalg.inv(x), ((2, 2),), (ANY,), {}),
    ],
    "prepend_one": [
        (lambda x: np.array([[1.0] * x.shape[1], *x.tolist()]), (s,), (ANY,), {})
        for s in ((2, 1), (3, 4))
    ],
    "sum": along_axes(total),
    "mean": [
        (lambda x: math.fsum(x.ravel()) / len(x.ravel()), (s,), (ANY,), {})
        for s in ((), (3,), (4, 1), (2, 3))
    ],
    "entry": [
        (lambda x, index: x.tolist()[index[0]], ((3,),), (ANY,), {"index": (1,)}),
        (lambda x, index: x.tolist()[index[0]][index[1]], ((2, 3),), (ANY,), {"index": (1, 2)}),
    ],
    "softmax": along_axes(shares),
    "log_softmax": along_axes(lambda x, axis=None: np.log(shares(x, axis))),
    "squared_error": loss(lambda p, t: (p - t) ** 2, ANY, ANY),
    "half_squared_error": loss(lambda p, t: (p - t) ** 2 / 2, ANY, ANY),
    "binary_cross_entropy": loss(log_loss, UNIT, UNIT),
    "binary_cross_entropy_of_scores": loss(lambda s, t: log_loss(logistic(s), t), ANY, UNIT),
    "cross_entropy": loss(lambda p, t: -t * math.log(p), UNIT, UNIT),
    "cross_entropy_of_scores": [
        (of_scores, ((3,), (3,)), (ANY, DISTRIBUTION), {}),
        (of_scores, ((3, 4), (3, 4)), (ANY, DISTRIBUTION), {"axis": 0}),
        (of_scores, ((2, 3), (2, 3)), (ANY, DISTRIBUTION), {"axis": 1}),
    ],
}
LOSSES = frozenset(name for name in CASES if name.endswith(("error", "entropy", "of_scores")))

each_case = pytest.mark.parametrize(
    ("primitive", "case"),
    [
        pytest.param(name, case, id=f"{name}-{number}")
        for name, cases in CASES.items()
        for number, case in enumerate(cases)
    ],
)


def sample(domain: str, shape: tuple[int, ...], settings: dict[str, Any], seed: int) -> Array:
    """Numbers away from kinks, ties and poles."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(0.3, 2.0, shape) * (1 if domain == POSITIVE else rng.choice([-1, 1], shape))
    if domain == UNIT:
        return rng.uniform(0.1, 0.9, shape)
    if domain == DISTRIBUTION:
        raw = rng.uniform(0.1, 1.0, shape)
        axis = settings.get("axis")
        return np.asarray(raw / raw.sum(axis=axis, keepdims=axis is not None))
    return np.asarray(x)


def arguments(case: Any) -> list[Array]:
    _, shapes, domains, settings = case
    return [
        sample(domain, shape, settings, seed)
        for seed, (domain, shape) in enumerate(zip(domains, shapes, strict=True), start=7)
    ]


def test_every_primitive_has_cases() -> None:
    assert set(CASES) == set(RULES.primitives)
    assert all(name == entry.name for name, entry in RULES.primitives.items())


@each_case
def test_the_forward_rule_follows_the_definition(primitive: str, case: Any) -> None:
    definition, _, _, settings = case
    x = arguments(case)
    np.testing.assert_allclose(
        RULES[primitive].forward(*x, **settings), definition(*x, **settings), rtol=1e-13, atol=1e-14
    )


@each_case
def test_the_shape_rule_gives_the_shape_of_the_value(primitive: str, case: Any) -> None:
    _, shapes, _, settings = case
    value = RULES[primitive].forward(*arguments(case), **settings)
    assert RULES[primitive].shape(*shapes, **settings) == np.shape(value)


def pulled_back(rule: Primitive, x: list[Array], settings: Any) -> tuple[Array, tuple[Any, ...]]:
    """An upstream gradient without symmetries, and what the backward rule makes of it."""
    y = np.asarray(rule.forward(*x, **settings))
    g = np.random.default_rng(3).uniform(0.5, 1.5, y.shape)
    return g, rule.backward(g, y, *x, **settings)


def columns(x: Array) -> list[tuple[Any, Array]]:
    """A unit direction for every entry."""
    directions = []
    for index in np.ndindex(*x.shape):
        direction = np.zeros(x.shape)
        direction[index] = 1.0
        directions.append((index, direction))
    return directions


@each_case
def test_the_backward_rule_equals_the_complex_step(primitive: str, case: Any) -> None:
    settings, x, rule = case[3], arguments(case), RULES[primitive]
    g, pieces = pulled_back(rule, x, settings)
    for position, piece in enumerate(pieces):
        if piece is None:
            assert primitive in LOSSES
            assert position == 1
            continue
        assert np.shape(piece) == x[position].shape
        for index, direction in columns(x[position]):
            moved = [*x]
            moved[position] = x[position] + 1e-30j * direction
            slope = np.imag(np.sum(g * rule.forward(*moved, **settings))) / 1e-30
            assert np.asarray(piece)[index] == pytest.approx(slope, rel=1e-11, abs=1e-13)


@each_case
def test_the_backward_rule_equals_the_central_difference(primitive: str, case: Any) -> None:
    settings, x, rule, step = case[3], arguments(case), RULES[primitive], 1e-5
    g, pieces = pulled_back(rule, x, settings)
    for position, piece in enumerate(pieces):
        for index, direction in columns(x[position]) if piece is not None else []:
            ends = []
            for sign in (1, -1):
                moved = [*x]
                moved[position] = x[position] + sign * step * direction
                ends.append(np.sum(g * rule.forward(*moved, **settings)))
            slope = (ends[0] - ends[1]) / (2 * step)
            assert np.asarray(piece)[index] == pytest.approx(slope, rel=1e-6, abs=1e-8)


SYMBOLIC: dict[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "negative": lambda a: -a,
    "general_power": lambda a, b: a**b,
    "power": lambda a, exponent: a ** sympy.nsimplify(exponent),
    "exp": sympy.exp,
    "log": sympy.log,
    "sqrt": sympy.sqrt,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tanh": sympy.tanh,
    "sigmoid": lambda a: 1 / (1 + sympy.exp(-a)),
    "softplus": lambda a: sympy.log(1 + sympy.exp(a)),
    "squared_error": lambda p, t: (p - t) ** 2,
    "half_squared_error": lambda p, t: (p - t) ** 2 / 2,
    "binary_cross_entropy": lambda p, t: -t * sympy.log(p) - (1 - t) * sympy.log(1 - p),
    "binary_cross_entropy_of_scores": lambda s, t: (
        t * sympy.log(1 + sympy.exp(-s)) + (1 - t) * sympy.log(1 + sympy.exp(s))
    ),
    "cross_entropy": lambda p, t: -t * sympy.log(p),
}


@pytest.mark.parametrize("primitive", SYMBOLIC)
def test_the_backward_rule_of_a_smooth_scalar_function_equals_sympy(primitive: str) -> None:
    for case in CASES[primitive]:
        if any(case[1]):
            continue
        settings, x = case[3], arguments(case)
        names = sympy.symbols("a b")[: len(x)]
        expression = SYMBOLIC[primitive](*names, **settings)
        at = dict(zip(names, map(float, x), strict=True))
        g, pieces = pulled_back(RULES[primitive], x, settings)
        for name, piece in zip(names, pieces, strict=True):
            if piece is not None:
                expected = float(g) * float(sympy.diff(expression, name).evalf(20, subs=at))
                assert float(piece) == pytest.approx(expected, rel=1e-12)
