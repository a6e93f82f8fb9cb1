import pytest

from marketplace.encounters.introductions.enums import Side
from marketplace.encounters.partnerships.enums import PartnershipState, Renewal
from marketplace.encounters.partnerships.services.arranging import begin_partnership
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, transaction
from marketplace.people.organisations.enums import OrganisationKind
from tests.factories.encounters import (
    confirm,
    make_active,
    make_agreed,
    make_introduction,
    make_partnership,
    member_of,
)
from tests.factories.people import make_coordinator, make_organisation, make_user
from tests.factories.postings import make_offer
from tests.moments import NOON


def address_of(partnership, page=""):
    return f"/partnerschaften/{partnership.public_id}{page}"


def read(partnership):
    """What the form knows of the version that was read above it."""
    db.session.expire_all()
    return {"version": str(partnership.version)}


def as_side(browser, partnership, side):
    return browser.sign_in(member_of(partnership, side))


def test_arranging_begins_with_a_button_behind_a_link(browser):
    introduction = make_agreed()
    address = f"/partnerschaften/beginnen/{introduction.public_id}"
    browser.sign_in(introduction.provider.memberships[0].user)

    page = browser.get(address)
    made = browser.post(address)
    again = browser.get(address)

    assert "28 Tage" in page.text
    assert made.headers["Location"].endswith("/aendern")
    assert again.headers["Location"] == made.headers["Location"][: -len("/aendern")]


def test_nothing_begins_before_both_have_agreed(browser):
    introduction = make_introduction()
    address = f"/partnerschaften/beginnen/{introduction.public_id}"
    browser.sign_in(introduction.provider.memberships[0].user)

    assert "Noch nicht so weit" in browser.get(address).text
    assert browser.post(address).status_code == 409


def test_partnership_exists_for_its_sides_and_the_office(browser):
    made = make_partnership()
    people = [member_of(made, side) for side in (Side.PROVIDER, Side.COMPANY)]

    seen = [
        browser.sign_in(who).get(address_of(made)).status_code
        for who in (*people, make_coordinator(), make_user())
    ]

    assert seen == [200, 200, 200, 404]


def test_terms_are_changed_and_confirmed_by_both(browser):
    made = make_partnership(quantity=8)
    as_side(browser, made, Side.COMPANY)
    data = {
        "valid_from": "2026-12-01",
        "valid_to": "2027-06-30",
        "first_on": "2027-01-10",
        "value_eur": "2400",
        "quantities-0": "6",
        "version": str(made.version),
    }

    wrong = browser.post(address_of(made, "/aendern"), data=data | {"valid_to": ""})
    right = browser.post(address_of(made, "/aendern"), data=data)
    for side in (Side.COMPANY, Side.PROVIDER):
        as_side(browser, made, side)
        assert "6 × Lötstation" in browser.get(address_of(made, "/bestaetigen")).text
        browser.post(address_of(made, "/bestaetigen"), data=read(made))

    db.session.expire_all()
    assert (wrong.status_code, right.status_code) == (422, 302)
    assert (made.state, made.value_eur) == (PartnershipState.ACTIVE, 2400)
    assert made.lines[0].need_line.open_quantity == 6


def test_changed_terms_are_shown_before_they_are_confirmed(browser):
    made = make_partnership(quantity=8)
    as_side(browser, made, Side.PROVIDER)
    seen = read(made)
    with transaction():
        made.lines[0].quantity, made.value_eur = 5, 700

    unread = browser.post(address_of(made, "/bestaetigen"))
    changed = browser.post(address_of(made, "/bestaetigen"), data=seen)

    new = read(made)["version"]
    assert (unread.status_code, changed.status_code) == (422, 409)
    assert "5 × Lötstation" in changed.text
    assert f'name="version" type="hidden" value="{new}"' in changed.text
    assert made.provider_ok_at is None


def test_a_line_is_dropped_and_taken_in_again(browser):
    made = make_partnership()
    as_side(browser, made, Side.PROVIDER)
    [line] = made.lines
    data = {
        "valid_from": "2026-12-01",
        "valid_to": "2027-06-30",
        "quantities-0": "0",
        "version": str(made.version),
    }
    pair = f"{line.need_line_id}-{line.give_line_id}"

    browser.post(address_of(made, "/aendern"), data=data)
    without = browser.get(address_of(made)).text
    answer = browser.post(address_of(made, "/zeile"), data={"pair": pair})

    assert "Noch keine Zeile." in without
    assert answer.status_code == 302
    assert "8 × Lötstation" in browser.get(address_of(made)).text


