"""What of an application the company reads: these lines, and not one more."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import format_date
from sqlalchemy import select

from marketplace.encounters.applications.enums import (
    GIVEN_UP,
    ApplicationState,
    CancelCode,
)
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.rules import age_band, is_accepted, is_minor
from marketplace.encounters.applications.services.legality import dropped_days
from marketplace.foundation.clock import day_of, end_of
from marketplace.foundation.contacts import masked
from marketplace.foundation.database import db
from marketplace.foundation.language import _, format_span
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Organisation
from marketplace.postings.internships.models import Internship
from marketplace.region.places.queries import district_by_ags, place_for

BARE_LINES = 30


@dataclass(frozen=True)
class Line:
    """One line as it is shown: its name and its words."""

    name: str
    words: str


@dataclass(frozen=True)
class BareLine:
    """What a company keeps of a place that was given up: no name, no field."""

    day: date
    title: str
    state: ApplicationState
    # The reason of the company itself; that of the other side it never learns.
    code: CancelCode | None


def bare_lines_to(organisations: Iterable[Organisation]) -> list[BareLine]:
    """The newest places given up after a promise, of companies that are verified."""
    query = (
        select(
            Application.changed_at,
            Internship.title,
            Application.state,
            Application.cancel_code,
        )
        .join(Application.internship)
        .join(Internship.organisation)
        .where(
            Internship.organisation_id.in_([own.id for own in organisations]),
            Organisation.state == OrganisationState.VERIFIED,
            Application.handed_over_at.is_not(None),
            Application.state.in_(GIVEN_UP),
        )
        .order_by(Application.changed_at.desc(), Application.id.desc())
        .limit(BARE_LINES)
    )
    own = ApplicationState.CANCELLED_BY_COMPANY
    return [
        BareLine(day_of(at), title, state, code if state is own else None)
        for at, title, state, code in db.session.execute(query)
    ]


def lines_for_company(application: Application, day: date) -> list[Line]:
    """The lines the company reads now: more of them once it has offered a place."""
    lines = list(_before(application, day))
    return (
        [*lines, *lines_after(application, day)] if is_accepted(application) else lines
    )


def lines_after(application: Application, day: date) -> list[Line]:
    """What the company learns only with its offer; no guardian's number from 18 on."""
    lines = [Line(_("Name"), application.pupil.name)]
    if application.guardian_phone and is_minor(application, day):
        lines.append(Line(_("Telefon der Eltern"), application.guardian_phone))
    return lines


def lines_before(application: Application, day: date) -> list[Line]:
    """What the company reads before it offers a place; empty lines are left out."""
    return list(_before(application, day))


def _before(application: Application, day: date) -> Iterator[Line]:
    pupil = application.pupil.pupil
    period = application.period
    yield Line(_("Vorname"), application.pupil.first_name)
    if application.class_level:
        yield Line(_("Klasse"), str(application.class_level))
    elif pupil:
        yield Line(_("Alter"), age_band(pupil.birth_on, day))
    if application.school_kind:
        yield Line(_("Schulart"), str(application.school_kind.label))
    district = _district(pupil.town if pupil else "")
    if district:
        yield Line(_("Landkreis"), district)
    yield Line(_("Zeitraum"), format_span(period.starts_on, period.ends_on))
    dropped = [it.day for it in dropped_days(application, at=end_of(day)) if it.day]
    if dropped:
        days = "; ".join(format_date(left_out, "full") for left_out in dropped)
        yield Line(_("Ohne diese Tage"), days)
    yield Line(_("Art"), str(application.basis.label))
    if application.interests:
        topics = sorted(str(topic.label) for topic in application.interests)
        yield Line(_("Interessen"), ", ".join(topics))
    if application.motivation:
        yield Line(_("Warum"), masked(application.motivation))
    if application.question:
        yield Line(_("Frage"), str(application.question.label))


def _district(town: str) -> str:
    place = place_for(town) if town else None
    district = place and district_by_ags(place.district_ags or "")
    return district.name if district else ""
