"""Two rounds of the demonstration: one that is over, and one that is open now."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta

from sqlalchemy import select

from marketplace.doors.commands.demo.people import OTHER_SCHOOL, Cast
from marketplace.doors.commands.demo.words import FIRST_NAMES
from marketplace.encounters.applications.enums import ApprovalWay
from marketplace.encounters.applications.services.holding import Signature
from marketplace.encounters.applications.services.sending import confirm_place
from marketplace.foundation.clock import day_of, days_after
from marketplace.foundation.database import db
from marketplace.foundation.refusals import Refusal
from marketplace.matching.clearing.enums import Rule
from marketplace.matching.rounds.enums import (
    LATE,
    MAIN,
    Criterion,
    RoundScope,
    RoundState,
)
from marketplace.matching.rounds.models import Round, RoundEntry, RoundSeat
from marketplace.matching.rounds.queries.entries import entry_of
from marketplace.matching.rounds.services.consenting import (
    answer_list,
    ask_guardian,
    companies_of,
)
from marketplace.matching.rounds.services.freezing import freeze_round
from marketplace.matching.rounds.services.joining import EntryValues, join_round
from marketplace.matching.rounds.services.planning import (
    RoundValues,
    announce_round,
    plan_round,
)
from marketplace.matching.rounds.services.publishing import (
    hand_out,
    publish_round,
    run_late,
)
from marketplace.matching.rounds.services.running import draw_round
from marketplace.matching.rounds.services.seating import SeatValues, enter_seat
from marketplace.matching.rounds.services.wishing import save_wishes
from marketplace.people.accounts.enums import Role, SchoolKind
from marketplace.people.accounts.models import Pupil, User
from marketplace.people.accounts.services.opening import (
    PupilEntry,
    describe_pupil,
)
from marketplace.people.schools.models import School
from marketplace.postings.internships.models import Internship
from marketplace.region.labour.enums import Basis
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Topic

DAY = timedelta(days=1)
# What companies tick, in turn; most tick nothing.
TICKS: tuple[frozenset[Criterion], ...] = (
    frozenset(),
    frozenset({Criterion.INTEREST}),
    frozenset(),
)
SEATS = 6


def run_rounds(cast: Cast, internships: Sequence[Internship], *, at: datetime) -> None:
    """Runs one round to its end, and opens another with two lists in it."""
    others = [i for i in internships if i.organisation is not cast.companies[0]]
    pupils = [cast.users["schuelerin"], *_more_pupils(cast, at=at - 45 * DAY)]
    _finished(cast, others, pupils, at=at)
    _open(cast, others, at=at)


def _finished(
    cast: Cast, internships: Sequence[Internship], pupils: list[User], *, at: datetime
) -> None:
    office = cast.users["koordination"]
    values = RoundValues(
        title="Ferienpraktika in Sachsen",
        scope=RoundScope.REGION,
        basis=Basis.VOLUNTARY,
        rule=Rule.LOT_FAIR,
        opens_at=at - 35 * DAY,
        closes_at=at - 20 * DAY,
    )
    round_ = _announced(values, office, at=at - 40 * DAY)
    chosen = [i for i in internships if i.state_code == "SN"]
    seats = _enter(round_, chosen, capacity=2, at=at - 38 * DAY)
    round_.state = RoundState.OPEN
    for k, pupil in enumerate(pupils):
        entry = _joined(round_, pupil, at=at - 30 * DAY)
        # Many like the same ones, in another order.
        order = [seats[k % 3], *seats[1 + k % 2 :: 2], seats[0]]
        _wish(entry, list(dict.fromkeys(order)), at=at - 30 * DAY)
        _approve(entry, len(order), at=at - 29 * DAY)
    freeze_round(round_, at=at - 19 * DAY)
    db.session.flush()  # the run reads the rows
    draw_round(round_, actor=office, at=at - 19 * DAY)
    publish_round(round_, actor=office, at=at - 19 * DAY)
    _hand_out(round_, MAIN, at=at - 19 * DAY)
    for pupil in pupils:
        own = entry_of(round_, pupil)
        if own and own.application:
            confirm_place(own.application, actor=pupil, at=at - 18 * DAY)
    run_late(round_, at=at - 13 * DAY)
    _hand_out(round_, LATE, at=at - 13 * DAY)


def _open(cast: Cast, internships: Sequence[Internship], *, at: datetime) -> None:
    girl, boy = cast.users["schuelerin"], cast.users["schueler"]
    school = db.session.get(School, girl.pupil.school_id) if girl.pupil else None
    values = RoundValues(
        title="Schulpraktikum der Klassen 8 bis 10",
        scope=RoundScope.SCHOOL,
        school=school,
        basis=Basis.SCHOOL,
        rule=Rule.LOT_FAIR,
        opens_at=at - 2 * DAY,
        closes_at=days_after(at, 12),
        beacon_name="Die Lottozahlen am ersten Samstag nach Schluss",
    )
    round_ = _announced(values, cast.users["koordination"], at=at - 3 * DAY)
    chosen = [i for i in internships[SEATS:] if i.state_code == "SN"]
    mine = [i for i in _all_of(cast) if Basis.SCHOOL in i.bases]
    seats = _enter(round_, [*mine, *chosen], capacity=3, at=at - 3 * DAY)
    round_.state = RoundState.OPEN
    entry = _joined(round_, girl, at=at - DAY)
    _wish(entry, seats[:4], at=at - DAY)
    _approve(entry, 2, at=at - DAY)
    his = _joined(round_, boy, at=at - DAY)
    _wish(his, seats[1:3], at=at - DAY)
    ask_guardian(his, asked_from="demo", actor=boy, at=at - DAY)


def _all_of(cast: Cast) -> list[Internship]:
    query = db.select(Internship).where(
        Internship.organisation_id == cast.companies[0].id,
        Internship.state == "published",
    )
    return list(db.session.scalars(query.order_by(Internship.id)))


def _announced(values: RoundValues, office: User, *, at: datetime) -> Round:
    round_ = plan_round(values, actor=office, at=at)
    announce_round(round_, actor=office, at=at)
    return round_


def _enter(
    round_: Round, internships: Sequence[Internship], *, capacity: int, at: datetime
) -> list[RoundSeat]:
    """Enters the first free period of some internships on this basis."""
    seats: list[RoundSeat] = []
    last_day = day_of(round_.closes_at) + 10 * DAY
    for internship in internships:
        period = next(
            (p for p in internship.periods if p.free_count and p.starts_on > last_day),
            None,
        )
        is_fit = period and round_.basis in internship.bases
        if period is None or not is_fit or internship.state != "published":
            continue
        values = SeatValues(
            period=period,
            capacity=min(capacity, period.free_count),
            criteria=TICKS[len(seats) % len(TICKS)],
        )
        member = internship.organisation.memberships[0].user
        seats.append(enter_seat(round_, values, actor=member, at=at))
        if len(seats) == SEATS:
            break
    return seats


def _joined(round_: Round, pupil: User, *, at: datetime) -> RoundEntry:
    name = pupil.email.partition("@")[0]
    is_ours = name in ("schuelerin", "schueler")
    values = EntryValues(
        class_level=(pupil.pupil and pupil.pupil.class_level) or 9,
        guardian_name="Petra Musterkind" if is_ours else "Familie Musterkind",
        guardian_email="eltern@demo.example"
        if is_ours
        else f"eltern-{name}@demo.example",
    )
    return join_round(round_, values, actor=pupil, at=at)


def _wish(entry: RoundEntry, seats: Sequence[RoundSeat], *, at: datetime) -> None:
    """Wishes what is possible: one first, the others two to a group."""
    for seat in seats:
        tier = 1 + (len(entry.wishes) + 1) // 2
        # One by one: what is possible is asked when it is saved.
        with suppress(Refusal):
            wish, known = {seat.seat_no: tier}, {seat.seat_no: seat}
            save_wishes(entry, wish, known, actor=entry.pupil, at=at)


def _approve(entry: RoundEntry, most: int, *, at: datetime) -> None:
    signature = Signature(
        way=ApprovalWay.LETTER, name=entry.guardian_name, address=entry.guardian_email
    )
    firms = companies_of(entry)
    answer_list(entry, {firm.id for firm in firms[:most]}, signature, at=at)
    for consent in list(entry.consents)[most:]:  # not asked about yet
        entry.consents.remove(consent)


def _hand_out(round_: Round, run: int, *, at: datetime) -> None:
    db.session.flush()  # results are read from the database
    while hand_out(round_, run, at=at):
        db.session.flush()


def _more_pupils(cast: Cast, *, at: datetime) -> list[User]:
    """Pupils of another school, who appear in the finished round alone."""
    school_id = db.session.scalar(select(School.id).where(School.key == OTHER_SCHOOL))
    pupils = []
    for k, name in enumerate(FIRST_NAMES):
        pupil = User(
            email=f"runde{k + 1}@demo.example",
            first_name=name,
            surname="Musterkind",
            role=Role.PUPIL,
            # The same for all: to hash it anew took most of the time.
            password_hash=cast.users["schuelerin"].password_hash,
            opened_at=at,
            confirmed_at=at,
            pupil=Pupil(birth_on=date(day_of(at).year - 16, 1 + k % 10, 12)),
        )
        db.session.add(pupil)
        db.session.flush()  # the record needs its id
        told = PupilEntry(
            class_level=10,
            school_state=FederalState.SAXONY,
            school_kind=SchoolKind.GYMNASIUM,
            school_name="Gymnasium am Musterpark",
            town=("Leipzig", "Dresden", "Chemnitz")[k % 3],
            interests=frozenset({(Topic.ELECTRONICS, Topic.OPTICS)[k % 2]}),
        )
        describe_pupil(pupil, told, at=at)
        if pupil.pupil:
            pupil.pupil.school_id = school_id
        pupils.append(pupil)
    return pupils
