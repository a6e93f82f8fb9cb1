"""Sheets that were signed by hand: office or school saw the signature and enter it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from marketplace.encounters.applications.enums import ApplicationState, ApprovalWay
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import application_by_code
from marketplace.encounters.applications.rules import concerns_school
from marketplace.encounters.applications.services.approving import (
    confirm_for_school,
    grant_approval,
)
from marketplace.encounters.applications.services.holding import Signature
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal, TooMany
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import failures_since
from marketplace.people.accounts.services.sign_ins import note_failure
from marketplace.people.schools.queries import school_of

SECOND = 2
MOST_FAILURES, WINDOW = 10, timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What stands on a signed sheet."""

    code: str
    signed_by: str
    signed_on: date


def enter_paper(paper: Paper, *, actor: User, at: datetime) -> Application:
    """Notes a guardian's approval or a school's confirmation, as the code says.

    The staff of a school enters what its own pupils do as its events or show to it;
    all other codes are unknown ones to it. Whoever guesses has to wait as at sign-in.
    """
    target = f"paper:{actor.id}"
    require_patience(target, at=at)
    hit = application_by_code(paper.code)
    if hit is None or not _may_enter(actor, hit[0]):
        note_failure(target, at=at)
        raise Refusal(
            _("Diesen Code kennen wir nicht. Prüfen Sie die 12 Zeichen.")
            + " "
            + _("0, 1, i, l und o kommen nie vor.")
        )
    application, use = hit
    if use == "school":
        confirm_for_school(
            application,
            signed_by=paper.signed_by,
            signed_on=paper.signed_on,
            actor=actor,
            at=at,
        )
    else:
        _require_waiting(application, actor)
        number = SECOND if use == "second" else 1
        if number == SECOND and not application.second_guardian_name:
            application.second_guardian_name = paper.signed_by
        grant_approval(application, _signature(paper, actor, number), at=at)
    return application


def _may_enter(actor: User, application: Application) -> bool:
    """Says whether it is the office, or the school that may know of it."""
    if actor.role is not Role.SCHOOL:
        return True
    school = school_of(actor)
    return school is not None and concerns_school(application, school.id)


def _require_waiting(application: Application, actor: User) -> None:
    """Refuses a sheet that is no more needed, in words; nothing happens silently."""
    if application.is_held and actor.role is Role.SCHOOL:
        raise Refusal(_("Diese Bewerbung hält die Koordinationsstelle zurück."))
    if application.is_held:
        raise Refusal(
            _("Diese Bewerbung hält die Koordinationsstelle zurück.")
            + " "
            + _("Entscheiden Sie unter „Zurückgehaltene Bewerbungen“.")
        )
    if application.state is not ApplicationState.WAITING:
        raise Refusal(
            _(
                "Hier ist nichts mehr freizugeben. Der Stand ist: %(state)s.",
                state=application.state.label,
            )
        )


def _signature(paper: Paper, actor: User, guardian_no: int) -> Signature:
    return Signature(
        way=ApprovalWay.PAPER,
        name=paper.signed_by,
        user=actor,
        signed_on=paper.signed_on,
        guardian_no=guardian_no,
    )


def require_patience(target: str, *, at: datetime) -> None:
    """Refuses for some minutes who has entered too many wrong codes."""
    count, oldest = failures_since(target, at - WINDOW)
    if count >= MOST_FAILURES and oldest:
        raise TooMany(
            _("Das waren zu viele falsche Codes. Warten Sie bitte einige Minuten."),
            seconds=max(1, int((oldest + WINDOW - at).total_seconds())),
        )
