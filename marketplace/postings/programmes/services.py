from datetime import date, datetime

from flask_babel import force_locale

from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.postings.programmes.models import Programme
from marketplace.postings.programmes.rules import standing_of
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.search.services import Card, marks_of, put_into_index


def list_programme(programme: Programme, *, at: datetime) -> None:
    """Shows what a source tells of a programme, new or anew.

    Refuses one without name, funder or source.
    """
    if not (programme.name and programme.funder and programme.source):
        raise Refusal(_("Ein Förderprogramm braucht Name, Förderer und Quelle."))
    is_new = programme.id is None
    programme.changed_at = at
    db.session.add(programme)
    db.session.flush()  # index and record need its id

    index_programme(programme, on=day_of(at))
    verb = "listed" if is_new else "refreshed"
    record(f"programme.{verb}", programme, actor=None, at=at)


def index_programme(programme: Programme, *, on: date) -> None:
    """Makes a programme findable by its words and topics, until it is over."""
    with force_locale("de"):
        topics = [str(topic.label) for topic in programme.topics]
    card = Card(
        key=programme.public_id,
        title=programme.name,
        body=programme.who_can_apply,
        context=programme.funder,
        standing=standing_of(programme, on),
        marks=marks_of(programme.topics, states=programme.states),
    )
    texts = (programme.who_can_apply, programme.region_text, programme.kind_text)
    said = ("Förderprogramm", *texts, *topics)
    put_into_index(Programme.kind, programme.id, said, card)
