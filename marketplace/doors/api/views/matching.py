from flask import request
from flask.typing import ResponseReturnValue

from marketplace.doors.api.schemas.matches import matches_of
from marketplace.doors.api.views.answering import answer
from marketplace.doors.api.views.blueprint import blueprint
from marketplace.doors.api.views.knowing import token_for
from marketplace.foundation.refusals import found, permit
from marketplace.matching.partners.rules import can_look
from marketplace.people.organisations.queries import site_by_key
from marketplace.people.tokens.enums import Scope
from marketplace.postings.offers.queries import offer_by_key
from marketplace.web.access import EVERYONE, open_to
from marketplace.web.problems import BadEntries, Mistake


@blueprint.get("/matches")
@open_to(EVERYONE)
def matches() -> ResponseReturnValue:
    token = token_for(Scope.MATCHES)
    if set(request.args) != {"for"} or len(request.args.getlist("for")) > 1:
        raise BadEntries([Mistake("for", "The id of an offer or a site, once.")])

    key = request.args["for"].partition("-")[0]
    thing = offer_by_key(key) or found(site_by_key(key))
    is_own = token.organisation_id in (None, thing.organisation_id)
    permit(is_own and can_look(token.user, thing.organisation))

    return answer({"items": matches_of(thing)})
