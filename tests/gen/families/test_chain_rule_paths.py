"""Sums over paths on drawn graphs: paths by a plain search, derivatives, named slips, the pages."""

from __future__ import annotations

import re
from math import prod

import pytest

from gen.draw import Draw
from gen.family import find
from gen.items import make
from gen.presentation.items import single
from gen.problem import Key
from gen.solving import solve
from gen.topics.graphs.path_mistakes import mistakes
from gen.topics.graphs.paths import Edge, Edges, carried_forward, nodes_of, paths
from templates.notation import load
from templates.writers import text
from tests.solutions import items_of

PATHS = find("chain_rule_paths")
SEEDS = 40
DIFFICULTIES = ("easy", "medium", "hard")

# Imported after the family was found, so that the module is the one that `find` has.
from gen.families.chain_rule_paths import Params, pose  # noqa: E402


def edges_of(pairs: str, *slopes: float) -> Edges:
    return tuple(Edge(*pair, slope) for pair, slope in zip(pairs.split(), slopes, strict=True))


# a -> u -> c with 2 * 5, a -> v -> c with -3 * 4, a -> u -> v -> c with 2 * 7 * 4, a -> c with 6.
REFERENCE = edges_of("au av uv uc vc ac", 2.0, -3.0, 7.0, 5.0, 4.0, 6.0)
PRODUCTS = (56, 10, -12, 6)


items = items_of("chain_rule_paths", SEEDS)


def searched(edges: list[tuple[str, str, float]], at: str, output: str) -> list[list[float]]:
    """The numbers along every path, by a search that knows nothing of the product."""
    if at == output:
        return [[]]
    return [
        [slope, *rest]
        for source, target, slope in edges
        if source == at
        for rest in searched(edges, target, output)
    ]


def wrong(edges: Edges) -> dict[str, list[float]]:
    """What each slip makes of the number of paths and of the derivative, by the part it is in."""
    solution = PATHS.solve(pose(Params(edges, (edges[0].source,))), Draw("slips"))
    found: dict[str, list[float]] = {}
    for part in solution.parts:
        for each in part.answer.wrong:
            found.setdefault(each.slip, []).append(float(each.values[0]))
    return found


def test_the_derivative_is_the_sum_of_the_products_along_the_paths() -> None:
    solution = solve(pose(Params(REFERENCE, ("u", "a"))), Draw("reference"))
    count, inner, slope = (float(part.answer.values[0]) for part in solution.parts)
    assert count == 4
    assert inner == 5 + 7 * 4
    assert slope == sum(PRODUCTS)


def test_slips_give_the_numbers_that_they_say() -> None:
    found = wrong(REFERENCE)
    assert found["shortest_path_left_out"] == [56 + 10 - 12]
    assert found["longest_path_only"] == [56]
    assert found["added_along_paths"] == [(2 + 7 + 4) + (2 + 5) + (-3 + 4) + 6]
    assert found["first_edges_left_out"] == [28 + 5 + 4 + 1]
    assert found["paths_averaged"] == [60 / 4]
    assert found["minus_signs_lost"] == [56 + 10 + 12 + 6]
    assert found["branches_for_paths"] == [3]
    assert found["edges_for_paths"] == [6]
    assert found["nodes_for_paths"] == [2]


def test_paths_that_are_multiplied_give_the_product_of_their_products() -> None:
    assert wrong(edges_of("au uc ac", 2.0, 3.0, -4.0))["multiplies_paths"] == [2 * 3 * -4]


def test_every_node_stands_behind_its_arguments() -> None:
    order = nodes_of(REFERENCE)
    assert order == ("a", "u", "v", "c")


def test_rates_carried_forward_end_with_the_derivative() -> None:
    assert carried_forward(REFERENCE, "a") == (("u", 2.0), ("v", 11.0), ("c", 60.0))


def test_edges_of_another_input_lie_on_no_path() -> None:
    edges = edges_of("au bu uc", 2.0, 5.0, 3.0)
    solution = solve(pose(Params(edges, ("a",))), Draw("two inputs"))
    assert [float(part.answer.values[0]) for part in solution.parts] == [1, 6]


