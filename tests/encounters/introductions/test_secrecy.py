"""Before both have agreed no answer of any address holds the other side's contact."""

import json
from datetime import timedelta

import pytest

from marketplace.encounters.introductions.enums import (
    DeclineCode,
    IntroductionState,
    Side,
)
from marketplace.encounters.introductions.services.answering import (
    agree,
    decline,
    withdraw,
)
from marketplace.encounters.introductions.services.deadlines import (
    expire_introductions,
    remind_silent_sides,
)
from marketplace.foundation.database import db, transaction
from marketplace.upkeep.mail.models import OutboxEntry
from tests.crawling import addresses_of, routes_asked, said_in
from tests.factories.people import make_user
from tests.factories.tokens import make_access
from tests.moments import NOON

OF = {
    Side.PROVIDER: ("Lea Labor", "lea@labor.example", "03641 111"),
    Side.COMPANY: ("Finn Firma", "finn@firma.example", "0341 222"),
}
BOTH = OF[Side.PROVIDER] + OF[Side.COMPANY]
# Who reads, and what is hidden from her.
HIDDEN = {
    "provider": OF[Side.COMPANY],
    "company": OF[Side.PROVIDER],
    "stranger": BOTH,
    "guest": BOTH,
}
SEARCHES = ("/organisationen?q=Labor", "/suche?q=Labor", "/suche?q=Firma")
# What tells of an introduction, or of who is meant by it, in whatever state it is.
ABOUT = ("/vorstellungen", "/partner", "/organisationen", "/konto", "/angebote")
State = IntroductionState


@pytest.fixture
def pair(propose, offer, site):
    """What becomes of an introduction, from its beginning to any state."""
    with transaction():
        offer.organisation.contact_phone = "03641 111"
        site.organisation.contact_phone = "0341 222"

    def make(state, company, office):
        side = Side.COORDINATION if state is State.OPEN else Side.PROVIDER
        pair = propose(side)
        with transaction():
            if state is State.AGREED:
                agree(pair, side=Side.COMPANY, actor=company, at=NOON)
            if state is State.DECLINED:
                code = DeclineCode.TOO_FAR
                decline(pair, code, side=Side.COMPANY, actor=company, at=NOON)
            if state is State.WITHDRAWN:
                withdraw(pair, side=Side.COORDINATION, actor=office, at=NOON)
        for days in (7, 12):
            with transaction():
                remind_silent_sides(at=NOON + timedelta(days=days))
        if state is State.EXPIRED:
            with transaction():
                expire_introductions(at=NOON + timedelta(days=60))
        assert pair.state is state
        return pair

    return make


def paths_of(app, pair):
    things = (pair, pair.offer, pair.site, pair.provider, pair.company)
    return [*addresses_of(app, things), *SEARCHES]


def leaks(browser, paths, secrets):
    """The addresses that give away one of the secrets."""
    found = []
    for path in paths:
        said = said_in(browser.get(path))
        found += [path] if any(secret in said for secret in secrets) else []
    return found


def sign_in(browser, reader, people):
    if reader in people:
        browser.sign_in(people[reader])


@pytest.mark.parametrize("reader", HIDDEN)
def test_nothing_tells_a_contact_before_both_agreed(
    app, browser, pair, provider, company, office, reader
):
    people = {"provider": provider, "company": company, "stranger": make_user()}
    sign_in(browser, reader, people)
    introduction = pair(State.HALF, company, office)

    paths = paths_of(app, introduction)

    assert leaks(browser, paths, HIDDEN[reader]) == []


@pytest.mark.parametrize("reader", ["provider", "company"])
@pytest.mark.parametrize("state", sorted(set(State) - {State.HALF, State.AGREED}))
def test_nor_in_any_other_state(
    app, browser, pair, provider, company, office, reader, state
):
    sign_in(browser, reader, {"provider": provider, "company": company})
    introduction = pair(state, company, office)

    paths = [path for path in paths_of(app, introduction) if path.startswith(ABOUT)]

    assert leaks(browser, paths, HIDDEN[reader]) == []


@pytest.mark.parametrize("side", [Side.PROVIDER, Side.COMPANY])
def test_nor_a_program_of_the_other_side(app, browser, pair, company, office, side):
    introduction = pair(State.HALF, company, office)
    own = introduction.provider if side is Side.PROVIDER else introduction.company
    other = Side.COMPANY if side is Side.PROVIDER else Side.PROVIDER
    headers = make_access(own)

    paths = [path for path in paths_of(app, introduction) if "/api/" in path]
    matches = f"/api/v1/matches?for={introduction.offer.public_id}"
    answers = {p: browser.get(p, headers=headers) for p in [*paths, matches]}

    said = {path: said_in(answer) for path, answer in answers.items()}
    assert [p for p, text in said.items() if any(s in text for s in OF[other])] == []
    assert sum(answer.status_code == 200 for answer in answers.values()) > 10


@pytest.mark.parametrize("state", State)
def test_letters_hold_no_contact(pair, company, office, state):
    pair(state, company, office)

    letters = [
        (entry.letter, json.dumps([entry.subject, entry.context]))
        for entry in db.session.scalars(db.select(OutboxEntry))
    ]

    assert len(letters) >= 2
    assert [name for name, text in letters if any(s in text for s in BOTH)] == []


def test_every_kind_of_address_is_asked(app, pair, company, office):
    """Lists of partners, their sheet, what stands beside each other, every feed."""
    asked = routes_asked(app, paths_of(app, pair(State.HALF, company, office)))

    reading = {
        rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods
    }
    assert {
        "partners.table",
        "partners.sheet",
        "partners.pair",
        "partners.bundle",
    } <= asked
    assert len(asked) > 0.8 * len(reading)


def test_the_crawl_would_notice_a_contact(app, browser, pair, company, office):
    introduction = pair(State.AGREED, company, office)
    browser.sign_in(company)

    found = leaks(browser, paths_of(app, introduction), OF[Side.PROVIDER])

    assert found == [f"/vorstellungen/{introduction.public_id}"]
