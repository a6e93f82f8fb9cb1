"""What the README names is there: commands, settings, files."""

import re
from pathlib import Path

from marketplace.doors.commands.main import market

TOP = Path(__file__).parents[2]
TEXTS = [TOP / "README.md", *sorted((TOP / "docs").glob("*.md"))]
WORDS = "\n".join(text.read_text() for text in TEXTS)


def test_commands_exist():
    named = set(re.findall(r"`market ([a-z-]+)", WORDS))

    assert named
    assert named - set(market.commands) == set()


def test_settings_exist_and_all_are_named():
    read = set(
        re.findall(r"MARKET_[A-Z_]+", (TOP / "marketplace/config.py").read_text())
    )
    named = set(re.findall(r"MARKET_[A-Z_]+", WORDS))

    assert named == read


def test_pictures_and_files_exist():
    links = re.findall(r"\]\((?!http|#)([^)#]+)\)", (TOP / "README.md").read_text())

    assert [link for link in links if not (TOP / link).exists()] == []


def test_verbs_of_the_two_commands_exist():
    named = set(re.findall(r"python3 dev\.py ([a-z]+)", WORDS))

    assert {"run", "test"} <= named <= {"run", "test", "setup", "check", "bench"}
