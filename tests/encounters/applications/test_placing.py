"""A place from a round begins as an offer, by the same rules as any other."""

import pytest

from marketplace.encounters.applications.enums import ApplicationState, ApprovalWay
from marketplace.encounters.applications.models import Application, Approval
from marketplace.encounters.applications.rules import TEXT_VERSION
from marketplace.encounters.applications.services.placing import Placing, place
from marketplace.foundation.clock import days_after
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.region.labour.enums import Basis
from tests.factories.applications import (
    PARENT,
    make_application,
    make_draft,
    make_mia,
    make_place,
)
from tests.moments import NOON


def a_yes():
    return Approval(
        is_granted=True,
        way=ApprovalWay.LETTER,
        at=NOON,
        guardian_name="Ute Muster",
        address=PARENT,
        text_version=TEXT_VERSION,
    )


def placing(pupil, internship, *approvals):
    return Placing(
        pupil=pupil,
        period=internship.periods[0],
        basis=Basis.VOLUNTARY,
        class_level=10,
        guardian_name="Ute Muster",
        guardian_email=PARENT,
        approvals=approvals or (a_yes(),),
    )


def test_place_is_offered_for_five_days_and_all_are_told(outbox):
    mia, internship = make_mia(), make_place()
    with transaction():
        application = place(placing(mia, internship), at=NOON)

    assert application.state is ApplicationState.OFFERED
    assert application.due_at == days_after(NOON, 5)
    assert internship.periods[0].taken_count == 1
    company = internship.organisation.memberships[0].user.email
    assert sorted(outbox()) == sorted(
        [
            (mia.email, "application_placed"),
            (PARENT, "application_placed_guardian"),
            (company, "application_placed_company"),
        ]
    )


def test_without_a_yes_from_home_there_is_no_place(app):
    told = Placing(
        pupil=make_mia(),
        period=make_place().periods[0],
        basis=Basis.VOLUNTARY,
        class_level=10,
    )

    with pytest.raises(Refusal, match="Zustimmung von zu Hause"):
        place(told, at=NOON)


def test_draft_gives_way_and_what_was_sent_stays(app):
    mia, internship = make_mia(), make_place()
    make_draft(mia, internship)
    with transaction():
        place(placing(mia, internship), at=NOON)
    states = [one.state for one in db.session.query(Application)]
    other = make_place()
    make_application(ApplicationState.OPEN, mia, other)

    assert states == [ApplicationState.OFFERED]
    with pytest.raises(Refusal, match="schon selbst beworben"):
        place(placing(mia, other), at=NOON)


def test_full_period_gives_no_place(app):
    internship = make_place(place_count=1)
    with transaction():
        place(placing(make_mia(), internship), at=NOON)

    with pytest.raises(Refusal, match="kein Platz mehr frei"):
        place(placing(make_mia(), internship), at=NOON)
