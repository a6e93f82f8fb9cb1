"""What search engines read, against what schema.org and its readers ask for.

Required and recommended as Google's documentation of rich results lists them; left out
are those that would be guessed (pay, performers, prices, pictures of an event).
"""

import json
import re
from datetime import date, datetime, timedelta
from html import unescape

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.postings.lives.enums import PostingState
from marketplace.region.occupations.models import Occupation
from tests.factories.internships import make_internship, make_period
from tests.factories.people import make_company
from tests.factories.postings import make_event, make_offer, make_sponsorship
from tests.moments import NOON

DATA = re.compile(r'<script type="application/ld\+json">(.+?)</script>', re.DOTALL)
PLACE = {"@type", "name", "address", "geo"}
ADDRESS = {"addressCountry", "addressLocality", "addressRegion"}
NEEDED = {
    "JobPosting": {
        *("datePosted", "description", "hiringOrganization", "jobLocation", "title"),
        *("directApply", "employmentType", "identifier", "validThrough"),
    },
    "Event": {
        *("location", "name", "startDate"),
        *("description", "endDate", "eventAttendanceMode", "eventStatus"),
        "organizer",
    },
    "Course": {"name", "description", "provider", "hasCourseInstance"},
    "Organization": {"name", "url", "description"},
}
HINT = {"source": "Katalog", "licence": "CC BY 4.0"}


def data_of(browser, address):
    """The data blocks of a page, by their type."""
    page = browser.get(address).text
    blocks = [json.loads(block) for block in DATA.findall(page)]
    assert all(block["@context"] == "https://schema.org" for block in blocks)
    return {block["@type"]: block for block in blocks}


def metas(browser, address):
    page = browser.get(address).text
    told = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', page)
    return {name: unescape(words) for name, words in told}


def make_course(**changes):
    return make_offer(starts_on=(NOON + timedelta(days=9)).date(), **changes)


MADE = {
    "JobPosting": (make_internship, "praktika"),
    "Event": (make_event, "veranstaltungen"),
    "Course": (make_course, "angebote"),
    "Organization": (make_company, "organisationen"),
}


@pytest.mark.parametrize("kind", MADE)
def test_page_tells_what_readers_ask_for(browser, kind):
    make, path = MADE[kind]
    thing = make()

    told = data_of(browser, f"/{path}/{thing.public_id}")

    assert NEEDED[kind] - set(told[kind]) == set()
    assert all(told[kind][name] for name in NEEDED[kind] - {"description"})
    assert told["BreadcrumbList"]["itemListElement"][1]["position"] == 2


def test_event_tells_hours_in_berlin_and_the_whole_place(browser):
    event = make_event(starts_at=NOON, ends_at=NOON + timedelta(hours=2))

    told = data_of(browser, f"/veranstaltungen/{event.public_id}")["Event"]

    assert told["startDate"].endswith("+01:00")
    assert datetime.fromisoformat(told["startDate"]) == NOON
    assert set(told["location"]) == PLACE
    assert ADDRESS - set(told["location"]["address"]) == set()


def test_internship_tells_until_when_and_where(browser):
    weeks = [
        make_period(starts_on=first, ends_on=first + timedelta(4), apply_until=None)
        for first in (date(2027, 2, 1), date(2027, 3, 1))
    ]
    internship = make_internship(published_at=NOON, periods=weeks)

    told = data_of(browser, f"/praktika/{internship.public_id}")["JobPosting"]

    assert told["datePosted"] == NOON.date().isoformat()
    # On the day the last period begins nobody applies any more.
    assert told["validThrough"] == "2027-02-28T22:59:59+00:00"
    assert ADDRESS - set(told["jobLocation"]["address"]) == set()
    assert told["jobLocation"]["address"]["addressCountry"] == "DE"


def test_occupation_tells_its_code_and_the_way_in(browser):
    occupation = db.session.scalars(
        select(Occupation).where(Occupation.title.startswith("Feinoptiker"))
    ).one()

    told = data_of(browser, f"/berufe/{occupation.public_id}")["Occupation"]

    assert (told["name"], told["occupationalCategory"]) == (
        occupation.title,
        {
            "@type": "CategoryCode",
            "codeValue": occupation.code,
            "inCodeSet": "KldB 2010",
        },
    )
    assert told["description"]
    assert told["qualifications"]
    assert f"/berufe/{occupation.public_id}-" in told["url"]


@pytest.mark.parametrize("kind", ["JobPosting", "Event", "Course"])
def test_hint_has_no_markup_of_its_own(browser, kind):
    make, path = MADE[kind]
    hint = (
        make(PostingState.LISTED, **HINT)
        if kind != "Course"
        else make(state=PostingState.LISTED, **HINT)
    )

    assert set(data_of(browser, f"/{path}/{hint.public_id}")) == {"BreadcrumbList"}


@pytest.mark.parametrize(
    ("make", "path"),
    [
        (make_internship, "praktika"),
        (make_offer, "angebote"),
        (make_sponsorship, "foerderungen"),
        (make_event, "veranstaltungen"),
    ],
)
def test_page_says_how_it_is_shared(browser, make, path):
    posting = make()
    address = f"/{path}/{posting.public_id}"

    told = metas(browser, address)
    page = browser.get(address).text

    assert told["og:title"] == posting.title
    assert told["og:description"] == told["description"] != ""
    assert f"/{path}/{posting.public_id}-" in told["og:url"]
    assert f'rel="canonical" href="{told["og:url"]}"' in page
    assert f'hreflang="en" href="{told["og:url"]}?sprache=en"' in page
    assert page.count('rel="canonical"') == 1


def test_page_in_english_names_its_own_address(browser):
    event = make_event()

    page = browser.get(f"/veranstaltungen/{event.public_id}?sprache=en").text

    assert re.search(r'rel="canonical" href="[^"]+\?sprache=en"', page)
