"""One of everything that stands in a list, and as many copies of it as wanted."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy import insert, select

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.introductions.enums import IntroductionState, Side
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.partnerships.enums import PartnershipState
from marketplace.encounters.partnerships.models import Partnership, PartnershipLine
from marketplace.encounters.watchlist.models import Bookmark, KeptEvent
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, transaction
from marketplace.foundation.tokens import hash_of
from marketplace.matching.clearing.enums import Rule
from marketplace.matching.gaps.enums import GapReason
from marketplace.matching.gaps.models import Call, CallLetter, Gap
from marketplace.matching.gaps.rules import quarter_of
from marketplace.matching.rounds.enums import RoundScope
from marketplace.matching.rounds.models import Round
from marketplace.overview.alerts.enums import Rhythm
from marketplace.overview.alerts.models import SavedSearch
from marketplace.people.accounts.enums import Role
from marketplace.people.accounts.models import SignIn
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Membership
from marketplace.people.organisations.queries import KIND
from marketplace.people.schools.models import StaffRequest
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.models import PostingChange
from marketplace.region.calendar.models import LocalHoliday
from marketplace.region.labour.enums import Basis
from marketplace.region.lines.enums import LineKind
from marketplace.region.topics.enums import Topic
from marketplace.stewardship.claims.enums import ClaimState, LetterWay
from marketplace.stewardship.claims.models import Chase, Claim, ClaimLetter
from marketplace.stewardship.duplicates.enums import Sign
from marketplace.stewardship.duplicates.models import Merge, Pair
from marketplace.stewardship.imports.enums import HeldReason, ImportKind
from marketplace.stewardship.imports.models import HeldRow, ImportRun, Upload
from marketplace.stewardship.links.enums import LinkState
from marketplace.stewardship.links.models import CheckedLink, LinkUse
from marketplace.stewardship.moderation.enums import ReportReason
from marketplace.stewardship.moderation.models import Report
from marketplace.stewardship.pages.models import Revision, TextPage
from marketplace.stewardship.takeovers.enums import TakeoverKind
from marketplace.stewardship.takeovers.models import LaidFile, Takeover
from marketplace.stewardship.vetting.enums import Duty
from marketplace.stewardship.vetting.models import ConductNote
from marketplace.upkeep.mail.models import Letter, OutboxEntry
from marketplace.upkeep.mail.services import queue
from marketplace.upkeep.search.models import SearchEntry
from tests.factories.applications import make_application, make_place
from tests.factories.catalogue import make_action, make_programme
from tests.factories.claims import make_named
from tests.factories.internships import make_internship
from tests.factories.invitations import make_invitation
from tests.factories.people import (
    make_class,
    make_company,
    make_coordinator,
    make_guardian,
    make_organisation,
    make_pupil,
    make_school,
    make_staff,
    make_user,
)
from tests.factories.postings import (
    make_event,
    make_offer,
    make_rolemodel,
    make_sponsorship,
)
from tests.moments import NOON

# What people write or are by hand: there are never ten thousand in one list.
BY_HAND = 60
# What keeps a history of its words.
POSTED = ("offer", "internship", "sponsorship", "event", "rolemodel", "action")
# What is copied as it is.
PLAIN = (
    *("sponsorship", "draft_offer", "draft_internship", "rolemodel"),
    *("draft_rolemodel", "rolemodel_change", "action_change"),
    *("draft_sponsorship", "declined", "report", "asked", "letter", "held_row", "run"),
    *(
        "upload",
        "takeover",
        "laid",
        "merge",
        "pair",
        "link_use",
        "entry",
        "action",
        "programme",
        "sign_in",
    ),
    *("imported", "verified"),
    *("holiday", "offer_change", "internship_change", "sponsorship_change"),
    *("round", "note", "event", "draft_event", "event_change"),
)

number = count(1)


@dataclass
class Sample:
    """Where a thing stands, whatever becomes of the session that made it."""

    table: Any
    id: int
    key: str


@dataclass
class World:
    """Who looks, and one of each thing that is copied."""

    people: dict[str, Any]
    things: dict[str, Sample]


def make_world():
    """One of everything."""
    mia = make_pupil()
    school = make_school()
    with transaction():
        mia.pupil.school_id = school.id
    owner = make_user()
    firm = make_company(owner, "Werk Ahorn")
    maker = make_user()
    provider = make_organisation(maker, "Labor Ahorn")
    with transaction():
        provider.memberships.append(Membership(user=owner))
    newcomer = make_user(Role.SCHOOL)
    people = {
        "office": make_coordinator(),
        "admin": make_user(Role.ADMIN),
        "pupil": mia,
        "guardian": make_guardian(),
        "school": make_staff(school),
        "newcomer": newcomer,
        "member": owner,
        "maker": maker,
        "guest": None,
    }
    things = {
        "person": make_user(surname="Ahorn"),
        "school": school,
        "class": make_class(school, days=(date(2027, 3, 8), date(2027, 3, 12))),
        **_organisations(firm, provider),
        **_postings(firm, provider),
        **_applications(firm, mia, people["guardian"], school),
    }
    things |= _rows(people, things)
    samples = {
        name: Sample(thing.__table__, thing.id, getattr(thing, "public_id", ""))
        for name, thing in things.items()
    }
    return World(people, samples)


def grow(world, more):
    """Adds so many copies of each thing, and of what stands by hand at most a few."""
    things, few = world.things, min(more, BY_HAND)
    persons = multiply(things["person"], more)
    children = multiply(things["child"], more)
    firms = multiply(things["registered"], more)
    offers = multiply(things["offer"], more)
    hints = multiply(things["hint"], more)
    internships = multiply(things["internship"], more)
    multiply(things["search"], few)
    multiply(things["bookmark"], few, internship_id=internships[:few])
    multiply(things["kept_event"], few, event_id=multiply(things["event"], few))
    multiply(things["told"], more, user_id=children)
    multiply(things["class"], few)
    schools = multiply(things["school"], more)
    multiply(things["request"], more, user_id=persons, school_id=schools)
    multiply(things["word"], more, thing_id=firms)
    multiply(things["need"], more, offer_id=offers)
    multiply(things["chase"], more, posting_key=_keys(things["hint"], hints))
    multiply(things["open"], more, pupil_id=children)
    multiply(things["held"], more, pupil_id=children)
    pairs = multiply(things["introduction"], more, company_id=firms)
    calls = multiply(things["call"], more)
    multiply(things["call_letter"], more, call_id=calls)
    multiply(things["gap"], more, need_line_id=[None])
    agreed = multiply(things["agreed"], more, introduction_id=pairs, company_id=firms)
    multiply(things["agreed_line"], more, partnership_id=agreed)
    multiply(things["granted"], more, organisation_id=firms)
    numbers = [next(number) + 1 for _ in range(more)]
    multiply(things["revision"], more, number=numbers)
    for page in multiply(things["text"], few):
        multiply(things["revision"], 1, page_id=[page], number=[1])
    multiply(things["membership"], few, user_id=persons)
    multiply(things["other"], few, organisation_id=firms)
    multiply(things["invitation"], few)
    for name in PLAIN:
        multiply(things[name], more)


def multiply(thing, more, **varied):
    """Copies a row so often; what is unique, and `varied`, differs. Gives the ids."""
    table = thing.table
    with transaction():
        row = dict(
            db.session.execute(select(table).where(table.c.id == thing.id))
            .mappings()
            .one()
        )
        row = {c.name: row[c.name] for c in table.columns if c.computed is None}
        begin = db.session.scalar(select(db.func.max(table.c.id))) + 1
        single = _unique_words(table) - set(varied)
        copies = [
            row
            | {name: _word() for name in single}
            | {name: values[k % len(values)] for name, values in varied.items()}
            | {"id": begin + k}
            for k in range(more)
        ]
        if copies:
            db.session.execute(insert(table), copies)
    return [copy["id"] for copy in copies]


def _unique_words(table):
    """The columns that must differ from row to row and hold words."""
    indexes = [i.columns for i in table.indexes if i.unique]
    constraints = [c.columns for c in table.constraints if hasattr(c, "columns")]
    alone = {next(iter(c)).name for c in (*indexes, *constraints) if len(c) == 1}
    words = {c.name for c in table.columns if c.type.python_type is str}
    further = {"email"} if table.name == "invitations" else set()
    further |= {"place_name"} if table.name == "local_holidays" else set()
    further |= {"digest"} if table.name == "held_rows" else set()
    further |= {"thing_key"} if table.name == "link_uses" else set()
    further |= {"folder"} if table.name == "laid_files" else set()
    further |= {"first_key"} if table.name == "duplicate_pairs" else set()
    nullable = {c.name for c in table.columns if c.nullable}
    return (alone & words - nullable) | further


def _word():
    """Ten letters, as a public id has."""
    return f"{next(number):010}".translate(str.maketrans("01", "xy"))


def _keys(sample, ids):
    """The public ids of some copies."""
    table = sample.table
    query = select(table.c.public_id).where(table.c.id >= min(ids, default=0))
    return db.session.scalars(query.order_by(table.c.id)).all()


def _organisations(firm, provider):
    imported = make_named("Sternwarte Ahorn")
    return {
        "verified": firm,
        "provider": provider,
        "registered": make_organisation(
            name="Neu Ahorn", state=OrganisationState.REGISTERED
        ),
        "imported": imported,
        "membership": provider.memberships[0],
        "other": firm.memberships[0],
        "invitation": make_invitation(provider),
    }


def _postings(firm, provider):
    submitted = PostingState.SUBMITTED
    return {
        "offer": make_offer(organisation=provider),
        "internship": make_internship(organisation=firm),
        "sponsorship": make_sponsorship(organisation=firm),
        "event": make_event(organisation=provider),
        "draft_event": make_event(submitted, provider),
        "rolemodel": make_rolemodel(organisation=firm),
        "draft_offer": make_offer(submitted, provider),
        "draft_internship": make_internship(submitted, firm),
        "draft_sponsorship": make_sponsorship(submitted, firm),
        "draft_rolemodel": make_rolemodel(submitted, firm),
        "action": make_action(),
        "programme": make_programme(),
    }


def _applications(firm, mia, guardian, school):
    child = make_pupil()
    with transaction():
        child.pupil.school_id = school.id
    place = make_place(organisation=firm)
    own = {"guardian_email": guardian.email, "basis": Basis.SCHOOL}
    states = ApplicationState
    return {
        "child": child,
        "told": child.pupil,
        "open": make_application(states.OPEN, child, place, **own),
        "held": make_application(
            states.WAITING,
            make_pupil(),
            make_place(organisation=firm),
            is_held=True,
            handed_over_at=None,
        ),
        "confirmed": make_application(
            states.CONFIRMED, make_pupil(), make_place(organisation=firm)
        ),
        "declined": make_application(
            states.DECLINED, mia, make_place(organisation=firm)
        ),
    }


def _rows(people, things):
    office = people["office"]
    hint = make_offer(PostingState.LISTED, things["imported"], title="Abend", lines=[])
    with transaction():
        queue(Letter("password_changed", "Betreff", {}), ["a@example.org"], at=NOON)
        run = ImportRun(kind=ImportKind.OFFERS, file_name="a.csv", started_at=NOON)
        text = TextPage(slug="erste")
        db.session.add_all([run, text])
        db.session.flush()
        rows = {
            "run": run,
            "text": text,
            **_texts(text),
            **_claims(people, things, hint),
            **_imports(run, office, things, people["maker"]),
            **_changes(people, things),
            "introduction": (pair := _introduction(things)),
            "agreed": (agreed := _partnership(pair)),
            "agreed_line": agreed.lines[0],
            **_gaps(things),
            "search": SavedSearch(
                user_id=people["pupil"].id,
                rhythm=Rhythm.DAILY,
                saved_at=NOON,
                seen_until=NOON,
            ),
            "bookmark": Bookmark(
                pupil_id=people["pupil"].id,
                internship_id=things["internship"].id,
                kept_at=NOON,
            ),
            "kept_event": KeptEvent(
                user_id=people["pupil"].id, event_id=things["event"].id, kept_at=NOON
            ),
            "round": _round(),
            "note": ConductNote(
                organisation_id=things["verified"].id,
                person="Ada Ahorn",
                duty=Duty.SERIES,
                starts_on=date(2027, 2, 1),
                ends_on=date(2027, 7, 1),
                asked_at=NOON,
            ),
            "request": StaffRequest(
                user=people["newcomer"], school=things["school"], asked_at=NOON
            ),
            "holiday": LocalHoliday(place_name="Crostwitz", day=date(2029, 5, 31)),
            "report": Report(
                reason=ReportReason.DANGER,
                address="/angebote",
                words="Bitte ansehen.",
                reported_at=NOON,
            ),
            "sign_in": SignIn(
                key_hash="0", user=people["member"], began_at=NOON, seen_at=NOON
            ),
        }
        db.session.add_all(rows.values())
    letters = select(OutboxEntry).where(OutboxEntry.recipient == "a@example.org")
    words = select(SearchEntry).where(
        SearchEntry.kind == KIND, SearchEntry.thing_id == things["registered"].id
    )
    return rows | {
        "entry": db.session.scalars(letters).one(),
        "word": db.session.scalars(words).one(),
        "need": things["offer"].lines[0],
        "hint": hint,
    }


def _changes(people, things):
    said = {"field": "title", "old": "a", "new": "b", "at": NOON}
    return {
        f"{kind}_change": PostingChange(
            kind=kind,
            posting_id=things[kind].id,
            actor_id=people["member"].id,
            **said,
        )
        for kind in POSTED
    }


def _texts(page):
    told = {"body": "Text.", "written_at": NOON, "written_by": "Konni Probe"}
    first = Revision(page_id=page.id, number=1, title="Erste", **told)
    return {"revision": first}


def _claims(people, things, hint):
    imported, claimant = things["imported"], things["provider"]
    said = {"claimant": claimant, "user": people["member"], "asked_at": NOON}
    return {
        "asked": Claim(organisation=imported, state=ClaimState.ASKED, **said),
        "granted": Claim(
            organisation=make_named("Schon Ahorn"),
            state=ClaimState.GRANTED,
            decided_at=NOON,
            **said,
        ),
        "letter": ClaimLetter(
            organisation=imported,
            way=LetterWay.PAPER,
            made_by=people["office"],
            made_at=NOON,
            valid_until=NOON + timedelta(days=30),
        ),
        "opened": ClaimLetter(
            organisation=imported,
            way=LetterWay.PAPER,
            made_by=people["office"],
            made_at=NOON,
            valid_until=NOON + timedelta(days=30),
            code_hash=hash_of("bcdfghjkmnpq"),
        ),
        "chase": Chase(
            kind="offer",
            posting_key=hint.public_id,
            user=people["pupil"],
            asked_at=NOON,
        ),
    }


def _imports(run, office, things, maker):
    provider = things["provider"]
    events = (things["event"], things["draft_event"])
    return {
        "held_row": HeldRow(
            kind=ImportKind.OFFERS,
            digest="0",
            run_id=run.id,
            line=2,
            values={"title": "Abend"},
            reason=HeldReason.LIKELY_DUPLICATE,
        ),
        "upload": Upload(
            kind=ImportKind.OFFERS,
            file_name="b.csv",
            uploaded_by=office,
            uploaded_at=NOON,
        ),
        "pair": Pair(
            kind="event",
            first_key=events[0].public_id,
            second_key=events[1].public_id,
            organisation_id=provider.id,
            sign=Sign.WORDS,
            found_at=NOON,
        ),
        "link_use": LinkUse(
            link=CheckedLink(
                address="https://ahorn.example",
                host="ahorn.example",
                state=LinkState.GONE,
                since=NOON,
                asked_at=NOON,
                due_at=NOON + timedelta(days=7),
            ),
            kind="events",
            thing_key=events[0].public_id,
            title="Abend",
            organisation_id=provider.id,
        ),
        "takeover": Takeover(
            organisation=provider,
            given_by=maker,
            file_name="c.ics",
            kind=TakeoverKind.EVENTS,
            given_at=NOON,
        ),
        "merge": Merge(
            kind="event",
            organisation_id=provider.id,
            survivor_key=events[0].public_id,
            other_key=events[1].public_id,
            title="Abend",
            merged_by=maker,
            merged_at=NOON,
        ),
        "laid": LaidFile(
            folder="/srv/ahorn",
            file_name="c.ics",
            organisation=provider,
            size=1,
            mtime_ns=1,
            seen_at=NOON,
        ),
    }


def _partnership(introduction):
    line = PartnershipLine(kind=LineKind.MONEY, quantity=400)
    return Partnership(
        introduction=introduction,
        provider=introduction.provider,
        company=introduction.company,
        state=PartnershipState.ARRANGING,
        created_at=NOON - timedelta(days=30),
        due_at=NOON - timedelta(days=2),
        valid_from=day_of(NOON),
        valid_to=day_of(NOON),
        term_from=day_of(NOON),
        lines=[line],
    )


def _gaps(things):
    offer = things["offer"]
    gap = Gap(
        quarter=quarter_of(day_of(NOON)),
        state_code=offer.state_code,
        topic=Topic.ELECTRONICS,
        topics=offer.topics,
        kind=LineKind.MATERIAL,
        need_line_id=offer.lines[0].id,
        offer=offer,
        organisation=things["provider"],
        asked=12,
        missing=4,
        reason=GapReason.NO_KIND,
        found_on=day_of(NOON),
        seen_on=day_of(NOON),
        data_version="2026-11-23",
    )
    letter = CallLetter(organisation=things["verified"], sent_at=NOON)
    call = Call(gap=gap, words="Eilt.", written_at=NOON, letters=[letter])
    return {"gap": gap, "call": call, "call_letter": letter}


def _round():
    return Round(
        title="Runde",
        scope=RoundScope.REGION,
        basis=Basis.SCHOOL,
        rule=Rule.LOT_FAIR,
        opens_at=NOON + timedelta(days=1),
        closes_at=NOON + timedelta(days=9),
        announced_at=NOON,
    )


def _introduction(things):
    return Introduction(
        provider=things["provider"],
        company=things["verified"],
        offer=things["offer"],
        site=things["verified"].sites[0],
        proposed_by=Side.COORDINATION,
        state=IntroductionState.OPEN,
        created_at=NOON,
        due_at=NOON + timedelta(days=9),
    )
