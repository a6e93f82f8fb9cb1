from concurrent.futures import ThreadPoolExecutor

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.postings.internships.models import Period
from marketplace.postings.internships.services import reserve_place
from marketplace.postings.lives.enums import PostingState
from tests.factories.internships import make_internship, make_period
from tests.moments import NOON


def test_the_last_place_goes_to_one_of_two_at_once(app):
    internship = make_internship(periods=[make_period(place_count=1)])
    [period] = internship.periods
    key = period.id
    db.session.rollback()  # holds no lock while the others write

    def reserve(_number):
        with app.app_context():
            try:
                with transaction():
                    reserve_place(db.session.get(Period, key), at=NOON)
            except Refusal as refusal:
                return refusal.sentence
            return "reserved"

    with ThreadPoolExecutor(2) as people:
        answers = sorted(people.map(reserve, range(2)))

    assert answers == ["In diesem Zeitraum ist kein Platz mehr frei.", "reserved"]
    assert (period.taken_count, internship.state) == (1, PostingState.FILLED)
