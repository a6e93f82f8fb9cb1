"""The first of two guardians of a pupil in a round says who the other one is."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.matching.rounds.forms import SecondForm
from marketplace.matching.rounds.mails import CONSENT
from marketplace.matching.rounds.models import RoundEntry
from marketplace.matching.rounds.queries.entries import (
    entries_of_children,
    entry_by_id,
    entry_by_key,
)
from marketplace.matching.rounds.rules import lacks_second, number_at_home
from marketplace.matching.rounds.services.seconding import name_second
from marketplace.matching.rounds.views.blueprint import blueprint
from marketplace.people.accounts.enums import Role
from marketplace.upkeep.mail.queries import link_of
from marketplace.web.access import EVERYONE, actor, open_to


@blueprint.route("/verteilrunden/freigabe/<token>/zweite", methods=["GET", "POST"])
@open_to(EVERYONE)
def second_by_link(token: str) -> ResponseReturnValue:
    link = found(link_of(CONSENT, token))
    entry = found(entry_by_id(link.subject_id))

    permit(lacks_second(entry) and number_at_home(entry, link.recipient) == 1)

    return _answer(entry, url_for(".consent", token=token))


@blueprint.route("/verteilrunden/kind/<public:key>/zweite", methods=["GET", "POST"])
@open_to(Role.GUARDIAN)
def second_for_child(key: str) -> ResponseReturnValue:
    entry = found(entry_by_key(key))

    permit(entry in entries_of_children(actor(), day_of(now())))
    permit(lacks_second(entry) and number_at_home(entry, actor().email) == 1)

    return _answer(entry, url_for(".child", key=entry))


def _answer(entry: RoundEntry, way_on: str) -> ResponseReturnValue:
    form = SecondForm()
    is_named = form.accepted() and not form.refused(
        lambda: name_second(entry, **form.values, actor=actor(), at=now()),
        field=form.email,
    )
    if not is_named:
        page = render_template(
            "matching/rounds/second.html", entry=entry, form=form, way_back=way_on
        )
        return page, form.status

    flash(_("Danke. Die zweite Person wird jetzt gefragt."))
    return redirect(way_on)
