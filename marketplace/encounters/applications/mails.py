from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask_babel import force_locale, format_date
from flask_babel.speaklater import LazyString

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.rules import APPROVAL_LINK_DAYS
from marketplace.foundation.clock import day_of, days_after, end_of
from marketplace.foundation.language import format_span, lazy
from marketplace.foundation.language import in_german as _
from marketplace.region.labour.enums import Basis
from marketplace.upkeep.mail.models import Letter, LinkRequest

APPROVAL = "approval"
SCHOOL = "school"
# What a link gives back: a place that was promised.
WAY_OUT = "way_out"
# What can become of a posting while people apply; said to pupil and guardian alike.
CHANGES: Mapping[str, LazyString] = {
    "revised": lazy("Tage, Zeiten oder Aufgaben sind anders als bisher."),
    "frozen": lazy(
        "Die Koordinationsstelle prüft den Eintrag. So lange ist er nicht öffentlich, "
        "und die Fristen stehen still."
    ),
    "thawed": lazy(
        "Die Prüfung ist vorbei. Es geht weiter wie bisher, die Fristen sind um die "
        "Zeit der Prüfung länger."
    ),
}


def approval_asked(application: Application) -> Letter:
    """Asks the guardian; the link is good for 14 days, and for one answer."""
    sent_at = application.sent_at or application.changed_at
    return _asked(application, since=sent_at)


def application_receipt(application: Application, *, is_young: bool) -> Letter:
    """Tells the pupil that it is sent, and what comes next."""
    subject = _("Deine Bewerbung ist abgeschickt")
    words = _words(application) | {"is_young": is_young}
    return Letter("application_receipt", subject, words)


def application_new(application: Application) -> Letter:
    """Tells the company; not one field of the application stands in the letter."""
    subject = _("Neue Bewerbung: %(title)s", title=application.internship.title)
    return Letter("application_new", subject, _to_company(application))


def application_approved(application: Application) -> Letter:
    """Tells the pupil that the company can read it now."""
    subject = _("Freigegeben: Deine Bewerbung ist unterwegs")
    return Letter("application_approved", subject, _words(application))


def application_half_approved(application: Application) -> Letter:
    """Tells the pupil that one of two has said yes, and the other is still asked."""
    subject = _("Eine von zwei Zustimmungen ist da")
    return Letter("application_half_approved", subject, _words(application))


def application_refused(application: Application) -> Letter:
    """Tells the pupil kindly that the guardian did not approve."""
    subject = _("Diese Bewerbung geht nicht weiter")
    return Letter("application_refused", subject, _words(application))


def application_stopped(application: Application) -> Letter:
    """Tells the pupil that the office did not let it go on; nobody at home said no."""
    subject = _("Diese Bewerbung geht nicht weiter")
    return Letter("application_stopped", subject, _words(application))


def application_stopped_guardian(application: Application) -> Letter:
    """Tells the guardian that the office did not let it go on."""
    subject = _(
        "Nicht weitergegeben: die Bewerbung von %(name)s", name=_name(application)
    )
    return Letter("application_stopped_guardian", subject, _words(application))


def application_released_guardian(application: Application) -> Letter:
    """Tells the guardian that the office has looked, and the company can read it."""
    subject = _("Weitergegeben: die Bewerbung von %(name)s", name=_name(application))
    return Letter("application_released_guardian", subject, _words(application))


def application_yours(application: Application) -> Letter:
    """Tells a young adult that she sends on herself what waited at home."""
    subject = _("Du bist dran: %(title)s", title=application.internship.title)
    return Letter("application_yours", subject, _words(application))


def application_lifted(application: Application) -> Letter:
    """Tells the pupil that the no is taken back, and an approval is awaited again."""
    subject = _("Deine Bewerbung wartet wieder auf eine Zustimmung")
    return Letter("application_lifted", subject, _words(application))


def application_unapproved(application: Application) -> Letter:
    """Tells the pupil that nobody approved in time."""
    subject = _("Deine Bewerbung ist ohne Freigabe abgelaufen")
    return Letter("application_unapproved", subject, _words(application))


def application_offered(application: Application) -> Letter:
    """Tells the pupil that there is a place for her, to be confirmed."""
    subject = _("Zusage: %(title)s", title=application.internship.title)
    return Letter("application_offered", subject, _words(application))


def application_offered_guardian(application: Application) -> Letter:
    """Tells the guardian of the offer."""
    name = application.pupil.first_name
    subject = _("Zusage für %(name)s", name=name)
    return Letter("application_offered_guardian", subject, _words(application))


