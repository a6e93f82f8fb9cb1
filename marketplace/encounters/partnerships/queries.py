from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.encounters.introductions.enums import IntroductionState
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.introductions.queries import introductions_of
from marketplace.encounters.partnerships.enums import RUNNING, PartnershipState
from marketplace.encounters.partnerships.models import (
    Partnership,
    PartnershipLine,
)
from marketplace.foundation.database import db
from marketplace.people.organisations.models import Organisation

NEWEST_FIRST = (Partnership.created_at, Partnership.id)
SHOWN = 20


def partnership_by_key(key: str) -> Partnership | None:
    """The partnership of this public id, with lines and what was told of it."""
    query = _with_parties(select(Partnership).where(Partnership.public_id == key))
    return db.session.scalar(
        query.options(
            selectinload(Partnership.lines).joinedload(PartnershipLine.need_line),
            selectinload(Partnership.lines).joinedload(PartnershipLine.give_line),
            selectinload(Partnership.feedback),
        )
    )


def running_partnership(introduction: Introduction) -> Partnership | None:
    """What follows an introduction now, arranged or active."""
    return db.session.scalar(
        select(Partnership).where(
            Partnership.introduction_id == introduction.id,
            Partnership.state.in_(RUNNING),
        )
    )


def introductions_to_arrange(
    organisations: Iterable[Organisation],
) -> Sequence[Introduction]:
    """Where both have agreed and nothing is arranged yet, the oldest first."""
    has_begun = exists().where(
        Partnership.introduction_id == Introduction.id, Partnership.state.in_(RUNNING)
    )
    query = introductions_of(organisations).where(
        Introduction.state == IntroductionState.AGREED,
        Introduction.over_at.is_(None),
        ~has_begun,
    )
    return db.session.scalars(query.order_by(Introduction.id).limit(SHOWN)).all()


def partnerships_of(organisations: Iterable[Organisation]) -> Select[Partnership]:
    """All partnerships of some organisations, with their lines."""
    ids = [organisation.id for organisation in organisations]
    query = all_partnerships()
    return query.where(
        or_(Partnership.provider_id.in_(ids), Partnership.company_id.in_(ids))
    )


def running_partnerships_of(organisation: Organisation) -> Sequence[Partnership]:
    """What an organisation arranges or has going, the oldest first."""
    query = partnerships_of([organisation]).where(Partnership.state.in_(RUNNING))
    return db.session.scalars(query.order_by(Partnership.id)).all()


def all_partnerships() -> Select[Partnership]:
    """Every partnership, for the office, with their lines."""
    query = _with_parties(select(Partnership))
    return query.options(selectinload(Partnership.lines))


def partnerships_to_remind(reminders: int) -> Sequence[Partnership]:
    """What both have not confirmed yet and not all reminders have gone for."""
    query = all_partnerships().where(
        Partnership.state == PartnershipState.ARRANGING,
        Partnership.reminded_count < reminders,
    )
    return db.session.scalars(query.order_by(Partnership.id)).all()


def stalled_partnerships(at: datetime) -> Select[Partnership]:
    """What is not arranged after its days, the oldest first."""
    return (
        _with_parties(select(Partnership))
        .where(Partnership.state == PartnershipState.ARRANGING, Partnership.due_at < at)
        .order_by(Partnership.due_at, Partnership.id)
    )


def partnerships_to_renew(day: date) -> Sequence[Partnership]:
    """The active ones whose last day comes by `day`, and nobody was asked yet."""
    query = all_partnerships().where(
        Partnership.state == PartnershipState.ACTIVE,
        Partnership.valid_to <= day,
        Partnership.renewal_asked_at.is_(None),
    )
    return db.session.scalars(query.order_by(Partnership.id)).all()


def partnerships_past(day: date) -> Sequence[Partnership]:
    """The active ones whose last day is over."""
    query = all_partnerships().where(
        Partnership.state == PartnershipState.ACTIVE, Partnership.valid_to < day
    )
    return db.session.scalars(query.order_by(Partnership.id)).all()


def partnerships_begun(by: date) -> Sequence[Partnership]:
    """What first took place by `by`, and neither letter asks about yet."""
    query = all_partnerships().where(
        Partnership.active_at.is_not(None),
        Partnership.first_on <= by,
        Partnership.asked_count == 0,
    )
    return db.session.scalars(query.order_by(Partnership.id)).all()


def public_partnerships_of(organisation: Organisation) -> Sequence[Partnership]:
    """What both sides wish to be shown on the page of an organisation."""
    query = partnerships_of([organisation]).where(
        Partnership.is_shown_by_provider,
        Partnership.is_shown_by_company,
        Partnership.state.in_((PartnershipState.ACTIVE, PartnershipState.DONE)),
    )
    query = query.order_by(Partnership.valid_to.desc(), Partnership.id.desc())
    return db.session.scalars(query.limit(SHOWN)).all()


def _with_parties(query: Select[Partnership]) -> Select[Partnership]:
    return query.options(
        joinedload(Partnership.provider),
        joinedload(Partnership.company),
        joinedload(Partnership.introduction).joinedload(Introduction.offer),
    )
