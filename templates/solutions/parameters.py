"""The page of a count of parameters: layer by layer, and together."""

from __future__ import annotations

from solver.parameters import ParameterCount
from templates.document import Document, Heading, Text
from templates.rendering import render

TEMPLATE = "solutions/parameters.md.j2"
TITLE = "Counting parameters"


def page(count: ParameterCount) -> Document:
    """The count as a document, with the formula of every layer."""
    with_biases = count.layers[0].has_bias
    blocks = render(
        TEMPLATE,
        "page",
        layers=count.layers,
        weights=count.weights,
        biases=count.biases,
        total=count.total,
        units=sum(layer.units for layer in count.layers),
        with_biases=with_biases,
    )
    return Document(TITLE, (Heading(1, (Text(TITLE),)), *blocks))
