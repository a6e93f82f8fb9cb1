from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.orm.exc import StaleDataError

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.mails import APPROVAL
from marketplace.encounters.applications.models import Application, Approval
from marketplace.encounters.applications.services.answering import accept
from marketplace.encounters.applications.services.sending import (
    Wish,
    begin_application,
    confirm_place,
)
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.postings.internships.models import Period
from marketplace.region.labour.enums import Basis
from marketplace.upkeep.mail.models import OutboxEntry
from tests.factories.applications import (
    link_for,
    make_application,
    make_place,
    make_sent,
)
from tests.moments import NOON


def test_the_last_place_goes_to_one_of_two_accepted_at_once(app, boss, company):
    place = make_place(organisation=company, place_count=1)
    both = [make_application(ApplicationState.OPEN, None, place) for _n in range(2)]
    keys, boss_id = [it.id for it in both], boss.id
    db.session.rollback()  # holds no lock while the others write

    def say_yes(key):
        with app.app_context():
            try:
                with transaction():
                    accept(
                        db.session.get(Application, key),
                        actor=db.session.get(User, boss_id),
                        at=NOON,
                    )
            except Refusal as refusal:
                return refusal.sentence
            return "accepted"

    with ThreadPoolExecutor(2) as people:
        answers = sorted(people.map(say_yes, keys))

    db.session.expire_all()
    assert answers == ["In diesem Zeitraum ist kein Platz mehr frei.", "accepted"]
    assert place.periods[0].taken_count == 1
    assert sorted(it.state for it in both) == ["offered", "open"]


def test_29e_of_twenty_presses_at_once_one_approves(app, mia, place):
    application = make_sent(mia, place)
    page = f"/freigabe/{link_for(application)}"
    db.session.rollback()

    def press(_number):
        with app.app_context():
            return app.test_client().post(page, data={"antwort": "ja"}).status_code

    with ThreadPoolExecutor(4) as people:
        codes = set(people.map(press, range(20)))

    assert codes <= {302, 409, 503}
    assert len(db.session.scalars(db.select(Approval)).all()) == 1


def test_two_members_who_answer_at_once_give_one_answer(app, boss, place):
    application = make_application(ApplicationState.OPEN, None, place)
    key, boss_id = application.id, boss.id
    db.session.rollback()

    def say_yes(_number):
        with app.app_context():
            try:
                with transaction():
                    accept(
                        db.session.get(Application, key),
                        actor=db.session.get(User, boss_id),
                        at=NOON,
                    )
            except (Refusal, StaleDataError):
                return "late"
            return "accepted"

    with ThreadPoolExecutor(2) as people:
        answers = sorted(people.map(say_yes, range(2)))

    db.session.expire_all()
    assert answers == ["accepted", "late"]
    assert place.periods[0].taken_count == 1


def test_letters_of_a_lost_race_are_not_sent(app, boss, company):
    place = make_place(organisation=company, place_count=1)
    make_application(ApplicationState.CONFIRMED, None, place)
    application = make_application(ApplicationState.OPEN, None, place)

    try:
        with transaction():
            accept(application, actor=boss, at=NOON)
    except Refusal:
        db.session.rollback()

    query = db.select(OutboxEntry).where(OutboxEntry.link_purpose != APPROVAL)
    assert db.session.scalars(query).all() == []


def test_of_two_offers_confirmed_at_once_one_becomes_fixed(app, mia):
    keys = [make_application(ApplicationState.OFFERED, mia).id for _n in range(2)]
    mia_id = mia.id
    db.session.rollback()

    def say_yes(key):
        with app.app_context():
            try:
                with transaction():
                    actor = db.session.get(User, mia_id)
                    confirm_place(
                        db.session.get(Application, key), actor=actor, at=NOON
                    )
            except Refusal:
                return "refused"
            return "confirmed"

    with ThreadPoolExecutor(2) as people:
        answers = sorted(people.map(say_yes, keys))

    assert answers == ["confirmed", "refused"]


def test_a_draft_that_is_begun_twice_at_once_is_one(app, mia, place):
    period_id, mia_id = place.periods[0].id, mia.id
    db.session.rollback()

    def begin(_number):
        with app.app_context(), transaction():
            period = db.session.get(Period, period_id)
            wish = Wish(period=period, basis=Basis.VOLUNTARY, class_level=10)
            actor = db.session.get(User, mia_id)
            return begin_application(wish, actor=actor, at=NOON).id

    with ThreadPoolExecutor(4) as people:
        keys = set(people.map(begin, range(8)))

    assert len(keys) == 1
    assert list(db.session.scalars(db.select(Application.id))) == list(keys)
