"""The office plans a round and announces it."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import BERLIN, day_of, end_of, now
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal, found, permit
from marketplace.foundation.text import plain
from marketplace.matching.rounds.enums import RoundScope
from marketplace.matching.rounds.forms import RoundForm
from marketplace.matching.rounds.models import Round
from marketplace.matching.rounds.queries.rounds import round_by_key
from marketplace.matching.rounds.rules import can_revise
from marketplace.matching.rounds.services.planning import (
    RoundValues,
    announce_round,
    plan_round,
    revise_round,
)
from marketplace.matching.rounds.views.blueprint import blueprint
from marketplace.people.accounts.enums import Role
from marketplace.people.schools.models import School
from marketplace.people.schools.queries import suggested_schools
from marketplace.region.places.queries import all_districts
from marketplace.web.access import actor, open_to

MOST_NAMED = 4


@blueprint.route("/koordination/verteilrunden/neu", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def new() -> ResponseReturnValue:
    form = RoundForm(districts=db.session.scalars(all_districts()).all())
    made: list[Round] = []
    is_done = form.accepted() and not form.refused(
        lambda: made.append(plan_round(_values(form), actor=actor(), at=now()))
    )
    if not is_done:
        words = _("Neue Verteilrunde")
        page = render_template("matching/rounds/edit.html", form=form, title=words)
        return page, form.status

    flash(_("Die Runde ist angelegt. Noch sieht sie niemand."))
    return redirect(url_for(".manage", key=made[0]))


@blueprint.route(
    "/koordination/verteilrunden/<public:key>/bearbeiten", methods=["GET", "POST"]
)
@open_to(Role.COORDINATOR)
def edit(key: str) -> ResponseReturnValue:
    round_ = found(round_by_key(key))

    permit(can_revise(round_))

    districts = db.session.scalars(all_districts()).all()
    form = RoundForm(districts=districts, obj=round_, data=_told(round_))
    is_done = form.accepted() and not form.refused(
        lambda: revise_round(round_, _values(form), actor=actor(), at=now())
    )
    if not is_done:
        words = _("Verteilrunde ändern")
        page = render_template("matching/rounds/edit.html", form=form, title=words)
        return page, form.status

    flash(_("Gespeichert."))
    return redirect(url_for(".manage", key=round_))


@blueprint.post("/koordination/verteilrunden/<public:key>/ankuendigen")
@open_to(Role.COORDINATOR)
def announce(key: str) -> ResponseReturnValue:
    round_ = found(round_by_key(key))

    announce_round(round_, actor=actor(), at=now())

    flash(_("Angekündigt. Unternehmen können jetzt Plätze eintragen."))
    return redirect(url_for(".manage", key=round_))


def _told(round_: Round) -> dict[str, Any]:
    """What a form is filled in with beyond the columns of the same name."""
    return {
        "opens_on": day_of(round_.opens_at),
        "closes_on": day_of(round_.closes_at),
        "school": round_.school.name if round_.school else "",
        "district": round_.district_ags or "",
    }


def _values(form: RoundForm) -> RoundValues:
    """Days become instants of Berlin: from midnight to the last second."""
    values = form.values
    opens_on, closes_on = values.pop("opens_on"), values.pop("closes_on")
    asked, district = values.pop("school") or "", values.pop("district")
    is_for_school = values["scope"] is RoundScope.SCHOOL
    return RoundValues(
        **values,
        opens_at=datetime.combine(opens_on, time(), BERLIN).astimezone(UTC),
        closes_at=end_of(closes_on),
        school=_school_named(asked) if is_for_school and asked else None,
        district_ags=district or None,
    )


def _school_named(asked: str) -> School:
    """The one school of this name and town; names some where several fit."""
    query = suggested_schools(asked).limit(MOST_NAMED)
    fitting: Sequence[School] = db.session.scalars(query).all()
    exact = [one for one in fitting if one.sort_name == plain(asked)]
    if len(exact) == 1 or len(fitting) == 1:
        return exact[0] if len(exact) == 1 else fitting[0]
    if not fitting:
        raise Refusal(_("Diese Schule ist nicht im Verzeichnis."))
    names = "; ".join(f"{one.name}, {one.place_name}" for one in fitting)
    raise Refusal(_("Mehrere Schulen passen: %(names)s. Welche?", names=names))
