from datetime import date, timedelta

from marketplace.encounters.applications.enums import (
    GIVEN_UP,
    HANDED_OVER,
    ApplicationState,
)
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.services.sending import (
    Wish,
    answer,
    begin_application,
    send_application,
)
from marketplace.foundation.database import db, transaction
from marketplace.people.accounts.enums import SchoolKind
from marketplace.postings.internships.models import Period
from marketplace.postings.lives.enums import PostingState
from marketplace.region.labour.enums import Basis
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Topic
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.upkeep.mail.services import mint_link
from tests.factories.internships import make_internship, make_period
from tests.factories.people import make_pupil
from tests.moments import NOON

KEY = bytes.fromhex("11" * 32)
PARENT = "eltern@example.org"
BOTH = frozenset(Basis)
HOLDING = {
    ApplicationState.OFFERED,
    ApplicationState.CONFIRMED,
    ApplicationState.RUNNING,
}
# A week of school in Thuringia, and one of its winter holidays.
SCHOOL_WEEK = {"starts_on": date(2027, 3, 8), "ends_on": date(2027, 3, 12)}
HOLIDAY_WEEK = {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 2, 5)}
ANSWERS = {
    "school_kind": SchoolKind.GYMNASIUM,
    "school_name": "Gymnasium am Anger",
    "interests": frozenset({Topic.OPTICS}),
    "motivation": "Ich baue gern Fernrohre.",
    "guardian_name": "Ute Muster",
    "guardian_email": PARENT,
    "guardian_phone": "0361 5550",
    "holiday_days_used": 0,
}


def make_mia(**changes):
    """A pupil of 16 in Thuringia, class 10, whose account tells all it can."""
    told = {"school_state": FederalState.THURINGIA, "class_level": 10, "town": "Jena"}
    return make_pupil(**told | changes)


def make_place(state=PostingState.PUBLISHED, week=HOLIDAY_WEEK, **changes):
    """An internship of one week, for schools and for those who want to."""
    seats = changes.pop("place_count", 2)
    period = make_period(**week, place_count=seats)
    return make_internship(state, **{"bases": BOTH, "periods": [period]} | changes)


def make_draft(pupil=None, internship=None, basis=Basis.VOLUNTARY, **changes):
    """All questions answered, nothing sent."""
    pupil, internship = pupil or make_mia(), internship or make_place()
    wish = Wish(period=internship.periods[0], basis=basis, class_level=10)
    with transaction():
        application = begin_application(wish, actor=pupil, at=NOON)
        answer(application, ANSWERS | changes, actor=pupil, at=NOON)
    return application


def make_sent(pupil=None, internship=None, *, at=NOON, **changes):
    """Sent by the pupil; under 18 it waits for her guardian."""
    application = make_draft(pupil, internship, **changes)
    with transaction():
        send_application(
            application,
            actor=application.pupil,
            sent_from="192.0.2.7",
            key=KEY,
            at=at,
        )
    return application


def make_application(state=ApplicationState.OPEN, pupil=None, internship=None, **more):
    """An application in any state, as if it had come there."""
    internship = internship or make_place()
    period = internship.periods[0]
    with transaction():
        application = Application(
            **{
                "pupil": pupil or make_mia(),
                "internship": internship,
                "period": period,
                "basis": Basis.VOLUNTARY,
                "state": state,
                "class_level": 10,
                "changed_at": NOON,
                "sent_at": None if state is ApplicationState.DRAFT else NOON,
                "handed_over_at": NOON if state in HANDED_OVER | GIVEN_UP else None,
                "due_at": NOON + timedelta(days=14),
            }
            | ANSWERS
            | more
        )
        db.session.add(application)
        if state in HOLDING:
            period.taken_count += 1
    return application


def period_of(application):
    return db.session.get(Period, application.period_id)


def link_for(application):
    """The secret of the link in the letter to the guardian."""
    with transaction():
        entries = db.session.scalars(
            db.select(OutboxEntry)
            .where(
                OutboxEntry.link_purpose == "approval",
                OutboxEntry.link_subject_id == application.id,
            )
            .order_by(OutboxEntry.id.desc())
        )
        return mint_link(entries.first())
