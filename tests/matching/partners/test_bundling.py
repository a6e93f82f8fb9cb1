import re

import pytest
from sqlalchemy import select

from marketplace.encounters.introductions.enums import DeclineCode, Side
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.introductions.services.answering import agree, decline
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.matching.partners.queries import running_bundle
from marketplace.matching.partners.services.bundling import bundles_of, joined
from marketplace.matching.partners.services.covering import entered_of
from marketplace.matching.partners.services.finding import partners_of
from marketplace.matching.partners.services.proposing import propose_bundle
from marketplace.people.organisations.enums import OrganisationState
from marketplace.region.lines.enums import LineKind
from tests.factories.people import make_company, make_user
from tests.factories.postings import a_give, make_sponsorship
from tests.moments import NOON


def make_giver(name, *lines):
    """A company in Jena, its owner, and what it gives."""
    owner = make_user()
    giver = make_company(owner, name=name, town="Jena")
    giver.sites[0].radius_km = 60
    make_sponsorship(organisation=giver, lines=list(lines))
    return giver


@pytest.fixture
def givers(offer):
    """Three that together give 12 stations and 4,000 Euro."""
    return [
        make_giver("Alpha", a_give(quantity=8), a_give(2, LineKind.MONEY, 1500)),
        make_giver("Beta", a_give(quantity=4)),
        make_giver("Gamma", a_give(1, LineKind.MONEY, 2500)),
    ]


@pytest.fixture
def ask(offer, provider):
    """Asks some of them as the provider."""

    def ask(*organisations):
        with transaction():
            return propose_bundle(
                offer,
                [one.sites[0] for one in organisations],
                side=Side.PROVIDER,
                actor=provider,
                at=NOON,
            )

    return ask


def names(table):
    return sorted(member.name for member in table.members)


def asked_for(introductions):
    return [[(line.kind, line.quantity) for line in one.lines] for one in introductions]


def test_each_is_asked_for_what_those_before_it_leave_open(offer, ask):
    material, money = LineKind.MATERIAL, LineKind.MONEY
    alpha = make_giver("Alpha", a_give(quantity=8), a_give(2, money, 1500))
    beta = make_giver("Beta", a_give(quantity=6), a_give(2, money, 3000))
    gamma = make_giver("Gamma", a_give(quantity=5))

    assert asked_for(ask(alpha, beta)) == [
        [(material, 8), (money, 1500)],
        [(material, 4), (money, 2500)],
    ]
    # Nothing is left, so what Gamma could give instead is told.
    assert asked_for(ask(gamma)) == [[(material, 5)]]


def test_who_joins_after_a_refusal_is_asked_for_what_that_leaves(offer, ask):
    material = LineKind.MATERIAL
    alpha = make_giver("Alpha", a_give(quantity=8))
    beta = make_giver("Beta", a_give(quantity=2))
    gamma = make_giver("Gamma", a_give(quantity=12))
    first, _second = ask(alpha, beta)
    with transaction():
        who = alpha.memberships[0].user
        decline(first, DeclineCode.NOT_NOW, side=Side.COMPANY, actor=who, at=NOON)

    assert asked_for(ask(gamma)) == [[(material, 10)]]


def test_bundle_is_told_line_by_line(offer, givers, world):
    found = bundles_of(world(), offer, running_bundle(offer.id))

    assert names(found.best) == ["Alpha", "Beta", "Gamma"]
    assert (found.best.percent, found.best.whole, found.best.gaps) == (
        "100,00 %",
        100,
        [],
    )
    by_name = [member.name for member in found.best.members]
    told = [
        (
            row.name,
            row.needed,
            row.percent,
            dict(zip(by_name, row.amounts, strict=True)),
        )
        for row in found.best.rows
    ]
    assert told == [
        (
            "Lötstation",
            "12 Stück",
            "100,00 %",
            {"Alpha": "8 Stück", "Beta": "4 Stück", "Gamma": "–"},
        ),
        (
            "Geld",
            "4.000 €",
            "100,00 %",
            {"Alpha": "1.500 €", "Beta": "–", "Gamma": "2.500 €"},
        ),
    ]


def test_smaller_bundles_say_what_is_missing(offer, givers, world):
    found = bundles_of(world(), offer, running_bundle(offer.id))

    assert names(found.pair) == ["Alpha", "Gamma"]
    assert (found.pair.percent, found.pair.gaps) == ("83,33 %", ["Lötstation: 4 Stück"])
    assert found.strongest == "Alpha"
    assert names(found.without) == ["Beta", "Gamma"]


