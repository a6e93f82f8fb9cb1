"""The order that fits, against the same said in plain words."""

import re
from datetime import date, timedelta

import pytest

from marketplace.foundation.geometry import Point
from marketplace.foundation.lots import splitmix64
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.rules import place_in_order
from marketplace.postings.internships.tables import Candidate
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
MONDAY, FRIDAY = date(2027, 2, 1), date(2027, 2, 5)
ASKED = Narrowing(
    centre=JENA,
    topics=frozenset({Topic.OPTICS, Topic.ROBOTICS}),
    starts_from=MONDAY,
    ends_by=FRIDAY,
)


def one(number=1, **changes):
    told = {
        "is_bookable": True,
        "is_on_request": False,
        "topics": frozenset({Topic.OPTICS}),
        "point": Point(*JENA),
        "spans": ((MONDAY, FRIDAY),),
    }
    return Candidate(number=number, **told | changes)


def north(km):
    return Point(JENA[0] + km / 111.2, JENA[1])


# Each stands before the next for one reason, in the order in which reasons count.
FALLING = [
    one(topics=ASKED.topics),
    one(),
    one(point=north(5.5)),
    one(point=north(12)),
    one(point=north(30)),
    one(point=north(60)),
    one(point=None),
    one(topics=frozenset({Topic.CHEMISTRY}), spans=((MONDAY, MONDAY),)),
    one(topics=frozenset({Topic.CHEMISTRY}), spans=((FRIDAY, FRIDAY),)),
    one(is_on_request=True, spans=((MONDAY - timedelta(9), FRIDAY),)),
    one(topics=ASKED.topics, spans=()),
    one(topics=ASKED.topics, spans=((MONDAY - timedelta(9), FRIDAY),)),
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
            candidate.number
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
