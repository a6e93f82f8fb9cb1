from datetime import date

from marketplace.foundation.database import db, transaction
from marketplace.postings.actions.models import Action
from marketplace.postings.actions.services import list_action
from marketplace.postings.programmes.models import Programme
from marketplace.postings.programmes.services import list_programme
from tests.moments import NOON


def make_action(title="Lötbus auf dem Schulhof", **changes):
    """An action nobody has checked yet."""
    values = {
        "title": title,
        "description": "Ein Kleinbus mit zwölf Lötplätzen kommt an die Schule.",
        "source": "Erfundene Liste",
    }
    with transaction():
        action = Action(**values | changes)
        list_action(action, at=NOON)
    return action


def make_programme(name="Werkzeug für alle", **changes):
    """A programme of this year that never closes."""
    values = {
        "name": name,
        "funder": "Zunft Schraubstock",
        "source": "Erfundene Liste",
        "source_key": name,
        "as_of": date(2026, 5, 1),
    }
    with transaction():
        programme = Programme(**values | changes)
        list_programme(programme, at=NOON)
    db.session.refresh(programme)
    return programme
