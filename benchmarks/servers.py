"""Our server on a free port of this machine, and how many pages a second it gives."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile

from benchmarks.world import BenchError, World
from devtools.steps import TOP
from marketplace.doors.commands.serve import gunicorn

WORKERS, CALLERS = 2, 4
START_SECONDS, END_SECONDS = 60, 10
ENCODINGS = "br, gzip"
SITE, FLOOR = "benchmarks.sites:create_site()", "benchmarks.sites:create_floor()"


@dataclass(frozen=True)
class Answer:
    """What a server sent: head and body as they came."""

    head: str
    body: bytes


class Caller:
    """One connection that is kept, as a browser keeps it."""

    def __init__(self, port: int) -> None:
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.rest = b""

    def get(self, path: str) -> Answer:
        """Asks for a page and reads it to its end."""
        question = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Accept-Encoding: {ENCODINGS}\r\n\r\n"
        )
        self.connection.sendall(question.encode())
        while b"\r\n\r\n" not in self.rest:
            self._read()
        head, _, self.rest = self.rest.partition(b"\r\n\r\n")
        words = head.decode("latin-1")
        length = int(words.lower().partition("content-length:")[2].split()[0])
        while len(self.rest) < length:
            self._read()
        body, self.rest = self.rest[:length], self.rest[length:]
        if not words.startswith("HTTP/1.1 200"):
            raise BenchError(f"{path} answered {words.splitlines()[0]}.")
        return Answer(words, body)

    def close(self) -> None:
        """Lets the connection go."""
        self.connection.close()

    def _read(self) -> None:
        some = self.connection.recv(65_536)
        if not some:
            raise BenchError("The server closed the connection.")
        self.rest += some


def answer_of(port: int, path: str) -> Answer:
    """Asks once."""
    caller = Caller(port)
    try:
        return caller.get(path)
    finally:
        caller.close()


@contextmanager
def serving(app: str, world: World, **variables: str) -> Iterator[int]:
    """Serves an application with gunicorn's usual arguments; gives the port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    command = [*gunicorn(app, "127.0.0.1", port, WORKERS), "--log-level", "warning"]
    with ExitStack() as stack:
        said = stack.enter_context(TemporaryFile())
        program = subprocess.Popen(  # noqa: S603 - our own server
            [sys.executable, *command],
            cwd=TOP,
            env=world.environment | variables,
            stdout=said,
            stderr=said,
        )
        stack.callback(_end, program)
        try:
            _wait_until_healthy(port, program)
        except BenchError:
            said.seek(0)
            raise BenchError(said.read().decode()[-2000:]) from None
        yield port


def compared(
    paths: Sequence[tuple[int, str]], *, rounds: int, seconds: float
) -> list[float]:
    """Pages a second of several servers, in turn, so that load hits all alike."""
    for port, path in paths:
        _pages(port, path, seconds / 2)  # warms up
    counts = [0.0] * len(paths)
    for number in range(rounds):
        order = list(enumerate(paths))
        for k, (port, path) in order if number % 2 else reversed(order):
            counts[k] += _pages(port, path, seconds)
    return [count / rounds for count in counts]


def _pages(port: int, path: str, seconds: float) -> float:
    """How many pages a second some callers get together."""
    end = time.perf_counter() + seconds

    def call(_number: int) -> int:
        caller, count = Caller(port), 0
        while time.perf_counter() < end:
            caller.get(path)
            count += 1
        caller.close()
        return count

    begin = time.perf_counter()
    with ThreadPoolExecutor(CALLERS) as callers:
        count = sum(callers.map(call, range(CALLERS)))
    return count / (time.perf_counter() - begin)


def _wait_until_healthy(port: int, program: subprocess.Popen[bytes]) -> None:
    latest = time.monotonic() + START_SECONDS
    while time.monotonic() < latest and program.poll() is None:
        try:
            answer_of(port, "/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise BenchError("The server does not answer.")


def _end(program: subprocess.Popen[bytes]) -> None:
    program.terminate()
    try:
        program.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()
