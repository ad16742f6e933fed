"""The closed vocabularies of the generator, in a module that imports nothing heavy."""

from __future__ import annotations

from typing import Literal, get_args

Difficulty = Literal["easy", "medium", "hard"]
Form = Literal["numeric", "choice", "choose_all", "true_false", "shape", "symbolic"]
Arithmetic = Literal["decimal", "exact"]
Paper = Literal["a4", "letter"]
Thoroughness = Literal["fast", "full"]

DIFFICULTIES: tuple[Difficulty, ...] = get_args(Difficulty)
FORMS: tuple[Form, ...] = get_args(Form)
OFFERING: frozenset[Form] = frozenset({"choice", "choose_all", "true_false"})
"""The forms that offer answers to choose from."""
ARITHMETICS: tuple[Arithmetic, ...] = get_args(Arithmetic)
PAPERS: tuple[Paper, ...] = get_args(Paper)
THOROUGHNESS: tuple[Thoroughness, ...] = get_args(Thoroughness)

VARIANTS, MOST_VARIANTS = 20, 200
"""How many variants of a skill there are in a practice, and how many there can be."""

TOPICS = (
    "shapes",
    "networks",
    "computation graphs",
    "softmax",
    "differentiation",
    "models",
    "concepts",
)
"""The groups that families are listed in: the first topic of a family is its group."""

LECTURES = {
    "000": "CMU 10-301/601, Lecture 14: Backpropagation (Chai, 2025)",
    "001": "Waterloo CS 480, Lecture 10: Neural networks, part 2 (Meila, 2026)",
    "002": "Rutgers CS 461, Class 16: Backpropagation and DNN (Kim)",
    "003": "NYU DS-GA 1003: Feature learning, neural networks and backpropagation (Linzen, 2022)",
    "004": "CMU 10-301/601, Lecture 12: Neural networks (Gormley and Gordon, 2025)",
}
"""The lectures that the program teaches after, by the numbers that `--lecture` takes."""
