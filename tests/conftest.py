"""What tests report beyond passing: the share of draws that each kind of item accepts."""

from __future__ import annotations

import pytest


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
