import pytest

from marketplace.foundation.database import db
from marketplace.region.occupations.queries import (
    all_occupations,
    group_by_code,
    occupations_around,
    occupations_by_id,
    suggested_occupations,
)


def titles(occupations):
    return [occupation.title.rpartition(", ")[2] for occupation in occupations]


@pytest.mark.parametrize(
    ("beginning", "found"),
    [
        ("Imk", ["Imker"]),
        ("imkerin", ["Imker"]),
        ("Baecker", ["Bäcker"]),
        # Words nobody finds in the classification.
        ("Schlosser", ["Industriemechaniker"]),
        ("Bauer", ["Landwirt"]),
        ("Technischer P", ["Technischer Produktdesigner"]),
        # One word may lead to several; those that are named so come first.
        ("Ingenieur", ["Maschinenbauingenieur"]),
        (
            "Elektroniker",
            ["Elektroniker für Betriebstechnik", "Automatisierungstechniker"],
        ),
        ("Astronau", ["Raumfahrtingenieur"]),
        ("Xylophon", []),
        ("", []),
        (" ,", []),
    ],
)
def test_occupations_are_suggested_by_any_of_their_words(app, beginning, found):
    assert titles(suggested_occupations(beginning))[: len(found) or 1] == found


def test_only_so_many_are_suggested(app):
    assert len(suggested_occupations("t", limit=3)) == 3


def test_occupations_stand_by_title(app):
    found = db.session.scalars(all_occupations()).all()

    assert [o.sort_title for o in found] == sorted(o.sort_title for o in found)
    assert len(found) == 147


@pytest.mark.parametrize(
    ("title", "found"),
    [
        # Half of the topics each: the nearer code first.
        ("Tierarzt", ["Arzt", "Notfallsanitäter", "Tierpfleger im Zoo"]),
        # Half of them, of the same branch by its code.
        ("Elektriker", ["Elektroingenieur"]),
    ],
)
def test_those_that_have_most_in_common_are_around(app, title, found):
    [one] = [o for o in db.session.scalars(all_occupations()) if titles([o]) == [title]]

    around = occupations_around(one)

    assert titles(around)[: len(found)] == found
    assert len(around) == 6
    assert one not in around


def test_occupations_are_fetched_by_number(app):
    first, second, *_ = db.session.scalars(all_occupations())

    assert occupations_by_id([second.id, first.id, 0]) == [first, second]
    assert occupations_by_id([]) == []


def test_a_group_that_was_not_imported_is_not_there(app):
    assert group_by_code("2611") is None
