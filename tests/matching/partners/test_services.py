import pytest
from sqlalchemy import insert

from marketplace.encounters.introductions.enums import Side
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.matching.partners.models import Change
from marketplace.matching.partners.queries import last_changes
from marketplace.matching.partners.services import worlds
from marketplace.matching.partners.services.covering import entered_of
from marketplace.matching.partners.services.finding import (
    Narrowing,
    demand_words,
    partners_of,
)
from marketplace.matching.partners.services.proposing import propose
from marketplace.matching.partners.services.relating import relations_at
from marketplace.matching.partners.services.worlds import (
    profile_of_offer,
    profile_of_site,
)
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.services.verifying import freeze_organisation
from marketplace.postings.lives.enums import Act
from marketplace.postings.offers.services import move_offer
from marketplace.region.lines.enums import LineKind, Slot
from tests.factories.people import make_company, make_coordinator
from tests.factories.postings import a_give, a_need, make_offer, make_sponsorship
from tests.moments import NOON


def names(finding):
    return [partner.organisation.name for partner in finding.partners]


def test_company_that_gives_what_is_needed_is_a_partner(firm, profile, world):
    finding = partners_of(world(), profile)

    [partner] = finding.partners
    assert partner.organisation.name == "Siebenlinsen Optik"
    assert partner.explanation.covers == [
        ("Lötstation", "8 Stück (67 %)"),
        ("Geld", "2.000 € (50 %)"),
    ]
    assert partner.explanation.missing == ["Lötstation: 4 Stück", "Geld: 2.000 €"]


def test_parts_of_the_page_sum_to_its_score(firm, profile, world):
    [partner] = partners_of(world(), profile).partners
    why = partner.explanation

    shown = [int(word.rsplit(" ", 1)[1]) for word in why.words.split(", ")]
    exact = [float(row.shown.split(" ")[0].replace(",", ".")) for row in why.parts]

    assert sum(shown) == why.points
    assert f"{sum(exact):.2f}".replace(".", ",") == why.exact


def test_need_list_shows_what_all_partners_together_can(firm, offer, profile, world):
    needs = partners_of(world(), profile, entered=entered_of(offer.lines)).needs

    assert [(row.name, row.possible) for row in needs] == [
        ("Lötstation", 67),
        ("Geld", 50),
    ]


def test_half_days_are_covered_each_by_itself(lab, company, world):
    tuesday, thursday = Slot.TUE_PM, Slot.THU_PM
    need = a_need(1, LineKind.VENUE, 10, item="", slots={tuesday, thursday})
    offer = make_offer(organisation=lab, lines=[need])
    for name in ("Erste", "Zweite"):
        firm = make_company(name=name, town="Jena")
        firm.sites[0].radius_km = 60
        give = a_give(1, LineKind.VENUE, 10, item="", slots={tuesday})
        make_sponsorship(organisation=firm, lines=[give])

    finding = partners_of(
        world(), profile_of_offer(offer.id), entered=entered_of(offer.lines)
    )

    assert [row.possible for row in finding.needs] == [50]
    assert finding.missing == ["Räume"]


def test_served_line_without_quantity_is_not_missing(lab, firm, world):
    offer = make_offer(organisation=lab, lines=[a_need(quantity=None)])

    finding = partners_of(
        world(), profile_of_offer(offer.id), entered=entered_of(offer.lines)
    )

    assert names(finding) == ["Siebenlinsen Optik"]
    assert finding.missing == []


def test_partner_beyond_the_radius_is_left_out_until_it_is_tried(firm, profile, world):
    far = make_company(name="Weit weg", town="Dresden")
    far.sites[0].radius_km = 999
    make_sponsorship(organisation=far)

    assert names(partners_of(world(), profile)) == ["Siebenlinsen Optik"]
    tried = partners_of(world(), profile, narrowing=Narrowing(radius_km=200))
    assert sorted(names(tried)) == ["Siebenlinsen Optik", "Weit weg"]


def test_company_sees_who_needs_what_it_gives(firm, offer, world):
    finding = partners_of(world(), profile_of_site(firm.sites[0].id))

    assert names(finding) == ["Funkenkiste"]


def test_change_is_seen_at_once(firm, offer, provider, profile, world):
    assert names(partners_of(world(), profile)) == ["Siebenlinsen Optik"]

    with transaction():
        freeze_organisation(firm, actor=make_coordinator(), at=NOON)

    assert firm.state is OrganisationState.FROZEN
    assert names(partners_of(world(), profile)) == []


def test_paused_offer_is_not_matched(firm, offer, provider, profile, world):
    with transaction():
        move_offer(offer, Act.PAUSE, actor=provider, at=NOON)

    assert partners_of(world(), profile).is_matched is False


