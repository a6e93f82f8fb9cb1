import json
import re
from datetime import date, time

import pytest

from marketplace.foundation.database import db
from marketplace.postings.internships.enums import Gap, Shape
from marketplace.postings.internships.models import Internship
from marketplace.postings.lives.enums import PostingState
from marketplace.region.labour.enums import Basis
from marketplace.region.occupations.models import Occupation
from marketplace.region.topics.enums import Topic
from tests.factories.internships import make_hint, make_internship, make_period
from tests.factories.people import make_company, make_pupil


@pytest.fixture
def entries(company):
    """The fields of a lawful, complete internship as a browser sends them."""
    job = db.session.scalars(db.select(Occupation.id).limit(1)).one()
    return {
        "title": "Ein Roboterarm lernt greifen",
        "description": "Du bringst einem Greifer drei Bewegungen bei.",
        "learn": "",
        "topics": ["robotics"],
        "occupations-0": str(job),
        "occupations-1": "",
        "occupations-2": "",
        "site_id": str(company.sites[0].id),
        "way_there": "Linie 1 bis Ring",
        "shape": "block",
        "periods-0-key": "",
        "periods-0-starts_on": "2027-02-01",
        "periods-0-ends_on": "2027-02-05",
        "periods-0-place_count": "2",
        "periods-0-apply_until": "2026-12-11",
        "periods-0-days": "",
        "day_starts_at": "08:00",
        "day_ends_at": "14:30",
        "breaks-0-starts_at": "11:00",
        "breaks-0-ends_at": "11:30",
        "breaks-1-starts_at": "",
        "breaks-1-ends_at": "",
        "bases": ["school"],
        "grade_from": "9",
        "grade_to": "",
        "minimum_age": "",
        "bring": "feste Schuhe",
        "papers": "Keine.",
        "pay": "Keine Vergütung.",
        "insurer": "",
        "liability": "",
        "branch": "none",
        "risks_assessed_on": "2026-10-01",
        "supervisors-0-first_name": "Juri",
        "supervisors-0-surname": "Geheim",
        "supervisors-0-function": "Ausbilder",
        "supervisors-0-declared_on": "2026-11-02",
    }


def the_internship():
    return db.session.scalars(db.select(Internship)).one()


def test_new_begins_with_a_usual_day(browser, member, company):
    page = browser.sign_in(member).get("/praktika/neu").text

    assert re.findall(r'type="time" value="([^"]+)"', page) == [
        "08:00",
        "14:30",
        "11:00",
        "11:30",
    ]
    assert 'value="Keine Vergütung."' in page


def test_new_writes_a_draft(browser, member, company, entries):
    response = browser.sign_in(member).post("/praktika/neu", data=entries)

    internship = the_internship()
    assert response.location == (
        f"/praktika/{internship.public_id}-ein-roboterarm-lernt-greifen"
    )
    assert (internship.state, internship.bases, internship.topics) == (
        PostingState.DRAFT,
        {Basis.SCHOOL},
        {Topic.ROBOTICS},
    )
    assert [p.place_count for p in internship.periods] == [2]
    assert len(internship.breaks) == 1


def test_new_needs_only_a_title(browser, member, company):
    browser.sign_in(member).post(
        "/praktika/neu", data={"title": "Idee", "shape": "block", "branch": "none"}
    )

    assert (the_internship().title, the_internship().periods) == ("Idee", [])


def test_new_takes_single_days(browser, member, company, entries):
    browser.sign_in(member).post(
        "/praktika/neu",
        data=entries
        | {
            "shape": "single_days",
            "periods-0-starts_on": "",
            "periods-0-ends_on": "",
            "periods-0-apply_until": "",
            "periods-0-days": "8.2.2027, 1.2.2027",
        },
    )

    [period] = the_internship().periods
    assert (period.days, str(period.ends_on)) == (
        ["2027-02-01", "2027-02-08"],
        "2027-02-08",
    )


NOBODY = (
    "Mindestalter: In Klasse 8 ist niemand 18 Jahre alt. Ändern Sie Alter oder Klassen."
)


