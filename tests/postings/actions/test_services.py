from datetime import date

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.postings.actions.enums import Standing
from marketplace.postings.actions.models import Action
from marketplace.postings.actions.queries import actions
from marketplace.postings.actions.services import (
    ActionEntry,
    Check,
    Finding,
    check_action,
    list_action,
    publish_action,
    revise_action,
    tell_existence,
    withdraw_action,
    write_action,
)
from marketplace.postings.lives.models import PostingChange
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Topic
from marketplace.upkeep.audit.models import AuditEntry
from tests.factories.catalogue import make_action
from tests.factories.people import make_coordinator, make_user
from tests.moments import NOON

pytestmark = pytest.mark.usefixtures("app")

SN, ST, TH = FederalState
TODAY = date(2026, 11, 23)


def standings(action):
    return [(one.state, one.standing, one.checked_on) for one in action.existences]


def check(action, actor=None, **told):
    actor = actor or make_coordinator()
    with transaction():
        check_action(action, Check(**told), actor=actor, at=NOON)


def titles(**narrowing):
    return sorted(action.title for action in db.session.scalars(actions(**narrowing)))


def test_new_action_is_open_in_all_three_states():
    action = make_action()

    assert standings(action) == [(s, Standing.OPEN, None) for s in (SN, ST, TH)]


@pytest.mark.parametrize("missing", ["title", "description"])
def test_action_needs_title_and_description(app, missing):
    values = {"title": "Löten", "description": "Alle löten.", missing: ""}

    with pytest.raises(Refusal, match="Titel und Beschreibung"):
        list_action(Action(**values), at=NOON)


def test_check_tells_where_when_and_by_whom():
    action, office = make_action(), make_coordinator()

    findings = {SN: Finding(Standing.EXISTS, "Anruf"), ST: Finding()}
    check(action, office, findings=findings, funding="ein Betrieb")

    assert standings(action) == [
        (SN, Standing.EXISTS, TODAY),
        (ST, Standing.OPEN, None),
        (TH, Standing.OPEN, None),
    ]
    assert (action.existences[0].checked_by, action.funding) == (office, "ein Betrieb")
    verbs = db.session.scalars(select(AuditEntry.verb).order_by(AuditEntry.id)).all()
    assert verbs[-2:] == ["action.listed", "action.checked"]


def test_looking_again_moves_the_day_though_nothing_changed():
    action = make_action()

    check(action, findings={TH: Finding(is_today=True)})

    assert standings(action)[2] == (TH, Standing.OPEN, TODAY)


def test_office_alone_checks():
    action = make_action()

    with pytest.raises(Refusal, match="Koordinationsstelle"):
        check(action, make_user(), findings={SN: Finding(Standing.EXISTS)})


def verbs():
    entries = select(AuditEntry.verb).where(AuditEntry.verb.startswith("action."))
    return db.session.scalars(entries.order_by(AuditEntry.id)).all()


def test_what_the_office_writes_is_seen_by_nobody_until_it_publishes():
    office = make_coordinator()
    entry = ActionEntry(title="Ätzbad", description="Alle ätzen eine Platine.")
    with transaction():
        action = write_action(entry, actor=office, at=NOON)
    before = (titles(), titles(with_hidden=True), titles(q="platine"))

    with transaction():
        publish_action(action, actor=office, at=NOON)
        publish_action(action, actor=office, at=NOON)
    after = (titles(), titles(q="platine"))
    with transaction():
        withdraw_action(action, actor=office, at=NOON)

    assert before == ([], ["Ätzbad"], [])
    assert after == (["Ätzbad"], ["Ätzbad"])
    assert (titles(), titles(q="platine")) == ([], [])
    assert verbs() == ["action.written", "action.published", "action.withdrawn"]
    assert action.sort_title == "atzbad"
    assert standings(action) == [(s, Standing.OPEN, None) for s in (SN, ST, TH)]


def test_a_change_keeps_what_was_said_and_is_found_by_its_new_words():
    action, office = make_action("Lötbus", funding="alt"), make_coordinator()
    entry = ActionEntry(
        title="Lötzug",
        description=action.description,
        topics=frozenset({Topic.ELECTRONICS}),
        funding="alt",
    )
    with transaction():
        revise_action(action, entry, actor=office, at=NOON)
    check(action, office, funding="neu")

    changes = db.session.scalars(select(PostingChange).order_by(PostingChange.id))
    assert [(one.kind, one.field, one.old, one.new) for one in changes] == [
        ("action", "title", "Lötbus", "Lötzug"),
        ("action", "topics", "", "Elektronik und Elektrotechnik"),
        ("action", "funding", "alt", "neu"),
    ]
    assert titles(q="lötzug") == ["Lötzug"]


def test_a_list_that_is_taken_over_anew_shows_nothing_withdrawn():
    action = make_action()
    with transaction():
        withdraw_action(action, actor=make_coordinator(), at=NOON)
        list_action(action, at=NOON)

    assert (titles(), titles(q="kleinbus")) == ([], [])


@pytest.mark.parametrize("act", ["write", "revise", "publish", "withdraw"])
def test_others_than_the_office_write_no_actions(act):
    action, member = make_action(), make_user()
    entry = ActionEntry(title="Neu", description="Neu.")
    acts = {
        "write": lambda: write_action(entry, actor=member, at=NOON),
        "revise": lambda: revise_action(action, entry, actor=member, at=NOON),
        "publish": lambda: publish_action(action, actor=member, at=NOON),
        "withdraw": lambda: withdraw_action(action, actor=member, at=NOON),
    }

    with pytest.raises(Refusal, match="Koordinationsstelle"):
        acts[act]()

    assert (action.title, action.is_public) == ("Lötbus auf dem Schulhof", True)


def test_source_does_not_overrule_the_office():
    action = make_action()
    check(action, findings={SN: Finding(Standing.ABSENT, "Anruf")})

    told = [
        tell_existence(action, state, Standing.EXISTS, on=TODAY, evidence="Liste")
        for state in (SN, ST, ST)
    ]

    assert told == [False, True, False]
    assert [one.standing for one in action.existences] == [
        Standing.ABSENT,
        Standing.EXISTS,
        Standing.OPEN,
    ]


def test_list_is_narrowed_by_words_state_and_topic():
    bus = make_action("Lötbus", topics=frozenset({Topic.ELECTRONICS}))
    make_action("Bachpaten", description="Wasser messen.")
    check(bus, findings={SN: Finding(Standing.EXISTS)})

    assert titles() == ["Bachpaten", "Lötbus"]
    assert titles(q="wasser") == ["Bachpaten"]
    assert titles(land=SN) == ["Lötbus"]
    assert titles(land=TH) == []
    assert titles(topics={Topic.ELECTRONICS}) == ["Lötbus"]
