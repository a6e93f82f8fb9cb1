import os
import signal
import socket
import sys
from argparse import Namespace

import pytest

from devtools.site import refuse_taken_port, running, variables_of
from devtools.steps import CannotGoOn

WAIT = [sys.executable, "-c", "import signal; signal.pause()"]


def test_taken_port_is_refused():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(CannotGoOn, match=r"in use.*end what uses it"):
            refuse_taken_port("127.0.0.1", port)


def test_free_port_is_not_refused():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    refuse_taken_port("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("boerse.example", "http://boerse.example:8000"),
        ("::1", "http://[::1]:8000"),
    ],
)
def test_site_names_an_address_one_can_open(monkeypatch, host, address):
    monkeypatch.delenv("MARKET_BASE_URL", raising=False)
    monkeypatch.delenv("MARKET_DEMO", raising=False)

    assert variables_of(Namespace(host=host, port=8000)) == {
        "MARKET_BASE_URL": address,
        "MARKET_DEMO": "1",
    }


def test_what_the_caller_set_stands(monkeypatch):
    monkeypatch.setenv("MARKET_BASE_URL", "https://boerse.example")
    monkeypatch.setenv("MARKET_DEMO", "0")

    assert variables_of(Namespace(host="127.0.0.1", port=8000)) == {
        "MARKET_BASE_URL": "https://boerse.example",
        "MARKET_DEMO": "0",
    }


def test_programs_end_together():
    with running({"one": WAIT, "other": WAIT}, os.environ) as programs:
        assert [program.poll() for program in programs.values()] == [None, None]

    assert [program.returncode for program in programs.values()] == [
        -signal.SIGTERM,
        -signal.SIGTERM,
    ]
