import gzip

import pytest

from marketplace.doors.api.schemas.description import BY_NAME
from marketplace.foundation.database import db, transaction
from marketplace.matching.gaps.enums import GapReason
from marketplace.matching.gaps.models import GapCell
from marketplace.people.organisations.enums import OrganisationState
from marketplace.postings.lives.enums import Act, PostingState
from marketplace.postings.offers.services import move_offer
from marketplace.region.topics.enums import Topic
from tests.factories.catalogue import make_action, make_programme
from tests.factories.internships import make_internship
from tests.factories.people import make_company, make_organisation, make_user
from tests.factories.postings import (
    make_event,
    make_offer,
    make_offers,
    make_sponsorship,
)
from tests.moments import NOON

OPEN = {"source": "https://example.org/liste", "licence": "CC BY 4.0"}
CLOSED = {"source": "https://example.org/liste", "licence": "alle Rechte vorbehalten"}


def items(browser, address):
    answer = browser.get(f"/api/v1/{address}")
    assert answer.status_code == 200, answer.text
    return answer.json["items"]


def titles(browser, address):
    return [item["title"] for item in items(browser, address)]


def test_a_record_says_all_that_is_public_and_where_it_is_from(browser):
    offer = make_offer()

    [record] = items(browser, "offers")

    assert record["id"] == offer.public_id
    assert record["url"].endswith(f"/angebote/{offer.public_id}-loeten-am-samstag")
    assert record["organisation"]["name"] == offer.organisation.name
    assert (record["place"], record["state"]) == ("Jena", "TH")
    assert record["topics"] == ["electronics"]
    assert record["source"] == "MINT-Börse Mitteldeutschland"
    assert record["licence"] == "CC-BY-4.0"
    [need] = record["needs"]
    assert (need["kind"], need["quantity"]) == ("material", 12)
    assert browser.get(f"/api/v1/offers/{offer.public_id}").json == record


def test_nothing_of_a_person_is_in_an_internship(browser):
    internship = make_internship()
    [person] = internship.supervisors

    text = browser.get("/api/v1/internships").text

    assert internship.public_id in text
    assert person.first_name not in text
    assert person.surname not in text
    assert person.function not in text


@pytest.mark.parametrize("name", BY_NAME)
def test_every_kind_can_be_listed_and_read_alone(browser, name):
    make_internship()
    make_offer()
    make_sponsorship()
    make_event()
    make_action(**OPEN)
    make_programme(**OPEN)

    first = items(browser, f"{name}?limit=1")[0]

    assert browser.get(f"/api/v1/{name}/{first['id']}").json == first
    assert set(first) == {column.name for column in BY_NAME[name].columns}


def test_topics_come_in_their_order_page_by_page(browser):
    page = browser.get("/api/v1/topics?limit=40").json
    rest = browser.get(f"/api/v1/topics?limit=40&after={page['next']}").json

    assert [t["id"] for t in page["items"] + rest["items"]] == list(Topic)
    assert rest["next"] is None
    assert browser.get("/api/v1/topics/optics").json["name_en"] == "Light and optics"


def test_hints_come_last_and_only_under_an_open_licence(browser):
    make_offer(PostingState.LISTED, title="offen", **OPEN)
    make_offer(PostingState.LISTED, title="verschlossen", **CLOSED)
    make_offer(title="bestätigt")
    make_action("Aktion, offen", **OPEN)
    make_action("Aktion, verschlossen", **CLOSED)
    make_programme(**CLOSED)

    records = items(browser, "offers")

    assert [r["title"] for r in records] == ["bestätigt", "offen"]
    assert records[1]["status"] == "listed"
    assert records[1]["source"] == OPEN["source"]
    assert titles(browser, "actions") == ["Aktion, offen"]
    assert items(browser, "programmes") == []


@pytest.mark.parametrize("state", PostingState)
def test_only_what_lists_show_is_read(browser, state):
    offer = make_offer(state)
    shown = {PostingState.PUBLISHED, PostingState.PAUSED, PostingState.FILLED}

    assert len(items(browser, "offers")) == (state in shown)
    answer = browser.get(f"/api/v1/offers/{offer.public_id}")
    assert answer.status_code == (200 if state in shown else 404)


