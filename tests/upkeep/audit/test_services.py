"""The record stays as it was written, and says where it does not."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from marketplace.foundation.database import db, transaction
from marketplace.upkeep.audit.enums import Fault
from marketplace.upkeep.audit.models import AuditChain, AuditEntry, AuditSeal
from marketplace.upkeep.audit.queries import entries_before
from marketplace.upkeep.audit.services import (
    check_chain,
    forget_entries,
    seal_entries,
)
from tests.moments import NOON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIRST, COUNT = 1000, 300
# Some way into the record, and a number that was left out.
MIDDLE, LEFT_OUT = FIRST + 140, FIRST + 150


def entry(number, at=NOON):
    told = {"verb": "offer.published", "thing": "offers", "thing_id": number}
    return told | {"id": number, "actor_id": None, "at": at}


def write(numbers, at=NOON):
    with transaction():
        db.session.execute(insert(AuditEntry), [entry(n, at) for n in numbers])


def seal(at=NOON + HOUR):
    with transaction():
        return seal_entries(at=at)


def faults(at=NOON + HOUR):
    try:
        return list(check_chain(at=at))
    finally:
        db.session.rollback()


@pytest.fixture
def sealed(app):
    """A record of some hundred entries, sealed in two rounds."""
    numbers = [n for n in range(FIRST, FIRST + COUNT) if n != LEFT_OUT]
    write(numbers[:100])
    assert (seal(), seal()) == (100, 0)
    write(numbers[100:])
    assert seal() == COUNT - 101
    assert faults() == []


def let(*statements):
    """Does what somebody does who gets past the triggers of the database."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    if is_sqlite:
        names = ("audit_entries_stay", "audit_entries_last")
        past = [f"DROP TRIGGER {name}" for name in names]
    else:
        past = ["ALTER TABLE audit_entries DISABLE TRIGGER USER"]
    with transaction():
        for statement in (*map(text, past), *statements):
            db.session.execute(statement)


def change(number):
    return update(AuditEntry).where(AuditEntry.id == number)


def drop(number):
    return delete(AuditEntry).where(AuditEntry.id == number)


def unseal(number):
    return delete(AuditSeal).where(AuditSeal.entry_id == number)


def number_of(entry_id):
    return select(AuditSeal.number).where(AuditSeal.entry_id == entry_id)


TAMPERED = {
    "verb": (lambda: [change(MIDDLE).values(verb="x")], [(Fault.CHANGED, MIDDLE)]),
    "actor": (lambda: [change(MIDDLE).values(actor_id=7)], [(Fault.CHANGED, MIDDLE)]),
    "instant": (
        lambda: [change(MIDDLE).values(at=NOON + timedelta(microseconds=1))],
        [(Fault.CHANGED, MIDDLE)],
    ),
    "dropped": (lambda: [drop(MIDDLE)], [(Fault.DROPPED, MIDDLE)]),
    # The seals are numbered from 1 on: of the entry 1140 it is the 141st.
    "dropped with its seal": (
        lambda: [drop(MIDDLE), unseal(MIDDLE)],
        [(Fault.CUT, 141)],
    ),
    "slipped in": (
        lambda: [insert(AuditEntry).values(**entry(LEFT_OUT, NOON - 2 * DAY))],
        [(Fault.SLIPPED_IN, LEFT_OUT)],
    ),
    "the end dropped": (
        lambda: [drop(FIRST + COUNT - 1), unseal(FIRST + COUNT - 1)],
        [(Fault.CUT, COUNT - 1)],
    ),
    "the checkpoint moved": (
        lambda: [
            update(AuditChain).values(
                pruned_number=number_of(MIDDLE).scalar_subquery(),
                pruned_mark=select(AuditSeal.mark)
                .where(AuditSeal.entry_id == MIDDLE)
                .scalar_subquery(),
            ),
            delete(AuditSeal).where(AuditSeal.number <= 141),
            delete(AuditEntry).where(AuditEntry.id <= MIDDLE),
        ],
        [(Fault.ENDS, COUNT - 1)],
    ),
    "the chain thrown away": (
        lambda: [delete(AuditChain)],
        [(Fault.ENDS, 1)],
    ),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_whoever_writes_past_the_program_is_found_out(sealed, how):
    statements, expected = TAMPERED[how]

    let(*statements())

    assert faults() == expected


@pytest.mark.parametrize("statement", [change(MIDDLE).values(verb="x"), drop(MIDDLE)])
def test_the_database_refuses_to_change_the_record(sealed, statement):
    with pytest.raises(DBAPIError, match="never changed"), transaction():
        db.session.execute(statement)


def test_what_is_being_written_waits(app):
    write([FIRST])

    assert (seal(NOON + timedelta(seconds=59)), seal(NOON + HOUR)) == (0, 1)


def test_what_was_seen_late_is_sealed_late(app):
    write([FIRST + 1])
    seal()
    write([FIRST])

    assert (seal(), faults()) == (1, [])


def test_an_entry_that_was_passed_by_is_told_after_a_day(app):
    write([FIRST + 1])
    seal()
    write([FIRST])

    found = [faults(NOON + DAY), faults(NOON + DAY + HOUR)]

    assert found == [[], [(Fault.SLIPPED_IN, FIRST)]]


def test_what_waits_for_its_first_seal_is_no_fault(app):
    write([FIRST])

    assert faults(NOON + 2 * DAY) == []


def test_pruning_leaves_a_checkpoint(sealed):
    later = NOON + 800 * DAY
    write([5000], later)
    seal(later + HOUR)

    with transaction():
        ids = db.session.scalars(entries_before(date(2028, 11, 24))).all()
        forget_entries(ids[:120])
    assert (faults(later), count(AuditEntry), count(AuditSeal)) == ([], 180, 180)
    with transaction():
        forget_entries(ids[120:])

    assert (faults(later), count(AuditEntry), count(AuditSeal)) == ([], 1, 1)


def test_none_goes_before_those_that_were_sealed_earlier(app):
    write([1], NOON + DAY)
    write([2], NOON)
    seal(NOON + 2 * DAY)

    found = [
        db.session.scalars(entries_before(date(2026, 11, day))).all()
        for day in (24, 25)
    ]

    assert found == [[], [1, 2]]


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))
