"""Every day counts: none at all, days at other companies, days that drop out."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.services.answering import accept
from marketplace.encounters.applications.services.legality import dropped_words
from marketplace.encounters.applications.services.sending import (
    Wish,
    begin_application,
    confirm_place,
)
from marketplace.foundation.database import transaction
from marketplace.foundation.refusals import Refusal
from marketplace.postings.internships.enums import Shape
from marketplace.postings.internships.models import Break
from marketplace.region.labour.enums import Basis
from tests.factories.applications import make_application, make_draft, make_place
from tests.moments import NOON

HOLIDAYS = {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 2, 5)}
# Thursdays, of which those from 25 March to 1 April lie in the Easter holidays.
THURSDAYS = {"starts_on": date(2027, 3, 18), "ends_on": date(2027, 4, 8)}


def hours(start, end, pause):
    stop = time(pause.hour, 30)
    breaks = [Break(starts_at=pause, ends_at=stop)]
    return {"day_starts_at": start, "day_ends_at": end, "breaks": breaks}


def begin(pupil, place):
    wish = Wish(period=place.periods[0], basis=Basis.VOLUNTARY, class_level=10)
    with transaction():
        return begin_application(wish, actor=pupil, at=NOON)


def refusal_of(act, *args, **kwargs):
    with pytest.raises(Refusal) as refused, transaction():
        act(*args, **kwargs)
    return refused.value.sentence


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2027, 2, 6), date(2027, 2, 7)), (date(2027, 3, 26), date(2027, 3, 26))],
    ids=["weekend", "good friday"],
)
@pytest.mark.parametrize("shape", [Shape.BLOCK, Shape.ON_REQUEST])
def test_a_period_without_one_day_of_work_is_refused(mia, first, last, shape):
    place = make_place(week={"starts_on": first, "ends_on": last}, shape=shape)

    assert refusal_of(begin, mia, place) == (
        "In diesem Zeitraum liegt kein Arbeitstag. "
        "Er besteht aus Wochenende oder Feiertagen (§§ 15, 18 JArbSchG)."
    )


@pytest.fixture
def early(company):
    """Thursday and Friday, from six in the morning on."""
    week = {"starts_on": date(2027, 2, 4), "ends_on": date(2027, 2, 5)}
    times = hours(time(6), time(12, 30), time(9))
    return make_place(organisation=company, week=week, **times)


def late_place():
    """Monday to Wednesday, until half past seven in the evening."""
    week = {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 2, 3)}
    return make_place(week=week, **hours(time(13), time(19, 30), time(16)))


@pytest.mark.parametrize("state", ["offered", "confirmed", "running"])
def test_hours_at_another_company_count_on_accepting(mia, boss, early, state):
    make_application(ApplicationState(state), mia, late_place())
    application = make_application(ApplicationState.OPEN, mia, early)

    assert "§ 13 JArbSchG" in refusal_of(accept, application, actor=boss, at=NOON)


@pytest.mark.parametrize("state", ["open", "waitlisted", "withdrawn", "missed"])
def test_what_is_not_promised_does_not_count(mia, boss, early, state):
    make_application(ApplicationState(state), mia, late_place())
    application = make_application(ApplicationState.OPEN, mia, early)

    with transaction():
        accept(application, actor=boss, at=NOON)

    assert application.state is ApplicationState.OFFERED


def test_hours_at_another_company_count_on_confirming(mia, early):
    make_application(ApplicationState.CONFIRMED, mia, late_place())
    application = make_application(ApplicationState.OFFERED, mia, early)

    assert "§ 13 JArbSchG" in refusal_of(confirm_place, application, actor=mia, at=NOON)


def test_of_two_offers_for_the_same_days_one_is_confirmed(mia, boss, place):
    first = make_application(ApplicationState.OFFERED, mia)
    second = make_application(ApplicationState.OPEN, mia, place)
    with transaction():
        accept(second, actor=boss, at=NOON)
    with transaction():
        confirm_place(first, actor=mia, at=NOON)

    assert refusal_of(confirm_place, second, actor=mia, at=NOON) == (
        "Am Montag, 1. Februar 2027 hast du schon einen festen Platz. "
        "Sag ihn zuerst ab, oder lass diesen."
    )
    assert second.state is ApplicationState.OFFERED


def test_nobody_is_accepted_for_days_that_are_taken(mia, boss, place):
    make_application(ApplicationState.CONFIRMED, mia)
    application = make_application(ApplicationState.OPEN, mia, place)

    assert refusal_of(accept, application, actor=boss, at=NOON) == (
        "Am Montag, 1. Februar 2027 hat die Person keine Zeit mehr. "
        "Sagen Sie ab, mit dem Grund: Die Termine passen nicht."
    )


@pytest.mark.parametrize(
    ("shape", "changes", "dropped"),
    [
        (Shape.WEEKLY_DAY, {}, ["18. März", "8. April"]),
        (Shape.FORTNIGHTLY_DAY, {}, ["18. März"]),
        (
            Shape.SINGLE_DAYS,
            {"days": ["2027-03-18", "2027-03-25", "2027-03-26"]},
            ["18. März", "26. März"],
        ),
    ],
)
def test_bad_days_drop_out_of_a_series(mia, shape, changes, dropped):
    place = make_place(week=THURSDAYS | changes, shape=shape)

    draft = begin(mia, place)

    words = dropped_words(draft, at=NOON)
    assert len(words) == len(dropped)
    assert all(day in word for day, word in zip(dropped, words, strict=True))


def test_the_pages_tell_which_days_drop_out(browser, mia, boss, company):
    place = make_place(organisation=company, week=THURSDAYS, shape=Shape.WEEKLY_DAY)
    draft = make_draft(mia, place)
    open_one = make_application(ApplicationState.OPEN, None, place)
    firm = make_application(ApplicationState.CONFIRMED, mia, place)

    check = browser.sign_in(mia).get(f"/bewerbungen/{draft.public_id}/pruefen").text
    read = browser.sign_in(boss).get(f"/bewerbungen/{open_one.public_id}").text

    assert "Diese Tage fallen weg" in check
    assert "sind keine Ferien" in check
    # Whoever has the place chooses no other day.
    own = browser.sign_in(mia).get(f"/bewerbungen/{firm.public_id}").text
    assert "Diese Tage fallen weg" not in own
    assert "Donnerstag, 18. März 2027; Donnerstag, 8. April 2027" in read


def test_a_series_without_one_good_day_is_refused_whole(mia):
    week = {"starts_on": date(2027, 3, 4), "ends_on": date(2027, 3, 18)}
    place = make_place(week=week, shape=Shape.WEEKLY_DAY)

    assert "sind keine Ferien" in refusal_of(begin, mia, place)


@pytest.mark.parametrize("is_multi_shift", [True, False])
def test_a_firm_of_several_shifts_may_end_later(mia, is_multi_shift):
    times = hours(time(15), time(21, 30), time(18))
    place = make_place(is_multi_shift=is_multi_shift, **times)

    if is_multi_shift:
        assert begin(mia, place).state is ApplicationState.DRAFT
    else:
        assert "§ 14 JArbSchG" in refusal_of(begin, mia, place)


@pytest.mark.parametrize(("declared", "is_lawful"), [(13, True), (14, False)])
def test_of_another_place_the_days_really_worked_count(mia, boss, declared, is_lawful):
    elsewhere = make_place(week=THURSDAYS, shape=Shape.WEEKLY_DAY)
    make_application(ApplicationState.CONFIRMED, mia, elsewhere)
    application = make_application(
        ApplicationState.OPEN, mia, holiday_days_used=declared
    )

    if is_lawful:
        with transaction():
            accept(application, actor=boss, at=NOON)
        assert application.state is ApplicationState.OFFERED
    else:
        sentence = refusal_of(accept, application, actor=boss, at=NOON)
        assert "§ 5 Abs. 4 JArbSchG" in sentence


def test_days_of_another_year_do_not_count(mia, boss):
    week = {"starts_on": date(2026, 12, 28), "ends_on": date(2027, 1, 1)}
    make_application(ApplicationState.CONFIRMED, mia, make_place(week=week))
    application = make_application(ApplicationState.OPEN, mia, holiday_days_used=15)

    with transaction():
        accept(application, actor=boss, at=NOON + timedelta(hours=1))

    assert application.state is ApplicationState.OFFERED


@pytest.mark.parametrize("accepted_on", [date(2027, 7, 30), date(2027, 8, 2)])
def test_class_that_was_named_goes_up_in_the_summer(mia, company, boss, accepted_on):
    """In September she is in the eleventh class, whenever the company answers."""
    week = {"starts_on": date(2027, 9, 13), "ends_on": date(2027, 9, 17)}
    application = make_application(
        ApplicationState.OPEN,
        mia,
        make_place(organisation=company, week=week),
        basis=Basis.VOLUNTARY,
        class_level=10,
        sent_at=NOON,
        school_confirmed_at=NOON,
    )

    at = datetime.combine(accepted_on, time(10), UTC)
    with transaction():
        accept(application, actor=boss, at=at)

    assert application.state is ApplicationState.OFFERED
