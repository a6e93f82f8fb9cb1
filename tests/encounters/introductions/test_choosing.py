"""Whom an organisation does not want as partner."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from marketplace.encounters.introductions.enums import Side
from marketplace.encounters.introductions.models import Introduction, Unwanted
from marketplace.encounters.introductions.queries import unwanted_pairs
from marketplace.encounters.introductions.services.answering import withdraw
from marketplace.encounters.introductions.services.choosing import (
    leave_out,
    take_in_again,
)
from marketplace.encounters.introductions.services.proposing import (
    Proposal,
    propose_introduction,
)
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.organisations.models import Organisation
from marketplace.postings.offers.models import Offer
from marketplace.upkeep.audit.models import AuditEntry
from tests.factories.encounters import make_introduction
from tests.factories.people import make_user
from tests.moments import NOON


@pytest.fixture
def lab(offer):
    return offer.organisation


@pytest.fixture
def firm(site):
    return site.organisation


def leave(organisation, other, actor):
    with transaction():
        leave_out(organisation, other, actor=actor, at=NOON)


def verbs():
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    return [(e.verb, e.actor_id) for e in entries if e.thing == "unwanted_partners"]


def test_either_side_and_the_office_keep_a_pair_apart(
    lab, firm, provider, company, office
):
    leave(lab, firm, provider)
    leave(firm, lab, office)

    assert unwanted_pairs() == [(lab.id, firm.id), (firm.id, lab.id)]
    assert verbs() == [("partner.left_out", who.id) for who in (provider, office)]


def test_said_twice_or_taken_back_twice_it_is_written_down_once(lab, firm, provider):
    for _turn in range(2):
        leave(lab, firm, provider)
    there = unwanted_pairs()
    for _turn in range(2):
        with transaction():
            take_in_again(lab, firm, actor=provider, at=NOON)

    assert (there, unwanted_pairs()) == ([(lab.id, firm.id)], [])
    assert [verb for verb, _who in verbs()] == ["partner.left_out", "partner.taken_in"]


def test_nobody_else_decides_for_a_side(lab, firm, provider, company):
    leave(lab, firm, provider)

    for actor in (company, make_user()):
        with pytest.raises(Refusal, match="wer zur Organisation gehört"):
            leave_out(lab, firm, actor=actor, at=NOON)
        with pytest.raises(Refusal, match="wer zur Organisation gehört"):
            take_in_again(lab, firm, actor=actor, at=NOON)
    with transaction():
        take_in_again(firm, lab, actor=company, at=NOON)

    assert unwanted_pairs() == [(lab.id, firm.id)]


def test_nobody_keeps_apart_from_itself(lab, provider):
    with pytest.raises(Refusal, match="Das sind Sie selbst"):
        leave_out(lab, lab, actor=provider, at=NOON)


def test_live_introduction_is_ended_first(propose, lab, firm, provider, company):
    made = propose()
    for organisation, other, actor in ((lab, firm, provider), (firm, lab, company)):
        with pytest.raises(Refusal, match="Beenden Sie sie erst"), transaction():
            leave_out(organisation, other, actor=actor, at=NOON)

    with transaction():
        withdraw(made, side=Side.PROVIDER, actor=provider, at=NOON)
    leave(lab, firm, provider)

    assert unwanted_pairs() == [(lab.id, firm.id)]


@pytest.mark.parametrize(
    ("side", "words"),
    [
        (Side.PROVIDER, "Sie möchten diesen Partner nicht."),
        (Side.COORDINATION, "Eine Seite möchte das nicht."),
    ],
)
def test_pair_kept_apart_is_not_brought_together(
    propose, lab, firm, provider, side, words
):
    leave(lab, firm, provider)

    with pytest.raises(Refusal, match=words):
        propose(side)

    assert db.session.scalars(select(Introduction)).all() == []


def test_other_side_reads_what_everybody_reads_who_asks_in_vain(
    propose, offer, lab, firm, provider
):
    make_introduction(offer, side=Side.COMPANY)
    with transaction():
        lab.capacity = 1
    with pytest.raises(Refusal) as full:
        propose(Side.COMPANY)
    with transaction():
        lab.capacity = 9
    leave(lab, firm, provider)
    with pytest.raises(Refusal) as blocked:
        propose(Side.COMPANY)

    assert blocked.value.sentence == full.value.sentence


def test_two_at_once_get_one_truth(app, offer, site, provider):
    """Some say no while others propose; either there is a no, or an introduction."""
    offer_id, firm_id = offer.id, site.organisation.id
    lab_id, actor_id = offer.organisation.id, provider.id
    db.session.rollback()

    def turn(number):
        with app.app_context():
            try:
                with transaction():
                    actor = db.session.get(User, actor_id)
                    firm = db.session.get(Organisation, firm_id)
                    if number % 2:
                        lab = db.session.get(Organisation, lab_id)
                        leave_out(lab, firm, actor=actor, at=NOON)
                    else:
                        propose_introduction(
                            Proposal(
                                offer=db.session.get(Offer, offer_id),
                                site=firm.sites[0],
                            ),
                            side=Side.PROVIDER,
                            actor=actor,
                            at=NOON,
                        )
            except Refusal:
                return 0
            return 1

    with ThreadPoolExecutor(4) as people:
        done = list(people.map(turn, range(8)))

    made = len(db.session.scalars(select(Introduction)).all())
    rows = len(db.session.scalars(select(Unwanted)).all())
    assert (made, rows, sum(done)) in {(1, 0, 1), (0, 1, 4)}
