"""How a pupil comes into a class, and out of it again."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal, TooMany
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import failures_since
from marketplace.people.accounts.services.sign_ins import note_failure
from marketplace.people.schools.models import (
    ClassMember,
    SchoolClass,
    SchoolStaff,
    StaffRequest,
)
from marketplace.people.schools.queries import (
    class_by_code,
    members_of,
    membership_of,
)
from marketplace.people.schools.rules import MOST_PUPILS, is_current
from marketplace.people.schools.services.choosing import choose_school
from marketplace.people.schools.services.judging import judge_pupil
from marketplace.region.calendar.tables import school_year_of
from marketplace.upkeep.audit.services import record

MOST_FAILURES, WINDOW = 10, timedelta(minutes=15)


def class_with_code(code: str, *, came_from: str, at: datetime) -> SchoolClass | None:
    """The class of a code; None where there is none, or its year is over.

    Whoever guesses has to wait as at sign-in.
    """
    target = f"class:{came_from}"
    count, oldest = failures_since(target, at - WINDOW)
    if count >= MOST_FAILURES and oldest:
        raise TooMany(
            _("Das waren zu viele falsche Codes. Bitte einige Minuten warten."),
            seconds=max(1, int((oldest + WINDOW - at).total_seconds())),
        )
    own = class_by_code(code)
    if own is None or not is_current(own, day_of(at)):
        note_failure(target, at=at)
        return None
    return own


def join_class(user: User, own: SchoolClass, *, at: datetime) -> None:
    """Takes a pupil into a class, and out of the one before; twice does no harm.

    Her account takes over the school and, in its year, the level of the class.
    """
    pupil = user.pupil
    if pupil is None:
        raise Refusal(_("Das ist kein Konto einer Schülerin oder eines Schülers."))
    locked(own)
    known = membership_of(user)
    is_new = known is None or known.class_id != own.id
    if is_new and len(members_of(own)) >= MOST_PUPILS:
        raise Refusal(
            _("Diese Klasse ist voll.") + " " + _("Frag in der Schule nach dem Code.")
        )
    if pupil.school_id != own.school_id:
        choose_school(user, own.school, at=at)
    if own.school_year == school_year_of(day_of(at)):
        pupil.class_level = own.class_level
    if not is_new:
        return
    if known is not None:
        db.session.delete(known)
        db.session.flush()  # one class at a time
    db.session.add(ClassMember(user=user, school_class=own, joined_at=at))

    record("class.joined", own, actor=user, at=at)
    judge_pupil(user, at=at)


def leave_class(user: User, *, at: datetime) -> None:
    """Takes a pupil out of her class, by herself; her applications stay."""
    known = membership_of(user)
    if known is None:
        raise Refusal(_("Du bist in keiner Klasse."))
    record("class.left", known.school_class, actor=user, at=at)
    judge_pupil(user, at=at)
    db.session.delete(known)


def remove_member(member: ClassMember, *, actor: User, at: datetime) -> None:
    """Takes a pupil out of a class, as its school."""
    record("class.member_removed", member.school_class, actor=actor, at=at)
    judge_pupil(member.user, at=at)
    db.session.delete(member)


def leave_all(user: User) -> None:
    """Takes whoever goes for good out of her class, or off the staff of her school."""
    for kind in (ClassMember, SchoolStaff, StaffRequest):
        db.session.execute(delete(kind).where(kind.user_id == user.id))
