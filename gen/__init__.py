"""backprep: exam problems on backpropagation, drawn from a seed, solved, verified and printed."""

from __future__ import annotations

__version__ = "0.1.0"
