from datetime import date, timedelta

from marketplace.foundation.database import db, transaction
from marketplace.postings.events.models import Event
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.services import index_posting, put_at_site
from marketplace.postings.offers.models import NeedLine, Offer
from marketplace.postings.rolemodels.enums import ConsentWay
from marketplace.postings.rolemodels.models import Answer, RoleModel
from marketplace.postings.sponsorships.models import GiveLine, Sponsorship
from marketplace.region.lines.enums import Item, LineKind
from marketplace.region.topics.enums import Audience, Topic
from tests.factories.people import make_company, make_organisation
from tests.moments import NOON

UNSEEN = (PostingState.DRAFT, PostingState.SUBMITTED, PostingState.LISTED)
OVER = (PostingState.ENDED, PostingState.ARCHIVED)
SPRING = {"months_from": date(2027, 2, 1), "months_to": date(2027, 4, 1)}


def since(state, at):
    """What every posting of a state has beside it."""
    return {
        "source": "Katalog" if state is PostingState.LISTED else "",
        "frozen_from": PostingState.PUBLISHED if state is PostingState.FROZEN else None,
        "ended_at": at if state in OVER else None,
    }


# Before any day the tests look at.
LONG_AGO = NOON - timedelta(days=400)


def a_need(line_no=1, kind=LineKind.MATERIAL, quantity=12, **changes):
    item = Item.SOLDERING_STATION if kind is LineKind.MATERIAL else ""
    values = {"item": item, "open_quantity": quantity, "stated_at": LONG_AGO} | SPRING
    return NeedLine(line_no=line_no, kind=kind, quantity=quantity, **values | changes)


def a_give(line_no=1, kind=LineKind.MATERIAL, quantity=8, **changes):
    item = Item.SOLDERING_STATION if kind is LineKind.MATERIAL else ""
    values = {"item": item, "open_quantity": quantity} | SPRING
    return GiveLine(line_no=line_no, kind=kind, quantity=quantity, **values | changes)


def make_offer(state=PostingState.PUBLISHED, organisation=None, **changes):
    """A complete offer at the first site of a provider, with one need."""
    values = {
        "title": "Löten am Samstag",
        "description": "Alle löten ein Lauflicht und nehmen es mit.",
        "topics": frozenset({Topic.ELECTRONICS}),
        "audiences": frozenset({Audience.CLASS_7_8, Audience.CLASS_9_10}),
        "lines": [a_need()],
    }
    return _make(Offer, state, organisation or make_organisation(), values | changes)


def make_rolemodel(state=PostingState.PUBLISHED, organisation=None, **changes):
    """Somebody who tells of her work in two answers, and agreed to be shown."""
    values = {
        "title": "Thea, Feinoptikerin",
        "description": "Thea poliert Linsen.",
        "topics": frozenset({Topic.OPTICS}),
        "consented_on": date(2026, 11, 2),
        "consent_way": ConsentWay.PAPER,
        "answers": [
            Answer(line_no=1, question="Was machst du?", words="Ich poliere."),
            Answer(line_no=2, question="Und warum?", words="Weil es glänzt."),
        ],
    }
    return _make(RoleModel, state, organisation or make_company(), values | changes)


def make_sponsorship(state=PostingState.PUBLISHED, organisation=None, **changes):
    """What a company gives at its first site: soldering stations."""
    values = {
        "title": "Lötstationen für Labore",
        "description": "Acht Lötstationen, leihweise für ein Halbjahr.",
        "topics": frozenset({Topic.ELECTRONICS}),
        "audiences": frozenset({Audience.CLASS_9_10}),
        "lines": [a_give()],
    }
    company = organisation or make_company()
    return _make(Sponsorship, state, company, values | changes)


def make_event(state=PostingState.PUBLISHED, organisation=None, **changes):
    """An evening at a lab, ten days ahead."""
    starts_at = NOON + timedelta(days=10)
    values = {
        "title": "Offenes Labor",
        "description": "Alle Türen sind auf, alle Geräte laufen.",
        "topics": frozenset({Topic.ELECTRONICS}),
        "audiences": frozenset({Audience.CLASS_7_8}),
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=3),
    }
    return _make(Event, state, organisation or make_organisation(), values | changes)


def make_offers(count, **changes):
    organisation = make_organisation()
    return [
        make_offer(
            organisation=organisation,
            title=f"Angebot {k}",
            published_at=NOON - timedelta(hours=k),
            **changes,
        )
        for k in range(count)
    ]


def _make(model, state, organisation, values):
    with transaction():
        posting = model(
            **{
                "organisation": organisation,
                "state": state,
                "changed_at": NOON,
                "published_at": None if state in UNSEEN else NOON,
                "confirmed_on": None if state in UNSEEN else date(2026, 11, 12),
                **since(state, NOON),
            }
            | values
        )
        put_at_site(posting, organisation.sites[0])
        db.session.add(posting)
        db.session.flush()
        index_posting(posting)
    return posting
