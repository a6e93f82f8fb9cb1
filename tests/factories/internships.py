from datetime import UTC, date, datetime, time

from marketplace.foundation.database import db, transaction
from marketplace.postings.internships.models import (
    Break,
    Glimpse,
    Internship,
    Period,
    Supervisor,
)
from marketplace.postings.internships.tables import (
    InternshipEntry,
    PeriodEntry,
    SupervisorEntry,
)
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.services import index_posting, put_at_site
from marketplace.region.labour.enums import Basis
from marketplace.region.occupations.models import Occupation
from marketplace.region.topics.enums import Audience, Topic
from tests.factories.people import in_town, make_company
from tests.factories.postings import since
from tests.moments import NOON

FIRST_DAY, LAST_DAY = date(2027, 2, 1), date(2027, 2, 5)
UNSEEN = (PostingState.DRAFT, PostingState.SUBMITTED, PostingState.LISTED)


def make_period(internship=None, **changes):
    """The first week of February, two places, applied for until Christmas."""
    values = {
        "starts_on": FIRST_DAY,
        "ends_on": LAST_DAY,
        "place_count": 2,
        "taken_count": 0,
        "apply_until": date(2026, 12, 24),
        "is_open": True,
    }
    period = Period(**values | changes)
    if internship is not None:
        with transaction():
            internship.periods.append(period)
    return period


def make_supervisor(**changes):
    values = {
        "first_name": "Thea",
        "surname": "Beispiel",
        "function": "Feinoptikerin",
        "declared_on": date(2026, 11, 2),
    }
    return Supervisor(**values | changes)


def make_internship(state=PostingState.PUBLISHED, organisation=None, **changes):
    """A lawful, complete internship at the first site of a company."""
    organisation = organisation or make_company()
    values = {
        "organisation": organisation,
        "state": state,
        "title": "Glas, das Licht lenkt",
        "description": "Du schleifst eine Linse und misst, wie genau sie ist.",
        "topics": frozenset({Topic.OPTICS}),
        "audiences": frozenset({Audience.CLASS_9_10, Audience.CLASS_11_13}),
        "bases": frozenset({Basis.SCHOOL}),
        "day_starts_at": time(8),
        "day_ends_at": time(14, 30),
        "breaks": [Break(starts_at=time(11), ends_at=time(11, 30))],
        "grade_from": 9,
        "fits_from": 13,
        "papers": "Keine.",
        "pay": "Keine Vergütung.",
        "insurer": "Schülerunfallversicherung",
        "liability": "Schulträger",
        "risks_assessed_on": date(2026, 10, 1),
        "periods": [make_period()],
        "supervisors": [make_supervisor()],
        "published_at": None if state in UNSEEN else datetime(2026, 11, 1, tzinfo=UTC),
        "confirmed_on": None if state in UNSEEN else date(2026, 11, 12),
        "changed_at": datetime(2026, 11, 1, tzinfo=UTC),
        **since(state, NOON),
    }
    with transaction():
        internship = Internship(**values | changes)
        if not internship.occupations:
            job = db.session.scalars(db.select(Occupation).limit(1)).one()
            internship.occupations = [Glimpse(occupation=job, line_no=1)]
        put_at_site(internship, organisation.sites[0])
        db.session.add(internship)
        db.session.flush()
        index_posting(internship)
    return internship


def make_hint(title="Schnuppertag im Modellbau", *, town="Jena", **changes):
    """A hint of 2025 from a list, at an organisation known by name."""
    values = {
        "state": PostingState.LISTED,
        "title": title,
        "source": "Leipziger MINT-Katalog",
        "link": "https://papierkranich.example/",
        "as_of": date(2025, 5, 1),
        "changed_at": datetime(2026, 11, 1, tzinfo=UTC),
    }
    organisation = changes.pop("organisation", None) or make_company()
    with transaction():
        hint = Internship(**values | in_town(town) | changes, organisation=organisation)
        db.session.add(hint)
        db.session.flush()
        index_posting(hint)
    return hint


def an_entry(organisation, **changes):
    """What a member enters for a lawful, complete internship."""
    job = db.session.scalars(db.select(Occupation.id).limit(1)).one()
    values = {
        "title": "Ein Roboterarm lernt greifen",
        "description": "Du bringst einem Greifer drei Bewegungen bei.",
        "topics": frozenset({Topic.ROBOTICS}),
        "occupation_ids": (job,),
        "bases": frozenset({Basis.SCHOOL}),
        "periods": (PeriodEntry(starts_on=FIRST_DAY, ends_on=LAST_DAY, place_count=2),),
        "day_starts_at": time(8),
        "day_ends_at": time(14, 30),
        "breaks": ((time(11), time(11, 30)),),
        "grade_from": 9,
        "site_id": organisation.sites[0].id,
        "papers": "Keine.",
        "pay": "Keine Vergütung.",
        "risks_assessed_on": date(2026, 10, 1),
        "supervisors": (
            SupervisorEntry(
                first_name="Juri",
                surname="Beispiel",
                function="Ausbilder",
                declared_on=date(2026, 11, 2),
            ),
        ),
    }
    return InternshipEntry(**values | changes)
