from datetime import date, timedelta

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.organisations.enums import (
    STEP_OF,
    CheckWay,
    OrganisationKind,
    OrganisationState,
    VerificationStep,
)
from marketplace.people.organisations.models import Organisation
from marketplace.people.organisations.queries import addresses_of
from marketplace.people.organisations.rules import open_steps
from marketplace.people.organisations.services.describing import (
    OrganisationEntry,
    declare_safeguarding,
    register_organisation,
    revise_organisation,
    take_over_organisation,
)
from marketplace.people.organisations.services.sites import (
    SiteEntry,
    add_site,
    revise_site,
)
from marketplace.people.organisations.services.verifying import (
    freeze_organisation,
    note_check,
    return_organisation,
    thaw_organisation,
    verify_organisation,
    withdraw_check,
)
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Accessibility, Topic
from marketplace.upkeep.audit.models import AuditEntry
from marketplace.upkeep.search.queries.matching import matching_ids
from tests.factories.people import (
    make_coordinator,
    make_member,
    make_organisation,
    make_user,
)
from tests.moments import NOON

COMPANY = frozenset({OrganisationKind.COMPANY})
ENTRY = OrganisationEntry(name="Blechzwilling GmbH", kinds=COMPANY)
REGISTERED = OrganisationState.REGISTERED


def found(words):
    return db.session.scalars(matching_ids("organisation", words)).all()


def verbs():
    return list(db.session.scalars(db.select(AuditEntry.verb).order_by(AuditEntry.id)))


def test_register_organisation_waits_for_the_office(app, outbox):
    office, founder = make_coordinator(), make_user()

    with transaction():
        organisation = register_organisation(
            ENTRY, SiteEntry(place="04109 Leipzig"), founder=founder, at=NOON
        )

    [membership], [site] = organisation.memberships, organisation.sites
    assert (organisation.state, organisation.registered_at) == (REGISTERED, NOON)
    assert (organisation.kinds, organisation.sort_name) == (
        COMPANY,
        "blechzwilling gmbh",
    )
    assert (membership.user, membership.is_owner) == (founder, True)
    assert (site.town, site.state_code, site.district_ags, site.lat, site.lon) == (
        "04109 Leipzig",
        FederalState.SAXONY,
        "14713",
        51.33962,
        12.37129,
    )
    assert found("Blechzwilling") == [organisation.id]
    assert outbox() == [(office.email, "organisation_registered")]
    assert verbs() == ["organisation.registered", "organisation.site_added"]


def test_register_organisation_refuses_a_place_that_is_not_ours(app, outbox):
    make_coordinator()

    with pytest.raises(Refusal, match="Den Ort „Hamburg“ kennen wir nicht"):  # noqa: SIM117
        with transaction():
            register_organisation(
                ENTRY, SiteEntry(place="Hamburg"), founder=make_user(), at=NOON
            )

    assert db.session.scalars(db.select(Organisation)).all() == []
    assert outbox() == []


def test_take_over_organisation_knows_a_name_and_a_source(app, outbox):
    values = {
        "name": "Museum für Straßen",
        "kinds": frozenset(),
        "source": "Liste 2018",
    }

    with transaction():
        organisation = take_over_organisation(values, site=None, at=NOON)

    assert organisation.state is OrganisationState.IMPORTED
    assert organisation.sort_name == "museum fur strassen"
    assert found("Museum") == [organisation.id]
    assert (organisation.sites, organisation.memberships, outbox()) == ([], [], [])


def test_revise_organisation_changes_what_it_tells_and_where_it_is_found(app):
    user = make_user()
    organisation = make_organisation(user, "Labor Linse")
    entry = OrganisationEntry(
        name="Labor Spiegel",
        kinds=frozenset({OrganisationKind.PROVIDER}),
        description="Teleskope aus Pappe",
        topics=frozenset({Topic.OPTICS}),
    )

    with transaction():
        revise_organisation(organisation, entry, actor=user, at=NOON)

    assert {name: getattr(organisation, name) for name in vars(entry)} == vars(entry)
    assert (found("Linse"), found("Teleskop")) == ([], [organisation.id])
    assert (organisation.version, verbs()) == (2, ["organisation.revised"])


