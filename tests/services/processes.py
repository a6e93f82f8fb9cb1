"""Real server processes around the database of a test."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

TOP = Path(__file__).parents[2]
LONGEST_START = 60


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment_of(app):
    """What a process needs to be the same application on the same database."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    return os.environ | {
        "MARKET_INSTANCE": str(app.config["INSTANCE"]),
        "TEST_APP_DATABASE": str(url),
        "TEST_APP_SECRET": app.config["SECRET_KEY"],
        "TEST_APP_FIELD_KEY": app.config["FIELD_KEY"],
        "TEST_APP_NOW": app.config["NOW"].isoformat(),
        "PYTHONPATH": str(TOP),
        "HOME": str(app.config["INSTANCE"]),
    }


@contextmanager
def many_processes(app, count=2):
    """Serves the application by some processes of four threads; gives the address."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "tests.services.wsgi:app"),
        *("--bind", f"127.0.0.1:{port}", "--workers", str(count)),
        *("--worker-class", "gthread", "--threads", "4", "--log-level", "critical"),
        *("--timeout", "60"),
    ]
    process = subprocess.Popen(command, cwd=TOP, env=environment_of(app))
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(address):
    deadline = time.monotonic() + LONGEST_START
    while True:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2)  # noqa: S310 - ours
        except (urllib.error.URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
