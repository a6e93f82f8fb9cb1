import pytest

from marketplace.foundation.database import db
from marketplace.people.accounts.enums import Role
from marketplace.people.schools.queries import school_of, suggested_schools
from tests.factories.people import make_school, make_user


def test_school_of_is_none_for_others(app):
    assert school_of(make_user(Role.SCHOOL)) is None


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("gymnasium", ["Gymnasium am Anger", "Käthe-Kollwitz-Gymnasium"]),
        ("KOLLWITZ", ["Käthe-Kollwitz-Gymnasium"]),
        ("kaethe", []),
        ("käthe leip", ["Käthe-Kollwitz-Gymnasium"]),
        ("Gymnasium Jena", ["Gymnasium am Anger"]),
        ("100%", []),
        ("_", []),
        ("", []),
        ("schulamt", []),
    ],
)
def test_suggested_schools_hold_every_word(app, asked, expected):
    make_school("Gymnasium am Anger", town="Jena")
    make_school("Käthe-Kollwitz-Gymnasium", town="Leipzig")
    make_school("Schulamt", is_selectable=False)

    found = db.session.scalars(suggested_schools(asked))
    assert [school.name for school in found] == expected
