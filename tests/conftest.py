"""For all tests: property tests draw the same examples in every run, and acceptance is reported."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.browser import browser as browser
from tests.judging import judge as judge

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    rates = [
        value
        for report in terminalreporter.getreports("passed")
        for name, value in report.user_properties
        if name == "acceptance" and report.when == "call"
    ]
    if rates:
        terminalreporter.section("share of draws accepted")
        for kind, rate in rates:
            terminalreporter.write_line(f"{rate:4.0%}  {kind}")
