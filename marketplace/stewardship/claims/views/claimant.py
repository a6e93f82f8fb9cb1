"""Who acts for an organisation that only a list names."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import organisations_of
from marketplace.people.organisations.rules import is_verified
from marketplace.postings.lives.models import Posting
from marketplace.stewardship.claims.forms import ClaimForm, CodeForm
from marketplace.stewardship.claims.models import ClaimLetter
from marketplace.stewardship.claims.queries import (
    first_hints_of,
    granted_claim_of,
    hint_counts,
    hint_with,
)
from marketplace.stewardship.claims.rules import can_claim, is_valid
from marketplace.stewardship.claims.services.claiming import (
    ask_for_claim,
    claim_with_letter,
)
from marketplace.stewardship.claims.services.lettering import opened_letter
from marketplace.stewardship.claims.views.blueprint import blueprint
from marketplace.web.access import EVERYONE, actor, open_to


@blueprint.route("/uebernehmen", methods=["GET", "POST"])
@open_to(EVERYONE)
def enter() -> ResponseReturnValue:
    form = CodeForm()
    code = form.code.data or ""
    is_known = form.accepted() and _opened(code) is not None

    if form.is_submitted() and not form.errors and not is_known:
        form.code.errors = [
            _("Diesen Code kennen wir nicht. Prüfen Sie jedes Zeichen.")
        ]
    if not is_known:
        page = render_template("stewardship/claims/enter.html", form=form)
        return page, form.status

    return redirect(url_for(".show", token=code.strip()))


@blueprint.route("/uebernehmen/<token>", methods=["GET", "POST"])
@open_to(EVERYONE)
def show(token: str) -> ResponseReturnValue:
    letter = found(_opened(token))

    form = ClaimForm()
    is_sent = can_claim(actor()) and form.accepted()
    if not is_sent:
        return _page(letter, form), form.status

    claim = claim_with_letter(letter, actor=actor(), at=now())

    flash(
        _("Übernommen. Die Koordinationsstelle sieht noch im Register nach.")
        + " "
        + _("Aus den Hinweisen sind Entwürfe geworden.")
    )
    return redirect(url_for("organisations.show", key=claim.organisation))


@blueprint.get("/uebernehmen/hinweis/<kind>/<public:key>")
@open_to(EVERYONE)
def about(kind: str, key: str) -> ResponseReturnValue:
    hint = found(hint_with(kind, key))

    return _question(hint, ClaimForm()), 200


@blueprint.post("/uebernehmen/hinweis/<kind>/<public:key>")
@open_to(Role.MEMBER)
def ask(kind: str, key: str) -> ResponseReturnValue:
    hint = found(hint_with(kind, key))

    form = ClaimForm()
    if not form.accepted():
        return _question(hint, form), form.status

    claimant = found(_verified_organisation())
    ask_for_claim(hint, claimant, actor=actor(), at=now())

    flash(_("Danke. Die Koordinationsstelle prüft das und schreibt Ihnen."))
    return redirect(url_for(f"{hint.kind}s.show", key=hint))


def _opened(code: str) -> ClaimLetter | None:
    came_from = request.remote_addr or ""
    return opened_letter(code, came_from=came_from, at=now())


def _page(letter: ClaimLetter, form: ClaimForm) -> str:
    organisation = letter.organisation
    is_free = granted_claim_of(organisation) is None
    return render_template(
        "stewardship/claims/show.html",
        organisation=organisation,
        **_hints_of(organisation),
        form=form,
        is_valid=is_free and is_valid(letter, now()),
        is_free=is_free,
        can_claim=can_claim(actor()),
        person=actor(),
        until=letter.valid_until,
    )


def _question(hint: Posting, form: ClaimForm) -> str:
    return render_template(
        "stewardship/claims/about.html",
        hint=hint,
        form=form,
        person=actor(),
        claimant=_verified_organisation(),
        is_free=granted_claim_of(hint.organisation) is None,
        **_hints_of(hint.organisation),
    )


def _hints_of(organisation: Organisation) -> dict[str, Any]:
    """The first of its hints, and how many there are."""
    count = hint_counts([organisation.id])[organisation.id]
    return {"hints": first_hints_of(organisation), "hint_count": count}


def _verified_organisation() -> Organisation | None:
    """The organisation for which the reader may take something over."""
    if not can_claim(actor()):
        return None
    return next(filter(is_verified, organisations_of(actor())), None)
