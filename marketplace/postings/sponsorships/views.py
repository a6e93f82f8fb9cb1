from typing import Any

from flask import Blueprint

from marketplace.people.organisations.models import Organisation
from marketplace.postings.lives.views.kinds import Kind
from marketplace.postings.lives.views.routes import serve
from marketplace.postings.sponsorships.forms import SponsorshipForm
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.postings.sponsorships.queries import (
    narrowed_sponsorships,
    sponsorships_of,
)
from marketplace.postings.sponsorships.services import (
    copy_sponsorship,
    move_sponsorship,
    revise_sponsorship,
    write_sponsorship,
)
from marketplace.region.lines.enums import LineKind
from marketplace.region.lines.rules import words_of

blueprint = Blueprint("sponsorships", __name__, url_prefix="/foerderungen")


def _form(
    organisation: Organisation, sponsorship: Sponsorship | None, **rest: Any
) -> SponsorshipForm:
    return SponsorshipForm(sites=organisation.sites, sponsorship=sponsorship, **rest)


def _words() -> dict[str, Any]:
    return {"line_words": words_of}


KIND = Kind(
    model=Sponsorship,
    folder="sponsorships",
    choices=LineKind,
    narrow=narrowed_sponsorships,
    own=sponsorships_of,
    form=_form,
    write=write_sponsorship,
    revise=revise_sponsorship,
    move=move_sponsorship,
    copy=copy_sponsorship,
    details=lambda _sponsorship: _words(),
    words=_words,
)
serve(blueprint, KIND)