def test_school_enters_the_decision_of_its_head(browser):
    school = make_organisation(kinds=frozenset({OrganisationKind.SCHOOL}))
    made = make_partnership(make_offer(organisation=school))
    as_side(browser, made, Side.PROVIDER)
    address = address_of(made, "/schulleitung")

    assert "Erst entscheidet" in browser.get(address_of(made, "/bestaetigen")).text
    wrong = browser.post(address, data={"decided_on": "2026-11-01"})
    right = browser.post(
        address, data={"decided_on": "2026-11-01", "decided_by": "Rektorin Muster"}
    )
    company = as_side(browser, made, Side.COMPANY).get(address)

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert company.status_code == 404
    assert "Rektorin Muster" in browser.get(address_of(made)).text


def test_renewal_is_answered(browser):
    made = make_active()
    as_side(browser, made, Side.PROVIDER)
    early = browser.get(address_of(made, "/verlaengern")).status_code
    with transaction():
        made.renewal_asked_at = NOON

    wrong = browser.post(address_of(made, "/verlaengern"), data={})
    browser.post(address_of(made, "/verlaengern"), data={"wish": "renew"})

    db.session.expire_all()
    assert (early, wrong.status_code) == (404, 422)
    assert made.provider_renewal is Renewal.RENEW


def test_both_wish_to_show_it(browser):
    made = make_active()
    organisation = f"/organisationen/{made.provider.public_id}"
    shown = []
    for side in (Side.PROVIDER, Side.COMPANY):
        as_side(browser, made, side)
        browser.post(address_of(made, "/zeigen"), data={"is_shown": "y"})
        page = browser.get(organisation, follow_redirects=True).text
        shown.append(made.company.name in page)

    assert shown == [False, True]


def test_a_side_ends_it_with_a_reason(browser):
    made = make_active()
    as_side(browser, made, Side.COMPANY)

    wrong = browser.post(address_of(made, "/beenden"), data={})
    browser.post(address_of(made, "/beenden"), data={"code": "capacity"})

    page = as_side(browser, made, Side.PROVIDER).get(address_of(made)).text
    assert wrong.status_code == 422
    assert "keine Kraft mehr dafür" in page
    assert browser.post(address_of(made, "/beenden")).status_code == 404


def test_feedback_is_told_once_and_hidden_from_the_other(browser):
    made = make_active()
    with transaction():
        made.first_on = day_of(NOON)
    address = address_of(made, "/rueckmeldung/first")
    answer = {"took_place": "ja", "useful": "4", "would_again": "ja"}
    as_side(browser, made, Side.PROVIDER)

    wrong = browser.post(address, data={"took_place": "ja"})
    right = browser.post(address, data=answer)
    again = browser.get(address)
    mine = browser.get(address_of(made)).text
    theirs = as_side(browser, made, Side.COMPANY).get(address_of(made)).text

    assert [a.status_code for a in (wrong, right, again)] == [422, 302, 404]
    assert ("Nutzen 4 von 4" in mine, "Nutzen 4 von 4" in theirs) == (True, False)


def test_office_reads_the_whole_log_and_what_stalls(browser, app):
    made = make_partnership()
    confirm(made, Side.PROVIDER)
    office = browser.sign_in(make_coordinator())

    page = office.get(address_of(made)).text
    app.config["NOW"] = NOON.replace(year=2027)
    office = browser.sign_in(make_coordinator())
    stalled = office.get("/partnerschaften/stockend").text
    desk = office.get("/koordination").text

    assert "Verabredung bestätigt" in page
    assert "Brief an Unternehmen: Partnerschaft verabreden (wartet)" in page
    assert f"es fehlt: {made.company.name}" in stalled
    assert "seit 28 Tagen nicht bestätigt" in desk


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("address", ["/partnerschaften", "/partnerschaften/stockend"])
def test_lists_ask_the_database_as_often_for_many_as_for_one(
    browser, queries, app, count, address
):
    for _number in range(count):
        make_partnership()
    app.config["NOW"] = NOON.replace(year=2027)
    browser.sign_in(make_coordinator())
    browser.get(address)
    db.session.expunge_all()
    queries.clear()

    page = browser.get(address).text

    assert page.count('href="/partnerschaften/') >= min(count, 20)
    assert len(queries) <= 8


def test_list_leads_to_arranging_at_once_after_the_second_yes(browser):
    introduction = make_agreed()
    browser.sign_in(introduction.provider.memberships[0].user)
    address = f'href="/partnerschaften/beginnen/{introduction.public_id}"'

    before = browser.get("/partnerschaften").text
    with transaction():
        begin_partnership(introduction, actor=None, at=NOON)
    after = browser.get("/partnerschaften").text

    assert (address in before, address in after) == (True, False)
    assert "Noch keine Partnerschaft" not in before
