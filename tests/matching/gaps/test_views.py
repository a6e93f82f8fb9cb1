import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.foundation.spreadsheets import read_sheet
from marketplace.matching.gaps.enums import CallAnswer, GapReason
from marketplace.matching.gaps.models import Call, CallConsent, CallLetter, Gap
from marketplace.matching.gaps.services.sheets import HEADINGS
from marketplace.matching.gaps.services.telling import missing_words
from marketplace.postings.sponsorships.models import Sponsorship
from marketplace.region.lines.enums import LineKind
from marketplace.region.topics.enums import Topic
from tests.factories.people import make_coordinator, make_user
from tests.factories.postings import a_give, a_need
from tests.matching.gaps.conftest import make_firm, make_lab
from tests.moments import NOON
from tests.papers import Paper

DESK = "/koordination/luecken"


@pytest.fixture
def office(browser):
    return browser.sign_in(make_coordinator())


@pytest.fixture
def gap(app, register):
    """What the lab in Jena lacks: 92 of 100 soldering stations."""
    make_lab(lines=[a_need(quantity=100)])
    make_firm(lines=[a_give(quantity=8)])
    register()
    return db.session.scalars(select(Gap)).one()


def consent(firm):
    with transaction():
        db.session.add(CallConsent(organisation=firm, given_at=NOON))


def test_register_shows_what_is_missing_and_why(office, gap):
    page = office.get(DESK).text

    assert "Lötstation: Löten am Samstag" in page
    assert (
        "92 Stück von 100 Stück fehlen; was es in der Nähe gibt, reicht nicht" in page
    )
    assert 'title="Jena: 1 offen"' in page
    assert "Für das Vorjahr gibt es noch keine Zahlen." in page


def test_distance_of_the_nearest_company_is_told(office, register):
    make_lab()
    make_firm("Dresden")
    register()

    page = office.get(DESK).text

    assert "12 Stück fehlen ganz; das nächste Unternehmen ist 151 km entfernt" in page


def test_same_quarter_of_last_year_is_compared(office, gap):
    with transaction():
        for _ in range(3):
            old = Gap(
                quarter="2025-Q4",
                kind=LineKind.MONEY,
                reason=GapReason.NO_KIND,
                found_on=NOON.date(),
                seen_on=NOON.date(),
                data_version="2025-12-31",
            )
            db.session.add(old)

    page = office.get(DESK).text

    assert "Im selben Quartal des Vorjahrs waren es 2 mehr." in page
    assert "4. Quartal 2025: 3; 4. Quartal 2026: 1" in page


@pytest.mark.parametrize(
    ("entries", "is_there"),
    [
        ("art=material", True),
        ("art=money", False),
        ("thema=electronics", True),
        ("thema=technology", True),
        ("thema=optics", False),
        ("grund=amount_too_small", True),
        ("grund=declined", False),
        ("land=TH", True),
        ("land=SN", False),
        ("kreis=16053", True),
        ("kreis=14713", False),
        ("quartal=2025-Q1", False),
        ("quartal=unsinn", True),
    ],
)
def test_filters_narrow(office, gap, entries, is_there):
    page = office.get(f"{DESK}?{entries}")

    assert page.status_code == 200
    assert ("Löten am Samstag" in page.text) is is_there


@pytest.mark.parametrize("count", [1, 30])
def test_register_asks_as_often_for_many_as_for_one(office, register, queries, count):
    for _ in range(count):
        make_lab()
    register()
    queries.clear()

    assert office.get(DESK).status_code == 200

    assert len(queries) == 15


@pytest.mark.parametrize("count", [1, 30])
def test_gap_asks_as_often_for_many_letters_as_for_one(office, gap, queries, count):
    firms = [make_firm() for _ in range(count)]
    with transaction():
        letters = [CallLetter(organisation=firm, sent_at=NOON) for firm in firms]
        db.session.add(Call(gap=gap, words="Eilt.", written_at=NOON, letters=letters))
    office.get(f"{DESK}/{gap.id}")  # fills what is kept per process
    queries.clear()

    assert office.get(f"{DESK}/{gap.id}").status_code == 200

    # What is kept is looked at again after a second, which a busy machine may take.
    kept = ("change_log", "weights_versions")
    own = [query for query in queries if not any(name in query for name in kept)]
    assert len(own) == 10


