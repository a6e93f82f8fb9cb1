"""What is withdrawn is gone at once from everything that shows it."""

import pytest

from marketplace.doors.feeds.enums import Form
from marketplace.doors.feeds.tables import LISTS
from marketplace.foundation.database import transaction
from marketplace.people.organisations.services.verifying import (
    freeze_organisation,
    thaw_organisation,
)
from marketplace.postings.events.services import move_event
from marketplace.postings.internships.services import move_internship
from marketplace.postings.lives.enums import Act, PostingState
from marketplace.postings.offers.services import move_offer
from marketplace.postings.sponsorships.services import move_sponsorship
from tests.factories.catalogue import make_action, make_programme
from tests.factories.internships import make_hint, make_internship, make_period
from tests.factories.people import make_coordinator
from tests.factories.postings import make_event, make_offer, make_sponsorship
from tests.moments import NOON

DAY = NOON.date()
KINDS = {
    "praktika": ("internships", make_internship, move_internship),
    "angebote": ("offers", lambda: make_offer(starts_on=DAY), move_offer),
    "foerderungen": ("sponsorships", make_sponsorship, move_sponsorship),
    "veranstaltungen": ("events", make_event, move_event),
}
CLOSED = {"source": "Katalog", "licence": "alle Rechte vorbehalten"}
HINT = (PostingState.LISTED,)
HINTS = {
    "praktika": lambda: make_hint(periods=[make_period()], **CLOSED),
    "angebote": lambda: make_offer(*HINT, starts_on=DAY, lines=[], **CLOSED),
    "foerderungen": lambda: make_sponsorship(*HINT, **CLOSED),
    "veranstaltungen": lambda: make_event(*HINT, **CLOSED),
    "aktionen": lambda: make_action(**CLOSED),
    "foerderprogramme": lambda: make_programme(closes_on=DAY, **CLOSED),
}
FEEDS = [(name, form) for name in HINTS for form in LISTS[name].forms]


def places_of(name, posting):
    """Where a posting stands, each with what tells that it does."""
    api, *_rest = KINDS[name]
    words = posting.title.replace(" ", "+")
    addresses = (
        *(f"/{name}.{form}" for form in LISTS[name].forms),
        *(f"/{name}", f"/{name}?q={words}", f"/suche?q={words}"),
        *(f"/api/v1/{api}", f"/api/v1/{api}?q={words}", f"/sitemap/{name}-0.xml"),
        f"/organisationen/{posting.organisation.public_id}",
    )
    return dict.fromkeys(addresses, f"{name}/{posting.public_id}")


def standing_in(browser, places):
    """Those of some places where it is; the same visitor asks again and again."""
    return {at for at, sign in places.items() if sign in browser.get(at).text}


@pytest.mark.parametrize("name", KINDS)
def test_frozen_posting_is_gone_everywhere_at_once(browser, name):
    _api, make, move = KINDS[name]
    posting, office = make(), make_coordinator()
    places = places_of(name, posting)
    before = standing_in(browser, places)

    with transaction():
        move(posting, Act.FREEZE, actor=office, words="Nein.", at=NOON)
    after = standing_in(browser, places)
    with transaction():
        move(posting, Act.THAW, actor=office, at=NOON)

    assert before == set(places)
    assert after == set()
    assert standing_in(browser, places) == before


@pytest.mark.parametrize("name", KINDS)
def test_ended_posting_is_gone_everywhere_at_once(browser, name):
    _api, make, move = KINDS[name]
    posting = make()
    [membership] = posting.organisation.memberships
    places = places_of(name, posting)
    before = standing_in(browser, places)

    with transaction():
        move(posting, Act.END, actor=membership.user, at=NOON)

    assert before == set(places)
    assert standing_in(browser, places) == set()


@pytest.mark.parametrize("name", KINDS)
def test_what_a_frozen_organisation_has_is_gone_everywhere(browser, name):
    _api, make, _move = KINDS[name]
    posting, office = make(), make_coordinator()
    places = places_of(name, posting)
    before = standing_in(browser, places)

    with transaction():
        freeze_organisation(posting.organisation, actor=office, at=NOON)
    after = standing_in(browser, places)
    with transaction():
        thaw_organisation(posting.organisation, actor=office, at=NOON)

    assert after == set()
    assert standing_in(browser, places) == before == set(places)


@pytest.mark.parametrize(("name", "form"), FEEDS)
def test_nothing_without_an_open_licence_is_in_a_feed(browser, name, form):
    hint, address = HINTS[name](), f"/{name}.{form}"
    has_periods = (name, form) == ("praktika", Form.ICS)
    sign = (hint.periods[0] if has_periods else hint).public_id
    is_told_closed = sign in browser.get(address).text

    with transaction():
        hint.licence = "CC BY 4.0"

    assert is_told_closed is False
    assert sign in browser.get(address).text
