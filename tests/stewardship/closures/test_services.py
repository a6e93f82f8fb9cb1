from datetime import timedelta

import pytest

from marketplace.doors.desk.queries import Tally, first_of, tally_of
from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.introductions.enums import IntroductionState, Side
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.introductions.queries import unwanted_pairs
from marketplace.encounters.introductions.services.choosing import leave_out
from marketplace.foundation import storage
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Organisation, Site
from marketplace.people.organisations.queries import organisation_of
from marketplace.people.organisations.services.sites import SiteEntry, add_site
from marketplace.people.organisations.services.verifying import thaw_organisation
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.services import put_at_site
from marketplace.postings.offers.models import Offer
from marketplace.region.topics.enums import STEP_FREE
from marketplace.stewardship.claims.enums import ClaimState
from marketplace.stewardship.claims.queries import asked_claims, hint_with
from marketplace.stewardship.claims.services.chasing import ask_to_chase
from marketplace.stewardship.claims.services.claiming import ask_for_claim, grant_claim
from marketplace.stewardship.closures.services import (
    change_site,
    close_organisation,
    remove_site,
)
from marketplace.upkeep.jobs.jobs import run_due
from marketplace.upkeep.search.queries.matching import matching_ids
from tests.factories.applications import make_application, make_place
from tests.factories.claims import make_named, with_hints
from tests.factories.invitations import make_invitation
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
from tests.factories.postings import make_offer
from tests.moments import NOON

LIVE_STATES = [s for s in PostingState if s not in {"ended", "archived"}]


@pytest.fixture
def owner(app):
    return make_user()


@pytest.fixture
def linse(owner):
    return make_organisation(owner, "Labor Linse")


def introduce(offer, state):
    company = make_company()
    with transaction():
        row = Introduction(
            provider=offer.organisation,
            company=company,
            offer=offer,
            site=company.sites[0],
            state=state,
            proposed_by=Side.COORDINATION,
            reasons={},
            created_at=NOON,
            due_at=NOON,
        )
        db.session.add(row)
    return row


def test_remove_site_lets_what_ended_keep_its_town(linse, owner):
    site = make_site(linse, "Leipzig")
    offer = make_offer(PostingState.ENDED, linse)
    with transaction():
        put_at_site(offer, site)

    with transaction():
        remove_site(site, actor=owner, at=NOON)

    assert [s.place_name for s in db.session.query(Site)] == ["Jena"]
    assert (offer.site_id, offer.place_name) == (None, "Leipzig")


@pytest.mark.parametrize("state", LIVE_STATES)
def test_remove_site_refuses_while_postings_live_there(linse, owner, state):
    site = make_site(linse, "Leipzig")
    offer = make_offer(state, linse)
    with transaction():
        put_at_site(offer, site)

    with pytest.raises(Refusal, match="noch ein Eintrag statt"), transaction():
        remove_site(site, actor=owner, at=NOON)

    assert len(linse.sites) == 2


def test_remove_site_refuses_the_last_and_whoever_is_no_owner(linse, owner):
    [last] = linse.sites
    with pytest.raises(Refusal, match="braucht einen Ort"), transaction():
        remove_site(last, actor=owner, at=NOON)
    second = make_site(linse, "Leipzig")
    with pytest.raises(Refusal, match="wer die Organisation verwaltet"), transaction():
        remove_site(second, actor=make_member(linse), at=NOON)

    assert len(linse.sites) == 2


def test_remove_site_refuses_where_somebody_was_introduced(app):
    row = introduce(make_offer(), IntroductionState.DECLINED)
    company = row.company
    make_site(company, "Leipzig")
    [owner] = [m.user for m in company.memberships]

    with pytest.raises(Refusal, match="gibt es Vorstellungen"), transaction():
        remove_site(row.site, actor=owner, at=NOON)


def change(site, owner, **entry):
    with transaction():
        change_site(site, SiteEntry(**entry), actor=owner, at=NOON)


@pytest.mark.parametrize("state", LIVE_STATES)
def test_change_site_moves_nothing_that_is_to_happen(linse, owner, state):
    [site] = linse.sites
    offer = make_offer(state, linse)
    with transaction():
        put_at_site(offer, site)

    change(site, owner, place=site.town, street="Tor 2", way_there="Bus 3")
    assert (site.street, site.way_there) == ("Tor 2", "Bus 3")
    with pytest.raises(Refusal, match=r"noch ein Eintrag statt\. .*weiteren Ort hinzu"):
        change(site, owner, place="Leipzig", street="Ring 1")
    db.session.rollback()

    assert (site.place_name, site.street, offer.site_id) == ("Jena", "Tor 2", site.id)


