"""Notations: which symbol stands for which node.

A notation is a data file: those in `templates/notations/` by name, a reader's own by path
(`docs/notations.md` says how to write one). `Symbols` applies one to a graph, and to the network
that the graph belongs to if there is one, and gives every node its symbol, its gradient's and its
local derivative's, whole or entry by entry. Entries are counted from 1 on the page.
"""

from __future__ import annotations

from templates.notation.reading import load
from templates.notation.record import Notation, Style, Words
from templates.notation.shipped import known
from templates.notation.symbol import Symbol
from templates.notation.symbols import Entries, Index, Symbols

__all__ = ["Entries", "Index", "Notation", "Style", "Symbol", "Symbols", "Words", "known", "load"]
