"""The story of a list, on both databases."""

from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.postings.offers.models import Offer
from marketplace.stewardship.imports.queries import (
    latest_runs,
    rows_with_differences,
    waiting_rows,
)
from tests.stewardship.imports.conftest import counts

HEAD = "id,title,provider,city,state,topics,url"
ROWS = (
    "1,Löten,Werkstatt e.V.,Jena,TH,Elektronik,example.org",
    "2,Löten,Werkstatt e.V.,Jena,TH,Elektronik,example.org",
    "3,Bauen,Werkstatt e.V.,Neukirchen,SN,Technik,",
    "4,Fliegen,Werkstatt e.V.,Cottbus,Brandenburg,,",
)


def test_list_is_taken_over_once_and_what_is_in_doubt_waits(take):
    first, second = take("offers", HEAD, *ROWS), take("offers", HEAD, *ROWS)

    assert counts(first) == {"created": 1, "held": 2, "rejected": 1}
    assert counts(second) == {"unchanged": 1, "held": 2, "rejected": 1}
    assert [row.line for row in db.session.scalars(waiting_rows())] == [3, 4]
    runs = db.session.scalars(latest_runs()).all()
    assert [run.created_count for run in runs] == [0, 1]


def test_what_a_person_edited_is_kept_beside_what_the_list_says(take):
    take("offers", HEAD, ROWS[0])
    with transaction():
        db.session.scalars(select(Offer)).one().description = "Von Hand."

    take("offers", f"{HEAD},text", f"{ROWS[0].replace('Löten', 'Sägen')},Aus der Liste")

    offer = db.session.scalars(select(Offer)).one()
    assert (offer.title, offer.description) == ("Sägen", "Von Hand.")
    [row] = db.session.scalars(rows_with_differences()).all()
    assert row.differences == {"description": "Aus der Liste"}


def test_refused_and_tried_files_leave_no_trace(take):
    take("offers", HEAD, *ROWS, is_strict=True)
    take("offers", HEAD, *ROWS, is_dry_run=True)

    assert db.session.scalars(select(Offer)).all() == []
    assert db.session.scalars(latest_runs()).all() == []


def test_facts_are_put_in_place_again_without_a_change(take):
    lists = {
        "places": ("geonameid,name,state,lat,lon,ags", "99,Neudorf,TH,50.9,11.5,16053"),
        "holidays": ("state,name,start,end", "TH,Ferien,2031-07-01,2031-07-09"),
        "schools": ("school_id,name,state,city", "S1,Nordschule,TH,Jena"),
        "occupations": ("code,title", "43,Informatik"),
        "organisations": ("name,city", "Stahl AG,Jena"),
        "sponsorships": ("funder,recipient,year", "Stiftung,Labor,2019"),
    }

    assert [counts(take(kind, *lines)) for kind, lines in lists.items()] == [
        {"created": 1}
    ] * len(lists)
    assert [counts(take(kind, *lines)) for kind, lines in lists.items()] == [
        {"unchanged": 1}
    ] * len(lists)