def test_what_is_withdrawn_is_gone_at_once(browser):
    offer = make_offer()
    before = browser.get("/api/v1/offers")
    member = offer.organisation.memberships[0].user

    with transaction():
        move_offer(offer, Act.END, actor=member, at=NOON)
    headers = {"If-None-Match": before.headers["ETag"]}
    after = browser.get("/api/v1/offers", headers=headers)

    assert (after.status_code, after.json["items"]) == (200, [])
    assert browser.get(f"/api/v1/offers/{offer.public_id}").status_code == 404


def test_what_a_frozen_organisation_has_is_not_read(browser):
    make_offer(organisation=make_organisation(state=OrganisationState.FROZEN))

    assert items(browser, "offers") == []


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=Löten", 1),
        ("q=Fliegen", 0),
        ("place=Jena&radius_km=20", 1),
        ("place=Erfurt&radius_km=20", 0),
        ("place=Jena&radius_km=20&state=SN", 0),
        ("place=Leipzig&radius_km=100&state=TH", 1),
        ("place=", 1),
        ("state=TH", 1),
        ("state=SN", 0),
        ("district=16053", 1),
        ("topic=electronics", 1),
        ("topic=technology", 1),
        ("topic=t&topic=optics", 1),
        ("topic=m", 0),
        ("grade=8", 1),
        ("grade=2", 0),
        ("kind=workshop", 0),
    ],
)
def test_filters_narrow_as_those_of_the_page(browser, query, count):
    make_offer()

    assert len(items(browser, f"offers?{query}")) == count


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=zehn", "limit"),
        ("after=nichts", "after"),
        ("state=BY", "state"),
        ("place=Jenna", "place"),
        ("topic=unfug", "topic"),
        ("district=1234", "district"),
        ("from=2027-02-30", "from"),
        ("from=2027-02-02&to=2027-02-01", "to"),
        ("state=SN&state=TH", "state"),
        ("umkreis=5", "umkreis"),
        ("kind=unfug", "kind"),
    ],
)
def test_a_wrong_filter_is_named(browser, query, field):
    answer = browser.get(f"/api/v1/offers?{query}")

    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert [error["field"] for error in answer.json["errors"]] == [field]


def test_a_walk_sees_each_record_once_while_others_come_and_go(browser):
    offers = make_offers(30)
    kept = {offer.public_id for offer in offers[::2]}
    gone = iter(offers[1::2])

    seen, cursor = [], ""
    while cursor is not None:
        page = browser.get(f"/api/v1/offers?limit=4{cursor}").json
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"] and f"&after={page['next']}"
        make_offer(title="neu", published_at=NOON)
        with transaction():
            db.session.merge(next(gone)).state = PostingState.PAUSED
            db.session.merge(next(gone)).state = PostingState.ARCHIVED

    assert len(seen) == len(set(seen))
    assert kept <= set(seen)


def test_the_next_page_is_linked(browser):
    make_offers(3)

    answer = browser.get("/api/v1/offers?limit=2&q=Angebot")

    link = answer.headers["Link"]
    assert link.endswith('>; rel="next"')
    rest = browser.get(link[1 : link.index(">")])
    assert len(rest.json["items"]) == 1


@pytest.mark.parametrize("count", [1, 30])
def test_a_list_costs_the_same_whatever_its_length(browser, queries, count):
    make_offers(count)
    queries.clear()

    assert len(items(browser, "offers?limit=100")) == count
    assert len(queries) == 3


@pytest.mark.parametrize("count", [1, 30])
def test_a_list_of_internships_costs_the_same(browser, queries, count):
    company = make_company()
    for _ in range(count):
        make_internship(organisation=company)
    queries.clear()

    assert len(items(browser, "internships?limit=100")) == count
    assert len(queries) == 4


def test_an_answer_is_open_to_other_sites_and_known_again(browser):
    make_offer()

    answer = browser.get("/api/v1/offers", headers={"Origin": "https://example.org"})
    again = browser.get(
        "/api/v1/offers", headers={"If-None-Match": answer.headers["ETag"]}
    )
    before = browser.options("/api/v1/offers")

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert again.status_code == 304
    assert "Authorization" in before.headers["Access-Control-Allow-Headers"]


