from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.language import _, ngettext
from marketplace.foundation.refusals import found
from marketplace.matching.gaps.forms import CallForm, CallReach
from marketplace.matching.gaps.queries import gap_by_id
from marketplace.matching.gaps.services.calling import (
    call_companies,
    is_lacking,
    suitable_for,
)
from marketplace.matching.gaps.views.office import WORDS, blueprint
from marketplace.people.accounts.enums import Role
from marketplace.web.access import actor, open_to


@blueprint.route("/<id:gap_id>/aufruf", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def call(gap_id: int) -> ResponseReturnValue:
    gap = found(gap_by_id(gap_id))

    reach = CallReach(request.args)
    is_open = is_lacking(gap, at=now())
    companies = suitable_for(gap, radius_km=reach.km, at=now()) if is_open else []
    form = CallForm(companies=[one.organisation for one in companies if one.is_free])
    if form.accepted():
        words, chosen = form.words.data or "", form.an.data or []
        made = call_companies(
            gap, words, chosen, radius_km=reach.km, actor=actor(), at=now()
        )
        count = len(made.letters)
        flash(ngettext("Ein Brief geht ab.", "%(num)s Briefe gehen ab.", count))
        return redirect(url_for(".show", gap_id=gap.id))

    words = _("Aufruf an passende Unternehmen")
    return render_template(
        "matching/gaps/call.html",
        gap=gap,
        title=words,
        form=form,
        reach=reach,
        companies=companies,
        is_lacking=is_open,
        **WORDS,
    ), form.status
