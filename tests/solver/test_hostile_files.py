"""Files that are no problems, or no notations: one sentence each, with the name of the file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Refused = Callable[..., str]
File = Callable[..., str]
Run = Callable[..., tuple[int, str, str]]

NO_NETWORKS: dict[str, str | bytes] = {
    "empty": "",
    "null bytes": b"\x00" * 100,
    "binary": bytes(range(256)) * 40,
    "a PDF": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n",
    "UTF-16": "input = [1]".encode("utf-16"),
    "10 megabytes": b"x = 1\n" * 1_700_000,
    "no TOML": "input: [1]",
    "nested lists": "a = " + "[" * 100_000,
    "nested tables": "a = " + "{b=" * 50_000,
    "long keys": ".".join(["a"] * 400_000) + " = 1",
    "keys far apart": ("a" + " " * 10 + ".") * 70_000 + "a = 1",
    "quoted keys": '"\\"".' * 100_000 + "a = 1",
    "long heads": "[" + "a." * 400_000 + "a]",
    "an open text": 'title = """',
    "no layers": "input = [1]\ntarget = [1]\n",
    "a number of layers": "layer = 3",
    "numbers as layers": "layer = [1]",
    "a single table": "[layer]\nweights = [[1]]",
    "51 layers": "input=[1]\ntarget=[1]\n" + "[[layer]]\nweights=[[1]]\n" * 51,
    "a long row": "input=[1]\ntarget=[1]\n[[layer]]\nweights=[[" + "1," * 100_000 + "]]",
    "400 inputs": "input=[" + "1," * 400 + "]\ntarget=[1]\n[[layer]]\nweights=[["
    + "1," * 400 + "]]",
    "1,000 examples": "input=[" + "[1]," * 1_000 + "]\ntarget=[" + "1," * 1_000
    + "]\n[[layer]]\nweights=[[1]]",
    "10,000 products": "input=[" + ("[" + "1," * 10 + "],") * 100 + "]\ntarget=["
    + ("[" + "1," * 10 + "],") * 100 + "]\n[[layer]]\nweights=[" + ("[" + "1," * 10 + "],") * 10
    + "]",
}  # fmt: skip


@pytest.mark.parametrize("content", NO_NETWORKS.values(), ids=NO_NETWORKS.keys())
@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_a_file_without_a_network_is_refused_by_its_name(
    content: str | bytes, arithmetic: str, file: File, refused: Refused
) -> None:
    path = file(content)
    assert path in refused("net", path, "--arithmetic", arithmetic)


REPLACED = {
    "a key missing": ("input = [0.05, 0.10]\n", ""),
    "a key misspelled": ("weights", "wieghts"),
    "a key too many": ("loss =", "extra = 1\nloss ="),
    "a key of control characters": ("loss =", '"\\u0000\\u202e\\u001b[31m\\n" = 1\nloss ='),
    "a key twice": ("loss =", 'loss = "squared_error"\nloss ='),
    "not a number": ("0.05", "nan"),
    "infinity": ("0.05", "-inf"),
    "a number too large": ("0.05", "1e999"),
    "a whole number too large": ("0.05", "1" * 400),
    "true": ("0.05", "true"),
    "a date": ("0.05", "1979-05-27"),
    "a table": ("0.05", "{}"),
    "a list": ("0.05", "[1]"),
    "a text": ("0.05", '"x"'),
    "Python": ("0.05", "\"__import__('os')\""),
    "a tower": ("0.05", '"9^9^9^9"'),
    "a root of -1": ("0.05", '"(-1)^(1/2)"'),
    "a division by 0": ("0.05", '"1/0"'),
    "the logarithm of 0": ("0.05", '"ln 0"'),
    "a large power": ("0.05", '"10^400"'),
    "10,000 parentheses": ("0.05", '"' + "(" * 10_000 + '"'),
    "an input missing": ("[0.05, 0.10]", "[0.05]"),
    "no inputs": ("[0.05, 0.10]", "[]"),
    "ragged examples": ("[0.05, 0.10]", "[[0.05, 0.10], [1]]"),
    "ragged rows": ("0.25, 0.30", "0.25"),
    "an empty row": ("[0.25, 0.30]", "[]"),
    "a number for a row": ("[0.25, 0.30]", "0.25"),
    "a row missing": (", [0.25, 0.30]", ""),
    "a bias too few": ("[0.35, 0.35]", "[0.35]"),
    "a matrix of biases": ("[0.35, 0.35]", "[[0.35, 0.35]]"),
    "no such activation": ('"sigmoid"', '"sigmoidd"'),
    "an activation that is a number": ('"sigmoid"', "3"),
    "no such loss": ("half_squared_error", "mse"),
    "a loss of control characters": ("half_squared_error", "\\n\\u0000\\u202e"),
    "cross-entropy of sigmoids": ("half_squared_error", "cross_entropy"),
    "a target too few": ("[0.01, 0.99]", "[0.01]"),
    "a target that is no number": ("[0.01, 0.99]", "[nan, 1]"),
    "a target that is a text": ("[0.01, 0.99]", '"a"'),
    "targets of two examples": ("[0.01, 0.99]", "[[0, 1], [1, 0]]"),
    "no such reduction": ("loss =", 'reduction = "max"\nloss ='),
    "a title of control characters": ("loss =", 'title = "\\u0000\\u202e"\nloss ='),
    "a long title": ("loss =", f'title = "{"x" * 500}"\nloss ='),
    "a title that is a number": ("loss =", "title = 3\nloss ="),
    "no such weight": ("loss =", 'ask = ["W9"]\nloss ='),
    "no such entry": ("loss =", 'ask = ["W1[9,1]"]\nloss ='),
    "an entry far out": ("loss =", f'ask = ["W1[{"9" * 5_000},1]"]\nloss ='),
    "a class of Python": ("loss =", 'ask = ["__class__"]\nloss ='),
    "a number asked for": ("loss =", "ask = [1]\nloss ="),
    "an update of nothing": ("loss =", "update = 3\nloss ="),
    "alpha of a sigmoid": ("bias =", "alpha = 1\nbias ="),
}


