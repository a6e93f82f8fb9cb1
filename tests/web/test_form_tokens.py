"""No two pages have a byte of a form's token in common, and all of them are good."""

import re

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from marketplace.foundation.database import db
from marketplace.web.form_tokens import masked, unmasked
from tests.conftest import build_app
from tests.factories.people import PASSWORD, make_user

FIELD = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
ENTRIES = {"email": "niemand@example.org", "password": PASSWORD}


@pytest.fixture
def guest(database_url, tmp_path):
    app = build_app(database_url, tmp_path, WTF_CSRF_ENABLED=True)
    app.test_client_class = FlaskClient
    # Outside of a context of its own, so that each request has one.
    yield app.test_client()
    with app.app_context():
        db.engine.dispose()


def tokens_of(page):
    found = FIELD.findall(page.text)
    assert found
    return found


def longest_shared(one, other, size=6):
    """Pieces of some length that two words have in common, anywhere."""
    pieces = {one[n : n + size] for n in range(len(one) - size)}
    return [p for p in pieces if p in other]


def test_tokens_of_two_pages_share_nothing_and_both_are_good(guest):
    first, second = (tokens_of(guest.get("/anmelden"))[0] for _ in range(2))

    assert longest_shared(first, second) == []
    assert unmasked(first) is not None
    for token in (first, second):
        page = guest.post("/anmelden", data={**ENTRIES, "csrf_token": token})
        assert page.status_code == 422  # the token is good, the password is not
        assert "passen nicht zusammen" in page.text


def test_tokens_of_one_page_are_one_word(guest):
    with guest.application.app_context():
        address = make_user().email
        db.session.remove()
    [token] = tokens_of(guest.get("/anmelden"))
    entries = {"email": address, "password": PASSWORD, "csrf_token": token}
    assert guest.post("/anmelden", data=entries).status_code == 302

    page = guest.get("/konto")

    assert len(set(tokens_of(page))) == 1


def test_neither_token_nor_session_stands_in_a_page(guest):
    page = guest.get("/anmelden")
    with guest.session_transaction() as session:
        secret = session["csrf_token"]

    [token] = tokens_of(page)
    assert secret not in page.text
    assert unmasked(token) not in page.text


@pytest.mark.parametrize("word", ["", "x", "ä", "====", "AAAA", "AAAAAAAA", "-" * 4000])
def test_a_word_that_no_page_bore_is_refused(guest, word):
    guest.get("/anmelden")

    page = guest.post("/anmelden", data={**ENTRIES, "csrf_token": word})

    assert page.status_code == 400


def test_the_bare_token_of_the_session_is_no_good(guest):
    [token] = tokens_of(guest.get("/anmelden"))

    entries = {**ENTRIES, "csrf_token": unmasked(token)}

    assert guest.post("/anmelden", data=entries).status_code == 400


def test_a_token_of_another_session_is_no_good(guest):
    [token] = tokens_of(guest.get("/anmelden"))
    other = guest.application.test_client()
    other.get("/anmelden")

    page = other.post("/anmelden", data={**ENTRIES, "csrf_token": token})

    assert page.status_code == 400


@given(st.text())
def test_what_was_masked_comes_back(token):
    assert unmasked(masked(token)) == token


@given(st.text())
def test_no_word_breaks_it(word):
    assert unmasked(word) is None or isinstance(unmasked(word), str)
