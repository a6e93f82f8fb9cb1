"""The poster of an internship, for those who offer it."""

from flask import url_for
from flask.typing import ResponseReturnValue

from marketplace.encounters.papers.rules import has_poster
from marketplace.encounters.papers.services.posters import poster as draw
from marketplace.encounters.papers.views.blueprint import blueprint
from marketplace.encounters.papers.views.printing import pdf
from marketplace.foundation.clock import now
from marketplace.foundation.refusals import found, permit
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.rules import is_member
from marketplace.postings.internships.queries import internship_by_key
from marketplace.web.access import actor, open_to


@blueprint.get("/praktika/<public:key>/aushang.pdf")
@open_to(Role.MEMBER)
def poster(key: str) -> ResponseReturnValue:
    internship = found(internship_by_key(key))

    permit(is_member(actor(), internship.organisation) and has_poster(internship))

    short = f"/praktika/{internship.public_id}"
    address = url_for("home.index", _external=True).rstrip("/") + short
    content = draw(internship, address=address, at=now())

    return pdf(content, f"aushang-{internship.public_id}")
