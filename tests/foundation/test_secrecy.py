from sqlalchemy import text

from marketplace.foundation.database import db
from marketplace.postings.internships.models import Supervisor
from tests.factories.internships import make_internship, make_supervisor


def test_encrypted_field_is_read_by_the_program_and_nobody_else(app):
    person = make_supervisor(surname="Geheimname")
    make_internship(supervisors=[person])

    [raw] = db.session.execute(text("SELECT surname FROM supervisors")).one()
    db.session.expire_all()

    assert b"Geheimname" not in bytes(raw)
    assert db.session.get(Supervisor, person.id).surname == "Geheimname"
