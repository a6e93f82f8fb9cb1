"""What companies see of calls: their consent, their letters, their answer."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.matching.gaps.enums import CallAnswer
from marketplace.matching.gaps.forms import AnswerForm
from marketplace.matching.gaps.models import CallLetter
from marketplace.matching.gaps.queries import (
    call_letter_by_key,
    consents_of,
    letters_to,
)
from marketplace.matching.gaps.rules import (
    can_answer,
    thing_of,
)
from marketplace.matching.gaps.services.calling import (
    agree_to_calls,
    answer_call,
    end_calls,
    is_lacking,
)
from marketplace.matching.gaps.services.telling import missing_words
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.queries import (
    organisation_by_key,
    organisations_of,
)
from marketplace.people.organisations.rules import gives, is_member
from marketplace.web.access import actor, open_to

blueprint = Blueprint("calls", __name__, url_prefix="/aufrufe")


@blueprint.get("")
@open_to(Role.MEMBER)
def index() -> ResponseReturnValue:
    firms = [firm for firm in organisations_of(actor()) if gives(firm)]
    numbers = [firm.id for firm in firms]

    return render_template(
        "matching/gaps/calls.html",
        firms=firms,
        consents=consents_of(numbers),
        letters=letters_to(numbers),
        thing_of=thing_of,
    )


@blueprint.post("/<public:key>/zustimmen")
@open_to(Role.MEMBER)
def agree(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    permit(is_member(actor(), organisation))

    agree_to_calls(organisation, actor=actor(), at=now())

    flash(_("Danke. Wir fragen Sie höchstens einmal im Monat."))
    return redirect(url_for(".index"))


@blueprint.post("/<public:key>/beenden")
@open_to(Role.MEMBER)
def end(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    permit(is_member(actor(), organisation))

    end_calls(organisation, actor=actor(), at=now())

    flash(_("Sie bekommen keine Aufrufe mehr."))
    return redirect(url_for(".index"))


@blueprint.get("/brief/<public:key>")
@open_to(Role.MEMBER)
def show(key: str) -> ResponseReturnValue:
    letter = found(call_letter_by_key(key))

    permit(can_answer(actor(), letter))

    return _page(letter, AnswerForm(formdata=None)), 200


@blueprint.post("/brief/<public:key>")
@open_to(Role.MEMBER)
def answer(key: str) -> ResponseReturnValue:
    letter = found(call_letter_by_key(key))

    permit(can_answer(actor(), letter))

    form = AnswerForm()
    if not form.accepted():
        return _page(letter, form), form.status
    answer_call(letter, form.answer.data, actor=actor(), at=now())

    is_yes = letter.answer is CallAnswer.WILLING
    flash(_("Danke. Die Koordinationsstelle meldet sich.") if is_yes else _("Notiert."))
    return redirect(url_for(".show", key=letter))


def _page(letter: CallLetter, form: AnswerForm) -> str:
    return render_template(
        "matching/gaps/letter.html",
        letter=letter,
        gap=letter.call.gap,
        form=form,
        is_lacking=is_lacking(letter.call.gap, at=now()),
        thing_of=thing_of,
        missing_words=missing_words,
    )
