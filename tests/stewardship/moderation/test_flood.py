"""A flood of reports fills the queue of the office, and no mailbox."""

from datetime import timedelta

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.stewardship.moderation.enums import ReportReason
from marketplace.stewardship.moderation.models import Report
from marketplace.stewardship.moderation.services import ReportEntry, report
from marketplace.upkeep.jobs.jobs import run_due
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.upkeep.settings.enums import Setting
from tests.factories.people import make_coordinator
from tests.factories.settings import set_to
from tests.moments import NOON

WRONG, DANGER = ReportReason.WRONG, ReportReason.DANGER
FORM = {"reason": "wrong", "address": "/x", "words": "Nein."}


@pytest.fixture
def office(app):
    return make_coordinator()


def send(count, reason=WRONG, *, at=NOON, email=""):
    for _ in range(count):
        with transaction():
            entry = ReportEntry(reason=reason, address="/x", words="…", email=email)
            report(entry, at=at)


def names(outbox):
    return [name for _who, name in outbox()]


def test_a_flood_brings_one_letter_and_a_summary(app, office, outbox):
    send(50, at=NOON)
    send(50, at=NOON + timedelta(minutes=9))
    assert names(outbox) == ["report_to_office"]

    app.config["NOW"] = NOON + timedelta(minutes=61)
    run_due()
    run_due()

    assert names(outbox) == ["report_to_office", "reports_summed_up"]
    newest = db.session.scalars(db.select(OutboxEntry).order_by(-OutboxEntry.id))
    assert newest.first().context == {"count": 100, "danger": 0}
    assert db.session.query(Report).count() == 100


def test_danger_is_heard_in_a_flood_of_others(office, outbox):
    send(5)
    send(3, DANGER)

    assert names(outbox) == ["report_to_office", "report_of_danger"]


def test_danger_waits_minutes_and_says_so(app, office, outbox):
    send(1, DANGER)
    send(2, DANGER, at=NOON + timedelta(minutes=1))
    app.config["NOW"] = NOON + timedelta(minutes=6)
    run_due()

    assert names(outbox) == ["report_of_danger", "reports_summed_up"]
    newest = db.session.scalars(db.select(OutboxEntry).order_by(-OutboxEntry.id))
    letter = newest.first()
    assert letter.context == {"count": 2, "danger": 2}
    assert letter.subject == "Dringend: Weitere Meldungen: 2"


def test_danger_has_a_letter_of_its_own_again_after_minutes(office, outbox):
    send(1, DANGER)
    send(1, DANGER, at=NOON + timedelta(minutes=5, seconds=1))

    assert names(outbox) == ["report_of_danger"] * 2


def test_who_had_a_letter_before_hears_though_others_are_told(app, office, outbox):
    send(1)
    make_coordinator()
    send(1, at=NOON + timedelta(minutes=9))
    app.config["NOW"] = NOON + timedelta(minutes=70)
    run_due()

    assert (office.email, "reports_summed_up") in outbox()


def test_an_hour_later_there_is_a_letter_again(office, outbox):
    send(1)
    send(1, at=NOON + timedelta(hours=1, seconds=1))

    assert names(outbox) == ["report_to_office"] * 2


def test_nothing_is_summed_up_where_all_is_decided(app, office, outbox):
    send(2)
    with transaction():
        db.session.execute(db.update(Report).values(state="closed"))
    app.config["NOW"] = NOON + timedelta(minutes=61)
    run_due()

    assert names(outbox) == ["report_to_office"]


def test_nobody_s_box_is_filled_with_receipts(office, outbox):
    send(9, email="opfer@example.org")

    assert names(outbox).count("report_received") == 3


def test_receipts_count_for_the_mailbox_however_it_is_written(office, outbox):
    for email in ("opfer@example.org", "OPFER@example.org", "Opfer+1@Example.org"):
        send(2, email=email)

    assert names(outbox).count("report_received") == 3


def test_one_network_address_reports_ten_times(browser):
    set_to(Setting.EMERGENCY_NUMBERS, "Notruf 999")
    statuses = [browser.post("/melden", data=FORM).status_code for _ in range(11)]

    page = browser.post("/melden", data=FORM)
    other = browser.post(
        "/melden", data=FORM, environ_base={"REMOTE_ADDR": "192.0.2.77"}
    )

    assert statuses == [302] * 10 + [429]
    assert "Wenn jemand in Gefahr ist: Notruf 999." in page.text
    assert int(page.headers["Retry-After"]) == 600
    assert other.status_code == 302
    assert db.session.query(Report).count() == 11


def test_who_is_in_danger_gets_through_where_others_have_reported(browser):
    danger = FORM | {"reason": "danger"}
    for _ in range(10):
        browser.post("/melden", data=FORM)

    statuses = [browser.post("/melden", data=danger).status_code for _ in range(61)]

    assert statuses == [302] * 60 + [429]


def test_mistakes_count_for_nobody(browser):
    wrong = [browser.post("/melden", data={}).status_code for _ in range(11)]

    assert wrong == [422] * 11
    assert browser.post("/melden", data=FORM).status_code == 302
