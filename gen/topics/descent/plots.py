"""The loss as a curve, with the starts of all runs, and with every step that they take."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from math import ceil

from gen.problem import Figure
from gen.topics.descent.draws import Descent
from gen.topics.descent.graphs import loss_at
from templates.notation import Symbols
from templates.plots import Arrow, Axis, Curve, Dot, Plot


def curve(descent: Descent, solved: bool) -> Figure:
    """The curve with a mark at each start, or with all places where it is `solved`."""
    return partial(_plot, descent, solved)


def _plot(descent: Descent, solved: bool, symbols: Symbols) -> Plot:
    a, b = float(descent.a), float(descent.b)
    runs = [[(w, loss_at(w, a, b)) for w in path] for path in descent.paths()]
    reach = max(a**0.5 + 0.5, *(abs(w) + 0.2 for run in runs for w, _ in run))
    reach = ceil(2 * reach) / 2
    drawn = Curve.of(lambda w: loss_at(w, a, b), -reach, reach)
    loss = symbols.notation.loss
    starts = [Dot(*run[0], str(k), "open") for k, run in enumerate(runs, start=1)]
    steps = [Dot(*place) for run in runs for place in run[1:]] if solved else []
    arrows = [Arrow(*ends) for run in runs for ends in pairwise(run)] if solved else []
    shown = "the runs from each start" if solved else "the starts"
    what = f"the {symbols.notation.words.loss}, with {shown}"
    return Plot(
        what,
        Axis("w", -reach, reach),
        Axis.around(f"{loss}(w)", [y for _, y in drawn.points]),
        (drawn,),
        (*starts, *steps),
        tuple(arrows),
    )
