"""Numbers of statements about the chain rule and computation graphs."""

from __future__ import annotations

from fractions import Fraction

from gen.draw import Draw
from gen.topics.concepts.numbers.case import Case, different, signed


def derivative_entries(draw: Draw) -> Case:
    """Partial derivatives of a vector by a matrix."""
    size, rows, columns = different(draw, 3, 2, 7)
    facts = {"size": size, "rows": rows, "columns": columns}
    right = size * rows * columns
    return Case(facts, right, (size + rows * columns, rows * columns, size * rows), 2)


def two_paths(draw: Draw) -> Case:
    """The sum over two paths of two factors each."""
    pu, qu, yp, yq = signed(draw, 4, 2, 6)
    facts = {"pu": pu, "qu": qu, "yp": yp, "yq": yq}
    right = yp * pu + yq * qu
    return Case(facts, right, (yp * pu * yq * qu, (pu + qu) * (yp + yq), yp * pu), 3)


def both_arguments_move(draw: Draw) -> Case:
    """The derivative of a product whose factors both depend on t."""
    factor, t = draw.integer(2, 6), draw.integer(2, 5)
    wrong = (2 * factor * t * t, factor * t * t, 2 * t * factor)
    return Case({"factor": factor, "t": t}, 3 * factor * t * t, wrong, 5)


def weight_of_a_node(draw: Draw) -> Case:
    """What a product sends back to one factor."""
    w, d, arriving = signed(draw, 3, 2, 9)
    facts = {"w": w, "d": d, "arriving": arriving}
    return Case(facts, arriving * d, (arriving * w, arriving * w * d, d), 1)


def affine_change(draw: Draw) -> Case:
    """The entry of a matrix that one input acts through on one output."""
    a, b, c, d = signed(draw, 4, 2, 9)
    row = draw.integer(1, 2)
    facts = {"a": a, "b": b, "c": c, "d": d, "row": row, "column": 3 - row}
    right, turned = (b, c) if row == 1 else (c, b)
    return Case(facts, right, (turned, a, d), 1)


def number_of_paths(draw: Draw) -> Case:
    """Paths through two groups of nodes that are fully connected."""
    first, second = different(draw, 2, 2, 7)
    wrong = (first + second, first + second + 1, first * second + first)
    return Case({"first": first, "second": second}, first * second, wrong, 1)


def sum_in_the_middle(draw: Draw) -> Case:
    """The terms of the chain rule for vectors."""
    inputs, middle, outputs = different(draw, 3, 2, 9)
    facts = {"inputs": inputs, "middle": middle, "outputs": outputs}
    return Case(facts, middle, (inputs, outputs, inputs * outputs), 1)


def residual_weight(draw: Draw) -> Case:
    """The derivative of a squared residual by a weight."""
    residual, given = signed(draw, 2, 2, 7)
    product = residual * given
    facts = {"residual": residual, "input": given}
    return Case(facts, -2 * product, (2 * product, -product, -2 * residual), 3)


def ridge_weight(draw: Draw) -> Case:
    """The derivative of a squared residual with an L2 penalty by the weight."""
    residual, x, w = signed(draw, 3, 2, 5)
    penalty = draw.integer(2, 5)
    path, shrink = -2 * residual * x, penalty * w
    facts = {"residual": residual, "x": x, "w": w, "penalty": penalty}
    return Case(facts, path + 2 * shrink, (path + shrink, path, 2 * shrink - path), 5)


def sum_of_children(draw: Draw) -> Case:
    """What a node with three children sends back."""
    first, second, third = signed(draw, 3, 2, 8)
    local = draw.sign() * draw.integer(2, 5)
    facts = {"first": first, "second": second, "third": third, "local": local}
    arriving = first + second + third
    return Case(facts, local * arriving, (arriving, local * third, first * second * third), 3)


def uses_of_a_value(draw: Draw) -> Case:
    """How many contributions the derivative by an intermediate value has."""
    inputs, uses = different(draw, 2, 2, 6)
    return Case({"inputs": inputs, "uses": uses}, uses, (inputs, inputs + uses, inputs * uses), 1)


def product_node(draw: Draw) -> Case:
    """What a product of two sends back to the first."""
    p, q, arriving = signed(draw, 3, 2, 9)
    facts = {"p": p, "q": q, "arriving": arriving}
    return Case(facts, arriving * q, (arriving * p, q, arriving * p * q), 1)


def quotient_node(draw: Draw) -> Case:
    """What a quotient sends back to its denominator."""
    q = draw.integer(2, 4)
    p, arriving = q * q * draw.sign() * draw.integer(1, 3), draw.integer(2, 6)
    right = -arriving * p // (q * q)
    facts = {"p": p, "q": q, "arriving": arriving}
    return Case(facts, right, (-right, q * right, Fraction(arriving, q)), 4)
