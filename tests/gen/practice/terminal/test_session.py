"""Whole sessions, driven through standard input as a student would, or a pipe."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from string import ascii_uppercase

import numpy as np
import pytest

from gen.family import find, names
from gen.practice.ids import ItemId, again
from gen.practice.progress import Progress
from gen.practice.store import Store
from gen.practice.terminal.choosing import Skill
from gen.practice.terminal.screen import Screen
from gen.practice.terminal.session import Session
from gen.presentation.answers import answer_text
from gen.presentation.context import Context
from gen.problem import Item, Key
from gen.vocabulary import Difficulty, Form
from templates.document import Document, Paragraph
from templates.writers import text

NOW = 1_800_000_000.0
NAME = re.compile(r"^\w+\.\d+\.\w+\.\w+\.-?\d+\.\d+$", re.MULTILINE)


class Typed(io.StringIO):
    """Lines that are typed; one that is Ctrl-C interrupts."""

    def readline(self, *sizes: int) -> str:  # type: ignore[override]
        line = super().readline(*sizes)
        if line.strip() == "^C":
            raise KeyboardInterrupt
        return line


class Practice:
    """A student at a terminal: what was shown, and what is kept of it."""

    def __init__(self, path: Path, skills: Sequence[Skill]) -> None:
        self.path, self.skills = path, skills
        self.shown, self.whole, self.now = "", True, NOW

    def type(self, *lines: str) -> Practice:
        target = io.StringIO()
        source = Typed("".join(f"{line}\n" for line in lines))
        with Store(self.path) as store:
            session = Session(self.skills, store, Screen(source, target), self.clock)
            self.whole = session.run()
        self.shown = target.getvalue()
        return self

    def clock(self) -> float:
        self.now += 1
        return self.now

    @property
    def words(self) -> str:
        return " ".join(self.shown.split())

    @property
    def kept(self) -> Progress:
        with Store(self.path) as store:
            return store.read()

    @property
    def results(self) -> list[tuple[str, int, tuple[str, ...]]]:
        return [(each.result, each.hints, each.slips) for each in self.kept.answers]

    @property
    def asked(self) -> list[str]:
        return NAME.findall(self.shown)


def named(family: str, difficulty: Difficulty, form: Form, seed: int, *slots: int) -> Skill:
    loaded = find(family).family
    keys = [Key(family, loaded.version, seed, slot) for slot in slots]
    variants = tuple(ItemId(key, difficulty, form) for key in keys)
    return Skill(family, loaded.title, loaded.topics[0], variants)


@pytest.fixture
def practice(tmp_path: Path) -> Callable[..., Practice]:
    return lambda *skills: Practice(tmp_path / "progress.sqlite3", skills)


def right(item: Item) -> Iterator[str]:
    """The answers to all parts as one types them."""
    for part, solved in zip(item.problem.parts, item.solution.parts, strict=True):
        if part.form == "true_false":
            yield str(part.claims[0].true)
        elif solved.options:
            yield ", ".join(x for x, o in zip(ascii_uppercase, solved.options) if o.right)  # noqa: B905
        elif solved.written is not None:
            yield "; ".join("x".join(map(str, each)) for each in solved.written.entries)  # type: ignore[arg-type]
        else:
            assert solved.answer is not None
            yield "; ".join(str(np.asarray(each).tolist()) for each in solved.answer.values)


PATHS = named("softmax_values", "easy", "numeric", 7, 1, 2)
RECURSION = named("delta_recursion", "easy", "numeric", 7, 0)
SHAPES = named("delta_shape", "easy", "choice", 5, 1)
CLAIMS = named("concept_check", "easy", "true_false", 5, 1)
REVERSED = "0.0940; [0.0810, -0.0186]"
FOLLOWING = "[-0.0363, -0.0542]; [[-0.0908, -0.0726], [-0.1355, -0.1084]]"


def test_a_right_answer_moves_the_skill_one_box_on(practice: Callable[..., Practice]):
    student = practice(PATHS)
    student.type(*right(again(PATHS.variants[0])), "q")
    assert "Right. Right at the first answer." in student.words
    assert "box 2 of 5, and comes again in 10 minutes" in student.words
    assert student.results == [("right", 0, ())]
    assert student.kept.standings["softmax_values"].box == 2


def test_a_wrong_answer_is_explained_at_once_and_what_is_right_in_the_end_was_helped(
    practice: Callable[..., Practice],
):
    student = practice(RECURSION)
    student.type(REVERSED, *right(again(RECURSION.variants[0])), "q")
    assert "Not right. You reversed the difference." in student.words
    assert "Right in the end." in student.words
    ((result, hints, slips),) = student.results
    assert (result, hints, len(slips)) == ("helped", 0, 1)
    assert "What went wrong: • You reversed the difference." in student.words


def test_a_part_that_follows_from_an_earlier_answer_is_right(practice: Callable[..., Practice]):
    student = practice(RECURSION)
    first, _ = right(again(RECURSION.variants[0]))
    student.type(REVERSED, "k", FOLLOWING, first, "q")
    assert "Right, given your answer to (a)." in student.words
    # The first part is asked again when the others are done.
    assert re.findall(r"\((\w)\)>", student.words) == ["a", "a", "b", "a"]
    assert "Part (a) is still open." in student.words
    assert student.results[0][0] == "helped"


def test_two_mistakes_in_one_number_are_told_together(practice: Callable[..., Practice]):
    skill = named("chain_rule_paths", "easy", "numeric", 10, 1)
    # Of the two paths, with the products 20 and 10, one was followed, and that twice.
    student = practice(skill).type("2", "40", "q")
    told = "the sum of the gradients of its uses. Besides, it has a factor 2 too many."
    assert student.words.count(told) == 2
    assert student.results == [("wrong", 0, ("overwrites_at_fork", "twice_as_large"))]


def test_an_answer_that_cannot_be_read_gets_a_sentence_and_does_not_count(
    practice: Callable[..., Practice],
):
    student = practice(RECURSION)
    student.type("3x4", "one; two", *right(again(RECURSION.variants[0])), "q")
    assert "Expected 2 answers with semicolons between, not '3x4'." in student.words
    assert student.results == [("right", 0, ())]


def test_of_a_choice_one_letter_is_typed(practice: Callable[..., Practice]):
    student = practice(SHAPES).type("A, B", "Z", "q")
    assert "Expected the letter of one option, as one alone is right." in student.words
    assert "There is no option 'Z'" in student.words
    assert student.results == []


def test_hints_come_one_by_one_and_end_with_the_answer(practice: Callable[..., Practice]):
    item = again(PATHS.variants[0])
    part, solved = item.problem.parts[0], item.solution.parts[0]
    answer = text.write(Document("", (Paragraph(answer_text(part, solved, Context(item))),)))
    student = practice(PATHS).type(*"hhhhhhhhhh", "q")
    before, after = student.words.split("There are no more hints; the answer is")
    assert re.findall(r"_Hint (\d+)\._", before) == [
        str(n + 1) for n in range(before.count("_Hint"))
    ]
    assert " ".join(answer.split()) not in before
    assert " ".join(answer.split()) in after
    assert student.results[0][0] == "wrong"


def test_a_hint_is_counted_and_the_answer_was_then_helped(practice: Callable[..., Practice]):
    student = practice(PATHS).type("?", "h", *right(again(PATHS.variants[0])), "q")
    assert student.results == [("helped", 2, ())]
    assert "2 hints" in student.words


def test_a_hint_after_a_wrong_answer_is_counted_even_if_the_session_ends_there(
    practice: Callable[..., Practice],
):
    student = practice(PATHS).type("0.1234", "h", "h", "q")
    assert student.results == [("wrong", 2, ())]


def test_what_a_wrong_answer_was_told_is_not_said_again_as_a_hint(
    practice: Callable[..., Practice],
):
    student = practice(SHAPES).type("A", *"hhh", "q")
    assert student.words.count("*A.* Could not be") == 1


def test_of_several_quantities_it_is_said_how_many_are_right(practice: Callable[..., Practice]):
    first, _ = right(again(RECURSION.variants[0]))
    _, weights = first.split("; ")
    student = practice(RECURSION).type(f"0.777; {weights}", "q")
    assert "Partly right: 1 of 2." in student.words


def test_the_worked_solution_gives_the_question_up(practice: Callable[..., Practice]):
    student = practice(PATHS).type("s", "q")
    assert "Not solved yet. The skill is in box 1" in student.words
    assert student.results == [("wrong", 0, ())]


def test_another_like_this_is_of_the_same_skill_with_other_numbers(
    practice: Callable[..., Practice],
):
    student = practice(PATHS, SHAPES).type(*right(again(PATHS.variants[0])), "l", "q")
    first, second = student.asked
    assert first != second
    assert first.split(".")[:4] == second.split(".")[:4]


def test_a_question_that_is_passed_over_does_not_count_and_others_come_first(
    practice: Callable[..., Practice],
):
    student = practice(PATHS, SHAPES, CLAIMS).type("n", "n", "n", "n", "q")
    assert [name.partition(".")[0] for name in student.asked] == [
        "softmax_values",
        "delta_shape",
        "concept_check",
        "softmax_values",
        "delta_shape",
    ]
    assert student.results == []
    assert "No question was answered." in student.words


def test_going_on_after_a_wrong_answer_gives_the_question_up(practice: Callable[..., Practice]):
    student = practice(PATHS, SHAPES).type("0.99999", "n", "q")
    assert [result for result, *_ in student.results] == ["wrong"]
    assert "Not solved yet." in student.words


@pytest.mark.parametrize("end", [(), ("^C",), ("q",)])
def test_whatever_was_answered_is_kept_however_the_session_ends(
    end: Sequence[str], practice: Callable[..., Practice]
):
    student = practice(PATHS, SHAPES)
    student.type(*right(again(PATHS.variants[0])), "", "A", *end)
    assert [result for result, *_ in student.results] == ["right", "wrong"]
    assert "2 questions answered: 1 right at the first answer, 0 right in the end" in student.words
    assert student.whole is (end != ("^C",))


def test_a_wrong_answer_is_written_before_the_next_is_typed(practice: Callable[..., Practice]):
    student, seen = practice(SHAPES), []

    class Watching(Typed):
        def readline(self, *sizes: int) -> str:  # type: ignore[override]
            seen.append([result for result, *_ in student.results])
            return super().readline(*sizes)

    with Store(student.path) as store:
        source = Watching("A\nq\n")
        Session(student.skills, store, Screen(source, io.StringIO()), lambda: NOW).run()
    assert seen == [[], ["wrong"]]


def test_a_statement_that_is_judged_wrongly_is_explained_and_not_asked_again(
    practice: Callable[..., Practice],
):
    item = again(CLAIMS.variants[0])
    wrong = [str(not part.claims[0].true) for part in item.problem.parts]
    student = practice(CLAIMS).type(*wrong, "q")
    assert student.words.count("Not right.") == len(wrong)
    assert student.results[0][0] == "wrong"


def test_an_empty_line_says_again_what_to_type(practice: Callable[..., Practice]):
    student = practice(SHAPES).type("", "", "q")
    assert student.words.count("Type the letter of your answer.") == 3


def test_an_answer_with_control_characters_does_no_harm(practice: Callable[..., Practice]):
    student = practice(SHAPES).type("\x1b[2J\x07\u202eA", "q")
    assert "\x1b" not in student.shown
    assert "\x07" not in student.shown


def test_without_a_terminal_the_text_is_plain_and_no_wider_than_it_should_be(
    practice: Callable[..., Practice], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", "60")
    student = practice(CLAIMS).type("h", "s", "q")
    assert "\x1b" not in student.shown
    assert max(map(len, student.shown.splitlines())) <= 60


def test_a_skill_comes_again_when_it_is_due(practice: Callable[..., Practice]):
    student = practice(PATHS, SHAPES).type("s", "", "s", "q")
    assert [name.partition(".")[0] for name in student.asked] == ["softmax_values", "delta_shape"]
    student.now += 90
    student.type("q")
    assert student.asked[0] == str(PATHS.variants[1])


@pytest.mark.parametrize("name", names())
def test_the_answers_of_every_family_can_be_typed_and_are_right(
    name: str, practice: Callable[..., Practice]
):
    loaded = find(name).family
    for form in loaded.forms:
        skill = named(name, loaded.difficulties[0], form, 11, 1)
        item = again(skill.variants[0])
        if form == "symbolic":
            continue
        student = practice(skill).type(*right(item), "q")
        assert "Right at the first answer." in student.words, student.shown
        assert student.words.count("Type ") >= len(item.problem.parts)
