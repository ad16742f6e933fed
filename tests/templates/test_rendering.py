from __future__ import annotations

from pathlib import Path

import pytest

from templates.document import Code, Display, Math, Paragraph, Text
from templates.rendering import TemplateError, Templates, has_block, render

SHOWN = r"""<% set half = "1/2" %>
<% from "macros.md.j2" import number %>
<% block stem %>
The loss is $\ell = << half >>\,y$ and << number(w) >>.
<% endblock %>
<% block compare %>
<% if sign == "$" %>
yes
<% endif %>
<% endblock %>
<% block code %>
`$x` and \$
<% endblock %>
<% block missing %>

<% for x in (1, 2) %>
<< absent >>
<% endfor %>
<% endblock %>
<% block mathematics %>
<% for x in (1, 2, 3) %>
Fine $<< x >>$.

Bad $\unheard_{<< x >>}$.
<% endfor %>
<% endblock %>
<% block display %>
$$
a = b
 + \unheard
$$
<% endblock %>
<% block link %>
See $x$ and [a](b).
<% endblock %>
<% block unsafe %>
<< name.__class__.__mro__ >>
<% endblock %>
<% block macro %>
<< number("\\unheard") >>
<% endblock %>
"""
MACROS = """<# Shared words. #>
<% macro number(x) %>
$w = << x >>$
<%- endmacro %>
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    path = tmp_path_factory.mktemp("templates")
    (path / "shown.md.j2").write_text(SHOWN, encoding="utf-8")
    (path / "macros.md.j2").write_text(MACROS, encoding="utf-8")
    (path / "broken.md.j2").write_text("<% block a %>\nx\n<% endblok %>\n", encoding="utf-8")
    return Templates(path)


def line_of(text: str) -> int:
    """The line, counted from 1, of the only occurrence in the template."""
    return SHOWN[: SHOWN.index(text)].count("\n") + 1


def test_a_block_renders_with_its_values_and_the_templates_own_settings(folder: Templates) -> None:
    assert folder.render("shown.md.j2", "stem", w=3) == (
        Paragraph(
            (
                Text("The loss is "),
                Math(r"\ell = 1/2\,y"),
                Text(" and "),
                Math("w = 3"),
                Text("."),
            )
        ),
    )


def test_marks_of_place_do_not_touch_comparisons_or_code(folder: Templates) -> None:
    assert folder.render("shown.md.j2", "compare", sign="$") == (Paragraph((Text("yes"),)),)
    assert folder.render("shown.md.j2", "code") == (Paragraph((Code("$x"), Text(" and $"))),)


@pytest.mark.parametrize(
    ("block", "line", "complaint"),
    [
        ("missing", line_of("<< absent"), "'absent' is undefined"),
        ("mathematics", line_of(r"Bad $\unheard"), r"\unheard"),
        ("display", line_of(r" + \unheard"), r"\unheard"),
        ("link", line_of("See $x$"), "a link"),
        ("unsafe", line_of("<< name."), "unsafe"),
    ],
)
def test_an_error_names_the_template_and_its_own_line(
    folder: Templates, block: str, line: int, complaint: str
) -> None:
    with pytest.raises(TemplateError) as caught:
        folder.render("shown.md.j2", block, name="x", w=1)
    assert str(caught.value).startswith(f"shown.md.j2, line {line}: ")
    assert complaint in str(caught.value)


def test_mathematics_from_a_macro_names_the_macros_own_line(folder: Templates) -> None:
    with pytest.raises(TemplateError, match=r"^macros\.md\.j2, line 3: .*unheard"):
        folder.render("shown.md.j2", "macro")


def test_a_template_that_does_not_parse_names_its_line(folder: Templates) -> None:
    with pytest.raises(TemplateError, match=r"^broken\.md\.j2, line 3: .*endblok"):
        folder.has_block("broken.md.j2", "a")


def test_a_missing_block_is_answered_with_those_there_are(folder: Templates) -> None:
    assert folder.has_block("shown.md.j2", "stem")
    assert not folder.has_block("shown.md.j2", "steam")
    with pytest.raises(TemplateError, match="no block named 'steam'; its blocks are: code,"):
        folder.render("shown.md.j2", "steam")


@pytest.mark.parametrize("name", ["absent.md.j2", "../shown.md.j2", "/etc/hostname"])
def test_a_template_outside_the_folders_does_not_exist(folder: Templates, name: str) -> None:
    with pytest.raises(TemplateError, match="there is no template"):
        folder.render(name, "stem")


def test_a_display_keeps_its_lines_free_of_marks(folder: Templates, tmp_path: Path) -> None:
    (tmp_path / "a.j2").write_text("<% block a %>\n$$\na\n= b\n$$\n<% endblock %>")
    assert Templates(tmp_path).render("a.j2", "a") == (Display("a\n= b"),)


def test_without_a_folder_the_programs_own_templates_are_used() -> None:
    with pytest.raises(TemplateError, match="there is no template 'shown"):
        render("shown.md.j2", "stem")
    with pytest.raises(TemplateError, match="there is no template 'shown"):
        has_block("shown.md.j2", "stem")


def test_a_text_in_a_toml_file_is_included_by_the_files_name_and_its_keys(tmp_path: Path) -> None:
    tmp_path.joinpath("bank.toml").write_text('[first]\nsays = "<< half >> of $\\\\ell$."\n')
    tmp_path.joinpath("page.md.j2").write_text(
        '<% block one %><% include "bank.toml/first/" ~ key %><% endblock %>'
    )
    templates = Templates(tmp_path)
    assert templates.render("page.md.j2", "one", half="Half", key="says") == (
        Paragraph((Text("Half of "), Math(r"\ell"), Text("."))),
    )
    with pytest.raises(TemplateError, match=r"bank\.toml/first/says, line 1"):
        templates.render("page.md.j2", "one", key="says")
    for missing in ("", "unsaid", "says/more"):
        with pytest.raises(TemplateError, match=r"bank\.toml/first"):
            templates.render("page.md.j2", "one", half="Half", key=missing)
