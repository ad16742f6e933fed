"""`params`: how many weights and biases a fully connected network has."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from solver.commands.command import Report
from solver.parameters import LayerCount, ParameterCount, count, widths
from templates.document import Document

HELP = "count the weights and biases of a fully connected network, layer by layer"

EXAMPLES = """\
examples:
  python -m solver params 784-128-64-10
  python -m solver params 1-3-1 --no-bias
"""


def add(parser: ArgumentParser) -> None:
    """Add the widths and whether there are biases."""
    parser.add_argument(
        "widths", nargs="+", metavar="WIDTHS", help="units of every layer, inputs first: 784-10"
    )
    parser.add_argument(
        "--no-bias", dest="bias", action="store_false", help="count a network without biases"
    )


def run(given: Namespace) -> Report:
    """Count, and report the layers and their sums. Raises InputError for unusable widths."""
    counted = count(widths(" ".join(given.widths)), given.bias)
    return Report(lambda: _document(counted), lambda: record(counted))


def _document(counted: ParameterCount) -> Document:
    from templates.solutions.parameters import page

    return page(counted)


def record(counted: ParameterCount) -> dict[str, object]:
    """The count as JSON has it."""
    return {
        "total": counted.total,
        "weights": counted.weights,
        "biases": counted.biases,
        "layers": [_layer(layer) for layer in counted.layers],
    }


def _layer(layer: LayerCount) -> dict[str, int]:
    names = ("inputs", "units", "weights", "biases", "total")
    return {name: getattr(layer, name) for name in names}
