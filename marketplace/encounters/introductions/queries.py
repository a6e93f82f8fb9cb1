from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import defer, joinedload

from marketplace.encounters.introductions.enums import LIVE, IntroductionState, Side
from marketplace.encounters.introductions.models import (
    Introduction,
    IntroductionEvent,
    IntroductionLine,
    Unwanted,
)
from marketplace.foundation.database import db
from marketplace.people.organisations.models import Organisation, Site
from marketplace.postings.offers.models import Offer
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.postings.sponsorships.queries import matchable_sponsorships

NEWEST_FIRST = (Introduction.created_at, Introduction.id)
PAGE = 20
# So many numbers are asked for in one query.
SOME = 500
NEXT_FIRST = (Introduction.due_at, Introduction.id)


def introduction_by_key(key: str) -> Introduction | None:
    """The introduction of this public id."""
    query = _with_parties(select(Introduction).where(Introduction.public_id == key))
    return db.session.scalar(query)


def introductions_of(organisations: Iterable[Organisation]) -> Select[Introduction]:
    """All introductions in which one of these organisations is a side."""
    ids = [organisation.id for organisation in organisations]
    return _with_parties(
        select(Introduction).where(
            or_(Introduction.provider_id.in_(ids), Introduction.company_id.in_(ids))
        )
    )


def all_introductions() -> Select[Introduction]:
    """Every introduction, for the office."""
    return _with_parties(select(Introduction))


def live_introductions() -> Select[Introduction]:
    """Those that wait for an answer."""
    return _with_parties(select(Introduction).where(Introduction.state.in_(LIVE)))


def due_introductions() -> Select[Introduction]:
    """The live ones, the next deadline first."""
    return live_introductions().order_by(*NEXT_FIRST)


def introductions_to_remind(reminders: int) -> Sequence[Introduction]:
    """The live ones for which not all reminders have gone, the next deadline first."""
    query = due_introductions().where(Introduction.reminded_count < reminders)
    return db.session.scalars(query).all()


def overdue_introductions(at: datetime) -> Sequence[Introduction]:
    """The live ones whose deadline has passed."""
    query = due_introductions().where(Introduction.due_at < at)
    return db.session.scalars(query).all()


def others_in_bundle(introduction: Introduction) -> Sequence[Introduction]:
    """Those that were asked together with this one, to cover one list of needs."""
    if introduction.bundle_id is None:
        return []
    query = select(Introduction).where(
        Introduction.bundle_id == introduction.bundle_id,
        Introduction.id != introduction.id,
    )
    return db.session.scalars(_with_parties(query.order_by(Introduction.id))).all()


def contacts_of(organisation: Organisation) -> Sequence[Introduction]:
    """The last introduction to each other organisation, whatever became of it."""
    newest = (
        select(func.max(Introduction.id))
        .where(
            or_(
                Introduction.provider_id == organisation.id,
                Introduction.company_id == organisation.id,
            )
        )
        .group_by(Introduction.provider_id, Introduction.company_id)
    )
    ids = db.session.scalars(newest).all()
    if not ids:  # most have none; their page need not prepare to read five tables
        return []
    query = _with_parties(select(Introduction).where(Introduction.id.in_(ids)))
    return db.session.scalars(query.order_by(Introduction.due_at)).all()


def asked_quantities(offer_id: int | None = None) -> dict[int | None, int]:
    """How much of each need line is asked for, or agreed but not arranged.

    By the number of the line, of one offer or of all; a line of which everything asked
    for has no quantity counts 0.
    """
    is_agreed = and_(
        Introduction.state == IntroductionState.AGREED,
        Introduction.arranged_at.is_(None),
        Introduction.over_at.is_(None),
    )
    query = (
        select(IntroductionLine.need_line_id, func.sum(IntroductionLine.quantity))
        .join(Introduction, Introduction.id == IntroductionLine.introduction_id)
        .where(or_(Introduction.state.in_(LIVE), is_agreed))
        .group_by(IntroductionLine.need_line_id)
    )
    if offer_id is not None:
        query = query.where(Introduction.offer_id == offer_id)
    return {need_id: int(total or 0) for need_id, total in db.session.execute(query)}


def carried_counts() -> dict[int, int]:
    """How much of its capacity each organisation has taken, by its id.

    That is what others proposed to it and is not ended, and what both agreed to and
    have not arranged yet.
    """
    is_live, is_from_office = (
        Introduction.state.in_(LIVE),
        Introduction.proposed_by == Side.COORDINATION,
    )
    is_arranged_yet = and_(
        Introduction.state == IntroductionState.AGREED,
        Introduction.arranged_at.is_(None),
    )
    counts: dict[int, int] = {}
    for column, agreed_at in (
        (Introduction.company_id, Introduction.company_ok_at),
        (Introduction.provider_id, Introduction.provider_ok_at),
    ):
        is_asked = and_(is_live, or_(is_from_office, agreed_at.is_(None)))
        rows = db.session.execute(
            select(column, func.count())
            .where(or_(is_asked, is_arranged_yet))
            .group_by(column)
        )
        for organisation_id, count in rows:
            counts[organisation_id] = counts.get(organisation_id, 0) + count
    return counts


def introductions_of_pair(provider_id: int, company_id: int) -> Sequence[Introduction]:
    """All introductions of two organisations, the newest first."""
    query = select(Introduction).where(
        Introduction.provider_id == provider_id, Introduction.company_id == company_id
    )
    return db.session.scalars(
        _with_parties(query).order_by(Introduction.id.desc())
    ).all()


