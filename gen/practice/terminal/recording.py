"""Keeping what becomes of a question, from the first wrong answer on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gen.practice.ids import ItemId
from gen.practice.leitner import Standing, after
from gen.practice.progress import Answered
from gen.practice.store import Store
from gen.practice.terminal.sitting import Sitting


@dataclass
class Record:
    """What the store keeps of one question: each call of `keep` replaces what was kept before.

    `prior` is where the skill stood when the question was asked.
    """

    store: Store
    clock: Callable[[], float]
    named: ItemId
    sitting: Sitting
    prior: Standing | None
    kept: Answered | None = None
    standing: Standing | None = None

    def keep(self) -> None:
        """Write what the answers come to now, if nothing is added to them."""
        sitting = self.sitting
        answered = Answered(
            str(self.named),
            self.clock(),
            sitting.result,
            sitting.hints_used,
            tuple(sitting.slips),
        )
        self.standing = after(self.prior, answered.result, answered.time)
        self.store.record(answered, self.standing, self.kept)
        self.kept = answered
