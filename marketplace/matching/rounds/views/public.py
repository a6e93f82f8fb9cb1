"""What everybody reads of a round: who, when, which places, how, and what came."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.matching.rounds.enums import FEWEST_WISHES, MAIN, RULES, RoundScope
from marketplace.matching.rounds.models import Round, RoundEntry, RoundSeat
from marketplace.matching.rounds.queries.entries import (
    entries_of_children,
    entry_count,
    entry_of,
)
from marketplace.matching.rounds.queries.frozen import outcomes_of
from marketplace.matching.rounds.queries.rounds import (
    LAST_CLOSED_FIRST,
    all_rounds,
    announced_rounds,
    round_by_key,
    sealed_round,
)
from marketplace.matching.rounds.queries.seats import (
    BY_NUMBER,
    places_of,
    seats_of,
    seats_of_internship,
)
from marketplace.matching.rounds.rules import (
    can_see,
    is_coordinator,
    is_out,
    takes_entries,
    takes_seats,
)
from marketplace.matching.rounds.services.joining import can_join
from marketplace.matching.rounds.views.blueprint import blueprint
from marketplace.matching.rounds.views.figures import told_of
from marketplace.people.accounts.enums import Role
from marketplace.postings.internships.models import Internship
from marketplace.region.places.queries import all_districts, district_by_ags
from marketplace.web.access import EVERYONE, actor, open_to
from marketplace.web.pages import page_of


@blueprint.get("/verteilrunden")
@open_to(EVERYONE)
def index() -> ResponseReturnValue:
    query = all_rounds() if is_coordinator(actor()) else announced_rounds()

    page = page_of(query, by=LAST_CLOSED_FIRST, after=request.args.get("nach"))

    names = {one.ags: one.name for one in db.session.scalars(all_districts())}
    return render_template(
        "matching/rounds/index.html",
        page=page,
        scopes={one.id: scope_of(one, names) for one in page.rows},
        is_office=is_coordinator(actor()),
    )


@blueprint.get("/verteilrunden/<public:key>")
@open_to(EVERYONE)
def show(key: str) -> ResponseReturnValue:
    round_ = found(round_by_key(key))

    permit(can_see(actor(), round_))

    query, after = seats_of(round_), request.args.get("nach")
    page = page_of(query, by=BY_NUMBER, after=after, ascending=True)

    return render_template(
        "matching/rounds/show.html",
        **words_for(round_),
        page=page,
        **_outcome(round_, page.rows),
        **_own(round_),
    )


def scope_of(round_: Round, districts: Mapping[str, str]) -> str:
    """For whom a round is, in words; `districts` are names by key."""
    if round_.school:
        return str(round_.school.name)
    if round_.scope is RoundScope.DISTRICT:
        return districts.get(round_.district_ags or "", "")
    return _("die ganze Region")


def words_for(round_: Round) -> dict[str, Any]:
    """What every page of a round tells."""
    seat_count, place_count = places_of(round_)
    district = district_by_ags(round_.district_ags or "")
    names = {district.ags: district.name} if district else {}
    return {
        "round": round_,
        "scope": scope_of(round_, names),
        "rule": RULES[round_.rule],
        "seat_count": seat_count,
        "place_count": place_count,
        "takes_seats": takes_seats(round_, now()),
        "takes_entries": takes_entries(round_, now()),
    }


def _outcome(round_: Round, seats: Sequence[RoundSeat]) -> dict[str, Any]:
    """What came of it, once it is out: the seed, numbers, and who came last where."""
    if not is_out(round_):
        return {"seed": "", "cutoffs": {}, "told": None, "late": None}
    outcomes = outcomes_of(round_, MAIN, [seat.seat_no for seat in seats])
    return {
        "seed": sealed_round(round_.id).seed,
        "cutoffs": {
            number: one
            for number, one in outcomes.items()
            if one.wish_count >= FEWEST_WISHES and one.cutoff_lot
        },
        "told": told_of(round_.figures.get(round_.rule.value, {}), round_.rule),
        "late": told_of(round_.figures.get("late", {}), round_.rule),
    }


def _own(round_: Round) -> dict[str, Any]:
    """What a round is to its reader: her own entry, her children's, or a way in."""
    role = getattr(actor(), "role", None)
    entry: RoundEntry | None = None
    children: list[RoundEntry] = []
    is_for_her = False
    if role is Role.PUPIL:
        entry = entry_of(round_, actor())
        is_for_her = can_join(actor(), round_)
    elif role is Role.GUARDIAN:
        mine = entries_of_children(actor(), day_of(now()))
        children = [one for one in mine if one.round_id == round_.id]
    is_office = is_coordinator(actor())
    return {
        "entry": entry,
        "children": children,
        "is_for_her": is_for_her,
        "role": role,
        "is_office": is_office,
        "entries": entry_count(round_) if is_office else 0,
    }


@blueprint.app_template_global("round_seats_of")
def round_seats_of(internship: Internship) -> list[RoundSeat]:
    """The places of an internship that a round gives away, as its page tells."""
    return list(seats_of_internship(internship))
