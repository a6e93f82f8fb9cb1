"""Proofs on real data; `dev.py check --all --data DIR` names the folder."""

import os
from pathlib import Path

import pytest

FOLDER = os.environ.get("TEST_DATA", "")
collect_ignore_glob = [] if FOLDER else ["test_*.py"]


@pytest.fixture
def data():
    return Path(FOLDER)


def pytest_terminal_summary(terminalreporter):
    """Says the figures that the proofs noted."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name}: {value}")
