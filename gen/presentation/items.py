"""One item as blocks of a document: the question, and the worked solution.

The words come from templates, the numbers from the item; here they are only put in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from string import ascii_lowercase

from gen.family import find
from gen.points import in_words, shares
from gen.presentation.answers import (
    answer_text,
    choice_diagnoses,
    diagnoses,
    letters,
    option_text,
)
from gen.presentation.context import Context
from gen.presentation.figures import figure
from gen.problem import Item, Option, Part, PartSolution, Value, Written
from solver.steps import Step
from solver.term import Term
from templates.document import (
    AnswerSpace,
    Block,
    Document,
    Heading,
    Inline,
    Listing,
    Math,
    Options,
    Paragraph,
    Text,
)
from templates.explain import Reason, by_step
from templates.rendering import render

PAGES = "pages.md.j2"
CONVENTIONS = "conventions.md.j2"
LEAST_ROOM, MOST_ROOM, CHOICE_ROOM = 3, 10, 6
"""Lines of room to work for one part, and the most below options."""
SEVERAL, ROOM_IN_ALL = 4, 10
"""From so many parts on, so many lines for all of them: a question has to fit on one page."""
REASON = 10
"""The box for a reason is as wide as so many numbers."""
EXPRESSION = 6
"""The numbers that would take up as much of a box as an expression does."""


def single(item: Item, name: str = "") -> Document:
    """One item with its answer and worked solution, as the terminal shows it.

    The `name` of a practice item stands in the title.
    """
    title = find(item.key.family).family.title
    named = f": {name}" if name else ""
    blocks = (
        Heading(1, (Text(f"{title} ({item.difficulty}){named}"),)),
        *question(item),
        Heading(2, (Text("Answer"),)),
        *answers(item),
        Heading(2, (Text("Worked solution"),)),
        *solution(item),
    )
    return Document(title, blocks)


def question(item: Item, points: int | None = None) -> Iterator[Block]:
    """The stem, the figure, the conventions, and the parts with room to answer.

    Where there are several parts, each says its share of the `points`, if these are given.
    """
    yield from stem(item)
    context, room = Context(item), _room(item)
    for number, (part, solved) in enumerate(parts_of(item)):
        yield from words(item, number, context, _mark(item, number, points))
        yield from _room_to_answer(part, solved, context, room)


def stem(item: Item) -> Iterator[Block]:
    """What is asked about: the stem, the figure and the conventions, without any part."""
    context = Context(item)
    yield from context.render("stem")
    drawn = figure(item, context.symbols, solved=False)
    if drawn is not None:
        yield drawn
    if item.problem.conventions:
        yield _conventions(item, context)


def words(item: Item, number: int, context: Context, mark: str) -> tuple[Block, ...]:
    """What a part, counted from 0, asks for, behind its mark: `(a)`, or nothing."""
    part = item.problem.parts[number]
    blocks = list(context.render("part", part=part, first=number == 0))
    if part.form == "true_false":
        blocks.append(Paragraph(context.claim(part.claims[0])))
    return (_lettered(mark, blocks[0]), *blocks[1:])


def _mark(item: Item, number: int, points: int | None) -> str:
    """The letter of a part and what it is worth; empty for an item of one part."""
    letter = letter_of(item, number)
    if not letter or points is None:
        return letter
    return f"{letter} ({in_words(shares(points, item.problem.parts)[number])})"


def solution(item: Item) -> Iterator[Block]:
    """The worked solution: what matters, every line, a check, and what the wrong answers mean."""
    context = Context(item)
    yield from lead(context)
    for part in item.problem.parts:
        yield from worked(part, context)
    drawn = figure(item, context.symbols, solved=True)
    if drawn is not None:
        yield drawn
    for blocks in told_lines(context):
        yield from blocks
    yield from check(context)
    for number, (part, solved) in enumerate(parts_of(item)):
        if part.claims:
            yield from _judged(item, number, part, solved, context)
        else:
            yield from _explained(item, number, part, solved, context)


def lead(context: Context) -> tuple[Block, ...]:
    """What matters in an item, said before anything is computed."""
    return context.render("lead") if context.has_block("lead") else ()


def worked(part: Part, context: Context) -> tuple[Block, ...]:
    """What a family's template works out for a part in words of its own, if anything."""
    return context.render("worked", part=part) if context.has_block("worked") else ()


def told_lines(context: Context) -> tuple[tuple[Block, ...], ...]:
    """For each step of the solution its line, and a heading before it where a pass begins."""
    return tuple(by_step(context.item.solution.steps, context.symbols, *_own_words(context)))


def check(context: Context) -> tuple[Block, ...]:
    """A way to see that the answers can be right."""
    return context.render("check") if context.has_block("check") else ()


def _own_words(context: Context) -> tuple[Mapping[str, tuple[Block, ...]], Reason | None]:
    """What a family says itself above the lines of a kind, by kind, and behind each line.

    Its template has the blocks `heading_forward`, `heading_backward` and `reason`, which is given
    the step, for that.
    """
    blocks = {kind: f"heading_{kind}" for kind in ("forward", "backward")}
    headings = {
        kind: context.render(block) for kind, block in blocks.items() if context.has_block(block)
    }

    def reason(step: Step) -> tuple[Inline, ...]:
        found = context.render("reason", step=step)
        return tuple(i for block in found if isinstance(block, Paragraph) for i in block.content)

    return headings, reason if context.has_block("reason") else None


def parts_of(item: Item) -> Iterator[tuple[Part, PartSolution]]:
    """The parts of an item, each with its solved form."""
    return zip(item.problem.parts, item.solution.parts, strict=True)


