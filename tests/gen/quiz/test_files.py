"""A quiz becomes its files, in the same bytes however many processes set the pages."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from gen.quiz import papers
from gen.quiz.files import PageError, files
from gen.quiz.record import record
from gen.quiz.settings import Settings
from gen.quiz.versions import Quiz, build
from templates.writers import pdf


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand-ins for documents and pages that say which version and paper size they were given."""
    monkeypatch.setattr(papers, "paper", lambda version: f"paper {version.mark}")
    monkeypatch.setattr(papers, "key", lambda version: f"key {version.mark}")
    monkeypatch.setattr(pdf, "write", lambda document, *, paper: f"{document} {paper}".encode())


@pytest.fixture
def quiz(products: tuple[str, ...]) -> Quiz:
    return build(Settings(7, versions=3, paper="letter"))


@pytest.mark.usefixtures("pages", "products")
def test_one_version_has_plain_names():
    quiz = build(Settings(7))
    assert list(files(quiz)) == [
        ("quiz.pdf", b"paper A a4"),
        ("key.pdf", b"key A a4"),
        ("quiz.json", record(quiz).encode()),
    ]


@pytest.mark.usefixtures("pages")
def test_several_versions_come_in_order_with_their_marks(quiz: Quiz):
    assert list(files(quiz))[:-1] == [
        (f"{name}-{mark}.pdf", f"{kind} {mark} letter".encode())
        for mark in "ABC"
        for name, kind in (("quiz", "paper"), ("key", "key"))
    ]


@pytest.mark.usefixtures("pages")
def test_jobs_do_not_change_the_files(quiz: Quiz, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", ThreadPoolExecutor)
    assert list(files(quiz, jobs=2)) == list(files(quiz))


def test_versions_travel_between_processes_as_they_are(quiz: Quiz):
    again = Quiz(quiz.settings, quiz.slots, pickle.loads(pickle.dumps(quiz.versions)))
    assert record(again) == record(quiz)


@pytest.mark.usefixtures("pages")
def test_progress_is_told_after_each_version(quiz: Quiz):
    calls: list[None] = []
    list(files(quiz, progress=lambda: calls.append(None)))
    assert len(calls) == 3


@pytest.mark.usefixtures("pages")
def test_a_document_that_does_not_fit_is_named(quiz: Quiz, monkeypatch: pytest.MonkeyPatch):
    def refuse(document: str, *, paper: str) -> bytes:
        raise ValueError("the title is wider than the page")

    monkeypatch.setattr(pdf, "write", refuse)
    with pytest.raises(PageError, match="paper A cannot be set: the title is wider"):
        list(files(quiz))
