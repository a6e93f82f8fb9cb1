from io import BytesIO

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.rolemodels.models import RoleModel
from marketplace.postings.rolemodels.services.showing import show_film, show_portrait
from marketplace.region.occupations.models import Occupation
from tests.factories.people import make_company, make_coordinator, make_user
from tests.factories.postings import make_rolemodel
from tests.moments import NOON
from tests.postings.rolemodels.pictures import MP4, VTT, png


def address_of(rolemodel, *parts):
    return "/".join(("/vorbilder", rolemodel.public_id, *parts))


def owner_of(rolemodel):
    return rolemodel.organisation.memberships[0].user


def with_film(**changes):
    rolemodel = make_rolemodel(transcript="Ich poliere.", **changes)
    with transaction():
        show_film(rolemodel, MP4, VTT, actor=owner_of(rolemodel), at=NOON)
    return rolemodel


def sent(company, **changes):
    form = {
        "title": "Thea, Feinoptikerin",
        "description": "Thea poliert Linsen.",
        "site_id": str(company.sites[0].id),
        "answers-0-question": "Was machst du den ganzen Tag?",
        "answers-0-words": "Ich poliere.",
        "answers-1-question": "Warum?",
        "answers-1-words": "",
    }
    return form | changes


def test_list_shows_who_tells_and_filters(browser):
    make_rolemodel(title="Thea, Feinoptikerin")
    make_rolemodel(title="Jonas, Mechatroniker", film_link="https://filme.example/1")

    page = browser.get("/vorbilder").text
    films = browser.get("/vorbilder?art=film").text
    words = browser.get("/vorbilder?art=text").text

    assert "2 Menschen erzählen von ihrer Arbeit" in page
    assert ("Thea" in films, "Jonas" in films) == (False, True)
    assert ("Thea" in words, "Jonas" in words) == (True, False)


@pytest.mark.parametrize("count", [1, 30])
def test_list_asks_as_often_for_many_as_for_one(browser, queries, count):
    company = make_company()
    for _k in range(count):
        make_rolemodel(organisation=company)
    with_film(organisation=company)
    browser.get("/vorbilder")
    queries.clear()

    browser.get("/vorbilder")

    assert len(queries) <= 9


def test_page_tells_answers_and_leads_to_the_occupation(browser):
    occupation = db.session.scalars(select(Occupation).limit(1)).one()
    rolemodel = make_rolemodel(occupation_id=occupation.id)

    page = browser.get(address_of(rolemodel)).text

    assert "Ich poliere." in page
    assert f"/berufe/{occupation.public_id}" in page
    assert "Zugestimmt am" not in page
    assert "<video" not in page


def test_film_elsewhere_is_a_link_that_names_its_host(browser):
    rolemodel = make_rolemodel(
        film_link="https://www.filme.example/1", film_minutes=2, transcript="Text."
    )

    page = browser.get(address_of(rolemodel)).text

    assert 'href="https://www.filme.example/1"' in page
    assert "Film ansehen bei filme.example, 2 Minuten" in page
    assert "<iframe" not in page
    assert browser.get(address_of(rolemodel, "ansehen")).status_code == 404


def test_own_film_is_loaded_after_the_press_alone(browser):
    rolemodel = with_film()
    video = rolemodel.film.video.public_id

    page = browser.get(address_of(rolemodel)).text
    film = browser.get(address_of(rolemodel, "ansehen")).text

    assert (video in page, video in film) == (False, True)
    assert 'kind="subtitles"' in film
    part = browser.get(f"/vorbilder/dateien/{video}", headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.data) == (206, b"ftyp")
    assert part.headers["Content-Range"] == f"bytes 4-7/{len(MP4)}"
    assert part.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    whole = browser.get(f"/vorbilder/dateien/{video}")
    assert (whole.status_code, whole.data) == (200, MP4)
    behind = f"bytes={len(MP4)}-"
    none = browser.get(f"/vorbilder/dateien/{video}", headers={"Range": behind})
    assert (none.status_code, none.headers["Content-Range"]) == (
        416,
        f"bytes */{len(MP4)}",
    )


@pytest.mark.parametrize(
    "state", [PostingState.DRAFT, PostingState.SUBMITTED, PostingState.FROZEN]
)
def test_what_is_not_public_shows_nothing(browser, state):
    rolemodel = make_rolemodel()
    with transaction():
        show_portrait(rolemodel, png(), "Thea", actor=owner_of(rolemodel), at=NOON)
    picture = rolemodel.portrait.large.public_id
    assert browser.get(f"/vorbilder/dateien/{picture}").status_code == 200

    with transaction():
        rolemodel.frozen_from = PostingState.PUBLISHED
        rolemodel.state = state

    assert browser.get(address_of(rolemodel)).status_code == 404
    assert browser.get(f"/vorbilder/dateien/{picture}").status_code == 404
    assert "Thea" not in browser.get("/vorbilder").text


