import hmac
import json
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from sqlalchemy import select

from marketplace.foundation import outgoing
from marketplace.foundation.database import db, transaction
from marketplace.foundation.outgoing import Target
from marketplace.foundation.refusals import Refusal
from marketplace.overview.webhooks import queries, services
from marketplace.overview.webhooks.enums import Happening, Subject
from marketplace.overview.webhooks.jobs import tell_of_owner
from marketplace.overview.webhooks.models import HELD, Delivery, Subscription
from marketplace.overview.webhooks.rules import PATIENCE, PAUSES
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.services.verifying import (
    freeze_organisation,
    thaw_organisation,
)
from marketplace.postings.lives.enums import Act, PostingState
from marketplace.postings.offers.services import move_offer
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.jobs.models import Job
from tests.factories.people import make_coordinator, make_organisation, make_user
from tests.factories.postings import make_offer
from tests.moments import NOON

LATER = NOON + timedelta(minutes=2)
ADDRESS = "https://portal.example.org/mint"


@pytest.fixture
def lab(app):
    return make_organisation()


def listen(organisation, address=ADDRESS, subjects=frozenset(Subject), actor=None):
    with transaction():
        return services.subscribe(
            organisation,
            address,
            subjects,
            actor=actor or organisation.memberships[0].user,
            at=NOON,
        )


def gather(at=LATER):
    with transaction():
        services.gather(at=at)
    rows = db.session.scalars(select(Delivery).order_by(Delivery.id)).all()
    return [json.loads(row.body) for row in rows]


def end(offer, at=NOON):
    with transaction():
        member = offer.organisation.memberships[0].user
        move_offer(offer, Act.END, actor=member, at=at)


def revised(offer, at=NOON):
    with transaction():
        record("offer.revised", offer, actor=None, at=at)


def test_a_subscriber_hears_of_what_changed_and_what_is_gone(lab):
    one, other = make_offer(), make_offer(title="Anderes")
    listen(lab)
    revised(one)
    end(other)

    told = gather()

    assert [(t["event"], t["kind"], t["id"]) for t in told] == [
        ("changed", "offers", one.public_id),
        ("withdrawn", "offers", other.public_id),
    ]
    assert set(told[0]) == {"event", "at", "kind", "id"}
    assert gather() == told


@pytest.mark.parametrize("portion", [1, 500])
def test_a_subscriber_hears_when_an_organisation_goes_and_comes(
    lab, monkeypatch, portion
):
    monkeypatch.setattr(queries, "AT_ONCE", portion)
    monkeypatch.setattr(services, "AT_ONCE", portion)
    first = make_offer()
    owner, office = first.organisation, make_coordinator()
    second = make_offer(organisation=owner)
    make_offer(PostingState.DRAFT, organisation=owner)
    make_offer(title="Von anderen")
    listen(lab)

    for act, event in (
        (freeze_organisation, "withdrawn"),
        (thaw_organisation, "changed"),
    ):
        before = len(gather())
        with transaction():
            act(owner, actor=office, at=NOON)
        while len(gather()) == before or asked_of_owners():
            run_owner_jobs()
        told = gather()[before:]
        assert [(t["event"], t["id"]) for t in told] == [
            (event, first.public_id),
            (event, second.public_id),
        ]


def asked_of_owners():
    query = select(Job).where(Job.kind == "webhooks.tell_of_owner")
    return db.session.scalars(query.order_by(Job.id)).all()


def run_owner_jobs():
    """Runs what was asked for, as the worker does."""
    for job in asked_of_owners():
        with transaction():
            tell_of_owner(job.payload)
            db.session.delete(job)


def test_nobody_hears_of_drafts_of_before_or_of_other_kinds(lab):
    before, draft = make_offer(), make_offer(PostingState.DRAFT)
    revised(before)
    listen(lab)
    listen(lab, subjects=frozenset({Subject.EVENTS}))
    revised(draft)

    assert gather() == []


def test_what_was_just_written_is_told_in_the_next_round(lab):
    offer = make_offer()
    listen(lab)
    revised(offer, at=LATER)

    assert gather() == []
    assert len(gather(LATER + timedelta(minutes=2))) == 1


@pytest.mark.parametrize(
    "address", ["http://example.org/", "https://127.0.0.1/", "https://a@example.org/"]
)
def test_an_address_inside_is_refused(lab, address):
    with pytest.raises(Refusal):
        listen(lab, address)


def test_only_who_manages_subscribes_and_not_without_end(lab):
    with pytest.raises(Refusal):
        listen(lab, actor=make_user())
    for _ in range(services.MOST_SUBSCRIPTIONS):
        listen(lab)
    with pytest.raises(Refusal):
        listen(lab)


@contextmanager
def portal(monkeypatch, status=204):
    """A program that listens; only the look-up of its name is left out."""
    heard = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.append((self.path, dict(self.headers), body.decode()))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_words):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        port = site.server_address[1]
        target = Target("http", "localhost", port, "/mint", "127.0.0.1")
        monkeypatch.setattr(outgoing, "target_of", lambda _address: target)
        yield heard
        site.shutdown()


