"""Who acts for a school: asked for, granted, refused, left, ended."""

from datetime import datetime

from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.accounts.rules import is_confirmed
from marketplace.people.schools import mails
from marketplace.people.schools.models import School, SchoolStaff, StaffRequest
from marketplace.people.schools.queries import (
    request_of,
    staff_addresses,
    staff_row_of,
)
from marketplace.people.schools.rules import is_at_school
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.mail.services import queue


def ask_to_act(user: User, school: School, *, at: datetime) -> bool:
    """Notes that a person works at a school, and tells whether she may act at once.

    She may where her confirmed address is one of the school; otherwise the office
    answers. A new request takes the place of the old one.
    """
    _require_school_account(user)
    if not is_confirmed(user):
        raise Refusal(_("Bestätigen Sie zuerst Ihre E-Mail-Adresse."))
    if not school.is_selectable:
        raise Refusal(_("Das ist keine Schule, an der es Klassen gibt."))
    locked(user)
    if staff_row_of(user) is not None:
        raise Refusal(
            _("Sie handeln schon für eine Schule. Verlassen Sie diese zuerst.")
        )
    _drop_request(user)
    if is_at_school(user, school):
        _bind(user, school, actor=user, at=at)
        return True
    db.session.add(StaffRequest(user=user, school=school, asked_at=at))

    record("school.staff_asked", school, actor=user, at=at)
    return False


def take_back_request(user: User, *, at: datetime) -> None:
    """Takes a request back, as the one who asked."""
    request = request_of(user)
    if request is None:
        raise Refusal(_("Hier ist nichts mehr offen."))
    record("school.staff_request_taken_back", request.school, actor=user, at=at)
    db.session.delete(request)


def grant_request(request: StaffRequest, *, actor: User, at: datetime) -> None:
    """Lets a person act for the school she named, as the office."""
    user, school = request.user, request.school
    _require_school_account(user)
    db.session.delete(request)
    _bind(user, school, actor=actor, at=at)


def refuse_request(
    request: StaffRequest, reason: str, *, actor: User, at: datetime
) -> None:
    """Does not let a person act for a school, and tells her why."""
    record("school.staff_refused", request.school, actor=actor, at=at)
    letter = mails.staff_refused(request.school, reason.strip())
    queue(letter, [request.user.email], at=at)
    db.session.delete(request)


def appoint_staff(user: User, school: School, *, actor: User, at: datetime) -> None:
    """Lets a person act for a school, and for no other; refuses other roles."""
    _require_school_account(user)
    _drop_request(user)
    known = staff_row_of(user)
    if known is not None:
        db.session.delete(known)
        db.session.flush()  # one school at a time
    _bind(user, school, actor=actor, at=at)


def leave_school(user: User, *, at: datetime) -> None:
    """Ends one's own binding; classes and confirmations stay with the school."""
    known = staff_row_of(user)
    if known is None:
        raise Refusal(_("Sie handeln für keine Schule."))
    record("school.staff_left", known.school, actor=user, at=at)
    db.session.delete(known)


def end_binding(staff: SchoolStaff, reason: str, *, actor: User, at: datetime) -> None:
    """Ends the binding of somebody, as the office, and tells her why."""
    record("school.staff_ended", staff.school, actor=actor, at=at)
    letter = mails.staff_ended(staff.school, reason.strip())
    queue(letter, [staff.user.email], at=at)
    db.session.delete(staff)


def _bind(user: User, school: School, *, actor: User, at: datetime) -> None:
    """Binds a person to a school; she and those who act for it already are told."""
    others = staff_addresses(school.id)
    db.session.add(SchoolStaff(user=user, school=school))

    record("school.staff_appointed", school, actor=actor, at=at)
    queue(mails.staff_bound(school), [user.email], at=at)
    queue(mails.staff_joined(school, user), others, at=at)


def _drop_request(user: User) -> None:
    request = request_of(user)
    if request is not None:
        db.session.delete(request)
        db.session.flush()  # one request at a time


def _require_school_account(user: User) -> None:
    if user.role is not Role.SCHOOL:
        raise Refusal(_("Das geht nur mit einem Konto für Schulen."))
