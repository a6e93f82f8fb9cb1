"""Posters of what is public, for whoever wants to hang one up."""

from dataclasses import replace

from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from marketplace.doors.feeds.services.posters import poster_of
from marketplace.doors.feeds.tables import POSTERS, SINGLE
from marketplace.doors.feeds.views.blueprint import blueprint
from marketplace.doors.feeds.views.sharing import has_poster_of, record_for, times_of
from marketplace.encounters.papers.services.posters import poster as internship_poster
from marketplace.foundation.clock import now
from marketplace.foundation.licences import is_open
from marketplace.foundation.refusals import permit
from marketplace.postings.internships.models import Internship
from marketplace.web.access import EVERYONE, open_to
from marketplace.web.files import download

NAMES = ", ".join(f"'{name}'" for name in POSTERS)


@blueprint.get(f"/teilen/<any({NAMES}):name>/<public:key>/aushang.pdf")
@open_to(EVERYONE)
def poster(name: str, key: str) -> ResponseReturnValue:
    thing, record = record_for(name, key)

    permit(has_poster_of(thing))

    if isinstance(thing, Internship):
        content = internship_poster(thing, address=record.link, at=now())
    else:
        text = record.text if is_open(record.licence) else ""
        with force_locale("de"):
            kind, times = str(SINGLE[name]), times_of(record)
        content = poster_of(replace(record, text=text), kind, times, at=now())

    name = f"aushang-{record.key}.pdf"
    return download(content, name=name, content_type="application/pdf")
