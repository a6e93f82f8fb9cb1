from datetime import date, timedelta

import pytest

from marketplace.encounters.applications.enums import TOOK_PART, ApplicationState
from marketplace.encounters.feedback.enums import QUESTIONS, Asked, Matter
from marketplace.encounters.feedback.models import Answer, Request
from marketplace.encounters.feedback.queries import counts_of, words_of_pupils
from marketplace.encounters.feedback.services import (
    ask_all,
    forget_words,
    give_feedback,
)
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.region.labour.enums import Basis
from tests.factories.applications import make_application, make_mia, make_place
from tests.factories.people import make_company, make_school, make_staff, make_user
from tests.moments import NOON

GOOD = dict.fromkeys(Matter, 4)


@pytest.fixture
def school(app):
    return make_school()


@pytest.fixture
def boss(app):
    return make_user()


@pytest.fixture
def place(boss):
    return make_place(organisation=make_company(founder=boss), place_count=9)


def ended(place, state=ApplicationState.ATTENDED, school=None, **changes):
    pupil = make_mia()
    if school:
        with transaction():
            pupil.pupil.school_id = school.id
    return make_application(state, pupil, place, **changes)


def asked(at=NOON):
    with transaction():
        return ask_all(at=at)


def answered(application, side=Asked.PUPIL, marks=None, words="", at=NOON):
    marks = marks or dict.fromkeys(QUESTIONS[side], 4)
    with transaction():
        give_feedback(application, side, marks, words, at=at)


def letters(outbox):
    return sorted(one for one in outbox() if one[1].startswith("feedback"))


@pytest.mark.parametrize("state", ApplicationState)
def test_only_who_was_there_is_asked(place, outbox, boss, state):
    application = ended(place, state)

    asked()

    expected = [
        (application.pupil.email, "feedback_asked_pupil"),
        (boss.email, "feedback_asked_company"),
    ]
    assert letters(outbox) == (sorted(expected) if state in TOOK_PART else [])


def test_everybody_is_asked_once(place, outbox):
    ended(place)

    assert (asked(), asked(), asked(NOON + timedelta(days=1))) == (2, 0, 0)
    assert len(letters(outbox)) == 2


def test_company_and_school_are_asked_once_about_all_of_a_period(
    place, outbox, boss, school
):
    staff = make_staff(school)
    own = {"school": school, "basis": Basis.SCHOOL}
    pupils = [ended(place, **own).pupil for _ in range(3)]
    asked()
    late = ended(place, **own)
    asked()

    told = letters(outbox)

    assert told == sorted(
        [(one.email, "feedback_asked_pupil") for one in [*pupils, late.pupil]]
        + [(boss.email, "feedback_asked_company")]
        + [(staff.email, "feedback_asked_school")]
    )


def test_of_a_voluntary_one_the_school_is_not_asked(place, outbox, school):
    make_staff(school)
    ended(place, school=school, basis=Basis.VOLUNTARY)

    asked()

    assert "feedback_asked_school" not in {name for _to, name in letters(outbox)}


def test_what_ended_long_ago_is_not_asked_about(place):
    ended(place, changed_at=NOON - timedelta(days=31))

    assert asked() == 0


def test_an_answer_leads_to_nobody(place):
    application = ended(place)
    asked()

    answered(application, words="Mail an mia@example.org")

    [answer] = db.session.scalars(db.select(Answer)).all()
    assert {c.name: getattr(answer, c.name) for c in Answer.__table__.columns} == {
        "id": answer.id,
        "side": Asked.PUPIL,
        "state_code": place.state_code,
        "basis": Basis.VOLUNTARY,
        "month": date(2026, 11, 1),
        "first": 4,
        "second": 4,
        "third": 4,
        "fourth": 4,
        "fifth": 4,
        "words": "Mail an [entfernt]",
    }
    with pytest.raises(Refusal):
        answered(application)


def test_adults_have_no_words_and_only_their_questions(place):
    application = ended(place)
    asked()

    with pytest.raises(Refusal):
        answered(application, Asked.COMPANY, GOOD)
    answered(application, Asked.COMPANY, words="Mia war faul")

    [answer] = db.session.scalars(db.select(Answer)).all()
    assert (answer.words, answer.fifth) == ("", None)


@pytest.mark.parametrize(("days", "is_taken"), [(60, True), (61, False)])
def test_one_may_answer_for_sixty_days(place, days, is_taken):
    application = ended(place)
    asked()
    later = NOON + timedelta(days=days)
    if is_taken:
        answered(application, at=later)
    else:
        with pytest.raises(Refusal):
            answered(application, at=later)


def test_nobody_answers_unasked(place):
    with pytest.raises(Refusal):
        answered(ended(place))


def test_figures_begin_with_five_answers(place):
    applications = [ended(place) for _ in range(5)]
    asked()
    for application in applications[:4]:
        answered(application)
    assert counts_of(Asked.PUPIL) == {}

    answered(applications[4], marks=GOOD | {Matter.FIRST: 1})

    assert counts_of(Asked.PUPIL) == {
        Matter.FIRST: {4: 4, 1: 1},
        **{matter: {4: 5} for matter in list(Matter)[1:]},
    }
    assert counts_of(Asked.COMPANY) == {}


@pytest.mark.parametrize(
    ("day", "left"), [(date(2027, 10, 31), ["Gut"]), (date(2027, 11, 1), [])]
)
def test_words_are_kept_for_twelve_months(place, day, left):
    application = ended(place)
    asked()
    answered(application, words="Gut")

    with transaction():
        forget_words(at=NOON.replace(year=day.year, month=day.month, day=day.day))

    assert words_of_pupils() == left
    assert len(db.session.scalars(db.select(Answer)).all()) == 1


def test_that_somebody_was_asked_goes_with_the_application(place):
    application = ended(place)
    asked()
    answered(application)

    with transaction():
        db.session.delete(application)

    assert db.session.scalars(db.select(Request)).all() == []
    assert len(db.session.scalars(db.select(Answer)).all()) == 1
