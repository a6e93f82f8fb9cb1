"""A PostgreSQL server for the tests: started in two seconds, thrown away after.

Where TEST_DATABASE_URL names a server, that one is used, with databases of our own.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import URL, make_url

from devtools.services import POSTGRES

NUMBERS = count(1)
START_SECONDS = 30
MEMORY, ROOM = Path("/dev/shm"), 4 * 1024**3
# What is thrown away needs no care for a power cut.
CARELESS = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"]


@dataclass(frozen=True)
class Server:
    """A server, and the databases of this process on it."""

    url: URL

    def create(self, name, template="template0"):
        """Makes a database, empty or as a copy of a template; gives its address."""
        # Half the time of writing a copy to the log: 50 ms.
        made = "create database {} template {} strategy file_copy"
        self._execute(made, self._own(name), self._own(template))
        address = self.url.set(database=self._own(name))
        return address.render_as_string(hide_password=False)

    def drop(self, name):
        self._execute("drop database if exists {} with (force)", self._own(name))

    def drop_all(self):
        rows = self._execute("select datname from pg_database").fetchall()
        for [name] in rows:
            if name.startswith(self._own("")):
                self.drop(name.removeprefix(self._own("")))

    def _own(self, name):
        return name if name == "template0" else f"test_{os.getpid()}_{name}"

    def _execute(self, statement, *names):
        plain = self.url.set(drivername="postgresql")
        address = plain.render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            return connection.execute(SQL(statement).format(*map(Identifier, names)))


@contextmanager
def clone(server, template):
    """Gives the address of a copy of a template, for one test."""
    name = f"clone_{next(NUMBERS)}"
    yield server.create(name, template)
    server.drop(name)


@contextmanager
def postgres_server():
    """Starts a server of this process, or uses the one that is named."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        server = Server(make_url(named).set(drivername="postgresql+psycopg"))
        yield server
        server.drop_all()
        return
    # Not pytest's folder: only we may enter that, and a socket's path must be short.
    folder = Path(tempfile.mkdtemp(prefix="market-postgres-", dir=in_memory()))
    try:
        with started(folder) as server:
            yield server
    finally:
        shutil.rmtree(folder)


def in_memory():
    """A folder in memory if there is room: a clone is some hundred new files."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM
    return MEMORY if has_room else None


@contextmanager
def started(folder):
    programs = POSTGRES.find()
    assert programs, "No PostgreSQL here: `python3 dev.py setup --test` brings one."
    user = unprivileged(folder)
    data, log = folder / "data", folder / "log"
    subprocess.run(
        [
            *(programs / "initdb", "--pgdata", data, "--username", "market"),
            *("--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"),
        ],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        check=True,
        **user,
    )
    settings = [*CARELESS, "listen_addresses=", f"unix_socket_directories={folder}"]
    command = [programs / "postgres", "-D", data, *(f"--{line}" for line in settings)]
    with log.open("w") as lines:
        server = subprocess.Popen(
            command, cwd=folder, stdout=lines, stderr=lines, **user
        )
    try:
        yield answering(server, folder, log)
    finally:
        # Nothing is worth a checkpoint here.
        server.send_signal(signal.SIGQUIT)
        server.wait()


def unprivileged(folder):
    """PostgreSQL refuses to run as root: whoever is root lends it to a nobody."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def answering(process, folder, log):
    server = Server(
        URL.create(
            "postgresql+psycopg",
            username="market",
            database="postgres",
            query={"host": str(folder)},
        )
    )
    latest = time.monotonic() + START_SECONDS
    while True:
        try:
            server._execute("select 1")
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > latest:
                raise RuntimeError(log.read_text()) from None
            time.sleep(0.05)
        else:
            return server
