from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.models import Application
from marketplace.encounters.applications.queries import application_by_key
from marketplace.encounters.applications.rules import (
    is_company_of,
    is_event_of,
    is_pupil_of,
)
from marketplace.encounters.feedback.enums import MARKS, QUESTIONS, Asked, Matter
from marketplace.encounters.feedback.forms import FeedbackForm
from marketplace.encounters.feedback.queries import (
    counts_of,
    open_requests,
    request_to,
    words_of_pupils,
)
from marketplace.encounters.feedback.rules import (
    ANSWERED_WITHIN,
    FEWEST,
    can_answer,
    took_place,
)
from marketplace.encounters.feedback.services import give_feedback
from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.schools.queries import school_of
from marketplace.web.access import actor, open_to
from marketplace.web.navigation import Link, Part

blueprint = Blueprint("feedback", __name__)

SIDES: Mapping[Role, Asked] = {
    Role.PUPIL: Asked.PUPIL,
    Role.MEMBER: Asked.COMPANY,
    Role.SCHOOL: Asked.SCHOOL,
}


@dataclass(frozen=True)
class Row:
    """One question with the share of each mark, best first."""

    question: str
    shares: list[int]
    count: int


@blueprint.route("/bewerbungen/<public:key>/rueckmeldung", methods=["GET", "POST"])
@open_to(*SIDES)
def tell(key: str) -> ResponseReturnValue:
    application, side = found(application_by_key(key)), SIDES[actor().role]

    permit(_is_own(application, side))
    permit(can_answer(request_to(application, side), now()))

    form = FeedbackForm(side)
    if not form.accepted():
        page = render_template(
            "encounters/feedback/tell.html",
            application=application,
            form=form,
            is_pupil=side is Asked.PUPIL,
        )
        return page, form.status
    words = (form.words.data or "") if side is Asked.PUPIL else ""
    give_feedback(application, side, form.marks, words, at=now())

    flash(_("Danke. Die Antwort steht ohne Namen bei uns."))
    return redirect(url_for("accounts.show"))


@blueprint.app_template_global()
def feedback_way(application: Application) -> str | None:
    """Where the reader says how a placement was; None where nobody asks her."""
    side = SIDES.get(actor().role)
    if side is None or not took_place(application):
        return None
    if not can_answer(request_to(application, side), now()):
        return None
    return url_for("feedback.tell", key=application)


@blueprint.get("/koordination/rueckmeldungen")
@open_to(Role.COORDINATOR)
def figures() -> ResponseReturnValue:
    tables = [(side, _rows(side)) for side in Asked]

    words = words_of_pupils()

    return render_template(
        "encounters/feedback/figures.html",
        tables=tables,
        words=words,
        marks=list(MARKS.values()),
        fewest=FEWEST,
    )


def account_part(user: User) -> Part | None:
    """Gives the account page what a person is asked and has not answered."""
    side = SIDES.get(user.role)
    if side is None:
        return None
    links = [
        Link(
            _("%(title)s: Wie war es?", title=one.application.internship.title),
            url_for("feedback.tell", key=one.application),
        )
        for one in open_requests(user, side, now() - ANSWERED_WITHIN)
    ]
    return Part(_("Rückmeldung"), links=links) if links else None


def _is_own(application: Application, side: Asked) -> bool:
    if side is Asked.PUPIL:
        return is_pupil_of(actor(), application)
    if side is Asked.COMPANY:
        return is_company_of(actor(), application)
    school = school_of(actor())
    return school is not None and is_event_of(application, school.id)


def _rows(side: Asked) -> list[Row]:
    """The figures of one side; none below five answers."""
    counts = counts_of(side)
    return [
        _row(str(QUESTIONS[side][matter]), counts[matter])
        for matter in Matter
        if matter in QUESTIONS[side] and matter in counts
    ]


def _row(question: str, marks: Mapping[int, int]) -> Row:
    total = sum(marks.values())
    shares = [round(100 * marks.get(mark, 0) / total) for mark in MARKS]
    return Row(question, shares, total)
