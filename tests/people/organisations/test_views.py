import json
import re

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.people.organisations.enums import (
    ContactWay,
    Language,
    OrganisationKind,
    OrganisationState,
)
from marketplace.people.organisations.models import Organisation
from marketplace.region.topics.enums import STEP_FREE, Audience, Topic
from tests.factories.people import (
    make_company,
    make_coordinator,
    make_member,
    make_organisation,
    make_product,
    make_pupil,
    make_site,
    make_user,
)
from tests.moments import NOON

REGISTERED = OrganisationState.REGISTERED
FIELDS = {
    "name": "Blechzwilling GmbH",
    "kinds": ["company", "association"],
    "place": "04109 Leipzig",
    "website": "www.blechzwilling.example",
    "register_number": "HRB 1",
}
WORDS = {
    "description": "",
    "name": "Labor Linse",
    "kinds": "provider",
    "website": "linse.example",
    "topics": ["optics", "physics"],
    "audiences": "class_7_8",
    "capacity": "4",
    "contact_way": "brokered",
    "languages": ["de", "en"],
}


def address(organisation, act=""):
    return f"/organisationen/{organisation.public_id}{act and '/' + act}"


def shown(response):
    return re.findall(r'<h3><a href="[^"]+">([^<]+)</a></h3>', response.text)


def test_index_pages_through_every_organisation_once(browser):
    for n in range(45):
        make_organisation(name=f"Labor {n:02}")

    seen, link = [], "/organisationen"
    while link:
        page = browser.get(link)
        seen += shown(page)
        further = re.search(r'rel="next" href="([^"]+)"', page.text)
        link = further and further[1].replace("&amp;", "&")

    assert seen == [f"Labor {n:02}" for n in range(45)]


def test_index_keeps_the_filters_on_the_next_page(browser):
    for _ in range(21):
        make_organisation(topics=frozenset({Topic.OPTICS}))

    page = browser.get("/organisationen?thema=optics&thema=rail&land=falsch")

    assert len(shown(page)) == 20
    assert "20 von 21" in page.text
    next_link = re.search(r'rel="next" href="([^"]+)"', page.text)[1]
    assert "thema=optics&amp;thema=rail" in next_link


def test_index_does_not_find_a_cursor_that_is_not_ours(browser):
    assert browser.get("/organisationen?nach=W10.x").status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_index_asks_the_database_the_same_number_of_times(browser, queries, rows):
    for _ in range(rows):
        make_organisation()

    queries.clear()
    browser.get("/organisationen")

    # Districts; organisations, their sites and products; two counts.
    assert len(queries) == 6

    queries.clear()
    browser.get("/organisationen?ort=Jena&barrierefrei=0")

    # And the town.
    assert len(queries) == 7


def test_index_is_narrowed_by_town_and_by_who_can_come_in(browser):
    make_organisation(name="Nah")
    make_site(make_organisation(name="Weit", town="Dresden"), accessibility=STEP_FREE)
    address = "/organisationen?ort=Jena&umkreis=10"

    assert shown(browser.get(address)) == ["Nah", "Weit"]
    assert shown(browser.get(f"{address}&barrierefrei=1")) == ["Weit"]
    assert shown(browser.get("/organisationen?ort=Dresden")) == ["Weit"]


def test_index_says_which_town_it_does_not_know(browser):
    make_organisation(name="Nah")

    page = browser.get("/organisationen?ort=Nirgendwo&umkreis=999")

    assert shown(page) == []
    assert "„Nirgendwo“ finden wir nicht" in page.text
    assert "Es gibt ein Problem" in page.text


def test_index_numbers_places_on_the_map_and_shares_signs(browser):
    make_organisation(name="A")
    make_site(make_organisation(name="B"), "Leipzig")
    make_organisation(name="C", town="Leipzig")

    page = browser.get("/organisationen").text

    assert re.findall(r'aria-label="(\d: [^"]+)"', page) == [
        "1: Jena: A; B",
        "2: Leipzig: B; C",
    ]
    assert re.findall(r"Karte (\d)", page) == ["1", "1", "2", "2"]


