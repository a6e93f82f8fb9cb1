"""What a person looks for is kept, changed, and forgotten."""

from dataclasses import dataclass
from datetime import datetime

from dateutil.relativedelta import relativedelta
from sqlalchemy import delete, update

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.overview.alerts import mails
from marketplace.overview.alerts.enums import Rhythm, Scope
from marketplace.overview.alerts.models import LONGEST_QUERY, LetterConsent, SavedSearch
from marketplace.overview.alerts.queries import (
    consent_for,
    hits_of,
    people_away_since,
    searches_of,
)
from marketplace.overview.alerts.rules import MONTHS_KEPT, MOST, needs_consent
from marketplace.people.accounts.models import User
from marketplace.people.guardians.queries import guardianships_for, is_guardian_of
from marketplace.postings.lives.queries import Narrowing
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is looked for, and where; `query` is the same in the address there."""

    by: Narrowing
    scope: Scope = Scope.INTERNSHIPS
    place: str = ""
    query: str = ""


def draft_of(wanted: Wanted, user: User, *, at: datetime) -> SavedSearch:
    """A search as it would be saved; it is in no database yet."""
    by = wanted.by
    lat, lon = by.centre or (None, None)
    return SavedSearch(
        user_id=user.id,
        scope=wanted.scope,
        words=by.words,
        place=wanted.place,
        lat=lat,
        lon=lon,
        radius_km=by.radius_km if by.centre else None,
        state_code=by.state,
        district_ags=by.district,
        topics=by.topics,
        grade=by.grade,
        age=by.age,
        starts_from=by.starts_from,
        ends_by=by.ends_by,
        art=by.kind,
        group_size=by.group_size,
        weekday=by.weekday,
        is_step_free=by.is_step_free,
        query=wanted.query,
        saved_at=at,
        seen_until=at,
    )


def save_search(
    wanted: Wanted, rhythm: Rhythm, *, actor: User, at: datetime
) -> SavedSearch:
    """Keeps a search; the same again changes its rhythm.

    Refuses a town that the region does not have, more topics than an address holds,
    and more than ten. Under 16 the
    guardians with an account are asked for their consent to letters.
    """
    if wanted.by.is_unknown_place:
        raise Refusal(_("Diesen Ort finden wir nicht. Bitte die Suche ändern."))
    if len(wanted.query) > LONGEST_QUERY:
        raise Refusal(_("Das sind zu viele Themen für eine Suche. Einige genügen."))
    locked(actor)
    own = searches_of(actor)
    same = (wanted.scope, wanted.query)
    search = next((one for one in own if (one.scope, one.query) == same), None)
    if search is None:
        if len(own) >= MOST:
            raise Refusal(_("Mehr als %(most)s Suchen gehen nicht.", most=MOST))
        search = draft_of(wanted, actor, at=at)
        search.hit_count = hits_of(search, actor, day_of(at))
        db.session.add(search)
    search.rhythm = rhythm
    if not own and needs_consent(actor, day_of(at)) and not consent_for(actor):
        addresses = [one.guardian.email for one in guardianships_for(actor)]
        queue(mails.alert_consent(actor), addresses, at=at)
    return search


def change_rhythm(search: SavedSearch, rhythm: Rhythm) -> None:
    """Lets letters about a search come in another rhythm."""
    search.rhythm = rhythm


def drop_search(search: SavedSearch) -> None:
    """Forgets a search."""
    db.session.delete(search)


def end_letters(user_id: int) -> None:
    """Ends all letters about a person's searches; the searches stay. Twice is once."""
    db.session.execute(
        update(SavedSearch)
        .where(SavedSearch.user_id == user_id)
        .values(rhythm=Rhythm.NEVER)
    )


def agree_to_letters(child: User, *, actor: User, at: datetime) -> None:
    """Notes that a guardian agrees to letters to her child; twice does no harm."""
    _require_guardian(child, actor)
    if consent_for(child) is None:
        # One of somebody who answers for the child no more gives way.
        stale = LetterConsent.child_id == child.id
        db.session.execute(delete(LetterConsent).where(stale))
        row = LetterConsent(child_id=child.id, guardian_id=actor.id, given_at=at)
        db.session.add(row)
        record("letters.agreed", child, actor=actor, at=at)


def take_back_consent(child: User, *, actor: User, at: datetime) -> None:
    """Notes that letters to a child shall no longer go."""
    _require_guardian(child, actor)
    consent = consent_for(child)
    if consent:
        db.session.delete(consent)
        record("letters.refused", child, actor=actor, at=at)


def forget_searches(*, at: datetime) -> None:
    """Drops the searches of those who have not signed in for twelve months."""
    away = people_away_since(at - relativedelta(months=MONTHS_KEPT))
    db.session.execute(delete(SavedSearch).where(SavedSearch.user_id.in_(away)))


def forget_person(user_id: int) -> None:
    """Drops what a person who leaves looked for and agreed to."""
    consents = (LetterConsent.child_id == user_id) | (
        LetterConsent.guardian_id == user_id
    )
    db.session.execute(delete(LetterConsent).where(consents))
    db.session.execute(delete(SavedSearch).where(SavedSearch.user_id == user_id))


def _require_guardian(child: User, actor: User) -> None:
    if not is_guardian_of(actor, child):
        raise Refusal(_("Das entscheiden die Eltern."))
