import json

from click.testing import CliRunner
from sqlalchemy import insert

from marketplace.doors.commands.audit import audit
from marketplace.foundation.database import db, transaction
from marketplace.upkeep.audit.models import AuditEntry, AuditSeal
from marketplace.upkeep.audit.services import seal_entries
from tests.moments import NOON


def write(number, at):
    row = {"id": number, "verb": "x.y", "thing": "xs", "thing_id": 1, "at": at}
    with transaction():
        db.session.execute(insert(AuditEntry), row)


def test_a_whole_record_is_told_with_its_last_seal(app):
    write(1, NOON.replace(hour=1))
    with transaction():
        seal_entries(at=NOON)
    mark = db.session.scalars(db.select(AuditSeal.mark)).one()

    result = CliRunner().invoke(audit)

    told = {"seals": 1, "pruned": 0, "mark": mark, "faults": 0}
    assert (result.exit_code, json.loads(result.stdout)) == (0, told)


def test_a_broken_one_is_told_with_its_place(app):
    write(8, NOON.replace(day=1))
    with transaction():
        seal_entries(at=NOON)
    write(7, NOON.replace(day=1))

    result = CliRunner().invoke(audit)

    assert result.exit_code == 1
    assert result.stderr == "7: the entry has no seal\n"
    assert json.loads(result.stdout)["faults"] == 1
