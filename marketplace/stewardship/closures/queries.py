from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.models import Application
from marketplace.encounters.introductions.enums import LIVE
from marketplace.encounters.introductions.models import Introduction
from marketplace.foundation.database import db
from marketplace.people.organisations.models import Organisation, Site
from marketplace.postings.events.models import Event
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.offers.models import Offer
from marketplace.postings.rolemodels.models import RoleModel
from marketplace.postings.sponsorships.models import Sponsorship

POSTINGS: tuple[type[Any], ...] = (Internship, Offer, Sponsorship, Event, RoleModel)
OVER = (PostingState.ENDED, PostingState.ARCHIVED)
# What an organisation has seen and not done with. What still waits for a guardian
# is none of it: nobody may learn from a refusal that it is there.
OWED = (
    ApplicationState.OPEN,
    ApplicationState.WAITLISTED,
    ApplicationState.OFFERED,
    ApplicationState.CONFIRMED,
    ApplicationState.RUNNING,
)


def live_count_at(site: Site) -> int:
    """How many postings at a site are not over."""
    return sum(
        db.session.scalar(
            select(func.count(model.id)).where(
                model.site_id == site.id, model.state.not_in(OVER)
            )
        )
        or 0
        for model in POSTINGS
    )


def has_introductions(site: Site) -> bool:
    """Says whether somebody was introduced to a site, whatever became of it."""
    query = select(Introduction.id).where(Introduction.site_id == site.id).limit(1)
    return db.session.scalar(query) is not None


def owed_count(organisation: Organisation) -> int:
    """How many pupils wait for an organisation, or come to it."""
    return _owed(Internship.organisation_id == organisation.id)


def owed_count_at(site: Site) -> int:
    """How many pupils wait for an answer about a place, or come there."""
    return _owed(Internship.site_id == site.id)


def owed_count_for(internship: Internship) -> int:
    """How many pupils wait for an answer about an internship, or come to it."""
    return _owed(Internship.id == internship.id)


def live_introductions_of(organisation: Organisation) -> Sequence[Introduction]:
    """The introductions to which somebody still has to answer."""
    query = select(Introduction).where(
        or_(
            Introduction.provider_id == organisation.id,
            Introduction.company_id == organisation.id,
        ),
        Introduction.state.in_(LIVE),
    )
    return db.session.scalars(query.order_by(Introduction.id)).all()


def _owed(where: ColumnElement[bool]) -> int:
    query = (
        select(func.count(Application.id))
        .join(Internship, Internship.id == Application.internship_id)
        .where(where, Application.state.in_(OWED))
    )
    return db.session.scalar(query) or 0
