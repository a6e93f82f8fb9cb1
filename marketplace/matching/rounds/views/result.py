"""What came of a pupil's list, in sentences."""

from flask import render_template
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.refusals import found, permit
from marketplace.matching.rounds.queries.entries import entry_of
from marketplace.matching.rounds.queries.rounds import round_by_key, sealed_round
from marketplace.matching.rounds.rules import has_place, is_out, takes_wishes
from marketplace.matching.rounds.services.explaining import told_to
from marketplace.matching.rounds.views.blueprint import blueprint
from marketplace.matching.rounds.views.public import words_for
from marketplace.people.accounts.enums import Role
from marketplace.web.access import actor, open_to


@blueprint.get("/verteilrunden/<public:key>/ergebnis")
@open_to(Role.PUPIL)
def result(key: str) -> ResponseReturnValue:
    round_ = found(round_by_key(key))
    entry = found(entry_of(round_, actor()))

    permit(is_out(round_))

    return render_template(
        "matching/rounds/result.html",
        **words_for(round_),
        entry=entry,
        told=told_to(entry),
        has_place=has_place(entry),
        can_wish=takes_wishes(entry, now()),
        seed=sealed_round(round_.id).seed,
    )
