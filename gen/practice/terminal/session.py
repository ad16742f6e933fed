"""A session: a question, its answers part by part, and what comes next, until it is ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, get_args

from gen.errors import InputError
from gen.practice import ids
from gen.practice.ids import ItemId
from gen.practice.leitner import BOXES, following, mastery
from gen.practice.progress import Progress
from gen.practice.store import Store
from gen.practice.terminal import telling
from gen.practice.terminal.choosing import Skill
from gen.practice.terminal.recording import Record
from gen.practice.terminal.screen import Screen
from gen.practice.terminal.sitting import Sitting
from gen.practice.terminal.tally import Tally, bars, summary
from gen.presentation.items import stem
from templates.notation import Notation

Command = Literal["hint", "solution", "next", "like", "keep", "quit", "help"]
COMMANDS: dict[str, Command] = {name: name for name in get_args(Command)}
COMMANDS |= {"?": "hint", "h": "hint", "s": "solution", "n": "next"}
COMMANDS |= {"l": "like", "k": "keep", "q": "quit"}
_LEAVE: tuple[Command, ...] = ("next", "like", "quit")


class Session:
    """Asks the questions of some skills; everything is kept in the store as it happens."""

    def __init__(
        self,
        skills: Sequence[Skill],
        store: Store,
        screen: Screen,
        clock: Callable[[], float],
        notation: Notation | None = None,
    ) -> None:
        self.skills = {skill.name: skill for skill in skills}
        self.store, self.screen, self.clock, self.notation = store, screen, clock, notation
        self.tally = Tally()
        self.passed: set[str] = set()

    def run(self) -> bool:
        """Ask until the student ends it, then sum up; whether it ended without an interrupt."""
        whole = True
        try:
            self._ask_on()
        except EOFError:
            self.screen.write("")
        except KeyboardInterrupt:
            self.screen.write("")
            whole = False
        skills = tuple(self.skills.values())
        self.screen.rule()
        self.screen.show(summary(self.tally, skills))
        bars(self.screen, skills, self.store.read())
        return whole

    def _ask_on(self) -> None:
        named = self._next("", self.store.read())
        while (command := self._question(named)) != "quit":
            progress = self.store.read()
            if command == "like":
                named = self.skills[named.key.family].like(named, progress.asked)
            else:
                named = self._next(named.key.family, progress)

    def _next(self, last: str, progress: Progress) -> ItemId:
        """What to ask after a skill; those that were passed over come after all others."""
        names = [name for name in self.skills if name not in self.passed]
        if not set(names) - {last}:
            self.passed.clear()
            names = list(self.skills)
        chosen = following(names, progress.standings, last, self.clock())
        return self.skills[chosen].next(progress.standings.get(chosen), progress.asked)

    def _question(self, named: ItemId) -> Command:
        """Ask one question to its end; the command that leaves it."""
        sitting, progress = Sitting(ids.again(named, self.notation)), self.store.read()
        prior = progress.standings.get(named.key.family)
        record = Record(self.store, self.clock, named, sitting, prior)
        self.store.ask(str(named))
        self._show(named, sitting, progress)
        try:
            command = self._parts(sitting, record)
            if command in ("next", "like") and sitting.touched:
                sitting.given_up = True
                record.keep()
        finally:
            # An interrupt or the end of the input may come at any prompt.
            if record.kept is not None:
                self.tally.add(record.kept, sitting)
        if command == "quit":
            return command
        if record.kept is None:
            if command == "next":
                self.passed.add(named.key.family)
            self.screen.say("passed_over")
            return command
        self._tell_end(named, record)
        return self._afterwards(sitting) if command == "solution" else command

    def _bar(self, skill: Skill, progress: Progress) -> None:
        """How far the topic of a skill is."""
        names = [each.name for each in self.skills.values() if each.topic == skill.topic]
        self.screen.bar(skill.topic, mastery(names, progress.standings))

    def _show(self, named: ItemId, sitting: Sitting, progress: Progress) -> None:
        skill, screen = self.skills[named.key.family], self.screen
        screen.rule()
        self._bar(skill, progress)
        screen.write(f"{skill.title} ({named.difficulty})", "bold")
        screen.write(f"{named}\n", "dim")
        screen.show(stem(sitting.item))

    def _parts(self, sitting: Sitting, record: Record) -> Command:
        """Ask for one part after the other; "solution" where all are done or given up."""
        number, shown = 0, -1
        while not sitting.finished:
            if number < shown:
                self.screen.say("still_open", mark=sitting.mark(number))
            if number != shown:
                self._show_part(sitting, number)
                shown = number
            text = self.screen.ask(f"{sitting.mark(number)}> ")
            command = COMMANDS.get(text)
            if command in _LEAVE:
                return command
            if command == "solution":
                sitting.given_up = True
                record.keep()
                self.screen.show(telling.solution(sitting))
                return command
            number = self._follow(sitting, number, text, command, record)
        record.keep()
        return "solution"

    def _follow(
        self, sitting: Sitting, number: int, text: str, command: Command | None, record: Record
    ) -> int:
        """Do what was typed at a part, and return the part to ask for now."""
        screen = self.screen
        if command == "hint":
            screen.show(telling.hint(sitting, number), "cyan")
            if record.kept is not None:
                record.keep()
        elif command == "help":
            screen.say("commands")
        elif command == "keep" and sitting.following(number) == number:
            screen.say("nothing_to_keep")
        elif command == "keep":
            return sitting.following(number)
        elif text:
            self._judge(sitting, number, text, record)
        else:
            screen.show(telling.how(sitting, number), "dim")
        return sitting.following(number) if number in sitting.done else number

    def _show_part(self, sitting: Sitting, number: int) -> None:
        self.screen.show(telling.part(sitting, number))
        self.screen.show(telling.how(sitting, number), "dim")

    def _judge(self, sitting: Sitting, number: int, text: str, record: Record) -> None:
        try:
            judged = sitting.answer(number, text)
        except InputError as error:
            self.screen.show(telling.complaint(error), "yellow")
            return
        style = "green" if judged.right else "red"
        self.screen.show(telling.judgement(sitting, number, judged), style)
        if judged.right:
            return
        record.keep()
        if number not in sitting.done:
            self.screen.say("retry", style="dim", others=sitting.following(number) != number)

    def _tell_end(self, named: ItemId, record: Record) -> None:
        assert record.kept is not None
        assert record.standing is not None
        self.screen.say(
            "ended",
            style="bold",
            result=record.kept.result,
            box=record.standing.box,
            boxes=BOXES,
            wait=telling.wait(record.standing.due - record.kept.time),
        )
        self._bar(self.skills[named.key.family], self.store.read())
        self.screen.write("")

    def _afterwards(self, sitting: Sitting) -> Command:
        """What comes after a question that is over."""
        while True:
            self.screen.say("afterwards", style="dim")
            text = self.screen.ask("> ")
            command = COMMANDS.get(text) if text else "next"
            if command in _LEAVE:
                return command
            if command == "solution":
                self.screen.show(telling.solution(sitting))
