"""What the documents say can be done can be done, and prints what they say it prints."""

from __future__ import annotations

import doctest
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import solver
from gen import __version__
from gen.arguments import parse, settings
from gen.quiz.record import record
from gen.quiz.versions import build
from solver import parameters, specification, tables
from solver.arguments import COMMANDS
from solver.commands import graph, softmax
from solver.network import ACTIVATIONS, LOSSES
from solver.parsing import functions, grammar, tokens
from tests.documents import ROOT, module, rows_of, section

README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "solver.md").read_text(encoding="utf-8")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
ANCHOR = re.compile(r"\]\(#([^)]+)\)")
OPTION = re.compile(r"`(--[a-z-]+)")
FILE_SHOWN = re.compile(r"## `([^`]+)`\n\n```\w+\n(.*?)```\n", re.DOTALL)
DOCUMENTS = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")))


refresh = module(ROOT / "docs" / "refresh.py")


def run(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def solved(*arguments: str) -> Any:
    return json.loads(run(ROOT, "-m", "solver", *arguments, "--json"))


@pytest.fixture(scope="module")
def helps() -> str:
    solver_helps = (run(ROOT, "-m", "solver", command, "--help") for command in COMMANDS)
    return "\n".join(solver_helps)


# What is quoted


def test_the_documents_quote_what_their_commands_print():
    run(ROOT, "docs/refresh.py", "--check")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_links_to_exists(document: Path):
    links = LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_section_that_a_document_links_to_exists(document: Path):
    text = document.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    names = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
    assert set(ANCHOR.findall(text)) - names == set()


@pytest.mark.parametrize("text", [README, GUIDE], ids=["README.md", "solver.md"])
def test_the_examples_in_python_run(text: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    blocks = "\n".join(re.findall(r"```pycon\n(.*?)```", text, re.DOTALL))
    examples = doctest.DocTestParser().get_doctest(blocks, {}, "document", None, 0)
    assert examples.examples
    assert doctest.DocTestRunner().run(examples).failed == 0


@pytest.mark.parametrize(
    ("shown", "output", "expected"),
    [
        ("old\n", "a\nb\n", "a\nb\n"),
        ("a\n...\nd\n", "a\nb\nc\nd\n", "a\n...\nd\n"),
        ("a\n...\nc\nx\ne\n...\n", "a\nb\nc\nd\ne\nf\n", "a\n...\nc\nd\ne\n...\n"),
        ("...\nb\n", "a\nb\nc\n", "...\nb\nc\n"),
        ("a\nx\nc\n...\n", "a\nb1\nb2\nc\nd\n", "a\nb1\nb2\nc\n...\n"),
        ("a\nx\n...\n", "a\nb\nc\n\nd\n", "a\nb\nc\n...\n"),
        ("...\nc\nx\ny\n...\n", "a\nb\nc\n", "...\nc\n...\n"),
        (
            "a\n0.17392870783522671\n...\nd\n",
            "a\n0.17392870783522674\nb\nd\n",
            "a\n0.17392870783522674\n...\nd\n",
        ),
    ],
)
def test_an_excerpt_keeps_its_pieces_and_renews_them(shown: str, output: str, expected: str):
    assert refresh.excerpt(shown, output) == expected


@pytest.mark.parametrize("shown", ["a\n...\nx\nb\n...\n", "a\n...\nc\n...\nb\n...\n"])
def test_an_excerpt_that_is_no_longer_printed_in_that_order_is_noticed(shown: str):
    with pytest.raises(refresh.Outdated, match="no longer printed"):
        refresh.excerpt(shown, "a\nb\nc\nd\n")


def test_times_sizes_and_last_digits_of_long_numbers_are_not_compared():
    assert refresh.same("done in 0.52 s\n0.39249999999999996", "done in 1.2 s\n0.3925")
    assert refresh.same("key.pdf  300 KiB\n2.7182818284590452", "key.pdf  9 KiB\n2.718281828459")
    assert not refresh.same("0.3925", "0.3924")
    assert not refresh.same("0.39249999999999996", "0.39241111111111111")


# The command that makes quizzes


def test_every_option_in_the_readme_is_one_of_the_commands(helps: str):
    options = set(OPTION.findall(README))
    known = helps + run(ROOT, "-m", "gen", "--help") + run(ROOT, "-m", "gen", "practice", "--help")
    assert options
    assert {option for option in options if f"{option} " not in known} == set()


def test_the_readme_has_every_option_of_the_command():
    options = set(re.findall(r"^  (--[a-z]+)", run(ROOT, "-m", "gen", "--help"), re.MULTILINE))
    assert options - set(OPTION.findall(README)) - {"--version"} == set()


def test_the_changelog_has_this_version():
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_field_of_the_record_is_described():
    described = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "record.md").read_text("utf-8")))
    quiz = build(settings(parse(["--seed", "7", "--items", "15"])))
    assert fields(json.loads(record(quiz))) - described == set()


