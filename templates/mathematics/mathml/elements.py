"""What all of MathML is made with: groups, lengths and room."""

from __future__ import annotations

from templates.elements import element, empty


def grouped(content: str) -> str:
    """Any number of elements as one, which a part of a fraction or a base must be."""
    return element("mrow", content)


def length(em: float) -> str:
    """A length in em of the element that it stands on."""
    return f"{em:.3f}".rstrip("0").rstrip(".") + "em" if em else "0"


def space(em: float) -> str:
    """Empty room; negative room draws the neighbours together."""
    if em >= 0:
        return empty("mspace", {"width": length(em)})
    return empty("mspace", {"style": f"margin-left: {length(em)}"})
