"""All that bears a person's number is found, whatever tables there are."""

import json
from datetime import date, datetime, time
from enum import Enum

import pytest
from sqlalchemy import insert, text

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.messages.enums import Circle
from marketplace.foundation.database import Base, db, transaction
from marketplace.people.accounts.enums import Role
from marketplace.stewardship.privacy.services.gathering import (
    ADDRESSED,
    BESIDE,
    NAMED,
    NAMING,
    SECOND,
    WHOLE,
    rows_of,
)
from marketplace.stewardship.privacy.tables import register
from tests.factories.applications import PARENT, make_application, make_mia
from tests.factories.people import make_guardian, make_user
from tests.moments import NOON

FIRST = 1000
TABLES = Base.metadata.sorted_tables
FILLED = {float: 1.0, bool: False, datetime: NOON, bytes: b"x"}
FILLED |= {date: NOON.date(), time: time(8), frozenset: frozenset(), dict: {}}


LEADS = {
    column: {key.column.table.name for key in column.foreign_keys}
    for table in TABLES
    for column in table.c
}


def parts_of_pupils():
    """Every table that belongs to a pupil as a whole, found by names alone."""
    whole = {t.name for t in TABLES if WHOLE in t.c and "users" in LEADS[t.c[WHOLE]]}
    while True:
        more = {column.table.name for column, to in LEADS.items() if to & whole}
        if more <= whole:
            return whole
        whole |= more


def roads():
    """Each column by which a row can be somebody's, and the table it leads to."""
    parts = parts_of_pupils()
    for column, to in LEADS.items():
        table = column.table
        if "users" in to or (table.name, column.name) in BESIDE:
            yield table, column, "users"
        for whole in sorted(to & parts):
            yield table, column, whole


def value_for(column, number):
    if column.name == "circle":
        return Circle.PUPIL
    kind = getattr(column.type, "python_type", str)
    if kind in (str, int):  # so that what is unique stays so
        return kind(number)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    return FILLED.get(kind, "x")


def plant(user_id, first):
    """Puts a row at the end of each road; gives their numbers by table."""
    planted, number = {}, first
    tops = {}
    for table, column, target in roads():
        leads = user_id if target == "users" else tops[target]
        number += 1
        row = {
            one.name: value_for(one, number)
            for one in table.c
            if not one.nullable and one is not column
        }
        row |= {"id": number, column.name: leads}
        db.session.execute(insert(table).values(row))
        planted.setdefault(table.name, set()).add(number)
        if target in tops or column.name == WHOLE:
            tops[table.name] = number
    return planted


@pytest.fixture
def unbound(app):
    """A database that takes rows without asking what they point at."""
    people = make_user(Role.ADMIN), make_user(Role.ADMIN)
    db.session.execute(text("PRAGMA defer_foreign_keys = ON"))
    db.session.execute(text("PRAGMA ignore_check_constraints = ON"))
    yield people
    db.session.rollback()
    db.session.execute(text("PRAGMA ignore_check_constraints = OFF"))


def test_every_row_with_the_number_of_a_person_is_found_and_no_other(unbound):
    mine, other = unbound
    expected = {user: plant(user.id, user.id * FIRST) for user in (mine, other)}

    for user, planted in expected.items():
        found = rows_of(user)
        numbers = {
            name: {row["id"] for row in rows if row["id"] >= FIRST}
            for name, rows in found.items()
        }
        assert {name: ids for name, ids in numbers.items() if ids} == planted


def test_every_table_that_is_taken_away_is_in_the_register():
    names = {table.name for table, _column, _target in roads()}
    names |= {"users", *ADDRESSED, *NAMING}

    assert names - set(register()) == set()


def test_what_nobody_may_read_is_not_told(browser):
    mia = make_mia()
    application = make_application(ApplicationState.OFFERED, mia)
    with transaction():
        application.approval_code_hash = "f" * 64

    told = json.loads(browser.sign_in(mia).get("/konto/daten/datei.json").text)

    rows = told["tables"]
    assert rows["users"][0]["password_hash"] == "…"
    assert rows["applications"][0]["approval_code_hash"] == "…"
    assert rows["applications"][0]["guardian_phone"] == "0361 5550"
    assert mia.password_hash not in json.dumps(told)


def test_the_file_to_read_names_things_in_german(browser):
    mia = make_mia()
    place = make_application(ApplicationState.OFFERED, mia).internship

    answer = browser.sign_in(mia).get("/konto/daten/datei.html")

    page = answer.text
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "<h2>Bewerbungen</h2>" in page
    assert f"<dt>Praktikum</dt>\n  <dd>{place.title}</dd>" in page
    assert "<dt>Warum</dt>\n  <dd>Ich baue gern Fernrohre.</dd>" in page
    assert "version" not in page


def test_a_guardian_takes_what_was_told_of_her_and_nothing_of_the_child(app):
    mother = make_guardian()
    with transaction():
        mother.email = PARENT
    make_application(ApplicationState.OPEN)

    rows = rows_of(mother)

    named = {"guardian_name": "Ute Muster", "guardian_email": PARENT}
    assert rows["applications"] == [named | {"guardian_phone": "0361 5550"}]
    assert set(rows["applications"][0]) <= {*NAMED, *SECOND}


def test_what_adults_write_to_one_another_stays_theirs(app):
    application = make_application(ApplicationState.OPEN)
    with transaction():
        for circle in Circle:
            db.session.execute(
                insert(Base.metadata.tables["messages"]).values(
                    application_id=application.id,
                    circle=circle,
                    speaker="pupil" if circle is Circle.PUPIL else "company",
                    words="Wort",
                    person="",
                    things=frozenset(),
                    place="",
                    said_at=NOON,
                )
            )

    rows = rows_of(application.pupil)["messages"]

    assert [row["circle"] for row in rows] == [Circle.PUPIL]


def test_a_guest_gets_nothing(browser):
    for kind in ("json", "html"):
        assert browser.get(f"/konto/daten/datei.{kind}").status_code == 302
