from datetime import UTC, datetime, timedelta

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.overview.alerts.enums import Rhythm
from marketplace.overview.alerts.models import SavedSearch
from marketplace.overview.alerts.queries import search_counts
from marketplace.overview.alerts.rules import title_of
from marketplace.overview.alerts.services.missing import count_hits
from marketplace.overview.alerts.services.saving import (
    Wanted,
    agree_to_letters,
    end_letters,
    forget_searches,
    save_search,
    take_back_consent,
)
from marketplace.overview.alerts.services.telling import tell_news
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.queries import Narrowing
from marketplace.region.labour.enums import Basis
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Topic
from marketplace.upkeep.mail.models import OutboxEntry
from tests.factories.internships import make_internship
from tests.factories.people import (
    make_company,
    make_guardian,
    make_pupil,
    make_user,
)
from tests.moments import NOON

JENA = {"centre": (50.92878, 11.5899), "radius_km": 25}
# NOON is a Monday.
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def saved(user, rhythm=Rhythm.DAILY, *, at=NOON, place="", **by):
    with transaction():
        wanted = Wanted(by=Narrowing(**by), place=place, query=f"q={by}")
        return save_search(wanted, rhythm, actor=user, at=at)


def published(title="Licht messen", *, at=NOON + HOUR, town="Jena", **changes):
    return make_internship(
        **{
            "title": title,
            "published_at": at,
            "organisation": make_company(town=town),
        }
        | changes
    )


def told(at):
    with transaction():
        return tell_news(at=at)


def letters():
    query = db.select(OutboxEntry).where(OutboxEntry.letter == "alert_news")
    rows = db.session.scalars(query.order_by(OutboxEntry.id))
    return [
        (
            row.recipient,
            [one["title"] for s in row.context["sections"] for one in s["found"]],
        )
        for row in rows
    ]


def test_what_is_new_and_fits_is_told_once(app):
    mia = make_pupil()
    saved(mia, place="Jena", **JENA)
    published("Alt", at=NOON - HOUR)
    published("Nah")
    published("Fern", town="Dresden")
    published("Entwurf", state=PostingState.DRAFT)

    assert told(NOON + 2 * HOUR) == 1
    assert told(NOON + 2 * HOUR) == 0
    assert told(NOON + DAY) == 0

    assert letters() == [(mia.email, ["Nah"])]


def test_nothing_new_means_no_letter(app):
    saved(make_pupil())

    assert told(NOON + DAY) == 0


def test_several_searches_make_one_letter_and_name_each_once(app):
    mia = make_pupil()
    saved(mia, **JENA)
    saved(mia, words="Licht")
    published("Licht in Jena")

    told(NOON + DAY)

    assert letters() == [(mia.email, ["Licht in Jena"])]


@pytest.mark.parametrize("rhythm", [Rhythm.INSTANT, Rhythm.DAILY])
def test_there_is_one_letter_a_day_at_most(app, rhythm):
    mia = make_pupil()
    saved(mia, rhythm)
    published("Eins")
    assert told(NOON + 2 * HOUR) == 1
    published("Zwei", at=NOON + 3 * HOUR)

    assert told(NOON + 4 * HOUR) == 0
    assert told(NOON + DAY) == 1
    assert letters() == [(mia.email, ["Eins"]), (mia.email, ["Zwei"])]


def test_a_weekly_letter_waits_for_monday_or_a_week(app):
    mia = make_pupil()
    tuesday = NOON + DAY
    saved(mia, Rhythm.WEEKLY, at=tuesday)
    published(at=tuesday + HOUR)

    assert told(tuesday + 3 * DAY) == 0
    assert told(NOON + 7 * DAY) == 1


def test_after_a_pause_of_the_worker_there_is_still_one(app):
    mia = make_pupil()
    saved(mia, Rhythm.WEEKLY)
    for day in range(3):
        published(f"Tag {day}", at=NOON + day * DAY + HOUR)

    assert told(NOON + 10 * DAY) == 1
    assert letters() == [(mia.email, ["Tag 2", "Tag 1", "Tag 0"])]


