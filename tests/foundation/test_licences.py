import pytest
from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.licences import (
    HERE,
    OWN,
    is_open,
    licence_of,
    may_be_handed_on,
    spelled,
)
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.offers.models import Offer
from tests.factories.postings import make_offer

LICENCES = {
    "CC BY 4.0": True,
    "cc-by-sa-4.0": True,
    "CC0-1.0": True,
    "CC 0": True,
    "dl-de/by-2-0": True,
    "DL-DE->BY-2.0": True,
    "ODbL 1.0": True,
    "Public Domain": True,
    "CC BY-NC 4.0": False,
    "CC-BY-ND": False,
    "cc by (nc)": False,
    "alle Rechte vorbehalten": False,
    "": False,
}


@pytest.mark.parametrize(("licence", "is_it"), LICENCES.items())
def test_a_licence_is_open_or_not(licence, is_it):
    assert is_open(licence) == is_it


def test_the_database_answers_as_the_program_does(app):
    listed = {"source": "https://example.org/liste"}
    for licence in LICENCES:
        make_offer(PostingState.LISTED, title=licence, licence=licence, **listed)

    query = select(Offer.title).where(may_be_handed_on(Offer))

    expected = {licence for licence, is_it in LICENCES.items() if is_it}
    assert set(db.session.scalars(query)) == expected


def test_what_was_written_here_is_handed_on_under_ours(app):
    offer = make_offer()

    assert licence_of(offer, OWN) == (HERE, OWN)
    assert db.session.scalars(select(Offer).where(may_be_handed_on(Offer))).all() == [
        offer
    ]


@pytest.mark.parametrize(
    ("told", "licence"),
    [
        ("CC BY 4.0", "CC-BY-4.0"),
        ("cc-by-sa-4.0", "CC-BY-SA-4.0"),
        (" CC0 1.0 ", "CC0-1.0"),
        ("dl-de/by-2-0", "DL-DE-BY-2.0"),
        ("ODbL 1.0", "ODbL-1.0"),
        ("CC BY", "CC BY"),
        ("CC BY 4.0, Foto: Amt", "CC BY 4.0, Foto: Amt"),
        ("", ""),
    ],
)
def test_known_licence_is_written_in_one_way(told, licence):
    assert spelled(told) == licence
