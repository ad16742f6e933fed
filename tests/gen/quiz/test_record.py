"""The record says everything about a quiz in JSON that is the same on every machine."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from gen import __version__
from gen.problem import Verification
from gen.quiz.record import lay_out, record
from gen.quiz.settings import Settings
from gen.quiz.versions import Quiz, build


@pytest.fixture
def quiz(products: tuple[str, ...]) -> Quiz:
    return build(Settings(7, title="Épreuve", families=products, versions=2))


def test_it_reads_back_and_says_what_made_it(quiz: Quiz):
    read = json.loads(record(quiz))
    assert (read["program"], read["program_version"]) == ("backprep", __version__)
    assert read["settings"]["seed"] == 7
    assert read["settings"]["families"] == ["both", "numbers", "ticks"]
    assert [version["mark"] for version in read["versions"]] == ["A", "B"]


def test_items_stand_in_printed_order_with_their_keys(quiz: Quiz):
    read = json.loads(record(quiz))
    for version, written in zip(quiz.versions, read["versions"], strict=True):
        assert [item["key"] for item in written["items"]] == [
            {
                "family": item.key.family,
                "family_version": 1,
                "seed": 7,
                "slot": item.key.slot,
                "version": version.number,
            }
            for item in version.items
        ]


def test_parts_carry_answers_tolerances_slips_and_the_options_as_printed(quiz: Quiz):
    for item in json.loads(record(quiz))["versions"][1]["items"]:
        a, b = item["params"]["a"], item["params"]["b"]
        (part,) = item["parts"]
        assert part["asks"] == [{"node": "y", "of": "value", "index": None}]
        assert part["answer"]["values"] == [a * b]
        assert part["answer"]["tolerances"] == [0.5]
        assert part["answer"]["wrong"] == [{"slip": "added", "values": [a + b]}]
        offered = {option["letter"]: option["option"] for option in part["options"]}
        assert list(offered) == ([] if item["form"] == "numeric" else ["A", "B"])
        for option in offered.values():
            assert option["values"] == [a * b if option["right"] else a + b]


def test_graph_givens_and_steps_are_there(quiz: Quiz):
    item = json.loads(record(quiz))["versions"][0]["items"][0]
    a, b = item["params"]["a"], item["params"]["b"]
    assert item["givens"] == {"a": a, "b": b}
    assert [equation["op"] for equation in item["graph"]["equations"]] == ["multiply"]
    (step,) = item["steps"]
    assert (step["kind"], step["target"], step["value"]) == ("forward", "y", a * b)
    assert step["uses"] == ["a", "b"]
    assert all(isinstance(step[name], str) for name in ("formula", "substitution"))


def test_a_deviation_is_a_power_of_ten_that_no_machine_goes_below(quiz: Quiz):
    def written(deviation: float) -> float:
        version = quiz.versions[0]
        seen = (Verification("oracle", 1, deviation),)
        items = (replace(version.items[0], verifications=seen),)
        lone = Quiz(quiz.settings, quiz.slots, (replace(version, items=items),))
        (item,) = json.loads(record(lone))["versions"][0]["items"]
        return item["verifications"][0]["deviation_at_most"]

    assert [written(d) for d in (0.0, 3e-16, 2.5e-8, 0.02)] == [1e-9, 1e-9, 1e-7, 0.1]


def test_no_number_has_more_than_ten_significant_digits_or_a_signed_zero(quiz: Quiz):
    text = record(quiz)
    for number in re.findall(r"(?<![\w\"])-?\d+\.\d+(?:e-?\d+)?", text):
        assert len(number.lstrip("-0.").split("e")[0].replace(".", "")) <= 10
    assert "-0.0," not in text


def test_the_same_settings_give_the_same_text(quiz: Quiz):
    assert record(build(quiz.settings)) == record(quiz)


def test_text_ends_in_one_newline_and_keeps_letters_as_they_are(quiz: Quiz):
    text = record(quiz)
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")
    assert "Épreuve" in text


def test_what_is_short_stands_on_one_line_and_names_are_sorted():
    value = {"b": [1, 2, {"x": []}], "a": ["word" * 10, "word" * 20], "c": {}}
    expected = (
        "{\n"
        '  "a": [\n'
        f'    "{"word" * 10}",\n'
        f'    "{"word" * 20}"\n'
        "  ],\n"
        '  "b": [1, 2, {"x": []}],\n'
        '  "c": {}\n'
        "}\n"
    )
    assert lay_out(value) == expected
    assert json.loads(expected) == value
