"""People and organisations, found by name, address or town."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.doors.desk.forms import DeskSearch
from marketplace.doors.desk.views.blueprint import blueprint
from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import people_found, user_by_id
from marketplace.people.accounts.rules import is_confirmed
from marketplace.people.accounts.services.opening import send_confirmation_again
from marketplace.people.accounts.services.showing import note_found
from marketplace.people.organisations.queries import (
    BY_NAME,
    organisations_by_member,
    organisations_found,
)
from marketplace.web.access import actor, open_to
from marketplace.web.navigation import Link
from marketplace.web.pages import Page, page_of


@blueprint.get("/suche")
@open_to(Role.COORDINATOR, Role.ADMIN)
def search() -> ResponseReturnValue:
    filters = DeskSearch(request.args)

    words, after = filters.values.get("q", "").strip(), request.args.get("nach")
    is_people = filters.art.data != "organisationen"
    page: Page[Any] = Page([], None)
    if words and is_people:
        page = page_of(people_found(words), by=(User.id,), after=after)
        note_found(page.rows, actor=actor(), at=now())
    elif words:
        query = organisations_found(words)
        page = page_of(query, by=BY_NAME, after=after, ascending=True)

    return render_template(
        "doors/desk/search.html",
        filters=filters,
        words=words,
        page=page,
        is_people=is_people,
        tabs=_tabs(words, is_people=is_people),
        organisations=organisations_by_member(page.rows) if is_people else {},
        is_confirmed=is_confirmed,
    )


@blueprint.post("/suche/<id:user_id>/bestaetigung")
@open_to(Role.COORDINATOR, Role.ADMIN)
def confirm_again(user_id: int) -> ResponseReturnValue:
    user = found(user_by_id(user_id))

    send_confirmation_again(user, at=now())

    flash(_("Der Brief ist unterwegs, wenn die Adresse noch nicht bestätigt ist."))
    return redirect(url_for(".search", q=user.email))


def _tabs(words: str, *, is_people: bool) -> list[Link]:
    people = url_for(".search", q=words or None)
    organisations = url_for(".search", q=words or None, art="organisationen")
    return [
        Link(_("Personen"), people, is_people),
        Link(_("Organisationen"), organisations, not is_people),
    ]
