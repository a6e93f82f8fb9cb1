"""A guardian without an account reads and signs by the link in her letter."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.applications.enums import Side
from marketplace.encounters.applications.rules import guardian_no_of, is_minor
from marketplace.encounters.papers.enums import AT_HOME, Party
from marketplace.encounters.papers.forms import SignForm
from marketplace.encounters.papers.mails import AGREEMENT
from marketplace.encounters.papers.models import Agreement
from marketplace.encounters.papers.queries import agreement_by_id, has_school_account
from marketplace.encounters.papers.rules import (
    has_papers,
    is_turn_of,
    signature_of,
    words_of,
)
from marketplace.encounters.papers.services.agreeing import sign
from marketplace.encounters.papers.services.printing import (
    agreement_pdf,
    guardian_information,
)
from marketplace.encounters.papers.tables import promises_of
from marketplace.encounters.papers.views.blueprint import blueprint
from marketplace.encounters.papers.views.printing import pdf
from marketplace.encounters.papers.views.reading import FOLDER
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.upkeep.mail.queries import link_of
from marketplace.web.access import EVERYONE, open_to


@blueprint.route("/unterlagen/<token>", methods=["GET", "POST"])
@open_to(EVERYONE)
def by_link(token: str) -> ResponseReturnValue:
    agreement = _agreement_of(token)

    form = SignForm()
    party = _party_of(agreement, token)
    if not _is_turn(agreement, party) or not form.accepted():
        return _page(agreement, form, token), form.status

    name = form.values["name"].strip()
    sign(agreement, party, name=name, user=None, at=now())

    flash(_("Unterschrieben. Danke."))
    return redirect(url_for(".by_link", token=token))


@blueprint.get("/unterlagen/<token>/vereinbarung.pdf")
@open_to(EVERYONE)
def agreement_by_link(token: str) -> ResponseReturnValue:
    agreement = _agreement_of(token)

    address = url_for(".index", key=agreement.application, _external=True)
    content = agreement_pdf(agreement, address=address)

    return pdf(content, f"vereinbarung-{agreement.application.public_id}")


@blueprint.get("/unterlagen/<token>/elterninformation.pdf")
@open_to(EVERYONE)
def information_by_link(token: str) -> ResponseReturnValue:
    application = _agreement_of(token).application

    content = guardian_information(application, at=now())

    return pdf(content, f"elterninformation-{application.public_id}")


def _agreement_of(token: str) -> Agreement:
    """The version a link leads to, while somebody at home answers for the child.

    A link ends with the last day; that it was recalled for a newer one does not matter,
    since its page then says so.
    """
    link = found(link_of(AGREEMENT, token))
    agreement = found(agreement_by_id(link.subject_id))
    application = agreement.application
    permit(day_of(now()) <= application.period.ends_on)
    permit(is_minor(application, day_of(now())))
    permit(has_papers(application, Side.GUARDIAN))
    return agreement


def _party_of(agreement: Agreement, token: str) -> Party:
    """Which of the guardians that were named came by the link."""
    recipient = found(link_of(AGREEMENT, token)).recipient
    return AT_HOME[guardian_no_of(agreement.application, recipient)]


def _is_turn(agreement: Agreement, party: Party) -> bool:
    has_school = has_school_account(agreement.application)
    day = day_of(now())
    return is_turn_of(party, agreement, day, has_school_account=has_school)


def _page(agreement: Agreement, form: SignForm, token: str) -> str:
    party = _party_of(agreement, token)
    return render_template(
        f"{FOLDER}/by_link.html",
        application=agreement.application,
        agreement=agreement,
        words=words_of(agreement),
        promises=promises_of(words_of(agreement)),
        signature=signature_of(agreement, party),
        is_mine=_is_turn(agreement, party),
        form=form,
        pdf=url_for(".agreement_by_link", token=token),
        information=url_for(".information_by_link", token=token),
    )
