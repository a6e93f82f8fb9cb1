"""What is kept of a list finds what the list finds; letters tell of nothing else."""

import re
from datetime import timedelta

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.overview.alerts.models import SavedSearch
from marketplace.overview.alerts.queries import NAMED
from marketplace.overview.alerts.services.telling import tell_news
from marketplace.people.accounts.enums import Role
from marketplace.postings.events.services import index_event
from marketplace.postings.internships.services import index_internship
from marketplace.postings.offers.services import index_offer
from marketplace.region.calendar.enums import Weekday
from marketplace.region.topics.enums import Audience, Format, Topic
from marketplace.upkeep.mail.models import OutboxEntry
from tests.factories.internships import make_internship
from tests.factories.people import make_company, make_organisation, make_user
from tests.factories.postings import make_event, make_offer
from tests.moments import NOON

LATER = NOON + timedelta(hours=1)
MONDAY = Weekday.MONDAY.bit
TITLES = re.compile(r"<h3>(.*?)</h3>", re.DOTALL)
TAGS = re.compile(r"<[^>]+>")
KEEP = re.compile(r'href="(/konto/suchen/neu[^"]*)"')
OPTICS = {"topics": frozenset({Topic.OPTICS})}


@pytest.fixture
def region(app):
    """Offers, events and internships that differ in one thing each."""
    near = {"organisation": make_organisation(town="Jena"), "published_at": LATER}
    far = {"organisation": make_organisation(town="Dresden"), "published_at": LATER}
    workshop = {"format": Format.WORKSHOP}
    offers = [
        make_offer(title="Klein", **far, most_people=8, weekdays=MONDAY, **workshop),
        make_offer(title="Montags", **near, weekdays=MONDAY),
        make_offer(title="Licht", **near, **OPTICS, **workshop),
        make_offer(title="Fern", **far, weekdays=MONDAY),
        make_offer(title="Elf", **far, audiences=frozenset({Audience.CLASS_11_13})),
    ]
    soon = {"starts_at": NOON + timedelta(days=2), "ends_at": NOON + timedelta(days=3)}
    events = [
        make_event(title="Nahes Fest", **near),
        make_event(title="Fernes Fest", **far, **OPTICS),
        make_event(title="Bald", **near, **soon),
    ]
    works = [
        make_internship(
            title=f"Werk {town}",
            organisation=make_company(town=town),
            published_at=LATER,
            **OPTICS,
        )
        for town in ("Jena", "Dresden")
    ]
    with transaction():
        for index, things in (
            (index_offer, offers),
            (index_event, events),
            (index_internship, works),
        ):
            for thing in things:
                index(thing)
    return {thing.title for thing in (*offers, *events, *works)}


def titles(page):
    return sorted(TAGS.sub("", title).strip() for title in TITLES.findall(page))


def told():
    rows = db.session.scalars(db.select(OutboxEntry).order_by(OutboxEntry.id))
    found = [s for row in rows for s in row.context.get("sections", ())]
    return sorted(one["title"] for section in found for one in section["found"])


ADDRESSES = {
    "angebote": (
        "q=Licht",
        "land=SN",
        "kreis=16053",
        "thema=optics&thema=robotics",
        "klasse=11",
        "wochentag=di",
        "ort=Jena&umkreis=30&gruppe=20&wochentag=mo&art=workshop&thema=optics",
    ),
    "veranstaltungen": ("ort=Jena&umkreis=10", "thema=optics", "bis=2026-12-05"),
    "praktika": ("ort=Jena&umkreis=25&sortierung=nah",),
    "suche": (
        *("q=Licht", "q=Fest", "ort=Jena&umkreis=10"),
        *("thema=optics&land=SN", "thema=optics&art=offer", "q=Optik&art=internship"),
    ),
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_what_is_kept_finds_the_same_and_so_does_the_letter(browser, region, name):
    browser.sign_in(make_user(Role.SCHOOL))
    for filters in ADDRESSES[name]:
        page = browser.get(f"/{name}?{filters}").text
        wanted = titles(page)
        way = KEEP.search(page)[1].replace("&amp;", "&")
        browser.post(way, data={"rhythm": "daily"})
        shown = browser.get("/konto/suchen").text
        link = re.search(r'<h3><a href="([^"]+)"', shown)[1].replace("&amp;", "&")
        with transaction():
            tell_news(at=LATER + timedelta(hours=1))

        # Letters tell of what is posted, and the search of what the product brings.
        posted = sorted(set(wanted) & region)
        assert (filters, titles(browser.get(link).text)) == (filters, wanted)
        assert set(told()) <= set(posted), filters
        assert (filters, len(told())) == (filters, min(NAMED, len(posted)))
        [search] = db.session.scalars(db.select(SavedSearch)).all()
        assert 0 < search.hit_count == len(posted)
        with transaction():
            db.session.execute(db.delete(SavedSearch))
            db.session.execute(db.delete(OutboxEntry))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("liste=angebote&alter=14&gruppe=9", "Das bleibt weg: Alter."),
        ("liste=suche&q=Licht&klasse=9", "Das bleibt weg: Klasse."),
        ("liste=suche&q=Licht&art=occupation", "Das bleibt weg: nur Berufe."),
        ("liste=praktika&hinweise=1", "die niemand bestätigt hat, stehen in der"),
    ],
)
def test_the_page_says_what_cannot_be_kept(browser, address, said):
    browser.sign_in(make_user(Role.SCHOOL))

    assert said in browser.get(f"/konto/suchen/neu?{address}").text


def test_nothing_is_said_where_everything_is_kept(browser):
    browser.sign_in(make_user(Role.SCHOOL))
    way = (
        "/konto/suchen/neu?liste=angebote&gruppe=9&wochentag=mo&sortierung=nah&ort=Jena"
    )

    page = browser.get(way).text

    assert "Das bleibt weg" not in page
    assert "Angebote: 25 km um Jena, für 9, Montag" in page
    browser.post(way, data={"rhythm": "never"})
    [search] = db.session.scalars(db.select(SavedSearch)).all()
    kept = (search.query, search.group_size, search.weekday)
    assert kept == ("ort=Jena&gruppe=9&wochentag=mo", 9, Weekday.MONDAY)