@pytest.mark.parametrize(
    ("mistake", "sentence"),
    [
        ({"title": ""}, "Titel: Dieses Feld wird benötigt."),
        (
            {"periods-0-ends_on": "2027-01-31"},
            "Letzter Tag: Der letzte Tag liegt vor dem ersten.",
        ),
        (
            {"periods-0-starts_on": ""},
            "Letzter Tag: Tragen Sie auch den ersten Tag ein.",
        ),
        (
            {"periods-0-apply_until": "2027-02-02"},
            "Bewerben bis: Bewerben geht bis zum ersten Tag.",
        ),
        ({"day_ends_at": "07:00"}, "Ende des Tages: Der Tag endet nach seinem Beginn."),
        ({"breaks-0-ends_at": "10:00"}, "bis: Die Pause endet nach ihrem Beginn."),
        ({"grade_to": "8"}, "Bis Klasse: Die letzte Klasse liegt vor der ersten."),
        (
            {"topics": [t.value for t in list(Topic)[:6]]},
            "Themen: Wählen Sie höchstens fünf Themen.",
        ),
        (
            {"shape": "single_days"},
            "Einzelne Tage: Nennen Sie hier jeden Tag, durch Komma getrennt.",
        ),
        (
            {"periods-0-days": "1.2.2027"},
            "Einzelne Tage: Wählen Sie dazu die Form „einzelne Tage“.",
        ),
        (
            {"periods-0-days": "morgen"},
            "Einzelne Tage: „morgen“ ist kein Tag. So geht es: 1.3.2027",
        ),
        (
            {"periods-0-ends_on": "9999-12-31"},
            "Letzter Tag: Ein Zeitraum dauert höchstens zwei Jahre.",
        ),
        ({"shape": ""}, "Form: Keine gültige Auswahl."),
        ({"branch": ""}, "Branche: Keine gültige Auswahl."),
        (
            {"minimum_age": "9" * 400},
            "Mindestalter: Das ist eine Zahl von 13 bis 27.",
        ),
        (
            {"grade_from": "7", "grade_to": "8", "minimum_age": "18"},
            NOBODY,
        ),
        (
            {"periods-0-starts_on": "2026-10-05", "periods-0-apply_until": ""},
            "Erster Tag: Dieser Tag ist schon vorbei. Prüfen Sie auch das Jahr.",
        ),
    ],
)
def test_new_shows_the_mistake_and_keeps_the_entries(
    browser, member, company, entries, mistake, sentence
):
    page = browser.sign_in(member).post("/praktika/neu", data=entries | mistake)

    assert page.status_code == 422
    assert "Es gibt ein Problem" in page.text
    assert re.findall(r'<li><a href="#[^"]+">([^<]+)</a></li>', page.text) == [sentence]
    assert 'value="feste Schuhe"' in page.text
    assert db.session.scalars(db.select(Internship)).all() == []


def test_edit_begins_with_what_is_there(browser, member, company):
    internship = make_internship(PostingState.DRAFT, company)

    page = browser.sign_in(member).get(f"/praktika/{internship.public_id}/bearbeiten")

    assert 'value="Glas, das Licht lenkt"' in page.text
    assert 'value="2027-02-01"' in page.text
    assert f'name="version" type="hidden" value="{internship.version}"' in page.text


def test_edit_keeps_the_period_it_knows(browser, member, company, entries):
    internship = make_internship(PostingState.PUBLISHED, company)
    [period] = internship.periods

    response = browser.sign_in(member).post(
        f"/praktika/{internship.public_id}/bearbeiten",
        data=entries
        | {
            "version": internship.version,
            "periods-0-key": period.public_id,
            "periods-0-place_count": "4",
        },
    )

    assert response.status_code == 302
    assert [(p.id, p.place_count) for p in internship.periods] == [(period.id, 4)]


