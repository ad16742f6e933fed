"""The truth of a statement, found again."""

from __future__ import annotations

from gen.topics.concepts.bank import statements
from gen.topics.concepts.oracle import oracle
from gen.topics.concepts.sampling import Said

ALLOWED = 1e-6
"""The share of itself by which a number of the oracle may differ; wrong ones differ by far more."""


def holds(said: Said) -> bool:
    """Whether a statement is true: by its oracle if it has numbers, else by its wording."""
    if not statements()[said.name].computed:
        return said.true
    facts = dict(said.facts)
    claimed = facts.pop("claimed")
    del facts["right"]
    found = float(oracle(said.name)(**facts))
    return abs(found - float(claimed)) <= ALLOWED * max(1.0, abs(found))
