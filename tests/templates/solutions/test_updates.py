from __future__ import annotations

import re

import pytest

from solver.arithmetic import EXACT, Arithmetic, Decimals
from solver.solution import Solution
from solver.specification import parse, pose
from solver.updates import Update
from templates.document import Block, Document, Heading, Table, Text
from templates.notation import load
from templates.solutions.updates import blocks
from templates.writers import text

SINGLE = """
input = [1, 2]
target = 1
loss = "binary_cross_entropy"
{more}
[[layer]]
weights = [["ln 3", 0]]
bias = 0
activation = "sigmoid"
"""


def updated(
    update: Update, more: str = "", notation: str = "standard", arithmetic: Arithmetic | None = None
) -> tuple[Block, ...]:
    chosen = load(notation)
    given = parse(SINGLE.format(more=more), exact=arithmetic is EXACT)
    posed = pose(given, chosen.conventions)
    kind = arithmetic or Decimals()
    solution = Solution(
        posed.network.graph, posed.givens, posed.wanted, kind, posed.network, chosen.sign
    )
    return blocks(solution, chosen, update)


def shown(found: tuple[Block, ...]) -> str:
    return re.sub(r"\s+", " ", text.write(Document("updates", found)))


def test_one_update_shows_the_new_values_and_the_loss_that_they_give() -> None:
    page = shown(updated(Update(0.5)))
    assert "Each parameter moves against its gradient, with learning rate ϵ = 0.5." in page
    # The score is ln 3, so the prediction is 3/4 and its delta -1/4.
    assert "= [1.0986 - 0.5 · (-0.2500), 0 - 0.5 · (-0.5000)] = [1.2236 0.2500]" in page
    assert "b⁽¹⁾ ← b⁽¹⁾ - ϵ · ∂J/∂b⁽¹⁾ = 0 - 0.5 · (-0.2500) = 0.1250" in page
    # sigmoid(1.2236 + 2 * 0.25 + 0.125) = sigmoid(1.8486), and -ln of that is 0.1462.
    assert "1.8486" in page
    assert "0.1462" in page


def test_only_what_is_asked_for_is_shown_but_everything_is_updated() -> None:
    page = shown(updated(Update(0.5), 'ask = ["W1[1,2]"]'))
    assert "W⁽¹⁾_(1,2) ← W⁽¹⁾_(1,2) - ϵ · ∂J/∂W⁽¹⁾_(1,2) = 0 - 0.5 · (-0.5000) = 0.2500" in page
    assert "b⁽¹⁾ ←" not in page
    assert "0.14622" in page


def test_a_course_that_writes_minus_gradients_adds_them() -> None:
    page = shown(updated(Update(0.5), 'ask = ["W1[1,2]"]', "waterloo-meila"))
    assert "+ η · (-∂ℒ/∂w⁽¹⁾₁₂) = 0 + 0.5 · 0.5000 = 0.2500" in page


def test_several_updates_have_a_heading_each_and_a_table_of_losses() -> None:
    found = updated(Update(0.5, 2, 0.9))
    headings = [block.content for block in found if isinstance(block, Heading)]
    assert headings == [(Text("Update 1"),), (Text("Update 2"),)]
    (table,) = (block for block in found if isinstance(block, Table))
    assert len(table.rows) == 3
    page = shown(found)
    assert "with learning rate ϵ = 0.5 and momentum α = 0.9: the velocity v starts at 0" in page
    assert "The passes again, with the new numbers:" in page


def test_of_many_updates_only_the_first_is_shown_line_by_line() -> None:
    found = updated(Update(0.5, 40))
    headings = [block for block in found if isinstance(block, Heading)]
    assert len(headings) == 1
    (table,) = (block for block in found if isinstance(block, Table))
    assert len(table.rows) == 41
    assert "With the new numbers:" not in shown(found)


def test_an_exact_update_stays_exact_or_says_that_it_does_not() -> None:
    page = shown(updated(Update(0.5), 'ask = ["b1"]', arithmetic=EXACT))
    assert "= 0 - 1/2 · (-1/4) = 1/8" in page
    assert "not exact" not in page
    assert "not exact: the exact numbers grow" in shown(updated(Update(0.5, 3), arithmetic=EXACT))


@pytest.mark.parametrize("notation", ["standard", "cmu-chai", "rutgers-kim", "cmu-gormley"])
def test_an_update_can_be_set_in_every_kind_of_notation(notation: str) -> None:
    assert "←" in shown(updated(Update(0.5, 2, 0.9), notation=notation))


def test_many_updates_are_worked_once_and_told_in_a_table() -> None:
    page = shown(updated(Update(0.5, steps=5)))
    assert page.count("Each parameter moves") == 1
    assert "Updates 2 to 5 repeat both passes with the new numbers." in page
    assert "Update 2 " not in page
