"""The command writes a verified quiz, or says in one sentence why it cannot."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gen import cli
from gen.presentation import items
from gen.quiz import papers
from templates.writers import pdf, text

Use = Callable[..., None]
Source = Callable[..., str]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A function from a command line to exit code, output and errors, in an empty folder.

    Pages are replaced by a word, since this is about the command and not about pages.
    """
    monkeypatch.chdir(tmp_path)
    for module, name in ((papers, "paper"), (papers, "key"), (items, "single")):
        monkeypatch.setattr(module, name, lambda *_, word=name: word)
    monkeypatch.setattr(pdf, "write", lambda document, *, paper: f"{document} {paper}".encode())
    monkeypatch.setattr(text, "write", lambda document, **_: f"{document} as text\n")

    def run_line(line: str) -> tuple[int, str, str]:
        code = cli.main(line.split())
        return (code, *capsys.readouterr())

    return run_line


def only_line(errors: str) -> str:
    (line,) = errors.splitlines()
    return line


@pytest.mark.usefixtures("products")
def test_a_seed_gives_paper_key_and_record_and_says_where(run: Run, tmp_path: Path):
    code, out, errors = run("--seed 7")
    folder = tmp_path / "output" / "quiz-7"
    assert (code, errors) == (0, "")
    assert sorted(path.name for path in folder.iterdir()) == ["key.pdf", "quiz.json", "quiz.pdf"]
    assert (folder / "key.pdf").read_bytes() == b"key a4"
    assert json.loads((folder / "quiz.json").read_text("utf-8"))["settings"]["seed"] == 7
    assert all(str(Path("output/quiz-7") / name) in out for name in ("quiz.pdf", "key.pdf"))
    assert len([line for line in out.splitlines() if line[:3].strip().isdigit()]) == 10


@pytest.mark.usefixtures("products")
def test_versions_are_marked_by_letters(run: Run, tmp_path: Path):
    code, _, errors = run("--seed 7 --versions 4 --out there --paper letter")
    assert code == 0
    assert {path.name for path in (tmp_path / "there").iterdir()} == {"quiz.json"} | {
        f"{kind}-{letter}.pdf" for kind in ("quiz", "key") for letter in "ABCD"
    }
    assert (tmp_path / "there" / "quiz-D.pdf").read_bytes() == b"paper letter"
    assert "100% done" in errors


@pytest.mark.usefixtures("products")
def test_checking_verifies_and_writes_nothing(run: Run, tmp_path: Path):
    code, out, _ = run("--seed 7 --check --versions 2")
    assert code == 0
    assert "verified 20 items, 20 numbers recomputed; nothing was written" in out
    assert not (tmp_path / "output").exists()


@pytest.mark.usefixtures("products")
def test_quiet_runs_print_nothing(run: Run):
    assert run("--seed 7 --versions 5 --quiet") == (0, "", "")
    assert run("--seed 7 --check --quiet") == (0, "", "")


@pytest.mark.usefixtures("products")
def test_a_second_run_replaces_the_first_and_makes_the_same_bytes(run: Run, tmp_path: Path):
    record = tmp_path / "output" / "quiz-7" / "quiz.json"
    run("--seed 7")
    first = record.read_bytes()
    assert run("--seed 7")[0] == 0
    assert record.read_bytes() == first


@pytest.mark.usefixtures("products")
def test_one_item_is_shown_in_the_terminal(run: Run):
    assert run("show both --seed 7") == (0, "single as text\n", "")


@pytest.mark.usefixtures("products")
@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("--seed x", "--seed: expected an integer"),
        ("--seed 7 --families bth", "there is no family 'bth'; did you mean both?"),
        ("--seed 7 --items 0", "--items: expected a whole number from 1 to 200"),
        ("show bth --seed 7", "there is no family 'bth'; did you mean both?"),
        ("show ticks --seed 7 --form numeric", "the family ticks has no numeric items, only"),
        ("--seed 7 --out taken", "taken holds mine.txt, which this program did not put there"),
        ("--seed 7 --out file", "file is a file"),
        ("--seed 7 --out file/below", ""),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(
    run: Run, tmp_path: Path, line: str, message: str
):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    code, out, errors = run(line)
    assert (code, out) == (2, "")
    assert only_line(errors).startswith(f"backprep: {message}")
    assert not (tmp_path / "output").exists()


def test_a_family_that_does_not_import_is_named(run: Run, use_families: Use):
    use_families(broken="import nothing_of_this_name")
    code, _, errors = run("--seed 7")
    assert code == 2
    assert "the family broken cannot be imported" in only_line(errors)


def test_too_many_versions_name_the_slot(run: Run, use_families: Use, product_source: Source):
    use_families(few=product_source("few").replace("HIGH = 40", "HIGH = 4"))
    code, _, errors = run("--seed 7 --items 1 --versions 30 --quiet")
    assert code == 2
    assert "backprep: slot 1 cannot be filled 30 times: the family few" in only_line(errors)


WRONG = """
from gen.verification import Mismatch
def verify(problem, solution, full):
    raise Mismatch("the key says 12, the oracle 13")
"""


@pytest.mark.parametrize("line", ["--seed 7", "--seed 7 --check", "show wrong --seed 7"])
def test_a_mismatch_names_the_item_exits_1_and_writes_nothing(
    run: Run, use_families: Use, product_source: Source, tmp_path: Path, line: str
):
    use_families(wrong=product_source("wrong") + WRONG)
    code, out, errors = run(line)
    assert (code, out) == (1, "")
    assert "wrong, seed 7, slot" in only_line(errors)
    assert "the key says 12, the oracle 13" in errors
    assert not (tmp_path / "output").exists()


def test_an_interruption_exits_130_and_writes_nothing(
    run: Run, use_families: Use, product_source: Source, tmp_path: Path
):
    stop = "\ndef accept(problem, solution):\n    raise KeyboardInterrupt\n"
    use_families(slow=product_source("slow") + stop)
    assert run("--seed 7") == (130, "", "backprep: interrupted\n")
    assert not (tmp_path / "output").exists()


def test_a_fault_of_the_program_is_not_hidden(run: Run, use_families: Use, product_source: Source):
    use_families(faulty=product_source("faulty") + "\ndef accept(problem, solution): 1 / 0\n")
    with pytest.raises(ZeroDivisionError):
        run("--seed 7")


@pytest.mark.parametrize("line", [["--help"], ["--seed", "x"]])
def test_help_and_mistakes_import_nothing_heavy(line: list[str]):
    program = (
        "import sys; from gen.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'jinja2', 'reportlab', 'sympy'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program, *line], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
