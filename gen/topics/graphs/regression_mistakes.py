"""What goes wrong in a regression: a path dropped, a sign, a factor, an example, a mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from gen.problem import Variant
from gen.told import told
from gen.topics.graphs.regression import Numbers, Setting


class _Run:
    """The values and gradients of a regression, in closed form; arrays of any kind of number."""

    def __init__(self, setting: Setting, numbers: Numbers, bias: Any = None) -> None:
        self.setting = setting
        self.x, self.w = np.array(numbers.x), np.array(numbers.w)
        self.y, self.b, self.penalty = np.array(numbers.y), numbers.b, numbers.penalty
        self.yhat = self.x @ self.w + (self.b if bias is None else bias)
        self.r = self.y - self.yhat

    def values(self, **others: Any) -> dict[str, Any]:
        """Every node's value, those in `others` replaced."""
        square = (self.r**2).sum()
        found = {"yhat": self.yhat, "r": self.r, "l": square / self.setting.examples}
        found["R"] = self.penalty * (self.w**2).sum()
        found |= others
        found["J"] = found["l"] + found["R"]
        return {name: self._fitted(name, found[name]) for name in self.setting.values}

    def slopes(
        self,
        scale: Any = 1,
        sign: int = -1,
        by_input: Any = None,
        penalised: Any = None,
        bias: Any = 0,
    ) -> dict[str, Any]:
        """Every gradient: the loss's `scale` times, back through the difference with `sign`.

        `by_input` takes the place of what reaches the weights through the loss, `penalised` that of
        what reaches them through the penalty, and `bias` comes on top of the bias's gradient.
        """
        back = 2 * self.r * scale / self.setting.examples
        reached = self.x.T @ (sign * back) if by_input is None else by_input
        if self.setting.ridge:
            reached = reached + (2 * self.penalty * self.w if penalised is None else penalised)
        found = {"r": back, "yhat": sign * back, "w": reached, "b": sign * back.sum() + bias}
        return {name: self._fitted(name, value) for name, value in found.items()}

    def _fitted(self, name: str, value: Any) -> Any:
        """A number where the graph has a number, else the array."""
        count = {"yhat": self.setting.examples, "r": self.setting.examples}
        entries = {**count, "w": self.setting.weights}.get(name, 1)
        return np.asarray(value).reshape((entries,) if entries > 1 else ())


def mistakes(setting: Setting, numbers: Numbers) -> Iterator[Variant]:
    """What each slip makes of every value and gradient."""
    run = _Run(setting, numbers)
    values = run.values()
    for slip, slopes in _backward(run).items():
        yield told(slip, values, slopes)
    forgotten = _Run(setting, numbers, bias=0 * numbers.b)
    yield told("bias_forgotten", forgotten.values(), forgotten.slopes())
    if setting.ridge:
        unsquared = run.values(R=run.penalty * run.w.sum())
        yield told("weights_not_squared", unsquared, run.slopes())
    if setting.examples > 1:
        total = run.values(l=(run.r**2).sum())
        yield told("sum_for_mean", total, run.slopes(scale=setting.examples))


def _backward(run: _Run) -> Mapping[str, dict[str, Any]]:
    back = -2 * run.r / run.setting.examples
    found = dict(_with_two_paths(run)) if run.setting.ridge else {}
    found |= {
        "subtrahend_sign_lost": run.slopes(sign=1),
        "exponent_left_out": run.slopes(scale=_half(run)),
        "regressor_left_out": run.slopes(by_input=back.sum() + 0 * run.w),
    }
    if run.setting.examples == 1:
        found["own_factor"] = run.slopes(by_input=back.sum() * run.w)
    else:
        last = -2 * run.r[-1]
        alone = run.slopes(by_input=last * run.x[-1])
        found["last_example_only"] = {**alone, "b": np.asarray(last)}
    return found


def _half(run: _Run) -> Any:
    """A half in the kind of number of the run."""
    return run.penalty / (2 * run.penalty)


def _with_two_paths(run: _Run) -> Mapping[str, dict[str, Any]]:
    """What happens where the weights reach the objective along two paths."""
    none, penalised = 0 * run.w, 2 * run.penalty * run.w
    through_loss = run.x.T @ (-2 * run.r / run.setting.examples)
    return {
        "penalty_path_left_out": run.slopes(penalised=none),
        "loss_path_left_out": run.slopes(by_input=none),
        "multiplies_paths": run.slopes(by_input=none, penalised=through_loss * penalised),
        "penalty_not_doubled": run.slopes(penalised=run.penalty * run.w),
        "penalty_rate_left_out": run.slopes(penalised=2 * run.w),
        "bias_penalised": run.slopes(bias=2 * run.penalty * run.b),
    }