def test_a_file_of_somebody_else_is_not_found(browser):
    assert browser.get("/vorbilder/dateien/2222222222").status_code == 404


def test_member_writes_and_empty_answers_fall_away(browser):
    member = make_user()
    company = make_company(member)
    browser.sign_in(member)
    assert "Wie bist du dazu gekommen?" in browser.get("/vorbilder/neu").text

    answer = browser.post("/vorbilder/neu", data=sent(company))

    rolemodel = db.session.scalars(select(RoleModel)).one()
    assert answer.status_code == 302
    assert [one.words for one in rolemodel.answers] == ["Ich poliere."]
    page = browser.get(address_of(rolemodel)).text
    assert "Zur Prüfung einreichen" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Vorname und Beruf"),
        ({"film_link": "http://filme.example/1"}, "Bitte mit https:// am Anfang."),
        ({"film_link": "javascript:alert(1)"}, "Bitte mit https:// am Anfang."),
        ({"consented_on": "2027-01-01"}, "Dieser Tag liegt in der Zukunft."),
        (
            {"answers-0-question": ""},
            "Zu dieser Antwort fehlt die Frage.",
        ),
    ],
)
def test_mistakes_come_back_with_every_entry(browser, changes, sentence):
    member = make_user()
    company = make_company(member)
    browser.sign_in(member)

    answer = browser.post("/vorbilder/neu", data=sent(company, **changes))

    assert answer.status_code == 422
    assert "Es gibt ein Problem" in answer.text
    assert sentence in answer.text
    assert "Ich poliere." in answer.text


def test_submitting_without_consent_is_refused_where_it_can_be_mended(browser):
    rolemodel = make_rolemodel(PostingState.DRAFT, consented_on=None)
    browser.sign_in(owner_of(rolemodel))

    answer = browser.post(address_of(rolemodel, "schritt", "submit"))

    assert answer.status_code == 409
    assert "die Zustimmung der Person" in answer.text
    assert db.session.get(RoleModel, rolemodel.id).state is PostingState.DRAFT


def test_member_shows_picture_and_film(browser):
    rolemodel = make_rolemodel()
    browser.sign_in(owner_of(rolemodel))

    browser.post(
        address_of(rolemodel, "bild"),
        data={"picture": (BytesIO(png()), "thea.png"), "alt": "Thea am Tisch"},
    )
    browser.post(
        address_of(rolemodel, "film"),
        data={
            "video": (BytesIO(MP4), "film.mp4"),
            "subtitles": (BytesIO(VTT), "film.vtt"),
        },
    )

    page = browser.get(address_of(rolemodel)).text
    assert 'alt="Thea am Tisch"' in page
    assert "Film ansehen" in page
    answer = browser.post(address_of(rolemodel, "film", "entfernen"))
    assert answer.status_code == 302
    assert "Film ansehen" not in browser.get(address_of(rolemodel)).text


def test_a_file_that_is_no_film_comes_back(browser):
    rolemodel = make_rolemodel()
    browser.sign_in(owner_of(rolemodel))
    form = {
        "video": (BytesIO(b"<svg onload=alert(1)>"), "film.mp4"),
        "subtitles": (BytesIO(VTT), "film.vtt"),
    }

    answer = browser.post(address_of(rolemodel, "film"), data=form)

    assert answer.status_code == 422
    assert "kein Film als MP4 oder WebM" in answer.text


@pytest.mark.parametrize("is_office", [False, True])
def test_withdrawn_consent_takes_all_away_at_once(browser, is_office):
    rolemodel = with_film()
    address, video = address_of(rolemodel), rolemodel.film.video.public_id
    browser.sign_in(make_coordinator() if is_office else owner_of(rolemodel))
    assert "sofort gelöscht" in browser.get(f"{address}/widerruf").text

    answer = browser.post(f"{address}/widerruf")

    assert answer.status_code == 302
    assert browser.get(address).status_code == 404
    assert browser.get(f"/vorbilder/dateien/{video}").status_code == 404
    assert "Thea" not in browser.get("/vorbilder").text


@pytest.mark.parametrize("part", ["bild", "film", "widerruf", "bearbeiten"])
def test_strangers_find_nothing_to_change(browser, part):
    rolemodel = make_rolemodel()
    browser.sign_in(owner_of(make_rolemodel()))

    assert browser.get(address_of(rolemodel, part)).status_code == 404


def test_occupation_shows_who_tells_of_it(browser):
    query = select(Occupation).where(Occupation.title.startswith("Feinoptik"))
    occupation = db.session.scalars(query).one()
    make_rolemodel(title="Thea, Feinoptikerin", occupation_id=occupation.id)

    page = browser.get(f"/berufe/{occupation.public_id}").text

    assert "Wer davon erzählt" in page
    assert "Thea, Feinoptikerin" in page
