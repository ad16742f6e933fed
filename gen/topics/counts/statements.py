"""Statements about how many passes a derivative takes, true ones and somebody's mistakes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from gen.draw import Draw
from gen.family import Rejected
from gen.problem import Claim
from gen.topics.counts.toy import Method, Task
from gen.vocabulary import Difficulty

Statement = tuple[Task, Method, int]
"""What is wanted, how it is done, and the number of passes or evaluations that is claimed."""

OFFERED: Mapping[Difficulty, int] = {"easy": 4, "medium": 5, "hard": 6}
_TASKS: Mapping[Difficulty, tuple[Task, ...]] = {
    "easy": ("jacobian", "row", "column"),
    "medium": ("jacobian", "row", "column", "direction"),
    "hard": ("jacobian", "row", "column", "direction", "weighted"),
}
_METHODS: Mapping[Difficulty, tuple[Method, ...]] = {
    "easy": ("forward", "reverse"),
    "medium": ("forward", "reverse", "centred", "one_sided"),
    "hard": ("forward", "reverse", "centred", "one_sided"),
}


def right(task: Task, method: Method, inputs: int, outputs: int) -> int:
    """The smallest number that suffices, whatever the function is."""
    directions = 1 if task in ("column", "direction") else inputs
    match method:
        case "forward":
            return directions
        case "reverse":
            return 1 if task in ("row", "weighted") else outputs
        case "centred":
            return 2 * directions
        case "one_sided":
            return directions + 1


def draw_statements(
    draw: Draw, difficulty: Difficulty, inputs: int, outputs: int
) -> tuple[Statement, ...]:
    """Different questions, some answered rightly and some as a student would who mixes things up.

    At least one is right and one is wrong.
    """
    count = OFFERED[difficulty]
    pairs = list(product(_TASKS[difficulty], _METHODS[difficulty]))
    chosen = draw.sample(pairs, count)
    true = draw.integer(1, count - 1)
    found = [
        (
            *pair,
            right(*pair, inputs, outputs) if place < true else _wrong(draw, *pair, inputs, outputs),
        )
        for place, pair in enumerate(chosen)
    ]
    return draw.shuffle(found)


def _wrong(draw: Draw, task: Task, method: Method, inputs: int, outputs: int) -> int:
    """What the other mode takes, or another task, or the entries of the Jacobian, but not right."""
    fits = right(task, method, inputs, outputs)
    others: Sequence[int] = (
        *(right(task, other, inputs, outputs) for other in _METHODS["medium"]),
        *(right(other, method, inputs, outputs) for other in _TASKS["hard"]),
        inputs * outputs if task == "jacobian" else inputs,
    )
    wrong = sorted({number for number in others if number != fits})
    if not wrong:
        raise Rejected("no other number could be believed")
    return draw.choice(wrong)


def claimed(statement: Statement, inputs: int, outputs: int, work: int) -> Claim:
    """The statement as a claim; `work` is what it takes to count the inputs."""
    task, method, number = statement
    true = right(task, method, inputs, outputs) == number
    facts = {"task": task, "method": method, "number": number}
    facts |= {"right": right(task, method, inputs, outputs)}
    return Claim("passes", true, facts, 1 + work + (method in ("centred", "one_sided")))
