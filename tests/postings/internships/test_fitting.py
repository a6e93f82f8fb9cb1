"""The order that fits, against the same said in plain words."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from marketplace.foundation.database import db
from marketplace.foundation.lots import splitmix64
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.queries import candidate_columns
from marketplace.postings.internships.rules import place_in_order
from marketplace.postings.internships.tables import DaysFit
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.queries import Narrowing
from marketplace.postings.lives.views import reading
from marketplace.region.topics.enums import Topic
from tests.factories.internships import make_internship, make_period
from tests.factories.people import make_company
from tests.moments import NOON
from tests.postings.internships.test_list import confirmed, make_in, next_link

DAY = date(2026, 11, 24)
JENA = (50.93, 11.59)
MONDAY, FRIDAY, LATER = date(2027, 2, 1), date(2027, 2, 5), date(2027, 2, 12)
ASKED = Narrowing(
    centre=JENA,
    topics=frozenset({Topic.OPTICS, Topic.ROBOTICS}),
    starts_from=MONDAY,
    ends_by=FRIDAY,
)


def one(number=1, **changes):
    told = {
        "is_bookable": True,
        "topics": frozenset({Topic.OPTICS}),
        "lat": JENA[0],
        "lon": JENA[1],
        "begins_on": MONDAY,
        "days_fit": DaysFit.WHOLLY,
    }
    return SimpleNamespace(id=number, **told | changes)


def north(km):
    return JENA[0] + km / 111.2


OTHER = {"topics": frozenset({Topic.CHEMISTRY})}
# Each stands before the next for one reason, in the order in which reasons count.
FALLING = [
    one(topics=ASKED.topics),
    one(),
    one(lat=north(5.5)),
    one(lat=north(12)),
    one(lat=north(30)),
    one(lat=north(60)),
    one(lat=None),
    one(**OTHER),
    one(**OTHER, begins_on=FRIDAY),
    one(days_fit=DaysFit.IN_PART),
    one(topics=ASKED.topics, days_fit=DaysFit.UNTOLD, begins_on=None),
    one(topics=ASKED.topics, days_fit=DaysFit.NOT),
    one(topics=ASKED.topics, is_bookable=False),
]


def test_reasons_count_in_their_order():
    places = [place_in_order(candidate, ASKED, DAY) for candidate in FALLING]

    assert places == sorted(places)
    assert len(set(places)) == len(FALLING)


def test_equals_take_turns_from_day_to_day():
    several = [one(number) for number in range(1, 9)]
    orders = [
        [
            candidate.id
            for candidate in sorted(
                several, key=lambda c: place_in_order(c, Narrowing(), day)
            )
        ]
        for day in (DAY, DAY + timedelta(days=1))
    ]

    for day, order in zip((DAY, DAY + timedelta(days=1)), orders, strict=True):
        lots = [splitmix64(number << 32 | day.toordinal()) for number in order]
        assert lots == sorted(lots)
    assert orders[0] != orders[1]


@pytest.mark.parametrize(
    ("changes", "fit"),
    [
        ({}, DaysFit.WHOLLY),
        ({"ends_on": FRIDAY + timedelta(7)}, DaysFit.NOT),
        (
            {"ends_on": FRIDAY + timedelta(7), "shape": Shape.ON_REQUEST},
            DaysFit.IN_PART,
        ),
        ({"apply_until": DAY - timedelta(1)}, DaysFit.UNTOLD),
        ({"is_open": False}, DaysFit.UNTOLD),
    ],
    ids=["inside", "longer", "on request", "too late", "taken back"],
)
@pytest.mark.parametrize("is_asked", [True, False])
def test_days_are_compared_by_the_database(app, changes, fit, is_asked):
    shape = changes.get("shape", Shape.BLOCK)
    period = {"starts_on": MONDAY, "ends_on": FRIDAY, "apply_until": None} | changes
    period.pop("shape", None)
    make_in("Jena", shape=shape, periods=[make_period(**period)])

    columns = candidate_columns(ASKED if is_asked else Narrowing(), DAY)
    [found] = db.session.scalars(db.select(columns))

    assert found.days_fit == (fit if is_asked else DaysFit.WHOLLY)
    assert found.begins_on == (None if fit is DaysFit.UNTOLD else MONDAY)


def test_page_of_a_pupil_begins_with_what_fits(browser):
    make_in("Leipzig", title="Fern", topics=frozenset({Topic.OPTICS}))
    make_in("Jena", title="Fremd", topics=frozenset({Topic.OPTICS}))
    both = frozenset({Topic.OPTICS, Topic.PHYSICS})
    make_in("Leipzig", title="Beides", topics=both)

    page = browser.get("/praktika?ort=Jena&umkreis=100&thema=optics&thema=physics")

    assert confirmed(page) == ["Beides", "Fremd", "Fern"]
    assert "Warum diese Reihenfolge?" in page.text


def test_card_tells_its_reasons(browser):
    week = make_period(starts_on=MONDAY, ends_on=FRIDAY)
    make_in("Jena", topics=frozenset({Topic.OPTICS}), periods=[week])

    asked = "ort=Jena&thema=optics&von=2027-02-01&bis=2027-02-07"
    page = browser.get(f"/praktika?{asked}").text

    [reasons] = re.findall(r"<span>Passt: (.*?)</span>", page)
    assert reasons == "1. bis 5. Februar 2027 | Licht und Optik | 0 km"
    assert "Passt:" not in browser.get("/praktika").text


def test_what_begins_soon_comes_first_where_nothing_is_asked(browser):
    for title, month in (("März", 3), ("Januar", 1), ("Februar", 2)):
        first = date(2027, month, 1)
        period = make_period(starts_on=first, ends_on=first + timedelta(days=4))
        make_in("Jena", title=title, periods=[period])

    assert confirmed(browser.get("/praktika")) == ["Januar", "Februar", "März"]


@pytest.mark.parametrize("question", ["", "?ort=Jena&umkreis=300"])
def test_behind_what_is_ranked_the_plain_order_goes_on(browser, monkeypatch, question):
    monkeypatch.setattr(reading, "RANKED", 25)
    jena, leipzig = make_company(town="Jena"), make_company(town="Leipzig")
    for number in range(60):
        make_internship(
            PostingState.PUBLISHED,
            leipzig if number % 2 else jena,
            title=f"Platz {number}",
            shape=Shape.BLOCK,
            published_at=NOON + timedelta(minutes=number),
        )

    seen, link, orders = [], f"/praktika{question}", []
    while link:
        orders.append(re.findall("sortierung=([a-z]+)", link))
        page = browser.get(link)
        seen.append(confirmed(page))
        link = next_link(page)

    assert [len(titles) for titles in seen] == [20, 5, 20, 15]
    plain = "nah" if question else "neu"
    assert orders == [[], [], [plain], [plain]]
    titles = [title for page in seen for title in page]
    assert sorted(titles) == sorted(f"Platz {number}" for number in range(60))


def test_cursor_of_somebody_else_is_not_found(browser):
    make_in("Jena")

    assert browser.get("/praktika?nach=erfunden").status_code == 404
