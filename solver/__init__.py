"""The mathematics of backprep, and its face as a library.

    import solver

    solution = solver.solve("exp(x*z) + x/z", {"x": 2, "z": 3})
    solution.value, solution.gradient["x"]             # a float, a NumPy array
    print(solution)                                    # every step, worked
    solution.within("cmu-gormley")                     # the same in a lecture's notation
    solution.check("x=1208")                           # is it right, or which mistake is it

    network = solver.solve_network([1, -2], [0.5], weights=[[[0.5, -0.5]]], activations=["tanh"])

Nothing is imported until it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from solver.claims import Claim as Claim
    from solver.diagnosis import Judgement as Judgement
    from solver.errors import InputError as InputError
    from solver.exercise_text import read as read_exercise
    from solver.exercises import Exercise as Exercise
    from solver.face import WorkedSolution as WorkedSolution
    from solver.face import solve as solve
    from solver.face import solve_file as solve_file
    from solver.face import solve_network as solve_network
    from solver.face import variable as variable
    from solver.graph import Graph as Graph
    from solver.graph import GraphBuilder as GraphBuilder
    from solver.network import Architecture as Architecture
    from solver.network import Layer as Layer
    from solver.network import build as build_network
    from solver.passes import backward as backward
    from solver.passes import forward as forward
    from solver.steps import Step as Step

_HOMES = {
    "Architecture": "network",
    "Claim": "claims",
    "Exercise": "exercises",
    "Graph": "graph",
    "GraphBuilder": "graph",
    "InputError": "errors",
    "Judgement": "diagnosis",
    "Layer": "network",
    "Step": "steps",
    "WorkedSolution": "face",
    "backward": "passes",
    "build_network": "network",
    "forward": "passes",
    "read_exercise": "exercise_text",
    "solve": "face",
    "solve_file": "face",
    "solve_network": "face",
    "variable": "face",
}
_RENAMED = {"build_network": "build", "read_exercise": "read"}

__all__ = [
    "Architecture",
    "Claim",
    "Exercise",
    "Graph",
    "GraphBuilder",
    "InputError",
    "Judgement",
    "Layer",
    "Step",
    "WorkedSolution",
    "backward",
    "build_network",
    "forward",
    "read_exercise",
    "solve",
    "solve_file",
    "solve_network",
    "variable",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'solver' has no attribute {name!r}")
    return getattr(import_module(f"solver.{_HOMES[name]}"), _RENAMED.get(name, name))
