"""Statements to be judged: their options in order, and the check of their truth.

What a statement says is the family's template's to word; whether it is true is computed when the
problem is posed, and computed again, in another way, when it is verified.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gen.draw import Draw
from gen.family import Rejected
from gen.problem import Claim, Option, Part, PartSolution, Solution, Verification
from gen.verification import Mismatch


def solved(part: Part, draw: Draw) -> PartSolution:
    """The options of a part about statements; where several are offered, `draw` orders them.

    Raises Rejected unless exactly one statement of a choice is true, and at least one, but not
    every one, of those that are to be ticked.
    """
    if part.form == "true_false":
        (claim,) = part.claims
        return PartSolution(
            options=tuple(
                Option(claim.true is says, claim=claim, says=says) for says in (True, False)
            )
        )
    right = sum(claim.true for claim in part.claims)
    if right != 1 if part.form == "choice" else not 0 < right < len(part.claims):
        raise Rejected("the wrong number of statements is true")
    return PartSolution(options=draw.shuffle([Option(c.true, claim=c) for c in part.claims]))


def check(solution: Solution, truth: Callable[[Claim], bool], oracle: str) -> Verification:
    """Every option of the parts about statements, compared with an independent `truth`.

    Raises Mismatch, with the name of the statement, for an option that is marked wrongly.
    """
    count = 0
    for option, claim in _claimed(solution):
        says = True if option.says is None else option.says
        if option.right != (truth(claim) is says):
            raise Mismatch(f"the statement {claim.name} ({dict(claim.facts)}) is judged wrongly")
        count += 1
    return Verification(oracle, count, 0.0)


def _claimed(solution: Solution) -> Iterator[tuple[Option, Claim]]:
    for part in solution.parts:
        for option in part.options:
            if option.claim is not None:
                yield option, option.claim
