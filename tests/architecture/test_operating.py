"""What docs/operating.md tells an operator to type is understood as it stands."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from marketplace import config
from marketplace.doors.commands.main import market

TOP = Path(__file__).parents[2]
GUIDE = (TOP / "docs" / "operating.md").read_text()
BLOCKS = re.findall(r"```(sh|ini|nginx)\n(.*?)```", GUIDE, re.DOTALL)
UNITS = {
    re.match(r"# /etc/systemd/system/(\S+)", block)[1]: block
    for kind, block in BLOCKS
    if kind == "ini"
}
SYSTEMD = shutil.which("systemd-analyze")
LINES = [line for _kind, block in BLOCKS for line in block.splitlines()]
TYPED = sorted(
    {found for line in LINES for found in re.findall(r"\bmarket [a-z][^'#]*", line)}
)


def parsed(arguments):
    """Reads a command as `market` does, without doing it."""
    command, context = market, None
    while hasattr(command, "commands"):
        name, command, arguments = command.resolve_command(None, arguments)
        assert command, name
    files = [a.replace("FILE", __file__) for a in arguments]
    known = [__file__ if a.startswith("/var/backups/") else a for a in files]
    context = command.make_context(command.name, known, resilient_parsing=False)
    context.close()


def test_guide_has_commands_and_units():
    assert len(TYPED) >= 6
    assert {unit.rpartition(".")[2] for unit in UNITS} == {"service", "timer"}


@pytest.mark.parametrize("line", TYPED)
def test_command_of_the_guide_is_understood(line):
    _market, *arguments = shlex.split(re.sub(r"\$\(.*?\)", "today", line))

    parsed(arguments)


def test_wrong_command_would_be_found():
    with pytest.raises(Exception, match="No such option"):
        parsed(["serve", "--no-such-option"])


@pytest.mark.parametrize("unit", UNITS)
def test_unit_is_one_for_systemd(unit, tmp_path):
    """Lets systemd read it where it is there; else only its sections are looked at."""
    block = UNITS[unit]
    assert re.findall(r"^\[(\w+)\]", block, re.MULTILINE)[0] == "Unit"
    if SYSTEMD is None:
        return
    place = tmp_path / unit
    # Neither the program nor the user of the server is on this machine.
    place.write_text(
        re.sub(r"^User=.*\n", "", block, flags=re.MULTILINE).replace(
            "/srv/boerse/app/.venv/bin/market", "/bin/true"
        )
    )
    beside = unit.replace(".timer", ".service")
    if beside != unit:
        (tmp_path / beside).write_text("[Service]\nExecStart=/bin/true\n")
    answer = subprocess.run(
        [SYSTEMD, "verify", "--man=no", place],
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line for line in answer.stderr.splitlines() if unit in line] == []


def test_settings_of_the_guide_make_a_site(tmp_path, monkeypatch):
    """The file of the environment is taken as it stands, but for its keys."""
    lines = next(block for _kind, block in BLOCKS if "MARKET_INSTANCE=" in block)
    for line in lines.splitlines():
        name, _, value = line.partition("=")
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("MARKET_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("MARKET_SECRET_KEY", "0" * 64)

    settings = config.settings(tmp_path)

    assert settings["SESSION_COOKIE_NAME"] == "__Host-market"
    assert settings["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg:///boerse"
    assert (settings["PROXIES"], settings["DEMO"]) == (1, False)
