"""Outlines: the shapes of characters, read from the TrueType fonts of the pages.

Only what those fonts have is read (OpenType specification: tables head, maxp, loca, cmap formats
4 and 12, and glyf with simple and compound glyphs). Coordinates are in font units, y upwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from struct import calcsize, unpack_from
from typing import Final, NamedTuple

from templates.typefaces import MissingGlyphError, font_file

_ON_CURVE, _SHORT_X, _SHORT_Y, _REPEATED, _SAME_X, _SAME_Y = 1, 2, 4, 8, 16, 32
"""Flags of a point of a simple glyph."""

_WORDS, _OFFSETS, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 1, 2, 8, 32, 64, 128
"""Flags of a part of a compound glyph."""

_UNIT: Final = 1 / 16384
"""The unit of a scale: numbers with two bits before the point and fourteen after."""


class Point(NamedTuple):
    """A point of a contour; one that is off the curve controls a quadratic Bezier segment."""

    x: float
    y: float
    on_curve: bool


Contour = tuple[Point, ...]


@cache
def units_per_em(font: str) -> int:
    """How many font units there are to the em."""
    return _file(font).units


@cache
def outline(font: str, character: str) -> str:
    """The outline of a character as the path data of SVG, empty for a space.

    Raises MissingGlyphError for a character that the font lacks.
    """
    file = _file(font)
    glyph = file.glyphs.get(ord(character), 0)
    if not glyph:
        raise MissingGlyphError(f"no outline for {character!r} in {font}")
    return "".join(_path(contour) for contour in file.contours(glyph) if contour)


def _path(contour: Contour) -> str:
    """A closed path; two neighbours off the curve have a point of it half-way between them."""
    points: list[Point] = []
    for point, following in pairwise((*contour, contour[0])):
        points.append(point)
        if not point.on_curve and not following.on_curve:
            points.append(_middle(point, following))
    first = next(place for place, point in enumerate(points) if point.on_curve)
    points = points[first:] + points[: first + 1]
    return f"M{_pair(points[0])}" + "".join(_segments(points)) + "Z"


def _segments(points: Sequence[Point]) -> Iterator[str]:
    for before, point in pairwise(points):
        if not before.on_curve:
            yield f"Q{_pair(before)} {_pair(point)}"
        elif point.on_curve:
            yield f"L{_pair(point)}"


def _middle(one: Point, other: Point) -> Point:
    return Point((one.x + other.x) / 2, (one.y + other.y) / 2, True)


def _pair(point: Point) -> str:
    return f"{point.x:.6g} {point.y:.6g}"


class _File:
    """A font file: where its tables lie, which glyph a character has, and the glyphs."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        count = unpack_from(">H", data, 4)[0]
        entries = (unpack_from(">4s4xI4x", data, 12 + 16 * i) for i in range(count))
        self._tables: dict[bytes, int] = dict(entries)
        head = self._tables[b"head"]
        self.units: int = unpack_from(">H", data, head + 18)[0]
        self._places = self._loca(unpack_from(">h", data, head + 50)[0] == 1)
        self.glyphs = dict(self._characters())

    def _loca(self, long: bool) -> tuple[int, ...]:
        count = unpack_from(">H", self._data, self._tables[b"maxp"] + 4)[0] + 1
        form = f">{count}{'I' if long else 'H'}"
        places = unpack_from(form, self._data, self._tables[b"loca"])
        return places if long else tuple(2 * place for place in places)

    def _characters(self) -> Iterator[tuple[int, int]]:
        """Pairs of code point and glyph, from every subtable of a known format."""
        start = self._tables[b"cmap"]
        for i in range(unpack_from(">H", self._data, start + 2)[0]):
            offset = start + unpack_from(">I", self._data, start + 8 + 8 * i)[0]
            form = unpack_from(">H", self._data, offset)[0]
            if form == 4:
                yield from self._segments(offset)
            elif form == 12:
                yield from self._groups(offset)

    def _segments(self, offset: int) -> Iterator[tuple[int, int]]:
        """Format 4: ranges, each with a difference or with a list of glyphs."""
        count = unpack_from(">H", self._data, offset + 6)[0] // 2
        at = offset + 14
        ends = unpack_from(f">{count}H", self._data, at)
        starts = unpack_from(f">{count}H", self._data, at + 2 * count + 2)
        deltas = unpack_from(f">{count}H", self._data, at + 4 * count + 2)
        table = at + 6 * count + 2
        for i, span in enumerate(map(range, starts, (end + 1 for end in ends))):
            where = table + 2 * i
            distance = unpack_from(">H", self._data, where)[0]
            for point in span:
                if point == 0xFFFF:
                    continue
                glyph = point
                if distance:
                    glyph = unpack_from(">H", self._data, where + distance + 2 * (point - span[0]))[
                        0
                    ]
                    if not glyph:
                        continue
                yield point, (glyph + deltas[i]) & 0xFFFF

    def _groups(self, offset: int) -> Iterator[tuple[int, int]]:
        """Format 12: ranges of code points whose glyphs follow one another."""
        for i in range(unpack_from(">I", self._data, offset + 12)[0]):
            first, last, glyph = unpack_from(">3I", self._data, offset + 16 + 12 * i)
            yield from zip(
                range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True
            )

    def contours(self, glyph: int) -> tuple[Contour, ...]:
        """The contours of a glyph; none when it is blank."""
        start, end = self._places[glyph], self._places[glyph + 1]
        if start == end:
            return ()
        at = self._tables[b"glyf"] + start
        count = unpack_from(">h", self._data, at)[0]
        if count < 0:
            return tuple(self._compound(at + 10))
        return tuple(_Simple(self._data, at + 10, count).contours())

    def _compound(self, at: int) -> Iterator[Contour]:
        more = True
        while more:
            flags, glyph = unpack_from(">HH", self._data, at)
            form = ">hh" if flags & _WORDS else ">bb"
            if not flags & _OFFSETS:
                raise ValueError(
                    "a compound glyph whose parts are placed by points is not supported"
                )
            dx, dy = unpack_from(form, self._data, at + 4)
            at += 4 + calcsize(form)
            scales, size = self._scales(flags, at)
            at += size
            for contour in self.contours(glyph):
                yield tuple(_moved(point, scales, dx, dy) for point in contour)
            more = bool(flags & _MORE)

    def _scales(self, flags: int, at: int) -> tuple[tuple[float, float, float, float], int]:
        """The matrix of a part of a compound glyph, and how many bytes it takes."""
        if flags & _SCALE:
            (both,) = unpack_from(">h", self._data, at)
            return (both * _UNIT, 0.0, 0.0, both * _UNIT), 2
        if flags & _TWO_SCALES:
            x, y = unpack_from(">2h", self._data, at)
            return (x * _UNIT, 0.0, 0.0, y * _UNIT), 4
        if flags & _MATRIX:
            a, b, c, d = (value * _UNIT for value in unpack_from(">4h", self._data, at))
            return (a, b, c, d), 8
        return (1.0, 0.0, 0.0, 1.0), 0


