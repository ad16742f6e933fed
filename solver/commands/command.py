"""What a command hands to the shell: a page and a record, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from templates.document import Document


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a command. `document` makes its page, `record` what its JSON holds.

    `terminal` makes the page for a format without pictures, where that is another one.

    A record is made of mappings, lists, texts, finite floats and None.
    """

    document: Callable[[], Document]
    record: Callable[[], Mapping[str, object]]
    terminal: Callable[[], Document] | None = None
