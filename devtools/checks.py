"""The checks that need no running site, and the tests."""

import os
import subprocess
from functools import partial
from pathlib import Path

from devtools.environment import BIN, PYTHON, STAMPS
from devtools.frontend import MODULES, install_modules
from devtools.services import provide_services
from devtools.steps import TOP, CannotGoOn, Command, Step, call, digest, say

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


def check() -> int:
    """Runs all checks anew and prints the measures; 1 is the status of a finding."""
    for stamp in STAMPS.glob("check-*"):
        stamp.unlink()
    findings = check_changes()
    if "Measures" not in findings:
        say(call(CHECKS["Measures"], "Bring the house back to its measures."))
    return 1 if findings else 0


def check_changes() -> list[str]:
    """Runs the checks that have not passed on exactly these files; names what fails."""
    state = digest(TOP / part for part in CHECKED)
    findings = {}
    for name, command in CHECKS.items():
        stamp = STAMPS / f"check-{name.lower().replace(' ', '-')}"
        try:
            Step(name, stamp, [state], partial(call, command, "")).do()
        except CannotGoOn as reason:
            findings[name] = str(reason)
    for name, found in findings.items():
        say(f"\n{name}:\n{found}")
    if findings:
        say(f"Mend what was found: {', '.join(findings)}.")
    return list(findings)


def test(arguments: list[str]) -> int:
    """Runs the checks and the suite on two cores; gives the status of both."""
    variables = provide_services()
    findings = check_changes()
    status = _pytest(["-n", "2", f"--ignore={FIGURES}", *arguments], variables)
    if findings:
        say(f"Mend what was found before the tests: {', '.join(findings)}.")
    return status or (1 if findings else 0)


def prove(data: Path | None) -> int:
    """Runs the heavy proofs, and those on real data where it is given.

    What they measure pages with is large, and nobody else needs it.
    """
    variables = provide_services()
    install_modules(FIGURES)
    if data:
        variables["TEST_DATA"] = str(data.resolve())
    missing = "no folder is named with --data" if data is None else ""
    statuses = [
        _prove(FIGURES, "", [f"--ignore={REAL_DATA}"], variables),
        _prove(REAL_DATA, missing, [], variables),
    ]
    return max(statuses)


def _prove(
    folder: Path, missing: str, arguments: list[str], variables: dict[str, str]
) -> int:
    name = str(folder.relative_to(TOP))
    if missing or not folder.is_dir():
        say(f"{name}: not run, {missing or 'there is none'}.")
        return 0
    say(f"{name}:")
    return _pytest([name, *arguments], variables)


def _pytest(arguments: list[str], variables: dict[str, str]) -> int:
    environment = os.environ | variables | {"TEST_NODE_MODULES": str(MODULES)}
    command: Command = [PYTHON, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=TOP, env=environment, check=False).returncode
