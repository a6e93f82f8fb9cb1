"""Not with this partner, and taking that back."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.introductions.services.choosing import (
    leave_out,
    take_in_again,
)
from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found, permit
from marketplace.matching.partners.rules import can_look
from marketplace.matching.partners.services.worlds import world_at
from marketplace.matching.partners.views.blueprint import blueprint
from marketplace.matching.partners.views.reading import (
    pair_of_things,
    profile_of,
    thing_by_key,
)
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.queries import organisation_by_key
from marketplace.web.access import actor, open_to


@blueprint.post("/<public:key>/nicht/<public:other>")
@open_to(Role.MEMBER, Role.COORDINATOR)
def leave(key: str, other: str) -> ResponseReturnValue:
    mine, theirs = thing_by_key(key), thing_by_key(other)

    permit(can_look(actor(), mine.organisation))

    pair_of_things(mine, theirs)
    found(world_at(now()).index.profiles.get(profile_of(theirs)))
    leave_out(mine.organisation, theirs.organisation, actor=actor(), at=now())

    flash(_("Das schlagen wir nicht mehr vor."))
    return redirect(url_for(".pair", key=mine, other=theirs))


@blueprint.post("/<public:key>/wieder/<public:other>")
@open_to(Role.MEMBER, Role.COORDINATOR)
def take_in(key: str, other: str) -> ResponseReturnValue:
    mine, unwanted = thing_by_key(key), found(organisation_by_key(other))

    permit(can_look(actor(), mine.organisation))

    take_in_again(mine.organisation, unwanted, actor=actor(), at=now())

    flash(_("Zurückgenommen. Was passt, schlagen wir wieder vor."))
    return redirect(url_for(".show", key=mine))
