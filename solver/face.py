"""The library in a few names: pose a problem, read its numbers, its steps, its worked solution.

`solve` takes an expression, `solve_network` a network. What they return shows itself in a notebook
as formatted mathematics.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solver import expressions, specification
from solver import term as t
from solver.arithmetic import Arithmetic, Decimals, called
from solver.errors import InputError
from solver.graph import Graph
from solver.orientation import weights_of
from solver.parsing import grammar, values
from solver.solution import Solution, derivatives
from solver.specification import GivenLayer, Specification
from solver.term import Term
from templates.notation import Notation, load

if TYPE_CHECKING:
    from templates.document import Document

Kind = Literal["decimal", "exact"]


@dataclass(frozen=True, eq=False)
class WorkedSolution(Solution):
    """A solution that can be read: as text, Markdown, LaTeX, HTML or PDF, in any notation.

    `specification` is the network that it came from, if it came from one.
    """

    notation: Notation = field(default_factory=load)
    specification: Specification | None = None

    @property
    def value(self) -> float:
        """The value of the output, or the loss."""
        return float(self.values[self.graph.output])

    @property
    def gradient(self) -> dict[str, NDArray[np.float64]]:
        """The gradient of the output by variable, each in the shape of the variable.

        For a network it is by weights and biases as they were given, whatever the notation: `W1`
        is (units x inputs) and `b1` has a number for each unit. (`values` and `gradients` are by
        node, and lie as the notation's graph has them.)
        """
        if self.network is not None:
            return weights_of(self.network, self.gradients)
        return {v.name: self.gradients[v.name] for v in self.graph.inputs if not v.fixed}

    def within(self, notation: str) -> WorkedSolution:
        """The same in another notation: a name such as "cmu-gormley", or the path of a file.

        Raises InputError for a notation that there is none of.
        """
        chosen = load(notation)
        if self.specification is None:
            return replace(self, notation=replace(chosen, sign=1))
        return posed(self.specification, chosen, self.arithmetic)

    def document(self, *, drawn: bool = True) -> Document:
        """The worked solution as a document, which every writer in `templates.writers` takes.

        Without `drawn`, the figure is drawn in characters.
        """
        from templates.solutions import graph, network, updates

        if self.specification is None:
            return graph.page(self, self.notation, drawn=drawn)
        update = self.specification.update
        after = updates.blocks(self, self.notation, update) if update is not None else ()
        return network.page(
            self, self.notation, title=self.specification.title, updates=after, drawn=drawn
        )

    def text(self) -> str:
        """The worked solution as a page for a terminal."""
        from templates.writers import text

        return text.write(self.document(drawn=False))

    def html(self) -> str:
        """The worked solution as a page of HTML with MathML."""
        from templates.writers import html

        return html.write(self.document())

    def markdown(self) -> str:
        """The worked solution as Markdown with mathematics between dollar signs."""
        from templates.writers import markdown

        return markdown.write(self.document())

    def latex(self) -> str:
        """The worked solution as a LaTeX document."""
        from templates.writers import latex

        return latex.write(self.document())

    def pdf(self) -> bytes:
        """The worked solution as a PDF file."""
        from templates.writers import pdf

        return pdf.write(self.document())

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        from templates.writers import html

        return html.fragment(self.document().blocks)

    def _repr_latex_(self) -> str:
        from templates.explain import chain
        from templates.solutions.lines import symbols_of

        symbols = symbols_of(self, self.notation)
        lines = [chain(step, symbols).replace("=", "&=", 1) for step in self.steps]
        return "$$\\begin{aligned} " + r" \\ ".join(lines) + " \\end{aligned}$$"


def solve(
    problem: str | Term | Graph,
    at: Mapping[str, Any],
    *,
    wrt: Sequence[str] | None = None,
    places: int = 4,
    arithmetic: Kind = "decimal",
    notation: str = "standard",
) -> WorkedSolution:
    """Differentiate an expression at a point, with every step worked.

    `problem` is text (`solver.parsing.grammar` says what it may hold), a term built with NumPy
    from `variable`s, or a graph. `at` has a value for each variable: a number, an array, or a text
    such as "ln 3". `wrt` names the variables that are asked about, all by default. Lines are
    rounded to `places` decimals, or exact. Raises InputError for what cannot be followed.

    >>> solution = solve("q = x + y; f = q*z", {"x": -2, "y": 5, "z": -4})
    >>> solution.value, float(solution.gradient["z"])
    (-12.0, 3.0)
    >>> solution.check("x=4")[0].slips
    ('sign_reversed',)
    """
    exact = arithmetic == "exact"
    point = {name: _number(value, exact) for name, value in at.items()}
    graph = _graph(problem, point)
    for name, value in expressions.constants(graph, point).items():
        point[name] = np.array(value)
    givens = {v.name: point[v.name] for v in graph.inputs if v.name in point}
    graph.givens({name: np.asarray(value, dtype=float) for name, value in givens.items()})
    return WorkedSolution(
        graph,
        givens,
        derivatives(graph, wrt),
        called(arithmetic, places),
        notation=replace(load(notation), sign=1),
    )


def variable(name: str, shape: tuple[int, ...] = ()) -> Term:
    """A variable to build an expression from, with NumPy's operators and functions.

    >>> import numpy as np
    >>> x, z = variable("x"), variable("z")
    >>> solve(np.exp(x * z) + x, {"x": 0, "z": 3}).gradient["x"]
    array(4.)
    """
    return t.name(name, shape)


def solve_network(
    input: ArrayLike,
    target: ArrayLike,
    weights: Sequence[ArrayLike],
    biases: Sequence[ArrayLike | None] | None = None,
    activations: Sequence[str] | None = None,
    *,
    loss: str | None = None,
    reduction: Literal["sum", "mean"] = "mean",
    ask: Sequence[str] = (),
    places: int = 4,
    notation: str = "standard",
) -> WorkedSolution:
    """The loss and all gradients of a fully connected network, with every step worked.

    `input` is a vector, or a batch with a row for each example; `target` has as many numbers for
    each as there are output units. `weights` has a matrix (units x inputs) for each layer, `biases`
    a vector or None, `activations` a name (identity by default). `ask` may name single entries,
    such as "W1[2,1]". Raises InputError for what does not go together.

    >>> solution = solve_network([1, -2], [0.5], [[[0.5, -0.5]]], activations=["sigmoid"])
    >>> solution.gradient["W1"].round(4)
    array([[ 0.0474, -0.0947]])
    """
    layers = _layers(weights, biases, activations)
    examples, targets = _matrix(input), _matrix(target)
    found = Specification(
        examples, targets, layers, loss, reduction, np.ndim(input) > 1, ask=tuple(ask)
    )
    return posed(found, load(notation), Decimals(places))


def _layers(
    weights: Sequence[ArrayLike],
    biases: Sequence[ArrayLike | None] | None,
    activations: Sequence[str] | None,
) -> tuple[GivenLayer, ...]:
    count = len(weights)
    for what, given in (("biases", biases), ("activations", activations)):
        if given is not None and len(given) != count:
            raise InputError(f"there are {len(given)} {what} for {count} layers; give one for each")
    vectors = [None if b is None else _matrix(b).ravel() for b in biases or [None] * count]
    kinds = activations or ["identity"] * count
    return tuple(map(GivenLayer, map(_matrix, weights), vectors, kinds))


def solve_file(
    path: Path | str,
    *,
    places: int = 4,
    arithmetic: Kind = "decimal",
    notation: str = "standard",
) -> WorkedSolution:
    """The network in a TOML file, as `python -m solver net` takes it (docs/solver.md)."""
    found = specification.read(path, exact=arithmetic == "exact")
    return posed(found, load(notation), called(arithmetic, places))


def posed(found: Specification, notation: Notation, arithmetic: Arithmetic) -> WorkedSolution:
    """The solution of a network in the conventions of a notation."""
    problem = specification.pose(found, notation.conventions)
    return WorkedSolution(
        problem.network.graph,
        problem.givens,
        problem.wanted,
        arithmetic,
        problem.network,
        notation.sign,
        notation,
        found,
    )


def _graph(problem: str | Term | Graph, point: Mapping[str, Any]) -> Graph:
    if isinstance(problem, Graph):
        return problem
    shapes = {name: np.shape(value) for name, value in point.items()}
    if isinstance(problem, Term):
        return expressions.graph_of(problem, shapes)
    return expressions.graph(grammar.statements(problem, tuple(point)), shapes)


def _number(value: Any, exact: bool) -> Any:
    if isinstance(value, str):
        return values.value(value, exact)
    if exact:
        from solver.exact import exact as exactly

        return exactly(value)
    return np.asarray(value, dtype=float)


def _matrix(value: ArrayLike) -> np.ndarray[Any, np.dtype[np.float64]]:
    try:
        found = np.atleast_2d(np.asarray(value, dtype=float))
    except (TypeError, ValueError) as error:
        raise InputError(f"an array of numbers was expected ({error})") from None
    if found.ndim != 2:
        raise InputError(f"an array of {found.ndim} axes is no list of rows")
    return found
