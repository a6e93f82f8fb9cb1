"""Class and age narrow search as they narrow the lists, and the counts with it."""

from dataclasses import replace
from itertools import product

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.overview.finding.enums import Kind, Order
from marketplace.overview.finding.queries import counts
from marketplace.overview.finding.queries.asking import Search, asked_of
from marketplace.overview.finding.queries.counts import GRADES, counts_of
from marketplace.overview.finding.queries.hits import entries_of, found
from marketplace.postings.events.models import Event
from marketplace.postings.events.queries import narrowed_events
from marketplace.postings.internships.models import Internship
from marketplace.postings.internships.queries import narrowed_internships
from marketplace.postings.lives.queries import Narrowing, public_postings
from marketplace.postings.offers.models import Offer
from marketplace.postings.offers.queries import narrowed_offers
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Audience, Topic
from marketplace.upkeep.search.enums import Standing
from marketplace.upkeep.search.queries import bitmaps
from marketplace.upkeep.search.services import Card, marks_of, put_into_index
from tests.factories.internships import make_internship
from tests.factories.people import make_company
from tests.factories.postings import make_event, make_offer

WHOM = (
    frozenset(),
    frozenset({Audience.CLASS_5_6}),
    frozenset({Audience.CLASS_7_8, Audience.GIRLS}),
    frozenset({Audience.TEACHERS}),
    frozenset(Audience),
)
SPANS = ((None, None), (8, None), (None, 9), (9, 10))
AGES = (None, 13, 15, 18)
WORD = "Kormoran"
KNOWING = (Kind.INTERNSHIP, Kind.OFFER, Kind.EVENT)


@pytest.fixture
def market(app):
    """Each sort of class and age, in each kind that knows them, and what knows none."""
    company = make_company(name="Werk Kormoran")
    told = {"title": WORD, "topics": frozenset({Topic.ROBOTICS})}
    told |= {"organisation": company}
    sorts = zip(product(WHOM, SPANS), AGES * len(WHOM), strict=True)
    for (whom, (first, last)), age in sorts:
        span = {"grade_from": first, "grade_to": last, "fits_from": age}
        make_internship(**told, audiences=whom, **span)
    for whom in WHOM:
        make_offer(**told, audiences=whom)
        make_event(**told, audiences=whom)
    with transaction():
        card = Card(
            key="beruf",
            title=WORD,
            standing=Standing.CONFIRMED,
            marks=marks_of([Topic.ROBOTICS]),
        )
        put_into_index("occupation", 90_000, (), card)


def listed(kind, by):
    """The numbers that the list of a kind shows."""
    model, narrow = {
        Kind.INTERNSHIP: (Internship, narrowed_internships),
        Kind.OFFER: (Offer, narrowed_offers),
        Kind.EVENT: (Event, narrowed_events),
    }[kind]
    rows = db.session.scalars(narrow(public_postings(model), by)).unique()
    return sorted(row.id for row in rows)


def search_of(**by):
    return Search(asked_of(WORD), Narrowing(words=WORD, **by))


def numbers(hits, kind):
    entries = entries_of([hit for hit in hits if hit.kind is kind])
    return sorted(entry.thing_id for entry in entries.values())


def test_search_finds_and_counts_what_the_lists_show(market):
    for grade, age in product((None, 1, 5, 8, 9, 13), (None, 12, 13, 16, 40)):
        search = search_of(grade=grade, age=age)
        hits = found(search, Order.FIT)
        by = Narrowing(grade=grade, age=age)
        # Offers and events know no age: neither do their lists.
        assert {one: numbers(hits, one) for one in KNOWING} == {
            one: listed(one, by) for one in KNOWING
        }
        # What knows neither stays.
        assert len(numbers(hits, Kind.OCCUPATION)) == 1
        plain = {kind: sum(hit.kind is kind for hit in hits) for kind in Kind}
        assert counts_of(search).kinds == plain


@pytest.mark.parametrize("topics", [(), (Topic.ROBOTICS, Topic.OPTICS)])
def test_counts_of_classes_are_what_choosing_them_finds(market, topics):
    choices = product((None, 14), (None, 8), (None, Kind.INTERNSHIP, Kind.OFFER))
    for age, chosen, kind in choices:
        by = {"words": WORD, "topics": frozenset(topics), "age": age}
        search = Search(asked_of(WORD), Narrowing(**by, grade=chosen), kind)
        plain = {}
        for grade in GRADES:
            click = replace(search, by=replace(search.by, grade=grade))
            hits = found(click, Order.FIT)
            plain[grade] = len(hits)
            assert sum(hit.kind in KNOWING for hit in hits) == sum(
                len(listed(one, Narrowing(grade=grade, age=age)))
                for one in ([kind] if kind else KNOWING)
            )
        assert counts_of(search).grades == plain
        assert len(set(plain.values())) > 1


