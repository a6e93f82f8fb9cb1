"""What a guardian, a school and the office do before an application goes on."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial

from marketplace.encounters.applications import mails
from marketplace.encounters.applications.enums import (
    LIVE,
    Act,
    ApplicationState,
    ApprovalWay,
    Side,
)
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import (
    times_asked,
)
from marketplace.encounters.applications.rules import is_minor
from marketplace.encounters.applications.services.conditions import require_ahead
from marketplace.encounters.applications.services.holding import (
    Signature,
    reasons_to_hold,
)
from marketplace.encounters.applications.services.moving import (
    ask_guardians,
    move,
    write_guardian,
    write_pupil,
)
from marketplace.encounters.applications.services.seconding import (
    approval_of,
    is_first_of_two,
    note_first_yes,
)
from marketplace.encounters.applications.services.sending import hand_over
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import afterwards, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.upkeep.audit.services import record, record_each
from marketplace.upkeep.mail.services import recall

# Anybody with the link or the account may ask, so nobody's box may be filled.
MOST_ASKED, DAY = 3, timedelta(days=1)


def grant_approval(
    application: Application, signature: Signature, *, at: datetime
) -> None:
    """Lets an application go to the company, as its guardian.

    Signals that the pupil approved herself do not refuse: they put it before the
    office. So does a guardian who works for the company, whose address is a pupil's,
    and a company that is frozen meanwhile. A second yes changes
    nothing; from the first day of the period on it is too late. Where two are asked,
    it goes on with the second one's yes.
    """
    if application.state is ApplicationState.OPEN or application.is_held:
        return
    _require_minor(application, at=at)
    require_ahead(application, familiar=False, at=at)
    side = _side_of(signature)
    reasons = reasons_to_hold(application, signature, at=at)
    if is_first_of_two(application, signature):
        note_first_yes(application, signature, reasons, at=at)
        return
    if application.guardians_asked > 1:  # what fell on at the first yes counts, too
        reasons |= application.held_for
    if not reasons:
        move(application, Act.APPROVE, side=side, actor=signature.user, at=at)
    elif application.state is not ApplicationState.WAITING:
        raise Refusal(_("Diese Bewerbung wartet nicht mehr auf eine Freigabe."))
    application.approvals.append(approval_of(signature, is_granted=True, at=at))
    recall(mails.APPROVAL, application.id, at=at)
    if reasons:
        application.is_held, application.held_for = True, reasons
        record("application.held", application, actor=signature.user, at=at)
        return
    hand_over(application, familiar=False, at=at)
    write_pupil(mails.application_approved(application), application, at=at)


def refuse_approval(
    application: Application, signature: Signature, *, at: datetime
) -> None:
    """Stops an application; the company never learns that there was one."""
    _require_minor(application, at=at)
    move(application, Act.REFUSE, side=Side.GUARDIAN, actor=signature.user, at=at)
    application.approvals.append(approval_of(signature, is_granted=False, at=at))
    recall(mails.APPROVAL, application.id, at=at)
    application.is_held = False
    write_pupil(mails.application_refused(application), application, at=at)


def release_held(application: Application, *, actor: User, at: datetime) -> None:
    """Lets a held application go on, after the office has looked into it."""
    if not application.is_held:
        raise Refusal(_("Diese Bewerbung wird nicht zurückgehalten."))
    move(application, Act.RELEASE, side=Side.COORDINATION, actor=actor, at=at)
    application.is_held = False
    hand_over(application, familiar=False, at=at)
    write_pupil(mails.application_approved(application), application, at=at)
    letter = mails.application_released_guardian(application)
    write_guardian(letter, application, at=at)


def refuse_held(application: Application, *, actor: User, at: datetime) -> None:
    """Stops a held application, after the office has looked into it."""
    if not application.is_held:
        raise Refusal(_("Diese Bewerbung wird nicht zurückgehalten."))
    move(application, Act.REFUSE, side=Side.COORDINATION, actor=actor, at=at)
    application.is_held = False
    write_pupil(mails.application_stopped(application), application, at=at)
    letter = mails.application_stopped_guardian(application)
    write_guardian(letter, application, at=at)


def ask_again(application: Application, *, at: datetime) -> None:
    """Sends the guardian a new link; the old ones end. Three times a day are enough."""
    application = locked(application)
    if application.state is not ApplicationState.WAITING or application.is_held:
        raise Refusal(_("Diese Bewerbung wartet nicht auf eine Freigabe."))
    _require_minor(application, at=at)
    if times_asked(application, since=at - DAY) >= MOST_ASKED:
        raise Refusal(
            _("Der Link ging heute schon dreimal ab. Morgen geht es wieder.")
            + " "
            + _("Er liegt vielleicht im Ordner für Werbung.")
        )
    record("application.asked_again", application, actor=None, at=at)
    recall(mails.APPROVAL, application.id, at=at)
    letter = mails.approval_asked_again(application, at=at)
    ask_guardians(letter, application, at=at)


def confirm_for_school(
    application: Application,
    *,
    signed_by: str,
    signed_on: date,
    actor: User | None,
    at: datetime,
) -> None:
    """Notes that the school has signed: its staff, the office that saw it, its link."""
    if application.school_confirmed_at:
        raise Refusal(_("Die Schule hat schon bestätigt."))
    if application.state not in LIVE:
        raise Refusal(
            _(
                "Hier ist nichts mehr zu bestätigen. Der Stand ist: %(state)s.",
                state=application.state.label,
            )
        )
    application.school_confirmed_at = at
    application.school_signed_by, application.school_signed_on = signed_by, signed_on
    recall(mails.SCHOOL, application.id, at=at)
    record("application.school_confirmed", application, actor=actor, at=at)


def note_reads(
    applications: Sequence[Application], *, actor: User, at: datetime
) -> None:
    """Keeps who of the office has read which application, whatever the answer."""
    ids, reader_id = [one.id for one in applications], actor.id
    read = partial(record_each, "application.read", Application, ids)
    if ids:
        afterwards(partial(read, actor_id=reader_id, at=at))


def _side_of(signature: Signature) -> Side:
    """Who acts: the guardian herself, or who has seen her signature on paper."""
    if signature.way is not ApprovalWay.PAPER:
        return Side.GUARDIAN
    is_staff = signature.user is not None and signature.user.role is Role.SCHOOL
    return Side.SCHOOL if is_staff else Side.COORDINATION


def _require_minor(application: Application, *, at: datetime) -> None:
    if not is_minor(application, day_of(at)):
        raise Refusal(
            _("Seit dem 18. Geburtstag braucht es keine Freigabe mehr.")
            + " "
            + _("Die Bewerbung schickt jetzt ab, wer sie geschrieben hat.")
        )