def test_index_shows_apart_what_is_known_from_a_source_alone(browser):
    make_organisation(name="Labor Linse")
    make_organisation(
        name="Museum", state=OrganisationState.IMPORTED, source="Liste 2018"
    )

    page = browser.get("/organisationen")
    hints = browser.get("/organisationen?hinweise=y")

    assert shown(page) == ["Labor Linse"]
    assert "Eine weitere Organisation kennen wir nur aus einer Quelle" in page.text
    assert shown(hints) == ["Museum"]
    assert "Nicht bestätigt. Quelle: Liste 2018" in hints.text


def test_index_says_so_where_nothing_fits(browser):
    page = browser.get("/organisationen?thema=rail&kreis=16053").text

    assert "Zu dieser Auswahl gibt es noch keine Organisation." in page


def test_show_tells_what_a_verified_organisation_tells(browser):
    organisation = make_organisation(
        name="Labor Linse",
        website="https://linse.example",
        register_number="VR 7",
        topics=frozenset({Topic.OPTICS}),
        audiences=frozenset({Audience.CLASS_7_8}),
        contact_email="linse@example.org",
    )

    page = browser.get(address(organisation)).text

    assert "07743 Jena" in page
    assert 'href="https://linse.example"' in page
    assert "Licht und Optik" in page
    assert "VR 7" not in page
    assert "linse@example.org" not in page


@pytest.mark.parametrize(
    ("way", "state", "is_shown"),
    [
        (ContactWay.PUBLIC, OrganisationState.VERIFIED, True),
        (ContactWay.BROKERED, OrganisationState.VERIFIED, False),
        (ContactWay.PUBLIC, OrganisationState.IMPORTED, False),
    ],
)
def test_show_tells_the_contact_only_where_it_is_public(browser, way, state, is_shown):
    organisation = make_organisation(
        state=state,
        contact_way=way,
        contact_name="Ada Beispiel",
        contact_email="ada@linse.example",
        contact_phone="0361 12345",
        languages=frozenset({Language.GERMAN, Language.ENGLISH}),
    )

    pages = browser.get(address(organisation)).text + browser.get("/suche").text

    for words in ("Ada Beispiel", "mailto:ada@linse.example", "0361 12345"):
        assert (words in pages) is is_shown
    assert ("Deutsch, Englisch" in pages) is (state is OrganisationState.VERIFIED)
    assert ("über eine Vorstellung" in pages) is (
        way is ContactWay.BROKERED and state is OrganisationState.VERIFIED
    )


def test_edit_asks_for_a_contact_that_can_be_reached(browser):
    user = make_user()
    organisation = make_organisation(user)
    browser.sign_in(user)
    form = WORDS | {"version": "1", "contact_way": "public"}

    page = browser.post(address(organisation, "bearbeiten"), data=form)
    assert page.status_code == 422
    assert "nennt E-Mail oder Telefon" in page.text
    assert organisation.contact_way is ContactWay.BROKERED

    form["contact_phone"] = "0361 12345"
    browser.post(address(organisation, "bearbeiten"), data=form)
    assert organisation.contact_way is ContactWay.PUBLIC
    assert organisation.languages == {Language.GERMAN, Language.ENGLISH}


def test_edit_says_at_the_name_that_it_waits_for_the_office(browser):
    user = make_user()
    organisation = make_organisation(
        user, "Sternwarte", state=REGISTERED, source="Katalog"
    )
    browser.sign_in(user)
    form = WORDS | {"version": "1"}

    page = browser.post(address(organisation, "bearbeiten"), data=form)

    assert page.status_code == 422
    assert "sobald die Organisation geprüft ist" in page.text
    assert 'id="name-fehler"' in page.text
    form["name"] = "Sternwarte"
    assert browser.post(address(organisation, "bearbeiten"), data=form).location
    assert organisation.website == "https://linse.example"


def test_show_speaks_to_machines_as_well(browser):
    organisation = make_organisation(name="Labor Linse", description="<b>Licht</b>")

    page = browser.get(address(organisation)).text

    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1]
    told = json.loads(data)
    assert (told["@type"], told["name"]) == ("Organization", "Labor Linse")
    assert told["description"] == "<b>Licht</b>"
    assert told["url"].endswith(f"{organisation.public_id}-labor-linse")
    assert told["location"][0]["address"]["addressLocality"] == "Jena"


