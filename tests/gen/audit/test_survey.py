"""A survey counts what is there, and finds what was spoiled on purpose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from gen.audit import guesses, survey
from gen.audit.report import COLUMNS, Row, head, line
from gen.audit.survey import Tally
from gen.family import find
from gen.items import make
from gen.problem import Answer, Claim, Item, Key, Option, Part, PartSolution

Use = Callable[..., None]
Source = Callable[..., str]


def item_of(name: str, form: str, seed: int = 1) -> Item:
    loaded = find(name)
    return make(loaded, Key(name, loaded.family.version, seed), "easy", form)  # type: ignore[arg-type]


def with_part(item: Item, solved: PartSolution) -> Item:
    return replace(item, solution=replace(item.solution, parts=(solved,)))


def found(item: Item) -> list[str]:
    tally = Tally()
    tally.add(item)
    return list(Row("f", "easy", tally).findings())


def test_a_survey_makes_an_item_for_every_seed_in_all_forms_by_turns():
    tally = survey.survey("softmax_values", "easy", range(8))
    assert (tally.items, len(tally.fingerprints)) == (8, 8)
    assert sum(tally.letters.values()) == sum(tally.ranks.values()) == 4
    assert len(tally.work) == len(tally.seconds) == 8
    assert tally.numbers > 8
    assert 0 < tally.reach < 0.05


def test_exact_items_are_surveyed_too():
    assert survey.survey("cross_entropy", "easy", range(4), "exact").items == 4


def test_a_wrong_key_is_reported_with_its_seed(use_families: Use, product_source: Source):
    wrong = "    from gen.verification import Mismatch\n    raise Mismatch('no')\n"
    source = product_source("wrong", ("numeric",)).replace("    (value,)", f"{wrong}    (value,)")
    use_families(wrong=source)
    tally = survey.survey("wrong", "easy", range(2))
    assert tally.items == 0
    assert "seed 1" in "\n".join(Row("wrong", "easy", tally).findings())


@pytest.mark.parametrize(
    ("value", "tolerance", "complaint"),
    [
        (0.0, 0.1, "an answer is zero"),
        (0.05, 0.1, "the tolerance takes in zero"),
        (np.nan, 0.1, "an answer is not finite"),
    ],
)
def test_a_dull_answer_is_found(value: float, tolerance: float, complaint: str):
    answer = Answer((np.array(value),), (np.array(value),), (tolerance,), ())
    item = with_part(item_of("softmax_values", "numeric"), PartSolution(answer))
    assert complaint in found(item)[0]


def test_a_part_about_what_gets_nothing_may_have_a_zero_but_not_nothing_else():
    item = item_of("softmax_values", "numeric")
    part = replace(item.problem.parts[0], zeros=True)
    item = replace(item, problem=replace(item.problem, parts=(part, *item.problem.parts[1:])))

    def solved(*values: float) -> Item:
        arrays = tuple(map(np.array, values))
        return with_part(item, PartSolution(Answer(arrays, arrays, (0.1,) * len(values), ())))

    assert found(solved(0.0, 3.0)) == []
    assert "an answer is zero" in found(solved(0.0))[0]


def test_equal_options_are_found():
    item = item_of("softmax_values", "choice")
    (solved,) = item.solution.parts
    first, second, *others = solved.options
    twin = replace(second, values=first.values)
    spoiled = with_part(item, replace(solved, options=(first, twin, *others)))
    assert "two options look the same" in "\n".join(found(spoiled))


def tries(item: Item) -> dict[str, tuple[bool, float]]:
    return {name: (right, chance) for name, right, chance in guesses.guesses(item)}


@pytest.mark.parametrize(("value", "hits"), [(0.0, (True, False)), (1.0, (False, True))])
def test_the_guesses_0_and_1_are_judged_within_the_tolerance(value: float, hits: tuple[bool, bool]):
    answer = Answer((np.array(value + 0.01),), (np.array(value),), (0.02,), ())
    found = tries(with_part(item_of("softmax_values", "numeric"), PartSolution(answer)))
    assert (found["0"][0], found["1"][0]) == hits


def test_the_longest_option_is_guessed_with_the_chance_of_any():
    item = item_of("delta_shape", "choice")
    (solved,) = item.solution.parts
    texts = [str(o.candidate.expression) for o in solved.options if o.candidate]
    found = tries(item)
    assert found.get("longest", (None, 1 / len(texts)))[1] == pytest.approx(1 / len(texts))


def test_of_a_statement_true_is_guessed(monkeypatch: pytest.MonkeyPatch):
    claim = Claim("c", True)
    options = (Option(True, claim=claim, says=True), Option(False, claim=claim, says=False))
    part = Part("true_false", claims=(claim,))
    item = SimpleNamespace(
        problem=SimpleNamespace(parts=(part,)),
        solution=SimpleNamespace(parts=(PartSolution(options=options),)),
    )
    monkeypatch.setattr(guesses, "Context", lambda item: None)
    assert tries(item) == {"true": (True, 0.5)}  # type: ignore[arg-type]


def test_a_guess_that_pays_is_a_finding():
    tally = Tally()
    tally.tries["longest"] += [(True, 0.25)] * 60
    tally.tries["0"] += [(True, 0.0)] * 5 + [(False, 0.0)] * 5
    sentences = "\n".join(Row("f", "easy", tally).findings())
    assert "'longest' is right 75 % more than chance" in sentences
    assert "0 is right in 50 % of all cases" in sentences


def test_one_answer_of_one_in_few_items_is_no_finding():
    tally = Tally()
    tally.tries["1"] += [(True, 0.0)] + [(False, 0.0)] * 11
    assert list(Row("f", "easy", tally).findings()) == []


def test_an_uneven_place_is_a_finding():
    tally = Tally()
    tally.letters.update({(4, 0): 90, (4, 1): 10, (4, 2): 10, (4, 3): 10})
    assert "the letter of the right option is uneven" in "\n".join(
        Row("f", "easy", tally).findings()
    )


def test_a_row_stands_below_the_heads_of_its_columns():
    tally = survey.survey("softmax_values", "easy", range(4))
    cells = Row("softmax_values", "easy", tally).cells()
    assert len(cells) == len(COLUMNS)
    assert len(line(cells)) == len(head())


def test_sheets_hold_every_kind_of_item_on_one_page(tmp_path: Path):
    from gen.audit.sheets import sheet

    content = sheet(find("softmax_values"), 1)
    assert content.startswith(b"%PDF-")
    assert content.count(b"/Type /Page\n") == 1
