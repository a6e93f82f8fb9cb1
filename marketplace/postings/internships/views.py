from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, url_for
from flask_babel import format_date
from sqlalchemy import Select

from marketplace.foundation.clock import day_of, end_of, now
from marketplace.foundation.language import _, format_span
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.models import Organisation
from marketplace.people.schools.models import ClassPeriod
from marketplace.people.schools.queries import period_ahead_of
from marketplace.postings.internships.forms import (
    InternshipForm,
    entries_of,
    first_entries,
)
from marketplace.postings.internships.models import Internship, Period
from marketplace.postings.internships.queries import (
    candidate_columns,
    internships_of,
    narrowed_internships,
    occupations_to_choose,
    soonest_first,
)
from marketplace.postings.internships.rules import (
    gaps,
    is_inside,
    is_open_on,
    last_day_to_apply,
    open_periods,
    place_in_order,
    takes_applications,
)
from marketplace.postings.internships.services import (
    copy_internship,
    move_internship,
    revise_internship,
    write_internship,
)
from marketplace.postings.lives.forms import FittingFilters
from marketplace.postings.lives.queries import Narrowing
from marketplace.postings.lives.rules import works_on
from marketplace.postings.lives.views.kinds import Kind
from marketplace.postings.lives.views.machines import organiser_of, place_of
from marketplace.postings.lives.views.reading import Fit
from marketplace.postings.lives.views.routes import serve
from marketplace.region.calendar.queries import school_holidays
from marketplace.region.calendar.tables import Span
from marketplace.region.labour.enums import Basis
from marketplace.region.occupations.rules import story_of
from marketplace.web.access import actor
from marketplace.web.pages import Stage

blueprint = Blueprint("internships", __name__, url_prefix="/praktika")


@dataclass(frozen=True)
class PeriodLine:
    """A period as its page shows it; `holidays` names those it begins in."""

    period: Period
    span: str
    days: str
    holidays: str
    is_open: bool


def _form(
    organisation: Organisation, internship: Internship | None, **rest: Any
) -> InternshipForm:
    stored = entries_of(internship) if internship else first_entries(organisation.sites)
    return InternshipForm(
        sites=organisation.sites,
        occupations=occupations_to_choose(),
        data=stored,
        **rest,
    )


def _details(internship: Internship) -> dict[str, Any]:
    today = day_of(now())
    lines = _lines(internship, today)
    is_own = works_on(actor(), internship)
    return {
        "lines": lines,
        "is_applied_for": _is_applied_for(internship, lines),
        "gaps": gaps(internship, today) if is_own else [],
        "story_of": story_of,
        "json_ld": _job_posting(internship, lines),
    }


def _words() -> dict[str, Any]:
    today = day_of(now())
    return {
        "open_periods": lambda internship: open_periods(internship, today),
        "class_period": lambda: _class_period(today),
        "reasons_of": partial(_reasons, today),
    }


def _reasons(
    today: date, internship: Internship, filters: FittingFilters, km: int | None
) -> list[str]:
    """What of an internship fits what was entered: days, topics, the way."""
    by = filters.narrowing(None)
    spans = [(p.starts_on, p.ends_on) for p in open_periods(internship, today)]
    fitting = [format_span(*span) for span in spans if is_inside(span, by)]
    days = fitting[0] if fitting else ""
    shared = [str(topic.label) for topic in sorted(internship.topics & by.topics)]
    near = _("%(km)s km", km=km) if km is not None else ""
    return [reason for reason in (days, ", ".join(shared[:2]), near) if reason]


def _stages(found: Select[Internship], by: Narrowing, day: date) -> list[Stage]:
    """The list by the day they begin, as it is read page by page."""
    return [Stage(*part) for part in soonest_first(found, by, day)]


def _class_period(today: date) -> ClassPeriod | None:
    """When the class of the reader is out next, if she is a pupil in one."""
    is_pupil = getattr(actor(), "role", None) is Role.PUPIL
    return period_ahead_of(actor(), today) if is_pupil else None


def _lines(internship: Internship, today: date) -> list[PeriodLine]:
    """The periods that are not over, with the school holidays they begin in."""
    periods = [p for p in internship.periods if p.is_open and p.ends_on >= today]
    if not periods:
        return []
    begins = [period.starts_on for period in periods]
    holidays = school_holidays(internship.state_code, min(begins), max(begins))
    return [
        PeriodLine(
            period,
            span=format_span(period.starts_on, period.ends_on),
            days=", ".join(format_date(date.fromisoformat(d)) for d in period.days),
            holidays=_holidays(holidays, period),
            is_open=is_open_on(period, today),
        )
        for period in periods
    ]


def _holidays(spans: Sequence[Span], period: Period) -> str:
    """The school holidays in which a period begins, in words."""
    named = (s for s in spans if s.starts_on <= period.starts_on <= s.ends_on)
    told = (_("%(name)s in %(state)s", name=s.name, state=s.state.label) for s in named)
    return next(told, "")


def _is_applied_for(internship: Internship, lines: Sequence[PeriodLine]) -> bool:
    """Says whether the reader could be the one to apply."""
    is_open = takes_applications(internship) and any(line.is_open for line in lines)
    return is_open and getattr(actor(), "role", Role.PUPIL) is Role.PUPIL


def _job_posting(
    internship: Internship, lines: Sequence[PeriodLine]
) -> dict[str, Any] | None:
    """What search engines read (schema.org JobPosting); hints never have it."""
    days = [last_day_to_apply(line.period) for line in lines if line.is_open]
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
        "url": url_for(".show", key=internship, _external=True),
        "identifier": {
            "@type": "PropertyValue",
            "name": internship.organisation.name,
            "value": internship.public_id,
        },
        "hiringOrganization": organiser_of(internship),
        "jobLocation": place_of(internship),
    }


KIND = Kind(
    model=Internship,
    folder="internships",
    choices=Basis,
    narrow=narrowed_internships,
    own=internships_of,
    form=_form,
    write=write_internship,
    revise=revise_internship,
    move=move_internship,
    copy=copy_internship,
    details=_details,
    words=_words,
    filters=FittingFilters,
    fit=Fit(candidate_columns, place_in_order),
    stages=_stages,
)
serve(blueprint, KIND)
