from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from marketplace.foundation.database import db
from marketplace.postings.offers.models import Offer
from tests.factories.people import make_organisation
from tests.factories.tokens import make_access

AT_ONCE = 8


def test_equal_entries_at_once_are_written_once(app):
    lab = make_organisation()
    headers = make_access(lab) | {"Idempotency-Key": "k1"}
    entry = {
        "title": "Lichtwege",
        "description": "Alle bauen eine Lochkamera.",
        "format": "workshop",
        "topics": ["optics"],
        "audiences": ["class_5_6"],
        "site": lab.sites[0].public_id,
    }
    db.session.remove()

    def send(_number):
        with app.app_context():
            client = app.test_client()
            answer = client.post("/api/v1/offers", headers=headers, json=entry)
            return answer.status_code, answer.json["id"]

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        answers = set(crowd.map(send, range(AT_ONCE)))

    assert [status for status, _id in answers] == [201]
    assert db.session.scalar(select(func.count(Offer.id))) == 1
