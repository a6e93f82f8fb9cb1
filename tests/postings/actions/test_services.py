from datetime import date

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.postings.actions.enums import Standing
from marketplace.postings.actions.models import Action
from marketplace.postings.actions.queries import actions
from marketplace.postings.actions.services import (
    Check,
    Finding,
    check_action,
    list_action,
    tell_existence,
)
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
