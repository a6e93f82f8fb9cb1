import re

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.enums import OrganisationState
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.offers.models import Offer
from marketplace.stewardship.claims.enums import ClaimState
from marketplace.stewardship.claims.models import Claim
from marketplace.stewardship.claims.queries import wanted_hints
from marketplace.stewardship.claims.services.chasing import ask_to_chase, note_chased
from tests.factories.claims import letter_of, make_named, printed_code, with_hints
from tests.factories.people import (
    make_coordinator,
    make_guardian,
    make_organisation,
    make_pupil,
    make_user,
)
from tests.moments import NOON
from tests.papers import Paper

DESK = "/koordination/uebernahmen"
YES = {"is_allowed": "y"}


def the_claim():
    return db.session.scalars(db.select(Claim)).one()


def test_code_is_entered_as_people_write_it(browser):
    code = printed_code(make_named())

    response = browser.post("/uebernehmen", data={"code": f" {code.upper()} "})

    assert response.location == f"/uebernehmen/{code.upper()}"


def test_unknown_code_comes_back_with_what_was_typed(browser):
    response = browser.post("/uebernehmen", data={"code": "abcd-efgh-jkmn"})

    assert response.status_code == 422
    assert "abcd-efgh-jkmn" in response.text
    assert "Es gibt ein Problem" in response.text


def test_unknown_code_in_an_address_is_not_found(browser):
    assert browser.get("/uebernehmen/abcd-efgh-jkmn").status_code == 404


def test_guest_sees_what_it_is_and_two_ways_on(browser):
    organisation = make_named("Sternwarte Eulenkuppe")
    with_hints(organisation)
    code = printed_code(organisation)

    page = browser.get(f"/uebernehmen/{code}").text

    assert "Sternwarte Eulenkuppe" in page
    assert "Abend 0" in page
    assert f"/anmelden?weiter=/uebernehmen/{code}" in page
    assert f"/registrieren/anbieter?weiter=/uebernehmen/{code}" in page


def test_looking_claims_nothing(browser):
    organisation = make_named()
    code = printed_code(organisation)
    browser.sign_in(make_user())

    browser.get(f"/uebernehmen/{code}")

    assert organisation.state is OrganisationState.IMPORTED
    assert letter_of(organisation).opened_at == NOON


def test_member_claims_with_one_tick(browser):
    organisation = make_named()
    with_hints(organisation)
    code = printed_code(organisation)
    browser.sign_in(make_user())

    missing = browser.post(f"/uebernehmen/{code}").status_code
    done = browser.post(f"/uebernehmen/{code}", data=YES)

    assert (missing, done.status_code) == (422, 302)
    assert organisation.state is OrganisationState.REGISTERED
    assert browser.get(done.location).status_code == 200
    assert "Abend 0" in browser.get("/angebote/meine").text


def test_second_visit_says_that_it_is_done(browser):
    organisation = make_named()
    code = printed_code(organisation)
    browser.sign_in(make_user())
    browser.post(f"/uebernehmen/{code}", data=YES)

    page = browser.get(f"/uebernehmen/{code}").text
    again = browser.post(f"/uebernehmen/{code}", data=YES).status_code

    assert "Schon übernommen" in page
    assert again == 409


def test_other_accounts_are_told_what_is_needed(browser):
    code = printed_code(make_named())
    browser.sign_in(make_guardian())

    page = browser.get(f"/uebernehmen/{code}").text

    assert "Konto einer Organisation" in page
    assert 'name="is_allowed"' not in page


def test_hint_offers_to_take_over_and_shows_that_somebody_does(browser):
    organisation = make_named()
    [hint] = with_hints(organisation, internships=0)
    address = f"/angebote/{hint.public_id}"

    before = browser.get(address).text
    code = printed_code(organisation)
    browser.sign_in(make_user()).post(f"/uebernehmen/{code}", data=YES)
    after = browser.get(address).text

    assert "Das sind wir – übernehmen" in before
    assert "Das sind wir – übernehmen" not in after
    assert "wird gerade übernommen" in after
    assert "wird gerade übernommen" in browser.get("/angebote").text


def test_card_in_a_list_leads_to_taking_over(browser):
    organisation = make_named()
    hints = with_hints(organisation)
    lists = ("/angebote", "/praktika")
    addresses = [f"/uebernehmen/hinweis/{h.kind}/{h.public_id}" for h in hints]

    before = [browser.get(page).text for page in lists]
    code = printed_code(organisation)
    browser.sign_in(make_user()).post(f"/uebernehmen/{code}", data=YES)
    after = [browser.get(page).text for page in lists]

    pairs = list(zip(addresses, before, after, strict=True))
    assert [(a in b, a in c) for a, b, c in pairs] == [(True, False)] * 2
    assert browser.get(addresses[0]).status_code == 200


