"""Worked steps and arrays as JSON has them: plain lists, texts and floats in full precision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from solver.steps import Step
from templates.explain import read, subject
from templates.formula import latex
from templates.notation import Symbols


def plain(value: Any) -> Any:
    """An array of numbers, of whatever kind, as nested lists of floats; a scalar as a float."""
    return np.asarray(value, dtype=float).tolist()


def step_records(steps: Iterable[Step], symbols: Symbols) -> list[dict[str, object]]:
    """Each step's kind, node, symbol, formula, numbers put in (all LaTeX), and printed value.

    Formulas are as the notation has them: operands in its order, gradients in its layout.
    """
    return [
        {
            "kind": step.kind,
            "node": step.node,
            "entry": None if step.index is None else [i + 1 for i in step.index],
            "symbol": str(subject(step, symbols)),
            "formula": latex(step.formula, symbols),
            "substitution": latex(step.substitution, symbols),
            "value": plain(step.value),
        }
        for step in (read(each, symbols) for each in steps)
    ]
