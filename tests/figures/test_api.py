"""The door for programs under its own description, and a walk over a great list."""

from datetime import timedelta

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.offers.models import Offer
from tests.doors.api.attacks import Attack
from tests.factories.internships import make_internship
from tests.factories.people import make_company, make_organisation
from tests.factories.postings import make_event, make_offer, make_sponsorship
from tests.factories.tokens import make_access
from tests.moments import NOON

CASES, WALKED = 5_000, 10_000
PER_OPERATION = 140


@pytest.fixture
def lab(app):
    return make_organisation()


@pytest.fixture
def own(lab):
    things = [make_offer(organisation=lab), make_event(organisation=lab), lab]
    return [thing.public_id for thing in things]


@pytest.fixture
def foreign(app):
    company = make_company()
    places = [make_internship(organisation=company) for _ in range(2)]
    things = [*places, make_sponsorship(organisation=company), company]
    return [thing.public_id for thing in things]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("who", ["anybody", "organisation", "stranger"])
def test_every_answer_keeps_the_description(app, lab, own, foreign, who):
    headers = {
        "anybody": dict,
        "organisation": lambda: make_access(lab),
        "stranger": lambda: make_access(make_organisation()),
    }[who]()
    attack = Attack(headers, PER_OPERATION, [*own, *foreign, "gibtesnicht"], number=17)

    answers = attack.on(app)

    assert sum(answers.values()) >= CASES
    assert not [status for _operation, status in answers if status >= 500]
    # What a stranger makes is her own; what is there already she leaves as it is.
    writing = [
        one for one in answers if not one[0].startswith("GET") and "{id}" in one[0]
    ]
    done = [operation for operation, status in writing if status < 300]
    assert bool(done) is (who == "organisation")
    assert any(status == 404 for _operation, status in answers)


def test_a_walk_over_ten_thousand_sees_each_once(app, browser, lab):
    with transaction():
        for number in range(WALKED):
            db.session.add(an_offer(lab, number))
    kept = {offer.public_id for offer in db.session.scalars(db.select(Offer))}

    seen, cursor = [], ""
    while cursor is not None:
        page = browser.get(f"/api/v1/offers?limit=100{cursor}").json
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"] and f"&after={page['next']}"
        with transaction():
            db.session.add(an_offer(lab, len(seen)))
            gone = db.session.scalars(
                db.select(Offer).where(Offer.state == PostingState.PUBLISHED).limit(1)
            ).one()
            gone.state, gone.ended_at = PostingState.ENDED, NOON
            kept.discard(gone.public_id)

    assert len(seen) == len(set(seen))
    assert kept <= set(seen)


def an_offer(lab, number):
    return Offer(
        organisation=lab,
        title=f"Angebot {number}",
        state=PostingState.PUBLISHED,
        published_at=NOON - timedelta(minutes=number),
        changed_at=NOON,
    )
