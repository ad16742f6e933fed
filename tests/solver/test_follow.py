"""Follow-through on a chain that can be followed in one's head: q = x y, r = q + z, f = r r."""

from __future__ import annotations

import numpy as np
import pytest

from solver.claims import Claim, parse
from solver.follow import Lines, overrides
from solver.graph import Graph, GraphBuilder


def chain() -> Graph:
    builder = GraphBuilder()
    q = builder.apply("multiply", builder.input("x"), builder.input("y"), name="q")
    r = builder.apply("add", q, builder.input("z"), name="r")
    builder.apply("power", r, name="f", exponent=2)
    return builder.build()


GRAPH = chain()
GIVENS = {"x": np.array(2.0), "y": np.array(3.0), "z": np.array(-1.0)}
LINES = Lines(GRAPH, GIVENS)


def claim(text: str) -> Claim:
    return parse(text, GRAPH)


def followed(wanted: str, *given: str) -> float:
    return float(LINES.follow(claim(f"{wanted}=0"), overrides([claim(text) for text in given]))[0])


def refusal(wanted: str, *given: str) -> str:
    claims = [claim(text) for text in given]
    truth = {"q": 6.0, "r": 5.0, "f": 25.0, "df/dr": 10.0, "df/dq": 10.0}
    right = overrides(
        [claim(f"{text.split('=')[0]}={truth[text.split('=')[0]]}") for text in given]
    )
    return LINES.refusal(claim(f"{wanted}=0"), claims, right)


def test_without_claims_the_lines_lead_to_the_right_numbers() -> None:
    assert followed("f") == 25.0
    assert followed("x") == 2 * 5 * 3


def test_a_claimed_value_is_carried_on_forward_and_backward() -> None:
    assert followed("r", "q=7") == 6.0
    assert followed("f", "q=7") == 36.0
    assert followed("x", "q=7") == 2 * 6 * 3


def test_a_claimed_gradient_is_carried_on() -> None:
    assert followed("x", "df/dr=-10") == -30.0


def test_a_later_claim_takes_the_place_of_what_follows_from_an_earlier_one() -> None:
    assert followed("f", "q=7", "r=4") == 16.0


def test_the_tolerance_of_what_follows_is_that_of_rounding_every_line() -> None:
    """q = 6.04 makes f = 5.04^2 = 25.4016, which is 25.40 in two places and 5.0^2 in one."""
    put = overrides([claim("q=6.04")])
    # Three times a tenth of 0.4016, and half a unit twice, rounded up to one digit.
    assert LINES.tolerance(claim("f=0"), put, 2) == 0.2
    # What needs no rounding has half a unit twice.
    assert LINES.tolerance(claim("f=0"), overrides([claim("q=7")]), 4) == 1e-4


def test_only_what_something_is_computed_from_is_upstream_of_it() -> None:
    assert LINES.is_upstream(claim("q=1"), claim("x=1"))
    assert not LINES.is_upstream(claim("x=1"), claim("q=1"))
    assert not LINES.is_upstream(claim("x=1"), claim("y=1"))
    assert not LINES.is_upstream(claim("q=1"), claim("q=2"))


@pytest.mark.parametrize(
    ("wanted", "given", "reason"),
    [
        ("x", "df/dr=9", ""),
        ("x", "df/dr=0", "zero"),
        ("f", "r=0", "zero"),
        # A wrong q of 1 makes r = 0, and with it everything after it.
        ("f", "q=1", "nothing left"),
        ("x", "q=1", "nothing left"),
        ("f", "r=1e300", "not finite"),
    ],
)
def test_a_claim_that_leaves_nothing_to_work_out_is_not_carried_on(
    wanted: str, given: str, reason: str
) -> None:
    assert refusal(wanted, given) == reason