def test_show_tells_name_and_source_alone_where_nobody_confirmed(browser):
    organisation = make_organisation(
        name="Museum",
        state=OrganisationState.IMPORTED,
        source="Liste 2018",
        website="https://museum.example",
        memberships=[],
    )
    make_product(organisation, "Dampfmaschinen")

    page = browser.get(address(organisation)).text

    assert "Liste 2018" in page
    assert "Nur aus einer Quelle bekannt" in page
    for secret in ("museum.example", "Dampfmaschinen", "Jena"):
        assert secret not in page.replace('value="16053">Jena', "")


def test_show_leads_the_office_to_a_letter_where_nobody_acts_for_it(browser):
    organisation = make_organisation(
        state=OrganisationState.IMPORTED, source="Liste 2018", memberships=[]
    )

    page = browser.sign_in(make_coordinator()).get(address(organisation)).text

    letter = f"/koordination/uebernahmen/{organisation.public_id}"
    assert f'href="{letter}">Brief mit Code schreiben</a>' in page
    assert "Aufgenommen am" in page
    assert "Angemeldet am" not in page


@pytest.mark.parametrize("state", [REGISTERED, OrganisationState.FROZEN])
def test_show_exists_for_members_and_office_until_it_is_public(app, state):
    owner = make_user()
    organisation = make_organisation(owner, state=state)
    people = [None, make_user(), make_pupil(), owner, make_coordinator()]

    answers = []
    for person in people:
        browser = app.test_client()
        if person:
            browser.sign_in(person)
        answers.append(browser.get(address(organisation)).status_code)

    assert answers == [404, 404, 404, 200, 200]


def test_show_offers_owners_more_than_members(app):
    organisation = make_organisation()
    member = make_member(organisation)
    [owner] = [m.user for m in organisation.memberships if m.is_owner]

    pages = [
        app.test_client().sign_in(person).get(address(organisation)).text
        for person in (owner, member)
    ]

    assert ["Angaben ändern" in page for page in pages] == [True, True]
    assert ["Ort hinzufügen" in page for page in pages] == [True, False]


def test_new_registers_an_organisation(browser, outbox):
    user, office = make_user(), make_coordinator()

    response = browser.sign_in(user).post("/organisationen/neu", data=FIELDS)

    organisation = db.session.scalars(db.select(Organisation)).one()
    assert response.location == "/konto"
    assert (organisation.name, organisation.state) == ("Blechzwilling GmbH", REGISTERED)
    assert organisation.kinds == {
        OrganisationKind.COMPANY,
        OrganisationKind.ASSOCIATION,
    }
    assert organisation.website == "https://www.blechzwilling.example"
    assert [site.town for site in organisation.sites] == ["04109 Leipzig"]
    assert [m.user for m in organisation.memberships] == [user]
    assert outbox() == [(office.email, "organisation_registered")]


@pytest.mark.parametrize(
    ("mistake", "sentence"),
    [
        ({"name": " "}, "Name der Organisation: Dieses Feld wird benötigt."),
        ({"kinds": []}, "Was sind Sie? Dieses Feld wird benötigt."),
        (
            {"website": "javascript://a.example/%0aalert(1)"},
            "Website: Eine Adresse wie",
        ),
        ({"place": "Hamburg"}, "Ort: Den Ort „Hamburg“ kennen wir nicht."),
    ],
)
def test_new_shows_the_mistake_and_keeps_the_entries(browser, mistake, sentence):
    page = browser.sign_in(make_user()).post(
        "/organisationen/neu", data=FIELDS | mistake
    )

    assert page.status_code == 422
    assert "Es gibt ein Problem" in page.text
    assert sentence in page.text
    assert 'value="HRB 1"' in page.text
    assert db.session.scalars(db.select(Organisation)).all() == []


def test_new_is_for_members(browser):
    page = browser.sign_in(make_pupil()).get("/organisationen/neu")

    assert page.status_code == 404


def test_edit_changes_what_it_tells(browser):
    user = make_user()
    organisation = make_organisation(user)

    response = browser.sign_in(user).post(
        address(organisation, "bearbeiten"), data=WORDS | {"version": "1"}
    )

    assert response.location == f"{address(organisation)}-labor-linse"
    assert (organisation.website, organisation.capacity) == ("https://linse.example", 4)
    assert organisation.topics == {Topic.OPTICS, Topic.PHYSICS}


