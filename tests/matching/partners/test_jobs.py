from datetime import timedelta

import pytest

from marketplace.encounters.introductions.enums import Proposer, Side
from marketplace.foundation.database import apart, db, transaction
from marketplace.matching.partners.services import digesting
from marketplace.matching.partners.services.digesting import monday_news
from marketplace.matching.partners.services.proposing import propose
from marketplace.matching.partners.services.worlds import profile_of_offer, world_at
from marketplace.people.accounts.enums import Notice
from marketplace.upkeep.mail.models import OutboxEntry
from tests.factories.people import make_company, make_organisation, make_user
from tests.factories.postings import make_offer, make_sponsorship
from tests.moments import NOON

DAY = timedelta(days=1)
MONDAY = NOON - NOON.weekday() * DAY + 7 * DAY


@pytest.fixture
def provider(app):
    return make_user()


@pytest.fixture
def write(app):
    """Does the job of a Monday; says how many letters it left."""

    def write(at=MONDAY):
        app.config["NOW"] = at
        before = len(letters())
        with transaction():
            app.extensions["works"]["partners.send_monday_letters"]({})
        return len(letters()) - before

    return write


def letters():
    digests = OutboxEntry.letter == "partners_digest"
    return db.session.scalars(db.select(OutboxEntry).where(digests)).all()


@pytest.fixture
def offer(provider):
    return make_offer(organisation=make_organisation(provider, town="Jena"))


def give(count=1):
    return [make_sponsorship(organisation=make_company()) for _one in range(count)]


def shown_to(person):
    """The names in the letters to a person, letter by letter."""
    query = db.select(OutboxEntry).where(
        OutboxEntry.recipient == person.email, OutboxEntry.letter == "partners_digest"
    )
    return [
        [
            partner["name"]
            for section in entry.context["sections"]
            for partner in section["partners"]
        ]
        for entry in db.session.scalars(query.order_by(OutboxEntry.id))
    ]


def test_monday_letter_shows_three_and_then_the_others(provider, offer, write):
    names = {gift.organisation.name for gift in give(5)}

    for week in range(3):
        write(MONDAY + week * 7 * DAY)

    first, second = shown_to(provider)
    assert (len(first), len(second)) == (3, 2)
    assert set(first) | set(second) == names


def test_letter_comes_on_mondays_once_and_only_with_news(provider, offer, write):
    give()

    told = [write(MONDAY - DAY), write(), write(), write(MONDAY + 7 * DAY)]

    assert told == [0, 2, 0, 0]
    assert len(shown_to(provider)) == 1


def test_a_pair_is_shown_again_after_ninety_days(provider, offer, write):
    give()
    write()

    again = [
        len(shown_to(provider))
        for week in (12, 13)
        if write(MONDAY + week * 7 * DAY) >= 0
    ]

    assert again == [1, 2]


def test_who_does_not_want_it_gets_none(provider, offer, write):
    give()
    with transaction():
        provider.muted_notices = frozenset({Notice.DIGEST})

    write()

    assert shown_to(provider) == []


def test_nobody_is_ranked_who_reads_no_letter(provider, offer, monkeypatch):
    give()
    ranked = []
    monkeypatch.setattr(
        digesting, "rank", lambda _index, number, _most: ranked.append(number) or []
    )
    with transaction():
        provider.muted_notices = frozenset({Notice.DIGEST})

    monday_news(at=MONDAY)

    assert profile_of_offer(offer.id) not in ranked
    assert len(ranked) == 1


@pytest.mark.parametrize("count", [1, 30])
def test_news_come_in_as_many_queries_for_many_as_for_one(offer, queries, count):
    give(count)
    world_at(MONDAY)
    queries.clear()

    assert len(monday_news(at=MONDAY)) == count + 1
    assert len(queries) <= 9


def test_letters_are_counted_without_the_write_lock(
    provider, offer, write, monkeypatch
):
    give()
    find = digesting.rank

    def while_another_writes(*args):
        with apart() as connection:
            connection.execute(db.text("UPDATE users SET surname = surname"))
        return find(*args)

    monkeypatch.setattr(digesting, "rank", while_another_writes)

    assert write() == 2


def test_click_in_the_letter_opens_a_page_and_counts_only_if_it_was_sent(
    browser, provider, offer, write
):
    [gift] = give()
    write()
    address = f"/partner/{offer.public_id}/mit/{gift.site.public_id}?aus=brief"
    browser.sign_in(provider)

    page = browser.get(address)

    assert page.status_code == 200
    assert "vorstellen" in page.text
    assert "aus=brief" in page.text


@pytest.mark.parametrize("was_sent", [True, False])
def test_proposal_out_of_the_letter_is_known_as_such(provider, offer, write, was_sent):
    [gift] = give()
    if was_sent:
        write()

    with transaction():
        made = propose(
            offer,
            gift.site,
            side=Side.PROVIDER,
            actor=provider,
            at=MONDAY,
            is_from_letter=True,
        )

    assert made.proposer is (Proposer.DIGEST if was_sent else Proposer.PROVIDER)
    assert made.provider_ok_at == MONDAY
