"""The practice page: one HTML file with its words, its looks, its scripts and its font.

Nothing of it comes from a network, which the page forbids itself as well. The cards are packed by
skill (zlib, base64), as MathML is long and the same over and over.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from templates.writers.html import style_sheet

FONT = "BackprepMath.woff2"
JUDGE = (
    "text.js",
    "numbers.js",
    "written.js",
    "arrays.js",
    "lines.js",
    "follow.js",
    "tokens.js",
    "expressions.js",
    "judge.js",
)
"""The scripts that judge answers. Together they define `Judge.grade` and `Judge.number`."""
SCRIPTS = (
    "schedule.js",
    "store.js",
    "cards.js",
    *JUDGE,
    "view.js",
    "summary.js",
    "session.js",
    "app.js",
)
"""The scripts of the page, in their order: each uses only what stands before it."""


def page(
    title: str,
    made: str,
    index: Mapping[str, Any],
    cards: Mapping[str, Sequence[Any]],
    outlines: str,
) -> str:
    """The page; `index` says what skills there are, and `cards` has the cards of each, by name.

    `made` is the line at the foot, `outlines` an element with those that the figures use.
    """
    # Only here, as the library takes long to import.
    from jinja2 import Environment, StrictUndefined

    shell = Environment(undefined=StrictUndefined, autoescape=True, keep_trailing_newline=True)
    template = shell.from_string(_text("shell.html.j2"))
    return template.render(
        title=title,
        made=made,
        font=b64encode(_folder("fonts").joinpath(FONT).read_bytes()).decode(),
        style=_markup(style_sheet() + _text("practice.css")),
        index=_markup(_json(index)),
        outlines=_markup(outlines),
        skills=[(name, packed(each)) for name, each in cards.items()],
        script=_markup(script()),
    )


def script(names: Sequence[str] = SCRIPTS) -> str:
    """Scripts of the page as one, all of them unless some are named."""
    return "\n".join(map(_text, names))


def packed(cards: Sequence[Any]) -> str:
    """Cards as the page unpacks them."""
    return b64encode(zlib.compress(_json(cards).encode(), 9)).decode()


def _json(value: Any) -> str:
    """JSON that may stand in a page: no `</script>` can end it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("</", "<\\/")


def _markup(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)


def _folder(name: str) -> Any:
    return files("templates") / name


@cache
def _text(name: str) -> str:
    return str(_folder("practice").joinpath(name).read_text(encoding="utf-8"))
