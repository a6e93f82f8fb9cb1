"""Pages about who acts for an organisation, and the link of an invitation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel.speaklater import LazyString

from marketplace.foundation.clock import now
from marketplace.foundation.language import _, lazy
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.forms.members import InviteForm
from marketplace.people.organisations.models import Membership, Organisation
from marketplace.people.organisations.queries import (
    invitation_by_id,
    invitations_of,
    members_of,
    membership_by_id,
    memberships_of,
    organisation_by_key,
)
from marketplace.people.organisations.rules import is_member, is_open, is_owner
from marketplace.people.organisations.services.inviting import (
    invite,
    invite_again,
    revoke,
)
from marketplace.people.organisations.services.members import (
    act_for,
    hand_over,
    leave,
    make_owner,
    remove_member,
)
from marketplace.web.access import actor, freshly, open_to, to_proof
from marketplace.web.forms import Form

blueprint = Blueprint("members", __name__, url_prefix="/organisationen")


@dataclass(frozen=True)
class Ask:
    """What is asked before an act on a member, and what is said after it."""

    do: Callable[..., None]
    title: LazyString
    words: LazyString
    button: LazyString
    done: LazyString


ASKS: Mapping[str, Ask] = {
    "verwalten": Ask(
        make_owner,
        lazy("Verwaltung geben?"),
        lazy("Danach lädt auch diese Person ein, nimmt heraus und ändert Orte."),
        lazy("Verwaltung geben"),
        lazy("Diese Person verwaltet die Organisation jetzt mit Ihnen."),
    ),
    "uebergeben": Ask(
        hand_over,
        lazy("Verwaltung übergeben?"),
        lazy("Diese Person verwaltet dann an Ihrer Stelle. Sie bleiben Mitglied."),
        lazy("Verwaltung übergeben"),
        lazy("Die Verwaltung ist übergeben."),
    ),
    "entfernen": Ask(
        remove_member,
        lazy("Aus der Organisation nehmen?"),
        lazy("Der Zugang endet sofort. Was diese Person schrieb, bleibt."),
        lazy("Herausnehmen"),
        lazy("Der Zugang ist beendet."),
    ),
}

ANSWERS: Mapping[str, tuple[Callable[..., None], LazyString]] = {
    "nochmal": (invite_again, lazy("Der Brief ist unterwegs.")),
    "zurueckziehen": (revoke, lazy("Die Einladung ist beendet.")),
}


@blueprint.get("/meine")
@open_to(Role.MEMBER)
def mine() -> ResponseReturnValue:
    return render_template(
        "people/organisations/mine.html", memberships=memberships_of(actor())
    )


@blueprint.post("/<public:key>/handeln")
@open_to(Role.MEMBER)
def choose(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    permit(is_member(actor(), organisation))

    act_for(organisation, actor=actor(), at=now())

    flash(_("Sie handeln jetzt für %(name)s.", name=organisation.name))
    return redirect(url_for(".mine"))


@blueprint.route("/<public:key>/mitglieder", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def index(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    permit(is_member(actor(), organisation))

    form = InviteForm()
    # Who administers can put others out: as much as making a member an owner.
    proof = to_proof() if form.is_owner.data else None
    if proof:
        return proof
    is_sent = form.accepted() and not form.refused(
        lambda: invite(organisation, **form.values, actor=actor(), at=now()),
        field=form.email,
    )
    if not is_sent:
        return _members_page(organisation, form), form.status

    flash(_("Der Brief ist unterwegs. Der Link darin gilt sieben Tage."))
    return redirect(url_for(".index", key=organisation))


@blueprint.route(
    "/<public:key>/mitglieder/<id:number>/<any(verwalten, uebergeben, entfernen):act>",
    methods=["GET", "POST"],
)
@open_to(Role.MEMBER)
@freshly
def change(key: str, number: int, act: str) -> ResponseReturnValue:
    membership = _membership(key, number)
    organisation = membership.organisation

    permit(is_owner(actor(), organisation))

    form, ask = Form(), ASKS[act]
    if not form.accepted():
        return _ask_page(
            organisation,
            form,
            title=ask.title,
            words=ask.words,
            button_words=ask.button,
            member=membership.user,
        )
    ask.do(membership, actor=actor(), at=now())

    flash(str(ask.done))
    return redirect(url_for(".index", key=organisation))


@blueprint.route("/<public:key>/austreten", methods=["GET", "POST"])
@open_to(Role.MEMBER)
def go(key: str) -> ResponseReturnValue:
    organisation = found(organisation_by_key(key))

    permit(is_member(actor(), organisation))

    form = Form()
    if not form.accepted():
        return _ask_page(
            organisation,
            form,
            title=_("Aus der Organisation austreten?"),
            words=_("Ihr Zugang endet sofort. Zurück kommen Sie mit einer Einladung."),
            button_words=_("Austreten"),
        )
    leave(organisation, actor=actor(), at=now())

    flash(_("Sie handeln nicht mehr für %(name)s.", name=organisation.name))
    return redirect(url_for("accounts.show"))


@blueprint.post(
    "/<public:key>/einladungen/<id:number>/<any(nochmal, zurueckziehen):act>"
)
@open_to(Role.MEMBER)
def answer(key: str, number: int, act: str) -> ResponseReturnValue:
    invitation = found(invitation_by_id(number))

    permit(invitation.organisation.public_id == key)
    permit(is_owner(actor(), invitation.organisation))

    if act == "nochmal":
        invite_again(invitation, actor=actor(), at=now())
    else:
        revoke(invitation, actor=actor(), at=now())

    is_again = act == "nochmal"
    flash(
        _("Der Brief ist unterwegs.") if is_again else _("Die Einladung ist beendet.")
    )
    return redirect(url_for(".index", key=invitation.organisation))


def _membership(key: str, number: int) -> Membership:
    """The membership of this number, if it is one of the organisation addressed."""
    membership = found(membership_by_id(number))
    permit(membership.organisation.public_id == key)
    return membership


def _members_page(organisation: Organisation, form: InviteForm) -> str:
    may_decide = is_owner(actor(), organisation)
    return render_template(
        "people/organisations/members.html",
        organisation=organisation,
        members=members_of(organisation),
        invitations=invitations_of(organisation) if may_decide else [],
        form=form,
        is_owner=may_decide,
        is_open=lambda invitation: is_open(invitation, now()),
    )


def _ask_page(organisation: Organisation, form: Form, **words: Any) -> str:
    return render_template(
        "people/organisations/ask.html", organisation=organisation, form=form, **words
    )
