from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from marketplace.foundation.clock import day_of, end_of, now
from marketplace.foundation.language import _, format_span
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import organisation_of
from marketplace.people.organisations.rules import is_member
from marketplace.postings.internships.forms import (
    InternshipForm,
    entries_of,
    first_entries,
)
from marketplace.postings.internships.models import Internship, Period
from marketplace.postings.internships.queries import (
    internship_by_key,
    internships_of,
    narrowed_internships,
    occupations_to_choose,
)
from marketplace.postings.internships.rules import (
    gaps,
    is_open_on,
    open_periods,
    takes_applications,
)
from marketplace.postings.internships.services import (
    move_internship,
    require_revisable,
    revise_internship,
    write_internship,
)
from marketplace.postings.lives.enums import DONE, Act
from marketplace.postings.lives.forms import ListFilters, ReturnForm
from marketplace.postings.lives.rules import (
    act_named,
    acts_for,
    can_revise,
    can_see,
    sign_for,
    works_on,
)
from marketplace.postings.lives.services import confirm_posting
from marketplace.postings.lives.views import listing_of, locator_of, map_of_listing
from marketplace.region.calendar.enums import DayKind
from marketplace.region.calendar.queries import calendar_of
from marketplace.region.calendar.tables import Calendar
from marketplace.region.labour.enums import Basis
from marketplace.web.access import EVERYONE, actor, open_to
from marketplace.web.forms import Difference

blueprint = Blueprint("internships", __name__, url_prefix="/praktika")


@dataclass(frozen=True)
class PeriodLine:
    """A period as its page shows it; `holidays` names those it begins in."""

    period: Period
    span: str
    days: str
    holidays: str
    is_open: bool


@blueprint.get("")
@open_to(EVERYONE)
def index() -> ResponseReturnValue:
    filters = ListFilters(request.args, kinds=Basis)
    today = day_of(now())

    listing = listing_of(Internship, filters, narrow=narrowed_internships, today=today)

    return render_template(
        "postings/internships/index.html",
        filters=filters,
        listing=listing,
        map=map_of_listing(listing, filters),
        is_map=filters.is_map,
        open_periods=lambda internship: open_periods(internship, today),
    )


@blueprint.get("/<public:key>")
@open_to(EVERYONE)
def show(key: str) -> ResponseReturnValue:
    internship = found(internship_by_key(key))

    permit(can_see(actor(), internship))

    return _page(internship, ReturnForm(formdata=None)), 200