def test_change_site_tells_its_postings_who_can_get_in(linse, owner, browser):
    [site] = linse.sites
    here, there = make_offer(organisation=linse), make_offer(organisation=linse)
    with transaction():
        put_at_site(there, make_site(linse, "Leipzig"))
    assert here.title not in browser.get("/angebote?barrierefrei=1").text

    change(site, owner, place=site.town, accessibility=STEP_FREE)

    assert here.title in browser.get("/angebote?barrierefrei=1").text
    assert (here.accessibility, there.accessibility) == (STEP_FREE, frozenset())

    change(site, owner, place=site.town)

    assert here.accessibility == frozenset()


def test_change_site_lets_what_waits_for_the_office_wait_as_long(linse, owner):
    [site], long_ago = linse.sites, NOON - timedelta(days=9)
    first = make_offer(PostingState.SUBMITTED, linse)
    second = make_offer(PostingState.SUBMITTED, make_organisation(make_user()))
    with transaction():
        put_at_site(first, site)
        first.changed_at, second.changed_at = long_ago, NOON - timedelta(days=1)

    change(site, owner, place=site.town, accessibility=STEP_FREE)

    assert first.accessibility == STEP_FREE
    assert list(first_of("offers", 2)) == [first, second]
    late = NOON - timedelta(days=3)
    assert tally_of("offers", late) == Tally(2, 1, long_ago)


def test_change_site_moves_nobody_who_was_promised_a_place(app):
    boss = make_user()
    company = make_company(boss)
    [site] = company.sites
    application = make_application(
        ApplicationState.CONFIRMED, None, make_place(organisation=company)
    )
    internship = application.internship
    with transaction():
        put_at_site(internship, site)
        internship.state = PostingState.ENDED

    with pytest.raises(Refusal, match=r"vereinbarte Praktika\. .*weiteren Ort hinzu"):
        change(site, boss, place="Leipzig")
    db.session.rollback()
    with transaction():
        application.state = ApplicationState.ATTENDED
    before = internship.place_name
    change(site, boss, place="Leipzig")

    assert (site.place_name, internship.site_id) == ("Leipzig", None)
    assert internship.place_name == before


def test_changed_and_removed_sites_are_found_where_they_are(linse, owner):
    def found_in(town):
        return db.session.scalars(matching_ids("organisation", town)).all()

    change(linse.sites[0], owner, place="Dresden")
    assert (found_in("Jena"), found_in("Dresden")) == ([], [linse.id])

    with transaction():
        second = add_site(linse, SiteEntry(place="Erfurt"), actor=owner, at=NOON)
    assert found_in("Erfurt") == [linse.id]

    with transaction():
        remove_site(second, actor=owner, at=NOON)
    assert found_in("Erfurt") == []


def test_change_site_is_for_owners(linse):
    with pytest.raises(Refusal, match="wer die Organisation verwaltet"):
        change(linse.sites[0], make_member(linse), place="Leipzig")


def test_close_organisation_leaves_a_pseudonym(linse, owner, outbox):
    office, member = make_coordinator(), make_member(linse)
    make_product(linse)
    make_invitation(linse)
    public, draft = (
        make_offer(state, linse) for state in (PostingState.PAUSED, PostingState.DRAFT)
    )
    gone = draft.id
    with transaction():
        linse.contact_email = linse.description = "linse@example.org"
        other = make_company()
        leave_out(linse, other, actor=office, at=NOON)
        leave_out(other, linse, actor=office, at=NOON)

    with transaction():
        close_organisation(linse, " Labor Linse ", actor=owner, at=NOON)
    run_due()

    assert linse.name == f"Ehemalige Organisation {linse.public_id}"
    assert (linse.state, linse.closed_at) == (OrganisationState.FROZEN, NOON)
    assert (linse.contact_email, linse.description) == ("", "")
    assert (linse.memberships, linse.products) == ([], [])
    assert (organisation_of(owner), organisation_of(member)) == (None, None)
    assert (public.state, db.session.get(Offer, gone)) == (PostingState.ENDED, None)
    assert db.session.scalars(matching_ids("organisation", "Linse")).all() == []
    assert list(storage.keys()) == []
    assert unwanted_pairs() == []
    told = [who for who, letter in outbox() if letter == "organisation_closed"]
    assert told == [owner.email, member.email, office.email]


