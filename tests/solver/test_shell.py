from __future__ import annotations

from argparse import ArgumentTypeError

import pytest

from solver.errors import InputError
from solver.shell import BadInput, Parser, follow, whole


def failing(error: BaseException) -> int:
    raise error


def test_a_command_s_exit_code_is_handed_on() -> None:
    assert follow(lambda: 7) == 7


def test_a_mistake_in_the_input_is_one_sentence_and_exit_code_2(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert follow(lambda: failing(InputError("the matrix\nis ragged\x1b[31m"))) == 2
    assert capsys.readouterr().err == "backprep: the matrix is ragged?[31m\n"


def test_an_interrupted_command_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert follow(lambda: failing(KeyboardInterrupt())) == 130
    assert capsys.readouterr().err == "backprep: interrupted\n"


def test_a_fault_of_the_program_keeps_its_traceback() -> None:
    with pytest.raises(ZeroDivisionError):
        follow(lambda: failing(ZeroDivisionError()))


def test_a_command_may_say_which_of_its_errors_have_which_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert follow(lambda: failing(OSError("no room")), lambda error: 3) == 3
    assert "no room" in capsys.readouterr().err


def test_the_parser_raises_instead_of_leaving() -> None:
    with pytest.raises(BadInput, match="unrecognized arguments: --colour"):
        Parser().parse_args(["--colour"])


def test_whole_numbers_have_bounds() -> None:
    convert = whole(1, 10)
    assert [convert("1"), convert("+10")] == [1, 10]
    for text in ("0", "11", "2.5", "ten", "1" * 40, ""):
        with pytest.raises(ArgumentTypeError, match="expected a whole number from 1 to 10"):
            convert(text)
