"""Answers, tolerances and wrong values, against a calculation by hand and published mistakes.

The network is one whose key was worked out on paper: x = (1, -2), two tanh units, a linear output
and half the squared error. Its figures stand below as they were printed there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from math import floor, log10, tanh
from typing import Any

import numpy as np
import pytest

from gen.draw import Draw
from gen.family import Rejected
from gen.problem import Answer, Ask, Part, Problem, Variant
from gen.solving import solve
from gen.topics.networks.nets import Net, Plan, draw_net
from gen.topics.networks.problems import slips, variants
from gen.variants import variant
from solver.graph import GraphBuilder

NET = Net(
    activations=("tanh", "identity"),
    loss="half_squared_error",
    x=(1.0, -2.0),
    weights=(((0.5, -0.5), (1.0, 0.25)), ((0.8, -1.2),)),
    biases=((0.0, 0.5), (0.1,)),
    y=(0.5,),
)
FORWARD = (Ask("s2"), Ask("loss"))
DELTA = (Ask("s1", "gradient"),)
WEIGHT = (Ask("W1", "gradient", (0, 1)),)
ALL = (FORWARD, DELTA, WEIGHT)


def network(net: Net = NET, asks: tuple[tuple[Ask, ...], ...] = ALL, **settings: Any) -> Problem:
    return Problem(
        tuple(Part("numeric", each) for each in asks),
        net.network().graph,
        net.givens(),
        slips=slips(net.network()),
        variants=variants(net, net.network()),
        **settings,
    )


def answers(problem: Problem) -> list[Answer]:
    found = [part.answer for part in solve(problem, Draw("solving")).parts]
    return [answer for answer in found if answer is not None]


def product(a: float, b: float, *of: str, part: Part | None = None, **settings: Any) -> Problem:
    """y = a b; asked for is y, or the gradients of the names in `of`."""
    builder = GraphBuilder()
    builder.apply("multiply", builder.input("a"), builder.input("b"), name="y")
    asks = tuple(Ask(name, "gradient") for name in of) or (Ask("y"),)
    parts = (replace(part or Part("numeric"), asks=asks),)
    givens = {"a": np.array(a), "b": np.array(b)}
    return Problem(parts, builder.build(), givens, **settings)


def only(problem: Problem) -> Answer:
    (answer,) = answers(problem)
    return answer


def wrong(problem: Problem) -> dict[str, list[float]]:
    """The wrong values by slip, for the only part."""
    return {w.slip: [float(v) for v in w.values] for w in only(problem).wrong}


def by_hand(net: Net, places: int) -> dict[str, list[Decimal]]:
    """A net of two inputs, two tanh units and a linear one, rounded after every operation."""
    unit = Decimal(1).scaleb(-places)

    def r(x: Decimal | float) -> Decimal:
        return Decimal(str(x)).quantize(unit, ROUND_HALF_UP)

    def times(a: Decimal | float, b: Decimal | float) -> Decimal:
        return r(Decimal(str(a)) * Decimal(str(b)))

    def total(weights: Any, inputs: Any, bias: float) -> Decimal:
        return sum(map(times, weights, inputs), r(bias))

    (rows, (out,)), (hidden, (bias,)) = net.weights, net.biases
    o = [r(tanh(total(row, net.x, b))) for row, b in zip(rows, hidden, strict=True)]
    prediction = total(out, o, bias)
    miss = prediction - r(net.y[0])
    deltas = [times(times(w, miss), 1 - times(each, each)) for w, each in zip(out, o, strict=True)]
    loss = r(times(miss, miss) / 2)
    return {
        "s2": [prediction],
        "loss": [loss],
        "s1": deltas,
        "W1": [times(deltas[0], net.x[1])],
    }


def test_answers_are_exact():
    o, miss = (tanh(1.5), tanh(1)), 0.8 * tanh(1.5) - 1.2 * tanh(1) + 0.1 - 0.5
    deltas = [miss * 0.8 * (1 - o[0] ** 2), miss * -1.2 * (1 - o[1] ** 2)]
    forward, delta, weight = answers(network())
    assert [float(v.item()) for v in forward.values] == pytest.approx(
        [miss + 0.5, miss**2 / 2], rel=1e-14
    )
    assert delta.values[0].ravel().tolist() == pytest.approx(deltas, rel=1e-14)
    assert float(weight.values[0]) == pytest.approx(deltas[0] * -2, rel=1e-14)


def test_shown_are_the_numbers_of_the_key():
    forward, delta, weight = answers(network())
    assert [value.item() for value in forward.shown] == [-0.0898, 0.1739]
    assert delta.shown[0].tolist() == [[-0.0853], [0.2973]]
    assert weight.shown[0] == 0.1706


def test_tolerances_are_thrice_the_worst_deviation_and_half_of_both_last_places():
    forward, delta, weight = answers(network())
    # Exact -0.0897944. By hand -0.0898, with three places -0.090: a tenth of this is more.
    # 3 x 0.0000206 + 0.0001, rounded up.
    # Exact 0.1739287; 0.5898 squared is 0.3479, half of it 0.1740: 3 x 0.0000713 + 0.0001.
    assert forward.tolerances == (0.0002, 0.0004)
    # Exact 0.2972382, by hand 0.2973: 3 x 0.0000618 + 0.0001.
    assert delta.tolerances == (0.0003,)
    # Exact 0.1705276, by hand 0.1706: 3 x 0.0000724 + 0.0001.
    assert weight.tolerances == (0.0004,)


def accepted(places: int) -> Iterator[tuple[Net, list[Answer]]]:
    """Drawn nets of two tanh units before a linear one, with their answers."""
    for seed in range(60):
        net = draw_net(Draw(seed), Plan((2, 2, 1), ("tanh", "identity"), "half_squared_error"))
        try:
            yield net, answers(network(net, places=places))
        except Rejected:
            continue


@pytest.mark.parametrize("places", [3, 4, 5])
def test_a_tolerance_takes_in_every_way_to_round_and_neither_zero_nor_a_wrong_value(places: int):
    nets = list(accepted(places))
    assert len(nets) >= 20
    for net, found in nets:
        careless = by_hand(net, places)
        for asks, answer in zip(ALL, found, strict=True):
            for n, (ask, tolerance) in enumerate(zip(asks, answer.tolerances, strict=True)):
                value = answer.values[n].ravel()
                assert np.all(np.abs(answer.shown[n].ravel() - value) <= tolerance)
                rounded = np.array(careless[ask.node], dtype=float)
                assert np.all(np.abs(rounded - value) <= tolerance)
                assert np.all(np.abs(value[value != 0]) > 2 * tolerance)
            for each in answer.wrong:
                assert not all(
                    np.all(np.abs(bad - good) <= 2 * tolerance)
                    for bad, good, tolerance in zip(
                        each.values, answer.values, answer.tolerances, strict=True
                    )
                )


@pytest.mark.parametrize("places", [3, 4, 5])
def test_a_tolerance_has_one_digit_that_is_rounded_up(places: int):
    for net, found in accepted(places):
        careless, coarser = by_hand(net, places), by_hand(net, places - 1)
        for asks, answer in zip(ALL, found, strict=True):
            for ask, value, shown, tolerance in zip(
                asks, answer.values, answer.shown, answer.tolerances, strict=True
            ):
                exact = value.ravel()
                least = 10.0**-places + 3 * max(
                    np.max(np.abs(shown.ravel() - exact)),
                    np.max(np.abs(np.array(careless[ask.node], dtype=float) - exact)),
                    np.max(np.abs(np.array(coarser[ask.node], dtype=float) - exact)) / 10,
                )
                digit = 10.0 ** floor(log10(least))
                assert float(f"{tolerance:.0e}") == tolerance
                assert least * (1 - 1e-6) <= tolerance <= (least + digit) * (1 + 1e-6)


def test_an_answer_without_any_rounding_has_half_of_both_last_places_as_its_tolerance():
    assert only(product(0.5, 0.5)).tolerances == (0.0001,)
    assert only(product(0.5, 0.5, places=2)).tolerances == (0.01,)


@pytest.mark.parametrize(
    ("a", "shown"), [(7.25, 25.0), (7.0, 25.0), (6.99, 24.0)], ids=["up", "half", "down"]
)
def test_a_part_can_be_rounded_in_the_end_to_fewer_places_than_are_carried(a: float, shown: float):
    # 25.375, 24.5 and 24.465; half a unit each of places 0 and 4 is 0.50005.
    answer = only(product(a, 3.5, part=Part("numeric", places=0)))
    assert (float(answer.shown[0]), float(answer.values[0])) == (shown, a * 3.5)
    assert answer.tolerances == (0.6,)


def test_options_are_printed_with_the_places_of_their_part():
    part = Part("choice", choices=2, places=0)
    for seed in range(20):
        problem = product(7.25, 3.5, "a", part=part, slips=("own_factor", "sign_reversed"))
        try:
            (solved,) = solve(problem, Draw(seed)).parts
        except Rejected:
            continue
        # 3.5 and 7.25, or its negative.
        assert {float(option.values[0]) for option in solved.options} <= {4.0, 7.0, -4.0}


LARGE = "an answer is too large to carry so many places"
COARSE = "rounding by hand changes too much of the answer"


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        (0.0, 3.0, "an answer is zero"),
        (np.inf, 3.0, "an answer is not finite, or not when it is rounded by hand"),
        (1e200, 1e200, "an answer is not finite, or not when it is rounded by hand"),
        (0.005, 0.008, "an answer rounds to zero"),
        # 0.0004 is 0 with three places: 3 x 0.00004 + 0.0001 is rounded up to 0.0003.
        (0.02, 0.02, "the tolerance comes near zero"),
        # A twentieth of 0.0038 is less than the tolerance of 0.0002.
        (0.02, 0.19, COARSE),
        (100.0, 100.0, LARGE),
    ],
)
def test_a_degenerate_problem_is_rejected_for_a_reason(a: float, b: float, reason: str):
    with pytest.raises(Rejected) as caught:
        answers(product(a, b))
    assert caught.value.reason == reason


def test_answers_just_within_the_bounds_are_accepted():
    assert only(product(0.02, 0.21)).tolerances == (0.0002,)
    assert float(only(product(99.99, 100.0)).shown[0]) == 9999.0


def test_more_places_leave_room_for_fewer_digits_before_the_point():
    assert float(only(product(30.0, 33.0, places=5)).shown[0]) == 990.0
    with pytest.raises(Rejected, match=LARGE):
        answers(product(30.0, 34.0, places=5))


def quotient(a: float, b: float) -> Problem:
    """y = a b / (b a), each product taken on its own."""
    builder = GraphBuilder()
    first, second = builder.input("a"), builder.input("b")
    p = builder.apply("multiply", first, second, name="p")
    q = builder.apply("multiply", second, first, name="q")
    builder.apply("divide", p, q, name="y")
    givens = {"a": np.array(a), "b": np.array(b)}
    return Problem((Part("numeric", (Ask("y"),)),), builder.build(), givens)


@pytest.mark.parametrize("b", [0.008, 0.08], ids=["at four places", "at three places"])
def test_a_calculation_that_divides_by_what_is_rounded_to_zero_is_rejected(b: float):
    # 0.005 x 0.008 is 0.0000 by hand, and 0.005 x 0.08 is 0.000.
    with pytest.raises(Rejected, match="not when it is rounded by hand"):
        answers(quotient(0.005, b))
    assert only(quotient(0.05, 0.08)).shown[0] == 1.0


def test_zero_entries_beside_others_are_no_reason_to_reject():
    builder = GraphBuilder()
    x = builder.input("x", (2,))
    builder.apply("sum", builder.apply("relu", x, name="o"), name="y")
    part = Part("numeric", (Ask("o"),))
    answer = only(Problem((part,), builder.build(), {"x": np.array([1.5, -2.0])}))
    assert answer.shown[0].tolist() == [1.5, 0.0]


def test_the_published_mistakes_of_the_example_are_among_the_wrong_values():
    found = {w.slip: float(w.values[0]) for w in answers(network())[2].wrong}
    assert found["activation_derivative_left_out"] == pytest.approx(0.9437, abs=5e-5)
    # -1.1796 and -0.1706 on paper, where the exact numbers are -1.17959 and -0.17053.
    assert found["preactivation_in_derivative"] == pytest.approx(-1.1796, abs=5e-5)
    assert found["residual_reversed"] == pytest.approx(-0.1706, abs=1e-4)
    assert found["outer_product_swapped"] == pytest.approx(0.2973, abs=1e-4)


def softmax(scores: list[float], temperature: float, *made: Variant) -> Problem:
    """p = softmax(z / T)."""
    builder = GraphBuilder()
    z, t = builder.input("z", (len(scores),)), builder.input("T")
    builder.apply("softmax", builder.apply("divide", z, t), name="p")
    givens = {"z": np.array(scores), "T": np.array(temperature)}
    return Problem((Part("numeric", (Ask("p"),)),), builder.build(), givens, variants=made)


SCORES = [2.0, 0.5, -1.0]


def test_a_variant_with_other_givens_gives_a_wrong_value():
    # The scores multiplied by a temperature of 2 instead of divided by it.
    made = Variant("temperature", {"z": np.array(SCORES), "T": np.array(0.5)})
    answer = only(softmax(SCORES, 2.0, made))
    assert answer.shown[0].tolist() == [0.5898, 0.2786, 0.1316]
    assert answer.wrong[0].slip == "temperature"
    assert answer.wrong[0].values[0].round(4).tolist() == [0.9503, 0.0473, 0.0024]


def test_a_variant_with_another_graph_gives_a_wrong_value():
    # The scores themselves divided by their sum.
    made = variant("normalised", lambda z: {"p": z / np.sum(z)}, z=SCORES)
    (found,) = only(softmax(SCORES, 1.0, made)).wrong
    assert found.values[0].round(4).tolist() == [1.3333, 0.3333, -0.6667]


def test_a_slip_that_leads_to_the_right_value_is_left_out():
    # a^2 passes on a: with equal factors, to take the own factor is no mistake.
    assert wrong(product(3.0, -2.0, "b", slips=("own_factor",))) == {"own_factor": [-2.0]}
    assert wrong(product(3.0, 3.0, "b", slips=("own_factor",))) == {}
    assert wrong(product(3.0, 1.0, "a", slips=("factor_left_out", "own_factor"))) == {
        "own_factor": [3.0]
    }


def test_a_slip_that_nothing_here_can_be_made_with_is_left_out():
    assert wrong(product(3.0, -2.0, "b", slips=("relu_mask_forgotten",))) == {}


def test_an_unknown_slip_is_an_error():
    with pytest.raises(KeyError, match="own_faktor"):
        answers(product(3.0, -2.0, "b", slips=("own_faktor",)))


def test_a_wrong_value_that_is_zero_is_left_out():
    none = Variant("nothing", {"a": np.array(0.0), "b": np.array(1.0)})
    assert wrong(product(3.0, -2.0, "b", variants=(none,))) == {}


@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_a_wrong_value_that_is_not_finite_is_left_out_without_a_warning(number: float):
    made = Variant("none", {"a": np.array(number), "b": np.array(0.0)})
    assert wrong(product(3.0, -2.0, variants=(made,))) == {}


EXCHANGED = Variant("exchanged", {"a": np.array(-2.0), "b": np.array(3.0)})


def test_of_two_slips_with_one_value_the_first_gives_its_name():
    problem = product(3.0, -2.0, "b", slips=("own_factor",), variants=(EXCHANGED,))
    assert wrong(problem) == {"own_factor": [-2.0]}


def test_of_two_slips_with_one_value_the_one_that_must_be_included_gives_its_name():
    part = Part("numeric", must_include=("exchanged",))
    problem = product(3.0, -2.0, "b", part=part, slips=("own_factor",), variants=(EXCHANGED,))
    assert wrong(problem) == {"exchanged": [-2.0]}


def test_right_answers_are_rearranged_where_the_problem_names_it():
    problem = product(3.0, -2.0, "a", "b", slips=("order_swapped", "sign_reversed"))
    assert wrong(problem) == {"order_swapped": [3.0, -2.0], "sign_reversed": [2.0, -3.0]}
    assert wrong(product(3.0, -2.0, "a", slips=("order_swapped",))) == {}


def test_numeric_parts_have_no_options_and_choices_have_as_many_as_they_ask_for():
    problem = network(asks=(FORWARD, WEIGHT))
    mixed = replace(problem, parts=(problem.parts[0], Part("choice", WEIGHT, choices=4)))
    numeric, choice = solve(mixed, Draw("mixed")).parts
    assert numeric.options == ()
    assert [option.right for option in choice.options].count(True) == 1
    assert len(choice.options) == 4


def test_options_do_not_depend_on_what_was_rejected_before():
    draw = Draw("options")
    problem = replace(network(), parts=(Part("choice", WEIGHT),))
    with pytest.raises(Rejected):
        solve(product(0.0, 3.0), draw)
    solve(network(), draw)
    assert solve(problem, draw).parts[0].options == solve(problem, Draw("options")).parts[0].options


def test_a_part_s_options_do_not_depend_on_the_parts_before():
    first = Part("choice", WEIGHT)
    for seed in range(10):
        made = []
        for before in (Part("numeric", FORWARD), Part("choice", DELTA, choices=2)):
            problem = replace(network(), parts=(before, first))
            made.append(solve(problem, Draw("parts", seed)).parts[1].options)
        assert made[0] == made[1]


def test_a_problem_without_a_graph_is_left_to_its_family():
    with pytest.raises(TypeError, match="its family's own solve"):
        solve(Problem((Part("choice"),)), Draw("none"))
