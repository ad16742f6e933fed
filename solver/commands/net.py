"""`python -m solver net`: a network from a file, its gradients, and its updates."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path

from solver import orientation, specification
from solver.commands.answers import blocks, record
from solver.commands.command import Report
from solver.commands.common import arithmetic, chosen_notation
from solver.commands.records import step_records
from solver.face import posed
from solver.solution import Solution
from solver.specification import Specification
from templates.document import Block, Document
from templates.notation import Notation

HELP = "solve a network from a file: loss, deltas, gradients, updates"
EXAMPLES = """\
examples:
  python -m solver net problem.toml
  python -m solver net problem.toml --notation cmu-gormley --answer 'W1[2,1]=-0.013'

problem.toml:
  input = [0.05, 0.10]
  target = [0.01, 0.99]
  loss = "half_squared_error"
  [[layer]]
  weights = [[0.15, 0.20], [0.25, 0.30]]
  bias = [0.35, 0.35]
  activation = "sigmoid"
  [[layer]]
  weights = [[0.40, 0.45], [0.50, 0.55]]
  bias = [0.60, 0.60]
  activation = "sigmoid"
"""


def add(parser: ArgumentParser) -> None:
    """The file, and answers to be judged."""
    parser.add_argument("file", type=Path, metavar="FILE.toml", help="the network and its numbers")
    parser.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="judge an answer of your own, such as W1[2,1]=-0.013 or loss=0.2984; repeatable",
    )


def run(given: Namespace) -> Report:
    """Solve the network, and judge the answers if there are any."""
    notation = chosen_notation(given)
    found = specification.read(given.file, exact=given.arithmetic == "exact")
    solution = posed(found, notation, arithmetic(given))
    return Report(
        lambda: _page(found, solution, notation, given),
        lambda: _record(found, solution, notation, given),
        lambda: _page(found, solution, notation, given, drawn=False),
    )


def _page(
    found: Specification,
    solution: Solution,
    notation: Notation,
    given: Namespace,
    *,
    drawn: bool = True,
) -> Document:
    from templates.solutions import network

    judged = blocks(solution, notation, given)
    after: tuple[Block, ...] = ()
    if found.update is not None:
        from templates.solutions import updates

        after = updates.blocks(solution, notation, found.update)
    return network.page(
        solution, notation, title=found.title, judged=judged, updates=after, drawn=drawn
    )


def _record(
    found: Specification, solution: Solution, notation: Notation, given: Namespace
) -> Mapping[str, object]:
    from solver.updates import descend
    from templates.solutions.lines import symbols_of

    assert solution.network is not None
    net = solution.network
    numbers = orientation.numbers(net, solution.values, solution.gradients, found.batch)
    steps = step_records(solution.steps, symbols_of(solution, notation))
    whole: dict[str, object] = {**numbers, "steps": steps}
    if found.update is not None:
        whole["updates"] = [
            {
                "loss": each.loss,
                "new_loss": each.new_loss,
                "parameters": {
                    name: value.tolist()
                    for name, value in orientation.weights_of(net, each.parameters).items()
                },
            }
            for each in descend(solution.graph, solution.floats, found.update)
        ]
    return {**whole, **record(solution, given)}
