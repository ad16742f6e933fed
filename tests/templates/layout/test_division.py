from __future__ import annotations

import pytest

from templates.layout.division import (
    at_clauses,
    at_relations,
    at_signs,
    joined,
    relation_last,
    trimmed,
)
from templates.mathematics import parse, plain_tree


def shown(parts: tuple[object, ...]) -> list[str]:
    return [plain_tree(part) for part in parts]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("a = b = c", ["a", "= b", "= c"]),
        ("f(x = 1) = 2", ["f(x = 1)", "= 2"]),
        (r"x \approx \frac{a = b}{c}", ["x", "≈ (a = b)/c"]),
        ("a + b", ["a + b"]),
        ("= b", ["= b"]),
    ],
)
def test_a_chain_is_cut_before_the_relations_outside_brackets(
    source: str, parts: list[str]
) -> None:
    assert shown(at_relations(parse(source))) == parts


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("= a + b - c", ["= a", "+ b", "- c"]),
        ("= -a + (b + c)", ["= -a", "+ (b + c)"]),
        (r"a \cdot -b", ["a · -b"]),
    ],
)
def test_a_sum_is_cut_before_its_signs_and_a_sign_stays_with_its_number(
    source: str, parts: list[str]
) -> None:
    assert shown(at_signs(parse(source))) == parts


def test_clauses_are_cut_after_the_comma_and_lose_the_space() -> None:
    assert shown(at_clauses(parse(r"a = 1,\quad b = (2,\quad 3)"))) == ["a = 1,", "b = (2, 3)"]


def test_running_text_divides_after_relations() -> None:
    assert shown(relation_last(at_relations(parse("a = b = c")))) == ["a =", "b =", "c"]


def test_the_parts_joined_are_the_formula() -> None:
    tree = parse(r"a = b + c \leq d")
    assert joined(*at_relations(tree)) == tree


def test_trimming_takes_space_from_the_ends_only() -> None:
    assert trimmed(parse(r"\quad a \, b \quad")) == parse(r"a \, b")
