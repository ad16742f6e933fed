from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from solver.network import Architecture, Layer, Network, build
from templates.notation import Notation

Build = Callable[..., Network]


@pytest.fixture(scope="session")
def in_notation() -> Build:
    """A network with the conventions of a notation: widths, activations, and the rest."""

    def made(
        notation: Notation, widths: tuple[int, ...], activations: tuple[str, ...], **settings: Any
    ) -> Network:
        said = notation.conventions
        layers = tuple(map(Layer, widths[1:], activations))
        conventions = {
            "bias": said.bias,
            "rows": said.orientation == "rows",
            "transposed": said.orientation == "transposed",
            "fused": said.fused,
        }
        return build(Architecture(widths[0], layers, **{**conventions, **settings}))

    return made
