"""Keys hold what judges an item, as plain data, the same every time."""

from __future__ import annotations

import json
import re
import time
from functools import cache
from typing import Any

import numpy as np
import pytest

from gen.draw import Draw
from gen.family import find, load_families
from gen.grading.expressions import symbols
from gen.items import make
from gen.practice.deck import make_deck
from gen.practice.expressions import javascript
from gen.practice.keys import key_of
from gen.problem import Item, Key
from templates.notation import load
from templates.spelling import lexicon
from tests.judging import Judge

NOTATIONS = ("standard", "cmu-gormley", "rutgers-kim", "nyu-linzen", "waterloo-meila", "cmu-chai")


@cache
def items() -> tuple[Item, ...]:
    return tuple(make_deck(load_families().values(), 5, 6).items)


def item(
    family: str, difficulty: Any, form: Any, slot: int = 1, notation: str = "standard"
) -> Item:
    found = find(family)
    key = Key(family, found.family.version, 7, slot)
    return make(found, key, difficulty, form, notation=load(notation))


def test_a_key_is_data_for_json_without_what_json_does_not_know():
    for each in items():
        text = json.dumps(key_of(each), allow_nan=False)
        assert len(text) < 60_000
        assert json.loads(text) == key_of(each)


def test_the_same_item_has_the_same_key_and_keys_are_small():
    again = make_deck(load_families().values(), 5, 6).items
    texts = [json.dumps(key_of(each), separators=(",", ":")) for each in again]
    assert texts == [json.dumps(key_of(each), separators=(",", ":")) for each in items()]
    assert sum(map(len, texts)) / len(texts) < 3_000


def test_numbers_are_flat_with_their_shapes_tolerances_and_wrong_answers():
    for each in items():
        for part, solved, found in zip(
            each.problem.parts, each.solution.parts, key_of(each)["parts"], strict=True
        ):
            if found["kind"] != "numbers":
                continue
            answer = solved.answer
            assert answer is not None
            assert len(found["asks"]) == len(part.asks)
            for ask, value, within in zip(
                found["asks"], answer.values, answer.tolerances, strict=True
            ):
                array = np.reshape(ask["values"], ask["shape"])
                assert np.array_equal(array, np.asarray(value, dtype=float))
                assert ask["tolerance"] == within
            slips = ["+".join(wrong["slips"]) for wrong in found["wrong"]]
            assert slips == [wrong.slip for wrong in answer.wrong]


def test_options_say_which_are_right_and_which_slip_leads_to_the_others():
    each = item("softmax_values", "easy", "choice")
    (found,) = key_of(each)["parts"]
    options = each.solution.parts[0].options
    assert found["kind"] == "choice"
    assert [options[place].right for place in found["right"]] == [True]
    assert found["slips"] == [option.slip for option in options]


def test_a_statement_is_true_or_false():
    each = item("concept_check", "easy", "true_false")
    truths = [part["truth"] for part in key_of(each)["parts"]]
    assert truths == [part.claims[0].true for part in each.problem.parts]


def test_shapes_are_spelled_without_marks_that_make_no_difference():
    every = [
        size
        for slot in range(1, 7)
        for notation in NOTATIONS
        for part in key_of(item("gradient_shape", "hard", "shape", slot, notation))["parts"]
        for sizes in part["shapes"]
        for size in sizes
    ]
    assert every
    assert not [size for size in every if re.search(r"[_{}\s]", size)]


def test_an_item_in_which_nothing_follows_has_no_program():
    assert "program" not in key_of(item("softmax_values", "easy", "numeric"))
    assert "program" in key_of(item("forward_pass", "medium", "numeric"))


def test_a_program_has_only_lines_that_lead_to_what_is_asked_for():
    for each in items():
        program = key_of(each).get("program")
        if program is None:
            continue
        used = {place for quantity in program["quantities"] for place in quantity["lines"]}
        assert used == set(range(len(program["lines"])))
        leaves = json.dumps(program["lines"])
        assert all(f'"{name}"' in leaves for name in program["inputs"])


