"""Steps that are timed, and done again only when what they are made of changes."""

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
# So many last lines of a failed command tell what went wrong.
TAIL = 40

Command = Sequence[str | Path]


class CannotGoOn(Exception):
    """The end of a run, with one sentence that tells a person what to do."""


@dataclass(frozen=True)
class Step:
    """Something to be made out of `inputs`: texts, files and folders."""

    name: str
    stamp: Path
    inputs: Iterable[str | Path]
    act: Callable[[], object]

    @property
    def is_done(self) -> bool:
        """Tells whether the inputs are those of the last time the act went through."""
        return self._state_when_done() == digest(self.inputs)

    def do(self) -> None:
        """Acts if needed; the stamp comes last, so what was cut off is done again."""
        state = digest(self.inputs)
        if self._state_when_done() == state:
            say(f"{self.name} … unchanged")
            return
        self.stamp.unlink(missing_ok=True)
        with timed(self.name):
            self.act()
        self.stamp.parent.mkdir(parents=True, exist_ok=True)
        self.stamp.write_text(state)

    def _state_when_done(self) -> str:
        return self.stamp.read_text() if self.stamp.is_file() else ""


@contextmanager
def timed(name: str) -> Iterator[None]:
    """Prints a step with its duration, also when it fails."""
    say(f"{name} … ", end="")
    started = time.monotonic()
    outcome = "failed after "
    try:
        yield
        outcome = ""
    finally:
        say(f"{outcome}{time.monotonic() - started:.1f} s")


def say(text: str, end: str = "\n") -> None:
    """Prints at once, so that the order holds between us and those we start."""
    sys.stdout.write(text + end)
    sys.stdout.flush()


def call(
    command: Command,
    advice: str,
    folder: Path = TOP,
    variables: Mapping[str, str] | None = None,
) -> str:
    """Runs a command and gives what it printed; raises CannotGoOn with the advice."""
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=os.environ | dict(variables or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    except OSError as error:
        raise CannotGoOn(f"{error}\n{advice}") from error
    if done.returncode:
        tail = "\n".join(done.stdout.splitlines()[-TAIL:])
        raise CannotGoOn(f"{tail}\n{advice}")
    return done.stdout


def digest(inputs: Iterable[str | Path]) -> str:
    """Gives the fingerprint of texts and of the files named or found in folders."""
    mark = hashlib.sha256()
    for entry in inputs:
        if isinstance(entry, str):
            mark.update(entry.encode())
        for file in files_of(entry) if isinstance(entry, Path) else ():
            mark.update(str(file).encode())
            mark.update(hashlib.sha256(file.read_bytes()).digest())
    return mark.hexdigest()


def files_of(place: Path) -> Iterator[Path]:
    """Gives a file, or a folder's files in order without what tools leave there."""
    if place.is_file():
        yield place
    for folder, inner, names in os.walk(place):
        inner[:] = sorted(
            name
            for name in inner
            if not name.startswith(".") and name not in {"__pycache__", "node_modules"}
        )
        yield from (Path(folder, name) for name in sorted(names))


@contextmanager
def alone() -> Iterator[None]:
    """Lets one set-up at a time work on this folder; others wait for it."""
    with (TOP / "dev.py").open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another dev.py is setting up; waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