def test_edit_shows_both_texts_to_the_second_of_two(browser, member, company, entries):
    internship = make_internship(PostingState.DRAFT, company)
    address = f"/praktika/{internship.public_id}/bearbeiten"
    browser.sign_in(member)
    version = internship.version
    browser.post(address, data=entries | {"version": version})

    page = browser.post(
        address, data=entries | {"version": version, "title": "Mein Text"}
    )

    assert page.status_code == 409
    assert "Jemand hat inzwischen gespeichert" in page.text
    assert "Ein Roboterarm lernt greifen" in page.text
    assert 'value="Mein Text"' in page.text
    assert internship.title == "Ein Roboterarm lernt greifen"

    browser.post(
        address,
        data=entries | {"version": internship.version, "title": "Mein Text"},
    )

    assert internship.title == "Mein Text"


def test_edit_keeps_the_entries_when_a_rule_says_no(browser, member, company, entries):
    internship = make_internship(PostingState.PUBLISHED, company)

    page = browser.sign_in(member).post(
        f"/praktika/{internship.public_id}/bearbeiten",
        data=entries | {"version": internship.version, "day_ends_at": "19:00"},
    )

    assert page.status_code == 409
    assert "§§ 7, 8 JArbSchG" in page.text
    assert 'value="Ein Roboterarm lernt greifen"' in page.text
    assert internship.title == "Glas, das Licht lenkt"


def test_show_tells_a_guest_what_matters(browser, company):
    internship = make_internship(PostingState.PUBLISHED, company)

    page = browser.get(f"/praktika/{internship.public_id}").text

    facts = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)<", page))
    assert {name: facts[name] for name in ("Wann", "Plätze", "Für wen", "Zeiten")} == {
        "Wann": "1. bis 5. Februar 2027",
        "Plätze": "2 von 2 frei",
        "Für wen": "ab Klasse 9",
        "Zeiten": "8:00 bis 14:30 Uhr",
    }
    assert facts["Bestätigt"] == "12. November 2026"
    assert "Winterferien in Thüringen" in page
    assert (
        f'href="/praktika/{internship.public_id}-glas-das-licht-lenkt/bewerben"' in page
    )


def test_show_keeps_what_is_internal(browser, company):
    internship = make_internship(PostingState.PUBLISHED, company)

    page = browser.get(f"/praktika/{internship.public_id}").text

    assert "Thea" in page
    assert "Beispiel" not in page


def test_show_tells_member_and_office_who_declared_what(
    browser, member, coordinator, company
):
    internship = make_internship(PostingState.SUBMITTED, company)

    for person in (member, coordinator):
        page = browser.sign_in(person).get(f"/praktika/{internship.public_id}").text
        assert "Thea Beispiel" in page
        assert "Erklärung nach § 25 JArbSchG vom 2. November 2026" in page


def test_show_speaks_to_search_engines(browser, company):
    internship = make_internship(PostingState.PUBLISHED, company)

    page = browser.get(f"/praktika/{internship.public_id}").text

    blocks = re.findall(r'<script type="application/ld\+json">(.+?)</script>', page)
    [job] = [one for one in map(json.loads, blocks) if one["@type"] == "JobPosting"]
    assert {key: job[key] for key in ("@type", "title", "validThrough")} == {
        "@type": "JobPosting",
        "title": "Glas, das Licht lenkt",
        "validThrough": "2026-12-24T22:59:59+00:00",
    }


@pytest.mark.parametrize("state", [PostingState.PAUSED, PostingState.ENDED])
def test_show_offers_no_application_where_none_is_taken(browser, company, state):
    internship = make_internship(state, company)

    page = browser.get(f"/praktika/{internship.public_id}").text

    assert "/bewerben" not in page
    assert "JobPosting" not in page


def test_show_offers_the_waiting_list_when_filled(browser, company):
    internship = make_internship(
        PostingState.FILLED, company, periods=[make_period(taken_count=2)]
    )

    page = browser.sign_in(make_pupil()).get(f"/praktika/{internship.public_id}").text

    assert "Auf die Warteliste" in page


