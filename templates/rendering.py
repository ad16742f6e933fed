"""Rendering: a named block of a Jinja template, given values, as blocks of the document tree.

Templates are Markdown (`templates.markup`) with Jinja statements in `<% %>`, values in `<< >>`
and comments in `<# #>`, which leave LaTeX's braces alone. A text in a TOML file can be included as
a template of its own, by the name of the file and its keys: `concepts/000.toml/two_paths/why`. A
value that the template names and the program does not give is an error. Where some come from a
user, all run in Jinja's sandbox.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2 import TemplateError as JinjaError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from templates.document import Block
from templates.markup import parse
from templates.places import MarkupError, mark

_TOKENS = re.compile(r"<%.*?%>|<<.*?>>|<#.*?#>|\\.|\$\$|\$|\n", re.DOTALL)


class TemplateError(ValueError):
    """A template that cannot be rendered; the message begins with its name and the line."""


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates that the program brings, and before them those of a user's `directory`."""

    directory: Path | None = None

    def render(self, template: str, block: str, /, **context: object) -> tuple[Block, ...]:
        """One named block of a template, with `context` as its values.

        What the template sets or imports outside its blocks can be used inside them.

        Raises:
            TemplateError: the template or block is missing, does not parse, names a value that
                `context` lacks, or has markup or mathematics that cannot be set.
        """
        text = self._text(template, block, context)
        try:
            return _parsed(text)
        except MarkupError as error:
            place = error.place or f"{template}, block {block}"
            raise TemplateError(f"{place}: {error.message}") from error

    def has_block(self, template: str, block: str, /) -> bool:
        """Whether the template has a block of that name.

        Raises:
            TemplateError: the template is missing or does not parse.
        """
        return block in _load(template, self.directory).blocks

    def _text(self, template: str, block: str, context: dict[str, object]) -> str:
        """One named block as Markdown, place marks included."""
        loaded = _load(template, self.directory)
        if block not in loaded.blocks:
            known = ", ".join(sorted(loaded.blocks)) or "none"
            raise TemplateError(f"{template}: no block named {block!r}; its blocks are: {known}")
        try:
            return _run(loaded, block, context)
        except Exception as error:
            place = _place(error.__traceback__, template)
            raise TemplateError(f"{place}: {error or type(error).__name__}") from error


@lru_cache(maxsize=1024)
def _parsed(text: str) -> tuple[Block, ...]:
    """Conventions, reasons and whole sentences come again in item after item."""
    return parse(text)


_OURS = Templates()
render = _OURS.render
has_block = _OURS.has_block


def _load(template: str, directory: Path | None) -> Template:
    try:
        return _environment(directory).get_template(template)
    except TemplateSyntaxError as error:
        place = f"{error.name or template}, line {error.lineno}"
        raise TemplateError(f"{place}: {error.message}") from error
    except TemplateNotFound as error:
        raise TemplateError(f"there is no template {error.name!r}") from error
    except JinjaError as error:
        raise TemplateError(f"{template}: {error}") from error


@cache
def _environment(directory: Path | None) -> Environment:
    def load(name: str) -> tuple[str, str, None] | None:
        source = _source(name, directory)
        return None if source is None else (_marked(source, name), name, None)

    # The sandbox checks every attribute and call, which what the program brings does not need.
    kind = Environment if directory is None else ImmutableSandboxedEnvironment
    return kind(
        variable_start_string="<<", variable_end_string=">>",
        block_start_string="<%", block_end_string="%>",
        comment_start_string="<#", comment_end_string="#>",
        trim_blocks=True, lstrip_blocks=True, autoescape=False,
        undefined=StrictUndefined, loader=FunctionLoader(load),
    )  # fmt: skip


def _source(name: str, directory: Path | None) -> str | None:
    """The text of a template; None when there is none, or when its name leads out of the folder.

    Behind the name of a TOML file, the name of a template goes on with the keys of a text in it.
    """
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or parts[0] == "/":
        return None
    table = next((i for i, part in enumerate(parts, 1) if part.endswith(".toml")), len(parts))
    text = _file(parts[:table], directory)
    if table == len(parts) or text is None:
        return text
    return _entry(text, parts[table:])


@lru_cache(maxsize=64)
def _table(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


def _entry(text: str, keys: Sequence[str]) -> str | None:
    """The text under the keys in a TOML file; None when there is none."""
    found: Any = _table(text)
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, str) else None


def _file(parts: Sequence[str], directory: Path | None) -> str | None:
    if directory is not None and directory.joinpath(*parts).is_file():
        return directory.joinpath(*parts).read_text(encoding="utf-8")
    packaged = files("templates").joinpath(*parts)
    return packaged.read_text(encoding="utf-8") if packaged.is_file() else None


def _marked(source: str, name: str) -> str:
    """The source with a place mark behind each dollar sign and before each line of a display.

    Jinja's own statements are left alone: a mark inside a string there could change a comparison.
    """
    line, display = 1, False

    def marked(found: re.Match[str]) -> str:
        nonlocal line, display
        token = found.group()
        line += token.count("\n")
        if token == "$$":
            display = not display
        elif token != "$" and not (token == "\n" and display):
            return token
        return token + mark(name, line)

    return _TOKENS.sub(marked, source)


def _run(template: Template, block: str, values: dict[str, object]) -> str:
    context = template.new_context(values)
    try:
        _run_top(template, context)
        return "".join(template.blocks[block](context))
    except Exception:
        # Jinja rewrites the traceback, so that it names lines of the template.
        template.environment.handle_exception()


def _run_top(template: Template, context: Context) -> None:
    """Execute what stands outside the blocks, so that its assignments and imports are known."""
    blocks = context.blocks
    context.blocks = {name: [_nothing] for name in blocks}
    for _ in template.root_render_func(context):
        pass
    context.blocks = blocks


def _nothing(_: Context) -> Iterator[str]:
    return iter(())


def _place(traceback: TracebackType | None, template: str) -> str:
    """The innermost line of a template on the traceback."""
    place = template
    while traceback is not None:
        name = traceback.tb_frame.f_code.co_filename
        if "__jinja_exception__" in traceback.tb_frame.f_globals:
            place = f"{name}, line {traceback.tb_lineno}"
        traceback = traceback.tb_next
    return place
