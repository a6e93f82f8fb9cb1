from flask import current_app

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.papers.services.agreeing import prepare_agreement
from marketplace.encounters.papers.services.certifying import issue_certificate
from marketplace.foundation.database import db, transaction
from marketplace.region.labour.enums import Basis
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.upkeep.mail.services import mint_link
from tests.factories.applications import SCHOOL_WEEK, make_application, make_place
from tests.moments import NOON


def make_placement(pupil=None, *, state=ApplicationState.CONFIRMED, **changes):
    """A firm place in the winter holidays; `changes` are those of the application."""
    return make_application(state, pupil, **changes)


def make_school_placement(pupil, **changes):
    """A firm place at a school event, confirmed by the school."""
    place = changes.pop("internship", None) or make_place(week=SCHOOL_WEEK)
    return make_placement(
        pupil,
        internship=place,
        basis=Basis.SCHOOL,
        school_confirmed_at=NOON,
        **changes,
    )


def make_agreement(application, *, at=NOON):
    """The agreement of a firm place, unsigned."""
    with transaction():
        return prepare_agreement(application, at=at)


def link_to_agreement(agreement):
    """The secret of the newest link to a guardian."""
    with transaction():
        entries = db.session.scalars(
            db.select(OutboxEntry)
            .where(
                OutboxEntry.link_purpose == "agreement",
                OutboxEntry.link_subject_id == agreement.id,
            )
            .order_by(OutboxEntry.id.desc())
        )
        return mint_link(entries.first())


def make_certificate(application, *, at=NOON):
    """The certificate of a placement that was attended, as the worker issues it."""
    key = bytes.fromhex(current_app.config["FIELD_KEY"])
    with transaction():
        return issue_certificate(application, key=key, at=at)
