from collections.abc import Callable, Mapping

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel.speaklater import LazyString

from marketplace.foundation.clock import now
from marketplace.foundation.language import _, lazy
from marketplace.foundation.refusals import found, permit
from marketplace.overview.webhooks.forms import SubscriptionForm
from marketplace.overview.webhooks.models import Subscription
from marketplace.overview.webhooks.queries import (
    last_deliveries,
    subscription_by_id,
    subscriptions_of,
)
from marketplace.overview.webhooks.services import (
    resume,
    send_test,
    subscribe,
    unsubscribe,
)
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.organisations.queries import organisation_of
from marketplace.people.organisations.rules import is_owner
from marketplace.web.access import actor, freshly, open_to
from marketplace.web.navigation import Link, Part

blueprint = Blueprint("webhooks", __name__, url_prefix="/konto/zugang/meldungen")

# What a button does, and what is said once it is done.
ACTS: Mapping[str, tuple[Callable[..., None], LazyString]] = {
    "probe": (send_test, lazy("Die Probe ist unterwegs.")),
    "aufnehmen": (resume, lazy("Ab jetzt gehen wieder Meldungen dorthin.")),
    "beenden": (unsubscribe, lazy("Beendet. Dorthin geht nichts mehr.")),
}


@blueprint.get("")
@open_to(Role.MEMBER)
def index() -> ResponseReturnValue:
    organisation = found(organisation_of(actor()))

    return render_template(
        "overview/webhooks/index.html",
        organisation=organisation,
        subscriptions=subscriptions_of(organisation),
        is_owner=is_owner(actor(), organisation),
    )


@blueprint.route("/neu", methods=["GET", "POST"])
@open_to(Role.MEMBER)
@freshly
def new() -> ResponseReturnValue:
    organisation = found(organisation_of(actor()))

    permit(is_owner(actor(), organisation))

    form, made = SubscriptionForm(), list[Subscription]()
    is_made = form.accepted() and not form.refused(
        lambda: made.append(
            subscribe(
                organisation,
                form.told_address,
                frozenset(form.subjects.data or ()),
                actor=actor(),
                at=now(),
            )
        )
    )
    if not is_made:
        return render_template("overview/webhooks/new.html", form=form), form.status

    return render_template("overview/webhooks/made.html", subscription=made[0])


@blueprint.get("/<id:number>")
@open_to(Role.MEMBER)
def show(number: int) -> ResponseReturnValue:
    subscription = _own(number)

    return render_template(
        "overview/webhooks/show.html",
        subscription=subscription,
        deliveries=last_deliveries(subscription),
        is_owner=is_owner(actor(), subscription.organisation),
    )


@blueprint.post("/<id:number>/<any(probe,aufnehmen,beenden):act>")
@open_to(Role.MEMBER)
def change(number: int, act: str) -> ResponseReturnValue:
    subscription = _own(number)

    permit(is_owner(actor(), subscription.organisation))

    do, done = ACTS[act]
    do(subscription, actor=actor(), at=now())

    flash(str(done))
    if act == "beenden":
        return redirect(url_for(".index"))
    return redirect(url_for(".show", number=number))


def account_part(user: User) -> Part | None:
    """Gives the way from the account to messages for programs."""
    if user.role is not Role.MEMBER or organisation_of(user) is None:
        return None
    link = Link(_("Meldungen an Programme"), url_for("webhooks.index"))
    return Part(_("Programme und Meldungen"), links=[link])


def _own(number: int) -> Subscription:
    """A subscription of the organisation the reader acts for; others are not there."""
    subscription = found(subscription_by_id(number))
    organisation = found(organisation_of(actor()))
    permit(subscription.organisation_id == organisation.id)
    return subscription
