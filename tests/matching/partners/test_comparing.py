"""Several beside each other, tables and sheets to take away, and what is tried."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from marketplace.encounters.introductions.models import Introduction
from marketplace.foundation.database import db, transaction
from marketplace.foundation.spreadsheets import read_sheet
from marketplace.matching.partners.services.covering import entered_of
from marketplace.matching.partners.services.finding import partners_of
from marketplace.matching.partners.services.trying import (
    Trial,
    difference,
    entered_with,
    world_with,
)
from marketplace.matching.partners.services.widening import additions_for
from marketplace.matching.partners.services.worlds import profile_of_site
from marketplace.matching.scores.ranking import rank
from marketplace.region.lines.enums import HardCondition, LineKind
from marketplace.region.lines.forms import stored_line
from marketplace.region.lines.rules import entry_of
from tests.factories.people import make_company, make_coordinator, make_organisation
from tests.factories.postings import a_give, a_need, make_offer, make_sponsorship


@pytest.fixture
def second(app):
    """Another company that gives stations."""
    second = make_company(name="Haargenau", town="Jena", contact_email="h@g.example")
    second.sites[0].radius_km = 60
    make_sponsorship(organisation=second, lines=[a_give(quantity=4)])
    return second


def test_two_partners_stand_beside_each_other(browser, firm, second, offer, provider):
    browser.sign_in(provider)
    keys = "&mit=".join(one.sites[0].public_id for one in (firm, second))

    page = browser.get(f"/partner/{offer.public_id}/vergleich?mit={keys}").text

    head = page.split("<thead>")[1].split("</thead>")[0]
    assert head.index("Siebenlinsen Optik") < head.index("Haargenau")
    assert "8 von 12 Stück" in page
    assert "4 von 12 Stück" in page


def test_one_partner_is_nothing_to_compare(browser, firm, offer, provider):
    key = firm.sites[0].public_id
    browser.sign_in(provider)

    page = browser.get(f"/partner/{offer.public_id}/vergleich?mit={key}")
    five = "&mit=".join(f"abcdefgh2{n}" for n in range(2, 7))

    assert "Noch nichts zu vergleichen" in page.text
    address = f"/partner/{offer.public_id}/vergleich?mit={five}"
    assert browser.get(address).status_code == 404


def test_list_is_taken_away_as_shown(browser, firm, second, offer, provider):
    browser.sign_in(provider)

    answer = browser.get(f"/partner/{offer.public_id}/liste.csv")
    less = browser.get(f"/partner/{offer.public_id}/liste.csv?art=money")

    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert sorted(row["Organisation"] for row in rows) == [
        "Haargenau",
        "Siebenlinsen Optik",
    ]
    for row in rows:
        parts = ("Themen", "Zielgruppe", "Nähe", "Zeitraum", "Umfang")
        points = [float(row[part].replace(",", ".")) for part in parts]
        assert f"{sum(points):.2f}".replace(".", ",") == row["Ihre Sicht"]
    assert b"h@g.example" not in answer.data
    assert b"Siebenlinsen" in less.data
    assert b"Haargenau" not in less.data


def test_list_is_taken_away_as_a_workbook(browser, firm, offer, provider):
    browser.sign_in(provider)

    answer = browser.get(f"/partner/{offer.public_id}/liste.xlsx")

    sheet = read_sheet(answer.data, lambda heading: heading == "Organisation")
    [row] = sheet.rows
    assert row.cells[sheet.headings.index("Organisation")] == "Siebenlinsen Optik"


def test_sheet_for_the_meeting_is_a_pdf(browser, firm, offer, provider):
    browser.sign_in(provider)
    site = firm.sites[0]

    answer = browser.get(f"/partner/{offer.public_id}/mit/{site.public_id}/blatt.pdf")

    assert answer.content_type == "application/pdf"
    assert answer.data[:5] == b"%PDF-"


@pytest.mark.parametrize("page", ["vergleich", "liste.csv", "liste.xlsx"])
def test_pages_are_for_their_side(browser, firm, offer, company, page):
    browser.sign_in(company)

    assert browser.get(f"/partner/{offer.public_id}/{page}").status_code == 404


def trial_of(offer, radius_km=60, **told):
    """The first line as it is stored, but for what is told."""
    entry = replace(entry_of(offer.lines[0], 0), **told)
    return Trial(1, entry, radius_km)


def address_of(offer, **told):
    """The address that tries the first line, but for what is told."""
    line = stored_line(offer.lines[0])
    sent = {
        "kind": line["kind"].value,
        "item": line["item"],
        "amount": line["amount"],
        "radius_km": "60",
        **told,
    }
    values = {f"probe-{name}": value for name, value in sent.items()}
    return f"/partner/{offer.public_id}?{urlencode({'probe_zeile': 1, **values})}"


def places_in(page):
    """Before and after, where each partner stands by the table of the trial."""
    table = page.split("Wer an welcher Stelle steht</caption>")[1].split("</table>")[0]
    return re.findall(r'"number">(\d+|nicht dabei)<', table)


def test_other_quantity_is_tried_and_not_kept(firm, offer, world, profile):
    now = world()

    tried = world_with(now, offer, trial_of(offer, quantity=8))

    assert rank(tried.index, profile)[0].forward > rank(now.index, profile)[0].forward
    assert world().index is now.index
    assert offer.lines[0].open_quantity == 12


def test_line_tried_as_it_is_changes_nothing(firm, offer, world, profile):
    now = world()
    radius = now.index.profiles[profile].radius_km

    tried = world_with(now, offer, trial_of(offer, radius))

    assert tried.index.profiles[profile] == now.index.profiles[profile]
    assert rank(tried.index, profile) == rank(now.index, profile)


@pytest.mark.parametrize(
    "told",
    [
        {"item": "printer_3d"},
        {"kind": LineKind.VENUE, "item": ""},
        {"hard": frozenset({HardCondition.AMOUNT})},
        {
            "months_from": date(2028, 1, 1),
            "months_to": date(2028, 2, 1),
            "hard": frozenset({HardCondition.TIME}),
        },
    ],
)
def test_line_tried_otherwise_loses_its_partner(firm, offer, world, profile, told):
    now, trial = world(), trial_of(offer, **told)
    entered = entered_of(offer.lines)

    before = partners_of(now, profile, entered=entered)
    after = partners_of(
        world_with(now, offer, trial),
        profile,
        entered=entered_with(entered, offer, trial),
    )

    changes = difference(before, after)
    served = [[row.is_served for row in pair] for pair in changes.needs]
    assert served == [[True, False], [True, True]]
    assert [one.places for one in changes.partners] == [(1, 1)]


@pytest.fixture
def far(app):
    """A company beyond the radius of the offer."""
    far = make_company(name="Weitblick", town="Leipzig")
    far.sites[0].radius_km = 200
    make_sponsorship(organisation=far)
    return far


def test_tried_radius_takes_in_who_is_beyond(far, offer, world, profile):
    tried = [world_with(world(), offer, trial_of(offer, km)) for km in (60, 200)]

    assert [len(rank(one.index, profile)) for one in tried] == [0, 1]


def test_office_tries_on_the_page(browser, firm, offer):
    browser.sign_in(make_coordinator())

    page = browser.get(address_of(offer, amount="8")).text

    assert "Nur eine Probe" in page
    assert "8 von 8 Stück" in page
    covered = page.split("Wie weit der Bedarf gedeckt werden kann</caption>")[1]
    shares = re.findall(r'"number">(\d+) %<', covered.split("</table>")[0])
    assert shares == ["67", "100", "50", "50"]
    assert places_in(page) == ["1", "1"]


def test_office_sees_who_comes_in(browser, far, offer):
    with transaction():
        offer.site.radius_km = 60
    browser.sign_in(make_coordinator())

    page = browser.get(address_of(offer, radius_km="200")).text

    assert places_in(page) == ["nicht dabei", "1"]


def test_chosen_line_is_shown_as_stored(browser, firm, offer):
    browser.sign_in(make_coordinator())

    page = browser.get(f"/partner/{offer.public_id}?probe_zeile=1").text

    assert "Nur eine Probe" not in page
    assert re.search(r'name="probe-amount"[^>]*value="12"', page)


def test_wrong_entry_is_told_and_not_tried(browser, firm, offer):
    browser.sign_in(make_coordinator())

    page = browser.get(address_of(offer, item="workshop_room")).text

    assert "Das gehört zu einer anderen Art." in page
    assert "Nur eine Probe" not in page


def test_member_cannot_try(browser, firm, offer, provider):
    browser.sign_in(provider)

    page = browser.get(address_of(offer, amount="8")).text

    assert "Nur eine Probe" not in page
    assert "8 von 12 Stück" in page


def test_office_finds_anybody_by_name(browser, firm, offer):
    far = make_company(name="Weit weg", town="Dresden")
    far.sites[0].radius_km = 20
    make_sponsorship(organisation=far)
    browser.sign_in(make_coordinator())

    page = browser.get(f"/partner/{offer.public_id}?name=weit").text
    pair = browser.get(f"/partner/{offer.public_id}/mit/{far.sites[0].public_id}").text

    assert f"/mit/{far.sites[0].public_id}" in page
    assert "Zu weit voneinander." in pair
    assert "gefragt ×" not in pair


def test_company_learns_what_would_help_most(firm, offer, world):
    for number in range(3):
        lab = make_organisation(name=f"Labor {number}")
        need = a_need(1, LineKind.VENUE, 3, item="workshop_room")
        make_offer(organisation=lab, lines=[need])

    found = additions_for(world(), profile_of_site(firm.sites[0].id))

    assert [(one.name, one.providers) for one in found] == [("Werkstatt", 3)]


def test_provider_has_nothing_to_add(firm, world, profile):
    assert additions_for(world(), profile) == []


def test_office_speaks_for_neither_side(browser, firm, offer, provider):
    path = f"/partner/{offer.public_id}/mit/{firm.sites[0].public_id}"
    own = browser.sign_in(provider).get(path).text
    page = browser.sign_in(make_coordinator()).get(path).text

    for words, by_provider in (
        ("Wir möchten zuerst telefonieren.", True),
        ("Bis dahin können Sie die Anfrage zurückziehen.", True),
        ("Beide Seiten lesen: die Namen beider Organisationen", False),
        ("Bis dahin können Sie den Vorschlag zurückziehen.", False),
    ):
        assert (words in own, words in page) == (by_provider, not by_provider)


def test_office_reads_that_both_were_asked(browser, firm, offer):
    site = firm.sites[0]
    browser.sign_in(make_coordinator())

    browser.post(f"/partner/{offer.public_id}/vorstellen/{site.public_id}")

    [made] = db.session.scalars(select(Introduction))
    page = browser.get(f"/vorstellungen/{made.public_id}").text
    assert "Beiden vorgeschlagen. Was sie antworten, steht hier." in page


def test_what_is_covered_is_told_to_whom_it_helps(
    browser, firm, offer, provider, company
):
    path = f"/partner/{offer.public_id}/vorstellen/{firm.sites[0].public_id}"
    browser.sign_in(provider)
    browser.post(path)
    [made] = db.session.scalars(select(Introduction))

    for reader, is_first in ((provider, True), (company, False)):
        page = browser.sign_in(reader).get(f"/vorstellungen/{made.public_id}").text
        own, partner = page.split("Was Sie davon haben")[1].split(
            "Was der Partner davon hat"
        )
        for words in ("Lötstation: 8 Stück (67 %)", "fehlt:"):
            assert (words in own, words in partner) == (is_first, not is_first)


def test_office_asks_a_bundle_for_both_sides(browser, firm, second, offer):
    sites = [firm.sites[0].public_id, second.sites[0].public_id]
    browser.sign_in(make_coordinator())

    page = browser.get(
        f"/partner/{offer.public_id}/buendel?mit={sites[0]}&mit={sites[1]}"
    ).text

    assert "Beide Seiten lesen: die Namen beider Organisationen" in page
    assert "Wir möchten zuerst telefonieren." not in page
    assert "Beide anfragen" in page
