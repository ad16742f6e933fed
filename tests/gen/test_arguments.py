"""Command lines are read strictly: each mistake is one sentence that says what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.arguments import BadInput, default_folder, parse, settings
from gen.quiz.settings import Settings


def test_a_seed_alone_gives_the_defaults():
    given = parse(["--seed", "7"])
    assert settings(given) == Settings(7)
    assert (given.command, given.out) == ("make", Path("output/quiz-7"))
    assert (given.jobs, given.check, given.quiet) == (1, False, False)


def test_every_option_reaches_the_settings():
    line = (
        "--seed -12 --items 3 --families a,b --families c,a --difficulty hard --points 9 "
        "--lecture 000,001 --topic shapes --lecture 000 --plugin p --plugin q "
        "--title T --course C --date D --paper letter --versions 4 --verify full --places 3"
    )
    assert settings(parse(line.split())) == Settings(
        seed=-12,
        items=3,
        families=("a", "b", "c"),
        lectures=("000", "001"),
        topics=("shapes",),
        plugins=("p", "q"),
        difficulty="hard",
        points=9,
        title="T",
        course="C",
        date="D",
        paper="letter",
        versions=4,
        verify="full",
        places=3,
    )


@pytest.mark.parametrize("text", ["0", "-1", "+3", "9" * 1000])
def test_seeds_are_integers_of_any_sign_and_size(text: str):
    assert parse(["--seed", text]).seed == int(text)


@pytest.mark.parametrize("text", ["x", "1.0", "1e3", "", "1_000", "٣", "0x10", "9" * 1001])
def test_other_seeds_are_refused(text: str):
    with pytest.raises(BadInput, match=r"^--seed: expected an integer of at most 1000 digits, not"):
        parse([f"--seed={text}"])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", "no seed is given; any integer will do, such as --seed 7"),
        ("--seed 7 --items 0", "--items: expected a whole number from 1 to 200, not '0'"),
        ("--seed 7 --items -3", "--items: expected a whole number from 1 to 200, not '-3'"),
        ("--seed 7 --items many", "--items: expected a whole number from 1 to 200, not 'many'"),
        ("--seed 7 --versions 1001", "--versions: expected a whole number from 1 to 1000"),
        ("--seed 7 --places 9", "--places: expected a whole number from 2 to 8"),
        ("--seed 7 --points 0", "--points: expected a whole number from 1 to 100"),
        ("--seed 7 --jobs 0", "--jobs: expected a whole number from 1 to 64"),
        ("--seed 7 --families a,,b", "--families: expected names with commas between"),
        ("--seed 7 --paper a5", "--paper: invalid choice: 'a5'"),
        ("--seed 7 --difficulty hrd", "--difficulty: invalid choice: 'hrd'"),
        ("--seed 7 --item 3", "unrecognized arguments: --item 3"),
        ("lst", "there is no command 'lst'; did you mean list?"),
        ("quiz", "there is no command 'quiz'; there are audit, list, mark, new, practice, show"),
        ("show --seed 7", "the following arguments are required: FAMILY"),
        ("show softmax_values", "no seed is given"),
        ("show softmax_values --seed 7 --form oral", "--form: invalid choice: 'oral'"),
        ("list 7", "unrecognized arguments: 7"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_it(line: str, message: str):
    with pytest.raises(BadInput) as caught:
        parse(line.split())
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_commands_are_told_apart_by_the_first_word():
    assert parse(["list"]).command == "list"
    shown = parse(["show", "softmax_values", "--seed", "7", "--form", "choice"])
    assert (shown.command, shown.family, shown.form) == ("show", "softmax_values", "choice")


def test_folders_of_long_seeds_have_short_names_of_their_own():
    one, other = default_folder(10**500), default_folder(10**500 + 1)
    assert one != other
    assert len(one.name) <= 60


@pytest.mark.parametrize(("line", "words"), [(["--help"], "examples:"), (["show", "-h"], "FAMILY")])
def test_help_has_examples(line: list[str], words: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as caught:
        parse(line)
    assert caught.value.code == 0
    assert words in capsys.readouterr().out
