from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from solver.errors import InputError
from solver.network import Conventions
from templates.notation import Notation, Style, Words, known, load
from templates.notation.record import Gradients, Update

SEVEN = (
    "backprep",
    "cmu-chai",
    "cmu-gormley",
    "nyu-linzen",
    "rutgers-kim",
    "standard",
    "waterloo-meila",
)


def own(folder: Path, text: str) -> str:
    path = folder / "my.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_there_are_seven_notations() -> None:
    assert known() == SEVEN
    assert [load(name).name for name in SEVEN] == list(SEVEN)


def test_the_standard_one_is_the_default() -> None:
    assert load() is load("standard")


@pytest.mark.parametrize(
    ("name", "conventions", "sign"),
    [
        ("backprep", Conventions(), 1),
        ("standard", Conventions(), 1),
        ("cmu-chai", Conventions(bias="folded", squared_error="full"), 1),
        ("waterloo-meila", Conventions(), -1),
        ("rutgers-kim", Conventions("transposed", squared_error="full"), 1),
        ("nyu-linzen", Conventions(squared_error="full"), 1),
        ("cmu-gormley", Conventions("transposed", fused=False), 1),
    ],
)
def test_each_has_the_conventions_of_its_course(
    name: str, conventions: Conventions, sign: int
) -> None:
    assert load(name).conventions == conventions
    assert load(name).sign == sign
    assert load(name).layout == "denominator"


def test_an_unknown_name_is_refused_with_those_that_are_near() -> None:
    with pytest.raises(InputError, match=r"no notation 'gormley'; did you mean cmu-gormley$"):
        load("gormley")
    with pytest.raises(InputError, match=r"no notation 'bishop'; there are backprep, .*standard"):
        load("bishop")


def test_a_notation_of_ones_own_changes_some_keys_of_another(tmp_path: Path) -> None:
    path = own(
        tmp_path,
        """
        extends = "cmu-gormley"
        loss = 'L'
        adjoint = {}
        [gradients]
        arrays = "partial"
        numbers = "partial"
        graph = "partial"
        [stems]
        o = { letter = 'h' }
        [words]
        loss = "risk"
        """,
    )
    notation = load(path)
    assert (notation.name, notation.title, notation.loss) == ("my", "my", "L")
    assert notation.adjoint is None
    assert notation.gradients.local == "partial"
    assert notation.stems["o"].vector == ""
    assert notation.stems["s"].vector == r"\mathbf{a}"
    assert (notation.words.loss, notation.words.gradient) == ("risk", "adjoint")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"my\.toml: the key 'loss' is missing"),
        ("loss = ", r"my\.toml: this is not TOML: invalid value"),
        ("extends = 'bishop'", r"'extends' must be one of backprep, .*not 'bishop'"),
        ("extends = 'standard'\nlos = 'L'", r"no key 'los'; did you mean 'loss'"),
        ("extends = 'standard'\nzzz = 'L'", r"no key 'zzz'; the keys are name, title, loss"),
        ("extends = 'standard'\nloss = 3", r"'loss' must be a text, not 3"),
        ("extends = 'standard'\nbias_first = 1", r"'bias_first' must be true or false, not 1"),
        ("extends = 'standard'\nsign = true", r"'sign' must be 1 or -1, not True"),
        ("extends = 'standard'\nstems = 1", r"'stems' must be a table, not 1"),
        ("extends = 'standard'\nremarks = 'x'", r"'remarks' must be a list of texts, not 'x'"),
        ("extends = 'standard'\n[stems]\ns = 'h'", r"'stems.s' must be a table, not 'h'"),
        ("extends = 'standard'\ndelta = {vector = 'd'}", r"'delta.letter' is missing"),
        (
            "extends = 'standard'\n[conventions]\norientation = 'row'",
            r"'conventions.orientation' must be 'columns' or 'transposed' or 'rows', not 'row'",
        ),
        (
            "extends = 'standard'\n[conventions]\norientation = 'rows'\nbias = 'folded'",
            r"'conventions': a folded-in bias is for column examples",
        ),
        ("a = " + "[" * 5000 + "]" * 5000, r"brackets are nested too deeply"),
        ("# " + "x" * 100_000, r"a notation has at most 100000 bytes"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_naming_file_and_key(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(InputError, match=message) as refusal:
        load(own(tmp_path, text))
    assert "my.toml" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_path_that_leads_to_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="text in UTF-8"):
        load(str(tmp_path / "bytes.toml"))
    with pytest.raises(InputError, match="cannot be read: No such file"):
        load(str(tmp_path / "none.toml"))
    with pytest.raises(InputError, match="cannot be read: Is a directory"):
        load(f"{tmp_path}/")


def test_the_notation_in_the_manual_can_be_read_and_all_keys_are_described(tmp_path: Path) -> None:
    manual = (Path(__file__).parents[3] / "docs" / "notations.md").read_text(encoding="utf-8")
    example = manual.split("```toml\n")[1].split("```")[0]
    notation = load(own(tmp_path, example))
    assert (notation.loss, notation.layer) == ("L", "^[l]")
    assert notation.conventions.orientation == "rows"
    for record in (Notation, Conventions, Gradients, Update, Words, Style):
        for field in fields(record):
            assert field.name in manual, field.name
    for name in known():
        assert f"| `{name}`" in manual
