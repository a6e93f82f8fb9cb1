from marketplace.foundation.database import db, transaction
from marketplace.stewardship.closures.mails import organisation_closed
from marketplace.upkeep.mail.jobs import send_waiting
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.upkeep.mail.services import queue
from tests.moments import NOON


def test_the_letter_says_what_is_gone_and_what_stays(app):
    app.config["DEMO"] = True
    with transaction():
        queue(organisation_closed("Labor Linse"), ["ada@example.org"], at=NOON)

    assert send_waiting() == 1
    entry = db.session.scalars(db.select(OutboxEntry)).one()
    assert entry.subject == "Gelöscht: Labor Linse"
    assert "Labor Linse ist gelöscht." in entry.shown_text
    assert "Die Konten der Mitglieder bleiben." in entry.shown_text
