"""What a pupil does: begin, answer the questions, send, confirm, withdraw."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from marketplace.encounters.applications import mails
from marketplace.encounters.applications.enums import Act, ApplicationState, Side
from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import (
    draft_to,
    live_count,
    live_one,
    others_on_the_same_days,
)
from marketplace.encounters.applications.rules import (
    eve_at_the_latest,
    is_minor,
    is_pupil_of,
    needs_school,
    same_mailbox,
)
from marketplace.encounters.applications.services.conditions import (
    require_ahead,
    require_class,
    require_served,
    require_taken,
)
from marketplace.encounters.applications.services.ending import way_out
from marketplace.encounters.applications.services.legality import (
    require_legal,
    require_room,
)
from marketplace.encounters.applications.services.moving import (
    move,
    write_company,
    write_guardian,
    write_pupil,
    write_school,
)
from marketplace.encounters.applications.services.schooling import ask_school
from marketplace.encounters.applications.services.seconding import name_linked
from marketplace.encounters.applications.services.standing import catch_up
from marketplace.encounters.applications.services.waiting import give_up_place
from marketplace.foundation.clock import day_of, days_after
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _, ngettext
from marketplace.foundation.refusals import Refusal, found
from marketplace.foundation.tokens import hash_of, plain_code, sheet_code
from marketplace.people.accounts.models import User
from marketplace.people.accounts.rules import is_confirmed
from marketplace.postings.internships.models import Internship, Period
from marketplace.region.labour.enums import Basis
from marketplace.region.places.enums import FederalState
from marketplace.upkeep.jobs.services import ask_for
from marketplace.upkeep.mail.services import recall
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.queries import value_of


@dataclass(frozen=True)
class SheetCodes:
    """The codes printed on the sheets of one application."""

    approval: str
    school: str
    second: str


@dataclass(frozen=True, kw_only=True)
class Wish:
    """When, on what ground and in which class a pupil wants to come.

    `school_state` only where her account does not tell it yet.
    """

    period: Period
    basis: Basis
    class_level: int
    school_state: FederalState | None = None


def begin_application(wish: Wish, *, actor: User, at: datetime) -> Application:
    """Begins a draft, or goes on with the one there is; one that is sent stays.

    Refuses at once what the law does not allow, before anything else is asked.
    """
    require_taken(wish.period, wish.basis, at=at)
    existing = live_one(actor, wish.period)
    if existing and existing.state is not ApplicationState.DRAFT:
        return existing
    pupil = actor.pupil
    if pupil and wish.school_state:
        pupil.school_state = wish.school_state
        ask_for("breaches.judge", {"pupil_id": actor.id}, due_at=at)
    internship = wish.period.internship
    draft = existing or draft_to(actor, internship)
    try:
        with db.session.begin_nested():
            application = draft or _draft(actor, internship)
            application.period, application.basis = wish.period, wish.basis
            application.class_level, application.changed_at = wish.class_level, at
            db.session.add(application)
    except IntegrityError:  # begun twice in one instant: the first one stands
        application = found(live_one(actor, wish.period))
    require_legal(application, familiar=True, is_final=False, at=at)
    require_class(internship, wish.class_level)
    return application


def answer(
    application: Application, answers: dict[str, object], *, actor: User, at: datetime
) -> None:
    """Keeps some answers of a draft; refuses once it is sent."""
    if not is_pupil_of(actor, application):
        raise Refusal(_("Das ist nicht deine Bewerbung."))
    if application.state is not ApplicationState.DRAFT:
        raise Refusal(_("Abgeschickt ist abgeschickt. Du kannst sie zurückziehen."))
    for name, value in answers.items():
        setattr(application, name, value)
    application.changed_at = at


def send_application(
    application: Application, *, actor: User, sent_from: str, key: bytes, at: datetime
) -> None:
    """Sends a draft: to the guardian first, from 18 on to the company at once.

    A second press changes nothing. Between beginning and sending the posting may have
    closed: that is asked again. `sent_from` is where it comes from, kept as a hash
    for the signals of a self-approval; `key` makes the codes of the sheets.
    """
    if application.state is not ApplicationState.DRAFT:
        if is_pupil_of(actor, application):
            return
        raise Refusal(_("Das ist nicht deine Bewerbung."))
    locked(application.period.internship)  # it may become one with another just now
    application.internship = locked(application.period).internship
    day = day_of(at)
    is_young = is_minor(application, day)
    _require_sendable(application, is_young=is_young, actor=actor)
    require_taken(application.period, application.basis, at=at)
    require_class(application.internship, application.class_level or 0)
    require_legal(application, familiar=True, is_final=False, at=at)
    move(application, Act.SEND, side=Side.PUPIL, actor=actor, at=at)
    application.sent_at = at
    application.sent_from_hash = hash_of(sent_from)
    codes = sheet_codes(application, key)
    application.approval_code_hash = hash_of(plain_code(codes.approval))
    application.school_code_hash = hash_of(plain_code(codes.school))
    receipt = mails.application_receipt(application, is_young=is_young)
    write_pupil(receipt, application, at=at)
    if is_young:
        due_at = days_after(at, value_of(Setting.APPROVAL_DAYS))
        application.due_at = eve_at_the_latest(application.period, due_at)
        application.guardians_asked = value_of(Setting.GUARDIANS_REQUIRED)
        if application.guardians_asked > 1:
            name_linked(application)
            application.second_code_hash = hash_of(plain_code(codes.second))
        write_guardian(mails.approval_asked(application), application, at=at)
    else:
        forget_guardian(application)
        hand_over(application, familiar=True, at=at)


def hand_over(application: Application, *, familiar: bool, at: datetime) -> None:
    """Lets the company read it; from here the days of its answer count, up to the eve.

    Where every place is taken, it waits on the list. Refuses once the period has
    begun, and while the company or its posting is frozen.
    """
    require_ahead(application, familiar=familiar, at=at)
    require_served(application, familiar=familiar)
    application.state = ApplicationState.OPEN
    application.handed_over_at = at
    due_at = days_after(at, value_of(Setting.ANSWER_DAYS))
    application.due_at = eve_at_the_latest(application.period, due_at)
    application.reminded_count = 0
    write_company(mails.application_new(application), application, at=at)
    ask_school(application, at=at)
    if not application.period.free_count:
        move(application, Act.PUT_ON_LIST, side=Side.PROGRAM, actor=None, at=at)
        write_pupil(mails.application_waitlisted(application), application, at=at)


def confirm_oneself(application: Application, *, actor: User, at: datetime) -> None:
    """Sends on, from the 18th birthday, what still waited for a guardian."""
    if is_minor(application, day_of(at)):
        raise Refusal(
            _("Das geht ab deinem 18. Geburtstag. Bis dahin stimmt zu Hause jemand zu.")
        )
    move(application, Act.CONFIRM_ONESELF, side=Side.PUPIL, actor=actor, at=at)
    application.is_held = False
    recall(mails.APPROVAL, application.id, at=at)
    forget_guardian(application)
    hand_over(application, familiar=True, at=at)


def confirm_place(application: Application, *, actor: User, at: datetime) -> None:
    """Takes the place that was offered; every rule must hold for every day."""
    catch_up(application, at=at)
    if application.due_at and at > application.due_at:
        raise Refusal(_("Die Frist ist vorbei. Der Platz ist wieder frei."))
    require_ahead(application, familiar=True, at=at)
    require_served(application, familiar=True)
    locked(application.pupil)  # of two confirmed at once the second sees the first
    require_room(application, familiar=True, is_final=True, at=at)
    if needs_school(application):
        raise Refusal(_("Deine Schule muss das Praktikum noch bestätigen."))
    move(application, Act.CONFIRM, side=Side.PUPIL, actor=actor, at=at)
    link = way_out(application)
    write_pupil(mails.application_confirmed(application, link), application, at=at)
    write_company(mails.application_confirmed_company(application), application, at=at)
    letter = mails.application_confirmed_guardian(application, link)
    write_guardian(letter, application, at=at)
    write_school(mails.application_confirmed_school(application), application, at=at)
    if application.period.starts_on - day_of(at) == timedelta(days=1):
        ask_for("attendances.tell_late", due_at=at)
    ask_for("papers.prepare", {"application_id": application.id}, due_at=at)
    if application.is_withdrawing_others:
        for other in others_on_the_same_days(application):
            withdraw(other, side=Side.PUPIL, actor=actor, at=at)


def withdraw(
    application: Application, *, side: Side, actor: User | None, at: datetime
) -> None:
    """Takes an application back; the company hears of it only if it had seen it."""
    was_seen = application.handed_over_at is not None
    had_place = application.state is ApplicationState.OFFERED
    move(application, Act.WITHDRAW, side=side, actor=actor, at=at)
    application.is_held = False
    recall(mails.APPROVAL, application.id, at=at)
    if had_place:
        give_up_place(application.period, at=at)
    if was_seen:
        write_company(mails.application_withdrawn(application), application, at=at)


def forget_guardian(application: Application) -> None:
    """From 18 on nobody at home answers, so nobody there is kept."""
    application.guardian_name = application.guardian_email = ""
    application.second_guardian_name = application.second_guardian_email = ""
    application.guardian_phone = None


def sheet_codes(application: Application, key: bytes) -> SheetCodes:
    """The 12 signs on the sheets; made anew from the key, kept only as hashes."""
    return SheetCodes(
        approval=sheet_code("approval", application.public_id, key),
        school=sheet_code("school", application.public_id, key),
        second=sheet_code("second", application.public_id, key),
    )


def _draft(actor: User, internship: Internship) -> Application:
    """A new draft; what the account already tells is not asked again."""
    pupil = actor.pupil
    return Application(
        pupil=actor,
        internship=internship,
        school_kind=pupil.school_kind if pupil else None,
        school_name=pupil.school_name if pupil else "",
        interests=pupil.interests if pupil else frozenset(),
    )


def _require_sendable(application: Application, *, is_young: bool, actor: User) -> None:
    if not is_confirmed(actor):
        raise Refusal(
            _("Bestätige zuerst deine E-Mail-Adresse.")
            + " "
            + _("Der Link steht im ersten Brief von uns.")
        )
    most = value_of(Setting.MOST_LIVE_APPLICATIONS)
    if live_count(actor) >= most:
        raise Refusal(
            ngettext(
                "Mehr als eine Bewerbung zugleich geht nicht. Warte die Antwort ab.",
                "Mehr als %(num)s Bewerbungen zugleich gehen nicht. "
                "Warte eine Antwort ab.",
                most,
            )
            + " "
            + _("Oder zieh eine zurück.")
        )
    if application.class_level is None or not application.motivation.strip():
        raise Refusal(_("Es fehlen noch Antworten. Geh die Fragen noch einmal durch."))
    if not is_young:
        return
    if not (application.guardian_email and application.guardian_name):
        raise Refusal(_("Es fehlt noch, wer zu Hause zustimmt."))
    if same_mailbox(application.guardian_email) == same_mailbox(actor.email):
        raise Refusal(_("Das ist deine eigene Adresse. Nimm die deiner Eltern."))
