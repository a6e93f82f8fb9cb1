"""The site on this machine: its database, its server and its worker."""

import http.client
import os
import signal
import socket
import subprocess
import time
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import FrameType

from devtools.environment import BIN
from devtools.frontend import BUILT, bundling
from devtools.naming import forget_names
from devtools.steps import TOP, CannotGoOn, Command, Step, call, say

MARKET = BIN / "market"
START_SECONDS = 60
# Longer than the server lets its last requests take.
END_SECONDS = 25

Programs = dict[str, subprocess.Popen[bytes]]


def serve(options: Namespace) -> None:
    """Serves until Ctrl-C or SIGTERM, or until one of the programs ends by itself."""
    variables = variables_of(options)
    prepare_database(variables, with_demo=not options.no_demo)
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, _end)
    with running(commands_of(options), os.environ | variables) as programs:
        started = time.monotonic()
        _wait_until_healthy(options, programs)
        say(f"Server and worker … {time.monotonic() - started:.1f} s")
        say(f"Ready: {variables['MARKET_BASE_URL']}/")
        # Waits for the end of any of them, and leaves its status to be read.
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
        _refuse_ended(programs)


def variables_of(options: Namespace) -> dict[str, str]:
    """Gives the settings of a site that is tried out, unless the caller chose."""
    chosen = {
        "MARKET_BASE_URL": f"http://{_reachable(options.host)}:{options.port}",
        "MARKET_DEMO": "1",
    }
    return {name: os.environ.get(name, value) for name, value in chosen.items()}


def refuse_taken_port(host: str, port: int) -> None:
    """Raises CannotGoOn if nothing can be served at this address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        reason = str(error.strerror).partition(" (while")[0]
        raise CannotGoOn(
            f"{host} port {port} cannot be served ({reason}): "
            "end what uses it, or choose another with --port."
        ) from error


def prepare_database(variables: Mapping[str, str], *, with_demo: bool) -> None:
    """Migrates, seeds, and fills an empty database with the demo's content."""
    instance = Path(os.environ.get("MARKET_INSTANCE", TOP / "instance")).absolute()
    stamps = instance / ".stamps"
    if "MARKET_DATABASE_URL" in os.environ or not (instance / "market.db").exists():
        # Nobody here knows what has been done to that database.
        for stamp in stamps.glob("*"):
            stamp.unlink()
    Step(
        "Database",
        stamps / "database",
        [TOP / "marketplace", TOP / "migrations"],
        partial(_market, variables, "db", "upgrade"),
    ).do()
    if with_demo:
        Step(
            "Demo content", stamps / "demo", [], partial(_market, variables, "demo")
        ).do()


def _market(variables: Mapping[str, str], *arguments: str) -> None:
    advice = "To start with an empty instance, move the folder instance/ away."
    call([MARKET, *arguments], advice, variables=variables)


def commands_of(options: Namespace) -> dict[str, Command]:
    """Gives the programs that run beside each other."""
    server = [MARKET, "serve", "--host", options.host, "--port", str(options.port)]
    commands: dict[str, Command] = {
        "worker": [MARKET, "worker"],
        "server": [*server, "--reload"] if options.reload else server,
    }
    if options.reload:
        _follow_changes()
        commands["bundler"] = [*bundling(), "--watch=forever"]
    return commands


def _follow_changes() -> None:
    """Lets the site show each new bundle; the next start without this builds anew."""
    forget_names(BUILT)
    (BUILT / ".stamp").unlink(missing_ok=True)


@contextmanager
def running(
    commands: Mapping[str, Command], environment: Mapping[str, str]
) -> Iterator[Programs]:
    """Starts programs and ends them all, in whatever way the block is left."""
    programs: Programs = {}
    try:
        for name, command in commands.items():
            programs[name] = subprocess.Popen(
                command, cwd=TOP, env=environment, stdin=subprocess.DEVNULL
            )
        yield programs
    finally:
        for program in programs.values():
            program.terminate()
        for program in programs.values():
            try:
                program.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()


def _wait_until_healthy(options: Namespace, programs: Programs) -> None:
    latest = time.monotonic() + START_SECONDS
    while not _is_healthy(_reachable(options.host), options.port):
        _refuse_ended(programs)
        if time.monotonic() > latest:
            raise CannotGoOn("The server does not answer at /healthz; see above.")
        time.sleep(0.1)
    _refuse_ended(programs)


def _is_healthy(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host.strip("[]"), port, timeout=5)
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    return False


def _refuse_ended(programs: Programs) -> None:
    for name, program in programs.items():
        if program.poll() is not None:
            raise CannotGoOn(
                f"The {name} has ended with status {program.returncode}; "
                "what it said stands above."
            )


def _reachable(host: str) -> str:
    if host in {"0.0.0.0", "::", ""}:  # noqa: S104 - asked for by the caller
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
