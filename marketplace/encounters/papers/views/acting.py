"""Sign on the screen, enter what was signed on paper, date what comes before."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.enums import Side
from marketplace.encounters.applications.rules import is_minor
from marketplace.encounters.papers.forms import DatesForm, SeenForm, SignForm
from marketplace.encounters.papers.models import Agreement
from marketplace.encounters.papers.queries import (
    agreement_of,
    has_school_account,
    instruction_of,
)
from marketplace.encounters.papers.rules import (
    can_witness,
    is_turn_of,
    missing_parties,
    words_of,
)
from marketplace.encounters.papers.services.agreeing import (
    SeenPaper,
    enter_signature,
    sign,
)
from marketplace.encounters.papers.services.instructing import Dates, note_dates
from marketplace.encounters.papers.tables import promises_of
from marketplace.encounters.papers.views.blueprint import blueprint
from marketplace.encounters.papers.views.reading import (
    FOLDER,
    Seat,
    party_at,
    seat_at,
)
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found
from marketplace.people.accounts.enums import Role
from marketplace.web.access import actor, open_to

UNDER = "/bewerbungen/<public:key>/unterlagen"


@blueprint.route(f"{UNDER}/unterschreiben", methods=["GET", "POST"])
@open_to(Role.PUPIL, Role.GUARDIAN, Role.MEMBER, Role.SCHOOL)
def sign_here(key: str) -> ResponseReturnValue:
    seat = seat_at(key)
    agreement = found(agreement_of(seat.application))

    if not _is_turn(seat, agreement):
        return redirect(url_for(".index", key=key))
    form = SignForm()
    if not form.accepted():
        return _sign_page(seat, agreement, form), form.status

    name = form.values["name"].strip()
    sign(agreement, found(party_at(seat)), name=name, user=actor(), at=now())

    flash(_("Unterschrieben."))
    return redirect(url_for(".index", key=key))


@blueprint.route(f"{UNDER}/papier", methods=["GET", "POST"])
@open_to(Role.MEMBER, Role.SCHOOL, Role.COORDINATOR)
def enter_paper(key: str) -> ResponseReturnValue:
    seat = seat_at(key)
    agreement = found(agreement_of(seat.application))

    today = day_of(now())
    if not can_witness(seat.side, agreement, today):
        return redirect(url_for(".index", key=key))
    form = SeenForm(parties=missing_parties(agreement, today), today=today)
    if not form.accepted():
        words = {"application": seat.application, "form": form}
        return render_template(f"{FOLDER}/paper.html", **words), form.status

    paper = SeenPaper(**form.values)
    enter_signature(agreement, paper, side=seat.side, actor=actor(), at=now())

    flash(_("Eingetragen."))
    return redirect(url_for(".index", key=key))


@blueprint.route(f"{UNDER}/unterweisung", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def instruct(key: str) -> ResponseReturnValue:
    application = seat_at(key, Side.COMPANY).application

    # What the posting says of its risks is a good beginning.
    form = DatesForm(obj=instruction_of(application) or application.internship)
    is_young = is_minor(application, day_of(now()))
    if not is_young:
        del form.guardians_told_on
    told = {"guardians_told_on": None} | form.values
    if not form.accepted() or form.refused(lambda: _note(key, Dates(**told))):
        words = {"application": application, "form": form, "is_young": is_young}
        return render_template(f"{FOLDER}/instruction.html", **words), form.status

    flash(_("Eingetragen."))
    return redirect(url_for(".index", key=key))


def _note(key: str, dates: Dates) -> None:
    application = seat_at(key, Side.COMPANY).application
    note_dates(application, dates, actor=actor(), at=now())


def _is_turn(seat: Seat, agreement: Agreement) -> bool:
    has_school = has_school_account(seat.application)
    day = day_of(now())
    return is_turn_of(party_at(seat), agreement, day, has_school_account=has_school)


def _sign_page(seat: Seat, agreement: Agreement, form: SignForm) -> str:
    return render_template(
        f"{FOLDER}/sign_{'pupil' if seat.side is Side.PUPIL else 'other'}.html",
        application=seat.application,
        agreement=agreement,
        words=words_of(agreement),
        promises=promises_of(words_of(agreement)),
        form=form,
        pdf=url_for(".agreement", key=seat.application),
        back_link=url_for(".index", key=seat.application),
    )