@pytest.mark.parametrize(("old", "new"), REPLACED.values(), ids=REPLACED.keys())
@pytest.mark.parametrize("options", [(), ("--arithmetic", "exact", "--json")], ids=["text", "json"])
def test_a_network_with_a_fault_is_refused(
    old: str, new: str, options: tuple[str, ...], mazur: str, file: File, refused: Refused
) -> None:
    assert old in mazur
    refused("net", file(mazur.replace(old, new, 1)), *options)


@pytest.mark.parametrize(
    "lines",
    [
        "",
        "learning_rate = 0",
        "learning_rate = -1",
        "learning_rate = nan",
        'learning_rate = "a"',
        "learning_rate = 0.5\nsteps = 0",
        "learning_rate = 0.5\nsteps = 2.5",
        "learning_rate = 0.5\nsteps = 1000000000",
        "learning_rate = 0.5\nmomentum = -1",
        "learning_rate = 0.5\nmomentum = 1e300",
    ],
)
def test_an_update_that_cannot_be_made_is_refused(
    lines: str, mazur: str, file: File, refused: Refused
) -> None:
    assert "update" in refused("net", file(f"{mazur}[update]\n{lines}\n"))


NO_NOTATIONS: dict[str, str | bytes] = {
    "binary": bytes(range(256)),
    "UTF-16": "loss = 'L'".encode("utf-16"),
    "a megabyte": b"# \n" * 400_000,
    "no TOML": "loss: L",
    "nested lists": "loss = " + "[" * 20_000,
    "long keys": ".".join(["a"] * 40_000) + " = 1",
    "a key too many": "nonsense = 1",
    "a key of control characters": '"\\u0000\\u202e\\n" = 1',
    "a number for a symbol": "loss = 3",
    "an open brace": "loss = '{'",
    "an unknown command": "loss = '\\nonsense'",
    "reading a file": "loss = '\\input{/etc/passwd}'",
    "running a command": "loss = '\\write18{true}'",
    "defining a command": "loss = '\\def\\x{\\x\\x}\\x'",
    "a nested fraction": "loss = '" + "\\frac{" * 500 + "1" + "}{2}" * 500 + "'",
    "a long symbol": f"loss = '{'L' * 5_000}'",
    "markup": "loss = '<script>'",
    "an unknown parent": "extends = 'nonsense'",
    "a parent that is a list": "extends = [1]",
    "a parent out of the way": "extends = '../../etc/passwd'",
    "a table for a symbol": "[loss]\na = 1",
    "a symbol for a table": "stems = 'x'",
    "a node that is none": "[stems]\nq = { letter = 'q' }",
    "two nodes of one symbol": "[stems]\nx = { letter = 'q' }\ns = { letter = 'q' }",
    "a function that is none": "[functions]\neval = '\\log'",
    "a sign of 7": "sign = 7",
    "an orientation that is none": "[conventions]\norientation = 'diagonal'",
    "a layer mark that is none": "layer = '^{(l)}^{2}'",
}


@pytest.mark.parametrize("content", NO_NOTATIONS.values(), ids=NO_NOTATIONS.keys())
def test_a_file_without_a_notation_is_refused(
    content: str | bytes, file: File, refused: Refused
) -> None:
    refused("graph", "x*x", "x=2", "--notation", file(content, "own.toml"))


@pytest.mark.parametrize("form", ["text", "md", "html", "latex", "json"])
def test_a_title_is_words_in_every_format(form: str, mazur: str, file: File, run: Run) -> None:
    title = r"<script>alert(1)</script> $\frac{$ \input{/etc/passwd} << 1234*43 >> {{ 1234*43 }}"
    code, out, error = run("net", file(f"title = '{title}'\n{mazur}"), "--format", form)
    assert (code, error) == (0, "")
    assert out
    assert form != "html" or "<script>alert" not in out
    assert form != "latex" or "\\input{/etc" not in out
    assert str(1234 * 43) not in out
