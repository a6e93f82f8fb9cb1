from contextlib import suppress
from threading import Barrier, BrokenBarrierError

from marketplace.doors.desk import services
from marketplace.doors.desk.models import Care
from marketplace.doors.desk.queries import care_of
from marketplace.doors.desk.services import take_care
from marketplace.foundation.database import db
from marketplace.people.accounts.models import User
from marketplace.people.organisations.enums import OrganisationState
from marketplace.upkeep.audit.models import AuditEntry
from tests.factories.people import make_coordinator, make_organisation
from tests.moments import NOON
from tests.people.organisations.members.test_races import at_once, got


def test_of_two_who_take_one_matter_at_once_one_has_it(app, monkeypatch):
    thing = make_organisation(state=OrganisationState.REGISTERED).id
    people = [make_coordinator().id, make_coordinator().id]
    meeting = Barrier(2)

    def both_looked(queue, thing_id):
        care = care_of(queue, thing_id)
        with suppress(BrokenBarrierError):  # SQLite lets one look after the other
            meeting.wait(timeout=1)
        return care

    def take(who):
        take_care("organisations", thing, actor=got(User, who), at=NOON)

    monkeypatch.setattr(services, "care_of", both_looked)
    done = at_once(app, [lambda who=who: take(who) for who in people])

    assert sorted(done) == [False, True]
    assert db.session.query(Care).one().user_id == people[done.index(True)]
    assert db.session.query(AuditEntry).filter_by(verb="care.taken").count() == 1
