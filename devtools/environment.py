"""The virtual environment, the pinned packages in it, and the project itself."""

import os
import shutil
import sys
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from devtools.steps import TOP, CannotGoOn, Step, call

VENV = TOP / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
STAMPS = VENV / ".stamps"
REQUIREMENTS = TOP / "requirements"
ONLINE = "Check the connection to the package index (`pip config list`), start again."


def prepare_environment(packages: str = "run") -> None:
    """Makes the environment with the packages of requirements/<packages>.txt."""
    identity = [sys.version, str(VENV)]
    Step("Virtual environment", STAMPS / "environment", identity, _make_venv).do()
    install(packages)
    Step(
        "Project",
        STAMPS / "project",
        [TOP / "pyproject.toml"],
        partial(_pip, "--no-deps", "--no-build-isolation", "--editable", str(TOP)),
    ).do()


def install(packages: str) -> None:
    """Installs one file of pins, hashes checked; `test` holds all that `run` holds."""
    if packages == "run" and _installation("test").is_done:
        packages = "test"
    _installation(packages).do()


def _installation(packages: str) -> Step:
    pins = REQUIREMENTS / f"{packages}.txt"
    return Step(
        f"Packages ({packages})",
        STAMPS / f"packages-{packages}",
        [pins],
        partial(_pip, "--require-hashes", "--requirement", str(pins)),
    )


def _make_venv() -> None:
    command = [sys.executable, "-m", "venv"]
    # A stamp that does not fit means another Python or another place: start anew.
    if any(STAMPS.glob("packages-*")):
        command.append("--clear")
    if not _can_seed_pip():
        command.append("--without-pip")
    call([*command, VENV], "Install Python's module venv (python3-venv), start again.")


def _can_seed_pip() -> bool:
    """Tells whether a new venv gets its own pip; Debian may ask for a package first."""
    if find_spec("ensurepip"):
        return True
    if find_spec("pip"):
        return False
    name = f"python3.{sys.version_info.minor}-venv"
    if not can_use_apt():
        raise CannotGoOn(
            f"Python has neither ensurepip nor pip: install {name}, start again."
        )
    apt_install(name)
    return True


def _pip(*arguments: str) -> None:
    """Installs with the venv's own pip, else with that of the Python we run on."""
    own = any(VENV.glob("lib/*/site-packages/pip/__main__.py"))
    pip = [PYTHON, "-m", "pip"] if own else [sys.executable, "-m", "pip", "--python"]
    target = [] if own else [PYTHON]
    quiet = ["--quiet", "--no-input", "--disable-pip-version-check"]
    call([*pip, *target, "install", *quiet, *arguments], ONLINE)


def can_use_apt() -> bool:
    """Tells whether this machine lets us install Debian's packages."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(*names: str) -> None:
    """Installs Debian's packages, after a look at what is newest."""
    advice = f"Install {' '.join(names)} by hand, start again."
    call(["apt-get", "update", "-q"], advice)
    call(
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", *names],
        advice,
        variables={"DEBIAN_FRONTEND": "noninteractive"},
    )


def installed(*parts: str) -> Path:
    """Finds a file that a package brought; raises CannotGoOn if it did not."""
    pattern = str(Path("lib", "*", "site-packages", *parts))
    found = next(VENV.glob(pattern), None)
    if found is None:
        raise CannotGoOn(f"{'/'.join(parts)} is missing: delete .venv, start again.")
    return found