def fields(value: object, name: str = "") -> set[str]:
    """All names of the record, but not those that families, graphs or errors choose."""
    if name in ("params", "givens", "constants", "error", "facts"):
        return set()
    if isinstance(value, list):
        return {each for entry in value for each in fields(entry, name)}
    if isinstance(value, dict):
        return set(value) | {each for n, v in value.items() for each in fields(v, n)}
    return set()


def test_the_family_of_the_guide_works_by_its_two_files_alone(tmp_path: Path):
    for name in ("gen", "solver", "templates", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.pyc"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    guide = (ROOT / "docs" / "families.md").read_text(encoding="utf-8")
    for name, content in FILE_SHOWN.findall(guide):
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert "tanh_unit" in run(tmp_path, "-m", "gen", "list")
    run(tmp_path, "-m", "gen", "--seed", "7", "--families", "tanh_unit")
    found = run(tmp_path, "-m", "pytest", "tests/gen/test_conformance.py", "-k", "tanh_unit")
    assert "passed" in found


def test_the_family_of_the_guide_is_the_one_that_new_begins():
    guide = (ROOT / "docs" / "families.md").read_text(encoding="utf-8")
    shown = [content for _, content in FILE_SHOWN.findall(guide)]
    starters = (ROOT / "templates" / "starter" / name for name in ("family.py.j2", "family.md.j2"))
    sources = [path.read_text(encoding="utf-8") for path in starters]
    assert shown == [source.replace("NAME", "tanh_unit") for source in sources]


# The guide to the solver


def test_the_guide_has_every_option_of_the_solver(helps: str):
    options = set(re.findall(r"^  (?:-h, )?(--[a-z-]+)", helps, re.MULTILINE))
    assert options - set(OPTION.findall(GUIDE)) == {"--help"}


def test_every_option_in_the_guide_is_one_of_the_solver(helps: str):
    assert {option for option in OPTION.findall(GUIDE) if option not in helps} == set()


def test_the_guide_has_every_function_of_expressions():
    described = set(re.findall(r"`(\w+)(?=\(|`)", GUIDE))
    assert {*functions.FUNCTIONS, *functions.SYNONYMS} - described == set()


@pytest.mark.parametrize("name", [*ACTIVATIONS, *LOSSES])
def test_the_guide_has_every_activation_and_loss(name: str):
    assert f"`{name}`" in section(GUIDE, "net")


PROBLEM = "input = [1]\ntarget = 1\n"


@pytest.mark.parametrize(
    "text",
    ["zz = 1", "[[layer]]\nzz = 1", f"{PROBLEM}[[layer]]\nweights = [[1]]\n[update]\nzz = 1"],
    ids=["problem", "layer", "update"],
)
def test_the_guide_has_every_key_of_a_problem(text: str):
    with pytest.raises(solver.InputError, match="there are ") as raised:
        specification.parse(text)
    keys = str(raised.value).partition("there are ")[2].split(", ")
    described = set(re.findall(r"`\[*(\w+)\]*`", section(GUIDE, "net")))
    assert len(keys) >= 3
    assert set(keys) - described == set()


def test_the_problem_in_the_guide_is_the_file_it_names():
    (shown,) = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    assert shown == (ROOT / "docs" / "examples" / "batch.toml").read_text(encoding="utf-8")


def test_the_statements_in_the_readme_are_those_of_the_file():
    text = (ROOT / "docs" / "examples" / "ridge.txt").read_text(encoding="utf-8")
    assert text.partition("\n")[2] in README


def test_the_guide_has_every_name_of_the_library():
    listed = section(GUIDE, "In Python")
    assert [name for name in solver.__all__ if not re.search(rf"`{name}\b", listed)] == []


def test_the_limits_in_the_guide_are_those_of_the_program():
    limits = [
        graph.MOST_NUMBERS,
        tokens.LONGEST,
        grammar.MOST_STATEMENTS,
        grammar.MOST_OPERATIONS,
        grammar.MOST_OPERATIONS_IN_ALL,
        grammar.DEEPEST,
        specification.LAYERS,
        specification.TERMS,
        specification.NUMBERS,
        specification.PRODUCTS,
        specification.REPEATS,
        softmax.MOST_SCORES,
        softmax.MOST_FOR_JACOBIAN,
        parameters.MOST_LAYERS + 1,
        parameters.LARGEST_DIGITS,
        tables.BYTES,
    ]
    shown = [row[1] for row in rows_of(section(GUIDE, "Limits"))]
    assert shown == [f"{number:,}" for number in limits]


# The numbers of the examples


def test_the_network_of_the_readme_gives_the_published_numbers():
    """Matt Mazur, "A Step by Step Backpropagation Example" (2015)."""
    found = solved("net", "docs/examples/mazur.toml")
    assert found["loss"] == pytest.approx(0.298371109, abs=1e-9)
    assert found["forward"]["o2"] == pytest.approx([0.75136507, 0.772928465], abs=1e-8)
    first = [[0.149780716, 0.19956143], [0.24975114, 0.29950229]]
    second = [[0.35891648, 0.408666186], [0.511301270, 0.561370121]]
    updated = found["updates"][0]["parameters"]
    np.testing.assert_allclose(updated["W1"], first, rtol=0, atol=1e-8)
    np.testing.assert_allclose(updated["W2"], second, rtol=0, atol=1e-8)


def test_the_quiz_of_the_readme_has_the_answer_of_the_lecture():
    """CMU 10-301/601, Lecture 12, Differentiation Quiz #1: option E."""
    expression = "exp(x*z) + x*z/log(x) + sin(log(x))/(x*z)"
    gradient = solved("graph", expression, "x=2", "z=3")["gradient"]
    assert [round(gradient["x"]), round(gradient["z"])] == [1208, 810]


def test_the_ridge_regression_of_the_readme_is_right_by_hand():
    """The residual is 1 - (0.5 2 - 1 3 + 0.5) = 2.5; w gets -2 r x + 2 lambda w, b gets -2 r."""
    numbers = ("w=[0.5,-1]", "x=[2,3]", "b=0.5", "y=1", "lambda=0.1")
    found = solved("graph", "--file", "docs/examples/ridge.txt", *numbers, "--wrt", "w,b")
    assert found["value"] == pytest.approx(2.5**2 + 0.1 * (0.25 + 1))
    assert found["gradient"]["w"] == pytest.approx([-5 * 2 + 0.2 * 0.5, -5 * 3 - 0.2])
    assert found["gradient"]["b"] == pytest.approx(-5)


def test_the_mini_batch_of_the_readme_is_updated_as_by_hand():
    examples, targets = np.array([[1, -2], [0.5, 1], [-1, 0.5]]), np.array([0.5, -1, 1])
    v, c = np.array([[0.5, -0.5], [1, 0.25]]), np.array([0, 0.5])
    w, d = np.array([0.8, -1.2]), 0.1
    hidden = np.tanh(examples @ v.T + c)
    slope = 2 / 3 * (hidden @ w + d - targets)
    into = slope[:, None] * w * (1 - hidden**2)
    (update,) = solved("net", "docs/examples/batch.toml")["updates"]
    moved = update["parameters"]
    np.testing.assert_allclose(moved["W1"], v - 0.1 * into.T @ examples)
    np.testing.assert_allclose(moved["b1"], c - 0.1 * into.sum(axis=0))
    np.testing.assert_allclose(moved["W2"], [w - 0.1 * slope @ hidden])
    np.testing.assert_allclose(moved["b2"], [d - 0.1 * slope.sum()])


def test_the_softmax_of_the_readme_is_the_slide_corrected():
    powers = np.exp([-1.0, 2.7, 0.5])
    found = solved("softmax", "-1.0", "2.7", "0.5", "--target", "2")
    np.testing.assert_allclose(found["softmax"], powers / powers.sum())
    np.testing.assert_allclose(found["gradient"], powers / powers.sum() - [0, 1, 0])
