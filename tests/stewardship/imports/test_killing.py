"""A worker that is killed while it takes a file over, as a process of its own."""

import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import func, select

from marketplace.foundation.database import db, transaction
from marketplace.people.schools.models import School
from marketplace.stewardship.imports.enums import UploadState
from marketplace.stewardship.imports.models import UploadRow
from marketplace.stewardship.imports.services.uploads import (
    receive_upload,
    start_upload,
)
from marketplace.upkeep.jobs.jobs import run_due
from tests.factories.people import make_coordinator
from tests.moments import NOON
from tests.stewardship.imports.sheets import long_list

TOP = Path(__file__).parents[3]
ROWS, PART, PATIENCE = 2_000, 50, 120
# Works as the worker does, in smaller parts; what it leaves is free at once.
WORKER = f"""
import pathlib, sys
from marketplace.stewardship.imports.services import taking
from marketplace.upkeep.jobs.jobs import run_due
from tests.conftest import build_app
taking.PART = {PART}
app = build_app(sys.argv[1], pathlib.Path(sys.argv[2]), LEASE_SECONDS=0)
with app.app_context():
    run_due()
"""


def wait_for_a_part(upload):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        db.session.rollback()
        if upload.done_count:
            return
        time.sleep(0.02)
    raise AssertionError("no part was taken over")


def test_killed_worker_loses_nothing_and_brings_nothing_twice(
    towns, database_url, tmp_path
):
    with transaction():
        content = long_list(ROWS)
        office = make_coordinator()
        upload = receive_upload(content, name="schulen.csv", actor=office, at=NOON)
        start_upload(upload, actor=office, at=NOON)

    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, database_url, str(tmp_path)], cwd=TOP
    )
    wait_for_a_part(upload)
    worker.kill()
    worker.wait()

    db.session.rollback()
    assert 0 < upload.done_count < ROWS
    there = select(func.count()).select_from(School)
    assert db.session.scalar(there) == upload.done_count == upload.run.created_count

    run_due()

    assert upload.state is UploadState.DONE
    assert upload.done_count == upload.run.created_count == ROWS
    assert db.session.scalar(there) == ROWS
    assert db.session.scalar(select(func.count()).select_from(UploadRow)) == 0
