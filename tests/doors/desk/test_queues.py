"""Who looks after what waits, which step is open, and what the desk promises."""

from datetime import timedelta

import pytest

from marketplace.doors.desk.jobs import forget
from marketplace.doors.desk.models import Care
from marketplace.doors.desk.queries import loads
from marketplace.doors.desk.services import give_up_care, take_care
from marketplace.encounters.applications.enums import ApplicationState, HoldReason
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import NotFound, Refusal
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.enums import (
    CheckWay,
    OrganisationState,
    VerificationStep,
)
from marketplace.people.organisations.models import VerificationCheck
from marketplace.postings.lives.enums import PostingState
from marketplace.upkeep.audit.models import AuditEntry
from marketplace.upkeep.settings.enums import Setting
from tests.factories.applications import make_application
from tests.factories.people import make_coordinator, make_organisation, make_user
from tests.factories.postings import make_offer
from tests.factories.settings import set_to
from tests.moments import NOON

DESK = "/koordination"


@pytest.fixture
def office(app):
    return make_coordinator(first_name="Konni", surname="Probe")


def new_one(**changes):
    values = {"state": OrganisationState.REGISTERED, "name": "Neuling"}
    return make_organisation(**values | changes)


def take(thing, actor):
    with transaction():
        take_care(thing.__tablename__, thing.id, actor=actor, at=NOON)


def verbs():
    query = db.select(AuditEntry.verb).where(AuditEntry.thing == "cares")
    return db.session.scalars(query.order_by(AuditEntry.id)).all()


def test_row_is_taken_shown_and_given_up(browser, office):
    thing = new_one()
    browser.sign_in(office)
    place = f"{DESK}/sache/organisations/{thing.id}"

    taken = browser.post(f"{place}/nehmen").location
    page = browser.get(DESK).text
    given_up = browser.post(f"{place}/abgeben").status_code

    assert taken == f"{DESK}#pruefen"
    assert "Konni Probe kümmert sich, seit 23.11.2026" in page
    assert "Wer sich kümmert" in page
    assert f'action="{place}/abgeben"' in page
    assert f'action="{place}/nehmen"' not in page
    assert given_up == 302
    assert "kümmert sich, seit" not in browser.get(DESK).text
    assert verbs() == ["care.taken", "care.given_up"]


def test_what_a_colleague_has_is_refused_until_it_is_given_up(browser, office):
    thing = new_one()
    take(thing, make_coordinator(first_name="Gustav", surname="Amt"))
    browser.sign_in(office)
    place = f"{DESK}/sache/organisations/{thing.id}"

    refused = browser.post(f"{place}/nehmen")
    browser.post(f"{place}/abgeben")
    taken = browser.post(f"{place}/nehmen").status_code

    assert (refused.status_code, taken) == (409, 302)
    assert "Gustav Amt kümmert sich schon darum." in refused.text
    assert db.session.query(Care).one().user is office


def test_taking_twice_changes_nothing(app, office):
    thing = new_one()

    take(thing, office)
    take(thing, office)

    assert (db.session.query(Care).count(), verbs()) == (1, ["care.taken"])


@pytest.mark.parametrize("queue", ["organisations", "users", "unsinn"])
def test_only_what_waits_is_taken(app, office, queue):
    done = make_organisation()

    with pytest.raises(NotFound):
        take_care(queue, done.id, actor=office, at=NOON)
    with pytest.raises(Refusal):
        give_up_care(queue, done.id, actor=office, at=NOON)


def test_queues_are_shared_by_coordinators_alone(browser, office):
    thing = new_one()
    place = f"{DESK}/sache/organisations/{thing.id}/nehmen"

    statuses = [
        browser.sign_in(make_user(role)).post(place).status_code
        for role in (Role.MEMBER, Role.ADMIN)
    ]

    assert statuses == [404, 404]
    assert db.session.query(Care).count() == 0


def test_load_counts_what_still_waits(app, office):
    busy = make_coordinator()
    for thing in (new_one(), new_one(), make_offer(PostingState.SUBMITTED)):
        take(thing, busy)
    one = new_one()
    take(one, office)
    with transaction():
        one.state = OrganisationState.VERIFIED

    assert loads() == [(busy, 3)]


def test_cares_go_with_what_is_done_and_with_shut_accounts(app, office):
    shut = make_coordinator()
    done, kept, left = new_one(), new_one(), new_one()
    for thing, who in ((done, office), (kept, office), (left, shut)):
        take(thing, who)
    with transaction():
        done.state, shut.disabled_at = OrganisationState.VERIFIED, NOON

    for _ in range(2):
        with transaction():
            forget({})

    assert [care.thing_id for care in db.session.query(Care)] == [kept.id]


def test_rows_say_which_step_is_open(browser, office):
    half = new_one(name="Halb")
    with transaction():
        half.checks.append(
            VerificationCheck(
                step=VerificationStep.REAL,
                way=CheckWay.REGISTER,
                checked_by=office,
                checked_at=NOON,
            )
        )
    make_offer(PostingState.SUBMITTED, organisation=half)
    make_offer(PostingState.SUBMITTED)
    make_application(
        ApplicationState.WAITING,
        is_held=True,
        handed_over_at=None,
        held_for=frozenset({HoldReason.SAME_PLACE}),
    )
    browser.sign_in(office)

    page = browser.get(DESK).text

    assert f"offen: {VerificationStep.REACHED.label}" in page
    assert "zuerst die Organisation prüfen" in page
    assert "lesen, dann veröffentlichen oder zurückgeben" in page
    assert "von derselben Stelle: bei den Eltern nachfragen" in page


@pytest.mark.parametrize(("days", "late"), [(3, "1 überfällig"), (5, "")])
def test_what_the_desk_promises_is_a_setting(browser, office, days, late):
    new_one(registered_at=NOON - timedelta(days=4))
    set_to(Setting.DAYS_TO_VERIFY, days)
    browser.sign_in(office)

    page = browser.get(DESK).text

    assert f"Zugesagt ist eine Antwort in {days} Tagen." in page
    assert ("1 überfällig" in page) is bool(late)


def test_links_beside_the_queues_show_counts(browser, office):
    browser.sign_in(office)

    page = browser.get(DESK).text

    for name in ("Tabellen einlesen", "Doppelte Einträge"):
        assert f'{name}</span> <span class="count">0</span>' in page


def test_held_rows_tell_why_and_how_to_reach_the_parents(browser, office):
    make_application(
        ApplicationState.WAITING,
        is_held=True,
        handed_over_at=None,
        held_for=frozenset({HoldReason.MANY_FAMILIES, HoldReason.FROZEN}),
    )
    browser.sign_in(office)

    page = browser.get(f"{DESK}/zurueckgehalten").text

    assert "der Betrieb ist gerade nicht öffentlich, eine Adresse" in page
    assert 'href="tel:03615550"' in page
    assert 'href="mailto:eltern@example.org"' in page
