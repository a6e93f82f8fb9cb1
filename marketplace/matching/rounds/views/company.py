"""A company enters places of its internships into a round."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _, format_span, ngettext
from marketplace.foundation.refusals import found, permit
from marketplace.matching.rounds.forms import SeatForm
from marketplace.matching.rounds.models import Round
from marketplace.matching.rounds.queries.rounds import round_by_key
from marketplace.matching.rounds.queries.seats import (
    periods_to_enter,
    seat_by_id,
    seats_entered_by,
)
from marketplace.matching.rounds.rules import can_see, is_seat_of, takes_seats
from marketplace.matching.rounds.services.seating import (
    SeatValues,
    enter_seat,
    remove_seat,
)
from marketplace.matching.rounds.views.blueprint import blueprint
from marketplace.matching.rounds.views.public import words_for
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.queries import organisations_of
from marketplace.postings.internships.models import Period
from marketplace.web.access import actor, open_to


@blueprint.route("/verteilrunden/<public:key>/plaetze", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def seats(key: str) -> ResponseReturnValue:
    round_ = found(round_by_key(key))

    permit(can_see(actor(), round_))

    periods = _periods(round_)
    form = SeatForm(periods=[(p.public_id, _words(p)) for p in periods.values()])
    is_done = form.accepted() and not form.refused(
        lambda: enter_seat(round_, _values(form, periods), actor=actor(), at=now())
    )
    if not is_done:
        return _page(round_, form, has_periods=bool(periods)), form.status

    flash(_("Die Plätze stehen in der Runde."))
    return redirect(url_for(".seats", key=round_))


@blueprint.post("/verteilrunden/platz/<id:seat_id>/entfernen")
@open_to(Role.MEMBER)
def remove(seat_id: int) -> ResponseReturnValue:
    seat = found(seat_by_id(seat_id))

    permit(is_seat_of(actor(), seat))

    remove_seat(seat, actor=actor(), at=now())

    flash(_("Die Plätze sind aus der Runde genommen."))
    return redirect(url_for(".seats", key=seat.round))


def _periods(round_: Round) -> dict[str, Period]:
    firms, last_day = organisations_of(actor()), day_of(round_.closes_at)
    found_ones = periods_to_enter(round_, firms, last_day)
    return {period.public_id: period for period in found_ones if period.free_count}


def _words(period: Period) -> str:
    places = ngettext("ein Platz frei", "%(num)s Plätze frei", period.free_count)
    span = format_span(period.starts_on, period.ends_on)
    return f"{period.internship.title}: {span}, {places}"


def _values(form: SeatForm, periods: dict[str, Period]) -> SeatValues:
    values = form.values
    return SeatValues(**values | {"period": periods[values["period"]]})


def _page(round_: Round, form: SeatForm, *, has_periods: bool) -> str:
    return render_template(
        "matching/rounds/seats.html",
        **words_for(round_),
        form=form,
        own=seats_entered_by(round_, organisations_of(actor())),
        has_periods=has_periods and takes_seats(round_, now()),
    )