def test_a_pupil_reads_only_what_she_is_old_enough_for(app):
    mia, teacher = make_pupil(), make_user()
    for user in (mia, teacher):
        saved(user)
    published("Ab 17", fits_from=17)
    published("Ab 15", fits_from=15)

    told(NOON + DAY)

    assert sorted(letters()) == sorted(
        [(mia.email, ["Ab 15"]), (teacher.email, ["Ab 15", "Ab 17"])]
    )


def test_under_16_somebody_at_home_agrees_first(app):
    child = make_pupil(born_on=NOON.date().replace(year=2012))
    mother = make_guardian(child)
    saved(child)
    assert [
        (e.recipient, e.letter) for e in db.session.scalars(db.select(OutboxEntry))
    ] == [(mother.email, "alert_consent")]
    published("Eins")
    assert told(NOON + DAY) == 0

    with transaction():
        agree_to_letters(child, actor=mother, at=NOON)
    assert told(NOON + DAY) == 1

    with transaction():
        take_back_consent(child, actor=mother, at=NOON)
    published("Zwei", at=NOON + DAY + HOUR)
    assert told(NOON + 2 * DAY) == 0
    with pytest.raises(Refusal), transaction():
        agree_to_letters(child, actor=make_guardian(), at=NOON)


@pytest.mark.parametrize("change", ["disabled_at", "unsubscribed", "never"])
def test_who_wants_none_gets_none(app, change):
    mia = make_pupil()
    saved(mia, Rhythm.NEVER if change == "never" else Rhythm.DAILY)
    with transaction():
        if change == "disabled_at":
            mia.disabled_at = NOON
        elif change == "unsubscribed":
            end_letters(mia.id)
    published()

    assert told(NOON + DAY) == 0


def test_the_same_search_is_kept_once_and_ten_are_enough(app):
    mia = make_pupil()
    saved(mia, Rhythm.DAILY)
    saved(mia, Rhythm.WEEKLY)
    rows = db.session.scalars(db.select(SavedSearch)).all()
    assert [row.rhythm for row in rows] == [Rhythm.WEEKLY]

    for grade in range(5, 14):
        saved(mia, grade=grade)
    with pytest.raises(Refusal, match="Mehr als 10"):
        saved(mia, words="Laser")


def test_an_unknown_town_is_refused(app):
    with pytest.raises(Refusal, match="Ort"):
        saved(make_pupil(), is_unknown_place=True)


def test_a_search_is_told_in_words(app):
    search = saved(
        make_pupil(),
        words="Laser",
        place="Jena",
        state=FederalState.THURINGIA,
        topics=frozenset({Topic.OPTICS}),
        grade=9,
        starts_from=datetime(2027, 2, 1, tzinfo=UTC).date(),
        kind=Basis.VOLUNTARY,
        is_step_free=True,
        **JENA,
    )

    assert title_of(search) == (
        "„Laser“, 25 km um Jena, Thüringen, Licht und Optik, Klasse 9, "
        f"ab 01.02.2027, {Basis.VOLUNTARY.label}, stufenlos, mit WC"
    )


def test_searches_without_a_hit_are_counted(app):
    for _ in range(3):
        saved(make_pupil(), place="Jena", **JENA)
    with transaction():
        count_hits(at=NOON)
    assert search_counts() == (3, 3)

    published()
    with transaction():
        count_hits(at=NOON)

    assert search_counts() == (3, 0)


@pytest.mark.parametrize(("minutes", "left"), [(1, 1), (-1, 0)])
def test_searches_are_kept_for_twelve_months_without_a_sign_in(app, minutes, left):
    mia = make_pupil()
    saved(mia)
    with transaction():
        mia.signed_in_at = NOON.replace(year=2025) + timedelta(minutes=minutes)

    with transaction():
        forget_searches(at=NOON)

    assert search_counts()[0] == left
