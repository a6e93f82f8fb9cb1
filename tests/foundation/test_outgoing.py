import socket
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from marketplace.foundation import outgoing
from marketplace.foundation.outgoing import Target, Unreachable, ask, target_of

# What must never be asked, as people write it and as names may answer.
PAYLOADS = [
    *("http://example.org/", "ftp://example.org/", "file:///etc/passwd", "example.org"),
    *("https://localhost/", "https://127.0.0.1/", "https://127.1/", "https://0/"),
    *("https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/"),
    *("https://10.0.0.1/", "https://172.16.0.1/", "https://192.168.0.1/"),
    *("https://169.254.169.254/latest/meta-data", "https://100.64.0.1/"),
    *("https://[::1]/", "https://[::]/", "https://[fe80::1]/", "https://[fd00::1]/"),
    *("https://[::ffff:127.0.0.1]/", "https://[64:ff9b::7f00:1]/"),
    *("https://[2002:7f00:1::]/", "https://224.0.0.1/", "https://255.255.255.255/"),
    *("https://user:pw@example.org/", "https://example.org:22/", "https://printer/"),
    *("https://db.internal/", "https://nas.local/", "https://example.org\\@127.0.0.1/"),
    *("https://exa mple.org/", "https://example.org/\r\nHost: inner", "https://"),
    *("https://[::1", "https://example.org:99999/", "https://ex\u00e4mple.org/"),
]
INNER = [
    *("127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
    *("::1", "fe80::1%eth0", "fd12::1", "::ffff:10.0.0.1", "64:ff9b::a00:1"),
    *("2002:a00:1::", "2001:0:7f00:1::", "198.18.0.1", "192.0.2.1", "240.0.0.1"),
]


@pytest.fixture
def connections(monkeypatch):
    """Every try to reach somebody; none goes through."""
    tried = []

    def connect(_self, address):
        tried.append(address)
        raise OSError("blocked")

    monkeypatch.setattr(socket.socket, "connect", connect)
    return tried


@pytest.mark.parametrize("address", PAYLOADS)
def test_no_address_leads_inside(connections, address):
    with pytest.raises(Unreachable):
        ask("POST", target_of(address), b"{}")

    assert connections == []


@pytest.mark.parametrize("number", INNER)
def test_a_name_of_an_inner_number_leads_nowhere(connections, monkeypatch, number):
    outer = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))
    inner = (socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: [outer, inner])

    with pytest.raises(Unreachable, match="inner"):
        target_of("https://example.org/")

    assert connections == []


def test_the_connection_goes_to_the_number_that_was_checked(connections, monkeypatch):
    answers = iter(["93.184.216.34", "127.0.0.1"])

    def looked_up(_host, port, *_rest, **_more):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    target = target_of("https://example.org/hier?a=1")
    # A number needs no looking up; whatever the name says now is not asked for.
    monkeypatch.undo()
    tried = []

    def connect(address, *_rest):
        tried.append(address)
        raise OSError("blocked")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Unreachable):
        ask("POST", target, b"{}")

    assert (target.path, tried) == ("/hier?a=1", [("93.184.216.34", 443)])


@contextmanager
def server(answer):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            answer(self)

        def log_message(self, *_words):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        port = site.server_address[1]
        yield Target("http", "localhost", port, "/hier", "127.0.0.1")
        site.shutdown()


def test_a_redirect_is_an_answer_and_not_followed():
    asked = []

    def answer(request):
        asked.append(request.path)
        request.send_response(302)
        request.send_header("Location", "/dort")
        request.end_headers()

    with server(answer) as target:
        assert ask("POST", target, b"{}") == 302

    assert asked == ["/hier"]


def test_a_server_that_never_ends_is_left(monkeypatch):
    monkeypatch.setattr(outgoing, "WHOLE_SECONDS", 0.3)

    def answer(request):
        for _ in range(20):
            request.wfile.write(b"H")
            time.sleep(0.1)

    with server(answer) as target, pytest.raises(Unreachable):
        ask("POST", target, b"{}")