def deliver(delivery, at=LATER):
    with transaction():
        services.deliver(delivery.id, at=at)
    return db.session.get(Delivery, delivery.id)


@pytest.fixture
def waiting(lab):
    subscription = listen(lab)
    with transaction():
        owner = lab.memberships[0].user
        services.send_test(subscription, actor=owner, at=NOON)
    return db.session.scalars(select(Delivery)).one()


def test_a_message_arrives_signed_and_only_once(monkeypatch, waiting):
    with portal(monkeypatch) as heard:
        done = deliver(waiting)
        deliver(waiting)

    [(path, headers, body)] = heard
    seconds = int(LATER.timestamp())
    secret = done.subscription.secret
    proof = hmac.new(secret.encode(), f"{seconds}.{body}".encode(), sha256)
    assert path == "/mint"
    assert headers["X-Mint-Signature"] == f"t={seconds},v1={proof.hexdigest()}"
    assert json.loads(body)["event"] == "test"
    assert (done.status, done.arrived_at, done.try_count) == (204, LATER, 1)
    assert done.happening is Happening.TEST


def test_what_does_not_arrive_is_tried_again_ever_later(monkeypatch, waiting):
    with portal(monkeypatch, status=500):
        for _ in range(len(PAUSES) + 1):
            done = deliver(waiting)

    dues = db.session.scalars(
        select(Job.due_at).where(Job.kind == "webhooks.deliver").order_by(Job.id)
    ).all()
    assert dues == [NOON, *(LATER + pause for pause in PAUSES)]
    assert (done.status, done.try_count) == (500, len(PAUSES) + 1)
    assert done.given_up_at == LATER
    assert done.subscription.failing_since == LATER


def test_a_silent_address_is_left_in_peace_and_its_owners_told(
    monkeypatch, waiting, outbox
):
    with portal(monkeypatch, status=500):
        deliver(waiting)
        done = deliver(waiting, at=LATER + PATIENCE)

    subscription = done.subscription
    owner = subscription.organisation.memberships[0].user
    assert subscription.paused_at == LATER + PATIENCE
    assert done.given_up_at == LATER + PATIENCE
    assert (owner.email, "subscription_paused") in outbox()

    with transaction():
        services.resume(subscription, actor=owner, at=LATER)
    assert (subscription.paused_at, subscription.failing_since) == (None, None)


def test_an_answer_ends_the_silence(monkeypatch, waiting):
    with portal(monkeypatch, status=500):
        deliver(waiting)
    with portal(monkeypatch):
        done = deliver(waiting)

    assert done.subscription.failing_since is None


def test_a_frozen_organisation_hears_nothing(monkeypatch, waiting):
    with transaction():
        waiting.subscription.organisation.state = OrganisationState.FROZEN

    with portal(monkeypatch) as heard:
        done = deliver(waiting)

    assert heard == []
    assert done.given_up_at == LATER
    assert not services.gather(at=LATER)


def test_messages_go_after_thirty_days_and_with_their_address(waiting):
    subscription = waiting.subscription
    with transaction():
        services.forget_deliveries(at=NOON + timedelta(days=29))
    assert db.session.scalars(select(Delivery.id)).all() == [waiting.id]
    with transaction():
        services.forget_deliveries(at=NOON + timedelta(days=31))
    assert db.session.scalars(select(Delivery.id)).all() == []

    with transaction():
        owner = subscription.organisation.memberships[0].user
        services.send_test(subscription, actor=owner, at=NOON)
        services.unsubscribe(subscription, actor=owner, at=NOON)
    assert db.session.scalars(select(Subscription.id)).all() == []
    assert db.session.scalars(select(Delivery.id)).all() == []


def test_a_silent_address_is_asked_by_one_message_at_a_time(monkeypatch, lab):
    subscription = listen(lab)
    for _ in range(3):
        revised(make_offer())
    gather()
    first, second, third = db.session.scalars(select(Delivery).order_by(Delivery.id))

    with portal(monkeypatch, status=500) as heard:
        for one in (first, second, third):
            deliver(one)
        asked = len(heard)
    held = [db.session.get(Delivery, one.id).fault for one in (second, third)]
    with portal(monkeypatch):
        deliver(first)
    due = db.session.scalars(
        select(Job.payload).where(Job.kind == "webhooks.deliver", Job.due_at == LATER)
    ).all()

    assert (asked, held) == (1, [HELD, HELD])
    numbers = [payload["delivery_id"] for payload in due]
    assert numbers[-2:] == [second.id, third.id]
    assert db.session.get(Subscription, subscription.id).failing_since is None


def test_what_is_held_back_is_given_up_with_the_address(monkeypatch, lab):
    listen(lab)
    for _ in range(2):
        revised(make_offer())
    gather()
    first, second = db.session.scalars(select(Delivery).order_by(Delivery.id))

    with portal(monkeypatch, status=500):
        deliver(first)
        deliver(second)
        deliver(first, at=LATER + PATIENCE)

    assert db.session.get(Delivery, second.id).given_up_at == LATER + PATIENCE
