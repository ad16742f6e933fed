"""Hostile input gets one sentence and exit code 2: nothing else happens, and it does not take long.

What a command does with input that is merely unusual is in the tests of that command.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest

Refused = Callable[..., str]
File = Callable[..., str]
PRODUCT = ("graph", "x*z", "x=2", "z=3")

EXPRESSIONS = {
    "nothing": "",
    "spaces": " \n\t",
    "half a parenthesis": "(",
    "half a product": "x*",
    "half a power": "x**",
    "half an assignment": "q =",
    "10,000 parentheses": "(" * 10_000 + "x" + ")" * 10_000,
    "4,000 parentheses": "(" * 4_000 + "x" + ")" * 4_000,
    "4,000 minus signs": "-" * 4_000 + "x",
    "brackets": "[" * 4_000,
    "4,000 additions": "x" + "+x" * 4_000,
    "a tower without variables": "9**9**9**9",
    "a tower on a variable": "x**9**9**9",
    "a tower under a variable": "9**9**9**9**x",
    "a large constant": "exp(1000)*x",
    "a number without end": "1" * 5_000 + "*x",
    "a number too large": "1e999*x",
    "an import": "__import__('os').system('true')*x",
    "an attribute": "x.__class__",
    "attributes of a tuple": "().__class__.__bases__[0].__subclasses__()",
    "the name of a class": "__class__*x",
    "a function of Python": "eval(x)",
    "lambda": "lambda x: x",
    "a comprehension": "[x for x in x]",
    "a conditional": "x if x else 1",
    "a text": "'x'*9",
    "a format": "f'{x}'*x",
    "a walrus": "(y:=x)",
    "a null byte": "x\x00*x",
    "an escape sequence": "x\x1b[31m*x",
    "right to left": "x\u202e*x",
    "a space without width": "x\u200b*x",
    "half a surrogate pair": "\ud800*x",
    "an emoji": "x*\U0001f600",
    "an entry of a number": "x[1]",
    "entry 0": "x[0]",
    "an entry far out": "x[99999999999999999999]",
    "a product of numbers with @": "x@x",
    "too few arguments": "max(x)",
    "too many arguments": "exp(x, x)",
    "a name of its own value": "q = q + x",
    "the variable again": "x = 3",
    "a division by 0": "x/0",
    "a difference that is 0": "1/(x - x)",
    "0/0": "0/0*x",
    "the logarithm of 0": "log(x - 2)",
    "the logarithm of a negative number": "log(-x)",
    "the root of a negative number": "sqrt(-x)",
    "the slope of a root at 0": "sqrt(x - 2)",
    "a broken power of a negative number": "(-x)^(1/2)",
    "an overflow": "exp(exp(exp(x)))",
    "a tower of variables": "x^x^x^x^x^x",
    "a number alone": "2",
}


@pytest.mark.parametrize("text", EXPRESSIONS.values(), ids=EXPRESSIONS.keys())
@pytest.mark.parametrize("options", [(), ("--arithmetic", "exact", "--json")], ids=["text", "json"])
def test_an_expression_that_cannot_be_differentiated_is_refused(
    text: str, options: tuple[str, ...], refused: Refused
) -> None:
    refused("graph", text, "x=2", *options)


VALUES = {
    "nothing": "x=",
    "no name": "=2",
    "no value": "x",
    "two signs": "x==2",
    "a name that is a number": "2=2",
    "a name of two words": "x y=2",
    "an entry": "x[1]=2",
    "not a number": "x=nan",
    "infinity": "x=-inf",
    "a number too large": "x=1e999",
    "a name": "x=x",
    "a call": "x=__import__('os')",
    "hexadecimal": "x=0x10",
    "a complex number": "x=1j",
    "underscores": "x=1_000",
    "a division by 0": "x=1/0",
    "a root of -1": "x=sqrt(-1)",
    "a power that is a root of -1": "x=(-1)^(1/2)",
    "the logarithm of 0": "x=ln 0",
    "a tower": "x=9^9^9^9",
    "Python's tower": "x=9**9**9**9",
    "0 to a negative power": "x=0^-1",
    "a large power": "x=10^400",
    "a large exponential": "x=e^1000",
    "10,000 parentheses": "x=" + "(" * 10_000,
    "10,000 brackets": "x=" + "[" * 10_000 + "]" * 10_000,
    "10,000 digits": "x=" + "1" * 10_000,
    "a list that goes on": "x=[1,2",
    "a list that has ended": "x=1]",
    "no numbers": "x=[]",
    "no numbers in a row": "x=[[]]",
    "a number missing": "x=[1,,2]",
    "no commas": "x=[1 2]",
    "ragged rows": "x=[[1,2],[3]]",
    "numbers and rows": "x=[1,[2]]",
    "three levels": "x=[[[1]]]",
    "101 numbers": "x=[" + "1," * 100 + "1]",
    "a million numbers": "x=[" + "1," * 999_999 + "1]",
    "a million rows": "x=[" + "[1]," * 999_999 + "[1]]",
    "a null byte": "x=2\x00",
    "right to left": "x=\u202e2",
    "half a surrogate pair": "x=\ud8002",
    "a class": "__class__=2",
}


@pytest.mark.parametrize("text", VALUES.values(), ids=VALUES.keys())
@pytest.mark.parametrize("arithmetic", ["decimal", "exact"])
def test_a_value_that_cannot_be_read_is_refused(
    text: str, arithmetic: str, refused: Refused
) -> None:
    refused("graph", "sum(x*x)", text, "--arithmetic", arithmetic)


LINES = {
    "no such command": ("nonsense",),
    "a command of control characters": ("\x00\x1b\u202e\ud800",),
    "a long command": ("x" * 100_000,),
    "graph without an expression": ("graph",),
    "net without a file": ("net",),
    "softmax without scores": ("softmax",),
    "shape without an expression": ("shape",),
    "params without widths": ("params",),
    "a value twice": (*PRODUCT, "x=3"),
    "a value that nothing uses": (*PRODUCT, "q=3"),
    "a value that is missing": PRODUCT[:3],
    "no such option": (*PRODUCT, "--nonsense"),
    "an option cut short": (*PRODUCT, "--not", "standard"),
    "no places": (*PRODUCT, "--places", "0"),
    "99 places": (*PRODUCT, "--places", "99"),
    "broken places": (*PRODUCT, "--places", "4.5"),
    "places of 5,000 digits": (*PRODUCT, "--places", "9" * 5_000),
    "places in Arabic digits": (*PRODUCT, "--places", "\u0664"),
    "no such format": (*PRODUCT, "--format", "exe"),
    "no such arithmetic": (*PRODUCT, "--arithmetic", "float"),
    "no such mode": (*PRODUCT, "--mode", "sideways"),
    "no such notation": (*PRODUCT, "--notation", "nonsense"),
    "a notation without a name": (*PRODUCT, "--notation", ""),
    "a notation that is a folder": (*PRODUCT, "--notation", "/tmp/"),
    "a notation out of the way": (*PRODUCT, "--notation", "../../etc/passwd"),
    "a notation that is empty": (*PRODUCT, "--notation", "/dev/null"),
    "a notation of control characters": (*PRODUCT, "--notation", "\x00\ud800.toml"),
    "no such input": (*PRODUCT, "--wrt", "q"),
    "an input missing": (*PRODUCT, "--wrt", "x,,z"),
    "a node as input": (*PRODUCT, "--wrt", "y"),
    "a direction in reverse mode": (*PRODUCT, "--seed-direction", "x=1"),
    "a direction of nothing": (*PRODUCT, "--mode", "forward", "--seed-direction", "q=1"),
    "a direction that is no number": (*PRODUCT, "--mode", "forward", "--seed-direction", "x=nan"),
    "a direction of two numbers": (*PRODUCT, "--mode", "forward", "--seed-direction", "x=[1,2]"),
    "a direction twice": (
        *(*PRODUCT, "--mode", "forward"),
        *("--seed-direction", "x=1", "--seed-direction", "x=2"),
    ),
    "an answer without a name": (*PRODUCT, "--answer", "3"),
    "an answer without a value": (*PRODUCT, "--answer", "x="),
    "an answer about nothing": (*PRODUCT, "--answer", "q=1"),
    "an answer that is no number": (*PRODUCT, "--answer", "x=nan"),
    "an answer too large": (*PRODUCT, "--answer", "x=1e999"),
    "an answer of two numbers": (*PRODUCT, "--answer", "x=[1,2]"),
    "an answer that is a tower": (*PRODUCT, "--answer", "x=9^9^9^9"),
    "an answer of 10,000 parentheses": (*PRODUCT, "--answer", "x=" + "(" * 10_000),
    "an answer of control characters": (*PRODUCT, "--answer", "\x00\u202e=\ud800"),
    "statements in a folder": ("graph", "--file", "/tmp", "x=2"),
    "statements of nothing": ("graph", "--file", "/dev/null", "x=2"),
    "statements without end": ("graph", "--file", "/dev/zero", "x=2"),
    "a network in a folder": ("net", "/tmp"),
    "a network of nothing": ("net", "/dev/null"),
    "a network without end": ("net", "/dev/zero"),
    "a network without a name": ("net", ""),
    "a network of control characters": ("net", "\x00\ud800"),
    "a network of a long name": ("net", "x" * 5_000),
    "a score that is no number": ("softmax", "nan", "1"),
    "a score too large": ("softmax", "1e7", "1"),
    "an exact score too large": ("softmax", "10^400", "1", "--arithmetic", "exact"),
    "a score missing": ("softmax", "1,,2"),
    "a score of 100,000 letters": ("softmax", "x" * 100_000),
    "201 scores": ("softmax", *["1"] * 201),
    "a Jacobian of 11 scores": ("softmax", *["1"] * 11, "--jacobian"),
    "class 0": ("softmax", "1", "2", "--target", "0"),
    "a class too many": ("softmax", "1", "2", "--target", "3"),
    "targets that add up to too much": ("softmax", "1", "2", "--target", "0.5,0.6"),
    "a negative target": ("softmax", "1", "2", "--target", "2,-1"),
    "a target that is no number": ("softmax", "1", "2", "--target", "nan,1"),
    "a temperature of 0": ("softmax", "1", "2", "--temperature", "0"),
    "a negative temperature": ("softmax", "1", "2", "--temperature=-1"),
    "a temperature that is no number": ("softmax", "1", "2", "--temperature", "nan"),
    "a shape of nothing": ("shape", "x"),
    "a shape of 0": ("shape", "x", "x=0x4"),
    "a shape of three axes": ("shape", "x", "x=3x4x5"),
    "a shape of control characters": ("shape", "x", "x=\x00\u202e"),
    "a shape of 10,000 parentheses": ("shape", "(" * 10_000, "x=3"),
    "a shape of a call": ("shape", "eval(x)", "x=3"),
    "one width": ("params", "784"),
    "no units": ("params", "3-0-1"),
    "a width with a sign": ("params", "-1-2"),
    "a width of 5,000 digits": ("params", "9" * 5_000 + "-1"),
    "100,000 widths": ("params", "-".join(["1"] * 100_000)),
    "a width in Arabic digits": ("params", "\u0661-\u0662"),
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES.keys())
def test_a_command_line_that_cannot_be_followed_is_refused(
    line: tuple[str, ...], refused: Refused
) -> None:
    refused(*line)


@pytest.mark.parametrize(
    "name", ["solution.exe", "solution", "none/solution.txt", "x" * 300 + ".txt"]
)
def test_a_file_that_cannot_be_written_is_refused_and_nothing_is_left(
    name: str, tmp_path: Path, refused: Refused
) -> None:
    refused(*PRODUCT, "-o", str(tmp_path / name))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", ".", "..", "/", "\x00.txt", "\ud800.txt"])
def test_a_name_that_no_file_can_have_is_refused(name: str, refused: Refused) -> None:
    refused(*PRODUCT, "--format", "text", "-o", name)


def test_what_is_no_file_is_not_replaced_by_one(tmp_path: Path, refused: Refused) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    refused(*PRODUCT, "-o", str(pipe))
    assert pipe.is_fifo()
    refused(*PRODUCT, "--json", "-o", str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["pipe.txt"]


def test_a_link_to_itself_is_refused(tmp_path: Path, refused: Refused) -> None:
    link = tmp_path / "loop.toml"
    link.symlink_to(link)
    refused("net", str(link))
    refused(*PRODUCT, "--notation", str(link))


def test_what_fits_on_no_page_is_refused_as_a_pdf(refused: Refused) -> None:
    chain = "; ".join(["a1 = x*x"] + [f"a{n} = a{n - 1}*x + exp(x)" for n in range(2, 150)])
    sentence = refused("graph", chain, "x=0.5", "--format", "pdf")
    assert "does not fit" in sentence


def _limited() -> None:
    """For the process that is tested: at most 10 s of the processor."""
    resource.setrlimit(resource.RLIMIT_CPU, (10, 10))


# Linux keeps the largest size of the process that started this one in ru_maxrss, so the high-water
# mark of its own memory is read where there is one.
MEASURED = """\
import pathlib, re, resource, sys
from solver.cli import main
code = main(sys.argv[1:])
status = pathlib.Path("/proc/self/status")
mark = re.search(r"VmHWM:\\s+([0-9]+)", status.read_text()) if status.exists() else None
print(mark[1] if mark else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stdout)
sys.exit(code)
"""


@pytest.mark.parametrize(
    "line",
    [
        ("graph", "(" * 10_000 + "x" + ")" * 10_000, "x=2"),
        ("graph", "x**9**9**9", "x=2"),
        ("graph", "sum(x)", "x=[" + ",".join(["1"] * 50_000) + "]"),
        ("net", "FILE"),
    ],
    ids=["parentheses", "a tower", "a long list", "a matrix of a million entries"],
)
def test_a_process_needs_little_time_and_memory_to_refuse(
    line: tuple[str, ...], file: File, mazur: str
) -> None:
    matrix = "[" + ",".join(["[" + ",".join(["0"] * 480) + "]"] * 1_000) + "]"
    path = file(mazur.replace("[[0.15, 0.20], [0.25, 0.30]]", matrix))
    started = perf_counter()
    found = subprocess.run(
        [sys.executable, "-c", MEASURED, *(path if part == "FILE" else part for part in line)],
        capture_output=True,
        text=True,
        preexec_fn=_limited,
    )
    assert perf_counter() - started < 5
    assert found.returncode == 2
    assert found.stderr.count("\n") == 1
    assert found.stderr.startswith("backprep: ")
    assert int(found.stdout) < 300_000


@pytest.mark.parametrize("text", ["dot(x, v)", "cross_entropy(x, v)", "squared_error(x, v) + x"])
def test_a_number_does_not_stand_for_an_array_where_shapes_must_agree(
    text: str, refused: Refused
) -> None:
    assert "scalar and 2" in refused("graph", text, "x=0.5", "v=[0,1]")