def test_edit_shows_both_texts_to_the_second_editor(browser):
    user = make_user()
    organisation = make_organisation(
        user, name="Labor Linse", website="https://alt.example"
    )
    with transaction():
        organisation.description = "Wir bauen."

    page = browser.sign_in(user).post(
        address(organisation, "bearbeiten"), data=WORDS | {"version": "1"}
    )

    assert page.status_code == 409
    assert "Jemand hat inzwischen gespeichert" in page.text
    assert "jetzt gespeichert: https://alt.example" in page.text
    assert "jetzt gespeichert: Wir bauen." in page.text
    assert 'value="https://linse.example"' in page.text
    assert organisation.website == "https://alt.example"

    version = re.search(r'name="version"[^>]*value="(\d+)"', page.text)[1]
    browser.post(address(organisation, "bearbeiten"), data=WORDS | {"version": version})
    assert organisation.website == "https://linse.example"


def test_edit_shows_the_mistake(browser):
    user = make_user()
    organisation = make_organisation(user)

    page = browser.sign_in(user).post(
        address(organisation, "bearbeiten"),
        data=WORDS | {"version": "1", "capacity": "40"},
    )

    assert page.status_code == 422
    assert 'value="40"' in page.text
    assert organisation.capacity == 3


@pytest.mark.parametrize("act", ["bearbeiten", "orte/neu"])
def test_edit_does_not_exist_for_strangers(browser, act):
    organisation = make_organisation()

    page = browser.sign_in(make_user()).get(address(organisation, act))

    assert page.status_code == 404


def test_new_site_and_edit_site_say_where_it_works(browser):
    user = make_user()
    organisation = make_organisation(user)
    browser.sign_in(user)

    browser.post(address(organisation, "orte/neu"), data={"place": "Leipzig"})
    first, second = organisation.sites
    browser.post(
        f"/organisationen/orte/{first.public_id}",
        data={
            "place": "07743 Jena",
            "radius_km": "50",
            "accessibility": "lift",
            "version": first.version,
        },
    )

    assert (first.town, first.radius_km) == ("07743 Jena", 50)
    assert (second.town, second.radius_km) == ("Leipzig", None)


def test_edit_site_shows_both_texts_to_the_second_editor(browser):
    user = make_user()
    [site] = make_organisation(user).sites
    way = f"/organisationen/orte/{site.public_id}"
    browser.sign_in(user)
    mine = {"place": site.town, "way_there": "Tor 2", "version": "1"}
    first = {"place": site.town, "way_there": "Tor <1>", "version": "1"}
    assert browser.post(way, data=first).status_code == 302

    page = browser.post(way, data=mine)

    assert page.status_code == 409
    assert "Jemand hat inzwischen gespeichert" in page.text
    assert "jetzt gespeichert: Tor &lt;1&gt;" in page.text
    assert 'value="Tor 2"' in page.text
    assert (site.way_there, site.version) == ("Tor <1>", 2)

    assert 'name="version" type="hidden" value="2"' in page.text
    assert browser.post(way, data=mine | {"version": "2"}).status_code == 302
    assert (site.way_there, site.version) == ("Tor 2", 3)


@pytest.mark.parametrize("version", [{}, {"version": ""}, {"version": "eins"}])
def test_form_that_names_no_version_overwrites_nothing(browser, version):
    user = make_user()
    [site] = make_organisation(user).sites
    way = f"/organisationen/orte/{site.public_id}"
    before = site.way_there

    page = browser.sign_in(user).post(
        way, data={"place": site.town, "way_there": "Tor 2"} | version
    )

    assert page.status_code == 409
    assert "Jemand hat inzwischen gespeichert" in page.text
    assert site.way_there == before


def test_new_site_shows_a_place_that_is_not_known(browser):
    user = make_user()
    organisation = make_organisation(user)

    page = browser.sign_in(user).post(
        address(organisation, "orte/neu"), data={"place": "Hamburg", "street": "Kai 3"}
    )

    assert page.status_code == 422
    assert "Den Ort „Hamburg“ kennen wir nicht." in page.text
    assert 'value="Kai 3"' in page.text
    assert len(organisation.sites) == 1


