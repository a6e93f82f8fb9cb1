"""What a waiting thing is called on the desk, and which step of it is open."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import url_for

from marketplace.encounters.breaches.rules import broken_rule
from marketplace.encounters.introductions.enums import IntroductionState
from marketplace.encounters.introductions.models import Introduction
from marketplace.foundation.language import _
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.rules import is_verified, open_steps

# Title, words with the open step, and where it is done.
Told = tuple[str, str, str]


def told(queue: str, thing: Any) -> Told:
    """Tells one thing that waits in a queue."""
    return TELLS[queue](thing)


def _organisation(organisation: Organisation) -> Told:
    steps = ", ".join(str(step.label) for step in open_steps(organisation))
    words = (
        _("offen: %(steps)s", steps=steps)
        if steps
        else _("beide Schritte stehen: veröffentlichen")
    )
    return organisation.name, words, url_for("organisations.show", key=organisation)


def _posting(posting: Any) -> Told:
    step = (
        _("lesen, dann veröffentlichen oder zurückgeben")
        if is_verified(posting.organisation)
        else _("zuerst die Organisation prüfen")
    )
    words = f"{posting.organisation.name}: {step}"
    return posting.title, words, url_for(f"{posting.kind}s.show", key=posting)


def _introduction(introduction: Introduction) -> Told:
    one, other = introduction.provider.name, introduction.company.name
    step = _("beide Seiten müssen noch antworten")
    if introduction.state is IntroductionState.HALF:
        silent = other if introduction.provider_ok_at else one
        step = _("%(name)s muss noch antworten", name=silent)
    return f"{one} – {other}", step, url_for("introductions.show", key=introduction)


def _silent(introduction: Introduction) -> Told:
    title = f"{introduction.provider.name} – {introduction.company.name}"
    words = _("dreimal keine Antwort: bitte anrufen")
    return title, words, url_for("introductions.show", key=introduction)


def _partnership(partnership: Any) -> Told:
    title = f"{partnership.provider.name} – {partnership.company.name}"
    words = _("seit 28 Tagen nicht bestätigt")
    return title, words, url_for("partnerships.show", key=partnership)


def _report(report: Any) -> Told:
    words = _("%(address)s: ansehen und entscheiden", address=report.address)
    link = url_for("moderation.decide", key=report.public_id)
    return str(report.reason.label), words, link


def _application(application: Any) -> Told:
    reasons = ", ".join(sorted(str(one.label) for one in application.held_for))
    words = _("bei den Eltern nachfragen")
    words = f"{reasons}: {words}" if reasons else words
    title = _("Zurückgehaltene Freigabe %(key)s", key=application.public_id)
    return title, words, url_for("applications.held")


def _breach(application: Any) -> Told:
    rule, company = broken_rule(application), application.internship.organisation.name
    words = _(
        "%(rule)s: mit Betrieb und Familie klären", rule=rule.label if rule else ""
    )
    title = f"{application.internship.title}, {company}"
    return title, words, url_for("applications.show", key=application)


def _claim(claim: Any) -> Told:
    words = _(
        "gewünscht von %(name)s: vergleichen, dann entscheiden",
        name=claim.claimant.name,
    )
    return claim.organisation.name, words, url_for("claims.decide", key=claim)


def _staff(asked: Any) -> Told:
    words = _(
        "%(name)s möchte dafür handeln: in der Schule anrufen", name=asked.user.name
    )
    return asked.school.name, words, url_for("school_office.decide", number=asked.id)


TELLS: Mapping[str, Callable[[Any], Told]] = {
    "organisations": _organisation,
    "internships": _posting,
    "offers": _posting,
    "sponsorships": _posting,
    "events": _posting,
    "rolemodels": _posting,
    "introductions": _introduction,
    "silent": _silent,
    "partnerships": _partnership,
    "reports": _report,
    "applications": _application,
    "breaches": _breach,
    "claims": _claim,
    "staff_requests": _staff,
}
