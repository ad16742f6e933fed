r"""Dollar mathematics for markdown-it: `$...$` in a line, and `$$...$$` that fills its lines.

The content is everything up to the next dollar sign that no backslash escapes. Nothing inside is
Markdown. A dollar sign without a partner is an error, not a dollar sign.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from templates.places import MARK, MarkupError, last_place

_BODY = r"((?:\\.|[^\\$])+)"
_INLINE = re.compile(rf"\${_BODY}\$(?:{MARK})?", re.DOTALL)
_BLOCK = re.compile(rf"\s*\$\${_BODY}\$\$(?:{MARK})?\s*", re.DOTALL)


def dollars(markdown: MarkdownIt) -> None:
    """Add both rules to a parser; their tokens are `math_inline` and `math_block`."""
    markdown.inline.ruler.before("escape", "math_inline", _inline)
    markdown.block.ruler.before(
        "fence", "math_block", _block, {"alt": ["paragraph", "blockquote", "list"]}
    )


def _inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$":
        return False
    found = _INLINE.match(state.src, state.pos)
    if found is None:
        place = last_place(state.src[state.pos :])
        if state.src.startswith("$$", state.pos):
            raise MarkupError("displayed mathematics ($$) must stand on lines of its own", place)
        raise MarkupError(r"a $ has no closing $ (write \$ for a dollar sign)", place)
    if not silent:
        state.push("math_inline", "", 0).content = found.group(1)
    state.pos = found.end()
    return True


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("$$", first):
        return False
    if silent:
        return True
    for line in range(start + 1, end + 1):
        text = state.getLines(start, line, state.blkIndent, False)
        found = _BLOCK.fullmatch(text)
        if found is not None:
            token = state.push("math_block", "", 0)
            token.content, token.map = found.group(1), [start, line]
            state.line = line
            return True
    place = last_place(state.getLines(start, start + 1, 0, False))
    raise MarkupError("displayed mathematics ($$) has no closing $$ at the end of a line", place)
