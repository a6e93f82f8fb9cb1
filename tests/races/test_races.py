"""Many people at once, and workers that die: one truth, nothing lost.

Real processes around a real database, on SQLite and on PostgreSQL.
"""

import http.client
import random
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import func, select

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.models import Application
from marketplace.foundation.database import db, transaction
from marketplace.postings.events.models import Event
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.models import PostingChange
from marketplace.stewardship.duplicates.models import Merge
from marketplace.upkeep.mail.enums import LetterState
from marketplace.upkeep.mail.models import Letter, OutboxEntry
from marketplace.upkeep.mail.services import queue
from tests.factories.applications import make_application, make_place
from tests.factories.people import make_company, make_member, make_user
from tests.moments import NOON
from tests.services.processes import TOP, environment_of, free_port, many_processes
from tests.stewardship.duplicates.test_services import join, two_events

PEOPLE, LETTERS, KILLS = 50, 200, 10
WORKER = """
import os, sys
from marketplace.upkeep.mail.jobs import send_waiting
from tests.services.wsgi import app
app.config.update(SMTP_URL=sys.argv[1], LEASE_SECONDS=0)
with app.app_context():
    send_waiting()
"""


def signed_in_cookie(app, user):
    """The cookie of a browser in which somebody is signed in."""
    client = app.test_client()
    client.sign_in(user)
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"], domain="localhost")
    return f"{cookie.key}={cookie.value}"


def press(address, path, cookie):
    """Sends one POST and gives its status."""
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.hostname, where.port, timeout=60)
    headers = {"Host": "localhost", "Cookie": cookie, "Content-Length": "0"}
    try:
        connection.request("POST", path, headers=headers)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def test_last_place_goes_to_one_of_fifty(app):
    boss = make_user()
    place = make_place(organisation=make_company(boss), place_count=1)
    keys = [
        make_application(ApplicationState.OPEN, None, place).public_id
        for _one in range(PEOPLE)
    ]
    cookie = signed_in_cookie(app, boss)
    db.session.remove()

    with many_processes(app, 2) as address, ThreadPoolExecutor(PEOPLE) as crowd:
        answers = list(
            crowd.map(
                lambda key: press(address, f"/bewerbungen/{key}/annehmen", cookie),
                keys,
            )
        )

    assert Counter(status for status, _page in answers) == {302: 1, 409: PEOPLE - 1}
    assert all("kein Platz" in page for status, page in answers if status == 409)
    states = Counter(db.session.scalars(select(Application.state)))
    assert states == {ApplicationState.OFFERED: 1, ApplicationState.OPEN: PEOPLE - 1}


def test_merge_is_taken_back_by_one_of_four(app):
    one, other = two_events()
    boss = make_member(one.organisation)
    join(one, other, actor=boss)
    key = db.session.scalars(select(Merge.public_id)).one()
    cookie, path = signed_in_cookie(app, boss), f"/dubletten/zusammengefuehrt/{key}"
    db.session.remove()

    with many_processes(app, 2) as address, ThreadPoolExecutor(4) as crowd:
        answers = list(
            crowd.map(
                lambda _n: press(address, f"{path}/rueckgaengig", cookie), range(4)
            )
        )

    assert Counter(status for status, _page in answers) == {302: 1, 409: 3}
    states = db.session.scalars(select(Event.state)).all()
    assert states == [PostingState.PUBLISHED] * 2
    parted = select(func.count()).where(PostingChange.field == "parted")
    assert db.session.scalar(parted) == 2


class Box:
    def __init__(self):
        self.ids = Counter()

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        lines = envelope.content.decode().splitlines()
        self.ids[next(x for x in lines if x.startswith("Message-ID"))] += 1
        return "250 OK"


@pytest.fixture
def box():
    handler = Box()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield handler, f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


def test_letters_survive_a_worker_that_is_killed(app, box):
    handler, url = box
    letter = Letter("password_changed", "Betreff", {"name": "Mia"})
    with transaction():
        queue(letter, [f"mia{k}@example.org" for k in range(LETTERS)], at=NOON)
    db.session.remove()
    dice = random.Random(7)  # noqa: S311 - any ten moments will do
    command = [sys.executable, "-c", WORKER, url]

    for kill in range(KILLS + 1):
        worker = subprocess.Popen(command, cwd=TOP, env=environment_of(app))
        goal = dice.randrange(1, LETTERS // KILLS) + len(handler.ids)
        while kill < KILLS and worker.poll() is None and len(handler.ids) < goal:
            try:
                worker.wait(timeout=0.01)
            except subprocess.TimeoutExpired:
                continue
        if kill < KILLS:
            worker.kill()
        worker.wait(timeout=120)

    query = select(OutboxEntry.state, func.count()).group_by(OutboxEntry.state)
    assert dict(db.session.execute(query).all()) == {LetterState.SENT: LETTERS}
    assert len(handler.ids) == LETTERS
    assert sum(handler.ids.values()) <= LETTERS + KILLS
