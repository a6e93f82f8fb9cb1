"""The list of a class for the office of the school: what it may see, no more."""

from collections.abc import Sequence

from flask_babel import format_date

from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.rules import is_accepted
from marketplace.encounters.placements.services.overview import Overview, Standing
from marketplace.foundation.language import _
from marketplace.foundation.spreadsheets_writing import Table, csv_of, xlsx_of
from marketplace.people.schools.models import SchoolClass


def list_as_csv(overview: Overview) -> bytes:
    """The class as CSV."""
    return csv_of(_headings(), [_row(it) for it in overview.standings])


def list_as_xlsx(own: SchoolClass, overview: Overview) -> bytes:
    """The same as a workbook."""
    rows = [_row(it) for it in overview.standings]
    above = [[_("Klasse %(name)s", name=own.name), own.school.name]]
    return xlsx_of(Table(_("Praktikum"), _headings(), rows, above))


def _headings() -> Sequence[str]:
    return [
        _("Nachname"),
        _("Vorname"),
        _("Stand"),
        _("Betrieb"),
        _("Ort"),
        _("Erster Tag"),
        _("Letzter Tag"),
        _("Betreuung im Betrieb"),
        _("Schule bestätigt am"),
        _("Besuch am"),
    ]


def _row(standing: Standing) -> Sequence[str]:
    person, application = standing.member.user, standing.application
    names = [person.surname, person.first_name]
    if application is None:
        return [*names, _("noch kein Platz"), *[""] * 7]
    internship, period = application.internship, application.period
    confirmed_at = application.school_confirmed_at
    return [
        *names,
        str(application.state.label),
        internship.organisation.name,
        internship.place_name or "",
        format_date(period.starts_on),
        format_date(period.ends_on),
        _supervisors(application),
        format_date(confirmed_at) if confirmed_at else "",
        format_date(standing.visit.visit_on) if standing.visit else "",
    ]


def _supervisors(application: Application) -> str:
    """Who looks after her there; the school learns it with the offer (table 5)."""
    people = application.internship.supervisors if is_accepted(application) else []
    return ", ".join(f"{it.first_name} ({it.function})" for it in people)
