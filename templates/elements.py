"""Elements: HTML, SVG and MathML as text. This is the one place where they are escaped."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

_QUOTE = {'"': "&quot;"}

Attributes = Mapping[str, str] | None


def element(name: str, content: str, attributes: Attributes = None) -> str:
    """An element around content that is markup already; the attributes are escaped here."""
    return f"<{name}{_written(attributes)}>{content}</{name}>"


def leaf(name: str, text: str, attributes: Attributes = None) -> str:
    """An element around text, which is escaped here."""
    return element(name, escape(text), attributes)


def empty(name: str, attributes: Attributes = None) -> str:
    """An element that holds nothing and is closed in its one tag."""
    return f"<{name}{_written(attributes)}/>"


def _written(attributes: Attributes) -> str:
    if not attributes:
        return ""
    return "".join(f' {key}="{escape(text, _QUOTE)}"' for key, text in attributes.items())
