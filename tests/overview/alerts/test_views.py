import pytest

from marketplace.foundation.database import db, transaction
from marketplace.overview.alerts.enums import Rhythm
from marketplace.overview.alerts.models import LetterConsent, SavedSearch
from marketplace.overview.alerts.queries import agreed_children, consent_for
from marketplace.overview.alerts.services.telling import tell_news
from marketplace.people.accounts.enums import Role
from marketplace.people.guardians.queries import guardianships_for
from marketplace.people.guardians.services import unlink
from marketplace.region.topics.enums import Topic
from marketplace.upkeep.mail.jobs import send_waiting
from marketplace.upkeep.mail.models import LinkToken
from tests.conftest import build_app
from tests.factories.applications import make_mia
from tests.factories.internships import make_internship
from tests.factories.people import (
    make_coordinator,
    make_guardian,
    make_pupil,
    make_user,
)
from tests.moments import NOON
from tests.services.smtp import mail_server

QUERY = "q=Laser&ort=Jena&umkreis=50&art=voluntary&sortierung=nah"


class Box:
    """A mail server that keeps what it gets."""

    def __init__(self):
        self.letters = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.letters.append(envelope.content.decode())
        return "250 OK"


@pytest.fixture
def smtp_box(app):
    handler = Box()
    with mail_server(handler) as url:
        app.config["SMTP_URL"] = url
        yield handler


@pytest.fixture
def mia(app):
    return make_mia()


def searches():
    return db.session.scalars(db.select(SavedSearch).order_by(SavedSearch.id)).all()


def test_a_search_of_the_list_is_kept(browser, mia):
    guest = browser.get(f"/praktika?{QUERY}").text
    assert (
        'href="/konto/suchen/neu?liste=praktika&amp;ort=Jena&amp;umkreis=50&amp;q=Laser'
        in guest
    )
    way = f"/konto/suchen/neu?{QUERY}"
    assert browser.get(way).location.startswith("/anmelden?weiter=/konto/suchen/neu?q")
    browser.sign_in(mia)
    assert "Laser" in browser.get(way).text

    answer = browser.post(way, data={"rhythm": "weekly"})

    assert answer.location == "/konto/suchen"
    [search] = searches()
    assert (search.words, search.place, search.radius_km) == ("Laser", "Jena", 50)
    assert (search.query, search.rhythm) == (
        "ort=Jena&umkreis=50&q=Laser&art=voluntary",
        Rhythm.WEEKLY,
    )
    page = browser.get("/konto/suchen").text
    assert "„Laser“, 50 km um Jena" in page
    assert "/praktika?ort=Jena&amp;umkreis=50&amp;q=Laser" in page


def test_the_page_says_what_it_finds_now(browser, mia):
    make_internship(title="Laser justieren")
    browser.sign_in(mia)

    one = browser.get("/konto/suchen/neu?q=Laser").text
    none = browser.get("/konto/suchen/neu?q=Teilchen").text

    assert "Jetzt gibt es dazu ein Praktikum." in one
    assert "Jetzt gibt es dazu noch nichts." in none


def test_an_unknown_town_is_told_on_the_page(browser, mia):
    browser.sign_in(mia)

    answer = browser.post("/konto/suchen/neu?ort=Nirgendheim", data={"rhythm": "daily"})

    assert (answer.status_code, searches()) == (422, [])
    assert "Diesen Ort finden wir nicht" in answer.text


def test_rhythm_changes_and_a_search_goes(browser, mia):
    browser.sign_in(mia)
    browser.post("/konto/suchen/neu?q=Laser", data={"rhythm": "daily"})
    own = f"/konto/suchen/{searches()[0].public_id}"

    browser.post(f"{own}/rhythmus", data={"rhythm": "never"})
    assert searches()[0].rhythm is Rhythm.NEVER
    other = browser.sign_in(make_pupil()).post(f"{own}/entfernen")
    assert (other.status_code, len(searches())) == (404, 1)
    browser.sign_in(mia).post(f"{own}/entfernen")

    assert searches() == []


def test_new_near_me_takes_the_town_of_the_account(browser, mia):
    browser.sign_in(mia)

    assert browser.post("/konto/suchen/naehe").status_code == 302

    [search] = searches()
    assert (search.place, search.radius_km, search.rhythm) == (
        "Jena",
        25,
        Rhythm.WEEKLY,
    )


def letter_to(mia, browser):
    """What goes over the wire when something is new, and the address in it."""
    browser.sign_in(mia)
    browser.post("/konto/suchen/neu", data={"rhythm": "daily"})
    browser.delete_cookie("session")
    make_internship(title="Laser justieren", published_at=NOON.replace(hour=13))
    with transaction():
        tell_news(at=NOON.replace(hour=14))


