"""SVG: a drawing with the outlines of its characters, so that it needs no font.

An outline is defined once and used wherever its character stands. Its name is made of the font
and the character, so that two drawings on one page that define the same name agree.
"""

from __future__ import annotations

from typing import assert_never

from templates.boxes import BLACK, Bar, Box, Circle, Glyphs, Mark, Path
from templates.elements import element, empty, leaf
from templates.typefaces import advance
from templates.writers.outlines import outline, units_per_em

NAMESPACE = "http://www.w3.org/2000/svg"
PAPER = "#ffffff"


def write(box: Box, description: str) -> str:
    """The box as an SVG file of its own, in points, on white paper."""
    look = {"width": f"{box.width:.2f}pt", "height": f"{box.height + box.depth:.2f}pt"}
    look["style"] = f"background: {PAPER}; color: {BLACK}"
    return Drawing(set()).svg(box, description, look) + "\n"


class Drawing:
    """Draws boxes for one page; `defined` has the names of the outlines that the page has already.

    When `themed`, black is the colour of the text around and any other ink is `--ink-rrggbb`
    where the page says what that is. When `apart`, the drawings have no outlines of their own: the
    page has those of all of them in one place (`outlines`).
    """

    def __init__(self, defined: set[str], themed: bool = False, apart: bool = False) -> None:
        self.themed = themed
        self._defined = defined
        self._definitions: list[str] = []
        self._apart = apart

    def svg(self, box: Box, description: str, attributes: dict[str, str]) -> str:
        """An `svg` element that says its description to who cannot see it."""
        if not self._apart:
            self._definitions = []
        shapes = "".join(self._mark(mark) for mark in box.marks)
        title, _, rest = description.partition(". ")
        words = leaf("title", title) + (leaf("desc", rest) if rest else "")
        own_outlines = self._definitions and not self._apart
        definitions = element("defs", "".join(self._definitions)) if own_outlines else ""
        corners = f"0 {_number(-box.height)} {_number(box.width)} {_number(box.height + box.depth)}"
        own = {"xmlns": NAMESPACE, "role": "img", "viewBox": corners}
        return element("svg", words + definitions + shapes, {**own, **attributes})

    def outlines(self) -> str:
        """An `svg` element that shows nothing: every outline that the drawings have used so far."""
        definitions = element("defs", "".join(self._definitions))
        unseen = {"xmlns": NAMESPACE, "width": "0", "height": "0", "aria-hidden": "true"}
        return element("svg", definitions, {**unseen, "style": "position: absolute"})

    def _mark(self, mark: Mark) -> str:
        match mark:
            case Glyphs():
                return self._glyphs(mark)
            case Bar(width, height, x, y, ink):
                place = {"x": _number(x), "y": _number(-y - height), "fill": self._ink(ink)}
                return empty("rect", {"width": _number(width), "height": _number(height), **place})
            case Circle(radius, x, y):
                place = {"cx": _number(x), "cy": _number(-y), "r": _number(radius)}
                return empty("circle", {**place, **self._paint(mark)})
            case Path():
                dashes = {"stroke-dasharray": "3 2"} if mark.dashed else {}
                return empty("path", {"d": _data(mark), **self._paint(mark), **dashes})
            case _:
                assert_never(mark)

    def _paint(self, mark: Path | Circle) -> dict[str, str]:
        fill = {"fill": self._ink(mark.fill)}
        if mark.stroke is None:
            return fill
        return fill | {"stroke": self._ink(mark.stroke), "stroke-width": _number(mark.line_width)}

    def _ink(self, ink: str | None) -> str:
        if ink is None:
            return "none"
        if ink == BLACK:
            return "currentColor"
        return f"var(--ink-{ink[1:]}, {ink})" if self.themed else ink

    def _glyphs(self, mark: Glyphs) -> str:
        """The characters of a run, placed in font units inside a group of its own scale."""
        units = units_per_em(mark.font)
        scale = f"{mark.size / units:.6f}"
        look = {
            "transform": f"translate({_number(mark.x)} {_number(-mark.y)}) scale({scale} -{scale})",
            "fill": self._ink(mark.ink),
        }
        return element("g", "".join(self._used(mark, units)), look)

    def _used(self, mark: Glyphs, units: int) -> list[str]:
        uses, x = [], 0.0
        for character in mark.text:
            name = self._defining(mark.font, character)
            if name:
                place = {"x": _number(x)} if x else {}
                uses.append(empty("use", {"href": f"#{name}", **place}))
            x += advance(character, mark.font, units)
        return uses

    def _defining(self, font: str, character: str) -> str:
        """The name of an outline, which is defined the first time; none for a space."""
        data = "" if character.isspace() else outline(font, character)
        name = f"{font}-{ord(character):x}" if data else ""
        if name and name not in self._defined:
            self._defined.add(name)
            self._definitions.append(empty("path", {"id": name, "d": data}))
        return name


def _number(value: float) -> str:
    """Two decimal places, without zeros at the end and without a minus before zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _data(path: Path) -> str:
    start, *rest = (f"{_number(x)} {_number(-y)}" for x, y in path.points)
    if path.curved:
        steps = ["C" + " ".join(rest[i : i + 3]) for i in range(0, len(rest), 3)]
    else:
        steps = [f"L{point}" for point in rest]
    return f"M{start}{''.join(steps)}{'Z' if path.closed else ''}"