def test_proposal_keeps_rank_and_reasons_of_both(firm, offer, provider, world):
    with transaction():
        made = propose(
            offer, firm.sites[0], side=Side.PROVIDER, actor=provider, at=NOON
        )

    assert made.list_rank == 1
    assert {language: set(told) for language, told in made.reasons.items()} == {
        "de": {"provider", "company"},
        "en": {"provider", "company"},
    }
    german, english = made.reasons["de"]["provider"], made.reasons["en"]["provider"]
    assert german["covers"][0] == "Lötstation: 8 Stück (67 %)"
    assert english["covers"][0] == "Soldering station: 8 pieces (67 %)"


def test_kept_reasons_speak_of_both_sides(firm, offer, provider, world):
    offer.audiences = frozenset()
    with transaction():
        made = propose(
            offer, firm.sites[0], side=Side.PROVIDER, actor=provider, at=NOON
        )

    told = made.reasons["de"]
    reasons = [reason for side in told.values() for _n, _p, reason in side["parts"]]
    assert "Der Anbieter macht dazu keine Angabe." in reasons
    assert not any("Sie " in reason for reason in reasons)


@pytest.fixture
def far(app):
    """A company 110 km away that gives what is needed."""
    far = make_company(name="Weit weg", town="Dresden")
    make_sponsorship(organisation=far)
    return far


def test_own_radius_is_left_aside_by_asking(far, offer, provider, world):
    far.sites[0].radius_km = 999

    with transaction():
        made = propose(offer, far.sites[0], side=Side.PROVIDER, actor=provider, at=NOON)

    assert made.list_rank is None


def test_radius_of_the_other_is_kept(far, offer, provider, world):
    far.sites[0].radius_km, offer.site.radius_km = 20, 999

    with pytest.raises(Refusal, match="passen gerade nicht zusammen"), transaction():
        propose(offer, far.sites[0], side=Side.PROVIDER, actor=provider, at=NOON)


def test_pair_that_gives_nothing_needed_is_refused(lab, firm, provider, world):
    offer = make_offer(organisation=lab, lines=[a_need(1, LineKind.VENUE, 3, item="")])

    with pytest.raises(Refusal, match="passen gerade nicht zusammen"), transaction():
        propose(offer, firm.sites[0], side=Side.PROVIDER, actor=provider, at=NOON)


def test_late_change_of_a_smaller_number_is_noticed(firm, offer, profile, world):
    with transaction():
        freeze_organisation(firm, actor=make_coordinator(), at=NOON)
    late = min(last_changes())
    with transaction():  # as if the first of several were not committed yet
        change = db.session.get(Change, late)
        values = {"profile_id": change.profile_id, "at": NOON, "is_followed": False}
        db.session.delete(change)
    before = world()

    with transaction():
        db.session.execute(insert(Change).values(id=late, **values))
    before.looked_at = float("-inf")

    assert late not in before.seen or world().seen >= {late}
    assert late in world().seen


def test_partner_in_contact_is_not_ranked(firm, offer, provider, profile, world):
    with transaction():
        propose(offer, firm.sites[0], side=Side.PROVIDER, actor=provider, at=NOON)
    db.session.expire_all()

    assert names(partners_of(world(), profile)) == []


@pytest.mark.parametrize(
    ("price", "age", "words"),
    [
        (900, 3, "stark gefragt × 0,90"),
        (1000, 100, "üblich gefragt × 1,00"),
        (1100, 3, "neu dabei × 1,10"),
        (1300, 3, "neu dabei, selten vorgeschlagen × 1,30"),
        (1400, 100, "selten vorgeschlagen × 1,40"),
        (1400, None, "selten vorgeschlagen × 1,40"),
    ],
)
def test_only_who_came_lately_is_called_new(app, price, age, words):
    assert demand_words(price, age) == words


def test_nobody_waits_while_is_read_what_has_changed(
    firm, offer, provider, profile, world, monkeypatch
):
    world()
    free = []

    def read(at):
        free.append(worlds._lock.acquire(blocking=False))
        if free[-1]:
            worlds._lock.release()
        return relations_at(at)

    monkeypatch.setattr(worlds, "relations_at", read)
    with transaction():
        propose(offer, firm.sites[0], side=Side.PROVIDER, actor=provider, at=NOON)

    assert names(partners_of(world(), profile)) == []
    assert free == [True]


def test_what_is_committed_while_others_read_is_looked_at_again(
    firm, offer, provider, profile, world, monkeypatch
):
    world()

    def read(at):
        worlds.look_again()  # as another thread does that has just committed
        return relations_at(at)

    monkeypatch.setattr(worlds, "relations_at", read)
    with transaction():
        propose(offer, firm.sites[0], side=Side.PROVIDER, actor=provider, at=NOON)

    assert world().looked_at == float("-inf")
