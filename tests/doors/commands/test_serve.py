import os
import socket
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

from devtools.site import running
from marketplace.doors.commands.serve import address_of, environment_of

MARKET = Path(sys.executable).with_name("market")
PATIENCE_SECONDS = 60


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:5983"),
        ("0.0.0.0", "http://127.0.0.1:5983"),
        ("::", "http://127.0.0.1:5983"),
        ("::1", "http://[::1]:5983"),
        ("[::1]", "http://[::1]:5983"),
        ("boerse.example", "http://boerse.example:5983"),
    ],
)
def test_address_is_one_that_can_be_opened(host, address):
    assert address_of(host, 5983) == address


def test_address_that_the_operator_named_stands(monkeypatch):
    monkeypatch.setenv("MARKET_BASE_URL", "https://boerse.example")

    told = environment_of("127.0.0.1", 5983)

    assert told == dict(os.environ)


def test_links_lead_to_what_is_served(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    kept = {k: v for k, v in os.environ.items() if not k.startswith("MARKET_")}
    command = [MARKET, "serve", "--port", str(port), "--workers", "1"]

    with running({"server": command}, kept | {"MARKET_INSTANCE": str(tmp_path)}):
        text = answer_of(port, "/robots.txt")

    assert text.splitlines()[-1] == f"Sitemap: http://127.0.0.1:{port}/sitemap.xml"


def answer_of(port, path):
    latest = time.monotonic() + PATIENCE_SECONDS
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().read().decode()
        except OSError:
            if time.monotonic() > latest:
                raise
            time.sleep(0.1)
        finally:
            connection.close()
