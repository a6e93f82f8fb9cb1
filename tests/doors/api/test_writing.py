from datetime import timedelta

import pytest
from sqlalchemy import func, select

from marketplace.foundation.database import db, transaction
from marketplace.people.tokens.enums import Scope
from marketplace.people.tokens.models import AccessToken
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.offers.models import Offer
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.region.occupations.models import Occupation
from tests.factories.internships import make_internship
from tests.factories.people import make_company, make_coordinator, make_organisation
from tests.factories.postings import make_offer, make_sponsorship
from tests.factories.tokens import make_access
from tests.moments import NOON

LINE = {
    "kind": "material",
    "item": "soldering_station",
    "amount": "8 Stück",
    "months_from": "2027-02",
    "slots": ["sat_am"],
}


@pytest.fixture
def lab(app):
    return make_organisation(name="Labor Linse")


@pytest.fixture
def access(lab):
    return make_access(lab)


def an_offer(lab, **changes):
    return {
        "title": "Lichtwege",
        "description": "Alle bauen eine Lochkamera.",
        "format": "workshop",
        "topics": ["optics"],
        "audiences": ["class_5_6"],
        "site": lab.sites[0].public_id,
        "starts_on": "2027-03-01",
        "lines": [LINE],
    } | changes


def count(model):
    return db.session.scalar(select(func.count(model.id)))


def test_a_program_writes_submits_and_ends_an_offer(browser, lab, access):
    made = browser.post("/api/v1/offers", headers=access, json=an_offer(lab))

    assert made.status_code == 201, made.text
    address = made.headers["Location"]
    assert made.json["status"] == "draft"
    assert made.json["needs"][0]["quantity"] == 8
    assert browser.get(address).status_code == 404
    assert browser.get(address, headers=access).json == made.json

    submitted = browser.post(f"{address}/submit", headers=access)
    assert (submitted.status_code, submitted.json["status"]) == (200, "submitted")
    offer = db.session.scalars(select(Offer)).one()
    with transaction():
        offer.state, offer.published_at = PostingState.PUBLISHED, NOON
    assert browser.delete(address, headers=access).status_code == 204
    assert db.session.get(Offer, offer.id).state is PostingState.ENDED


def test_a_draft_is_deleted(browser, lab, access):
    made = browser.post("/api/v1/offers", headers=access, json=an_offer(lab))

    assert browser.delete(made.headers["Location"], headers=access).status_code == 204
    assert count(Offer) == 0


def test_a_change_leaves_all_else_as_it_was(browser, lab, access):
    made = browser.post("/api/v1/offers", headers=access, json=an_offer(lab)).json
    address = f"/api/v1/offers/{made['id']}"

    changed = browser.patch(address, headers=access, json={"title": "Neu"}).json

    assert changed["title"] == "Neu"
    differs = {name for name in made if made[name] != changed[name]}
    assert differs == {"title", "url", "version"}


def test_a_change_of_what_changed_meanwhile_is_refused(browser, lab, access):
    made = browser.post("/api/v1/offers", headers=access, json=an_offer(lab)).json
    address, old = f"/api/v1/offers/{made['id']}", {"version": made["version"]}
    browser.patch(address, headers=access, json={"title": "Neu"} | old)

    late = browser.patch(address, headers=access, json={"title": "Alt"} | old)

    assert late.status_code == 409
    assert db.session.scalars(select(Offer.title)).all() == ["Neu"]


def test_an_internship_is_written_with_periods_and_occupations(browser):
    company = make_company()
    headers = make_access(company)
    job = db.session.scalars(select(Occupation)).first()
    entry = {
        "title": "Glas im Messlabor",
        "site": company.sites[0].public_id,
        "occupations": [job.public_id],
        "periods": [
            {"starts_on": "2027-02-01", "ends_on": "2027-02-05", "place_count": 3}
        ],
        "supervisors": [{"first_name": "Thea", "function": "Feinoptikerin"}],
    }

    made = browser.post("/api/v1/internships", headers=headers, json=entry)

    assert made.status_code == 201, made.text
    [period] = made.json["periods"]
    assert (period["starts_on"], period["place_count"]) == ("2027-02-01", 3)
    assert [one["id"] for one in made.json["occupations"]] == [job.public_id]
    assert "Thea" not in made.text
    internship = db.session.scalars(select(Internship)).one()
    assert [p.first_name for p in internship.supervisors] == ["Thea"]
    refused = browser.post(f"{made.headers['Location']}/submit", headers=headers)
    assert refused.status_code == 409
    assert "topics" in {error["field"] for error in refused.json["errors"]}