def test_edit_site_is_for_owners(browser):
    organisation = make_company()
    [site] = organisation.sites

    page = browser.sign_in(make_member(organisation)).get(
        f"/organisationen/orte/{site.public_id}"
    )

    assert page.status_code == 404


def test_declare_is_good_for_a_year(browser):
    user = make_user()
    organisation = make_organisation(user)
    browser.sign_in(user)

    before = browser.get(address(organisation)).text
    browser.post(address(organisation, "erklaerung"))
    after = browser.get(address(organisation)).text

    sentence = "Erklärung zum Schutz von Jugendlichen fehlt"
    assert (sentence in before, sentence in after) == (True, False)
    assert organisation.safeguarding_on == NOON.date()


def test_declare_does_not_exist_for_strangers(browser):
    organisation = make_organisation()

    page = browser.sign_in(make_user()).post(address(organisation, "erklaerung"))

    assert (page.status_code, organisation.safeguarding_on) == (404, None)


def test_verify_takes_both_steps(browser, outbox):
    user, office = make_user(email="ada@linse.example"), make_coordinator()
    organisation = make_organisation(
        user, state=REGISTERED, verified_at=None, website="https://www.linse.example"
    )
    browser.sign_in(office)

    page = browser.get(address(organisation)).text
    assert "ada@linse.example, gleiche Domain wie die Website" in page
    assert "Öffentlich machen" not in page
    assert browser.post(address(organisation, "veroeffentlichen")).status_code == 409
    for way in ("register", "call_back"):
        browser.post(address(organisation, f"pruefen/{way}"))
    page = browser.get(address(organisation)).text
    assert f"Register angesehen, {office.name}, 23.11.26" in page
    response = browser.post(address(organisation, "veroeffentlichen"))

    assert response.status_code == 302
    assert organisation.state is OrganisationState.VERIFIED
    assert outbox() == [(user.email, "organisation_verified")]
    assert "Zurückgerufen" in browser.get(address(organisation)).text


def test_check_knows_four_ways(browser):
    organisation = make_organisation(state=REGISTERED)
    browser.sign_in(make_coordinator())

    page = browser.post(address(organisation, "pruefen/dream"))

    assert (page.status_code, organisation.checks) == (404, [])


def test_uncheck_opens_a_step_again(browser):
    organisation = make_organisation(state=REGISTERED)
    browser.sign_in(make_coordinator())

    browser.post(address(organisation, "pruefen/imprint"))
    browser.post(address(organisation, "zuruecknehmen/real"))

    assert organisation.checks == []


@pytest.mark.parametrize(
    "act", ["pruefen/imprint", "zuruecknehmen/real", "veroeffentlichen"]
)
def test_verify_answers_409_where_it_is_done_already(browser, act):
    page = browser.sign_in(make_coordinator()).post(address(make_organisation(), act))

    assert page.status_code == 409
    assert "Der Stand ist: geprüft." in page.text


def test_give_back_asks_in_words(browser, outbox):
    user = make_user()
    organisation = make_organisation(user, state=REGISTERED)
    browser.sign_in(make_coordinator())

    page = browser.post(address(organisation, "zurueckgeben"), data={"words": ""})
    assert (page.status_code, outbox()) == (422, [])

    browser.post(address(organisation, "zurueckgeben"), data={"words": "Wer sind Sie?"})
    assert outbox() == [(user.email, "organisation_returned")]


def test_freeze_hides_the_organisation_and_thaw_shows_it(app):
    organisation = make_organisation()
    office, guest = app.test_client().sign_in(make_coordinator()), app.test_client()

    office.post(address(organisation, "sperren"))
    frozen = (
        guest.get(address(organisation)).status_code,
        shown(guest.get("/organisationen")),
    )
    office.post(address(organisation, "entsperren"))

    assert frozen == (404, [])
    assert guest.get(address(organisation)).status_code == 200


@pytest.mark.parametrize(
    "act",
    [
        *("pruefen/imprint", "zuruecknehmen/real", "veroeffentlichen"),
        *("zurueckgeben", "sperren", "entsperren"),
    ],
)
def test_acts_of_the_office_do_not_exist_for_members(browser, act):
    user = make_user()
    organisation = make_organisation(user, state=REGISTERED)

    page = browser.sign_in(user).post(address(organisation, act))

    assert (page.status_code, organisation.state) == (404, REGISTERED)
