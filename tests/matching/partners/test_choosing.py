"""Not with this partner: lists follow at once, and the other side never learns."""

import re

import pytest

from marketplace.encounters.introductions.enums import Side
from marketplace.encounters.introductions.queries import unwanted_pairs
from marketplace.encounters.introductions.services.choosing import (
    leave_out,
    take_in_again,
)
from marketplace.foundation.database import db, transaction
from marketplace.matching.partners.models import Change
from marketplace.matching.partners.queries import stored_lists
from marketplace.matching.partners.services.bundling import bundles_of
from marketplace.matching.partners.services.finding import partners_of
from marketplace.matching.partners.services.following import follow_changes
from marketplace.matching.partners.services.rebuilding import rebuild
from marketplace.matching.partners.services.worlds import profile_of_site
from marketplace.matching.scores import index
from tests.factories.encounters import make_introduction
from tests.factories.people import make_company, make_coordinator, make_user
from tests.factories.postings import make_sponsorship
from tests.moments import NOON

OWN = "Sie möchten diesen Partner nicht"
NEUTRAL = "Die andere Seite nimmt gerade keine Anfrage an."
AGAIN = "Wieder vorschlagen"


@pytest.fixture
def paths(offer, firm):
    """The pair as the provider and as the company see it."""
    one, other = offer.public_id, firm.sites[0].public_id
    return f"/partner/{one}/mit/{other}", f"/partner/{other}/mit/{one}"


def leave(organisation, other, actor):
    with transaction():
        leave_out(organisation, other, actor=actor, at=NOON)


def names(finding):
    return [partner.organisation.name for partner in finding.partners]


def shown(browser, path):
    """The words of a page, without what differs with each request."""
    main = browser.get(path).text.partition("<main")[2].partition("</main>")[0]
    return re.sub(r'name="csrf_token"[^>]*', "", main)


@pytest.mark.parametrize("least", [0, 1000], ids=["numba", "numpy"])
def test_lists_and_bundles_of_both_sides_follow_at_once(
    lab, firm, offer, world, profile, monkeypatch, least
):
    monkeypatch.setattr(index, "COMPILED_FROM", least)
    site = profile_of_site(firm.sites[0].id)
    before = [names(partners_of(world(), one)) for one in (profile, site)]

    leave(firm, lab, make_coordinator())
    after = [names(partners_of(world(), one)) for one in (profile, site)]
    bundle = bundles_of(world(), offer, [])
    with transaction():
        take_in_again(firm, lab, actor=make_coordinator(), at=NOON)
    again = [names(partners_of(world(), one)) for one in (profile, site)]

    assert before == again == [["Siebenlinsen Optik"], ["Funkenkiste"]]
    assert (after, bundle) == ([[], []], None)


def test_change_log_names_the_profiles_of_both(lab, firm, offer, provider, profile):
    db.session.query(Change).delete()
    db.session.commit()

    leave(lab, firm, provider)

    changed = set(db.session.scalars(db.select(Change.profile_id)))
    assert changed == {profile, profile_of_site(firm.sites[0].id)}


def test_stored_lists_follow_and_a_night_keeps_to_it(lab, firm, offer, provider):
    def listed():
        return [(row[0], row[2]) for row in stored_lists()]

    rebuild(NOON)
    before = listed()
    leave(lab, firm, provider)
    follow_changes(at=NOON)
    followed = listed()
    rebuild(NOON)

    assert (len(before), followed, listed()) == (2, [], [])


def test_member_leaves_a_partner_out_and_takes_it_back(
    browser, lab, firm, offer, provider, paths
):
    site, mine = firm.sites[0].public_id, f"/partner/{offer.public_id}"
    browser.sign_in(provider)
    asked = browser.get(paths[0]).text

    left = browser.post(f"{mine}/nicht/{site}")
    there = unwanted_pairs()
    pair, own = browser.get(left.location).text, browser.get(mine).text
    taken = browser.post(f"{mine}/wieder/{firm.public_id}")

    assert "Ja, nicht mit diesem Partner" in asked
    assert (left.status_code, there) == (302, [(lab.id, firm.id)])
    assert OWN in pair
    assert AGAIN in pair
    assert "Siebenlinsen Optik anfragen" not in pair
    assert "Ja, nicht mit" not in pair
    assert "Nicht gewünscht" in own
    assert (taken.status_code, unwanted_pairs()) == (302, [])
    assert "Siebenlinsen Optik anfragen" in browser.get(paths[0]).text


def test_partner_who_waits_for_an_answer_is_not_left_out(
    browser, firm, offer, provider, paths
):
    site, mine = firm.sites[0].public_id, f"/partner/{offer.public_id}"
    browser.sign_in(provider).post(f"{mine}/vorstellen/{site}")

    answer = browser.post(f"{mine}/nicht/{site}")

    assert (answer.status_code, unwanted_pairs()) == (409, [])
    assert "Ja, nicht mit" not in browser.get(paths[0]).text


def test_only_a_side_and_the_office_decide(browser, lab, firm, offer, company, paths):
    site, mine = firm.sites[0].public_id, f"/partner/{offer.public_id}"
    hidden = make_company().sites[0].public_id
    ways = f"{mine}/nicht/{site}", f"{mine}/wieder/{firm.public_id}"

    strangers = [
        browser.sign_in(who).post(way).status_code
        for who in (company, make_user())
        for way in ways
    ]
    browser.sign_in(make_coordinator())
    unlisted = browser.post(f"{mine}/nicht/{hidden}").status_code
    browser.post(ways[0])

    assert (strangers, unlisted) == ([404] * 4, 404)
    assert unwanted_pairs() == [(lab.id, firm.id)]


def test_other_side_reads_the_same_as_of_one_without_room(
    browser, lab, firm, offer, provider, company, paths
):
    site, office = firm.sites[0].public_id, make_coordinator()
    pages = [
        paths[1],
        f"/partner/{site}",
        f"/partner/{site}/vergleich?mit={offer.public_id}",
    ]
    ask = f"/partner/{site}/vorstellen/{offer.public_id}"
    browser.sign_in(company)

    def read():
        return [
            *(shown(browser, page) for page in pages),
            browser.post(ask).status_code,
        ]

    make_introduction(offer, side=Side.COMPANY)
    with transaction():
        lab.capacity = 1
    full = read()
    with transaction():
        lab.capacity = 9
    leave(lab, firm, provider)
    blocked = read()
    by_office = browser.sign_in(office).get(paths[1]).text

    assert blocked == full
    assert NEUTRAL in blocked[0]
    assert "möchte" not in blocked[0] + blocked[1]
    assert "Funkenkiste möchte das nicht" in by_office


def test_other_side_still_reads_what_else_does_not_fit(browser, lab, provider, offer):
    member = make_user()
    far = make_company(member, name="Weit weg", town="Dresden")
    far.sites[0].radius_km = 20
    make_sponsorship(organisation=far)
    path = f"/partner/{far.sites[0].public_id}/mit/{offer.public_id}"
    browser.sign_in(member)

    before = shown(browser, path)
    leave(lab, far, provider)

    assert "Zu weit voneinander." in before
    assert shown(browser, path) == before
