"""A failed page and a failed job each leave one letter, which names nobody."""

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.people.accounts.models import User
from marketplace.upkeep.alarms.jobs import tell_of_job
from marketplace.upkeep.jobs import jobs
from marketplace.upkeep.jobs.jobs import run_due
from marketplace.upkeep.jobs.services import ask_for
from marketplace.upkeep.mail.jobs import send_waiting
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.web.access import EVERYONE, open_to
from tests.moments import NOON


def fail(**_given):
    db.session.add(User(email="half"))
    raise ValueError("mia@example.org fiel durch")


@pytest.fixture
def letters(app):
    def letters():
        db.session.expire_all()
        return db.session.scalars(select(OutboxEntry)).all()

    app.config.update(ALARM_MAIL="wache@boerse.example")
    return letters


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_failed_page_is_told_once_by_its_number(app, browser, letters, method):
    app.config.update(PROPAGATE_EXCEPTIONS=False)
    view = open_to(EVERYONE)(fail)
    app.add_url_rule("/kaputt", "kaputt", view, methods=["GET", "POST"])

    response = browser.open("/kaputt?name=Mia", method=method)

    [letter] = letters()
    assert response.status_code == 500
    assert letter.recipient == "wache@boerse.example"
    assert letter.context["number"] == response.headers["X-Request-ID"]
    assert "kaputt" in letter.subject
    assert "mia" not in f"{letter.subject}{letter.context}".lower()


def test_failed_job_is_told_by_its_number(app, letters):
    jobs.init_app(app, works={"bad": fail}, daily={}, on_failure=tell_of_job)
    with transaction():
        ask_for("bad", {}, due_at=NOON)

    run_due()

    [letter] = letters()
    assert (letter.context["what"], letter.context["number"]) == ("bad", "job 1")


def test_alarm_is_a_readable_letter(app, letters):
    app.config["DEMO"] = True
    tell_of_job("files.sweep", 7)

    send_waiting()

    [letter] = letters()
    assert "files.sweep, 23.11.2026 13:00:00 Uhr" in letter.shown_text
    assert "job 7" in letter.shown_text


def test_mailbox_is_not_filled(app, letters):
    for number in range(30):
        tell_of_job("files.sweep", number)

    assert len(letters()) == 20
