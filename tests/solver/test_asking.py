from __future__ import annotations

import re
from typing import Any

import pytest

from solver.asking import wanted
from solver.errors import InputError
from solver.network import Architecture, Layer, Network, build


def network(**settings: Any) -> Network:
    return build(Architecture(2, (Layer(3, "tanh"), Layer(1, bias=False)), **settings))


def shown(names: list[str], **settings: Any) -> list[tuple[str, Any]]:
    return [(str(leaf), index) for leaf, index in wanted(network(**settings), names)]


def test_without_a_question_the_loss_and_every_gradient_are_wanted() -> None:
    assert shown([]) == [("loss", None), ("d[W1]", None), ("d[b1]", None), ("d[W2]", None)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("W1", ("d[W1]", None)),
        ("b1", ("d[b1]", None)),
        ("delta1", ("d[s1]", None)),
        ("s1", ("s1", None)),
        ("o1", ("o1", None)),
        ("o2", ("s2", None)),
        ("loss", ("loss", None)),
        ("W1[3,2]", ("d[W1]", (2, 1))),
        (" W1 [ 3 , 2 ] ", ("d[W1]", (2, 1))),
        ("b1[2]", ("d[b1]", (1, 0))),
        ("delta1[3]", ("d[s1]", (2, 0))),
        ("o1[3]", ("o1", (2, 0))),
    ],
)
def test_a_name_asks_for_its_leaf(name: str, expected: tuple[str, Any]) -> None:
    assert shown([name]) == [expected]


def test_an_entry_is_asked_for_in_the_same_way_in_every_orientation() -> None:
    names = ["W1[3,2]", "b1[3]", "delta1[3]"]
    assert [index for _, index in shown(names, transposed=True)] == [(1, 2), (2, 0), (2, 0)]
    assert [index for _, index in shown(names, rows=True)] == [(1, 2), (0, 2), (0, 2)]
    assert [index for _, index in shown(names, bias="folded")] == [(2, 2), (2, 0), (2, 0)]


def test_a_bias_that_is_folded_in_is_asked_for_as_entries_of_the_weights() -> None:
    entries = [("d[W1]", (unit, 0)) for unit in range(3)]
    assert shown(["b1"], bias="folded") == entries
    assert shown(["b1[2]", "b1[2]"], bias="folded") == entries[1:2]


def test_what_is_computed_for_a_batch_has_unit_and_example() -> None:
    assert shown(["delta1[3,4]", "W1[3,1]"], examples=4) == [("d[s1]", (2, 3)), ("d[W1]", (2, 0))]
    assert shown(["o1[3,4]"], examples=4, rows=True) == [("o1", (3, 2))]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "'' asks for nothing known; write W1, b1, W1[2,1] or delta1"),
        ("V1", "'V1' asks for nothing known"),
        ("W", "'W' asks for nothing known"),
        ("W1[1,2", "'W1[1,2' asks for nothing known"),
        ("W" + "1" * 10_000, "asks for nothing known"),
        ("W3", "there is no W3; the network has 2 layers"),
        ("b2", "there is no b2; layer 2 has no bias"),
        ("loss[1]", "the loss is one number; ask for it without an entry"),
        ("W1[1]", "there is no W1[1]; write unit and input, counted from 1, up to W1[3,2]"),
        ("W1[0,1]", "there is no W1[0,1]; write unit and input, counted from 1, up to W1[3,2]"),
        ("W1[4,1]", "there is no W1[4,1]"),
        ("W1[]", "there is no W1[]"),
        ("W1[a,b]", "there is no W1[a,b]"),
        ("b1[4]", "there is no b1[4]; write unit, counted from 1, up to b1[3]"),
        ("s1[1,2]", "there is no s1[1,2]; write unit, counted from 1, up to s1[3]"),
    ],
)
def test_what_the_network_lacks_is_refused_in_one_sentence(name: str, sentence: str) -> None:
    with pytest.raises(InputError, match=re.escape(sentence)):
        wanted(network(), [name])
