"""The company keeps its list; a pupil says otherwise; somebody ends it early."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.enums import (
    COMPANY_REASONS,
    OWN_REASONS,
    Act,
    Side,
)
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import application_by_key, is_child_of
from marketplace.encounters.applications.rules import (
    can_move,
    is_company_of,
    is_pupil_of,
)
from marketplace.encounters.attendances.enums import ANSWERS, Presence
from marketplace.encounters.attendances.forms import BreakForm, ContradictionForm
from marketplace.encounters.attendances.queries import (
    attendance_by_id,
    attendances_of,
    coming_in,
    noted_on,
)
from marketplace.encounters.attendances.services.attending import (
    contradict as say_otherwise,
)
from marketplace.encounters.attendances.services.attending import note_presence
from marketplace.encounters.attendances.services.breaking import break_off as end_early
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.rules import is_member, is_verified
from marketplace.postings.internships.models import Period
from marketplace.postings.internships.queries import period_by_key
from marketplace.postings.internships.rules import work_days_of
from marketplace.region.calendar.queries import calendar_of
from marketplace.web.access import actor, open_to

blueprint = Blueprint("attendances", __name__)
FOLDER = "encounters/attendances"


@blueprint.route("/bewerbungen/liste/<public:key>", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def attendance(key: str) -> ResponseReturnValue:
    period = found(period_by_key(key))

    organisation = period.internship.organisation
    permit(is_member(actor(), organisation) and is_verified(organisation))

    placements = coming_in(period)
    days = _days_so_far(period)
    day = _chosen(days)
    if request.method == "GET" or day is None:
        return _list_page(period, placements, days, day)

    for application in placements:
        if chosen := request.form.get(application.public_id):
            presence = _presence(chosen)
            note_presence(application, day, presence, actor=actor(), at=now())

    flash(_("Gespeichert."))
    return redirect(url_for(".attendance", key=period, tag=day.isoformat()))


@blueprint.route("/bewerbungen/<public:key>/tage/<id:number>", methods=["GET", "POST"])
@open_to(Role.PUPIL)
def contradict(key: str, number: int) -> ResponseReturnValue:
    application = found(application_by_key(key))

    note = found(attendance_by_id(number))
    permit(is_pupil_of(actor(), application) and note.application is application)

    form = ContradictionForm(ways=ANSWERS[note.presence])
    if not form.accepted():
        page = render_template(
            f"{FOLDER}/contradict.html", application=application, note=note, form=form
        )
        return page, form.status

    say_otherwise(note, form.contradiction.data, actor=actor(), at=now())

    flash(_("Angekommen. Der Tag zählt nicht gegen dich."))
    return redirect(url_for("applications.show", key=application))


@blueprint.route("/bewerbungen/<public:key>/abbrechen", methods=["GET", "POST"])
@open_to(Role.PUPIL, Role.GUARDIAN, Role.MEMBER)
def break_off(key: str) -> ResponseReturnValue:
    application = found(application_by_key(key))

    side = _side_in(application)
    permit(side is not None and can_move(side, application, Act.BREAK_OFF))

    form = BreakForm(codes=COMPANY_REASONS if side is Side.COMPANY else OWN_REASONS)
    if not form.accepted():
        page = render_template(
            f"{FOLDER}/break_off.html", application=application, form=form, side=side
        )
        return page, form.status

    end_early(application, form.code.data, side=found(side), actor=actor(), at=now())

    flash(_("Das Praktikum ist beendet. Alle Beteiligten bekommen Bescheid."))
    return redirect(url_for("applications.show", key=application))


@blueprint.app_template_global("days_noted")
def days_noted(application: Application) -> Sequence[object]:
    """What was noted about the days of a placement."""
    return attendances_of(application)


def _side_in(application: Application) -> Side | None:
    """As whom the reader takes part in a placement; None for strangers."""
    reader = actor()
    if is_pupil_of(reader, application):
        return Side.PUPIL
    if is_company_of(reader, application):
        return Side.COMPANY
    is_guardian = reader.role is Role.GUARDIAN
    if is_guardian and is_child_of(application, reader, day_of(now())):
        return Side.GUARDIAN
    return None


def _days_so_far(period: Period) -> list[date]:
    """The days of a period up to today, without public holidays."""
    calendar = calendar_of(period.starts_on, period.ends_on)
    today = day_of(now())
    return [day for day in work_days_of(period, calendar) if day <= today]


def _chosen(days: Sequence[date]) -> date | None:
    """The day that is asked for, else the last one; none before the first day."""
    asked = request.args.get("tag", "")
    return next((d for d in days if d.isoformat() == asked), days[-1] if days else None)


def _presence(chosen: str) -> Presence:
    """The mark that was sent; what is none of them is a bad request."""
    try:
        return Presence(chosen)  # type: ignore[call-arg]
    except ValueError:
        abort(400)


def _list_page(
    period: Period,
    placements: Sequence[Application],
    days: Sequence[date],
    day: date | None,
) -> str:
    return render_template(
        f"{FOLDER}/attendance.html",
        period=period,
        placements=placements,
        days=days,
        day=day,
        notes=noted_on(placements, day) if day else {},
        presences=list(Presence),
    )