PLACES = (
    {},
    {"state": FederalState.THURINGIA},
    {"centre": (50.93, 11.59), "radius_km": 25},
    {"district": "16053"},
)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", [None, Kind.OCCUPATION])
def test_each_count_is_what_choosing_it_finds(market, place, kind):
    for words, grade, topics in product((WORD, ""), (None, 8), ((), (Topic.ROBOTICS,))):
        by = {"words": words, "grade": grade, "topics": frozenset(topics)}
        search = searched(Narrowing(**by, **place), kind)
        if not search.is_open:
            continue  # the page asks nothing
        told = counts_of(search, [Topic.ROBOTICS, Topic.WATER])
        for name, choices in {
            "state": told.states,
            "topics": told.topics,
            "grade": told.grades,
        }.items():
            for one, number in choices.items():
                chosen = frozenset({one}) if name == "topics" else one
                click = searched(replace(search.by, **{name: chosen}), kind)
                clicked = counts_of(click)
                whole = clicked.kinds[kind] if kind else clicked.total
                assert number == whole == len(found(click, Order.FIT))


def searched(by, kind):
    """What the page asks for these filters."""
    is_for_some = not (by.words or by.topics or kind)
    return Search(asked_of(by.words), by, kind, is_for_some=is_for_some)


@pytest.mark.parametrize("chosen", [None, 8])
@pytest.mark.parametrize("kind", [None, Kind.OFFER])
@pytest.mark.parametrize("state", [None, FederalState.THURINGIA, FederalState.SAXONY])
def test_in_a_circle_much_is_counted_as_little_is(
    market, monkeypatch, chosen, kind, state
):
    by = search_of(grade=chosen, state=state, centre=(50.93, 11.59), radius_km=25).by
    search = Search(asked_of(WORD), by, kind)
    few = counts_of(search, list(Topic))

    monkeypatch.setattr(counts, "MOST_READ", 1)
    many = counts_of(search, list(Topic))

    assert few.topics[Topic.ROBOTICS] > 0 or state is FederalState.SAXONY
    assert replace(many, grades=few.grades) == few
    # Those of classes only where somebody has begun to choose.
    assert many.grades == (few.grades if kind or chosen else {})


def test_a_class_alone_asks_for_what_knows_it(browser, market):
    page = browser.get("/suche?klasse=8").text

    assert "<h2>Praktika" in page
    assert "<h2>Berufe" not in page
    assert "<h2>Organisationen" not in page


def test_what_knows_no_class_says_so(browser, market):
    page = browser.get(f"/suche?q={WORD}&klasse=8&alter=14").text
    results = page.partition("</main>")[0]

    said = "Das zählt hier nicht: "
    groups = (part.split(" <", 1) for part in results.split("<h2>")[1:])
    ignored = {name: text.partition(said)[2].partition("<")[0] for name, text in groups}
    assert ignored == {
        "Praktika": "",
        "Angebote": "Alter",
        "Veranstaltungen": "Alter",
        "Berufe": "Klasse, Alter",
        "Organisationen": "Klasse, Alter",
    }


def test_classes_are_chosen_beside_the_others(browser, market):
    page = browser.get(f"/suche?q={WORD}").text

    link = f'href="/suche?q={WORD}&amp;klasse=9" rel="nofollow">9</a>'
    number = page.partition(link)[2].partition("</span>")[0].rpartition(">")[2]
    assert int(number) == len(found(search_of(grade=9), Order.FIT)) > 0


def test_number_of_queries_stays(browser, market, queries, monkeypatch):
    monkeypatch.setattr(bitmaps, "PAUSE", 3_600)
    counts_of_queries = []
    for more in ("", "&klasse=8&alter=14"):
        browser.get(f"/suche?q={WORD}{more}")
        queries.clear()
        browser.get(f"/suche?q={WORD}{more}")
        counts_of_queries.append(len(queries))

    few, many = counts_of_queries
    assert many <= few + 1