def test_sheet_hides_what_would_tell_on_somebody(office, register):
    for town in ("Jena", "Jena", "Jena", "Leipzig"):
        make_lab(town)
    register()

    page = office.get(f"{DESK}/blatt").text

    assert "Alle drei Länder" in page
    assert '<td class="number">48 Stück</td>' in page
    assert "verdeckt" in page
    assert page.count("48 Stück") == 2  # all topics, and the only one


def test_sheet_says_once_that_a_kind_is_hidden(office, register):
    make_lab("Leipzig", topics=frozenset({Topic.OPTICS, Topic.SOLAR}))
    register()

    page = office.get(f"{DESK}/blatt").text

    assert page.count("<strong>alle Themen</strong>") == 2  # Saxony, and all three
    assert page.count("verdeckt</td>") == 2
    assert "weitere Themen" not in page


def test_reasons_lead_to_their_gaps(office, gap):
    page = office.get(DESK).text

    link = r'href="([^"]*grund=amount_too_small[^"]*)">Was da ist, reicht nicht</a>'
    found = re.search(link, page)
    assert found
    assert "Löten am Samstag" in office.get(found[1].replace("&amp;", "&")).text


def test_sheet_is_a_pdf_too(office, register):
    for _ in range(3):
        make_lab()
    register()

    response = office.get(f"{DESK}/blatt.pdf?quartal=2026-Q4")

    paper = Paper(response.data)
    assert response.mimetype == "application/pdf"
    assert "Lücken im 4. Quartal 2026" in paper.text
    assert "36 Stück" in paper.text


def test_sums_hidden_are_empty_and_marked(office, register):
    for town in ("Jena", "Jena", "Jena", "Leipzig"):
        make_lab(town)
    register()

    text = office.get(f"{DESK}/summen.csv").data.decode("utf-8-sig")
    head, *lines = [line.split(",") for line in text.splitlines()]
    rows = {(line[1], line[3], line[4]): line for line in lines}

    assert head[-2:] == ["hidden", "data_version"]
    assert rows["", "", "material"][5:9] == ["4", "4", "48", "48"]
    leipzig = rows["14713", "", "material"]
    assert leipzig[5:9] == ["", "", "", ""]
    assert leipzig[-2] == "1"
    assert {line[5] for line in lines if line[-2] == "1"} == {""}


def test_map_shows_shares_and_hatches_what_is_hidden(office, register):
    for town in (*["Jena"] * 3, *["Dresden"] * 2, "Halle (Saale)"):
        make_lab(town)
    make_firm(lines=[a_give(quantity=9)])
    register()

    material = office.get(f"{DESK}/karte?art=material").text
    money = office.get(f"{DESK}/karte").text

    assert tile(material, "Jena") == ("step-1", "25 %")
    assert tile(material, "Dresden") == ("step-5", "verdeckt")
    assert tile(material, "Gera") == ("step-0", "0 %")
    assert rows_of(material) == [
        ["Dresden", "Sachsen", "verdeckt"],
        ["Halle (Saale)", "Sachsen-Anhalt", "verdeckt"],
        ["Jena", "Thüringen", "36 Stück", "9 Stück", "25 %", ""],
    ]
    assert rows_of(money) == []


def test_map_draws_needs_without_amount_as_open(office, register):
    for _ in range(3):
        make_lab("Leipzig", lines=[a_need(kind=LineKind.MONEY, quantity=None)])
    register()

    page = office.get(f"{DESK}/karte?art=money").text

    assert tile(page, "Leipzig") == ("step-4", "offen")
    assert rows_of(page) == [["Leipzig", "Sachsen", "Menge offen"]]


