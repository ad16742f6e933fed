"""A pre-activation that was not kept is one number or a vector, as its unit has it."""

from __future__ import annotations

import pytest

from gen.topics.activations.graphs import stored_graph
from gen.topics.activations.letters import of_stored
from templates.notation import Symbols, load


@pytest.mark.parametrize(("units", "symbol"), [(1, "a"), (3, r"\boldsymbol{a}")])
def test_the_symbol_of_what_was_not_kept_is_bold_for_several_units_alone(units, symbol):
    notation = load("standard")
    graph = stored_graph(("sigmoid",), units)
    symbols = Symbols(graph, None, notation, of_stored(("sigmoid",), units, notation))
    assert str(symbols.value("s")) == symbol