def test_close_organisation_is_for_good(linse, owner):
    with transaction():
        close_organisation(linse, "Labor Linse", actor=owner, at=NOON)

    with pytest.raises(Refusal, match="wurde gelöscht"), transaction():
        thaw_organisation(linse, actor=make_coordinator(), at=NOON)


@pytest.mark.parametrize("name", ["", "labor linse", "Labor"])
def test_close_organisation_asks_for_the_very_name(linse, owner, name):
    with pytest.raises(Refusal, match="genau so"), transaction():
        close_organisation(linse, name, actor=owner, at=NOON)

    assert db.session.scalars(db.select(Organisation.name)).all() == ["Labor Linse"]


def test_close_organisation_is_for_owners(linse):
    with pytest.raises(Refusal, match="wer die Organisation verwaltet"), transaction():
        close_organisation(linse, "Labor Linse", actor=make_member(linse), at=NOON)


@pytest.mark.parametrize(
    ("state", "is_owed"),
    [
        (ApplicationState.OPEN, True),
        (ApplicationState.CONFIRMED, True),
        (ApplicationState.RUNNING, True),
        # Nobody may learn from a refusal that a guardian is being asked.
        (ApplicationState.WAITING, False),
        (ApplicationState.DECLINED, False),
    ],
)
def test_close_organisation_owes_no_pupil_anything(app, state, is_owed):
    place = make_place()
    organisation = place.organisation
    [owner] = [m.user for m in organisation.memberships if m.is_owner]
    make_application(state, make_pupil(), place)

    if not is_owed:
        with transaction():
            close_organisation(organisation, organisation.name, actor=owner, at=NOON)
        assert organisation.closed_at == NOON
        return
    with pytest.raises(Refusal, match="offene Bewerbungen"), transaction():
        close_organisation(organisation, organisation.name, actor=owner, at=NOON)


def test_close_organisation_tells_its_partners(linse, owner, outbox):
    row = introduce(make_offer(organisation=linse), IntroductionState.OPEN)
    [partner] = [m.user.email for m in row.company.memberships]

    with transaction():
        close_organisation(linse, "Labor Linse", actor=owner, at=NOON)

    assert row.state is IntroductionState.DECLINED
    assert (partner, "introduction_ended") in outbox()


def taken_over(organisation, owner):
    """Another name whose one hint the organisation claimed, and its published copy."""
    other = make_named("Sternwarte Eulenkuppe")
    [hint] = with_hints(other, offers=1, internships=0)
    with transaction():
        claim = ask_for_claim(hint, organisation, actor=owner, at=NOON)
    with transaction():
        grant_claim(claim, actor=make_coordinator(), at=NOON)
    return hint, claim


def test_hints_of_a_closed_organisation_go(linse, owner, outbox):
    offer, internship = with_hints(linse)
    reader = make_pupil()
    with transaction():
        chase = ask_to_chase(offer, actor=reader, at=NOON)

    with transaction():
        close_organisation(linse, "Labor Linse", actor=owner, at=NOON)

    states = {offer.state, internship.state}
    assert states == {PostingState.ARCHIVED}
    assert db.session.scalars(matching_ids("offer", "Abend")).all() == []
    assert (chase.done_at, (reader.email, "hint_chased") in outbox()) == (NOON, True)
    assert hint_with("offer", offer.public_id) is None


def test_what_a_closed_organisation_took_over_can_be_claimed_again(linse, owner):
    hint, claim = taken_over(linse, owner)
    assert hint.successor_key is not None

    with transaction():
        close_organisation(linse, "Labor Linse", actor=owner, at=NOON)

    assert (hint.state, hint.successor_key) == (PostingState.LISTED, None)
    assert claim.state is ClaimState.UNDONE
    heir = make_user()
    with transaction():
        ask_for_claim(hint, make_organisation(heir), actor=heir, at=NOON)


def test_what_a_closed_organisation_asked_for_waits_no_longer(linse, owner):
    [hint] = with_hints(make_named(), offers=1, internships=0)
    with transaction():
        ask_for_claim(hint, linse, actor=owner, at=NOON)

    with transaction():
        close_organisation(linse, "Labor Linse", actor=owner, at=NOON)

    assert db.session.scalars(asked_claims()).all() == []
