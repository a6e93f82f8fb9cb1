"""A real server of this machine that stands for every name of the net."""

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

from marketplace.foundation import outgoing
from marketplace.foundation.outgoing import Target, Unreachable


@contextmanager
def site(monkeypatch, answers):
    """Answers by path: a status, or a status and where it leads on.

    Names of the net lead here, inner ones nowhere, as the looking up would find them.
    Gives the requests that came: method, host, path and who asked.
    """
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(
                (
                    self.command,
                    self.headers["Host"],
                    self.path,
                    self.headers["User-Agent"],
                )
            )
            told = answers.get((self.command, self.path), answers.get(self.path, 404))
            status, location = told if isinstance(told, tuple) else (told, "")
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_HEAD(self):
            self.do_GET()

        def log_message(self, *_words):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]

        def looked_up(address, schemes=("https",)):
            if fault := outgoing.fault_of(address, schemes):
                raise Unreachable(fault)
            parts = urlsplit(address)
            if parts.hostname == "innen.example":
                raise Unreachable("inner")
            if parts.hostname == "unbekannt.example":
                raise Unreachable("the name is not known")
            return Target("http", parts.hostname, port, parts.path or "/", "127.0.0.1")

        monkeypatch.setattr(outgoing, "target_of", looked_up)
        yield asked
        server.shutdown()