def test_a_letter_is_ended_by_the_button_of_a_mail_program(app, browser, mia, smtp_box):
    letter_to(mia, browser)
    app.config["NOW"] = NOON.replace(hour=15)
    send_waiting()
    [text] = smtp_box.letters
    [link] = [
        line.partition("<")[2].rstrip(">\r")
        for line in text.replace("\r\n ", " ").replace("\n ", " ").split("\n")
        if line.startswith("List-Unsubscribe:")
    ]
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in text
    assert "Laser justieren" in text
    path = link.removeprefix("http://localhost")

    assert "Danach kommt kein Brief" in browser.get(path).text
    assert searches()[0].rhythm is Rhythm.DAILY
    answer = browser.post(path, data={"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, searches()[0].rhythm) == (200, Rhythm.NEVER)
    assert browser.post(path).status_code == 200
    assert browser.post("/abbestellen/erfunden").status_code == 404


def test_only_that_post_needs_no_token_of_a_form(tmp_path, database_url, mia):
    app = build_app(database_url, tmp_path, WTF_CSRF_ENABLED=True)
    with transaction():
        token = LinkToken(
            token_hash="0" * 64,
            purpose="alerts",
            subject_id=mia.id,
            recipient=mia.email,
            valid_until=NOON,
        )
        db.session.add(token)
    client = app.test_client()

    assert client.post("/abbestellen/erfunden").status_code == 404
    assert client.post("/konto/suchen/naehe").status_code == 400


def test_a_guardian_decides_on_letters_to_her_child(browser, app):
    child = make_pupil(born_on=NOON.date().replace(year=2012))
    mother = make_guardian(child)
    browser.sign_in(child)
    browser.post("/konto/suchen/neu", data={"rhythm": "daily"})
    assert "Briefe kommen noch nicht" in browser.get("/konto/suchen").text
    way = f"/konto/kinder/briefe/{child.id}"

    browser.sign_in(mother)
    assert child.first_name in browser.get("/konto/kinder/briefe").text
    browser.post(f"{way}/ja")
    rows = db.session.scalars(db.select(LetterConsent)).all()
    assert [(r.child_id, r.guardian_id) for r in rows] == [(child.id, mother.id)]

    browser.post(f"{way}/nein")
    assert db.session.scalars(db.select(LetterConsent)).all() == []
    browser.sign_in(make_guardian())
    assert browser.post(f"{way}/ja").status_code == 404


def test_consent_ends_with_the_link_and_another_guardian_gives_it_anew(browser):
    child = make_pupil(born_on=NOON.date().replace(year=2012))
    mother = make_guardian(child)
    browser.sign_in(mother)
    way = f"/konto/kinder/briefe/{child.id}"
    browser.post(f"{way}/ja")
    assert agreed_children() == {child.id}

    father = make_guardian(child)
    with transaction():
        [link] = [g for g in guardianships_for(child) if g.guardian_id == mother.id]
        unlink(link, actor=mother, at=NOON)
    assert (agreed_children(), consent_for(child)) == (frozenset(), None)

    browser.sign_in(father)
    browser.post(f"{way}/ja")
    assert [r.guardian_id for r in db.session.scalars(db.select(LetterConsent))] == [
        father.id
    ]
    assert agreed_children() == {child.id}


def test_a_search_for_every_topic_is_refused_with_a_sentence(browser, mia):
    browser.sign_in(mia)
    topics = "&".join(f"thema={topic.value}" for topic in Topic)

    answer = browser.post(f"/konto/suchen/neu?{topics}", data={"rhythm": "daily"})

    assert answer.status_code == 422
    assert "Das sind zu viele Themen für eine Suche." in answer.text
    assert db.session.scalars(db.select(SavedSearch)).all() == []


def test_the_office_reads_numbers_alone(browser, mia):
    browser.sign_in(mia)
    browser.post("/konto/suchen/neu?q=Zwirbelwicht", data={"rhythm": "daily"})

    page = browser.sign_in(make_coordinator()).get("/koordination/suchen-ohne-treffer")

    assert page.status_code == 200
    assert "Zwirbelwicht" not in page.text


@pytest.mark.parametrize("role", [Role.MEMBER, Role.COORDINATOR, Role.JUROR])
def test_others_keep_no_searches(browser, role):
    browser.sign_in(make_user(role))

    assert browser.get("/konto/suchen").status_code == 404
    assert browser.get("/konto/suchen/neu").status_code == 404
