"""The accounts and organisations of the demonstration."""

from dataclasses import dataclass
from datetime import date, datetime

from marketplace.doors.commands.demo.words import (
    COMPANIES,
    PASSWORD,
    PROVIDERS,
    TOWNS,
)
from marketplace.doors.desk.services import take_care
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db
from marketplace.people.accounts.enums import Role, SchoolKind
from marketplace.people.accounts.models import User
from marketplace.people.accounts.services.opening import (
    AccountEntry,
    PupilEntry,
    add_account,
    describe_pupil,
)
from marketplace.people.accounts.services.passwords import hashed
from marketplace.people.guardians.services import link_child
from marketplace.people.organisations.enums import CheckWay, OrganisationKind
from marketplace.people.organisations.models import Membership, Organisation
from marketplace.people.organisations.services.describing import (
    OrganisationEntry,
    declare_safeguarding,
    register_organisation,
)
from marketplace.people.organisations.services.inviting import invite
from marketplace.people.organisations.services.sites import SiteEntry
from marketplace.people.organisations.services.verifying import (
    note_check,
    verify_organisation,
)
from marketplace.people.schools.models import School, SchoolStaff
from marketplace.region.places.enums import FederalState
from marketplace.region.places.queries import places_named
from marketplace.region.topics.enums import Audience, Topic

# The school of those who appear in a round alone.
OTHER_SCHOOL = "DEMO-2"
RADII = (100, 75, 50, 150)
PROVIDES = frozenset({OrganisationKind.PROVIDER})
# The last provider is one that also gives.
GIVES_TOO = PROVIDES | {OrganisationKind.COMPANY}


@dataclass
class Cast:
    """Everybody who appears."""

    users: dict[str, User]
    companies: list[Organisation]
    providers: list[Organisation]


def settle_towns() -> None:
    """Tells in which district the towns of the cast are, unless an import has."""
    for town, ags in TOWNS.items():
        for place in places_named(town)[:1]:
            place.district_ags = place.district_ags or ags


def open_accounts(*, at: datetime) -> dict[str, User]:
    """Opens the nine accounts, and one that acts for all other organisations."""
    today = day_of(at)
    people = (
        ("schuelerin", "Mila", "Musterkind", Role.PUPIL, _born(today, 16)),
        ("schueler", "Jonte", "Musterkind", Role.PUPIL, _born(today, 13)),
        ("eltern", "Petra", "Musterkind", Role.GUARDIAN, None),
        ("unternehmen", "Carla", "Beispiel", Role.MEMBER, None),
        ("anbieter", "Anton", "Probe", Role.MEMBER, None),
        ("schule", "Svea", "Tafelbild", Role.SCHOOL, None),
        ("jury", "Jule", "Urteil", Role.JUROR, None),
        ("koordination", "Konrad", "Mittler", Role.COORDINATOR, None),
        ("admin", "Ada", "Schlüssel", Role.ADMIN, None),
        ("kulisse", "Kai", "Kulisse", Role.MEMBER, None),
    )
    # One for all: to hash it takes a tenth of a second each time.
    users, kept = {}, hashed(PASSWORD)
    for name, first, last, role, born_on in people:
        entry = AccountEntry(
            email=f"{name}@demo.example",
            first_name=first,
            surname=last,
            password=PASSWORD,
            born_on=born_on,
        )
        users[name] = add_account(entry, kept, role=role, at=at)
        users[name].confirmed_at = at
    _describe(users, at=at)
    return users


def register_organisations(users: dict[str, User], *, at: datetime) -> Cast:
    """Registers companies and providers and has the office verify them."""
    companies = [
        _company(k, users["unternehmen"] if k == 0 else users["kulisse"], at=at)
        for k in range(len(COMPANIES))
    ]
    providers = [
        _provider(k, users["anbieter"] if k == 0 else users["kulisse"], at=at)
        for k in range(len(PROVIDERS))
    ]
    for organisation in companies + providers:
        for way in (CheckWay.IMPRINT, CheckWay.CALL_BACK):
            note_check(organisation, way, actor=users["koordination"], at=at)
        verify_organisation(organisation, actor=users["koordination"], at=at)
    return Cast(users, companies, providers)


