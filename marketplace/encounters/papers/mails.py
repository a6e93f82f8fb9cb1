from datetime import datetime

from flask_babel import force_locale, format_date

from marketplace.encounters.applications.models import Application
from marketplace.encounters.papers.models import Agreement
from marketplace.foundation.clock import end_of
from marketplace.foundation.language import format_span
from marketplace.foundation.language import in_german as _
from marketplace.upkeep.mail.models import Letter, LinkRequest

AGREEMENT = "agreement"


def agreement_asked(agreement: Agreement) -> Letter:
    """Asks company or school to sign; not a word of who comes stands in it."""
    subject = _("Bitte unterschreiben: %(title)s", title=_title(agreement.application))
    return Letter("agreement_asked", subject, _of(agreement))


def agreement_asked_guardian(agreement: Agreement) -> Letter:
    """Asks a guardian, with a link that needs no account."""
    application = agreement.application
    name = application.pupil.first_name
    subject = _("Bitte unterschreiben: Praktikum von %(name)s", name=name)
    words = _of(agreement) | _family(application)
    return Letter("agreement_asked_guardian", subject, words, link_to(agreement))


def agreement_asked_pupil(agreement: Agreement) -> Letter:
    """Asks who comes, as the last one."""
    subject = _("Bitte unterschreib: %(title)s", title=_title(agreement.application))
    words = _of(agreement) | _family(agreement.application)
    return Letter("agreement_asked_pupil", subject, words)


def agreement_signed(agreement: Agreement) -> Letter:
    """Tells company and school that all have signed."""
    subject = _(
        "Alle haben unterschrieben: %(title)s", title=_title(agreement.application)
    )
    return Letter("agreement_signed", subject, _of(agreement))


def agreement_signed_guardian(agreement: Agreement) -> Letter:
    """Tells a guardian, with a link to the document."""
    application = agreement.application
    name = application.pupil.first_name
    subject = _("Alle haben unterschrieben: Praktikum von %(name)s", name=name)
    words = _of(agreement) | _family(application)
    return Letter("agreement_signed_guardian", subject, words, link_to(agreement))


def agreement_signed_pupil(agreement: Agreement) -> Letter:
    """Tells who comes that the agreement is complete."""
    subject = _(
        "Alle haben unterschrieben: %(title)s", title=_title(agreement.application)
    )
    words = _of(agreement) | _family(agreement.application)
    return Letter("agreement_signed_pupil", subject, words)


def instruction_missing(application: Application) -> Letter:
    """Asks the company to date what comes before the first day."""
    subject = _("Vor dem ersten Tag: %(title)s", title=_title(application))
    return Letter("instruction_missing", subject, _placement(application))


def certificate_issued(application: Application) -> Letter:
    """Tells who took part that the certificate is there."""
    subject = _("Dein Nachweis: %(title)s", title=_title(application))
    words = _placement(application) | _family(application)
    return Letter("certificate_issued", subject, words)


def link_to(agreement: Agreement) -> LinkRequest:
    """A link to the agreement for a guardian, up to the last day of the placement."""
    until: datetime = end_of(agreement.application.period.ends_on)
    return LinkRequest(AGREEMENT, agreement.id, "papers.by_link", until)


def _title(application: Application) -> str:
    return application.internship.title


def _of(agreement: Agreement) -> dict[str, object]:
    is_anew = agreement.number > 1
    return _placement(agreement.application) | {"is_anew": is_anew}


def _placement(application: Application) -> dict[str, object]:
    """Words that say nothing of who comes; days as German letters write them."""
    period = application.period
    with force_locale("de"):
        days = format_span(period.starts_on, period.ends_on)
        first = format_date(period.starts_on, "full")
    return {
        "key": application.public_id,
        "title": application.internship.title,
        "days": days,
        "first": first,
    }


def _family(application: Application) -> dict[str, object]:
    return {
        "pupil": application.pupil.first_name,
        "organisation": application.internship.organisation.name,
    }
