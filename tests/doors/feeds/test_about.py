"""What is said of the lists, read as portals and search engines read it."""

from xml.etree import ElementTree as ET

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF
from sqlalchemy import select

from marketplace.doors.feeds.tables import LISTS
from marketplace.foundation.database import db, transaction
from marketplace.people.accounts.enums import Role
from marketplace.postings.lives.enums import Act, PostingState
from marketplace.postings.offers.services import move_offer
from marketplace.region.occupations.models import Occupation
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.services import change_setting
from tests.factories.people import make_coordinator, make_user
from tests.factories.postings import make_event, make_offer, make_rolemodel
from tests.moments import NOON

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
EVERY_DATASET = (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.theme)
EVERY_FORM = (DCAT.accessURL, DCTERMS.license, DCTERMS["format"], DCAT.mediaType)
OPEN = {"source": "Katalog", "licence": "CC BY 4.0", "lines": []}


# The reader warns of its own past.
of_the_reader = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"
)


def graph_of(browser):
    response = browser.get("/daten/katalog.jsonld")
    assert response.content_type == "application/ld+json"
    return Graph().parse(data=response.get_data(as_text=True), format="json-ld")


def locations(browser, address):
    root = ET.fromstring(browser.get(address).get_data())  # noqa: S314 - our own
    return [loc.text for loc in root.iterfind(".//s:loc", SITEMAP)]


def paths(browser, address):
    return [
        link.partition("://")[2].partition("/")[2]
        for link in locations(browser, address)
    ]


@of_the_reader
def test_catalogue_names_every_list_in_every_form(browser):
    graph = graph_of(browser)

    [catalogue] = graph.subjects(RDF.type, DCAT.Catalog)
    datasets = set(graph.objects(catalogue, DCAT.dataset))
    forms = set(graph.objects(None, DCAT.distribution))

    assert len(datasets) == len(LISTS)
    assert len(forms) == sum(len(kept.forms) for kept in LISTS.values())
    for thing, needed in [
        *((one, EVERY_DATASET) for one in datasets),
        *((one, EVERY_FORM) for one in forms),
        (catalogue, (DCTERMS.title, DCTERMS.description, DCTERMS.publisher)),
    ]:
        assert [term for term in needed if (thing, term, None) not in graph] == []
    [who] = set(graph.objects(catalogue, DCTERMS.publisher))
    assert graph.value(who, FOAF.name) == Literal("MINT-Börse Mitteldeutschland")
    assert set(graph.objects(catalogue, DCTERMS.license)) == {
        URIRef("https://creativecommons.org/licenses/by/4.0/")
    }


@of_the_reader
def test_every_address_of_the_catalogue_answers_in_its_type(browser):
    graph = graph_of(browser)
    media = Namespace("https://www.iana.org/assignments/media-types/")

    for form in graph.objects(None, DCAT.distribution):
        answer = browser.get("/" + str(form).partition("://")[2].partition("/")[2])
        assert answer.status_code == 200
        assert graph.value(form, DCAT.mediaType) == media[answer.mimetype]


def test_page_tells_how_many_are_left_out(browser):
    make_offer(PostingState.LISTED, title="Offen", **OPEN)
    for _k in range(2):
        make_offer(PostingState.LISTED, title="Zu", **OPEN | {"licence": "privat"})

    page = browser.get("/daten").text

    assert "<li>Angebote: 2</li>" in page
    assert "Praktika:" not in page


def test_sitemap_leads_to_every_public_page_and_to_none_that_is_gone(browser):
    offer, event = make_offer(), make_event()
    make_offer(PostingState.DRAFT)
    parts = paths(browser, "/sitemap.xml")
    assert {"sitemap/seiten.xml", "sitemap/angebote-0.xml"} <= set(parts)

    [found] = paths(browser, "/sitemap/angebote-0.xml")
    [other] = paths(browser, "/sitemap/veranstaltungen-0.xml")
    with transaction():
        office = make_coordinator()
        move_offer(offer, Act.FREEZE, actor=office, words="Nein.", at=NOON)

    assert found.startswith(f"angebote/{offer.public_id}-")
    assert other.startswith(f"veranstaltungen/{event.public_id}-")
    assert paths(browser, "/sitemap/angebote-0.xml") == []


def test_sitemap_leads_to_who_agreed_to_be_shown(browser):
    person = make_rolemodel()
    make_rolemodel(PostingState.DRAFT)

    [link] = paths(browser, "/sitemap/vorbilder-0.xml")

    assert "sitemap/vorbilder-0.xml" in paths(browser, "/sitemap.xml")
    assert link.startswith(f"vorbilder/{person.public_id}-")


def test_sitemap_leads_to_map_and_to_every_occupation(browser):
    links = set(paths(browser, "/sitemap/seiten.xml"))
    keys = set(db.session.scalars(select(Occupation.public_id)))

    told = {link.partition("/")[2][:10] for link in links if link.startswith("berufe/")}
    assert {"karte", "berufe", "vorbilder"} <= links
    assert len(keys) > 100
    assert told == keys


def test_pages_of_the_sitemap_are_there_for_guests(browser):
    answers = {
        path: browser.get(f"/{path}") for path in paths(browser, "/sitemap/seiten.xml")
    }

    assert {path for path, a in answers.items() if a.status_code != 200} == set()


@pytest.mark.parametrize(
    "address", ["/sitemap/angebote-1.xml", "/sitemap/foerderprogramme-0.xml"]
)
def test_part_that_is_not_there_is_not_found(browser, address):
    assert browser.get(address).status_code == 404


def test_robots_are_led_to_the_sitemap(browser):
    assert "Sitemap: http" in browser.get("/robots.txt").text


def test_who_finds_a_hole_knows_whom_to_write_to(browser):
    assert browser.get("/.well-known/security.txt").status_code == 404
    with transaction():
        change_setting(
            Setting.OFFICE_EMAIL,
            "office@example.org",
            actor=make_user(Role.ADMIN),
            at=NOON,
        )

    text = browser.get("/.well-known/security.txt").text

    assert "Contact: mailto:office@example.org\n" in text
    assert "Expires: 2027-05-22T00:00:00Z\n" in text


@of_the_reader
def test_the_licence_of_our_own_is_what_the_operator_set(browser):
    make_offer(title="Eigenes")
    make_offer(PostingState.LISTED, title="Fremdes", **OPEN)
    tag = browser.get("/angebote.geojson").headers["ETag"]
    with transaction():
        change_setting(Setting.OWN_LICENCE, "CC0-1.0", actor=None, at=NOON)

    zero = URIRef("https://creativecommons.org/publicdomain/zero/1.0/")
    assert set(graph_of(browser).objects(None, DCTERMS.license)) == {zero}
    answer = browser.get("/angebote.geojson")
    assert answer.headers["ETag"] != tag
    assert {
        one["properties"]["title"]: one["properties"]["licence"]
        for one in answer.json["features"]
    } == {"Eigenes": "CC0-1.0", "Fremdes": "CC-BY-4.0"}
    records = browser.get("/api/v1/offers").json["items"]
    assert {one["title"]: one["licence"] for one in records}["Eigenes"] == "CC0-1.0"
    table = browser.get("/angebote.csv").text
    assert "CC0-1.0" in table
    assert "CC0-1.0" in browser.get("/daten").text
