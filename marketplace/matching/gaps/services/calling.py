"""Calls on companies because of one gap: whom, how often, and what came of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, locked
from marketplace.foundation.geometry import Point, distance_km
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.matching.gaps.enums import CALL_DAYS, CallAnswer
from marketplace.matching.gaps.mails import call_answered, company_called
from marketplace.matching.gaps.models import Call, CallConsent, CallLetter, Gap
from marketplace.matching.gaps.queries import (
    called_since,
    consent_of,
    consenting_organisations,
    introduced_since,
)
from marketplace.matching.gaps.rules import can_answer
from marketplace.matching.gaps.services.registering import lack_now
from marketplace.matching.partners.services.worlds import profile_of_site, world_at
from marketplace.matching.scores.index import MatchIndex
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import addresses_of_coordinators
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import addresses_of
from marketplace.people.organisations.rules import gives, is_member
from marketplace.region.lines.enums import LineKind
from marketplace.region.topics.enums import PARENTS, Topic
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue

# So many companies are called at once.
MOST_CALLED = 50


@dataclass(frozen=True)
class Suitable:
    """A company that may be called: how near, and whether it gives such things.

    `called_at` is when it was called less than a month ago; then it is not again.
    """

    organisation: Organisation
    km: int
    gives_such: bool
    called_at: datetime | None

    @property
    def is_free(self) -> bool:
        return self.called_at is None


def suitable_for(gap: Gap, *, radius_km: int, at: datetime) -> list[Suitable]:
    """Who agreed to be called, is near, and gives such things or shares a topic.

    Those who give such things come first, then the nearest. Who is in contact with
    the provider already, or one of the two does not want, is left out.
    """
    here = _place_of(gap)
    if here is None:
        return []
    index = world_at(at).index
    known = index.relations.barred_from(gap.organisation_id or 0)
    called = called_since(at - timedelta(days=CALL_DAYS))
    found = [
        Suitable(firm, km, gives_such, called.get(firm.id))
        for firm in consenting_organisations()
        if gives(firm) and firm.id != gap.organisation_id and firm.id not in known
        for km in [_way(firm, here)]
        if km is not None and km <= radius_km
        for gives_such in [_gives_such(firm, gap, index)]
        if gives_such or _shares_topic(firm, gap)
    ]
    found.sort(key=lambda one: (not one.gives_such, one.km, one.organisation.id))
    return found[:MOST_CALLED]


def call_companies(
    gap: Gap,
    words: str,
    chosen: Iterable[str],
    *,
    radius_km: int,
    actor: User,
    at: datetime,
) -> Call:
    """Writes to the chosen ones of those that are suitable, one letter each.

    Refuses a need that is covered or asked for by now, whatever its row says, and if
    nobody is left who may be called.
    """
    if not is_lacking(gap, at=at):
        raise Refusal(_("Diese Lücke ist geschlossen. Ein Aufruf käme zu spät."))
    wanted = set(chosen)
    offered = suitable_for(gap, radius_km=radius_km, at=at)
    firms = [
        one.organisation for one in offered if one.organisation.public_id in wanted
    ]
    # Who calls at the same time waits here, and then sees these letters.
    for firm in sorted(firms, key=lambda firm: firm.id):
        locked(firm)
    called = called_since(at - timedelta(days=CALL_DAYS))
    firms = [firm for firm in firms if firm.id not in called]
    if not firms:
        raise Refusal(_("Von diesen Unternehmen kann gerade keines gefragt werden."))
    call = Call(gap=gap, words=words.strip(), written_by=actor, written_at=at)
    call.letters = [CallLetter(organisation=firm, sent_at=at) for firm in firms]
    db.session.add(call)
    db.session.flush()  # the letters need their addresses
    record("gap.called", call, actor=actor, at=at)
    for letter in call.letters:
        queue(company_called(letter), addresses_of(letter.organisation), at=at)
    return call


def is_lacking(gap: Gap, *, at: datetime) -> bool:
    """Says whether today something is missing that nobody is asked for."""
    lack = lack_now(gap, at=at) if gap.closed_on is None else None
    return lack is not None and lack.is_uncovered


def answer_call(
    letter: CallLetter, answer: CallAnswer, *, actor: User, at: datetime
) -> None:
    """Says for a company whether it would like to help; the office hears of a yes."""
    if not can_answer(actor, letter):
        raise Refusal(_("Das entscheidet das Unternehmen."))
    if not is_lacking(letter.call.gap, at=at):
        raise Refusal(_("Das hat sich erledigt: Es fehlt nicht mehr. Vielen Dank."))
    letter = locked(letter)
    is_new = letter.answer is not answer
    letter.answer, letter.answered_at = answer, at
    record(f"call.{answer}", letter, actor=actor, at=at)
    if is_new and answer is CallAnswer.WILLING:
        queue(call_answered(letter), addresses_of_coordinators(), at=at)


def agree_to_calls(organisation: Organisation, *, actor: User, at: datetime) -> None:
    """Notes that an organisation may be called; twice is as good as once."""
    _require_member(actor, organisation)
    if consent_of(organisation) is None:
        consent = CallConsent(
            organisation=organisation, given_by_id=actor.id, given_at=at
        )
        db.session.add(consent)
        db.session.flush()  # the record needs its number
        record("call.agreed", consent, actor=actor, at=at)


def end_calls(organisation: Organisation, *, actor: User, at: datetime) -> None:
    """Takes the consent back, at once."""
    _require_member(actor, organisation)
    consent = consent_of(organisation)
    if consent is not None:
        record("call.ended", consent, actor=actor, at=at)
        db.session.delete(consent)


def outcomes_of(gap: Gap, calls: Sequence[Call]) -> Mapping[int, str]:
    """What came of each letter, in words, by its number."""
    letters = [letter for call in calls for letter in call.letters]
    if not letters:
        return {}
    first = min(letter.sent_at for letter in letters)
    firms = [letter.organisation_id for letter in letters]
    met = introduced_since(gap, firms, first)
    return {
        letter.id: _("einander vorgestellt")
        if letter.organisation_id in met
        else str(letter.answer.label)
        for letter in letters
    }


def next_call_on(called_at: datetime) -> str:
    """From which day a company may be called again."""
    return f"{day_of(called_at) + timedelta(days=CALL_DAYS):%d.%m.%Y}"


def _require_member(actor: User, organisation: Organisation) -> None:
    if not is_member(actor, organisation):
        raise Refusal(_("Das entscheidet das Unternehmen."))


def _place_of(gap: Gap) -> Point | None:
    offer = gap.offer
    if offer is None or offer.lat is None or offer.lon is None:
        return None
    return Point(offer.lat, offer.lon)


def _way(firm: Organisation, here: Point) -> int | None:
    """To the nearest of its places."""
    ways = [
        distance_km(here, Point(site.lat, site.lon))
        for site in firm.sites
        if site.lat is not None and site.lon is not None
    ]
    return round(min(ways)) if ways else None


def _gives_such(firm: Organisation, gap: Gap, index: MatchIndex) -> bool:
    kind = list(LineKind).index(gap.kind)
    profiles = (index.profiles.get(profile_of_site(site.id)) for site in firm.sites)
    return any(
        give.kind == kind for profile in profiles if profile for give in profile.gives
    )


def _shares_topic(firm: Organisation, gap: Gap) -> bool:
    return bool(_with_fields(firm.topics) & _with_fields(gap.topics))


def _with_fields(topics: frozenset[Topic]) -> frozenset[Topic]:
    return topics | {PARENTS[topic] for topic in topics if topic in PARENTS}
