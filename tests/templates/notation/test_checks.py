from __future__ import annotations

from pathlib import Path

import pytest

from solver.errors import InputError
from templates.notation import known, load
from templates.notation.checks import check


@pytest.mark.parametrize("name", known())
def test_every_notation_that_is_shipped_passes(name: str) -> None:
    check(load(name), name)


@pytest.mark.parametrize(
    "text",
    [
        "layer = '^[l]'",
        "layer = '^l'",
        "layer = '_l'",
        "separator = ', '",
        "layout = 'numerator'",
        "transpose = 't'",
        "[conventions]\norientation = 'rows'",
        "[functions]\nexp = '\\exp'",
        "[outputs]\no = { letter = 'p', vector = '\\boldsymbol{p}', layer = false }",
        "[depths.2]\nW1 = { letter = 'v', vector = '\\boldsymbol{V}', layer = false }",
    ],
)
def test_what_courses_differ_in_can_be_said(tmp_path: Path, text: str) -> None:
    load(own(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (r"loss = '\foo'", r"'loss' cannot be set: unknown command \\foo"),
        (r"loss = ' '", r"'loss' must have between 1 and 80 characters"),
        (f"loss = '{'x' * 81}'", r"'loss' must have between 1 and 80 characters"),
        (r"transpose = '}'", r"'transpose' cannot be set"),
        (r"hadamard = '\odott'", r"'hadamard' cannot be set: unknown command \\odott"),
        (r"prediction = { letter = 'p', entry = 'P[{' }", r"'prediction.entry' cannot be set"),
        ("[stems]\nq = { letter = 'q' }", r"no key 'stems.q'; it must end in a node, x, y, s, o"),
        ("[depths.2]\nW = { letter = 'q' }", r"no key 'depths.2.W'.*such as W1"),
        ("[depths.two]\nW1 = { letter = 'q' }", r"'depths.two' must name a number of layers"),
        ("[functions]\nsine = 's'", r"no key 'functions.sine'; there are cos, .*tanh"),
        ("layer = '^'", r"'layer' must be like \^\(l\), \^l, \^\[l\] or _l, not '\^'"),
        ("[words]\nloss = '$x$'", r"'words.loss' must be a word, not '\$x\$'"),
        (r"remarks = ['$\foo$']", r"'remarks': .*unknown command \\foo"),
        ("[gradients]\narrays = 'adjoint'", r"the key 'adjoint' is missing"),
    ],
)
def test_what_cannot_be_set_is_refused_naming_the_key(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(InputError, match=message) as refusal:
        load(own(tmp_path, text))
    assert str(refusal.value).startswith(str(tmp_path / "my.toml"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[stems]\no = { letter = 'a' , vector = 'a' }\ns = { letter = 'a' }", "s1 and o1"),
        ("layer = ''", "W1 and W2 are both written W"),
        ("delta = { letter = 'a', vector = '\\boldsymbol{a}' }", "s1 and the delta of s1"),
        ("prediction = { letter = 'y', layer = false }", "both written y"),
    ],
)
def test_two_quantities_need_different_symbols(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        load(own(tmp_path, text))


def own(folder: Path, text: str) -> str:
    path = folder / "my.toml"
    path.write_text(f'extends = "standard"\n{text}\n', encoding="utf-8")
    return str(path)