def test_shares_of_a_bundle_sum_to_the_whole(offer, world):
    for name, stations, money in (
        ("Alpha", 1, 1000),
        ("Beta", 3, 700),
        ("Gamma", 4, 0),
    ):
        lines = [a_give(quantity=stations)]
        lines += [a_give(2, LineKind.MONEY, money)] if money else []
        make_giver(name, *lines)

    table = bundles_of(world(), offer, []).best

    by_name = {member.name: member.percent for member in table.members}
    assert [(row.name, row.percent) for row in table.rows] == [
        ("Lötstation", "66,67 %"),
        ("Geld", "42,50 %"),
    ]
    assert (table.percent, by_name) == (
        "54,58 %",
        {"Alpha": "16,66 %", "Beta": "21,25 %", "Gamma": "16,67 %"},
    )


def test_the_buttons_count_as_people_do(browser, offer, givers, provider, world):
    page = browser.sign_in(provider).get(f"/partner/{offer.public_id}").text

    assert "Alle 3 anfragen" in page
    assert "Falls Alpha absagt: Gamma und Beta decken 47,92 %" in page


def test_if_only_one_is_left_it_covers_alone(browser, offer, provider):
    make_giver("Alpha", a_give(quantity=8))
    make_giver("Gamma", a_give(1, LineKind.MONEY, 2500))

    page = browser.sign_in(provider).get(f"/partner/{offer.public_id}").text

    assert "Beide anfragen" in page
    assert "Falls Alpha absagt: Gamma deckt 31,25 %" in page


def test_one_partner_is_no_bundle(offer, world):
    make_giver("Allein", a_give(quantity=12))

    assert bundles_of(world(), offer, running_bundle(offer.id)) is None


def test_bundle_starts_one_introduction_each(offer, givers, ask, outbox):
    made = ask(*givers)

    assert len({one.bundle_id for one in made}) == 1
    assert [one.company.name for one in made] == ["Alpha", "Beta", "Gamma"]
    assert [letter for _to, letter in outbox()] == ["introduction_proposed"] * 3


def test_who_declines_is_replaced_and_the_others_stay(offer, givers, ask, world):
    ask(*givers)
    alpha, beta, gamma = db.session.scalars(select(Introduction)).all()
    with transaction():
        who = alpha.company.memberships[0].user
        agree(alpha, side=Side.COMPANY, actor=who, at=NOON)
        who = gamma.company.memberships[0].user
        decline(gamma, DeclineCode.NOT_NOW, side=Side.COMPANY, actor=who, at=NOON)
    delta = make_giver("Delta", a_give(1, LineKind.MONEY, 2000))

    found = bundles_of(world(), offer, running_bundle(offer.id))

    assert found.is_addition
    assert [member.name for member in found.best.new] == ["Delta"]
    assert names(found.best) == ["Alpha", "Beta", "Delta"]
    [added] = ask(delta)
    assert added.bundle_id == beta.bundle_id


def test_partnership_that_ended_leaves_its_place_in_the_bundle(
    offer, givers, ask, world
):
    alpha, beta, _gamma = ask(*givers)
    with transaction():
        for one in (alpha, beta):
            who = one.company.memberships[0].user
            agree(one, side=Side.COMPANY, actor=who, at=NOON)
        alpha.over_at = NOON

    found = bundles_of(world(), offer, running_bundle(offer.id))

    assert [one.company.name for one in running_bundle(offer.id)] == ["Beta", "Gamma"]
    # Who is done may be asked again, as anybody.
    assert [member.name for member in found.best.new] == ["Alpha"]


def test_page_offers_no_more_than_can_be_asked(offer, ask, world):
    four = [make_giver(f"Nummer {n}", a_give(quantity=1)) for n in range(4)]
    made = ask(*four)
    with transaction():
        for one in made[:2]:
            one.site.organisation.state = OrganisationState.FROZEN
    new = [make_giver(f"Neu {n}", a_give(quantity=1)) for n in range(3)]

    offered = [
        member.site
        for member in bundles_of(world(), offer, running_bundle(offer.id)).best.new
    ]

    assert [site.organisation in new for site in offered] == [True]
    assert len(ask(*(site.organisation for site in offered))) == 1


def test_bundle_of_one_or_of_six_is_refused(givers, ask):
    more = [make_giver(f"Nummer {n}", a_give()) for n in range(3)]

    for chosen in (givers[:1], [*givers, *more]):
        with pytest.raises(Refusal, match="zwei bis 5 Partner"):
            ask(*chosen)