def application_placed(application: Application) -> Letter:
    """Tells the pupil that a round gave her a place, to be confirmed."""
    subject = _("Ein Platz aus der Verteilrunde: %(title)s", title=_title(application))
    return Letter("application_placed", subject, _words(application))


def application_placed_guardian(application: Application) -> Letter:
    """Tells the guardian of the place from a round."""
    subject = _("Ein Platz für %(name)s aus der Verteilrunde", name=_name(application))
    return Letter("application_placed_guardian", subject, _words(application))


def application_placed_company(application: Application) -> Letter:
    """Tells the company that a round gave away a place; who comes is on the page."""
    subject = _("Platz vergeben: %(title)s", title=application.internship.title)
    return Letter("application_placed_company", subject, _to_company(application))


def application_waitlisted(application: Application) -> Letter:
    """Tells the pupil that she waits for a place to become free."""
    subject = _("Auf der Warteliste: %(title)s", title=application.internship.title)
    return Letter("application_waitlisted", subject, _words(application))


def application_declined(application: Application) -> Letter:
    """Tells the pupil, with the reason and a way on."""
    code = application.decline_code
    words = _words(application) | {"reason": _(code.label) if code else ""}
    return Letter("application_declined", _("Leider eine Absage"), words)


def application_unanswered(application: Application, *, was_frozen: bool) -> Letter:
    """Tells the pupil that no answer came in time, and if the office kept it back."""
    subject = _("Keine Antwort in der Frist")
    words = _words(application) | {"was_frozen": was_frozen}
    return Letter("application_unanswered", subject, words)


def application_missed(application: Application) -> Letter:
    """Tells the pupil that the offer lapsed."""
    subject = _("Der Platz ist wieder frei")
    return Letter("application_missed", subject, _words(application))


def application_missed_company(application: Application) -> Letter:
    """Tells the company that the place is free again."""
    subject = _("Nicht bestätigt: %(title)s", title=application.internship.title)
    return Letter("application_missed_company", subject, _to_company(application))


def application_confirmed(application: Application, link: LinkRequest) -> Letter:
    """Tells the pupil that the place is hers, and how to give it back."""
    subject = _("Dein Platz ist sicher: %(title)s", title=application.internship.title)
    return Letter("application_confirmed", subject, _words(application), link)


def application_confirmed_company(application: Application) -> Letter:
    """Tells the company who comes; the rest stands on the page."""
    subject = _("Platz bestätigt: %(title)s", title=application.internship.title)
    return Letter("application_confirmed_company", subject, _to_company(application))


def application_confirmed_guardian(
    application: Application, link: LinkRequest
) -> Letter:
    """Tells the guardian that the place is fixed, and how to give it back."""
    subject = _("Der Platz für %(name)s ist sicher", name=_name(application))
    words = _words(application)
    return Letter("application_confirmed_guardian", subject, words, link)


def application_confirmed_school(application: Application) -> Letter:
    """Tells the school that a placement it has confirmed is fixed."""
    subject = _("Schulpraktikum steht fest: %(title)s", title=_title(application))
    return Letter("application_confirmed_school", subject, _words(application))


def application_cancelled(application: Application) -> Letter:
    """Tells the pupil that the company cannot keep its promise, and a way on."""
    subject = _("Abgesagt: %(title)s", title=application.internship.title)
    return Letter("application_cancelled", subject, _words(application))


def application_cancelled_guardian(application: Application) -> Letter:
    """Tells the guardian that the company cannot keep its promise."""
    subject = _("Absage für %(name)s", name=application.pupil.first_name)
    return Letter("application_cancelled_guardian", subject, _words(application))


def application_cancelled_company(application: Application) -> Letter:
    """Tells the company that a place is given back; never why."""
    subject = _("Abgesagt: %(title)s", title=application.internship.title)
    return Letter("application_cancelled_company", subject, _to_company(application))


def application_cancelled_school(application: Application) -> Letter:
    """Tells the school that a placement it has confirmed does not take place."""
    subject = _("Schulpraktikum abgesagt: %(title)s", title=_title(application))
    return Letter("application_cancelled_school", subject, _words(application))


def application_given_back(application: Application) -> Letter:
    """Tells the pupil that her guardian gave the place back."""
    subject = _("Abgesagt: %(title)s", title=_title(application))
    return Letter("application_given_back", subject, _words(application))