def test_show_does_not_let_a_member_apply(browser, member, company):
    internship = make_internship(PostingState.PUBLISHED, company)

    page = browser.sign_in(member).get(f"/praktika/{internship.public_id}").text

    assert "/bewerben" not in page


def test_show_of_a_hint_leads_to_its_source(browser):
    hint = make_hint()

    page = browser.get(f"/praktika/{hint.public_id}").text

    assert (
        "Hinweis aus Leipziger MINT-Katalog, Stand 01.05.2025, nicht bestätigt" in page
    )
    assert "Beim Anbieter nachfragen" in page
    assert "/bewerben" not in page
    assert "JobPosting" not in page


def test_show_tells_the_member_what_is_missing(browser, member, company):
    internship = make_internship(PostingState.DRAFT, company, pay="", supervisors=[])

    page = browser.sign_in(member).get(f"/praktika/{internship.public_id}").text

    assert re.findall(r'bearbeiten#([\w-]+)">', page) == [
        "pay",
        "supervisors-0-first_name",
    ]


def test_the_places_of_gaps_are_fields_of_the_form(browser, member, company):
    make_internship(PostingState.DRAFT, company)

    page = browser.sign_in(member).get("/praktika/neu").text

    assert [gap for gap in Gap if f'id="{gap.value}"' not in page] == []


def test_move_takes_the_step_and_says_so(browser, member, company):
    internship = make_internship(PostingState.DRAFT, company)

    response = browser.sign_in(member).post(
        f"/praktika/{internship.public_id}/schritt/submit", follow_redirects=True
    )

    assert "Eingereicht." in response.text
    assert internship.state is PostingState.SUBMITTED


def test_a_refused_step_is_told_on_the_page_with_its_fields(browser, member, company):
    internship = make_internship(PostingState.DRAFT, company, pay="", papers="")

    page = browser.sign_in(member).post(
        f"/praktika/{internship.public_id}/schritt/submit"
    )

    assert (page.status_code, internship.state) == (409, PostingState.DRAFT)
    assert "Das geht noch nicht" in page.text
    assert f"<h1>{internship.title}</h1>" in page.text
    assert re.findall(r'bearbeiten#([\w-]+)">', page.text) == ["pay", "papers"]


def test_a_breach_of_the_rules_leads_to_the_fields_that_mend_it(
    browser, member, company
):
    internship = make_internship(
        PostingState.DRAFT, company, day_starts_at=time(8), day_ends_at=time(19)
    )

    page = browser.sign_in(member).post(
        f"/praktika/{internship.public_id}/schritt/submit"
    )

    assert page.status_code == 409
    assert re.findall(r'bearbeiten#([\w-]+)">', page.text) == [
        "day_starts_at",
        "breaks-0",
    ]


def test_an_old_period_may_stay_as_it_was(browser, member, company, entries):
    old = make_period(starts_on=date(2026, 2, 2), ends_on=date(2026, 2, 6))
    internship = make_internship(PostingState.DRAFT, company, periods=[old])
    times = {
        "periods-0-key": old.public_id,
        "periods-0-starts_on": "2026-02-02",
        "periods-0-ends_on": "2026-02-06",
        "periods-0-apply_until": "",
        "version": internship.version,
    }

    answer = browser.sign_in(member).post(
        f"/praktika/{internship.public_id}/bearbeiten", data=entries | times
    )

    assert answer.status_code == 302


DAY_IS_OVER = "Einzelne Tage: Dieser Tag ist schon vorbei. Prüfen Sie auch das Jahr."


