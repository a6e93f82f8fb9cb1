import pytest

from marketplace.foundation.database import db, transaction
from marketplace.overview.maps.enums import Layer
from marketplace.overview.maps.queries import Asked, counted, heaps
from marketplace.overview.maps.rules import clusters_of, square_at, square_named
from marketplace.people.organisations.services.verifying import (
    freeze_organisation,
    thaw_organisation,
)
from marketplace.postings.lives.enums import Act, PostingState
from marketplace.postings.lives.queries import Narrowing
from marketplace.postings.lives.rules import point_of
from marketplace.postings.lives.services import index_posting, move_posting
from marketplace.region.places.enums import FederalState
from marketplace.upkeep.search.jobs import gather
from marketplace.upkeep.search.models import SearchSpot
from marketplace.upkeep.search.queries.spots import has_loose_spots
from marketplace.upkeep.search.services import gather_spots, take_from_index
from tests.factories.internships import make_internship
from tests.factories.people import make_coordinator, make_organisation
from tests.factories.postings import make_event, make_offer, make_sponsorship
from tests.moments import NOON

ALL = tuple(Layer)
MAKERS = (make_internship, make_offer, make_event, make_sponsorship)


def place(thing, lat, lon, **changes):
    with transaction():
        for name, value in {"lat": lat, "lon": lon, **changes}.items():
            setattr(thing, name, value)
        index_posting(thing)
    return thing


def in_order(some):
    return sorted(some, key=lambda heap: (heap.square, heap.layer))


def agree(asked, level):
    """What is kept is what is there, square by square."""
    kept = in_order(heaps(asked, level))
    assert kept == in_order(counted(asked, level))
    return sum(heap.count for heap in kept)


@pytest.fixture
def things(app):
    """Two dozen things of every kind and state, here and there."""
    states = (PostingState.PUBLISHED, PostingState.PAUSED, PostingState.DRAFT)
    homes = [make_organisation(name=f"Haus {k}") for k in range(3)]
    made = []
    for number in range(24):
        thing = MAKERS[number % 4](states[number % 7 % 3], homes[number % 3])
        if thing.kind == "offer" and number % 8 == 1:
            thing.lines = []
        code = list(FederalState)[number % 5 % 3]
        lat, lon = 50.3 + number * 7 % 24 / 10, 10.1 + number * 11 % 24 / 5
        made.append(place(thing, lat, lon, state_code=code, district_ags="14713"))
    return made


def test_kept_counts_are_those_of_the_things(things):
    for layers in (ALL, (Layer.NEED,), (Layer.OFFER,), (Layer.EVENT, Layer.NEED)):
        for level in (0, 3, 6):
            assert agree(Asked(layers, Narrowing()), level) > 0


def test_counts_of_a_state_a_district_and_a_square(things):
    square = square_at(point_of(things[0]), 1)

    assert agree(Asked(ALL, Narrowing(state=FederalState.SAXONY)), 2) > 0
    assert agree(Asked(ALL, Narrowing(district="14713")), 2) > 0
    assert agree(Asked(ALL, Narrowing(district="14511")), 2) == 0
    assert agree(Asked(ALL, Narrowing(), square), 4) > 0


def test_whatever_happens_the_counts_follow(things):
    office, asked = make_coordinator(), Asked(ALL, Narrowing())
    before = agree(asked, 6)
    public = [t for t in things if t.state is PostingState.PUBLISHED]
    with transaction():
        move_posting(public[0], Act.FREEZE, actor=office, at=NOON, words="Nein")
    assert agree(asked, 6) == before - 1
    place(public[1], 51.0, 12.0, state_code=None, district_ags=None)
    assert agree(asked, 6) == before - 1
    place(public[2], None, None)
    assert agree(asked, 6) == before - 2
    owner = public[3].organisation
    with transaction():
        freeze_organisation(owner, actor=office, at=NOON)
    without = agree(asked, 6)
    assert without < before - 2
    with transaction():
        thaw_organisation(owner, actor=office, at=NOON)
    assert agree(asked, 6) == before - 2
    with transaction():
        take_from_index(public[4].kind, public[4].id)
    assert sum(heap.count for heap in heaps(asked, 6)) == before - 3


def test_spots_are_put_together(things):
    asked = Asked(ALL, Narrowing())
    for _time in range(3):
        for thing in things:
            place(thing, thing.lat + 0.2, thing.lon)
    rows, told = db.session.query(SearchSpot).count(), in_order(heaps(asked, 6))

    with transaction():
        gather({})

    assert in_order(heaps(asked, 6)) == told
    left = db.session.query(SearchSpot).count()
    assert left < rows / 2
    assert not has_loose_spots()
    with transaction():
        gather_spots()
    assert in_order(heaps(asked, 6)) == told
    assert db.session.query(SearchSpot).count() == left


def test_clusters_hold_all_the_heaps(things):
    asked = Asked(ALL, Narrowing())
    told = heaps(asked, 1)

    clusters = clusters_of(told)

    assert sum(c.count for c in clusters) == sum(heap.count for heap in told)
    assert [c.count for c in clusters] == sorted(c.count for c in clusters)[::-1]
    for cluster in clusters:
        assert square_at(cluster.point, 1) == cluster.square
        assert square_named(str(cluster.square)) == cluster.square