def _conventions(item: Item, context: Context) -> Paragraph:
    """All conventions of an item as one paragraph."""
    content: list[Inline] = []
    values = context.values(**context.conventions())
    for name in item.problem.conventions:
        for block in render(CONVENTIONS, name, **values):
            assert isinstance(block, Paragraph)
            content += [Text(" "), *block.content] if content else block.content
    return Paragraph(tuple(content))


def _room(item: Item) -> int:
    """Lines of room for each part that asks for numbers, after the number of steps by hand."""
    parts = max(1, len(item.problem.parts))
    wanted = max(LEAST_ROOM, round(1.2 * len(item.solution.steps) / parts))
    return min(wanted, ROOM_IN_ALL // parts if parts >= SEVERAL else MOST_ROOM)


def _room_to_answer(
    part: Part, solved: PartSolution, context: Context, room: int
) -> Iterator[Block]:
    if solved.options:
        yield from offered(part, solved, context)
        if part.asks:
            yield AnswerSpace(lines=min(room, CHOICE_ROOM))
        if part.form == "true_false":
            yield AnswerSpace((Text("Reason:"),), rows=2, columns=REASON)
        return
    if solved.written is not None:
        yield from _boxes(part, solved.written, context, room)
        return
    assert solved.answer is not None
    for position, (ask, shown) in enumerate(zip(part.asks, solved.answer.shown, strict=True)):
        label = (Math(f"{context.quantity(ask)} ="),)
        yield AnswerSpace(label, 0 if position else room, *_size(shown))


def _boxes(part: Part, written: Written, context: Context, room: int) -> Iterator[Block]:
    """A box for each shape, with its cross, or for each expression."""
    for position, (ask, entry) in enumerate(zip(part.asks, written.entries, strict=True)):
        if isinstance(entry, Term):
            label = Math(f"{context.quantity(ask)} =")
            yield AnswerSpace((label,), 0 if position else room, columns=EXPRESSION)
        else:
            cross = (Math(r"\times"),)
            yield AnswerSpace((Math(context.quantity(ask)), Text(" is")), inside=cross)


def _size(value: Value) -> tuple[int, int]:
    """The rows and columns of a value as it is written down: a plain vector is a row."""
    return (1, 1, *value.shape)[-2:]


def _lettered(letter: str, block: Block) -> Block:
    if letter and isinstance(block, Paragraph):
        return Paragraph((Text(f"{letter} "), *block.content))
    return block


def offered(part: Part, solved: PartSolution, context: Context) -> Iterator[Block]:
    """The options of a part, which has some."""
    options = solved.options
    entries = tuple((Paragraph(option_text(o, options, context)),) for o in options)
    labels = ("", "") if part.form == "true_false" else letters(len(options))
    yield Options(labels, entries, several=part.form == "choose_all")


def answers(item: Item) -> Iterator[Block]:
    """The answer to each part in a paragraph of its own."""
    context = Context(item)
    for position, (part, solved) in enumerate(parts_of(item)):
        yield _lettered(letter_of(item, position), Paragraph(answer_text(part, solved, context)))


def letter_of(item: Item, position: int) -> str:
    """(a), (b), ... for the parts of an item that has several."""
    return f"({ascii_lowercase[position]})" if len(item.problem.parts) > 1 else ""


def _explained(
    item: Item, number: int, part: Part, solved: PartSolution, context: Context
) -> Iterator[Block]:
    """What each wrong option did, or what the most telling wrong numbers are."""
    if any(option.candidate for option in solved.options):
        yield from render(PAGES, "shapes_explained")
        yield Listing(verdicts(solved, context))
        return
    if solved.options:
        heading, *more = render(PAGES, "options_explained")
        yield _lettered(letter_of(item, number), heading)
        yield from more
        yield _listed(choice_diagnoses(solved.options, context))
    elif part is [each for each in item.problem.parts if not each.claims][-1]:
        answer = solved.answer or solved.written
        if answer is not None and answer.wrong:
            yield from render(PAGES, "diagnoses" if solved.answer else "diagnoses_written")
            yield _listed(diagnoses(answer, context))


def _judged(
    item: Item, number: int, part: Part, solved: PartSolution, context: Context
) -> Iterator[Block]:
    """Why each statement of a part is true or false."""
    if part.form == "true_false":
        yield from lettered_verdict(item, number, context)
        return
    yield from render(PAGES, "claims_explained")
    yield Listing(verdicts(solved, context))


def lettered_verdict(item: Item, number: int, context: Context) -> Iterator[Block]:
    """Whether the statement of a true-or-false part is true, and why, behind the part's letter."""
    right = next(option for option in item.solution.parts[number].options if option.right)
    first, *others = verdict(right, "", context)
    yield _lettered(letter_of(item, number), first)
    yield from others


def verdicts(solved: PartSolution, context: Context) -> tuple[tuple[Block, ...], ...]:
    """What is to be said of each option, a statement or an expression to be judged."""
    marked = zip(solved.options, letters(len(solved.options)), strict=True)
    return tuple(verdict(option, letter, context) for option, letter in marked)


def verdict(option: Option, letter: str, context: Context) -> tuple[Block, ...]:
    """What is to be said of one statement or expression that is judged, behind its letter."""
    judged: dict[str, object] = (
        {"claim": option.claim} if option.candidate is None else {"candidate": option.candidate}
    )
    return context.render("verdict", option=option, letter=letter, **judged)


def _listed(entries: Sequence[tuple[Inline, ...]]) -> Listing:
    return Listing(tuple((Paragraph(entry),) for entry in entries))
