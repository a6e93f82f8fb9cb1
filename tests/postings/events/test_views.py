import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.postings.events.models import Event
from marketplace.postings.lives.enums import PostingState
from tests.factories.people import make_organisation, make_user
from tests.factories.postings import make_event
from tests.moments import NOON

INPUT = {
    "title": "Offenes Labor",
    "description": "Alle Geräte laufen.",
    "topics": ["electronics"],
    "audiences": ["class_7_8"],
    "starts_at": "2026-12-04T19:30",
    "ends_at": "2026-12-04T21:00",
    "capacity": "40",
}


def titles_of(page):
    return re.findall(r"<h3[^>]*>\s*<a[^>]*>([^<]+)</a>", page)


def test_list_shows_what_comes_soon_first(browser):
    lab = make_organisation()
    for days in (30, 3, 12):
        starts_at = NOON + timedelta(days=days)
        make_event(
            organisation=lab,
            title=f"In {days} Tagen",
            starts_at=starts_at,
            ends_at=starts_at,
            published_at=NOON - timedelta(days=days),
        )
    make_event(PostingState.DRAFT, lab, title="Noch geheim")

    page = browser.get("/veranstaltungen").text

    assert titles_of(page) == ["In 3 Tagen", "In 12 Tagen", "In 30 Tagen"]


def test_pages_of_the_list_follow_the_days_and_miss_none(browser):
    lab = make_organisation()
    for k in range(25):
        at = NOON + timedelta(days=40 - k)
        make_event(organisation=lab, title=f"Nr. {k}", starts_at=at, ends_at=at)

    first = browser.get("/veranstaltungen").text
    [following] = re.findall(r'rel="next" href="([^"]+)"', first)
    second = browser.get(following.replace("&amp;", "&")).text

    found = titles_of(first) + titles_of(second)
    assert found == [f"Nr. {k}" for k in reversed(range(25))]


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("von=2026-12-03", True),
        ("von=2026-12-04", False),
        ("bis=2026-12-03", True),
        ("bis=2026-12-02", False),
        ("von=2026-12-01&bis=2026-12-31", True),
    ],
)
def test_list_is_narrowed_by_days_of_berlin(browser, query, is_found):
    # 22:30 at the latest in Berlin: the same day, though 23:30 in summer would not be.
    at = datetime(2026, 12, 3, 20, 30, tzinfo=UTC)
    make_event(starts_at=at, ends_at=at + timedelta(hours=1))

    page = browser.get(f"/veranstaltungen?{query}").text

    assert ("Offenes Labor" in page) is is_found


def test_member_writes_an_event_in_berlin_time(browser):
    member = make_user()
    lab = make_organisation(member)
    browser.sign_in(member)

    response = browser.post(
        "/veranstaltungen/neu", data=INPUT | {"site_id": str(lab.sites[0].id)}
    )

    event = db.session.scalars(select(Event)).one()
    assert response.status_code == 302
    assert event.starts_at == datetime(2026, 12, 4, 18, 30, tzinfo=UTC)
    assert event.capacity == 40
    form = browser.get(f"/veranstaltungen/{event.public_id}/bearbeiten").text
    assert 'value="2026-12-04T19:30"' in form


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ends_at": "2026-12-04T19:30"}, "liegt nicht nach dem Beginn"),
        ({"starts_at": "2026-11-20T10:00"}, "schon vorbei"),
        ({"capacity": "0"}, "Zahl"),
    ],
)
def test_form_with_a_mistake_comes_back(browser, changes, said):
    member = make_user()
    lab = make_organisation(member)
    browser.sign_in(member)
    data = INPUT | {"site_id": str(lab.sites[0].id)} | changes

    response = browser.post("/veranstaltungen/neu", data=data)

    assert response.status_code == 422
    assert said in response.text
    assert db.session.scalars(select(Event)).all() == []


def test_page_tells_day_hours_and_place(browser):
    event = make_event(
        starts_at=datetime(2026, 12, 4, 18, 30, tzinfo=UTC),
        ends_at=datetime(2026, 12, 4, 20, 0, tzinfo=UTC),
        capacity=40,
    )

    page = browser.get(f"/veranstaltungen/{event.public_id}").text

    assert "4. Dezember 2026, 19:30" in page
    assert "–21:00" in page
    assert event.place_name in page


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "Sa., 5. Dezember 2026, 10:00"), ("en", "Sat, 5 December 2026, 10:00")],
)
def test_day_is_written_as_each_language_writes_it(browser, language, said):
    event = make_event(starts_at=datetime(2026, 12, 5, 9, tzinfo=UTC), ends_at=None)

    page = browser.get(f"/veranstaltungen/{event.public_id}?sprache={language}").text

    assert said in page
