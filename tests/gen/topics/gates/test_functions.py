"""Logical functions and perceptrons: known tables, and which of them a line separates."""

from __future__ import annotations

import pytest

from gen.families.perceptron_gate import LECTURE
from gen.topics.gates import oracle
from gen.topics.gates.functions import (
    INSEPARABLE,
    Perceptron,
    named,
    names,
    perceptrons,
    rows,
    separable,
    table,
)

TABLES = {
    "and": "0001",
    "or": "0111",
    "nand": "1110",
    "nor": "1000",
    "first_only": "0010",
    "second_only": "0100",
    "first_implies_second": "1101",
    "second_implies_first": "1011",
    "xor": "0110",
    "xnor": "1001",
}
TABLES_OF_THREE = {
    "and": "00000001",
    "or": "01111111",
    "nand": "11111110",
    "nor": "10000000",
    "most": "00010111",
    "few": "11101000",
    "first_and_another": "00000111",
    "first_or_both_others": "00011111",
    "one": "01101000",
    "two": "00010110",
    "equal": "10000001",
    "unequal": "01111110",
    "xor": "01101001",
}


def test_inputs_are_counted_as_binary_numbers():
    assert rows(2) == ((0, 0), (0, 1), (1, 0), (1, 1))
    assert [4 * a + 2 * b + c for a, b, c in rows(3)] == list(range(8))


@pytest.mark.parametrize(("inputs", "tables"), [(2, TABLES), (3, TABLES_OF_THREE)])
def test_every_function_has_its_table_and_its_name(inputs: int, tables: dict[str, str]):
    assert set(names(inputs)) == set(tables)
    for name, digits in tables.items():
        assert table(name, inputs) == tuple(map(int, digits))
        assert named(table(name, inputs), inputs) == name
    assert named((0,) * 2**inputs, inputs) == ""


def test_the_perceptron_of_the_lecture_detects_light_in_both_places():
    assert [LECTURE.total(row) for row in rows(2)] == [0, 1, 1, 2]
    assert named(LECTURE.table(), 2) == "and"
    assert LECTURE.thresholds() == (2, 2)


@pytest.mark.parametrize("inputs", [2, 3])
def test_small_weights_compute_every_function_without_equal_sums_and_no_other(inputs: int):
    for name in names(inputs):
        found = perceptrons(table(name, inputs), inputs)
        assert bool(found) is oracle.exists(name, inputs) is (name not in INSEPARABLE)
        assert (name in separable(inputs)) is bool(found)
        for each in found[::17]:
            assert oracle.computes(each.weights, each.threshold, name)


@pytest.mark.parametrize("name", separable(3))
def test_the_thresholds_of_a_perceptron_end_where_an_output_changes(name: str):
    for each in perceptrons(table(name, 3), 3)[::29]:
        low, high = each.thresholds()
        same = [t for t in range(-20, 21) if Perceptron(each.weights, t).table() == each.table()]
        assert same == list(range(low, high + 1))
