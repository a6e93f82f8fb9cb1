import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.postings.offers.models import Offer
from marketplace.region.places.queries import places_named
from marketplace.stewardship.imports.enums import HeldState
from marketplace.stewardship.imports.models import HeldRow
from marketplace.stewardship.imports.queries import waiting_rows
from marketplace.stewardship.imports.services.files import TAKES
from marketplace.stewardship.imports.services.held import (
    dismiss_held_row,
    take_held_row,
)
from tests.factories.people import make_coordinator
from tests.moments import NOON
from tests.stewardship.imports.conftest import counts

HEAD = "id,title,provider,city,state"
TWICE = (HEAD, "1,Löten,Werkstatt,Jena,TH", "2,Löten,Werkstatt,Jena,TH")
UNCLEAR = (HEAD, "1,Löten,Werkstatt,Neukirchen,SN")


def held():
    return db.session.scalars(select(HeldRow)).one()


def decide(place_id=None):
    with transaction():
        return take_held_row(
            held(),
            TAKES[held().kind],
            place_id=place_id,
            actor=make_coordinator(),
            at=NOON,
        )


def test_what_is_not_the_same_after_all_is_taken_and_stays_so(take):
    take("offers", *TWICE)

    assert decide() == "created"

    assert len(db.session.scalars(select(Offer)).all()) == 2
    assert (held().state, held().decided_at) == (HeldState.TAKEN, NOON)
    assert db.session.scalars(waiting_rows()).all() == []
    assert counts(take("offers", *TWICE)) == {"unchanged": 2}


def test_what_is_the_same_stays_out_also_when_its_file_comes_again(take):
    take("offers", *TWICE)

    with transaction():
        dismiss_held_row(held(), actor=make_coordinator(), at=NOON)

    assert held().state is HeldState.DISMISSED
    assert counts(take("offers", *TWICE)) == {"unchanged": 2}


def test_person_tells_which_place_is_meant(take):
    take("offers", *UNCLEAR)
    place = places_named("Neukirchen")[1]

    decide(place.id)

    offer = db.session.scalars(select(Offer)).one()
    assert offer.district_ags == place.district_ags
    assert counts(take("offers", *UNCLEAR)) == {"unchanged": 1}


def test_place_must_be_told(take):
    take("offers", *UNCLEAR)

    with pytest.raises(Refusal, match="Wählen Sie bitte den Ort"):
        decide()


def test_nobody_decides_twice(take):
    take("offers", *TWICE)
    decide()

    with pytest.raises(Refusal, match="schon entschieden"):
        decide()