def tile(page, name):
    """How strong a district is drawn, and what stands in it."""
    pattern = rf'tile (step-\d)".*?title="{name}: ([^"]*?) ?"'
    return re.findall(pattern, page)[0]


def rows_of(page):
    """The cells of the table that tells the same."""
    rows = re.findall(r'<tr><th scope="row">.*?</tr>', page, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[re.sub(r"<svg.*", "", cell) for cell in row] for row in cells]


def test_sums_are_a_workbook_too(office, register):
    for _ in range(3):
        make_lab()
    register()

    content = office.get(f"{DESK}/summen.xlsx").data

    sheet = read_sheet(content, lambda name: name in HEADINGS)
    assert sheet.headings == HEADINGS
    assert sheet.rows[0].cells[:2] == ("2026-Q4", "")


def test_office_calls_companies_that_agreed(office, gap, outbox):
    near, silent, far = make_firm(), make_firm(), make_firm("Dresden")
    known = db.session.scalars(select(Sponsorship)).first().organisation
    consent(known)
    consent(near)
    consent(far)
    address = f"{DESK}/{gap.id}/aufruf"

    page = office.get(address).text
    assert known.public_id in page
    assert page.count("gibt so etwas") == 2
    assert 'value="' + near.public_id in page
    assert silent.public_id not in page
    assert far.public_id not in page
    assert outbox() == []

    response = office.post(address, data={"words": "Eilt.", "an": near.public_id})

    assert response.location == f"{DESK}/{gap.id}"
    member = near.memberships[0].user
    assert outbox() == [(member.email, "gap_called")]
    page = office.get(response.location).text
    assert "„Eilt.“" in page
    assert "noch keine Antwort" in page


def test_wide_call_reaches_far_companies(office, gap):
    far = make_firm("Dresden")
    consent(far)

    assert far.public_id in office.get(f"{DESK}/{gap.id}/aufruf?umkreis=999").text


def test_nobody_is_called_twice_in_a_month(office, gap, outbox):
    near = make_firm()
    consent(near)
    entries = {"words": "Eilt.", "an": near.public_id}
    address = f"{DESK}/{gap.id}/aufruf"
    office.post(address, data=entries)

    assert "Schon gefragt in diesem Monat" in office.get(address).text
    assert office.post(address, data=entries).status_code == 422
    assert len(outbox()) == 1

    with transaction():
        db.session.scalars(select(CallLetter)).one().sent_at = NOON - timedelta(days=31)
    assert office.post(address, data=entries).status_code == 302


def test_call_without_words_or_companies_is_a_mistake(office, gap):
    consent(make_firm())

    response = office.post(f"{DESK}/{gap.id}/aufruf", data={"words": ""})

    assert response.status_code == 422
    assert db.session.scalars(select(Call)).all() == []


@pytest.fixture
def letter(gap, company):
    firm = make_firm(member=company)
    with transaction():
        letter = CallLetter(organisation=firm, sent_at=NOON)
        db.session.add(Call(gap=gap, words="Eilt.", written_at=NOON, letters=[letter]))
    return letter


def test_company_reads_and_answers(browser, letter, company, outbox):
    office = make_coordinator()
    browser.sign_in(company)
    address = f"/aufrufe/brief/{letter.public_id}"

    assert "92 Stück von 100 Stück fehlen" in browser.get(address).text
    assert letter.answer is CallAnswer.WAITING
    response = browser.post(address, data={"answer": "willing"})

    assert response.location == address
    db.session.refresh(letter)
    assert (letter.answer, letter.answered_at) == (CallAnswer.WILLING, NOON)
    assert outbox() == [(office.email, "gap_call_answered")]
    browser.post(address, data={"answer": "unwilling"})
    db.session.refresh(letter)
    assert letter.answer is CallAnswer.UNWILLING
    assert len(outbox()) == 1


def test_answer_needs_a_yes_or_a_no(browser, letter, company):
    response = browser.sign_in(company).post(f"/aufrufe/brief/{letter.public_id}")

    assert response.status_code == 422


