from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.organisations.queries import addresses_of
from marketplace.postings.lives.enums import PostingState
from marketplace.stewardship.links.enums import LinkState
from marketplace.stewardship.links.mails import link_is_dead
from marketplace.stewardship.links.models import CheckedLink, LinkUse
from marketplace.stewardship.links.services import asking
from marketplace.stewardship.links.services.checking import (
    ask_again,
    ask_links,
    gather_links,
)
from tests.factories.catalogue import make_action
from tests.factories.people import make_member, make_organisation, make_user
from tests.factories.postings import make_event, make_offer
from tests.moments import NOON
from tests.stewardship.links.site import site

pytestmark = pytest.mark.usefixtures("app")
DEAD = "https://labor.example/weg"
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(asking, "PAUSE_SECONDS", 0)


def gather():
    with transaction():
        gather_links(at=NOON)


def ask(monkeypatch, answers, at=NOON):
    with site(monkeypatch, answers) as asked, transaction():
        ask_links("Linkpruefung", at=at)
    return [path for _method, _host, path, _agent in asked]


def links():
    query = select(CheckedLink).order_by(CheckedLink.address)
    return {link.address: link for link in db.session.scalars(query)}


def uses():
    return {(u.kind, u.title) for u in db.session.scalars(select(LinkUse))}


def test_addresses_of_what_is_public_are_gathered():
    lab = make_organisation(name="Labor", website="https://labor.example")
    make_event(organisation=lab, title="Abend", link=DEAD)
    make_offer(organisation=lab, title="Kurs", link=DEAD)
    make_offer(PostingState.DRAFT, lab, title="Entwurf", link="https://x.example")
    make_action("Lötbus", link="https://bus.example")

    gather()

    assert set(links()) == {DEAD, "https://bus.example", "https://labor.example"}
    assert uses() == {
        ("events", "Abend"),
        ("offers", "Kurs"),
        ("organisations", "Labor"),
        ("actions", "Lötbus"),
    }


def test_what_links_no_longer_is_forgotten_and_the_rest_stays():
    lab = make_organisation()
    event = make_event(organisation=lab, title="Abend", link=DEAD)
    make_offer(organisation=lab, title="Kurs", link="https://kurs.example")
    gather()
    kept = links()["https://kurs.example"].id
    with transaction():
        event.link = "https://neu.example"

    gather()

    assert set(links()) == {"https://kurs.example", "https://neu.example"}
    assert links()["https://kurs.example"].id == kept


def test_each_host_is_asked_once_at_a_time(monkeypatch):
    lab = make_organisation()
    for n in range(3):
        make_event(organisation=lab, title=f"A{n}", link=f"https://labor.example/{n}")
    make_event(organisation=lab, title="B", link="https://anders.example/b")
    gather()

    first = ask(monkeypatch, {"/0": 200, "/b": 200})
    second = ask(monkeypatch, {"/1": 200})

    assert (sorted(first), second) == (["/0", "/b"], ["/1"])


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (200, LinkState.ALIVE),
        (403, LinkState.ALIVE),
        (429, LinkState.ALIVE),
        (404, LinkState.GONE),
        (410, LinkState.GONE),
        (500, LinkState.SILENT),
        ((302, "http://127.0.0.1/"), LinkState.BARRED),
        ((302, "https://unbekannt.example/"), LinkState.SILENT),
    ],
)
def test_state_follows_from_the_answer(monkeypatch, answer, state):
    make_event(organisation=make_organisation(), link=DEAD)
    gather()

    ask(monkeypatch, {"/weg": answer})

    link = links()[DEAD]
    assert (link.state, link.asked_at, link.since) == (state, NOON, NOON)
    days = 30 if state is LinkState.ALIVE else 7
    assert link.due_at == NOON + timedelta(days=days)


def test_owner_is_told_once_after_the_second_failure_a_week_apart(monkeypatch, outbox):
    lab = make_organisation()
    make_member(lab)
    event = make_event(organisation=lab, title="Abend", link=DEAD)
    gather()

    ask(monkeypatch, {})
    assert ask(monkeypatch, {}, NOON + timedelta(days=6)) == []
    assert outbox() == []
    ask(monkeypatch, {}, NOON + WEEK)
    ask(monkeypatch, {}, NOON + 2 * WEEK)

    told = [recipient for recipient, letter in outbox() if letter == "link_is_dead"]
    assert told == list(addresses_of(lab))
    assert links()[DEAD].since == NOON
    assert event.state is PostingState.PUBLISHED


@pytest.mark.parametrize(
    ("wrong", "state", "advice"),
    [
        ("http://localhost/haus", LinkState.BARRED, "Sie führt in ein inneres Netz"),
        ("https:/labor.example", LinkState.FAULTY, "Das ist keine Webadresse."),
        ("https://unbekannt.example", LinkState.UNKNOWN, "Den Namen gibt es im Netz"),
    ],
)
def test_owner_reads_what_is_wrong_with_her_address(monkeypatch, wrong, state, advice):
    lab = make_organisation()
    make_member(lab)
    make_event(organisation=lab, title="Abend", link=wrong)
    gather()

    assert ask(monkeypatch, {}) == []
    ask(monkeypatch, {}, NOON + WEEK)

    link = links()[wrong]
    assert (link.state, link.failed_count) == (state, 2)
    letter = link_is_dead(link, ["Abend"])
    assert letter.context["state"].startswith(advice)


def test_answer_between_two_failures_begins_anew(monkeypatch, outbox):
    lab = make_organisation()
    make_member(lab)
    make_event(organisation=lab, link=DEAD)
    gather()

    ask(monkeypatch, {})
    ask(monkeypatch, {"/weg": 200}, NOON + WEEK)
    ask(monkeypatch, {}, NOON + 6 * WEEK)

    assert outbox() == []
    assert links()[DEAD].failed_count == 1


def test_asking_again_at_once_is_no_second_failure(monkeypatch, outbox):
    lab = make_organisation()
    member = make_member(lab)
    make_event(organisation=lab, link=DEAD)
    gather()
    ask(monkeypatch, {})

    with transaction():
        ask_again(links()[DEAD], actor=member, at=NOON + timedelta(hours=1))
    asked = ask(monkeypatch, {}, NOON + timedelta(hours=1))

    assert asked == ["/weg"]
    assert (outbox(), links()[DEAD].failed_count) == ([], 1)


def test_what_answers_is_not_asked_again_by_hand(monkeypatch):
    make_event(organisation=make_organisation(), link=DEAD)
    gather()
    ask(monkeypatch, {"/weg": 200})

    with pytest.raises(Refusal), transaction():
        ask_again(links()[DEAD], actor=make_user(), at=NOON)
    assert links()[DEAD].due_at == NOON + timedelta(days=30)
