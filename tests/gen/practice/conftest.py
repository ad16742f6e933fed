"""The practice page and a student in front of it, for all tests of the page."""

from __future__ import annotations

from tests.students import address as address
from tests.students import deck as deck
from tests.students import student as student