def test_a_program_run_in_javascript_gives_the_right_answers(judge: Judge):
    code = """([text]) => JSON.stringify(JSON.parse(text).map((program) => {
        const { program: ready } = new Judge.follow.Following(program);
        return program.quantities.map((each) => Judge.lines.follow(ready, each, new Map()));
    }))"""
    programs = [p for p in (key_of(each).get("program") for each in items()) if p]
    assert len(programs) > 60
    found = json.loads(judge.page.evaluate(code, [json.dumps(programs)]))
    for program, results in zip(programs, found, strict=True):
        for quantity, result in zip(program["quantities"], results, strict=True):
            assert result == pytest.approx(quantity["right"], rel=1e-9, abs=1e-12)


def test_the_right_expression_is_not_in_the_page_but_its_values_are():
    key = key_of(item("symbolic_derivative", "medium", "symbolic"))
    part, language = key["parts"][0], key["language"]
    assert set(part) == {"kind", "right", "wrong"}
    assert {len(column) for column in (*part["right"], *language["points"])} == {24}
    assert part["wrong"][0]["slip"] == "sign_reversed"
    assert part["wrong"][0]["values"][0] == [-value for value in part["right"][0]]


PIECES = [
    *("y", "y*", "y^*", "y_*", "yhat", r"\hat{y}", "ŷ", "z_1", "z1", "z₁", "z_{1}", "z_12", "z 1"),
    *("h_1^(1)", "h^(1)_1", "h^{(1)}_{1}", "h⁽¹⁾_1", "alpha_12", r"\alpha_{1,2}", "α_1,2"),
    *("W_1,1^(1)", "W^(2)_12", "w_{2, 1}", "b", "b_1", "yz_1", "y2", "y²", "y(", "x_2 "),
    *("a_1", "s_1^(2)", "P[C|x]", "P", "y\u0301", "tanh", "beta_1", "ystar", "_", "", " ", "*"),
    *("^", "١", "ß", "\\", "{", "é"),
]  # fmt: skip


def marked(text: str) -> str:
    """The text as the tokens of an expression have it before symbols are looked for."""
    return text.translate(str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789"))


@pytest.mark.parametrize("notation", NOTATIONS)
def test_symbols_are_spelled_in_javascript_as_in_python(judge: Judge, notation: str):
    draw = Draw("spellings", notation)
    texts = ["".join(draw.choice(PIECES) for _ in range(draw.integer(1, 3))) for _ in range(250)]
    texts = [marked(text) for text in (*PIECES, *texts)]
    code = """([spellings, texts]) => texts.map((text) => Judge.tokens.lexicon(spellings)
        .filter(([,,, symbol]) => symbol)
        .map(([pattern]) => {
            pattern.lastIndex = 0;
            return pattern.test(text) ? pattern.lastIndex : -1;
        }))"""
    found = 0
    for difficulty in ("easy", "medium", "hard"):
        each = item("symbolic_derivative", difficulty, "symbolic", notation=notation)
        spellings = key_of(each)["language"]["spellings"]
        entries = lexicon(symbols(each)).entries
        ends = judge.page.evaluate(code, [spellings, texts])
        for text, javascript_ends in zip(texts, ends, strict=True):
            matches = [pattern.match(text) for pattern, _, _ in entries]
            assert javascript_ends == [match.end() if match else -1 for match in matches], text
            found += sum(match is not None for match in matches)
    assert found > 100


@pytest.mark.parametrize(
    "piece", ["h_", "W_1", "y", "\\hat{", "h^(", "y*", "(", "1", "²", "x_1,", " "]
)
def test_no_text_takes_long_to_look_for_symbols_in(judge: Judge, piece: str):
    key = key_of(item("symbolic_derivative", "hard", "symbolic", notation="cmu-gormley"))
    texts: list[str | None] = [(piece * 1_000)[:1_000]] * len(key["parts"])
    start = time.perf_counter()
    judge.grade(key, *texts)
    assert time.perf_counter() - start < 5


def test_a_pattern_is_written_as_javascript_takes_it():
    assert javascript(r"y\-1\{?(?!\d)") == r"y-1\{?(?!\p{Nd})"
    assert javascript(r"a(?![^\W²])\w") == r"a(?!(?![²])[\p{L}\p{N}_])[\p{L}\p{N}_]"
    assert javascript(r"\\alpha\ ") == r"\\alpha "