@pytest.mark.parametrize(
    ("days", "kept", "mistakes"),
    [
        ("2.11.2026, 1.2.2027", ["2026-11-02", "2027-02-01"], []),
        (
            "2.11.2026, 1.2.2027, 8.2.2027",
            ["2026-11-02", "2027-02-01", "2027-02-08"],
            [],
        ),
        (
            "2.11.2026, 9.11.2026, 1.2.2027",
            ["2026-11-02", "2027-02-01"],
            [DAY_IS_OVER],
        ),
    ],
)
def test_of_single_days_only_new_ones_must_be_to_come(
    browser, member, company, entries, days, kept, mistakes
):
    running = make_period(
        starts_on=date(2026, 11, 2),
        ends_on=date(2027, 2, 1),
        days=["2026-11-02", "2027-02-01"],
    )
    internship = make_internship(
        PostingState.PUBLISHED, company, shape=Shape.SINGLE_DAYS, periods=[running]
    )
    times = {
        "shape": "single_days",
        "periods-0-key": running.public_id,
        "periods-0-starts_on": "2026-11-02",
        "periods-0-ends_on": "2027-02-01",
        "periods-0-apply_until": "",
        "periods-0-days": days,
        "version": internship.version,
    }

    page = browser.sign_in(member).post(
        f"/praktika/{internship.public_id}/bearbeiten", data=entries | times
    )

    told = re.findall(r'<li><a href="#[^"]+">([^<]+)</a></li>', page.text)
    assert (page.status_code, told) == (422 if mistakes else 302, mistakes)
    assert running.days == kept
    title = "Glas, das Licht lenkt" if mistakes else entries["title"]
    assert internship.title == title


def test_move_returns_with_words(browser, coordinator, company):
    internship = make_internship(PostingState.SUBMITTED, company)

    browser.sign_in(coordinator).post(
        f"/praktika/{internship.public_id}/schritt/return",
        data={"words": "Wo genau?"},
    )

    assert (internship.state, internship.return_words) == (
        PostingState.DRAFT,
        "Wo genau?",
    )


@pytest.mark.parametrize("words", ["", "x" * 1001])
def test_return_without_fitting_words_comes_back(browser, coordinator, company, words):
    internship = make_internship(PostingState.SUBMITTED, company)

    page = browser.sign_in(coordinator).post(
        f"/praktika/{internship.public_id}/schritt/return", data={"words": words}
    )

    assert page.status_code == 422
    assert "Es gibt ein Problem" in page.text
    assert words in page.text
    assert internship.state is PostingState.SUBMITTED


@pytest.mark.parametrize("name", ["alter", "klasse", "umkreis"])
def test_endless_number_in_an_address_is_passed_over(browser, company, name):
    make_internship(PostingState.PUBLISHED, company)

    page = browser.get("/praktika", query_string={name: "9" * 400})

    assert page.status_code == 200
    assert "Glas, das Licht lenkt" in page.text


@pytest.mark.parametrize("act", ["fill", "reopen", "nonsense"])
def test_move_does_not_find_what_people_cannot_do(browser, member, company, act):
    internship = make_internship(PostingState.PUBLISHED, company)

    response = browser.sign_in(member).post(
        f"/praktika/{internship.public_id}/schritt/{act}"
    )

    assert response.status_code == 404


def test_confirm_sets_the_date_that_is_shown(browser, member, company):
    internship = make_internship(PostingState.PUBLISHED, company)

    browser.sign_in(member).post(f"/praktika/{internship.public_id}/bestaetigen")

    assert str(internship.confirmed_on) == "2026-11-23"


def test_mine_lists_the_own_ones_with_their_state(browser, member, company):
    make_internship(PostingState.DRAFT, company, title="Entwurf A")
    make_internship(PostingState.PUBLISHED, company, title="Offen B")
    make_internship(organisation=make_company(), title="Fremd")

    page = browser.sign_in(member).get("/praktika/meine").text

    titles = re.findall(r'<h3><a href="/praktika/[^"]+">([^<]+)</a></h3>', page)
    assert sorted(titles) == ["Entwurf A", "Offen B"]
    assert "2 von 2 Plätzen frei" in page


@pytest.mark.parametrize("rows", [1, 30])
def test_mine_asks_the_database_as_often_for_many(
    browser, member, company, queries, rows
):
    for _ in range(rows):
        make_internship(PostingState.PUBLISHED, company)
    browser.sign_in(member)

    queries.clear()
    browser.get("/praktika/meine")

    assert len([q for q in queries if "FROM internships" in q or "periods" in q]) == 2
