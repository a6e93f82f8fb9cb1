"""The checks that need no running site, and the tests."""

import os
import subprocess
from pathlib import Path

from devtools.environment import BIN, PYTHON, STAMPS
from devtools.frontend import MODULES
from devtools.services import provide_services
from devtools.steps import TOP, CannotGoOn, Command, Step, call, say, timed

CHECKS: dict[str, Command] = {
    "Style": [BIN / "ruff", "check", "--output-format=concise"],
    "Format": [BIN / "ruff", "format", "--check", "--output-format=concise"],
    "Types": [BIN / "mypy"],
    "Templates": [BIN / "djlint", "templates", "--lint", "--quiet"],
    "Import contracts": [BIN / "lint-imports", "--no-logo"],
    "Translations": [PYTHON, "-m", "tests.architecture.translations"],
    "Measures": [PYTHON, "-m", "tests.architecture.measures"],
}
CHECKED = (
    *("benchmarks", "dev.py", "devtools", "marketplace", "migrations"),
    *("pyproject.toml", "requirements", "templates", "tests", "translations"),
)
FIGURES = TOP / "tests" / "figures"
REAL_DATA = FIGURES / "real_data"


def check() -> None:
    """Runs all checks, prints the measures, then tells which failed."""
    failed = {}
    for name, command in CHECKS.items():
        try:
            with timed(name):
                said = call(command, f"Mend what {name.lower()} found.")
        except CannotGoOn as reason:
            failed[name] = str(reason)
    if failed:
        say("\n\n".join(["", *failed.values()]))
        raise CannotGoOn(f"Not in order: {', '.join(failed)}.")
    say(said)


def check_once() -> None:
    """Runs the checks unless they passed on exactly these files."""
    inputs = [TOP / part for part in CHECKED]
    Step("Checks", STAMPS / "checks", inputs, check).do()


def test(arguments: list[str]) -> int:
    """Runs the suite on two cores; gives the status of pytest."""
    variables = provide_services()
    check_once()
    return _pytest(["-n", "2", f"--ignore={FIGURES}", *arguments], variables)


def prove(data: Path | None) -> int:
    """Runs the heavy proofs, and those on real data where it is given."""
    variables = provide_services()
    status = 0
    for folder, needed, missing in (
        (FIGURES, FIGURES.is_dir(), "there are none"),
        (REAL_DATA, data is not None and REAL_DATA.is_dir(), "name it with --data"),
    ):
        name = folder.relative_to(TOP)
        if not needed:
            say(f"{name}: not run ({missing})")
            continue
        others = [f"--ignore={REAL_DATA}"] if folder == FIGURES else []
        known = {"TEST_DATA": str(data.resolve())} if data else {}
        say(f"{name}:")
        status = _pytest([str(folder), *others], variables | known) or status
    return status


def _pytest(arguments: list[str], variables: dict[str, str]) -> int:
    environment = os.environ | variables | {"TEST_NODE_MODULES": str(MODULES)}
    command: Command = [PYTHON, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=TOP, env=environment, check=False).returncode
