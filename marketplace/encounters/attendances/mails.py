from typing import Any

from flask_babel import force_locale, format_date, format_time

from marketplace.encounters.applications.enums import ApplicationState, Side
from marketplace.encounters.applications.models import Application
from marketplace.encounters.attendances.models import Attendance
from marketplace.foundation.language import format_span
from marketplace.foundation.language import in_german as _
from marketplace.postings.internships.models import Internship
from marketplace.upkeep.mail.models import Letter, LinkRequest


def eve(application: Application, link: LinkRequest) -> Letter:
    """Tells the pupil of tomorrow; with the link she gives the place back."""
    subject = _("Morgen geht es los: %(title)s", title=application.internship.title)
    return Letter("placement_eve", subject, _of_tomorrow(application), link)


def eve_guardian(application: Application, link: LinkRequest) -> Letter:
    """Tells the guardian of tomorrow, with the same link."""
    name = application.pupil.first_name
    subject = _("Morgen beginnt das Praktikum von %(name)s", name=name)
    return Letter("placement_eve_guardian", subject, _of_tomorrow(application), link)


def eve_company(application: Application, count: int) -> Letter:
    """Tells the company how many come tomorrow; who, stands on its list."""
    subject = _("Morgen beginnt: %(title)s", title=application.internship.title)
    words = {"count": count, "period": application.period.public_id}
    return Letter("placement_eve_company", subject, _words(application) | words)


def day_noted(note: Attendance) -> Letter:
    """Tells the pupil what was noted about a day, and how to say that it was not so."""
    subject = _("Eingetragen für %(day)s", day=_day(note))
    words = {"day": _day(note), "presence": _(note.presence.label)}
    return Letter("placement_noted", subject, _words(note.application) | words)


def day_missed_guardian(note: Attendance) -> Letter:
    """Tells the guardian that a child did not come, and nobody knew why."""
    name = note.application.pupil.first_name
    subject = _("%(name)s war nicht im Praktikum", name=name)
    words = {"day": _day(note)}
    return Letter(
        "placement_missed_guardian", subject, _words(note.application) | words
    )


def day_contested(note: Attendance) -> Letter:
    """Tells the company that the pupil remembers a day otherwise."""
    subject = _("Widerspruch: %(day)s", day=_day(note))
    words = {"day": _day(note), "period": note.application.period.public_id}
    return Letter("placement_contested", subject, _words(note.application) | words)


def day_contested_office(note: Attendance) -> Letter:
    """Tells the office that word stands against word; not who."""
    subject = _("Wort gegen Wort: %(title)s", title=note.application.internship.title)
    known = _words(note.application)
    words = {name: known[name] for name in ("key", "title", "organisation", "days")}
    return Letter("placement_contested_office", subject, words | {"day": _day(note)})


def ended(application: Application) -> Letter:
    """Says kindly how it ended, and what comes next."""
    is_done = application.state in (ApplicationState.ATTENDED, ApplicationState.PARTLY)
    subject = _("Geschafft: %(title)s", title=application.internship.title)
    if not is_done:
        subject = _("Es hat nicht geklappt. Das kommt vor.")
    words = {"state": application.state.value, "is_done": is_done}
    return Letter("placement_ended", subject, _words(application) | words)


def broken_off(application: Application, side: Side) -> Letter:
    """Tells the pupil that somebody else has ended it early."""
    subject = _("Das Praktikum endet früher: %(title)s", title=_title(application))
    words = _words(application) | {"by_company": side is Side.COMPANY}
    return Letter("placement_broken_off", subject, words)


def broken_off_guardian(application: Application, side: Side) -> Letter:
    """Tells the guardian."""
    name = application.pupil.first_name
    subject = _("Das Praktikum von %(name)s endet früher", name=name)
    words = _words(application) | {"by_company": side is Side.COMPANY}
    return Letter("placement_broken_off_guardian", subject, words)


def broken_off_company(application: Application) -> Letter:
    """Tells the company; never why."""
    subject = _("Abgebrochen: %(title)s", title=_title(application))
    return Letter("placement_broken_off_company", subject, _words(application))


def broken_off_school(application: Application) -> Letter:
    """Tells the school that has confirmed it."""
    subject = _("Schulpraktikum abgebrochen: %(title)s", title=_title(application))
    return Letter("placement_broken_off_school", subject, _words(application))


def _title(application: Application) -> str:
    return application.internship.title


def _day(note: Attendance) -> str:
    with force_locale("de"):
        return str(format_date(note.day, "full"))


def _words(application: Application) -> dict[str, Any]:
    with force_locale("de"):
        days = format_span(application.period.starts_on, application.period.ends_on)
    return {
        "key": application.public_id,
        "title": application.internship.title,
        "organisation": application.internship.organisation.name,
        "pupil": application.pupil.first_name,
        "guardian": application.guardian_name,
        "days": days,
    }


def _of_tomorrow(application: Application) -> dict[str, Any]:
    """Where and when to be, what to bring, whom to ask for; empty if nobody said."""
    internship = application.internship
    people = internship.supervisors
    with force_locale("de"):
        day = format_date(application.period.starts_on, "full")
        starts_at = internship.day_starts_at
        clock = format_time(starts_at, "H:mm") if starts_at else ""
    return _words(application) | {
        "day": day,
        "clock": clock,
        "place": _place(internship),
        "way": internship.way_there,
        "bring": internship.bring,
        "contacts": [f"{it.first_name}, {it.function}" for it in people],
        "phone": internship.organisation.contact_phone,
    }


def _place(internship: Internship) -> str:
    """The meeting point in one line."""
    town = " ".join(filter(None, (internship.postal_code, internship.place_name)))
    street = internship.site.street if internship.site else ""
    return ", ".join(filter(None, (street, town)))
