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
