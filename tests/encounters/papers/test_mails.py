"""What the letters say, and that those to a company say nothing of who comes."""

import pytest

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.papers import mails
from marketplace.encounters.papers.enums import Party
from marketplace.encounters.papers.services.agreeing import sign
from marketplace.foundation.database import db, transaction
from marketplace.upkeep.mail import jobs
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.upkeep.mail.services import queue
from tests.factories.applications import PARENT
from tests.factories.papers import make_agreement, make_certificate, make_placement
from tests.moments import NOON


@pytest.fixture
def sent(app):
    """Sends what waits and gives the texts, by letter."""
    app.config["DEMO"], app.config["NOW"] = True, NOON

    def texts():
        jobs.send_waiting()
        entries = db.session.scalars(db.select(OutboxEntry)).all()
        return {entry.letter: (entry.recipient, entry.shown_text) for entry in entries}

    return texts


def test_every_letter_of_an_agreement_leads_to_it(agreement, application, boss, sent):
    for party in (Party.COMPANY, Party.GUARDIAN, Party.PUPIL):
        with transaction():
            sign(agreement, party, name="Vorname Name", user=None, at=NOON)
    texts = sent()

    # One letter to a guardian is taken back once she has signed.
    assert set(texts) == {
        *("agreement_asked", "agreement_asked_pupil", "agreement_signed"),
        *("agreement_signed_guardian", "agreement_signed_pupil"),
    }
    page = f"/bewerbungen/{application.public_id}/unterlagen"
    for name, (recipient, text) in texts.items():
        way = "/unterlagen/" if recipient == PARENT else page
        assert (name, way in text) == (name, True)
    assert texts["agreement_asked"][0] == texts["agreement_signed"][0] == boss.email


def test_the_guardian_gets_a_link_that_needs_no_account(agreement, sent):
    with transaction():
        sign(agreement, Party.COMPANY, name="Bodo Chef", user=None, at=NOON)
    recipient, text = sent()["agreement_asked_guardian"]

    assert recipient == PARENT
    assert "Mia" in text
    assert "/unterlagen/" in text


def test_letters_to_the_company_name_nobody(application, agreement, boss, sent):
    with transaction():
        queue(mails.instruction_missing(application), [boss.email], at=NOON)
        queue(mails.agreement_signed(agreement), [boss.email], at=NOON)
    texts = [text for recipient, text in sent().values() if recipient == boss.email]

    assert len(texts) == 3
    for text in texts:
        assert [
            word for word in ("Mia", "Sonnenschein", "Muster") if word in text
        ] == []


def test_a_new_version_is_called_one(application, agreement, sent):
    with transaction():
        application.internship.learn = "Wie man misst."
    make_agreement(application)
    _recipient, text = sent()["agreement_asked"]

    assert "neue Fassung der Vereinbarung" in text


def test_whoever_took_part_hears_of_the_certificate(mia, place, sent):
    done = make_placement(mia, internship=place, state=ApplicationState.ATTENDED)
    make_certificate(done)
    recipient, text = sent()["certificate_issued"]

    assert recipient == mia.email
    assert "Noten stehen nicht darauf." in text
