"""Networks of threshold units: the lecture's table, plain loops, and what no output unit can do."""

from __future__ import annotations

from itertools import product

import pytest

from gen.draw import Draw
from gen.families.xnor_network import LECTURE, Params, pose, solve
from gen.family import find
from gen.presentation.context import Context
from gen.presentation.figures import figure
from gen.topics.gates import oracle
from gen.topics.gates.functions import Perceptron, named, names, rows, table
from gen.topics.gates.nets import ThresholdNet, designs, reachable
from tests.solutions import item_of, numbers_of, solution_of

FAMILY = find("xnor_network")
item = item_of("xnor_network")


def answers(net):
    return numbers_of(solution_of(pose(Params("numeric", net)), solve))


def test_the_table_of_the_lecture_comes_out():
    assert answers(LECTURE) == [
        *([0, 1, 1, 2], [0, -1, -1, -2]),
        *([0, 0, 0, 1], [1, 0, 0, 0]),
        [1, 0, 0, 1],
    ]
    assert LECTURE.codes() == ((0, 1), (0, 0), (0, 0), (1, 0))
    assert named(LECTURE.table(), 2) == "xnor"


def test_wrong_outputs_of_the_lecture_s_network_have_causes():
    parts = solve(pose(Params("numeric", LECTURE)), Draw("options")).parts
    outputs = {w.slip: w.values[4].tolist() for w in parts[0].answer.wrong}
    # The sums cancel, and 0 does not reach 1; the inputs add up to 0, 1, 1, 2.
    assert outputs["hidden_sums_passed_on"] == [0, 0, 0, 0]
    assert outputs["hidden_layer_skipped"] == [0, 1, 1, 1]
    hidden = {w.slip: [v.tolist() for v in w.values[2:4]] for w in parts[0].answer.wrong}
    assert hidden["threshold_from_below"] == [[1, 1, 1, 1], [1, 1, 1, 1]]
    assert hidden["threshold_sign"] == [[1, 1, 1, 1], [1, 0, 0, 0]]
    assert hidden["weight_signs_dropped"] == [[0, 0, 0, 1], [1, 1, 1, 1]]


@pytest.mark.parametrize("difficulty", ["easy", "medium", "hard"])
def test_numbers_are_those_of_a_plain_loop_and_no_sum_meets_its_threshold(difficulty):
    for seed in range(20):
        net = item(seed, difficulty).params.net
        columns: dict[str, list[int]] = {}
        for inputs in product((0, 1), repeat=net.inputs):
            fired = []
            for i, unit in enumerate(net.hidden):
                total = 0
                for weight, x in zip(unit.weights, inputs, strict=True):
                    total += weight * x
                assert total != unit.threshold
                fired.append(1 if total > unit.threshold else 0)
                columns.setdefault(f"s{i}", []).append(total)
                columns.setdefault(f"h{i}", []).append(fired[-1])
            last = net.output.weights[0] * fired[0] + net.output.weights[1] * fired[1]
            assert last != net.output.threshold
            columns.setdefault("y", []).append(int(last > net.output.threshold))
        order = ("s0", "s1", "h0", "h1", "y")
        assert answers(net) == [columns[name] for name in order]


@pytest.mark.parametrize("inputs", [2, 3])
def test_designs_compute_what_they_are_listed_under(inputs):
    found = designs(inputs)
    assert {"xor", "xnor"} <= set(found) if inputs == 2 else {"equal", "unequal"} <= set(found)
    for name, known in found.items():
        for first, second, output in known:
            codes = zip(table(first, inputs), table(second, inputs), strict=True)
            assert tuple(table(output, 2)[2 * a + b] for a, b in codes) == table(name, inputs)


def test_what_the_output_unit_can_reach_is_found_by_trying_units():
    units = [
        Perceptron((a, b), t) for a in range(-3, 4) for b in range(-3, 4) for t in range(-7, 8)
    ]
    for seed in range(12):
        net = item(seed, "medium", "choose_all").params.net
        tables = {ThresholdNet(net.hidden, unit).table() for unit in units}
        for name in names(2):
            wanted = table(name, 2)
            assert reachable(net.codes(), wanted) is (wanted in tables)
            assert oracle.within_reach(net, name) is (wanted in tables)


def test_half_of_the_networks_do_what_a_single_unit_cannot():
    judged = [item(seed).problem.parts[-1].claims[0] for seed in range(80)]
    assert 25 <= sum(claim.true for claim in judged) <= 55
    for claim in judged:
        if not claim.true:
            one, other, third, fourth = claim.facts["equal"]
            bits = dict(zip(rows(2), table(claim.facts["gate"], 2), strict=True))
            assert [bits[one], bits[other], bits[third], bits[fourth]] == [1, 1, 0, 0]
            assert [a + b for a, b in zip(one, other, strict=True)] == [
                a + b for a, b in zip(third, fourth, strict=True)
            ]


def test_the_question_shows_the_network_without_what_is_asked_for():
    numeric, choice = item(2), item(2, form="choice")
    drawn = [figure(each, Context(each).symbols, solved=False) for each in (numeric, choice)]
    assert drawn[0].description.count("≥") == 3
    assert drawn[1].description.count("≥") == 2
    solved = figure(numeric, Context(numeric).symbols, solved=True)
    assert solved.description.startswith("A plot of the hidden outputs")


@pytest.mark.parametrize("seed", range(5))
def test_the_recoded_points_are_on_the_right_sides_of_the_line(seed):
    made = item(seed)
    net = made.params.net
    drawn = figure(made, Context(made).symbols, solved=True)
    for code in set(net.codes()):
        kind = "A filled" if net.output.output(code) else "An open"
        assert f"{kind} point labelled" in drawn.description
        assert f"at ({code[0]}, {code[1]})" in drawn.description
