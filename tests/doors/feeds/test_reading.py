"""Other programs read our lists with readers of their own, not with ours."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
import vobject
from icalendar import Calendar
from shapely import Point
from shapely.geometry import shape

from marketplace.foundation.database import db, transaction
from marketplace.people.organisations.services.sites import SiteEntry
from marketplace.people.organisations.services.verifying import freeze_organisation
from marketplace.postings.internships.enums import Shape
from marketplace.postings.lives.enums import Act, PostingState
from marketplace.postings.lives.services import put_at_site
from marketplace.postings.offers.services import move_offer
from marketplace.region.labour.enums import Basis
from marketplace.region.topics.enums import STEP_FREE
from marketplace.stewardship.closures.services import change_site
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.services import change_setting
from tests.factories.catalogue import make_programme
from tests.factories.internships import make_hint, make_internship, make_period
from tests.factories.people import (
    make_company,
    make_coordinator,
    make_organisation,
    make_user,
)
from tests.factories.postings import make_event, make_offer
from tests.moments import NOON

LATER = NOON + timedelta(hours=3)
ATOM = {"a": "http://www.w3.org/2005/Atom"}
OPEN = {"source": "Katalog", "licence": "CC BY 4.0", "lines": []}


def rows(browser, address):
    text = browser.get(address).get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def features(browser, address):
    return json.loads(browser.get(address).get_data(as_text=True))["features"]


def entries(browser, address):
    root = ET.fromstring(browser.get(address).get_data())  # noqa: S314 - our own
    return root.findall("a:entry", ATOM)


def events(browser, address):
    return Calendar.from_ical(browser.get(address).get_data()).walk("VEVENT")


def test_every_form_holds_what_the_page_lists_and_its_licence(browser):
    offer = make_offer(starts_on=date(2026, 12, 1))
    make_offer(PostingState.DRAFT, title="Noch geheim")

    [row] = rows(browser, "/angebote.csv")
    [feature] = features(browser, "/angebote.geojson")
    [entry] = entries(browser, "/angebote.atom")
    [event] = events(browser, "/angebote.ics")

    assert (row["title"], row["licence"], row["status"]) == (
        *(offer.title, "CC-BY-4.0", "published"),
    )
    assert shape(feature["geometry"]).equals(Point(offer.lon, offer.lat))
    assert feature["properties"]["source"] == "MINT-Börse Mitteldeutschland"
    assert entry.find("a:title", ATOM).text == offer.title
    assert entry.find("a:rights", ATOM).text.startswith("CC-BY-4.0")
    assert (event["summary"], event["dtstart"].dt) == (offer.title, date(2026, 12, 1))
    assert event["dtend"].dt == date(2026, 12, 2)
    assert row["page"] == feature["properties"]["link"] == event["url"]


def test_internship_tells_ground_occupations_periods_and_places(browser):
    gone = {"starts_on": date(2026, 11, 2), "ends_on": date(2026, 11, 6)}
    later = {"starts_on": date(2027, 3, 1), "ends_on": date(2027, 3, 5)}
    internship = make_internship(
        bases=frozenset(Basis),
        papers="Gesundheitszeugnis",
        periods=[
            make_period(**gone),
            make_period(place_count=3, taken_count=1),
            make_period(**later, place_count=2),
            make_period(is_open=False),
        ],
    )

    [row] = rows(browser, "/praktika.csv")

    names = ("kind", "occupations", "period", "duration", "places", "conditions")
    assert [row[name] for name in names] == [
        "Schulpraktikum; freiwilliges Praktikum",
        internship.occupations[0].occupation.title,
        "2027-02-01 – 2027-02-05; 2027-03-01 – 2027-03-05",
        "5 Tage",
        "5",
        "Gesundheitszeugnis",
    ]


def test_internship_on_request_names_no_length(browser):
    make_internship(shape=Shape.ON_REQUEST)

    [row] = rows(browser, "/praktika.csv")

    assert (row["period"], row["duration"]) == ("2027-02-01 – 2027-02-05", "")


def test_words_of_a_hint_keep_when_and_how_long_apart(browser):
    make_hint(licence="CC0-1.0", period_text="Ferien · 2 Wochen", places_text="2 – 3")

    [row] = rows(browser, "/praktika.csv")

    names = ("kind", "period", "duration", "places")
    assert [row[name] for name in names] == ["", "Ferien", "2 Wochen", "2 – 3"]


@pytest.mark.parametrize("count", [1, 30])
def test_internships_come_in_as_many_queries_whatever_their_number(
    browser, queries, count
):
    company = make_company()
    for k in range(count):
        make_internship(organisation=company, title=f"Praktikum {k}")
    db.session.expunge_all()
    queries.clear()

    assert len(rows(browser, "/praktika.csv")) == count
    assert len(queries) == 7


def test_filters_of_the_page_narrow_every_form(browser):
    make_offer(organisation=make_organisation(town="Leipzig"), title="Nah")
    make_offer(organisation=make_organisation(town="Dresden"), title="Fern")

    near = [row["title"] for row in rows(browser, "/angebote.csv?ort=Leipzig")]

    assert near == ["Nah"]


def test_organisations_are_narrowed_as_on_their_page(browser):
    lab = make_organisation(name="Nah")
    make_organisation(name="Fern", town="Dresden")
    with transaction():
        lab.sites[0].accessibility = STEP_FREE

    def told(query):
        found = rows(browser, f"/organisationen.csv?{query}")
        return [row["name"] for row in found]

    assert told("ort=Dresden&umkreis=30") == ["Fern"]
    assert told("barrierefrei=1") == ["Nah"]


def test_hints_are_marked_and_closed_ones_left_out(browser):
    make_offer(PostingState.LISTED, title="Offen", **OPEN)
    closed = OPEN | {"licence": "alle Rechte vorbehalten"}
    make_offer(PostingState.LISTED, title="Zu", **closed)

    [row] = rows(browser, "/angebote.csv")
    [feature] = features(browser, "/angebote.geojson")
    [entry] = entries(browser, "/angebote.atom")

    assert (row["title"], row["status"], row["licence"]) == (
        *("Offen", "hint", "CC-BY-4.0"),
    )
    assert feature["properties"]["status"] == "hint"
    assert "nicht bestätigt" in entry.find("a:title", ATOM).text


def test_no_cell_is_a_formula(browser):
    make_offer(title="=1+1", description="@SUM(A1)")

    text = browser.get("/angebote.csv").get_data(as_text=True)

    assert ",'=1+1," in text
    assert ",'@SUM(A1)," in text


def test_event_keeps_its_instants(browser):
    at = datetime(2026, 12, 4, 18, 30, tzinfo=UTC)
    event = make_event(starts_at=at, ends_at=at + timedelta(hours=2))

    [told] = events(browser, "/veranstaltungen.ics")
    [row] = rows(browser, "/veranstaltungen.csv")

    assert (told["dtstart"].dt, told["dtend"].dt) == (event.starts_at, event.ends_at)
    assert datetime.fromisoformat(row["starts_at"]) == at


def test_second_reader_of_calendars_finds_the_same(browser):
    at = datetime(2026, 12, 4, 18, 30, tzinfo=UTC)
    event = make_event(
        title="Abend; mit Komma, und Ümläuten " + "lang " * 20,
        starts_at=at,
        ends_at=at + timedelta(hours=2),
    )

    text = browser.get("/veranstaltungen.ics").get_data(as_text=True)
    [told] = vobject.readOne(text).vevent_list

    assert told.summary.value == event.title
    assert (told.dtstart.value, told.dtend.value) == (event.starts_at, event.ends_at)
    assert max(map(len, text.encode().split(b"\r\n"))) <= 75


def test_every_form_holds_the_periods_one_can_still_apply_for(browser):
    past = make_period(starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 6))
    ahead = make_period(starts_on=date(2027, 2, 1), ends_on=date(2027, 2, 5))
    shut = make_period(
        starts_on=date(2027, 3, 1),
        ends_on=date(2027, 3, 5),
        apply_until=date(2026, 11, 22),
    )
    make_internship(periods=[past, ahead, shut])

    [told] = events(browser, "/praktika.ics")
    [row] = rows(browser, "/praktika.csv")
    [feature] = features(browser, "/praktika.geojson")

    assert (told["dtstart"].dt, told["dtend"].dt) == (
        date(2027, 2, 1),
        date(2027, 2, 6),
    )
    assert (row["starts"], row["ends"]) == ("2027-02-01", "2027-02-05")
    assert feature["properties"]["dates"] == [["2027-02-01", "2027-02-05"]]


def test_entry_is_the_same_when_its_title_has_changed(browser):
    offer = make_offer(title="Löten")
    [before] = entries(browser, "/angebote.atom")
    with transaction():
        offer.title = "Löten am Samstag"

    [after] = entries(browser, "/angebote.atom")

    lasting = f"/angebote/{offer.public_id}"
    assert before.find("a:id", ATOM).text == after.find("a:id", ATOM).text
    assert after.find("a:id", ATOM).text.endswith(lasting)
    assert (
        after.find("a:link", ATOM).get("href").endswith(f"{lasting}-loeten-am-samstag")
    )


def test_programme_without_a_page_is_known_by_its_place_in_the_list(browser):
    programme = make_programme(licence="CC0-1.0")

    [entry] = entries(browser, "/foerderprogramme.atom")

    told = entry.find("a:id", ATOM).text
    assert told.endswith(f"/foerderprogramme#f-{programme.public_id}")


@pytest.mark.parametrize("address", ["/angebote.ics", "/angebote.ics?sprache=en"])
def test_calendar_is_called_by_what_it_lists(browser, address):
    calendar = Calendar.from_ical(browser.get(address).get_data())

    assert {calendar["name"], calendar["x-wr-calname"]} == {
        "Angebote – MINT-Börse Mitteldeutschland"
    }


@pytest.mark.parametrize("form", ["csv", "geojson", "ics", "atom"])
def test_withdrawn_things_are_gone_at_once(browser, form):
    offer = make_offer(title="Bald zurück", starts_on=date(2026, 12, 1))
    lab = make_organisation()
    make_offer(organisation=lab, title="Gesperrt", starts_on=date(2026, 12, 1))
    address = f"/angebote.{form}"
    before = browser.get(address)
    assert "Bald zurück" in before.get_data(as_text=True)
    office = make_coordinator()

    with transaction():
        move_offer(offer, Act.FREEZE, actor=office, words="Nein.", at=NOON)
        freeze_organisation(lab, actor=office, at=NOON)
    after = browser.get(address, headers={"If-None-Match": before.headers["ETag"]})

    assert after.status_code == 200
    text = after.get_data(as_text=True)
    assert ("Bald zurück" in text, "Gesperrt" in text) == (False, False)


def test_who_has_it_already_is_told_so(browser):
    make_offer()
    first = browser.get("/angebote.atom")

    again = browser.get(
        "/angebote.atom", headers={"If-None-Match": first.headers["ETag"]}
    )

    assert (again.status_code, again.get_data()) == (304, b"")
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert first.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_who_has_it_already_is_told_what_a_site_changes(browser):
    owner = make_user()
    lab = make_organisation(owner)
    [site] = lab.sites
    offer = make_offer(organisation=lab)
    with transaction():
        put_at_site(offer, site)
    narrowed = "/angebote.geojson?barrierefrei=1"
    asked = {"If-None-Match": browser.get(narrowed).headers["ETag"]}
    assert features(browser, narrowed) == []

    entry = SiteEntry(place=site.town, street="Tor 2", accessibility=STEP_FREE)
    with transaction():
        change_site(site, entry, actor=owner, at=LATER)
    after = browser.get(narrowed, headers=asked)

    assert after.status_code == 200
    [feature] = json.loads(after.get_data(as_text=True))["features"]
    assert feature["properties"]["place"] == f"Tor 2, {site.place_name}"
    assert after.last_modified == LATER.replace(microsecond=0)


@pytest.mark.parametrize(
    "address", ["/aktionen.ics", "/aktionen.geojson", "/foerderungen.ics"]
)
def test_form_that_makes_no_sense_does_not_exist(browser, address):
    assert browser.get(address).status_code == 404


def test_page_offers_its_list_with_the_same_filters(browser):
    page = browser.get("/angebote?thema=electronics&nach=").text

    assert 'href="/angebote.csv?thema=electronics"' in page


@pytest.mark.parametrize("count", [1, 30])
def test_feed_asks_as_often_for_many_as_for_one(browser, queries, count):
    for _ in range(count):  # each of an organisation of its own
        make_offer()
    browser.get("/angebote.csv").get_data()
    queries.clear()

    browser.get("/angebote.csv").get_data()

    assert len(queries) <= 6


def test_one_event_goes_into_a_calendar_while_it_is_public(browser):
    event = make_event()
    hidden = make_event(PostingState.DRAFT)

    [told] = events(browser, f"/veranstaltungen/{event.public_id}.ics")
    page = browser.get(f"/veranstaltungen/{event.public_id}").text

    assert (told["summary"], told["dtstart"].dt) == (event.title, event.starts_at)
    assert f'href="/veranstaltungen/{event.public_id}.ics"' in page
    answer = browser.get(f"/veranstaltungen/{hidden.public_id}.ics")
    assert answer.status_code == 404


@pytest.mark.parametrize("form", ["csv", "geojson", "atom"])
def test_another_licence_is_a_change_of_every_list(browser, form):
    make_offer()
    address = f"/angebote.{form}"
    before = browser.get(address)
    asked = {"If-Modified-Since": before.headers["Last-Modified"]}
    assert browser.get(address, headers=asked).status_code == 304

    with transaction():
        change_setting(Setting.OWN_LICENCE, "CC0-1.0", actor=None, at=LATER)

    after = browser.get(address, headers=asked)
    assert after.status_code == 200
    assert after.last_modified == LATER
