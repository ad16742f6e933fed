"""An exercise as one line of text: read back it judges the same, and hides what it holds."""

from __future__ import annotations

import bz2
import json
import re
from base64 import b64decode, b64encode

import numpy as np
import pytest

from solver.errors import InputError
from solver.exercise_text import read, write
from solver.exercises import Asked, Exercise, Expressions, Numbers, Sealed, seal
from solver.graph import GraphBuilder, Tangent
from solver.parsing.tokens import Lexicon
from solver.term import name as value_of


def exercise() -> Exercise:
    """One part of each kind: y is the entry of 2x that is 6."""
    graph = GraphBuilder()
    x = graph.input("x", (2,))
    doubled = graph.apply("multiply", graph.constant(2), x, name="u", hidden=True)
    graph.apply("entry", doubled, name="y", index=(1,))
    return Exercise(
        (
            Numbers((Asked("y", "value", None, 0.01),), (("first", (np.array(2.0),)),)),
            Sealed("letters", 3, "salt", seal("salt", "B"), {seal("salt", "A"): "first"}),
            Expressions(
                (value_of("x", (2,)).sum(),),
                (),
                Lexicon(((re.compile("x_1"), "name", "x"),)),
                ("x",),
                ("x_1",),
            ),
        ),
        {"right": "Right.", "slip": "No.", "wrong": "No.", "missing": "", "unread": ""},
        {"first": "That is the first entry."},
        graph.build(tangents={"u": Tangent("x", "")}),
        {"x": np.array([1.0, 3.0])},
        places=3,
    )


def test_what_is_read_back_is_the_same():
    before, after = exercise(), read(write(exercise()))
    assert after.parts[1:] == before.parts[1:]
    assert after.places == 3
    assert after.graph is not None
    assert before.graph is not None
    for field in ("inputs", "constants", "equations", "output", "shapes", "tangents"):
        assert getattr(after.graph, field) == getattr(before.graph, field)
    assert after.given["x"].tolist() == [1.0, 3.0]


def test_it_judges_the_same():
    marks = [each.check(2, "A", None).lines for each in (exercise(), read(write(exercise())))]
    assert marks[0] == marks[1]
    assert read(write(exercise())).check(6, "B", None).lines[:2] == (
        "**(a)** Right.",
        "**(b)** Right.",
    )


def test_the_same_exercise_is_the_same_text():
    assert write(exercise()) == write(exercise())


def test_the_text_says_nothing_at_a_glance_and_has_no_answer_in_it():
    text = write(exercise())
    assert re.fullmatch(r"[A-Za-z0-9+/=]+", text)
    record = json.loads(bz2.decompress(b64decode(text)))
    assert record["parts"][0][1] == [["y", "value", None, 0.01, 1, False]]


@pytest.mark.parametrize("text", ["", "no base64!", "QUJD", write(exercise())[:-8]])
def test_a_damaged_text_is_one_sentence(text: str):
    with pytest.raises(InputError, match="damaged"):
        read(text)


def test_a_text_of_a_later_release_is_one_sentence():
    later = b64encode(bz2.compress(b'{"format": 2}')).decode()
    with pytest.raises(InputError, match="another release"):
        read(later)
