"""Make `templates/fonts/BackprepMath.woff2` out of Latin Modern Math.

    python docs/math_font.py latinmodern-math.otf

Needs fonttools and brotli. What is kept: every character that the symbols of
`templates.mathematics` can give in MathML, the stretched forms of its brackets, arrows and roots,
and the small forms for scripts.
"""

from __future__ import annotations

import inspect
import sys
import unicodedata
from pathlib import Path
from types import ModuleType

from fontTools import subset

from templates.mathematics import raised, symbols
from templates.mathematics.mathml import leaves, reader

TARGET = Path(__file__).parents[1] / "templates" / "fonts" / "BackprepMath.woff2"
NAME = "Backprep Math"
ALPHABETS = ("ITALIC", "BOLD", "SCRIPT CAPITAL", "DOUBLE-STRUCK CAPITAL", "MONOSPACE")
OTHERS = ("FRAKTUR", "SANS-SERIF", "BOLD SCRIPT")
RANGES = ((0x20, 0x7F), (0xA0, 0x100), (0x300, 0x310), (0x370, 0x400), (0x2102, 0x2140))
FURTHER = "⃗′″‴⁡⁢…⋮⋯⋱−∑∏√∫‾⏞⏟⎴⎵ˆˉ˜"


def characters() -> set[int]:
    """The characters that are kept, as code points."""
    kept = {code for first, end in RANGES for code in range(first, end)} | set(map(ord, FURTHER))
    for module in (symbols, raised, leaves, reader):
        kept |= set(map(ord, _source(module)))
    return kept | set(filter(_is_alphabet, range(0x1D400, 0x1D800)))


def _source(module: ModuleType) -> str:
    return inspect.getsource(module)


def _is_alphabet(code: int) -> bool:
    name = unicodedata.name(chr(code), "").removeprefix("MATHEMATICAL ")
    return name.startswith(ALPHABETS) and not any(other in name for other in OTHERS)


def make(source: Path) -> None:
    """Write the font."""
    options = subset.Options(
        layout_features=["*"], flavor="woff2", hinting=False, recalc_timestamp=False
    )
    options.drop_tables += ["GPOS", "FFTM"]
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    for record in list(font["name"].names):
        new = {1: NAME, 4: NAME, 6: NAME.replace(" ", ""), 16: NAME}.get(record.nameID)
        if new:
            place = (record.nameID, record.platformID, record.platEncID, record.langID)
            font["name"].setName(new, *place)
    font["CFF "].cff.fontNames[0] = NAME.replace(" ", "")
    subset.save_font(font, TARGET, options)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
