"""The file that keeps a student's progress: an SQLite database in the user's own data folder.

Every answer is written at once and as a whole, so nothing that was answered is lost when the
program is stopped. Two programs may have the file open.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from gen.practice.leitner import Result, Standing
from gen.practice.progress import Answered, Progress, ProgressError, checked, merged

if TYPE_CHECKING:
    from sqlite3 import Connection

APPLICATION = 0x62707270
"""What SQLite's `application_id` says of a file that is ours: "bprp"."""
VERSION = 1
PATIENCE = 10.0
"""How many seconds to wait for another program that is writing."""

_TABLES = (
    "CREATE TABLE standings (skill TEXT PRIMARY KEY, box INTEGER NOT NULL, due REAL NOT NULL)",
    "CREATE TABLE asked (item TEXT PRIMARY KEY, times INTEGER NOT NULL)",
    "CREATE TABLE answers (item TEXT NOT NULL, time REAL NOT NULL, result TEXT NOT NULL,"
    " hints INTEGER NOT NULL, slips TEXT NOT NULL, PRIMARY KEY (item, time))",
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {VERSION}",
)


def usual_path() -> Path:
    """The file in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("backprep", appauthor=False) / "progress.sqlite3"


class Store:
    """A file of progress that is open. Every method raises ProgressError where that fails."""

    def __init__(self, path: Path) -> None:
        """Open a file, or begin a new one.

        Raises ProgressError for a file that is no progress, or that a later release wrote.
        """
        import sqlite3

        self.path = path
        with self._reported():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file: Connection = sqlite3.connect(path, PATIENCE, isolation_level=None)
            try:
                self._begin()
            except BaseException:
                self._file.close()
                raise

    def _begin(self) -> None:
        with self._writing():
            (application,) = self._file.execute("PRAGMA application_id").fetchone()
            (version,) = self._file.execute("PRAGMA user_version").fetchone()
            (tables,) = self._file.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if not tables and not application:
                for statement in _TABLES:
                    self._file.execute(statement)
            elif application != APPLICATION:
                raise ProgressError(f"{self.path} holds no progress; name another file")
            elif version > VERSION:
                raise ProgressError(
                    f"a later release wrote {self.path}: install that one, or name another file"
                )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self) -> Progress:
        """Everything that is kept."""
        with self._reported():
            rows = self._file.execute
            standings = rows("SELECT skill, box, due FROM standings").fetchall()
            asked = rows("SELECT item, times FROM asked").fetchall()
            answers = rows(
                "SELECT item, time, result, hints, slips FROM answers ORDER BY time, item"
            ).fetchall()
            return checked(
                Progress(
                    {skill: Standing(box, due) for skill, box, due in standings},
                    dict(asked),
                    tuple(_answered(*row) for row in answers),
                )
            )

    def ask(self, item: str) -> None:
        """Count that an item is asked once more."""
        with self._reported():
            self._file.execute(
                "INSERT INTO asked VALUES (?, 1) ON CONFLICT DO UPDATE SET times = times + 1",
                (item,),
            )

    def record(
        self, answered: Answered, standing: Standing, instead_of: Answered | None = None
    ) -> None:
        """Keep an answer and where its skill stands now, in the place of an earlier one if given.

        A first wrong answer is kept as such until the question is over, so that it is not lost.
        """
        with self._reported(), self._writing():
            if instead_of is not None:
                place = (instead_of.item, instead_of.time)
                self._file.execute("DELETE FROM answers WHERE item = ? AND time = ?", place)
            self._keep(answered)
            self._stand(answered.skill, standing)

    def merge(self, progress: Progress) -> None:
        """Add the progress of another file or of a page."""
        with self._reported(), self._writing():
            found = merged(self.read(), progress)
            for skill, standing in found.standings.items():
                self._stand(skill, standing)
            for answered in found.answers:
                self._keep(answered)
            self._file.executemany(
                "INSERT OR REPLACE INTO asked VALUES (?, ?)", found.asked.items()
            )

    def _keep(self, answered: Answered) -> None:
        self._file.execute(
            "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)",
            (
                answered.item,
                answered.time,
                answered.result,
                answered.hints,
                json.dumps(answered.slips),
            ),
        )

    def _stand(self, skill: str, standing: Standing) -> None:
        self._file.execute(
            "INSERT OR REPLACE INTO standings VALUES (?, ?, ?)", (skill, standing.box, standing.due)
        )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """All or nothing, while no other program writes."""
        self._file.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._file.execute("ROLLBACK")
            raise
        self._file.execute("COMMIT")

    @contextmanager
    def _reported(self) -> Iterator[None]:
        import sqlite3

        try:
            yield
        except ProgressError:
            raise
        except sqlite3.OperationalError as error:
            raise ProgressError(f"cannot use {self.path} for the progress: {error}") from error
        except (sqlite3.DatabaseError, ValueError, TypeError) as error:
            raise ProgressError(
                f"{self.path} holds no progress, or is damaged; name another file, or move it away"
            ) from error
        except OSError as error:
            raise ProgressError(f"cannot write {self.path}: {error.strerror or error}") from error


def _answered(item: str, time: float, result: Result, hints: int, slips: str) -> Answered:
    return Answered(item, time, result, hints, tuple(json.loads(slips)))
