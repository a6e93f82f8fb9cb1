"""Whether two organisations may be brought together, and which pairs not yet."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from marketplace.encounters.introductions.enums import (
    DeclineCode,
    Side,
)
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.introductions.queries import (
    carried_counts,
    gives_at,
    introductions_of_pair,
    introductions_that_bar,
    last_ends,
    live_outgoing_count,
    unwilling_of,
    with_named_fields,
)
from marketplace.encounters.introductions.rules import (
    LONGEST_DAYS,
    SHORTEST_DAYS,
    are_known,
    cool_until,
    is_live,
    is_together,
)
from marketplace.encounters.introductions.services.telling import others, party
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.organisations.models import Organisation
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.offers.models import Offer
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.region.lines.models import LineColumns
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.queries import value_of

Gives = Mapping[int, Sequence[Sponsorship]]


def require_possible(introduction: Introduction, *, at: datetime) -> None:
    """Refuses a pair that is in contact, was so too lately, or has no room for it.

    The office may bring a pair together again before its time, with a reason. Whom the
    other side does not want reads the same as if that side had no room.
    """
    provider, company = introduction.provider, introduction.company
    if provider is company:
        raise Refusal(_("Das sind Sie selbst. Wählen Sie ein anderes Gegenüber."))
    is_public = introduction.offer.state is PostingState.PUBLISHED
    if not are_known(introduction) or not is_public:
        raise Refusal(_("Vorgestellt wird nur, was geprüft und öffentlich ist."))
    past = introductions_of_pair(provider.id, company.id)
    if any(map(is_live, past)):
        raise Refusal(_("Sie sind schon im Gespräch. Sehen Sie sich den Stand an."))
    if any(map(is_together, past)):
        raise Refusal(
            _("Sie kennen sich schon. Die Kontakte stehen unter „Vorstellungen“.")
        )
    if not introduction.override_reason and _barring(past, at=at):
        raise Refusal(_("Sie haben vor Kurzem angefragt. Warten Sie noch etwas."))
    unwilling = unwilling_of(provider, company)
    _require_wanted(introduction, unwilling)
    _require_capacity(introduction, unwilling)


def barred_pairs(at: datetime) -> list[tuple[int, int]]:
    """Provider and company of each pair in contact, or asked too lately for more."""
    rows = introductions_that_bar(at - timedelta(days=LONGEST_DAYS))
    return [(i.provider_id, i.company_id) for i in _barring(rows, at=at)]


def held_by(introduction: Introduction, code: DeclineCode, gives: Gives) -> str:
    """What the field named by a reason holds now, hashed; empty if it names none."""
    held = _named(introduction, code, gives.get(introduction.site_id, ()))
    return sha256(repr(held).encode()).hexdigest() if held is not None else ""


def _barring(rows: Sequence[Introduction], *, at: datetime) -> list[Introduction]:
    """Those that keep their pair apart now."""
    cooling = [i for i in rows if (until := cool_until(i)) and at < until]
    named = [i for i in cooling if i.declined_over and _is_past_shortest(i, at)]
    whole = with_named_fields([i.id for i in named])
    gives = gives_at(i.site for i in whole)
    free = {
        i.id
        for i in whole
        if i.decline_code and held_by(i, i.decline_code, gives) != i.declined_over
    }
    free |= _free_of_partners(cooling, at)
    kept = [i for i in cooling if i.id not in free]
    return [*(i for i in rows if is_live(i) or is_together(i)), *kept]


def _is_past_shortest(introduction: Introduction, at: datetime) -> bool:
    ended_at = introduction.ended_at
    return bool(ended_at and at >= ended_at + timedelta(days=SHORTEST_DAYS))


def _free_of_partners(cooling: Iterable[Introduction], at: datetime) -> set[int]:
    """The ids of those who named a partnership as reason that has ended since."""
    named = [
        i
        for i in cooling
        if i.decline_code is DeclineCode.ALREADY_PARTNER and i.ended_at
    ]
    ends = last_ends(at - timedelta(days=LONGEST_DAYS)) if named else {}
    return {
        i.id
        for i in named
        if (end := ends.get((i.provider_id, i.company_id)))
        and i.ended_at
        and end >= i.ended_at
    }


def _named(
    introduction: Introduction, code: DeclineCode, given: Iterable[Sponsorship]
) -> object:
    """The values that a reason speaks of; None for a reason that names no field."""
    offer, site, gifts = introduction.offer, introduction.site, list(given)
    lines: list[LineColumns] = [*offer.lines]
    lines += [line for gift in gifts for line in gift.lines]
    sites = [place for place in (offer.site, site) if place]
    whole: list[Offer | Organisation | Sponsorship] = [
        offer,
        introduction.provider,
        introduction.company,
        *gifts,
    ]
    values: dict[DeclineCode, object] = {
        DeclineCode.TOO_FAR: [
            (offer.lat, offer.lon),
            *((s.lat, s.lon, s.radius_km, s.is_radius_hard) for s in sites),
        ],
        DeclineCode.WRONG_TOPIC: [
            *(sorted(thing.topics) for thing in whole),
            *(sorted(line.topics) for line in lines),
        ],
        DeclineCode.WRONG_AUDIENCE: [
            *(sorted(thing.audiences) for thing in whole),
            *(sorted(line.audiences) for line in lines),
        ],
        DeclineCode.AMOUNT_TOO_SMALL: [_amount(line) for line in lines],
        DeclineCode.AMOUNT_TOO_LARGE: [_amount(line) for line in lines],
        DeclineCode.TIME: [_times(line) for line in lines],
        DeclineCode.NO_CAPACITY: [
            party(introduction, side).capacity for side in _decliner(introduction)
        ],
    }
    return values.get(code)


def _amount(line: LineColumns) -> tuple[object, ...]:
    return line.kind, line.item, line.quantity


def _times(line: LineColumns) -> tuple[object, ...]:
    return line.months_from, line.months_to, sorted(line.slots)


def _decliner(introduction: Introduction) -> list[Side]:
    return [introduction.decline_side] if introduction.decline_side else []


def _require_wanted(introduction: Introduction, unwilling: Container[int]) -> None:
    """Refuses what the asking side, or with the office any side, does not want."""
    side = introduction.proposed_by
    if side is not Side.COORDINATION and party(introduction, side).id in unwilling:
        raise Refusal(
            _("Sie möchten diesen Partner nicht. Heben Sie das zuerst wieder auf.")
        )
    if side is Side.COORDINATION and unwilling:
        raise Refusal(_("Eine Seite möchte das nicht. Sprechen Sie erst mit ihr."))


def _require_capacity(introduction: Introduction, unwilling: Container[int]) -> None:
    side = introduction.proposed_by
    carried = carried_counts()
    for other in others(side):
        who = party(introduction, other)
        if carried.get(who.id, 0) >= who.capacity or who.id in unwilling:
            raise Refusal(
                _("%(name)s nimmt gerade keine Anfrage an.", name=who.name)
                + " "
                + _("Wählen Sie einen anderen Partner, oder fragen Sie später wieder.")
            )
    if side is Side.COORDINATION:
        return
    by_offer = side is Side.PROVIDER
    outgoing = live_outgoing_count(
        offer_id=introduction.offer.id if by_offer else None,
        site_id=None if by_offer else introduction.site.id,
    )
    if outgoing >= value_of(Setting.MOST_OUTGOING_INTRODUCTIONS):
        raise Refusal(_("Zu viele Anfragen sind offen. Warten Sie eine Antwort ab."))
