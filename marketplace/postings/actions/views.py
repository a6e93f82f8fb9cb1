from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.postings.actions.enums import Standing
from marketplace.postings.actions.forms import ActionFilters, ActionForm, CheckForm
from marketplace.postings.actions.models import Action
from marketplace.postings.actions.queries import BY_TITLE, action_by_key, actions
from marketplace.postings.actions.rules import can_check, can_see, can_write, sign_for
from marketplace.postings.actions.services import (
    check_action,
    publish_action,
    revise_action,
    withdraw_action,
    write_action,
)
from marketplace.postings.lives.views.history import history_page
from marketplace.web.access import EVERYONE, actor, open_to
from marketplace.web.forms import Difference
from marketplace.web.heads import present_link
from marketplace.web.pages import COUNTED, count_of, page_of

blueprint = Blueprint("actions", __name__, url_prefix="/aktionen")

# How a standing is drawn.
TONES = {Standing.OPEN: "", Standing.EXISTS: "good", Standing.ABSENT: ""}


@blueprint.get("")
@open_to(EVERYONE)
def index() -> ResponseReturnValue:
    filters = ActionFilters(request.args)
    query = actions(
        q=filters.values.get("q", ""),
        land=filters.values.get("land"),
        topics=filters.thema.topics,
        with_hidden=can_write(actor()),
    )

    after = filters.values.get("nach")
    page = page_of(query, by=BY_TITLE, after=after, ascending=True)

    return render_template(
        "postings/actions/index.html",
        filters=filters,
        page=page,
        count=count_of(query),
        counted=COUNTED,
        sign_for=sign_for,
        tones=TONES,
        can_write=can_write(actor()),
        link=lambda **changes: _link(filters, **changes),
    )


@blueprint.get("/<public:key>")
@open_to(EVERYONE)
def show(key: str) -> ResponseReturnValue:
    action = found(action_by_key(key))

    permit(can_see(actor(), action))

    present = present_link(action)
    if present:
        return redirect(present, 301)

    return render_template(
        "postings/actions/show.html",
        action=action,
        tones=TONES,
        can_check=can_check(actor()),
        can_write=can_write(actor()),
    )


@blueprint.route("/neu", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def new() -> ResponseReturnValue:
    form = ActionForm()
    if not form.accepted():
        return render_template("postings/actions/new.html", form=form), form.status

    action = write_action(form.entry, actor=actor(), at=now())

    flash(_("Gespeichert. Noch sieht die Aktion nur die Koordinationsstelle."))
    return redirect(url_for(".show", key=action))


@blueprint.route("/<public:key>/bearbeiten", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def edit(key: str) -> ResponseReturnValue:
    action = found(action_by_key(key))

    form = ActionForm(action=action)
    if form.is_submitted() and form.is_overtaken(action):
        differences = form.differences(ActionForm(action=action, formdata=None))
        form.take_version_of(action)
        return _edit_page(action, form, differences), 409
    if not form.accepted():
        return _edit_page(action, form), form.status

    revise_action(action, form.entry, actor=actor(), at=now())

    flash(_("Ihre Änderungen sind gespeichert."))
    return redirect(url_for(".show", key=action))


@blueprint.get("/<public:key>/verlauf")
@open_to(Role.COORDINATOR)
def history(key: str) -> ResponseReturnValue:
    action = found(action_by_key(key))

    return history_page(action, ActionForm(action=action, formdata=None))


@blueprint.post("/<public:key>/veroeffentlichen")
@open_to(Role.COORDINATOR)
def publish(key: str) -> ResponseReturnValue:
    action = found(action_by_key(key))

    publish_action(action, actor=actor(), at=now())

    flash(_("Die Aktion ist öffentlich."))
    return redirect(url_for(".show", key=action))


@blueprint.post("/<public:key>/zurueckziehen")
@open_to(Role.COORDINATOR)
def withdraw(key: str) -> ResponseReturnValue:
    action = found(action_by_key(key))

    withdraw_action(action, actor=actor(), at=now())

    flash(_("Die Aktion ist zurückgezogen. Nur die Koordinationsstelle sieht sie."))
    return redirect(url_for(".show", key=action))


@blueprint.route("/<public:key>/pruefen", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def check(key: str) -> ResponseReturnValue:
    action = found(action_by_key(key))

    form = CheckForm(action=action)
    if form.is_submitted() and form.is_overtaken(action):
        stored = CheckForm(action=action, formdata=None)
        differences = form.differences(stored)
        form.take_version_of(action)
        return _check_page(action, form, differences), 409
    if not form.accepted():
        return _check_page(action, form), form.status

    check_action(action, form.check, actor=actor(), at=now())

    flash(_("Danke. Der Stand ist von heute."))
    return redirect(url_for(".show", key=action))


def _edit_page(
    action: Action, form: ActionForm, differences: Sequence[Difference] = ()
) -> str:
    return render_template(
        "postings/actions/edit.html",
        posting=action,
        form=form,
        differences=differences,
    )


def _check_page(
    action: Action, form: CheckForm, differences: Sequence[Difference] = ()
) -> str:
    return render_template(
        "postings/actions/check.html",
        action=action,
        form=form,
        differences=differences,
    )


def _link(filters: ActionFilters, **changes: Any) -> str:
    """The address of this list with some entries changed; None takes one away."""
    sent = {name: filters[name].raw_data for name in filters.values if name != "nach"}
    entries = {**sent, **changes}
    return url_for(".index", **{k: v for k, v in entries.items() if v is not None})
