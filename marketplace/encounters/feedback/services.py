from collections.abc import Mapping, Sequence
from datetime import datetime

from dateutil.relativedelta import relativedelta
from sqlalchemy import update

from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.services.moving import (
    write_company,
    write_pupil,
)
from marketplace.encounters.feedback import mails
from marketplace.encounters.feedback.enums import QUESTIONS, Asked, Matter
from marketplace.encounters.feedback.models import Answer, Request
from marketplace.encounters.feedback.queries import request_to, unasked
from marketplace.encounters.feedback.rules import (
    ASKED_WITHIN,
    MONTHS_OF_WORDS,
    can_answer,
    took_place,
)
from marketplace.foundation.clock import day_of
from marketplace.foundation.contacts import masked
from marketplace.foundation.database import db, locked
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.schools.queries import staff_addresses
from marketplace.upkeep.mail.services import queue


def ask_all(*, at: datetime) -> int:
    """Asks each side once about what has just ended, and says how often."""
    count = 0
    for side in Asked:
        asked: set[tuple[int, ...]] = set()
        for application in unasked(side, at - ASKED_WITHIN):
            group = _group_of(application, side)
            if group not in asked:
                asked.add(group)
                _ask(application, side, at=at)
                count += 1
    return count


def give_feedback(
    application: Application,
    side: Asked,
    marks: Mapping[Matter, int],
    words: str = "",
    *,
    at: datetime,
) -> None:
    """Keeps how a side found it, without a name; refuses a second time.

    Of a pupil's own words ways to reach her stay out; others have none.
    """
    locked(application)
    request = request_to(application, side)
    if not took_place(application) or request is None or not can_answer(request, at):
        raise Refusal(_("Diese Rückmeldung ist schon da, oder es ist zu lange her."))
    if set(marks) != set(QUESTIONS[side]):
        raise Refusal(_("Da fehlt noch eine Antwort."))
    request.is_answered = True
    db.session.add(
        Answer(
            side=side,
            state_code=application.internship.state_code,
            basis=application.basis,
            month=day_of(at).replace(day=1),
            words=masked(words.strip()) if side is Asked.PUPIL else "",
            **{matter.value: mark for matter, mark in marks.items()},
        )
    )


def forget_words(*, at: datetime) -> None:
    """Empties what pupils wrote twelve months ago; their marks stay."""
    last = day_of(at) - relativedelta(months=MONTHS_OF_WORDS)
    db.session.execute(
        update(Answer).where(Answer.month <= last, Answer.words != "").values(words="")
    )


def _ask(application: Application, side: Asked, *, at: datetime) -> None:
    db.session.add(Request(application_id=application.id, side=side, asked_at=at))
    letter = mails.feedback_asked(application, side)
    if side is Asked.PUPIL:
        write_pupil(letter, application, at=at)
    elif side is Asked.COMPANY:
        write_company(letter, application, at=at)
    else:
        queue(letter, _staff_of(application), at=at)


def _staff_of(application: Application) -> Sequence[str]:
    pupil = application.pupil.pupil
    school_id = pupil.school_id if pupil else None
    return staff_addresses(school_id) if school_id else []


def _group_of(application: Application, side: Asked) -> tuple[int, ...]:
    """What a side is asked about once: a placement, a period, a school's part of it."""
    if side is Asked.PUPIL:
        return (application.id,)
    if side is Asked.COMPANY:
        return (application.period_id,)
    pupil = application.pupil.pupil
    return application.period_id, (pupil.school_id if pupil else None) or 0
