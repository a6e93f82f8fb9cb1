"""The first page of an application: when, on what ground, in which class."""

from collections.abc import Mapping, Sequence

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.forms import StartForm
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import (
    draft_to,
    live_count,
    underway_of,
    usual_answer_days,
)
from marketplace.encounters.applications.services.sending import (
    Wish,
    begin_application,
)
from marketplace.encounters.applications.views.blueprint import blueprint
from marketplace.encounters.applications.views.pupil import after, step_names
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _, format_span, ngettext
from marketplace.foundation.refusals import Refusal, found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.schools.queries import period_ahead_of
from marketplace.postings.internships.models import Internship, Period
from marketplace.postings.internships.queries import internship_by_key
from marketplace.postings.internships.rules import open_periods, takes_applications
from marketplace.postings.lives.rules import can_see
from marketplace.region.labour.enums import Basis
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.queries import value_of
from marketplace.web.access import actor, open_to


@blueprint.route("/praktika/<public:key>/bewerben", methods=["GET", "POST"])
@open_to(Role.PUPIL)
def start(key: str) -> ResponseReturnValue:
    internship = found(internship_by_key(key))

    today = day_of(now())
    permit(can_see(actor(), internship, today))

    periods = open_periods(internship, today)
    sent = _sent_to(internship)
    if request.method == "GET" and (there := _already_there(periods, sent)):
        return redirect(url_for(".show", key=there))

    form = _start_form(internship, periods, sent)
    if not takes_applications(internship) or not form.accepted():
        return _start_page(internship, form), form.status

    try:
        application = begin_application(_wish(form, periods), actor=actor(), at=now())
    except Refusal as refusal:  # told kindly, beside what is possible instead
        return _start_page(internship, form, refusal.sentence), 409

    if application.state is not ApplicationState.DRAFT:
        return redirect(url_for(".show", key=application))
    return redirect(after("zeitraum", application))


@blueprint.app_template_global("own_application")
def own_application(internship: Internship) -> Application | None:
    """What the reader is about with an internship: her draft, else the newest sent."""
    if getattr(actor(), "role", None) is not Role.PUPIL:
        return None
    underway = underway_of(actor(), internship)
    drafts = [it for it in underway if it.state is ApplicationState.DRAFT]
    return next(iter([*drafts, *underway]), None)


@blueprint.app_template_global("usual_days")
def usual_days(internship: Internship) -> int | None:
    """In how many days a company usually answers; None while that cannot be told."""
    return usual_answer_days(internship.organisation_id)


def _sent_to(internship: Internship) -> dict[str, Application]:
    """The reader's applications to an internship, but drafts, by period."""
    return {
        it.period.public_id: it
        for it in underway_of(actor(), internship)
        if it.state is not ApplicationState.DRAFT
    }


def _already_there(
    periods: Sequence[Period], sent: Mapping[str, Application]
) -> Application | None:
    """The application that leaves nothing to begin: for this period, or for each."""
    asked = request.args.get("zeitraum", "")
    if asked in sent or any(period.public_id not in sent for period in periods):
        return sent.get(asked)
    return next(iter(sent.values()), None)


def _start_form(
    internship: Internship,
    periods: Sequence[Period],
    sent: Mapping[str, Application],
) -> StartForm:
    pupil, draft = actor().pupil, draft_to(actor(), internship)
    bases = [basis for basis in Basis if basis in internship.bases]
    asked = request.args.get("zeitraum") or (draft and draft.period.public_id)
    free = [period.public_id for period in periods if period.public_id not in sent]
    fitting = _of_the_class(internship, periods, free)
    first = fitting or (free[0] if len(free) == 1 else None)
    only = bases[0].value if len(bases) == 1 else None
    only = Basis.SCHOOL.value if fitting else only
    return StartForm(
        periods=[
            (period.public_id, _words_of(period, is_sent=period.public_id in sent))
            for period in periods
        ],
        bases=bases,
        asks_state=pupil is None or pupil.school_state is None,
        data={
            "period": asked or first,
            "basis": draft.basis.value if draft else only,
            "class_level": (draft and draft.class_level)
            or (pupil and pupil.class_level),
        },
    )


def _of_the_class(
    internship: Internship, periods: Sequence[Period], free: Sequence[str]
) -> str | None:
    """The first free period within the days on which the reader's class is out."""
    wanted = period_ahead_of(actor(), day_of(now()))
    if wanted is None or Basis.SCHOOL not in internship.bases:
        return None
    fit = (
        period.public_id
        for period in periods
        if period.public_id in free
        and wanted.starts_on <= period.starts_on
        and period.ends_on <= wanted.ends_on
    )
    return next(fit, None)


def _words_of(period: Period, *, is_sent: bool) -> str:
    places = ngettext("ein Platz frei", "%(num)s Plätze frei", period.free_count)
    if not period.free_count:
        places = _("gerade kein Platz frei")
    if is_sent:
        places = _("schon beworben")
    return f"{format_span(period.starts_on, period.ends_on)}, {places}"


def _wish(form: StartForm, periods: Sequence[Period]) -> Wish:
    values = form.values
    chosen = {period.public_id: period for period in periods}
    return Wish(
        period=chosen[values["period"]],
        basis=Basis(values["basis"]),  # type: ignore[call-arg]
        class_level=values["class_level"],
        school_state=values.get("school_state"),
    )


def _start_page(internship: Internship, form: StartForm, refusal: str = "") -> str:
    return render_template(
        "encounters/applications/start.html",
        internship=internship,
        form=form,
        refusal=refusal,
        names=step_names(draft_to(actor(), internship)),
        most=value_of(Setting.MOST_LIVE_APPLICATIONS),
        live_count=live_count(actor()),
        is_open=takes_applications(internship) and bool(form.period.choices),
    )
