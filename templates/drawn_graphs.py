"""What the drawing of a graph shows, as data: nodes and edges with what is written at them.

Labels are LaTeX of the kind that `templates.mathematics` accepts. `templates.figures.graph` draws a
graph, and tells it in words for those who cannot see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A node: a name that edges refer to, and LaTeX for what is shown in, above and below it.

    `below` says what the `gradient` is, where it is none: a tangent, which goes the other way.
    """

    name: str
    label: str
    value: str = ""
    gradient: str = ""
    is_input: bool = False
    below: Literal["gradient", "tangent"] = "gradient"


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """An edge from an operand to the node that uses it, by name.

    A `label` stands on it; `returned` is a gradient that comes back along it.
    """

    source: str
    target: str
    label: str = ""
    returned: str = ""


@dataclass(frozen=True, slots=True)
class DrawnGraph:
    """The nodes and the edges of a drawing."""

    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
