"""The office: whom it writes to, and what it decides."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import organisation_by_key
from marketplace.region.places.queries import all_districts
from marketplace.stewardship.claims.enums import ClaimState
from marketplace.stewardship.claims.forms import (
    DistrictFilters,
    LettersForm,
    MailForm,
    RefusalForm,
)
from marketplace.stewardship.claims.models import Claim
from marketplace.stewardship.claims.queries import (
    asked_claims,
    claim_by_key,
    claimable_organisations,
    figures,
    first_hints_of,
    granted_claims,
    hint_count,
    hint_counts,
    letters_to,
    organisations_with_keys,
)
from marketplace.stewardship.claims.rules import is_claimable, is_undoable
from marketplace.stewardship.claims.services.claiming import (
    grant_claim,
    refuse_claim,
    undo_claim,
)
from marketplace.stewardship.claims.services.lettering import mail_letter, print_letters
from marketplace.stewardship.claims.views.blueprint import blueprint
from marketplace.web.access import actor, open_to
from marketplace.web.pages import page_of

DESK = "/koordination/uebernahmen"
# So many claims are shown: of those that wait the oldest, of the decided the newest.
ASKED, RECENT = 30, 10


@blueprint.get(DESK)
@open_to(Role.COORDINATOR)
def queue() -> ResponseReturnValue:
    return _queue(LettersForm(None)), 200


@blueprint.post(f"{DESK}/briefe")
@open_to(Role.COORDINATOR)
def letters() -> ResponseReturnValue:
    form = LettersForm()
    if not form.accepted():
        return _queue(form), form.status

    chosen = organisations_with_keys(form.organisation.data or [])
    content = print_letters(chosen, address=_address(), actor=actor(), at=now())

    return _download(content)


@blueprint.route(f"{DESK}/<public:key>", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def organisation(key: str) -> ResponseReturnValue:
    one = found(organisation_by_key(key))

    permit(bool(one.source) or is_claimable(one))

    form = MailForm()
    is_sent = form.accepted() and not form.refused(
        lambda: mail_letter(one, form.email.data or "", actor=actor(), at=now())
    )
    if not is_sent:
        return _letters_page(one, form), form.status

    flash(_("Der Brief ist im Postausgang."))
    return redirect(url_for(".organisation", key=one))


@blueprint.route(f"{DESK}/antrag/<public:key>", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def decide(key: str) -> ResponseReturnValue:
    claim = found(claim_by_key(key))

    form = RefusalForm()
    if not form.accepted():
        return _claim_page(claim, form), form.status

    refuse_claim(claim, form.words.data or "", actor=actor(), at=now())

    flash(_("Abgelehnt. Wer gefragt hat, bekommt einen Brief."))
    return redirect(url_for(".queue"))


@blueprint.post(f"{DESK}/antrag/<public:key>/zusagen")
@open_to(Role.COORDINATOR)
def grant(key: str) -> ResponseReturnValue:
    claim = found(claim_by_key(key))

    grant_claim(claim, actor=actor(), at=now())

    flash(_("Übernommen. Die Hinweise sind jetzt Entwürfe der Organisation."))
    return redirect(url_for(".queue"))


@blueprint.post(f"{DESK}/antrag/<public:key>/zuruecknehmen")
@open_to(Role.COORDINATOR)
def undo(key: str) -> ResponseReturnValue:
    claim = found(claim_by_key(key))

    undo_claim(claim, actor=actor(), at=now())

    flash(_("Zurückgenommen. Die Hinweise stehen wieder da wie vorher."))
    return redirect(url_for(".queue"))


def _queue(form: LettersForm) -> str:
    districts = [(d.ags, d.name) for d in db.session.scalars(all_districts())]
    filters = DistrictFilters(request.args, districts=districts)
    count = hint_count()
    page = page_of(
        claimable_organisations(
            filters.values.get("kreis", ""), filters.values.get("name", "")
        ),
        by=(count, Organisation.id),
        after=request.args.get("nach"),
    )
    return render_template(
        "stewardship/claims/queue.html",
        form=form,
        filters=filters,
        page=page,
        counts=hint_counts([one.id for one in page.rows]),
        figures=figures(),
        asked=db.session.scalars(asked_claims().limit(ASKED)).all(),
        granted=db.session.scalars(
            granted_claims().order_by(Claim.decided_at.desc()).limit(RECENT)
        ).all(),
    )


def _letters_page(one: Organisation, form: MailForm) -> str:
    return render_template(
        "stewardship/claims/organisation.html",
        organisation=one,
        form=form,
        hints=first_hints_of(one),
        hint_count=hint_counts([one.id])[one.id],
        letters=letters_to(one),
        is_claimable=is_claimable(one),
    )


def _claim_page(claim: Claim, form: RefusalForm) -> str:
    return render_template(
        "stewardship/claims/decide.html",
        claim=claim,
        form=form,
        hints=first_hints_of(claim.organisation),
        hint_count=hint_counts([claim.organisation_id])[claim.organisation_id],
        is_asked=claim.state is ClaimState.ASKED,
        is_undoable=is_undoable(claim),
    )


def _address() -> str:
    return url_for(".enter", _external=True)


def _download(content: bytes) -> Response:
    """The letters as a file; nothing on the way may keep a copy of the codes."""
    name = f"briefe-{now():%Y-%m-%d}.pdf"
    headers = {
        "Content-Disposition": f"attachment; filename={name}",
        "Cache-Control": "no-store",
    }
    return Response(content, mimetype="application/pdf", headers=headers)