@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_keys_are_what_a_search_finds_in_the_printed_drawing(
    difficulty: str, arithmetic: str
) -> None:
    for item in items(difficulty, "numeric", arithmetic):
        page = " ".join(text.write(single(item)).split())
        drawn = re.search(r"\[Figure: (.*?)\]", page)[1]
        edges = [
            (source, node, _number(slope))
            for node, operands in re.findall(r"Node (\w), from (.*?)\.(?= |$)", drawn)
            for source, slope in re.findall(r"(\w) \(([^)]*)\)", operands)
        ]
        (output,) = {t for _, t, _ in edges} - {s for s, _, _ in edges}
        for part, solved in zip(item.problem.parts, item.solution.parts, strict=True):
            ask, value = part.asks[0], float(solved.answer.values[0])
            along = searched(edges, ask.node[-1], output)
            right = len(along) if ask.of == "value" else sum(map(prod, along))
            assert value == pytest.approx(right, rel=1e-12)


def _number(shown: str) -> float:
    top, _, bottom = shown.partition("/")
    return float(top) / float(bottom or 1)


def test_harder_graphs_have_more_paths_and_edges() -> None:
    def sizes(difficulty: str) -> tuple[float, float]:
        made = [item.params for item in items(difficulty, "numeric")]
        counts = [len(paths(p.edges, p.asked[-1])) for p in made]
        return sum(counts) / SEEDS, sum(len(p.edges) for p in made) / SEEDS

    easy, medium, hard = map(sizes, DIFFICULTIES)
    assert easy[0] + 0.5 < medium[0] < hard[0] - 1
    assert easy[1] + 1 < medium[1] < hard[1] - 1


@pytest.mark.parametrize("difficulty", ["medium", "hard"])
def test_a_node_within_the_graph_is_asked_about_before_the_input(difficulty: str) -> None:
    for item in items(difficulty, "numeric"):
        asked = [(part.asks[0].of, part.asks[0].node) for part in item.problem.parts]
        inner, start = item.params.asked
        assert asked == [("value", f"N{start}"), ("gradient", inner), ("gradient", start)]
        assert inner not in item.problem.words["inputs"]


def test_the_number_of_paths_has_no_tolerance() -> None:
    for item in items("easy", "numeric"):
        assert item.solution.parts[0].answer.tolerances == (0.0,)


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_no_derivative_on_the_way_is_zero(difficulty: str) -> None:
    for item in items(difficulty, "numeric"):
        for _, rate in carried_forward(item.params.edges, item.params.asked[-1]):
            assert abs(float(rate)) >= 0.25


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_seeds_give_different_items(difficulty: str) -> None:
    assert len({item.fingerprint for item in items(difficulty, "numeric")}) >= 0.95 * SEEDS


def test_a_course_with_minus_gradients_gets_the_sum_with_the_minus_sign() -> None:
    item = make(
        PATHS, Key("chain_rule_paths", 1, 5), "medium", "numeric", notation=load("waterloo-meila")
    )
    page = " ".join(text.write(single(item)).split())
    value = -item.problem.words["totals"][item.params.asked[-1]]
    assert f"with the minus sign in front, -∂y/∂x = {value:g}" in page
    assert f"(c) -∂y/∂x = {value:g}" in page


def test_the_worked_solution_lists_every_path_with_its_product() -> None:
    item = items("medium", "numeric")[0]
    page = " ".join(text.write(single(item)).split())
    for path in paths(item.params.edges, item.params.asked[-1]):
        nodes = " → ".join((path[0].source, *(edge.target for edge in path)))
        assert f"• {nodes}: " in page


def test_a_mean_of_three_paths_is_not_offered_among_whole_numbers() -> None:
    edges = tuple(Edge(*pair, 2.0) for pair in ("ab", "ac", "ad", "bd", "cd"))
    known = {each.slip for each in mistakes(edges, "a", ("a",))}
    offered = {each.slip for each in mistakes(edges, "a", ("a",), offered=True)}
    assert known - offered == {"paths_averaged"}
