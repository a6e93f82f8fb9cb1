import gzip

import brotli
import pytest
from flask.testing import FlaskClient

from marketplace.foundation.database import db
from tests.conftest import build_app
from tests.factories.internships import make_internship
from tests.factories.postings import make_offer, make_sponsorship


@pytest.fixture
def guest(database_url, tmp_path):
    """Somebody who is not signed in, on a site that asks forms for tokens."""
    app = build_app(database_url, tmp_path, WTF_CSRF_ENABLED=True)
    app.test_client_class = FlaskClient  # ours reads pages, which must not be packed
    with app.app_context():
        yield app.test_client()
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(
    ("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_page_comes_smaller_to_who_can_unpack_it(guest, encoding, unpack):
    whole = guest.get("/praktika")
    packed = guest.get("/praktika", headers={"Accept-Encoding": encoding})

    assert packed.headers["Content-Encoding"] == encoding
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert unpack(packed.data) == whole.data
    assert len(packed.data) < len(whole.data) / 3


def test_page_with_the_token_of_a_form_comes_smaller_too(guest):
    whole = guest.get("/anmelden")
    packed = guest.get("/anmelden", headers={"Accept-Encoding": "br"})

    assert packed.headers["Content-Encoding"] == "br"
    assert b"csrf_token" in brotli.decompress(packed.data)
    assert len(packed.data) < len(whole.data) / 2


def test_who_only_reads_gets_no_cookie_and_smaller_pages(guest):
    posting = make_internship()
    keys = [
        "/",
        *("/praktika", "/angebote", "/foerderungen", "/organisationen"),
        f"/praktika/{posting.public_id}",
        f"/angebote/{make_offer().public_id}",
        f"/foerderungen/{make_sponsorship().public_id}",
        f"/organisationen/{posting.organisation.public_id}",
    ]

    answers = [guest.get(key, headers={"Accept-Encoding": "br"}) for key in keys]

    assert [answer.headers.get("Set-Cookie") for answer in answers] == [None] * 9
    assert {answer.headers["Content-Encoding"] for answer in answers} == {"br"}
