from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.upkeep.audit.models import AuditEntry, AuditSeal
from marketplace.upkeep.audit.services import check_chain, seal_entries
from tests.moments import NOON

LATER = NOON + timedelta(hours=1)


def test_two_that_seal_and_two_that_write_leave_one_chain(app):
    with transaction():
        seal_entries(at=LATER)  # the chain is there

    def write(first):
        for number in range(first, first + 20):
            with app.app_context(), transaction():
                row = {"verb": "x.y", "thing": "xs", "thing_id": 1, "at": NOON}
                db.session.add(AuditEntry(id=number, **row))

    def seal(_number):
        for _round in range(10):
            with app.app_context(), transaction():
                seal_entries(at=LATER)

    with ThreadPoolExecutor(4) as people:
        done = [
            *people.map(write, (100, 200)),
            *people.map(seal, range(2)),
        ]
    with transaction():
        seal_entries(at=LATER)

    assert len(done) == 4
    seals = db.session.execute(
        select(AuditSeal.number, AuditSeal.entry_id).order_by(AuditSeal.number)
    ).all()
    assert [number for number, _ in seals] == list(range(1, 41))
    assert len({entry_id for _, entry_id in seals}) == 40
    assert list(check_chain(at=LATER)) == []
