from calendar import monthrange
from datetime import date, datetime, timedelta

from marketplace.encounters.introductions.enums import Side
from marketplace.encounters.introductions.rules import sides_of as sides_in
from marketplace.encounters.partnerships.enums import (
    MOVES,
    RUNNING,
    Act,
    Moment,
    PartnershipState,
    Renewal,
)
from marketplace.encounters.partnerships.models import (
    Partnership,
    PartnershipFeedback,
    PartnershipLine,
)
from marketplace.foundation.clock import day_of
from marketplace.people.accounts.models import User
from marketplace.people.organisations.enums import OrganisationKind
from marketplace.people.organisations.rules import is_safeguarded
from marketplace.region.lines.enums import NEEDS_SAFEGUARDING, LineKind
from marketplace.region.lines.rules import LineEntry, words_of

# Both confirm within so many days; reminders after 14 and 28.
ARRANGING_DAYS = 28
REMINDER_DAYS = (14, 28)
# Before the last day; what is shorter in all is not asked.
RENEWAL_DAYS = 60
# After the first date, and how long an answer stays hidden from the other side.
FEEDBACK_DAYS = 14


def sides_of(actor: User | None, partnership: Partnership) -> frozenset[Side]:
    """As whom a person acts in a partnership; empty for whom it is not."""
    return sides_in(actor, partnership.introduction)


def can_see(actor: User | None, partnership: Partnership) -> bool:
    """Says whether a partnership exists for a person."""
    return bool(sides_of(actor, partnership))


def has_confirmed(partnership: Partnership, side: Side) -> bool:
    """Says whether a side has confirmed lines, quantities and days."""
    if side is Side.PROVIDER:
        return partnership.provider_ok_at is not None
    return side is Side.COMPANY and partnership.company_ok_at is not None


def can_act(side: Side, partnership: Partnership, act: Act) -> bool:
    """Says whether the table has this step for this side, as things stand."""
    move = MOVES.get((partnership.state, act))
    if move is None or side not in move.by:
        return False
    if act is Act.RENEW:
        return partnership.renewal_asked_at is not None
    is_for_it = act is not Act.DECIDE or is_with_school(partnership)
    return is_for_it and not (act is Act.CONFIRM and has_confirmed(partnership, side))


def is_running(partnership: Partnership) -> bool:
    """Says whether it is arranged or active."""
    return partnership.state in RUNNING


def is_with_school(partnership: Partnership) -> bool:
    """Says whether the head teacher has to decide."""
    return OrganisationKind.SCHOOL in partnership.provider.kinds


def lacks_decision(partnership: Partnership) -> bool:
    """Says whether a school has not recorded the decision yet."""
    return is_with_school(partnership) and partnership.decided_on is None


def is_guarded(kind: LineKind, partnership: Partnership, day: date) -> bool:
    """Says whether the declaration on minors is there that day, if a kind needs it."""
    return kind not in NEEDS_SAFEGUARDING or is_safeguarded(partnership.company, day)


def lacks_declaration(partnership: Partnership, day: date) -> bool:
    """Says whether a line may not begin without the declaration of the company."""
    return not all(is_guarded(one.kind, partnership, day) for one in partnership.lines)


def is_public(partnership: Partnership) -> bool:
    """Says whether both wish that it is shown, and it came to life."""
    wish = partnership.is_shown_by_provider and partnership.is_shown_by_company
    return wish and partnership.state in {
        PartnershipState.ACTIVE,
        PartnershipState.DONE,
    }


def moments_open(partnership: Partnership, today: date) -> list[Moment]:
    """At which moments the sides may tell how it went by now."""
    first = partnership.first_on
    last = day_of(partnership.ended_at) if partnership.ended_at else today
    has_begun = bool(partnership.active_at and first and first <= min(today, last))
    is_over = partnership.active_at is not None and not is_running(partnership)
    moments = [(Moment.FIRST, has_begun), (Moment.END, is_over)]
    return [moment for moment, is_open in moments if is_open]


def can_read(
    reader: Side, feedback: PartnershipFeedback, partnership: Partnership, at: datetime
) -> bool:
    """Says whether a side reads this answer: own, or old, or both told."""
    told = {f.side for f in partnership.feedback if f.moment is feedback.moment}
    is_old = at >= feedback.given_at + timedelta(days=FEEDBACK_DAYS)
    is_both = {Side.PROVIDER, Side.COMPANY} <= told
    return reader in {feedback.side, Side.COORDINATION} or is_both or is_old


def wish_of(partnership: Partnership, side: Side) -> Renewal | None:
    """What a side answered to the question whether it goes on."""
    if side is Side.PROVIDER:
        return partnership.provider_renewal
    return partnership.company_renewal


def next_term(first: date, last: date) -> tuple[date, date]:
    """The days of the term that follows one: as long, whole months as whole months."""
    start = last + timedelta(days=1)
    if start.day != first.day:
        return start, last + (start - first)
    months = (start.year - first.year) * 12 + start.month - first.month
    return start, _months_after(start, months) - timedelta(days=1)


def goes_on_changed(partnership: Partnership) -> bool:
    """Says whether both want to go on, at least one of them in another way."""
    wishes = {partnership.provider_renewal, partnership.company_renewal}
    return Renewal.CHANGE in wishes and wishes <= {Renewal.CHANGE, Renewal.RENEW}


def line_words(line: PartnershipLine) -> str:
    """What is agreed in a few words: "8 × Lötstation"."""
    return words_of(LineEntry(kind=line.kind, item=line.item, quantity=line.quantity))


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
