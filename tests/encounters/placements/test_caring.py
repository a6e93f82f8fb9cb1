from datetime import date, timedelta

import pytest

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.services.forgetting import delete_applications
from marketplace.encounters.placements.models import Visit
from marketplace.encounters.placements.queries import visit_to
from marketplace.encounters.placements.services.caring import (
    confirm_several,
    drop_visit,
    forget_past_visits,
    note_visit,
    remind,
)
from marketplace.encounters.placements.services.overview import (
    chosen_period,
    overview_of,
)
from marketplace.encounters.placements.services.sheets import list_as_csv
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.schools.enums import Rhythm
from marketplace.people.schools.models import ClassPeriod
from marketplace.region.labour.enums import Basis
from tests.factories.applications import SCHOOL_WEEK, make_application, make_place
from tests.factories.people import (
    make_class,
    make_classmate,
    make_pupil,
    make_school,
    make_staff,
)
from tests.moments import NOON

S = ApplicationState
MARCH = date(2027, 3, 8), date(2027, 3, 19)


def event(own, state=S.OPEN, pupil=None, **changes):
    """A school event of a pupil of the class, in its period."""
    return make_application(
        state,
        pupil or make_classmate(own),
        changes.pop("internship", None) or make_place(week=SCHOOL_WEEK),
        **{"basis": Basis.SCHOOL} | changes,
    )


def seen(own):
    overview = overview_of(own, own.periods[0])
    return [it.application for it in overview.standings]


@pytest.fixture
def own(app):
    return make_class(make_school(), days=MARCH)


def test_overview_counts_who_has_what(own):
    event(own, S.CONFIRMED, school_confirmed_at=NOON)
    event(own, S.RUNNING, school_confirmed_at=NOON)
    event(own, S.OFFERED)
    event(own, S.OPEN)
    event(own, S.DECLINED)
    make_classmate(own)

    overview = overview_of(own, own.periods[0])

    assert (overview.placed_count, overview.offered_count) == (2, 1)
    assert len(overview.without) == 3
    assert {it.application.state for it in overview.awaiting} == {S.OFFERED, S.OPEN}


def test_overview_tells_the_furthest_of_several(own):
    pupil = make_classmate(own)
    placed = event(own, S.CONFIRMED, pupil)
    event(own, S.OPEN, pupil)
    event(own, S.DECLINED, pupil)

    assert seen(own) == [placed]


@pytest.mark.parametrize(
    ("state", "changes"),
    [
        (S.WAITING, {}),
        (S.REFUSED, {}),
        (S.WITHDRAWN, {"handed_over_at": NOON}),
        (S.OPEN, {"basis": Basis.VOLUNTARY}),
        (
            S.OPEN,
            {
                "internship": lambda: make_place(
                    week={"starts_on": date(2027, 4, 26), "ends_on": date(2027, 4, 30)}
                )
            },
        ),
    ],
)
def test_overview_shows_nothing_that_the_school_may_not_see(own, state, changes):
    if "internship" in changes:
        changes = {"internship": changes["internship"]()}

    event(own, state, **changes)

    assert seen(own) == [None]


def test_overview_knows_nobody_outside_the_class(own):
    other = make_class(own.school, "9c", code="cccc-cccc", days=MARCH)
    event(other)
    stranger = make_pupil(school_id=own.school_id)
    event(own, S.OPEN, stranger)

    assert seen(own) == []


def test_chosen_period_is_the_next_one_or_the_one_asked_for(own):
    with transaction():
        late = date(2027, 6, 7), date(2027, 6, 11)
        own.periods.append(
            ClassPeriod(starts_on=late[0], ends_on=late[1], rhythm=Rhythm.BLOCK)
        )
    first, second = own.periods

    assert chosen_period(own, "", NOON.date()) is first
    assert chosen_period(own, str(second.id), NOON.date()) is second
    assert chosen_period(own, "x", date(2027, 4, 1)) is second
    assert chosen_period(own, "", date(2027, 7, 1)) is second


def test_confirm_several_confirms_those_that_were_chosen(own):
    staff = make_staff(own.school)
    one, two, third = event(own), event(own, S.OFFERED), event(own)

    with transaction():
        overview = overview_of(own, own.periods[0])
        count = confirm_several(
            overview, {one.public_id, two.public_id}, actor=staff, at=NOON
        )

    assert count == 2
    signed = [it.school_signed_by for it in (one, two, third)]
    assert signed == [staff.name, staff.name, ""]


def test_confirm_several_refuses_all_where_one_is_not_to_be_confirmed(own):
    staff = make_staff(own.school)
    one, gone = event(own), event(own, S.DECLINED)
    overview = overview_of(own, own.periods[0])

    with pytest.raises(Refusal, match="hat sich etwas geändert"):
        confirm_several(overview, {one.public_id, gone.public_id}, actor=staff, at=NOON)
    with pytest.raises(Refusal, match="Haken Sie an"):
        confirm_several(overview, set(), actor=staff, at=NOON)
    assert one.school_confirmed_at is None


