"""Each check finds its fault; a good installation has none."""

import json
from datetime import timedelta
from zoneinfo import ZoneInfoNotFoundError

import pytest
from click.testing import CliRunner
from flask_migrate import stamp
from obstore.store import LocalStore
from sqlalchemy import delete, text, update

from marketplace.doors.commands.backup import SIGN
from marketplace.doors.commands.deploy import check_deploy
from marketplace.doors.commands.deploy_checks import CHECKS
from marketplace.foundation.clock import now
from marketplace.foundation.database import db, transaction
from marketplace.upkeep.audit.models import AuditEntry
from marketplace.upkeep.audit.services import seal_entries
from marketplace.upkeep.jobs.models import WorkerSign
from marketplace.upkeep.jobs.services import note_worker
from marketplace.upkeep.mail.enums import LetterState
from marketplace.upkeep.mail.models import Letter, OutboxEntry
from marketplace.upkeep.mail.services import queue
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.models import SettingRow
from tests.factories.people import make_user
from tests.moments import NOON
from tests.services.processes import free_port
from tests.services.smtp import mail_server

FILLED = {
    Setting.OFFICE_NAME: "Koordinationsstelle",
    Setting.OFFICE_EMAIL: "stelle@boerse.example",
    Setting.OFFICE_PHONE: "0341 000000",
    Setting.OPERATOR_NAME: "Verein",
    Setting.OPERATOR_ADDRESS: "Musterweg 1, 04109 Leipzig",
}


class Box:
    async def handle_DATA(self, _server, _session, _envelope):  # noqa: N802
        return "250 OK"


def sign_backup(app, at):
    (app.config["INSTANCE"] / SIGN).write_text(json.dumps({"at": at.isoformat()}))


@pytest.fixture
def site(app, tmp_path):
    """An installation as docs/operating.md asks for it."""
    with mail_server(Box()) as url:
        app.config.update(
            NOW=None,
            BASE_URL="https://boerse.example",
            PROXIES=1,
            SMTP_URL=url,
            SECRET_KEY="0123456789abcdef0123456789abcdef",
        )
        for name in ("secret-key", "field-key"):
            (tmp_path / name).touch(mode=0o600)
        stamp()
        sign_backup(app, now())
        with transaction():
            note_worker(at=now())
            db.session.add_all(
                SettingRow(
                    name=s.value,
                    content={"value": words},
                    changed_at=now(),
                    changed_by="Amt",
                )
                for s, words in FILLED.items()
            )
        yield app


def check():
    result = CliRunner().invoke(check_deploy)
    failed = [line for line in result.output.splitlines() if line.startswith("FAILED")]
    return result.exit_code, failed


def test_good_installation_passes_every_check(site):
    assert check() == (0, [])
    assert len(CHECKS) >= 10


def open_key(app):
    (app.config["INSTANCE"] / "field-key").chmod(0o644)


def open_folder(app):
    app.config["INSTANCE"].chmod(0o755)


def no_worker(_app):
    with transaction():
        db.session.execute(delete(WorkerSign))


def dead_worker(_app):
    with transaction():
        note_worker(at=now() - timedelta(minutes=6))


def no_backup(app):
    (app.config["INSTANCE"] / SIGN).unlink()


def park_a_letter(_app):
    with transaction():
        queue(Letter("password_changed", "x", {}), ["a@example.org"], at=NOON)
        db.session.execute(update(OutboxEntry).values(state=LetterState.PARKED))


def empty_imprint(_app):
    with transaction():
        db.session.execute(
            delete(SettingRow).where(SettingRow.name == Setting.OPERATOR_NAME.value)
        )


def lose_tables(_app):
    with transaction():
        db.session.execute(text("DROP TABLE worker_signs"))


def note(number):
    at = NOON - timedelta(days=9)
    row = {"verb": "x.y", "thing": "xs", "thing_id": 1, "at": at}
    db.session.add(AuditEntry(id=number, **row))


def slip_in(_app):
    with transaction():
        note(9002)
        db.session.flush()
        seal_entries(at=now())
    with transaction():
        note(9001)


def set_config(**changes):
    return lambda app: app.config.update(changes)


def full_storage(app):
    class Full(LocalStore):
        def put(self, *_args):
            raise OSError(28, "No space left on device")

    app.extensions["storage"] = Full(app.config["INSTANCE"])


FAULTS = {
    "demo": (set_config(DEMO=True), "MARKET_DEMO"),
    "clock": (set_config(NOW=NOON), "MARKET_NOW"),
    "debug": (set_config(DEBUG=True), "FLASK_DEBUG"),
    "http": (set_config(BASE_URL="http://boerse.example"), "must begin with https"),
    "short key": (set_config(SECRET_KEY="0123456789abcdef"), "MARKET_SECRET_KEY"),
    "plain key": (set_config(SECRET_KEY="ab" * 32), "MARKET_SECRET_KEY"),
    "open key": (open_key, "chmod go="),
    "open folder": (open_folder, "chmod go="),
    "old tables": (lambda _app: stamp(revision="0001"), "market db upgrade"),
    "no mail": (set_config(SMTP_URL=""), "set MARKET_SMTP_URL"),
    "mail away": (
        lambda app: app.config.update(SMTP_URL=f"smtp://127.0.0.1:{free_port()}"),
        "ConnectionRefusedError",
    ),
    "wrong password": (
        lambda app: app.config.update(
            SMTP_URL=app.config["SMTP_URL"].replace("://", "://me:wrong@")
        ),
        "SMTPNotSupportedError",
    ),
    "no proxy": (set_config(PROXIES=0), "MARKET_PROXIES"),
    "full storage": (full_storage, "cannot be written"),
    "no worker": (no_worker, "market worker"),
    "dead worker": (dead_worker, "market worker"),
    "no backup": (no_backup, "market backup FILE"),
    "old backup": (
        lambda app: sign_backup(app, now() - timedelta(hours=25)),
        "market backup FILE",
    ),
    "parked letter": (park_a_letter, "outbox"),
    "demo accounts": (
        lambda _app: make_user(email="admin@demo.example"),
        "demo accounts",
    ),
    "empty imprint": (empty_imprint, "Name der Betreiberin"),
    "slipped in": (slip_in, "see `market audit`"),
    "lost table": (lose_tables, "does not answer: OperationalError"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_by_one_sentence(site, fault):
    make, words = FAULTS[fault]

    make(site)
    status, failed = check()

    assert (status, len(failed)) == (1, 1)
    assert words in failed[0]


def test_held_clock_and_debugging_of_the_environment_are_found(site, monkeypatch):
    monkeypatch.setenv("MARKET_NOW", "2026-01-01T00:00:00+01:00")
    monkeypatch.setenv("FLASK_DEBUG", "1")

    assert [line.split(":")[0] for line in check()[1]] == [
        "FAILED  clock runs",
        "FAILED  debug is off",
    ]


def test_missing_time_zones_are_found(site, monkeypatch):
    def missing(_name):
        raise ZoneInfoNotFoundError

    monkeypatch.setattr("marketplace.doors.commands.deploy_checks.ZoneInfo", missing)

    assert "tzdata" in check()[1][0]