def application_given_back_guardian(application: Application) -> Letter:
    """Tells the guardian that the pupil gave the place back."""
    subject = _("%(name)s hat den Platz abgesagt", name=_name(application))
    return Letter("application_given_back_guardian", subject, _words(application))


def application_withdrawn(application: Application) -> Letter:
    """Tells the company that a pupil does not come; a place may be free."""
    subject = _("Zurückgezogen: %(title)s", title=application.internship.title)
    return Letter("application_withdrawn", subject, _to_company(application))


def application_reminder(application: Application) -> Letter:
    """Reminds the guardian or the company of what waits for them."""
    if application.state is ApplicationState.WAITING:
        letter = approval_asked(application)
        subject = _("Erinnerung: %(subject)s", subject=letter.subject)
        return Letter(letter.name, subject, letter.context, letter.link)
    subject = _("Noch ohne Antwort: %(title)s", title=application.internship.title)
    return Letter("application_reminder", subject, _to_company(application))


def application_nudge(application: Application) -> Letter:
    """Tells a silent company that somebody would like to know; nothing of who."""
    subject = _("Eine Frage wartet: %(title)s", title=application.internship.title)
    return Letter("application_nudge", subject, _to_company(application))


def posting_changed(application: Application, change: str) -> Letter:
    """Tells the pupil that something about the internship is new."""
    subject = _("Neues zu deiner Bewerbung: %(title)s", title=_title(application))
    words = _words(application) | {"change": _(CHANGES[change]), "due": ""}
    if change == "thawed" and application.due_at:
        words["due"] = format_date(application.due_at, "full")
    return Letter("application_posting_changed", subject, words)


def posting_changed_guardian(application: Application, change: str) -> Letter:
    """Tells the guardian the same."""
    subject = _("Neues zum Praktikum: %(title)s", title=_title(application))
    words = _words(application) | {"change": _(CHANGES[change])}
    return Letter("application_posting_changed_guardian", subject, words)


def _name(application: Application) -> str:
    return application.pupil.first_name


def _title(application: Application) -> str:
    return application.internship.title


def _words(application: Application) -> dict[str, Any]:
    return _to_company(application) | {
        "pupil": application.pupil.first_name,
        "guardian": application.guardian_name,
        "organisation": application.internship.organisation.name,
    }


def _to_company(application: Application) -> dict[str, Any]:
    """Words that say nothing of who applies; days as German letters write them."""
    with force_locale("de"):
        days = format_span(application.period.starts_on, application.period.ends_on)
        due = format_date(application.due_at, "full") if application.due_at else ""
    return {
        "key": application.public_id,
        "title": application.internship.title,
        "days": days,
        "due": due,
    }


def approval_asked_again(application: Application, *, at: datetime) -> Letter:
    """Asks the guardian anew, with a link that counts from now."""
    return _asked(application, since=at)


def _asked(application: Application, *, since: datetime) -> Letter:
    """Asks with a link of 14 days; it never outlives the request itself."""
    until = days_after(since, APPROVAL_LINK_DAYS)
    until = min(until, application.due_at or until)
    with force_locale("de"):
        words = {"link_until": format_date(day_of(until), "full")}
    name = application.pupil.first_name
    return Letter(
        "approval_asked",
        _("%(name)s möchte ein Praktikum machen: Ihre Freigabe", name=name),
        _words(application) | words,
        LinkRequest(APPROVAL, application.id, "applications.approval", until),
    )


def school_asked(application: Application) -> Letter:
    """Asks a school where nobody has an account; the pupil's name is behind the link.

    It is good up to the eve of the first day.
    """
    until = end_of(application.period.starts_on - timedelta(days=1))
    with force_locale("de"):
        link_until = format_date(day_of(until), "full")
    is_event = application.basis is Basis.SCHOOL
    subject = _("Bitte bestätigen: ein Schulpraktikum")
    if not is_event:
        subject = _("Bitte um Freistellung für ein Praktikum")
    words = _to_company(application) | {
        "organisation": application.internship.organisation.name,
        "is_event": is_event,
        "link_until": link_until,
    }
    link = LinkRequest(SCHOOL, application.id, "applications.confirm_by_link", until)
    return Letter("school_asked", subject, words, link)


def school_asked_staff(application: Application) -> Letter:
    """Asks the staff of a school to release a pupil, as she wishes."""
    name = application.internship.organisation.name
    words = _to_company(application) | {"organisation": name}
    subject = _("Bitte um Freistellung für ein Praktikum")
    return Letter("school_asked_staff", subject, words)