@pytest.mark.parametrize(
    ("state", "source", "is_kept"),
    [
        ("REGISTERED", "Katalog", True),
        ("VERIFIED", "Katalog", False),
        ("REGISTERED", "", False),
    ],
)
def test_a_name_from_a_list_is_kept_until_it_is_checked(app, state, source, is_kept):
    user = make_user()
    organisation = make_organisation(
        user, "Sternwarte", state=OrganisationState[state], source=source
    )

    if is_kept:
        with pytest.raises(Refusal, match="sobald die Organisation geprüft"):
            revise_organisation(organisation, ENTRY, actor=user, at=NOON)
    else:
        with transaction():
            revise_organisation(organisation, ENTRY, actor=user, at=NOON)

    assert (organisation.name == "Sternwarte") is is_kept


def test_revise_organisation_refuses_strangers(app):
    with pytest.raises(Refusal, match="nur Mitglieder"), transaction():
        revise_organisation(make_organisation(), ENTRY, actor=make_user(), at=NOON)


def test_add_site_copies_where_the_town_lies(app):
    user = make_user()
    organisation = make_organisation(user)
    entry = SiteEntry(
        place="Erfurt",
        street="Anger 1",
        radius_km=50,
        is_radius_hard=False,
        accessibility=frozenset({Accessibility.LIFT}),
        way_there="Straßenbahn 3",
    )

    with transaction():
        site = add_site(organisation, entry, actor=user, at=NOON)

    assert (site.place_name, site.postal_code, site.lat) == ("Erfurt", None, 50.9787)
    told = {name: getattr(site, name) for name in vars(entry) if name != "place"}
    assert told == {n: v for n, v in vars(entry).items() if n != "place"}


def test_add_site_is_for_owners(app):
    organisation = make_organisation()
    member = make_member(organisation)

    with pytest.raises(Refusal, match="wer die Organisation verwaltet"):  # noqa: SIM117
        with transaction():
            add_site(organisation, SiteEntry(place="Jena"), actor=member, at=NOON)


def test_revise_site_asks_for_a_town_where_nobody_knows_it(app):
    user = make_user()
    [site] = make_organisation(user).sites
    with transaction():
        site.place_name, site.lat, site.lon = "Nirgendheim", None, None

    with pytest.raises(Refusal, match="Nirgendheim"), transaction():
        revise_site(site, SiteEntry(place=site.town), actor=user, at=NOON)
    with transaction():
        revise_site(site, SiteEntry(place="Jena"), actor=user, at=NOON)
    assert (site.place_name, site.lat is None) == ("Jena", False)


def test_revise_site_leaves_it_where_it_is_unless_the_town_changes(app):
    user = make_user()
    [site] = make_organisation(user).sites
    with transaction():
        site.lat, site.lon = 50.91, 11.58

    with transaction():
        revise_site(site, SiteEntry(place=site.town, radius_km=10), actor=user, at=NOON)
    assert (site.lat, site.radius_km) == (50.91, 10)

    with transaction():
        revise_site(site, SiteEntry(place="Dresden"), actor=user, at=NOON)
    assert (site.town, site.lat, site.radius_km) == ("Dresden", 51.05089, None)


def test_declare_safeguarding_notes_the_day(app):
    user = make_user()
    organisation = make_organisation(user)

    with transaction():
        declare_safeguarding(organisation, actor=user, at=NOON)

    assert organisation.safeguarding_on == date(2026, 11, 23)


def check_both(organisation, office):
    with transaction():
        for way in (CheckWay.IMPRINT, CheckWay.DOMAIN_MAIL):
            note_check(organisation, way, actor=office, at=NOON)


def test_verify_organisation_makes_it_public_and_tells_it(app, outbox):
    user, office = make_user(), make_coordinator()
    organisation = make_organisation(user, state=REGISTERED, verified_at=None)
    check_both(organisation, office)

    with transaction():
        verify_organisation(organisation, actor=office, at=NOON)

    assert organisation.state is OrganisationState.VERIFIED
    assert organisation.verified_at == NOON
    assert outbox() == [(user.email, "organisation_verified")]


