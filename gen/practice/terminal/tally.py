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
    """The answers of a session, how often each mistake was made, and the sentence about it."""

    answers: list[Answered] = field(default_factory=list)
    mistakes: Counter[str] = field(default_factory=Counter)
    sentences: dict[str, tuple[Inline, ...]] = field(default_factory=dict)

    def add(self, answered: Answered, sitting: Sitting) -> None:
        """Count what became of a question."""
        self.answers.append(answered)
        self.mistakes.update(sitting.mistakes)
        for mistake in sitting.mistakes:
            self.sentences.setdefault(mistake, sitting.context.diagnosis(mistake))


def summary(tally: Tally, skills: Sequence[Skill]) -> Iterator[Block]:
    """What was asked, how it went, and which mistakes were made, the most frequent first."""
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
    if tally.mistakes:
        yield from words("mistakes")
        counted = tally.mistakes.most_common()
        yield Listing(tuple(_mistake(tally.sentences[name], n) for name, n in counted))
    missed = {each.skill for each in answers if each.result != "right"}
    titles = [skill.title for skill in skills if skill.name in missed]
    if titles:
        yield from words("weak", titles="; ".join(titles))


def _mistake(sentence: tuple[Inline, ...], times: int) -> tuple[Block, ...]:
    more = (Text(f" ({times} times)"),) if times > 1 else ()
    return (Paragraph((*sentence, *more)),)


def bars(screen: Screen, skills: Sequence[Skill], progress: Progress) -> None:
    """How far each topic is."""
    width = max(len(skill.topic) for skill in skills)
    for topic, members in groupby(skills, key=lambda skill: skill.topic):
        names = [skill.name for skill in members]
        screen.bar(topic, mastery(names, progress.standings), width)
    screen.write("")
