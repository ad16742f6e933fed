"""Elements as text."""

from __future__ import annotations

from xml.etree import ElementTree

from templates.elements import element, empty, leaf

AWKWARD = "a < b & \"c\" > 'd'"


def test_words_and_attributes_come_back_as_they_were() -> None:
    tree = ElementTree.fromstring(leaf("p", AWKWARD, {"title": AWKWARD}))
    assert (tree.text, tree.attrib) == (AWKWARD, {"title": AWKWARD})


def test_content_is_markup_already() -> None:
    assert element("p", leaf("b", "1 < 2")) == "<p><b>1 &lt; 2</b></p>"


def test_an_element_without_content_keeps_both_its_tags() -> None:
    assert element("span", "") == "<span></span>"


def test_an_empty_element_closes_itself() -> None:
    assert empty("br") == "<br/>"