def test_a_sponsorship_is_written_with_what_it_gives(browser):
    company = make_company()
    entry = {
        "title": "Lötstationen",
        "description": "Leihweise.",
        "site": company.sites[0].public_id,
        "lines": [LINE],
    }

    made = browser.post(
        "/api/v1/sponsorships", headers=make_access(company), json=entry
    )

    assert made.status_code == 201, made.text
    assert made.json["gives"][0]["item"] == "soldering_station"
    assert count(Sponsorship) == 1


def test_an_event_is_written_by_the_clocks_of_the_region(browser, lab, access):
    entry = {
        "title": "Nacht der Sterne",
        "description": "Alle sehen durch das Fernrohr.",
        "starts_at": "2027-03-01T19:30",
        "ends_at": "2027-03-01T22:00",
        "topics": ["astronomy_space"],
        "audiences": ["families"],
        "site": lab.sites[0].public_id,
    }

    made = browser.post("/api/v1/events", headers=access, json=entry)
    address = made.headers["Location"]
    changed = browser.patch(address, headers=access, json={"capacity": 20})

    assert made.status_code == 201, made.text
    assert made.json["starts_at"] == "2027-03-01T18:30:00+00:00"
    assert (changed.json["capacity"], changed.json["ends_at"]) == (
        20,
        "2027-03-01T21:00:00+00:00",
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 81}, "title"),
        ({"title": 5}, "title"),
        ({"title": "halb \ud800"}, "title"),
        ({"description": None}, "description"),
        ({"format": "unfug"}, "format"),
        ({"topics": ["unfug"]}, "topics[0]"),
        ({"site": "gibtesnicht"[:10]}, "site"),
        ({"starts_on": "2026-02-01"}, "starts_on"),
        ({"starts_on": "heute"}, "starts_on"),
        ({"lines": [{**LINE, "item": "robot"}]}, "lines[0].item"),
        ({"lines": [{**LINE, "amount": "viel"}]}, "lines[0].amount"),
        ({"state": "published"}, "state"),
        ({"organisation_id": 1}, "organisation_id"),
        ({"published_at": "2026-01-01"}, "published_at"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_written(
    browser, lab, access, changes, field
):
    entry = an_offer(lab, **changes)

    answer = browser.post("/api/v1/offers", headers=access, json=entry)

    assert answer.status_code == 422, answer.text
    assert [error["field"] for error in answer.json["errors"]] == [field]
    assert count(Offer) == 0


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"[]", "application/json", 422),
        (b"title=x", "application/x-www-form-urlencoded", 415),
    ],
)
def test_what_is_no_json_is_refused(browser, access, body, kind, status):
    answer = browser.post(
        "/api/v1/offers", headers=access, data=body, content_type=kind
    )

    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer mint_falsch"}])
def test_without_a_token_nothing_is_written(browser, lab, headers):
    answer = browser.post("/api/v1/offers", headers=headers, json=an_offer(lab))

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert count(Offer) == 0


def test_a_token_reads_what_others_show_to_everybody(browser, access):
    foreign = make_offer(PostingState.PUBLISHED)

    answer = browser.get(f"/api/v1/offers/{foreign.public_id}", headers=access)

    assert (answer.status_code, answer.json["id"]) == (200, foreign.public_id)


def test_a_signed_in_cookie_opens_nothing(browser, lab):
    browser.sign_in(lab.memberships[0].user)

    assert browser.post("/api/v1/offers", json=an_offer(lab)).status_code == 401


def test_a_token_does_only_what_it_may(browser, lab):
    headers = make_access(lab, scopes=frozenset({Scope.MATCHES}))

    answer = browser.post("/api/v1/offers", headers=headers, json=an_offer(lab))

    assert answer.status_code == 403
    assert count(Offer) == 0


