"""What a session came to, and its summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from gen.practice.leitner import mastery
from gen.practice.progress import Answered, Progress
from gen.practice.terminal.choosing import Skill
from gen.practice.terminal.screen import Screen, words
from gen.practice.terminal.sitting import Sitting
from templates.document import Block, Inline, Listing, Paragraph, Text


@dataclass
class Tally:
    """The answers of a session, and the sentence about each slip."""

    answers: list[Answered] = field(default_factory=list)
    sentences: dict[str, tuple[Inline, ...]] = field(default_factory=dict)

    def add(self, answered: Answered, sitting: Sitting) -> None:
        """Count what became of a question."""
        self.answers.append(answered)
        for slip in answered.slips:
            self.sentences.setdefault(slip, sitting.context.diagnosis(slip))


def summary(tally: Tally, skills: Sequence[Skill]) -> Iterator[Block]:
    """What was asked, how it went, and which slips came up, the most frequent first."""
    answers = tally.answers
    results = Counter(each.result for each in answers)
    yield from words(
        "summary",
        asked=len(answers),
        right=results["right"],
        helped=results["helped"],
        wrong=results["wrong"],
        hints=sum(each.hints for each in answers),
    )
    slips = Counter(slip for each in answers for slip in each.slips)
    if slips:
        yield from words("slips")
        yield Listing(tuple(_slip(tally.sentences[name], n) for name, n in slips.most_common()))
    missed = {each.skill for each in answers if each.result != "right"}
    titles = [skill.title for skill in skills if skill.name in missed]
    if titles:
        yield from words("weak", titles="; ".join(titles))


def _slip(sentence: tuple[Inline, ...], times: int) -> tuple[Block, ...]:
    more = (Text(f" ({times} times)"),) if times > 1 else ()
    return (Paragraph((*sentence, *more)),)


def bars(screen: Screen, skills: Sequence[Skill], progress: Progress) -> None:
    """How far each topic is."""
    width = max(len(skill.topic) for skill in skills)
    for topic, members in groupby(skills, key=lambda skill: skill.topic):
        names = [skill.name for skill in members]
        screen.bar(topic, mastery(names, progress.standings), width)
    screen.write("")
