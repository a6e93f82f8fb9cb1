from datetime import date

import pytest

from marketplace.foundation.database import db
from marketplace.foundation.refusals import Refusal
from marketplace.postings.programmes.models import Programme
from marketplace.postings.programmes.queries import expired, programmes, still_open
from marketplace.postings.programmes.rules import is_expired, is_stale
from marketplace.postings.programmes.services import list_programme
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Topic
from tests.factories.catalogue import make_programme
from tests.moments import NOON

pytestmark = pytest.mark.usefixtures("app")

TODAY = date(2026, 11, 23)
YESTERDAY = date(2026, 11, 22)


def names(query):
    return sorted(one.name for one in db.session.scalars(query))


@pytest.mark.parametrize("missing", ["name", "funder", "source"])
def test_programme_needs_name_funder_and_source(app, missing):
    values = {"name": "A", "funder": "B", "source": "C", "source_key": "d", missing: ""}

    with pytest.raises(Refusal, match="Name, Förderer und Quelle"):
        list_programme(Programme(**values), at=NOON)


@pytest.mark.parametrize(
    ("closes_on", "is_recurring", "over"),
    [
        (None, False, False),
        (TODAY, False, False),
        (YESTERDAY, False, True),
        (YESTERDAY, True, False),
    ],
)
def test_programme_is_expired_the_day_after_it_closed(closes_on, is_recurring, over):
    one = make_programme(closes_on=closes_on, is_recurring=is_recurring)

    assert is_expired(one, TODAY) is over
    assert names(expired(programmes(), TODAY)) == ([one.name] if over else [])
    assert names(still_open(programmes(), TODAY)) == ([] if over else [one.name])


@pytest.mark.parametrize(
    ("as_of", "stale"),
    [(None, True), (date(2023, 11, 22), True), (date(2023, 11, 23), False)],
)
def test_what_was_said_three_years_ago_is_stale(as_of, stale):
    assert is_stale(make_programme(as_of=as_of), TODAY) is stale


def test_list_is_narrowed_by_words_state_and_topic():
    make_programme("Laborfahrten", states=frozenset({FederalState.SAXONY}))
    make_programme("Chemiefonds", topics=frozenset({Topic.CHEMISTRY}))

    assert names(programmes(q="labor")) == ["Laborfahrten"]
    assert names(programmes(land=FederalState.SAXONY)) == ["Laborfahrten"]
    assert names(programmes(topics={Topic.CHEMISTRY})) == [
        "Chemiefonds",
        "Laborfahrten",
    ]
    assert names(programmes(topics={Topic.SOLAR})) == ["Laborfahrten"]