def test_bundle_is_asked_as_a_whole_or_not_at_all(offer, givers, ask):
    givers[1].capacity = 1
    other = make_giver("Zweite", a_give())
    unfit = make_giver("Unpassend", a_give(1, LineKind.VISITS, 3, item="lab_visit"))

    with pytest.raises(Refusal, match="passen gerade nicht"):
        ask(other, unfit)

    assert db.session.scalars(select(Introduction)).all() == []


def test_names_are_joined_as_a_sentence():
    assert [joined(["A"]), joined(["A", "B"]), joined(["A", "B", "C"])] == [
        "A",
        "A und B",
        "A, B und C",
    ]


def test_page_shows_the_bundle_and_asks_before_it_acts(
    browser, offer, givers, provider
):
    browser.sign_in(provider)
    page = browser.get(f"/partner/{offer.public_id}").text
    keys = [one.sites[0].public_id for one in givers]
    address = f"/partner/{offer.public_id}/buendel"

    asked = browser.get(address + "?mit=" + "&mit=".join(keys)).text
    answer = browser.post(address, data={"mit": keys})

    assert "Ein Bündel aus 3 Unternehmen" in page
    assert "Höchstens zwei Partner: " in page
    assert "Falls Alpha absagt: " in page
    assert "Jedes Unternehmen liest außerdem, dass es Teil eines Bündels ist" in asked
    assert answer.location.endswith("-loeten-am-samstag#kontaktiert")
    assert len(db.session.scalars(select(Introduction)).all()) == 3
    after = browser.get(f"/partner/{offer.public_id}").text
    assert "3 Unternehmen gehören zu Ihrem Bündel." in after


def test_page_asks_nobody_while_one_cannot_be_asked(
    browser, offer, givers, provider, ask
):
    ask(*givers[:2])
    keys = "&mit=".join(one.sites[0].public_id for one in givers[1:])

    page = (
        browser.sign_in(provider)
        .get(f"/partner/{offer.public_id}/buendel?mit={keys}")
        .text
    )

    assert "Kann gerade nicht angefragt werden" in page
    assert "Alle 2 anfragen" not in page


def test_line_that_is_agreed_keeps_its_name_and_one_is_missing_singly(
    offer, profile, world
):
    make_giver("Alpha", a_give(quantity=2), a_give(2, LineKind.MONEY, 3999))
    with transaction():
        offer.lines[0].open_quantity = 0

    rows = partners_of(world(), profile, entered=entered_of(offer.lines)).needs

    assert [(row.name, row.words) for row in rows] == [
        ("Lötstation", "Ganz zugesagt."),
        ("Geld", "3.999 € möglich, 1 € fehlt."),
    ]


def test_bundle_without_partners_is_no_page(browser, offer, provider):
    browser.sign_in(provider)

    assert browser.get(f"/partner/{offer.public_id}/buendel").status_code == 404


def test_company_reads_how_many_and_names_only_after_agreeing(
    browser, offer, givers, ask
):
    alpha, beta, _gamma = ask(*givers)
    address = f"/vorstellungen/{alpha.public_id}"
    owner = alpha.company.memberships[0].user
    browser.sign_in(owner)

    before = browser.get(address).text
    with transaction():
        for one in (alpha, beta):
            who = one.company.memberships[0].user
            agree(one, side=Side.COMPANY, actor=who, at=NOON)
    after = browser.get(address).text

    assert "Mit 2 weiteren Unternehmen zusammen." in before
    assert ("Beta" in before, "Gamma" in before) == (False, False)
    assert ("Beta" in after, "Gamma" in after) == (True, False)


def test_page_shows_the_share_of_each(browser, offer, provider):
    alpha = make_giver("Alpha", a_give(quantity=8), a_give(2, LineKind.MONEY, 1500))
    money = [a_give(n, LineKind.MONEY, 1500) for n in (2, 3)]
    beta = make_giver("Beta", a_give(quantity=6), *money)
    address = f"/partner/{offer.public_id}/buendel?mit={alpha.sites[0].public_id}"

    page = browser.sign_in(provider).get(f"{address}&mit={beta.sites[0].public_id}")

    told = re.findall(r"[\d.]+ €? ?von [\d.]+ (?:Stück|€)", page.text)
    assert told == [
        *("8 von 12 Stück", "1.500 € von 4.000 €"),
        *("4 von 12 Stück", "2.500 € von 4.000 €"),
    ]
