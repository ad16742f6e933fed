"""HTML pages: well-formed, complete, and independent of the network."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from templates.boxes import Bar, Box, Glyphs
from templates.document import (
    AnswerSpace,
    Block,
    Code,
    Display,
    Document,
    Emphasis,
    Figure,
    Heading,
    Item,
    Listing,
    Math,
    Options,
    PageBreak,
    Paragraph,
    Strong,
    Table,
    Text,
    Unsupported,
)
from templates.markup import parse
from templates.writers.html import fragment, write

AWKWARD = "a < b & \"c\" > 'd' </p>"


def page(document: Document) -> ElementTree.Element:
    text = write(document)
    assert text.startswith("<!DOCTYPE html>\n<html lang=")
    return ElementTree.fromstring(text)


def body(*blocks: Block) -> ElementTree.Element:
    """The element that holds the blocks."""
    (main,) = page(Document("Quiz", blocks)).iter("main")
    return main


def texts(tree: ElementTree.Element, *names: str) -> list[str]:
    """The words of every element of these names, in order, formulas included."""
    found = [node for node in tree.iter() if node.tag in names]
    return [" ".join("".join(node.itertext()).split()) for node in found]


def test_the_sample_has_all_its_parts(sample: Document) -> None:
    tree = page(sample)
    assert tree.findtext("head/title") == "Midterm 2"
    assert texts(tree, "h1", "h2", "h3") == [
        "Midterm 2", "Question 1 (6 points)", "Question 2 (2 points)", "Solution 1",
        "Worked solution",
    ]  # fmt: skip
    assert texts(tree, "dt", "dd") == ["Name", "Zoë Ångström Ελένη Чехов", "ID", ""]
    assert texts(tree, "th", "td") == ["x", "tanhx", "Remark", "0.5", "0.4621", "odd"]
    assert texts(tree, "desc", "{http://www.w3.org/2000/svg}title") == [
        "one unit with one outgoing edge"
    ]
    assert texts(tree, "em", "strong", "code") == ["two", "one", "np.tanh"]
    assert texts(tree, "footer") == ["Version K7"]
    assert len(list(tree.iter("section"))) == 3
    assert [node.attrib["class"] for node in tree.iter("hr")] == ["page-break"]


def test_the_page_needs_nothing_from_elsewhere(sample: Document) -> None:
    text = write(sample)
    addresses = set(re.findall(r"[a-z]+://[^\"'\s)]+", text))
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<script|<link|<img|@import|url\(|javascript:", text)


def test_the_page_says_its_language_and_alphabet() -> None:
    tree = page(Document("Quiz", (), language="de"))
    assert tree.attrib["lang"] == "de"
    assert next(tree.iter("meta")).attrib == {"charset": "utf-8"}


def test_light_dark_and_print_are_all_styled(sample: Document) -> None:
    style = next(page(sample).iter("style")).text or ""
    for part in ("prefers-color-scheme: dark", "@media print", "max-width: 30rem"):
        assert part in style
    assert style.count("{") == style.count("}")


def test_the_same_document_gives_the_same_page(sample: Document) -> None:
    assert write(sample) == write(sample)


def test_words_are_escaped_wherever_they_stand() -> None:
    words = (Text(AWKWARD),)
    box = Box(9, 9, 0, (Bar(1, 1),))
    tree = page(
        Document(
            AWKWARD,
            (
                Heading(1, words),
                Paragraph((*words, Code(AWKWARD), Emphasis(words), Strong(words))),
                Options((AWKWARD,), ((Paragraph(words),),)),
                Table((words,), ((words,),)),
                Figure(box, AWKWARD),
                AnswerSpace(words),
            ),
            running=AWKWARD,
        )
    )
    said = "".join(tree.itertext())
    assert said.count(AWKWARD) == 13


def test_every_item_begins_one_level_below_the_title() -> None:
    blocks = (Item((Text("One"),), (Heading(2, (Text("Two"),)), Heading(3, (Text("Three"),)))),)
    untitled = body(*blocks)
    assert [node.tag for node in untitled.iter() if node.tag[0] == "h"] == ["h1", "h2", "h3"]
    titled = body(Heading(1, (Text("Title"),)), *blocks)
    assert [node.tag for node in titled.iter() if node.tag[0] == "h"] == ["h1", "h2", "h3", "h4"]


def test_options_are_lettered_and_say_whether_several_may_be_ticked() -> None:
    entries = (parse("yes"), parse("$$x = 1$$"))
    (one,) = body(Options(("A", "B"), entries)).iter("ol")
    assert one.attrib["class"] == "options"
    assert texts(one, "li") == ["A yes", "B x=1"]
    (several,) = body(Options(("A", "B"), entries, several=True)).iter("ol")
    assert several.attrib["class"] == "options several"


def test_lists_keep_their_kind_and_their_entries() -> None:
    entries = (parse("one"), parse("two\n\nmore"))
    assert texts(body(Listing(entries)), "ul") == ["one two more"]
    assert texts(body(Listing(entries, ordered=True)), "li") == ["one", "two more"]


def test_a_table_says_what_its_cells_belong_to() -> None:
    (table,) = parse("| node | value |\n|--|--|\n| $a$ | $-0.5$ |\n| $b$ | 2 |\n")
    tree = body(table)
    assert [node.attrib["scope"] for node in tree.iter("th")] == ["col", "col", "row", "row"]
    assert [node.attrib.get("class") for node in tree.iter("td")] == ["figures", "figures"]


def test_a_table_without_header_has_none() -> None:
    tree = body(Table((), (((Text("a"),), (Text("b"),)),)))
    assert not list(tree.iter("thead"))
    assert texts(tree, "th", "td") == ["a", "b"]


def test_an_answer_space_has_room_and_a_box() -> None:
    (answer,) = body(AnswerSpace(parse_label(), 3)).iter("div")
    assert answer.attrib == {"class": "answer", "style": "--lines: 3"}
    assert [node.attrib["class"] for node in answer.iter("span")] == ["box"]
    (room,) = body(AnswerSpace(lines=2)).iter("div")
    assert not list(room)


def test_the_box_for_a_shape_has_its_cross() -> None:
    (answer,) = body(AnswerSpace(parse_label(), inside=(Math(r"\times"),))).iter("div")
    (box,) = answer.iter("span")
    assert "".join(box.itertext()) == "×"


def parse_label() -> tuple[Math, ...]:
    return (Math(r"\delta ="),)


def test_punctuation_after_a_formula_is_written_once() -> None:
    content = (Math("x"), Text(", then ("), Math("y"), Text(")."), Math("z"))
    assert texts(body(Paragraph(content)), "p") == ["x, then (y).z"]


def test_a_display_is_a_block() -> None:
    (math,) = body(Display("x = 1")).iter("math")
    assert math.attrib["display"] == "block"


def test_figures_share_their_outlines() -> None:
    figure = Figure(Box(20, 10, 0, (Glyphs("KaTeX_Main-Regular", 10, "a"),)), "a letter")
    tree = body(figure, figure)
    names = [node.attrib["id"] for node in tree.iter() if "id" in node.attrib]
    assert names == ["KaTeX_Main-Regular-61"]
    uses = [node.attrib["href"] for node in tree.iter() if "href" in node.attrib]
    assert uses == ["#KaTeX_Main-Regular-61"] * 2


def test_a_fragment_is_the_blocks_alone_with_figures_on_white() -> None:
    figure = Figure(Box(20, 10, 0, (Bar(9, 1),)), "a bar")
    text = fragment((*parse("Words and $x$."), figure))
    tree = ElementTree.fromstring(text)
    assert (tree.tag, tree.attrib) == ("div", {"class": "backprep"})
    assert texts(tree, "p") == ["Words and x."]
    assert "background: #ffffff" in text
    assert "var(" not in text


@pytest.mark.parametrize("block", [PageBreak(), Item((Text("inner"),), ())])
def test_an_impossible_nesting_is_an_error(block: PageBreak | Item) -> None:
    with pytest.raises(Unsupported, match="HTML"):
        write(Document("Quiz", (Item((Text("outer"),), (block,)),)))


def test_an_option_without_a_letter_has_no_place_for_one() -> None:
    (found,) = body(Options(("", ""), (parse("True"), parse("False")))).iter("ol")
    assert texts(found, "li") == ["True", "False"]
    assert not list(found.iter("span"))