def test_hint_leads_to_the_posting_it_became(browser):
    organisation = make_named()
    [hint] = with_hints(organisation, internships=0)
    code = printed_code(organisation)
    browser.sign_in(make_user()).post(f"/uebernehmen/{code}", data=YES)
    with transaction():
        draft = db.session.scalars(db.select(Offer).where(Offer.id != hint.id)).one()
        draft.state, draft.published_at = PostingState.PUBLISHED, NOON
        organisation.state = OrganisationState.VERIFIED

    response = browser.get(f"/angebote/{hint.public_id}")

    assert response.status_code == 301
    assert response.location.startswith(f"/angebote/{draft.public_id}")


def test_verified_member_asks_without_a_code(browser):
    [hint] = with_hints(make_named(), offers=0)
    user = make_user()
    make_organisation(user, "Feinwerk")
    browser.sign_in(user)
    address = f"/uebernehmen/hinweis/internship/{hint.public_id}"

    page = browser.get(address).text
    missing = browser.post(address).status_code
    done = browser.post(address, data=YES)

    assert "Feinwerk" in page
    assert (missing, done.status_code) == (422, 302)
    assert the_claim().state is ClaimState.ASKED


def test_member_without_verified_organisation_cannot_ask(browser):
    [hint] = with_hints(make_named(), offers=0)
    browser.sign_in(make_user())
    address = f"/uebernehmen/hinweis/internship/{hint.public_id}"

    assert "schon geprüft" in browser.get(address).text
    assert browser.post(address, data=YES).status_code == 404


def test_only_hints_are_asked_for(browser):
    address = "/uebernehmen/hinweis"

    assert browser.get(f"{address}/offer/2222222222").status_code == 404
    assert browser.get(f"{address}/user/2222222222").status_code == 404


def test_office_sees_most_hints_first_and_narrows_by_district(browser):
    one, many = make_named("Eins"), make_named("Viele", town="Leipzig")
    with_hints(one, offers=1, internships=0)
    with_hints(many, offers=2, internships=1)
    browser.sign_in(make_coordinator())

    page = browser.get(DESK).text
    there = browser.get(f"{DESK}?kreis=16053").text

    assert page.index("Viele") < page.index("Eins")
    assert "3 Hinweise" in page
    assert ("Eins" in there, "Viele" in there) == (True, False)


def test_office_finds_an_organisation_by_its_name(browser):
    with_hints(make_named("Sternwarte Eulenkuppe"), offers=1, internships=0)
    with_hints(make_named("Labor Übermut", town="Leipzig"), offers=1, internships=0)
    browser.sign_in(make_coordinator())

    owl = browser.get(f"{DESK}?name=eulen").text
    both = browser.get(f"{DESK}?name=ubermut&kreis=16053").text

    assert ("Eulenkuppe" in owl, "Übermut" in owl) == (True, False)
    assert 'value="eulen"' in owl
    assert "Niemand anzuschreiben" in both


@pytest.mark.parametrize("person", [make_user, make_pupil])
def test_queue_is_for_the_office_alone(browser, person):
    assert browser.sign_in(person()).get(DESK).status_code == 404


def test_office_prints_letters_of_those_it_ticks(browser):
    first, second = make_named("Eins"), make_named("Zwei")
    make_named("Drei")
    browser.sign_in(make_coordinator())

    keys = [first.public_id, second.public_id]
    response = browser.post(f"{DESK}/briefe", data={"organisation": keys})

    paper = Paper(response.data)
    assert response.mimetype == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store"
    assert paper.page_count == 2
    assert ("Eins" in paper.text, "Drei" in paper.text) == (True, False)
    assert letter_of(second)


def test_office_that_ticks_nothing_is_told(browser):
    make_named()
    browser.sign_in(make_coordinator())

    response = browser.post(f"{DESK}/briefe")

    assert response.status_code == 422
    assert "Bitte mindestens eine davon ankreuzen." in response.text


