from datetime import datetime

from marketplace.foundation.database import db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.postings.programmes.models import Programme
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.search.services import put_into_index


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

    texts = (
        *(programme.name, programme.funder, programme.who_can_apply),
        *(programme.region_text, programme.kind_text),
        *(str(topic.label) for topic in programme.topics),
    )
    put_into_index(Programme.kind, programme.id, texts)
    verb = "listed" if is_new else "refreshed"
    record(f"programme.{verb}", programme, actor=None, at=at)