def test_an_answer_is_sent_compressed(browser):
    make_offers(3)

    plain = browser.get("/api/v1/offers")
    answer = browser.get("/api/v1/offers", headers={"Accept-Encoding": "gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data) == plain.data


def test_a_session_changes_nothing(browser):
    member = make_user()
    offer = make_offer(PostingState.DRAFT, organisation=make_organisation(member))

    browser.sign_in(member)

    assert browser.get(f"/api/v1/offers/{offer.public_id}").status_code == 404


@pytest.mark.parametrize(
    "address", ["nichts", "offers/nichts", "places/1x", "topics/x"]
)
def test_what_is_not_there_is_a_problem(browser, address):
    answer = browser.get(f"/api/v1/{address}")

    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == 404
    assert answer.headers["X-Request-ID"] in answer.json["instance"]


def test_an_act_the_address_does_not_know_names_those_it_knows(browser):
    answer = browser.put("/api/v1/topics")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.content_type == "application/problem+json"


def test_figures_are_those_of_the_first_page(browser):
    make_offer()

    figures = {row["id"]: row["count"] for row in items(browser, "statistics")}

    assert (figures["offer"], figures["need"], figures["internship"]) == (1, 1, 0)
    assert items(browser, "gaps") == []


def test_organisations_are_narrowed_by_town(browser):
    make_organisation(name="Nah")
    make_organisation(name="Fern", town="Dresden")

    def told(query):
        return [item["name"] for item in items(browser, f"organisations?{query}")]

    assert told("place=Jena&radius_km=30") == ["Nah"]
    assert sorted(told("radius_km=30")) == ["Fern", "Nah"]
    answer = browser.get("/api/v1/organisations?place=Jenna")
    assert answer.status_code == 400
    assert [one["field"] for one in answer.json["errors"]] == ["place"]


def test_gaps_are_told_where_enough_organisations_ask(browser):
    with transaction():
        for quarter, area, topic, is_hidden in (
            ("2026-Q4", "", "", False),
            ("2026-Q4", "TH", "", False),
            ("2026-Q4", "16053", "", True),
            ("2026-Q4", "", "optics", False),
            ("2026-Q3", "", "", False),
        ):
            db.session.add(a_cell(quarter, area, topic, is_hidden=is_hidden))

    gaps = items(browser, "gaps")

    assert [(gap["quarter"], gap["area"]) for gap in gaps] == [
        ("2026-Q4", "region"),
        ("2026-Q4", "TH"),
    ]
    assert (gaps[0]["asked"], gaps[0]["missing"]) == (12, 4)


def a_cell(quarter, area, topic, *, is_hidden):
    return GapCell(
        quarter=quarter,
        area=area,
        topic=topic,
        kind="material",
        lines_pm=1000,
        organisation_count=9,
        asked_pm=12_000,
        missing_pm=4_500,
        reason=next(iter(GapReason)),
        is_hidden=is_hidden,
        data_version="1",
    )


def test_the_page_shows_every_address_of_the_description(browser):
    paths = browser.get("/api/v1/openapi.json").json["paths"]

    page = browser.get("/api").text

    assert [path for path in paths if path not in page] == []
    assert "<script" not in page.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(
    ("address", "source", "licence"),
    [
        ("districts", "© GeoBasis-DE / BKG 2021 (Daten verändert)", "DL-DE-BY-2.0"),
        (
            "occupations",
            "MINT-Börse Mitteldeutschland; code: KldB 2010 (skohub-kldb-vocab)",
            "CC-BY-4.0; code: Apache-2.0",
        ),
        ("places", "GeoNames", "CC-BY-4.0"),
        ("topics", "MINT-Börse Mitteldeutschland", "CC-BY-4.0"),
    ],
)
def test_words_and_places_say_whose_they_are(browser, address, source, licence):
    records = browser.get(f"/api/v1/{address}").json["items"]

    assert {(one["source"], one["licence"]) for one in records} == {(source, licence)}