def test_remind_writes_once_a_week_to_those_without(own, outbox):
    staff = make_staff(own.school)
    event(own, S.CONFIRMED)
    event(own, S.OFFERED)
    waiting, alone = event(own, S.OPEN).pupil, make_classmate(own)

    with transaction():
        count = remind(own, overview_of(own, own.periods[0]), actor=staff, at=NOON)

    letter = "place_reminder"
    assert count == 2
    assert sorted(outbox()) == sorted([(waiting.email, letter), (alone.email, letter)])
    soon = NOON + timedelta(days=7) - timedelta(seconds=1)
    with pytest.raises(Refusal, match="Diese Woche ging schon eine Erinnerung hinaus"):
        remind(own, overview_of(own, own.periods[0]), actor=staff, at=soon)
    with transaction():
        later = NOON + timedelta(days=7)
        remind(own, overview_of(own, own.periods[0]), actor=staff, at=later)
    assert own.reminded_at == later


def test_remind_refuses_without_a_period_ahead_or_where_all_have_a_place(own):
    staff = make_staff(own.school)
    event(own, S.CONFIRMED)

    with pytest.raises(Refusal, match="Alle haben einen Platz"):
        remind(own, overview_of(own, own.periods[0]), actor=staff, at=NOON)
    with pytest.raises(Refusal, match="nur vor einem Zeitraum"):
        remind(own, overview_of(own, None), actor=staff, at=NOON)


def test_a_visit_is_noted_moved_and_dropped(own, outbox):
    staff = make_staff(own.school)
    application = event(own, S.CONFIRMED)
    company = application.internship.organisation.memberships[0].user

    with transaction():
        note_visit(application, date(2027, 3, 9), actor=staff, at=NOON)
        note_visit(application, date(2027, 3, 9), actor=staff, at=NOON)
    with transaction():
        note_visit(application, date(2027, 3, 10), actor=staff, at=NOON)
    assert visit_to(application).visit_on == date(2027, 3, 10)

    with transaction():
        drop_visit(application, actor=staff, at=NOON)
    assert db.session.query(Visit).count() == 0
    told = [
        (application.pupil.email, "visit_noted"),
        (company.email, "visit_noted_company"),
    ]
    assert outbox() == told * 3


@pytest.mark.parametrize(
    ("state", "day", "words"),
    [
        (S.OFFERED, date(2027, 3, 9), "sobald der Platz fest ist"),
        (S.CONFIRMED, date(2027, 3, 13), "läuft das Praktikum nicht"),
        (S.CONFIRMED, date(2027, 3, 7), "läuft das Praktikum nicht"),
    ],
)
def test_a_visit_needs_a_place_and_one_of_its_days(own, state, day, words):
    with pytest.raises(Refusal, match=words):
        note_visit(event(own, state), day, actor=make_staff(own.school), at=NOON)


def test_a_visit_cannot_be_yesterday_and_is_forgotten_after_the_school_year(own):
    application, staff = event(own, S.RUNNING), make_staff(own.school)
    late = NOON.replace(year=2027, month=3, day=10)
    with pytest.raises(Refusal, match="schon vorbei"):
        note_visit(application, date(2027, 3, 9), actor=staff, at=late)

    with transaction():
        note_visit(application, date(2027, 3, 9), actor=staff, at=NOON)
    assert forget_past_visits(at=NOON.replace(year=2027, month=7, day=31)) == 0
    assert forget_past_visits(at=NOON.replace(year=2027, month=8, day=1)) == 1


def test_the_list_holds_what_the_school_may_read(own):
    pupil = make_classmate(own)
    application = event(own, S.CONFIRMED, pupil, school_confirmed_at=NOON)
    alone = make_classmate(own)
    with transaction():
        staff = make_staff(own.school)
        note_visit(application, date(2027, 3, 9), actor=staff, at=NOON)

    told = list_as_csv(overview_of(own, own.periods[0])).decode("utf-8-sig")

    company = application.internship.organisation.name
    person = application.internship.supervisors[0]
    helper = f"{person.first_name} ({person.function})"
    headings = (
        "Nachname,Vorname,Stand,Betrieb,Ort,Erster Tag,Letzter Tag,"
        "Betreuung im Betrieb,Schule bestätigt am,Besuch am"
    )
    first = (
        f"{pupil.surname},{pupil.first_name},bestätigt,{company},"
        f"{application.internship.place_name},08.03.2027,12.03.2027,"
        f"{helper},23.11.2026,09.03.2027"
    )
    second = f"{alone.surname},{alone.first_name},noch kein Platz,,,,,,,"
    assert told.splitlines() == [headings, first, second]


def test_a_visit_goes_with_the_application_it_was_for(own):
    application, staff = event(own, S.CONFIRMED), make_staff(own.school)
    with transaction():
        note_visit(application, date(2027, 3, 9), actor=staff, at=NOON)
    with transaction():
        application.state = S.CANCELLED_BY_PUPIL

    with transaction():
        delete_applications([application.id])

    assert db.session.query(Visit).count() == 0