def test_letter_of_others_is_not_there(browser, letter):
    browser.sign_in(make_user())
    address = f"/aufrufe/brief/{letter.public_id}"

    assert browser.get(address).status_code == 404
    assert browser.post(address, data={"answer": "willing"}).status_code == 404


def test_what_is_settled_takes_no_answer(browser, letter, company):
    with transaction():
        letter.call.gap.closed_on = NOON.date()
    browser.sign_in(company)
    address = f"/aufrufe/brief/{letter.public_id}"

    assert "Das hat sich erledigt" in browser.get(address).text
    assert browser.post(address, data={"answer": "willing"}).status_code == 409


def test_what_is_covered_by_now_is_called_for_no_more(office, gap, letter):
    """The row of the night is still open, and will stay so in an old quarter."""
    consent(make_firm())
    entries = {"words": "Eilt.", "an": letter.organisation.public_id}
    make_firm(lines=[a_give(quantity=100)])

    page = office.get(f"{DESK}/{gap.id}").text
    call = office.get(f"{DESK}/{gap.id}/aufruf")

    assert gap.closed_on is None
    assert "Zu rufen gibt es hier nichts." in page
    assert "Aufruf an passende Unternehmen" not in page
    assert "Nichts mehr zu rufen" in call.text
    refused = office.post(f"{DESK}/{gap.id}/aufruf", data=entries)
    assert refused.status_code == 422
    assert len(db.session.scalars(select(Call)).all()) == 1


def test_covered_need_takes_no_answer(browser, letter, company):
    make_firm(lines=[a_give(quantity=100)])
    browser.sign_in(company)
    address = f"/aufrufe/brief/{letter.public_id}"

    assert "Das hat sich erledigt" in browser.get(address).text
    assert browser.post(address, data={"answer": "willing"}).status_code == 409


def test_needs_that_are_asked_for_stand_apart(office, gap):
    with transaction():
        gap.missing, gap.underway = 0, 92

    page = office.get(DESK).text

    assert "Angefragt oder in Verabredung" in page
    assert "wird gerade angefragt oder verabredet. " in page
    assert "Keine Lücke" in page
    assert 'title="Jena: 0 offen"' in page


@pytest.mark.parametrize(
    ("kind", "asked", "missing", "words"),
    [
        (LineKind.VISITS, 1, 1, "1 Besuch fehlt ganz"),
        (LineKind.VISITS, 2, 2, "2 Besuche fehlen ganz"),
        (LineKind.MONEY, 500, 1, "1 € von 500 € fehlt"),
        (LineKind.MONEY, None, None, "Die Menge ist offen, niemand gibt es bisher"),
    ],
)
def test_words_agree_with_their_number(app, kind, asked, missing, words):
    assert missing_words(Gap(kind=kind, asked=asked, missing=missing)) == words


def test_consent_is_given_and_taken_back(browser, company, app):
    firm = make_firm(member=company)
    browser.sign_in(company)

    assert "bekommt keine Aufrufe" in browser.get("/aufrufe").text
    for _ in range(2):
        browser.post(f"/aufrufe/{firm.public_id}/zustimmen")
    given = db.session.scalars(select(CallConsent)).one()
    assert (given.organisation_id, given.given_by_id) == (firm.id, company.id)
    assert "zugestimmt am 23.11.2026" in browser.get("/aufrufe").text

    browser.post(f"/aufrufe/{firm.public_id}/beenden")

    assert db.session.scalars(select(CallConsent)).all() == []


def test_others_decide_on_no_consent(browser, app):
    firm = make_firm()
    browser.sign_in(make_user())

    for act in ("zustimmen", "beenden"):
        assert browser.post(f"/aufrufe/{firm.public_id}/{act}").status_code == 404


def test_provider_reads_that_calls_go_to_companies(browser, app):
    offer = make_lab(lines=[a_need()], topics=frozenset({Topic.OPTICS}))
    browser.sign_in(offer.organisation.memberships[0].user)

    assert "Aufrufe gehen an Unternehmen" in browser.get("/aufrufe").text