def test_what_is_of_others_is_not_there(browser, access):
    foreign = make_offer(PostingState.DRAFT)
    address = f"/api/v1/offers/{foreign.public_id}"

    answers = [
        browser.get(address, headers=access),
        browser.patch(address, headers=access, json={"title": "Neu"}),
        browser.delete(address, headers=access),
        browser.post(f"{address}/submit", headers=access),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert db.session.get(Offer, foreign.id).state is PostingState.DRAFT


@pytest.mark.parametrize("act", ["publish", "freeze", "delete", "unfug"])
def test_a_program_presses_only_what_members_press(browser, lab, access, act):
    offer = make_offer(PostingState.DRAFT, organisation=lab)

    answer = browser.post(f"/api/v1/offers/{offer.public_id}/{act}", headers=access)

    assert answer.status_code == 404
    assert db.session.get(Offer, offer.id).state is PostingState.DRAFT


def test_the_same_sent_again_is_done_once(browser, lab, access):
    headers = access | {"Idempotency-Key": "angebot-17"}

    first = browser.post("/api/v1/offers", headers=headers, json=an_offer(lab))
    again = browser.post("/api/v1/offers", headers=headers, json=an_offer(lab))
    other = browser.post(
        "/api/v1/offers", headers=headers, json=an_offer(lab, title="Anderes")
    )

    assert (again.status_code, again.json) == (201, first.json)
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert other.status_code == 409
    assert count(Offer) == 1


def test_a_step_and_an_end_sent_again_are_answered_alike(browser, lab, access):
    offer = make_offer(PostingState.PUBLISHED, organisation=lab)
    draft = make_offer(PostingState.DRAFT, organisation=lab)
    headers = access | {"Idempotency-Key": "k1"}
    step = f"/api/v1/offers/{offer.public_id}/pause"
    gone = f"/api/v1/offers/{draft.public_id}"

    paused = [browser.post(step, headers=headers).status_code for _ in range(2)]
    headers = access | {"Idempotency-Key": "k2"}
    ended = [browser.delete(gone, headers=headers).status_code for _ in range(2)]

    assert (paused, ended) == ([200, 200], [204, 204])


def test_a_refused_try_leaves_its_key_free(browser, lab, access):
    headers = access | {"Idempotency-Key": "angebot-17"}
    wrong = browser.post(
        "/api/v1/offers", headers=headers, json=an_offer(lab, title="")
    )

    right = browser.post("/api/v1/offers", headers=headers, json=an_offer(lab))

    assert (wrong.status_code, right.status_code) == (422, 201)


def test_the_last_use_is_noted_whatever_came_of_it(browser, access):
    browser.post("/api/v1/offers", headers=access, json={})

    assert db.session.scalars(select(AccessToken.used_at)).all() == [NOON]


def test_a_written_kind_of_each_is_the_organisations_own(browser):
    company = make_company()
    headers = make_access(company)
    for name, make in (
        ("internships", make_internship),
        ("sponsorships", make_sponsorship),
    ):
        posting = make(PostingState.PUBLISHED, organisation=company)
        address = f"/api/v1/{name}/{posting.public_id}"
        paused = browser.post(f"{address}/pause", headers=headers)
        changed = browser.patch(address, headers=headers, json={"title": "Neu"})
        assert (paused.status_code, changed.status_code) == (200, 200), changed.text
        assert changed.json["title"] == "Neu"
        assert changed.json["status"] == "paused"


def test_partners_are_for_the_owner_and_the_office(browser, lab, access):
    offer = make_offer(organisation=lab, published_at=NOON - timedelta(days=3))
    giver = make_company()
    make_sponsorship(organisation=giver)
    address = f"/api/v1/matches?for={offer.public_id}"

    told = browser.get(address, headers=access)
    office = browser.get(address, headers=make_access(maker=make_coordinator()))

    assert told.status_code == 200, told.text
    assert told.json == office.json
    [partner] = told.json["items"]
    assert partner["organisation"]["name"] == giver.name
    assert len(partner["parts"]) == 5
    assert all(part["reason"] for part in partner["parts"])
    other = browser.get(address, headers=make_access(make_organisation()))
    assert (other.status_code, browser.get(address).status_code) == (404, 401)
    assert browser.get("/api/v1/matches", headers=access).status_code == 400