def _moved(point: Point, scales: tuple[float, float, float, float], dx: float, dy: float) -> Point:
    a, b, c, d = scales
    return Point(a * point.x + c * point.y + dx, b * point.x + d * point.y + dy, point.on_curve)


class _Simple:
    """A cursor over the data of a simple glyph."""

    def __init__(self, data: bytes, at: int, count: int) -> None:
        self._data = data
        self._ends: tuple[int, ...] = unpack_from(f">{count}H", data, at)
        at += 2 * count
        self._at = at + 2 + unpack_from(">H", data, at)[0]

    def contours(self) -> Iterator[Contour]:
        """The contours in order."""
        flags = self._flags(self._ends[-1] + 1)
        xs = self._coordinates(flags, _SHORT_X, _SAME_X)
        ys = self._coordinates(flags, _SHORT_Y, _SAME_Y)
        points = [Point(x, y, bool(f & _ON_CURVE)) for x, y, f in zip(xs, ys, flags, strict=True)]
        for first, last in pairwise((-1, *self._ends)):
            yield tuple(points[first + 1 : last + 1])

    def _flags(self, count: int) -> list[int]:
        flags: list[int] = []
        while len(flags) < count:
            flag, times = self._byte(), 1
            if flag & _REPEATED:
                times += self._byte()
            flags += [flag] * times
        return flags

    def _coordinates(self, flags: Sequence[int], short: int, same: int) -> list[int]:
        """Each as its distance from the one before; `same` is the sign of a short distance."""
        found, value = [], 0
        for flag in flags:
            if flag & short:
                value += self._byte() if flag & same else -self._byte()
            elif not flag & same:
                value += unpack_from(">h", self._data, self._at)[0]
                self._at += 2
            found.append(value)
        return found

    def _byte(self) -> int:
        value: int = self._data[self._at]
        self._at += 1
        return value


@cache
def _file(font: str) -> _File:
    return _File(font_file(font).read_bytes())
