"""Real items in every format that a solution can have."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from gen.family import load_families
from gen.items import make
from gen.presentation.items import single
from gen.problem import Key
from templates.document import Document
from templates.writers import html, latex, markdown

PDFLATEX = shutil.which("pdflatex")
families = pytest.mark.parametrize("name", load_families())


@cache
def document(name: str) -> Document:
    loaded = load_families()[name]
    family = loaded.family
    key = Key(name, family.version, 5)
    return single(make(loaded, key, family.difficulties[-1], family.forms[-1]))


@families
def test_an_item_is_a_well_formed_page(name: str) -> None:
    page = ElementTree.fromstring(html.write(document(name)))
    assert page.findtext(".//h1")
    assert len(list(page.iter("math"))) > 5


@families
def test_an_item_is_markdown_without_what_github_would_spoil(name: str) -> None:
    text = markdown.write(document(name))
    assert text.startswith("# ")
    for spoiled in ("\\,", "\\;", "\\!", "\\{", "\\|"):
        assert spoiled not in text
    inline = [line for line in text.splitlines() if line.startswith("$\\displaystyle")]
    assert not any("\\\\" in line for line in inline)


@families
@pytest.mark.skipif(PDFLATEX is None, reason="pdflatex is not installed")
def test_an_item_compiles_without_a_line_that_is_too_long(name: str, tmp_path: Path) -> None:
    (tmp_path / "item.tex").write_text(latex.write(document(name)), encoding="ascii")
    command = [str(PDFLATEX), "-halt-on-error", "-interaction=nonstopmode", "item.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace")
    assert done.returncode == 0, done.stdout[-1500:]
    assert "Overfull" not in done.stdout