@pytest.mark.parametrize("way", CheckWay)
def test_note_check_keeps_who_learned_it_how_and_when(app, way):
    organisation, office = make_organisation(state=REGISTERED), make_coordinator()

    with transaction():
        note_check(organisation, way, actor=office, at=NOON)

    [check] = organisation.checks
    assert (check.step, check.way) == (STEP_OF[way], way)
    assert (check.checked_by, check.checked_at) == (office, NOON)
    assert open_steps(organisation) == [s for s in VerificationStep if s != check.step]
    with pytest.raises(Refusal, match="Noch offen: "), transaction():
        verify_organisation(organisation, actor=office, at=NOON)
    with pytest.raises(Refusal, match="schon eingetragen"), transaction():
        note_check(organisation, way, actor=office, at=NOON)


def test_withdraw_check_opens_the_step_again(app):
    organisation, office = make_organisation(state=REGISTERED), make_coordinator()
    check_both(organisation, office)

    with transaction():
        withdraw_check(organisation, VerificationStep.REACHED, actor=office, at=NOON)

    assert open_steps(organisation) == [VerificationStep.REACHED]
    with pytest.raises(Refusal, match="noch offen"), transaction():
        withdraw_check(organisation, VerificationStep.REACHED, actor=office, at=NOON)
    assert verbs() == [
        "organisation.checked_real",
        "organisation.checked_reached",
        "organisation.unchecked_reached",
    ]


def test_checks_stay_as_they_are_once_it_is_public(app):
    organisation, office = make_organisation(), make_coordinator()

    with pytest.raises(Refusal, match="Der Stand ist: geprüft"), transaction():
        note_check(organisation, CheckWay.IMPRINT, actor=office, at=NOON)
    with pytest.raises(Refusal, match="Der Stand ist: geprüft"), transaction():
        withdraw_check(organisation, VerificationStep.REAL, actor=office, at=NOON)


def test_return_organisation_asks_the_members(app, outbox):
    user, office = make_user(), make_coordinator()
    organisation = make_organisation(user, state=REGISTERED)

    with transaction():
        return_organisation(organisation, " Wer? ", actor=office, at=NOON)

    assert organisation.state is REGISTERED
    assert outbox() == [(user.email, "organisation_returned")]


def test_return_organisation_needs_words(app):
    organisation = make_organisation(state=REGISTERED)

    with pytest.raises(Refusal, match="was noch fehlt"), transaction():
        return_organisation(organisation, " ", actor=make_coordinator(), at=NOON)


def test_freeze_organisation_hides_it_until_it_thaws(app):
    office, organisation = make_coordinator(), make_organisation()

    with transaction():
        freeze_organisation(organisation, actor=office, at=NOON)
    assert organisation.state is OrganisationState.FROZEN

    with transaction():
        thaw_organisation(organisation, actor=office, at=NOON + timedelta(days=1))
    assert organisation.state is OrganisationState.VERIFIED
    assert verbs() == ["organisation.frozen", "organisation.thawed"]


@pytest.mark.parametrize(
    ("act", "begins"),
    [
        (verify_organisation, REGISTERED),
        (freeze_organisation, OrganisationState.VERIFIED),
        (thaw_organisation, OrganisationState.FROZEN),
    ],
)
@pytest.mark.parametrize("state", OrganisationState)
def test_acts_of_the_office_start_from_one_state_alone(app, outbox, act, begins, state):
    organisation, office = make_organisation(state=state), make_coordinator()
    if state is begins:
        if state is REGISTERED:
            check_both(organisation, office)
        with transaction():
            act(organisation, actor=office, at=NOON)
        assert organisation.state is not state
        return

    with pytest.raises(Refusal, match="Der Stand ist: "), transaction():
        act(organisation, actor=make_coordinator(), at=NOON)
    assert (organisation.state, outbox()) == (state, [])


def test_addresses_of_leave_out_who_is_barred(app):
    organisation = make_organisation()
    member = make_member(organisation)
    with transaction():
        member.disabled_at = NOON

    [owner] = [m.user for m in organisation.memberships if m.is_owner]
    assert addresses_of(organisation) == [owner.email]
