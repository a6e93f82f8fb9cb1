"""What the other tests stand on: a real PostgreSQL and a real browser."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Error
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from tests.services.postgres import clone, postgres_server

PAGE = "<title>Märkte</title><button onclick='this.remove()'>Weg damit</button>"


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *_words):
        """Says nothing."""


@pytest.fixture
def address():
    with ThreadingHTTPServer(("", 0), Page) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def run(url, *statements):
    """Runs statements in a connection of their own; gives the last one's rows."""
    engine = create_engine(url)
    with engine.begin() as connection:
        *_, last = (connection.execute(text(each)) for each in statements)
        rows = last.all() if last.returns_rows else None
    engine.dispose()
    return rows


def test_clones_of_a_template_are_strangers():
    with postgres_server() as server:
        template = server.create("towns")
        run(
            template,
            "create table town (name text)",
            "insert into town values ('Jena')",
        )

        with clone(server, "towns") as one, clone(server, "towns") as other:
            run(one, "insert into town values ('Görlitz')")

            assert run(one, "select name from town order by 1") == [
                ("Görlitz",),
                ("Jena",),
            ]
            assert run(other, "select name from town") == [("Jena",)]

        with pytest.raises(OperationalError, match="does not exist"):
            run(one, "select 1")


def test_server_takes_its_databases_along():
    with postgres_server() as server:
        url = server.create("towns")

    with pytest.raises(OperationalError):
        run(url, "select 1")


def test_browser_shows_and_presses(chrome, address):
    page = chrome.new_page()
    page.goto(address)

    assert page.title() == "Märkte"

    page.get_by_role("button", name="Weg damit").click()

    assert page.get_by_role("button").count() == 0


def test_browser_reaches_no_other_host(chrome, address):
    elsewhere = address.replace("127.0.0.1", "127.0.0.2")

    with pytest.raises(Error, match="NAME_NOT_RESOLVED"):
        chrome.new_page().goto(elsewhere)
