"""Every letter about people and organisations, as whoever gets it reads it."""

import re

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.people.accounts import mails as accounts
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations import mails as organisations
from marketplace.upkeep.mail.jobs import send_waiting
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.upkeep.mail.services import queue
from tests.factories.invitations import make_invitation
from tests.factories.people import make_organisation, make_user
from tests.moments import NOON


def read(app, letter):
    """The letter as it stands on the outbox page of a demo."""
    app.config["DEMO"] = True
    with transaction():
        queue(letter, ["ada@example.org"], at=NOON)
    assert send_waiting() == 1
    entry = db.session.scalars(db.select(OutboxEntry)).one()
    return entry.subject, entry.shown_text


@pytest.mark.parametrize(
    ("make", "subject", "way"),
    [
        (
            lambda user: accounts.confirm_address(user, at=NOON),
            "Bitte bestätigen: %s Adresse bei der MINT-Börse",
            r"http://localhost/bestaetigen/[\w-]{43}",
        ),
        (
            lambda user: accounts.password_reset(user, at=NOON),
            "Neues Passwort wählen",
            r"http://localhost/passwort/[\w-]{43}",
        ),
        (
            accounts.account_exists,
            "Es gibt schon ein Konto mit dieser Adresse",
            r"http://localhost/anmelden",
        ),
        (
            lambda user: accounts.confirm_new_address(user, at=NOON),
            "Neue Adresse bestätigen",
            r"http://localhost/konto/adresse/[\w-]{43}",
        ),
        (
            accounts.address_asked,
            "%s Adresse soll sich ändern",
            r"http://localhost/passwort",
        ),
        (
            lambda user: accounts.second_factor_changed(user, "on"),
            "Der zweite Faktor ist geändert",
            r"http://localhost/passwort",
        ),
        (
            accounts.password_changed,
            "Das Passwort ist geändert",
            r"http://localhost/passwort",
        ),
    ],
)
@pytest.mark.parametrize(
    ("role", "word", "other"), [(Role.PUPIL, "dein", "Ihr"), (Role.MEMBER, "Ihr", "du")]
)
def test_letters_about_accounts(app, make, subject, way, role, word, other):
    told, text = read(app, make(make_user(role, first_name="Ada")))

    assert told == subject.replace("%s", f"{word.capitalize()}e")
    assert text.startswith("Hallo Ada,\n")
    assert len(re.findall(rf"^(?:.*: )?{way}$", text, re.MULTILINE)) == 1
    assert re.search(rf"\b{other}\b", text) is None


@pytest.mark.parametrize(
    ("make", "subject", "sentence"),
    [
        (
            organisations.organisation_registered,
            "Bitte prüfen: Labor Linse",
            "Labor Linse hat sich angemeldet.",
        ),
        (
            organisations.organisation_verified,
            "Geprüft: Labor Linse",
            "Labor Linse ist geprüft und öffentlich.",
        ),
        (
            lambda organisation: organisations.organisation_returned(
                organisation, "Wer sind Sie?"
            ),
            "Noch eine Frage zu Labor Linse",
            "Wer sind Sie?",
        ),
    ],
)
def test_letters_about_organisations(app, make, subject, sentence):
    organisation = make_organisation(name="Labor Linse")

    told, text = read(app, make(organisation))

    assert told == subject
    assert sentence in text
    assert f"http://localhost/organisationen/{organisation.public_id}\n" in text


@pytest.mark.parametrize(
    ("make", "subject", "way"),
    [
        (
            lambda o: organisations.invited(make_invitation(o), "Ada Beispiel"),
            "Einladung: für Labor Linse handeln",
            r"http://localhost/organisationen/einladung/[\w-]{43}",
        ),
        (
            lambda o: organisations.member_joined(o, "Ada Beispiel"),
            "Neues Mitglied bei Labor Linse",
            r"http://localhost/organisationen/\w{10}/mitglieder",
        ),
        (
            organisations.member_trusted,
            "Sie verwalten jetzt Labor Linse",
            r"http://localhost/organisationen/\w{10}/mitglieder",
        ),
        (
            organisations.member_removed,
            "Sie handeln nicht mehr für Labor Linse",
            r"http://localhost/impressum",
        ),
        (
            lambda o: organisations.member_left(o, "Ada Beispiel"),
            "Labor Linse: jemand ist ausgetreten",
            r"http://localhost/organisationen/\w{10}/mitglieder",
        ),
    ],
)
def test_letters_about_members(app, make, subject, way):
    letter = make(make_organisation(name="Labor Linse"))
    with transaction():
        db.session.execute(db.delete(OutboxEntry))

    told, text = read(app, letter)

    assert told == subject
    assert "Labor Linse" in text
    assert len(re.findall(rf"^{way}$", text, re.MULTILINE)) == 1