def introductions_that_bar(since: datetime) -> Sequence[Introduction]:
    """What may keep pairs apart: live, together, or ended otherwise after `since`.

    Without the parties and without reasons: there may be many.
    """
    has_come_about = Introduction.state == IntroductionState.AGREED
    query = select(Introduction).where(
        or_(
            Introduction.state.in_(LIVE),
            and_(has_come_about, Introduction.over_at.is_(None)),
            and_(~has_come_about, Introduction.ended_at > since),
        )
    )
    query = query.options(defer(Introduction.reasons), defer(Introduction.parts))
    return db.session.scalars(query.order_by(Introduction.id)).all()


def unwanted_pairs() -> list[tuple[int, int]]:
    """Who does not want whom, by the numbers of both organisations."""
    query = select(Unwanted.organisation_id, Unwanted.other_id).order_by(Unwanted.id)
    return [(one, other) for one, other in db.session.execute(query)]


def unwanted_around(organisation: Organisation) -> Sequence[Unwanted]:
    """Whom an organisation does not want, and who does not want it, oldest first."""
    own = organisation.id
    query = select(Unwanted).where(
        or_(Unwanted.organisation_id == own, Unwanted.other_id == own)
    )
    both = joinedload(Unwanted.organisation), joinedload(Unwanted.other)
    return db.session.scalars(query.options(*both).order_by(Unwanted.id)).all()


def unwilling_of(one: Organisation, other: Organisation) -> frozenset[int]:
    """Which of two organisations does not want the other, by number."""
    ids = one.id, other.id
    query = select(Unwanted.organisation_id).where(
        Unwanted.organisation_id.in_(ids), Unwanted.other_id.in_(ids)
    )
    return frozenset(db.session.scalars(query))


def last_ends(since: datetime) -> dict[tuple[int, int], datetime]:
    """When the last partnership of each pair was over, of those over since then."""
    ids = (Introduction.provider_id, Introduction.company_id)
    query = (
        select(*ids, func.max(Introduction.over_at))
        .where(
            Introduction.state == IntroductionState.AGREED,
            Introduction.over_at >= since,
        )
        .group_by(*ids)
    )
    rows = db.session.execute(query)
    return {(one, other): over for one, other, over in rows if over}


def with_named_fields(ids: Sequence[int]) -> list[Introduction]:
    """Introductions with all that a reason for declining may speak of."""
    found: list[Introduction] = []
    offer = joinedload(Introduction.offer)
    for begin in range(0, len(ids), SOME):
        some = Introduction.id.in_(ids[begin : begin + SOME])
        query = _with_parties(select(Introduction).where(some)).options(
            offer.joinedload(Offer.site), offer.selectinload(Offer.lines)
        )
        found += db.session.scalars(query.order_by(Introduction.id))
    return found


def gives_at(sites: Iterable[Site]) -> dict[int, list[Sponsorship]]:
    """What is given from some sites, with lines, by the number of the site."""
    ids = sorted({site.id for site in sites})
    given: dict[int, list[Sponsorship]] = {}
    for begin in range(0, len(ids), SOME):
        some = Sponsorship.site_id.in_(ids[begin : begin + SOME])
        query = matchable_sponsorships().where(some)
        for sponsorship in db.session.scalars(query):
            given.setdefault(sponsorship.site_id or 0, []).append(sponsorship)
    return given


def last_answers(
    introduction: Introduction, side: Side
) -> Sequence[tuple[IntroductionState, datetime | None]]:
    """How the last introductions of a side's profile ended, and when it had agreed.

    The newest comes first; what was taken back asks for no answer and is left out.
    """
    is_provider = side is Side.PROVIDER
    profile = Introduction.offer_id if is_provider else Introduction.site_id
    mine = introduction.offer_id if is_provider else introduction.site_id
    agreed_at = (
        Introduction.provider_ok_at if is_provider else Introduction.company_ok_at
    )
    query = select(Introduction.state, agreed_at).where(
        profile == mine,
        Introduction.state.not_in((*LIVE, IntroductionState.WITHDRAWN)),
    )
    rows = db.session.execute(
        query.order_by(Introduction.ended_at.desc(), Introduction.id.desc()).limit(30)
    )
    return [(state, at) for state, at in rows]


def to_follow_up() -> Select[Introduction]:
    """Where the office should ask somebody who keeps silent, the oldest first."""
    query = select(Introduction).where(Introduction.todo_at.is_not(None))
    return _with_parties(query.order_by(Introduction.todo_at, Introduction.id))


def introductions_to_follow_up() -> Sequence[Introduction]:
    """The first of those, as many as a page shows."""
    return db.session.scalars(to_follow_up().limit(PAGE)).all()


def log_of(introduction: Introduction) -> Sequence[IntroductionEvent]:
    """What happened to an introduction, and to what followed it, oldest first."""
    query = select(IntroductionEvent).where(
        IntroductionEvent.introduction_id == introduction.id
    )
    return db.session.scalars(query.order_by(IntroductionEvent.id)).all()


def live_outgoing_count(*, offer_id: int | None, site_id: int | None) -> int:
    """How many live introductions a profile (offer or site) has proposed itself."""
    mine, side = (Introduction.offer_id == offer_id, Side.PROVIDER)
    if not offer_id:
        mine, side = (Introduction.site_id == site_id, Side.COMPANY)
    query = select(func.count(Introduction.id)).where(
        mine, Introduction.proposed_by == side, Introduction.state.in_(LIVE)
    )
    return db.session.scalar(query) or 0


def _with_parties(query: Select[Introduction]) -> Select[Introduction]:
    return query.options(
        joinedload(Introduction.provider),
        joinedload(Introduction.company),
        joinedload(Introduction.offer),
        joinedload(Introduction.site),
    )