def test_office_writes_by_mail(browser, outbox):
    organisation = make_named()
    browser.sign_in(make_coordinator())
    address = f"{DESK}/{organisation.public_id}"

    wrong = browser.post(address, data={"email": "nirgends"}).status_code
    done = browser.post(address, data={"email": "Sternwarte@example.org"}).status_code

    assert (wrong, done) == (422, 302)
    assert outbox() == [("sternwarte@example.org", "claim_letter")]
    assert "noch nicht geöffnet" in browser.get(address).text


def test_office_decides_and_undoes(browser):
    [hint] = with_hints(make_named(), offers=0)
    user = make_user()
    make_organisation(user)
    browser.sign_in(user)
    browser.post(f"/uebernehmen/hinweis/internship/{hint.public_id}", data=YES)
    browser.sign_in(make_coordinator())
    address = f"{DESK}/antrag/{the_claim().public_id}"

    empty = browser.post(address, data={"words": ""}).status_code
    granted = browser.post(f"{address}/zusagen").status_code
    again = browser.post(f"{address}/zusagen").status_code
    page = browser.get(address).text
    undone = browser.post(f"{address}/zuruecknehmen").status_code

    assert (empty, granted, again, undone) == (422, 302, 409, 302)
    assert "Übernahme zurücknehmen" in page
    assert the_claim().state is ClaimState.UNDONE


def test_queue_asks_as_often_with_thirty_as_with_one(browser, queries):
    browser.sign_in(make_coordinator())
    with_hints(make_named("Erste"))
    browser.get(DESK)
    queries.clear()
    browser.get(DESK)
    few = len(queries)
    for k in range(29):
        make_named(f"Weitere {k}")
    queries.clear()

    page = browser.get(DESK).text

    assert len(queries) == few
    assert len(re.findall(r'name="organisation"', page)) == 20


def test_guest_claims_nothing(browser):
    organisation = make_named()

    browser.post(f"/uebernehmen/{printed_code(organisation)}", data=YES)

    assert organisation.state is OrganisationState.IMPORTED


def test_admin_does_not_write_letters(browser):
    assert browser.sign_in(make_user(Role.ADMIN)).get(DESK).status_code == 404


def test_reader_asks_for_news_and_gets_the_answer(browser, outbox):
    [hint] = with_hints(make_named(), internships=0)
    address = f"/uebernehmen/hinweis/offer/{hint.public_id}/nachfassen"
    readers = [make_user(), make_pupil()]
    guest = browser.post(address).location
    button_of_guest = (
        "Nachfassen lassen" in browser.get(f"/angebote/{hint.public_id}").text
    )
    for reader in readers:
        browser.sign_in(reader)
        browser.post(address)
        browser.post(address)
    button = "Nachfassen lassen" in browser.get(f"/angebote/{hint.public_id}").text
    browser.sign_in(make_coordinator())

    queue = browser.get("/koordination/nachfassen").text
    answer = f"/koordination/nachfassen/offer/{hint.public_id}"
    empty = browser.post(answer, data={"words": ""}).status_code
    done = browser.post(answer, data={"words": "Das gibt es noch."}).status_code
    again = browser.post(answer, data={"words": "Noch einmal."}).status_code

    assert (guest, button_of_guest, button) == ("/anmelden", False, True)
    assert "2 Personen fragen" in queue
    assert (empty, done, again) == (422, 302, 409)
    assert outbox() == [(reader.email, "hint_chased") for reader in readers]
    assert "Niemand fragt" in browser.get("/koordination/nachfassen").text


def test_who_got_an_answer_may_ask_again(browser):
    [hint] = with_hints(make_named(), internships=0)
    reader = make_user()
    with transaction():
        ask_to_chase(hint, actor=reader, at=NOON)
        note_chased(hint, "Ja.", actor=make_coordinator(), at=NOON)
        ask_to_chase(hint, actor=reader, at=NOON)

    assert [(wanted.hint, wanted.count) for wanted in wanted_hints()] == [(hint, 1)]


def test_most_wanted_stands_first_at_the_same_number_of_queries(browser, queries):
    hints = with_hints(make_named(), offers=30, internships=0)
    browser.sign_in(make_coordinator())
    with transaction():
        ask_to_chase(hints[0], actor=make_user(), at=NOON)
    browser.get("/koordination/nachfassen")
    queries.clear()
    browser.get("/koordination/nachfassen")
    few = len(queries)
    with transaction():
        for reader in (make_user(), make_user()):
            for hint in hints[1:]:
                ask_to_chase(hint, actor=reader, at=NOON)
    queries.clear()

    page = browser.get("/koordination/nachfassen").text

    assert len(queries) == few
    assert page.index("Abend 29") < page.index("Abend 0<")
