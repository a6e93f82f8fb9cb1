import json

import pytest
from flask import Flask, url_for

from marketplace.web import assets

NAMED = "built/site-0123456789.css"


@pytest.fixture
def static(tmp_path):
    folder = tmp_path / "static"
    (folder / "built").mkdir(parents=True)
    (folder / "built" / "site.css").write_text("main { color: red }")
    (folder / NAMED).write_text("main { color: red }")
    (folder / f"{NAMED}.br").write_bytes(b"small")
    return folder


@pytest.fixture
def built(static):
    (static / assets.NAMES).write_text(json.dumps({"built/site.css": NAMED}))
    return static


def site_of(folder):
    app = Flask(__name__, static_folder=str(folder), static_url_path="/static")
    app.config["SESSION_COOKIE_SECURE"] = True
    assets.init_app(app)
    return app


def fetched(app, address, encoding=""):
    """An answer that is read to its end, so that its file is closed."""
    headers = {"Accept-Encoding": encoding}
    return app.test_client().get(address, headers=headers, buffered=True)


def test_built_file_is_kept_for_long_under_its_own_name(built):
    app = site_of(built)
    with app.test_request_context():
        link = url_for("static", filename="built/site.css")

    answer = fetched(app, link)

    assert link == f"/static/{NAMED}"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "max-age=31536" in answer.headers["Cache-Control"]


def test_ready_made_file_is_sent_to_who_can_unpack_it(built):
    site = site_of(built)

    packed = fetched(site, f"/static/{NAMED}", "gzip, br")

    assert packed.headers["Content-Encoding"] == "br"
    assert packed.data == b"small"
    assert fetched(site, f"/static/{NAMED}").text == "main { color: red }"


def test_files_bear_the_strict_headers(built):
    headers = fetched(site_of(built), f"/static/{NAMED}").headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "max-age" in headers["Strict-Transport-Security"]
    assert "Access-Control-Allow-Origin" not in headers


def test_without_a_build_files_follow_each_change(static):
    app = site_of(static)
    with app.test_request_context():
        assert url_for("static", filename="built/site.css") == "/static/built/site.css"
    fetched(app, "/static/built/site.css")

    (static / "built" / "site.css").write_text("main { color: blue }")

    answer = fetched(app, "/static/built/site.css")
    assert answer.text == "main { color: blue }"
    assert "immutable" not in answer.headers["Cache-Control"]


def test_unknown_file_is_not_found(built):
    assert site_of(built).test_client().get("/static/nichts.css").status_code == 404
