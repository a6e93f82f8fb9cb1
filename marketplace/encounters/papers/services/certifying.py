"""A certificate of having taken part: issued once, checked by its code."""

import hashlib
import hmac
from datetime import datetime

from flask_babel import force_locale, format_date

from marketplace.encounters.applications.models import Application
from marketplace.encounters.attendances.queries import attendances_of
from marketplace.encounters.attendances.rules import is_there
from marketplace.encounters.papers import mails
from marketplace.encounters.papers.enums import CERTIFIED
from marketplace.encounters.papers.models import Certificate
from marketplace.encounters.papers.queries import (
    certificate_of,
    present_key,
)
from marketplace.encounters.papers.rules import (
    words_of,
)
from marketplace.encounters.papers.services.badges import new_key
from marketplace.encounters.papers.services.describing import (
    SHORT,
    canonical,
    placement_words,
    times_of,
    told_days,
    told_hours,
)
from marketplace.encounters.papers.services.printing import qr_of
from marketplace.foundation.clock import day_of
from marketplace.foundation.columns import ALPHABET
from marketplace.foundation.database import db, locked
from marketplace.foundation.documents import document
from marketplace.foundation.tokens import hash_of, plain_code
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue

# 20 signs hold 98 bits; nobody guesses one.
CODE_LENGTH, GROUP = 20, 4
# What of a placement stands on a certificate: no school, nobody's judgement.
NAMED = ("company", "place", "title", "basis", "pupil", "span", "tasks", "learn")


def issue_certificate(
    application: Application, *, key: bytes, at: datetime
) -> Certificate | None:
    """Certifies that somebody took part, on which days; twice changes nothing.

    Of the code only the hash is kept: it is made anew from `key` when it is printed.
    None where nobody took part.
    """
    application = locked(application)
    present = certificate_of(application)
    if present or application.state not in CERTIFIED:
        return present
    certificate = Certificate(
        application=application,
        code_hash=hash_of(plain_code(code_of(application, key))),
        issued_on=day_of(at),
        words=canonical(_words(application, at=at)),
    )
    db.session.add(certificate)
    db.session.flush()  # the record needs its id
    if present_key() is None:
        db.session.add(new_key(at=at))
    record("certificate.issued", certificate, actor=None, at=at)
    queue(mails.certificate_issued(application), [application.pupil.email], at=at)
    return certificate


def code_of(application: Application, key: bytes) -> str:
    """The code on a certificate, in groups of four."""
    message = f"certificate|{application.public_id}".encode()
    digest = hmac.digest(key, message, hashlib.sha256)
    signs = "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:CODE_LENGTH])
    return "-".join(signs[k : k + GROUP] for k in range(0, CODE_LENGTH, GROUP))


def certificate_pdf(
    certificate: Certificate, *, code: str, address: str, at: datetime
) -> bytes:
    """The certificate, with its code; `address` is where it is checked."""
    words = words_of(certificate)
    with force_locale("de"):
        issued = str(format_date(certificate.issued_on, "long"))
    data = words | {
        "issued": issued,
        "code": code,
        "address": address.partition("://")[2],
        "qr": qr_of(address),
    }
    title = f"Nachweis: {words['title']}"
    return document("certificate", title=title, data=data, at=at)


def _words(application: Application, *, at: datetime) -> dict[str, object]:
    times = times_of(application, at=at)
    missed = {it.day for it in attendances_of(application) if not is_there(it)}
    days = [day for day in times.days if day not in missed]
    with force_locale("de"):
        words = placement_words(application, at=at)
        shown = [str(format_date(day, SHORT)) for day in days]
    total = len(days) * times.minutes
    return {name: words[name] for name in NAMED} | {
        "days": shown,
        "count": told_days(days),
        "hours": told_hours(total) if total else "",
    }