@blueprint.route("/neu", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def new() -> ResponseReturnValue:
    organisation = found(organisation_of(actor()))

    form = _form(organisation, first_entries(organisation.sites))
    if not form.accepted():
        page = render_template(
            "postings/internships/new.html", form=form, organisation=organisation
        )
        return page, form.status

    internship = write_internship(organisation, form.entry, actor=actor(), at=now())

    flash(_("Ihr Entwurf ist gespeichert. Noch sieht ihn niemand sonst."))
    return redirect(url_for(".show", key=internship))


@blueprint.route("/<public:key>/bearbeiten", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def edit(key: str) -> ResponseReturnValue:
    internship = found(internship_by_key(key))

    permit(works_on(actor(), internship))
    require_revisable(internship, actor=actor())

    form = _form(internship.organisation, entries_of(internship))
    if form.is_submitted() and form.is_overtaken(internship):
        stored = _form(internship.organisation, entries_of(internship), formdata=None)
        differences = form.differences(stored)
        form.take_version_of(internship)
        return _edit_page(internship, form, differences), 409
    if not form.accepted():
        return _edit_page(internship, form), form.status

    entry = form.entry
    if form.refused(
        lambda: revise_internship(internship, entry, actor=actor(), at=now())
    ):
        return _edit_page(internship, form), 409

    flash(_("Ihre Änderungen sind gespeichert."))
    return redirect(url_for(".show", key=internship))


@blueprint.post("/<public:key>/schritt/<act>")
@open_to(Role.MEMBER, Role.COORDINATOR)
def move(key: str, act: str) -> ResponseReturnValue:
    internship, step = found(internship_by_key(key)), found(act_named(act))

    permit(works_on(actor(), internship))

    form = ReturnForm()
    if step is Act.RETURN and not form.accepted():
        return _page(internship, form), form.status
    words = form.words.data or ""
    move_internship(internship, step, actor=actor(), at=now(), words=words)

    flash(str(DONE[step]))
    return redirect(url_for(".show", key=internship))


@blueprint.post("/<public:key>/bestaetigen")
@open_to(Role.MEMBER)
def confirm(key: str) -> ResponseReturnValue:
    internship = found(internship_by_key(key))

    permit(works_on(actor(), internship))

    confirm_posting(internship, actor=actor(), at=now())

    flash(_("Danke. Ihr Eintrag gilt als aktuell."))
    return redirect(url_for(".show", key=internship))


@blueprint.get("/meine")
@open_to(Role.MEMBER)
def mine() -> ResponseReturnValue:
    organisation = found(organisation_of(actor()))

    today = day_of(now())
    internships = internships_of(organisation)

    return render_template(
        "postings/internships/mine.html",
        organisation=organisation,
        internships=internships,
        open_periods=lambda internship: open_periods(internship, today),
    )


def _page(internship: Internship, form: ReturnForm) -> str:
    today = day_of(now())
    lines = _lines(internship, today)
    return render_template(
        "postings/internships/show.html",
        internship=internship,
        sign=sign_for(internship),
        lines=lines,
        map=locator_of(internship),
        is_applied_for=_is_applied_for(internship, lines),
        acts=acts_for(actor(), internship),
        own=_own(internship, today),
        return_form=form,
        json_ld=_job_posting(internship, lines),
    )


def _own(internship: Internship, today: date) -> dict[str, Any]:
    """What those see who work on it."""
    return {
        "can_revise": can_revise(actor(), internship),
        "is_mine": is_member(actor(), internship.organisation),
        "gaps": gaps(internship, today) if works_on(actor(), internship) else [],
        "link": lambda act: url_for(".move", key=internship, act=act),
    }


def _form(
    organisation: Organisation, entries: dict[str, Any], **rest: Any
) -> InternshipForm:
    return InternshipForm(
        sites=organisation.sites,
        occupations=occupations_to_choose(),
        data=entries,
        **rest,
    )


def _edit_page(
    internship: Internship,
    form: InternshipForm,
    differences: Sequence[Difference] = (),
) -> str:
    return render_template(
        "postings/internships/edit.html",
        internship=internship,
        organisation=internship.organisation,
        form=form,
        differences=differences,
    )


def _lines(internship: Internship, today: date) -> list[PeriodLine]:
    """The periods that are not over, with the school holidays they begin in."""
    periods = [p for p in internship.periods if p.is_open and p.ends_on >= today]
    if not periods:
        return []
    calendar = calendar_of(periods[0].starts_on, max(p.ends_on for p in periods))
    return [
        PeriodLine(
            period,
            span=format_span(period.starts_on, period.ends_on),
            days=", ".join(format_date(date.fromisoformat(d)) for d in period.days),
            holidays=_holidays(calendar, internship, period),
            is_open=is_open_on(period, today),
        )
        for period in periods
    ]


def _holidays(calendar: Calendar, internship: Internship, period: Period) -> str:
    state = internship.state_code
    if state is None:
        return ""
    names = calendar.names_of(state, period.starts_on, DayKind.SCHOOL_HOLIDAY)
    told = [_("%(name)s in %(state)s", name=name, state=state.label) for name in names]
    return "".join(told[:1])


def _is_applied_for(internship: Internship, lines: Sequence[PeriodLine]) -> bool:
    """Says whether the reader could be the one to apply."""
    is_open = takes_applications(internship) and any(line.is_open for line in lines)
    return is_open and getattr(actor(), "role", Role.PUPIL) is Role.PUPIL


def _job_posting(
    internship: Internship, lines: Sequence[PeriodLine]
) -> dict[str, Any] | None:
    """What search engines read (schema.org JobPosting); hints never have it."""
    days = [
        line.period.apply_until or line.period.starts_on
        for line in lines
        if line.is_open
    ]
    if not takes_applications(internship) or not internship.published_at or not days:
        return None
    return {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": internship.title,
        "description": internship.description,
        "datePosted": day_of(internship.published_at).isoformat(),
        "validThrough": end_of(max(days)).isoformat(),
        "employmentType": "INTERN",
        "directApply": True,
        "hiringOrganization": {
            "@type": "Organization",
            "name": internship.organisation.name,
        },
        "jobLocation": {"@type": "Place", "address": _postal_address(internship)},
    }


def _postal_address(internship: Internship) -> dict[str, Any]:
    return {
        "@type": "PostalAddress",
        "addressLocality": internship.place_name,
        "postalCode": internship.postal_code or "",
        "addressRegion": str(internship.state_code),
        "addressCountry": "DE",
    }