def register_waiting(users: dict[str, User], *, at: datetime) -> None:
    """Leaves two organisations for the office to verify; one is looked after."""
    for name in ("Zuckerhut Konditorei", "Verein Schraubenkiste"):
        entry = OrganisationEntry(
            name=name, kinds=frozenset({OrganisationKind.COMPANY})
        )
        site = SiteEntry(place="Leipzig")
        new = register_organisation(entry, site, founder=users["kulisse"], at=at)
    note_check(new, CheckWay.REGISTER, actor=users["koordination"], at=at)
    take_care("organisations", new.id, actor=users["koordination"], at=at)


def invite_around(cast: Cast, *, at: datetime) -> None:
    """Gives the company of the demonstration a second member, and asks a third."""
    company, owner = cast.companies[0], cast.users["unternehmen"]
    company.memberships.append(Membership(user=cast.users["kulisse"]))
    invite(company, "werkstatt@siebenlinsen.example", actor=owner, at=at)


def _company(k: int, founder: User, *, at: datetime) -> Organisation:
    name, topics, _product = COMPANIES[k]
    entry = OrganisationEntry(
        name=f"{name} {('GmbH', 'AG', 'KG')[k % 3]}",
        kinds=frozenset({OrganisationKind.COMPANY}),
        description=f"Bei {name} entsteht jeden Tag etwas, das man anfassen kann.",
        topics=frozenset(topics),
        audiences=_audiences(k),
        contact_name=founder.name,
        contact_email=founder.email,
        capacity=5,
    )
    organisation = _register(entry, k, founder, at=at)
    declare_safeguarding(organisation, actor=founder, at=at)
    return organisation


def _provider(k: int, founder: User, *, at: datetime) -> Organisation:
    name, topics = PROVIDERS[k]
    entry = OrganisationEntry(
        name=name,
        kinds=GIVES_TOO if k == len(PROVIDERS) - 1 else PROVIDES,
        description="Hier probieren Jugendliche aus, was sonst im Buch steht.",
        topics=frozenset(topics),
        audiences=_audiences(k),
        contact_name=founder.name,
        contact_email=founder.email,
        capacity=5,
    )
    # From Jena on through all three states.
    return _register(entry, 23 + 7 * k, founder, at=at)


def _register(
    entry: OrganisationEntry, k: int, founder: User, *, at: datetime
) -> Organisation:
    site = SiteEntry(
        place=list(TOWNS)[k % len(TOWNS)],
        street=f"Musterweg {k + 1}",
        radius_km=RADII[k % len(RADII)],
    )
    return register_organisation(entry, site, founder=founder, at=at)


def _describe(users: dict[str, User], *, at: datetime) -> None:
    school = School(
        key="DEMO-1",
        name="Oberschule am Beispielpark",
        sort_name="oberschule am beispielpark",
        kind=SchoolKind.OBERSCHULE,
        place_name="Leipzig",
        state_code=FederalState.SAXONY,
    )
    other = School(
        key=OTHER_SCHOOL,
        name="Gymnasium am Musterpark",
        sort_name="gymnasium am musterpark",
        kind=SchoolKind.GYMNASIUM,
        place_name="Dresden",
        state_code=FederalState.SAXONY,
        district_ags="14612",
    )
    db.session.add_all([school, other])
    db.session.flush()  # staff and pupils point to it
    db.session.add(SchoolStaff(user=users["schule"], school=school))
    for name, level in (("schuelerin", 10), ("schueler", 8)):
        user = users[name]
        entry = PupilEntry(
            class_level=level,
            school_state=FederalState.SAXONY,
            school_kind=SchoolKind.OBERSCHULE,
            school_name=school.name,
            town="Leipzig",
            interests=frozenset({Topic.ELECTRONICS, Topic.ROBOTICS}),
        )
        describe_pupil(user, entry, at=at)
        if user.pupil:
            user.pupil.school_id = school.id
        link_child(users["eltern"], user, at=at)


def _audiences(k: int) -> frozenset[Audience]:
    either = (Audience.CLASS_7_8, Audience.CLASS_11_13)[k % 2]
    return frozenset({Audience.CLASS_9_10, either})


def _born(today: date, age: int) -> date:
    """A birthday some months ago, so that the age holds for a while."""
    return date(today.year - age, max(1, today.month - 4), 12)
