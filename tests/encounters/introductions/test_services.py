from datetime import timedelta

import pytest
from flask import render_template

from marketplace.encounters.introductions.enums import (
    MOVES,
    Act,
    DeclineCode,
    IntroductionState,
    Side,
)
from marketplace.encounters.introductions.mails import introduction_reminder
from marketplace.encounters.introductions.queries import (
    introductions_to_remind,
    others_in_bundle,
)
from marketplace.encounters.introductions.rules import can_act
from marketplace.encounters.introductions.services import answering, deadlines
from marketplace.encounters.introductions.services.proposing import (
    Proposal,
    propose_introduction,
)
from marketplace.foundation.clock import day_of, days_after
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Notice
from marketplace.people.organisations.enums import OrganisationState
from marketplace.postings.offers.models import Offer
from marketplace.upkeep.settings.enums import Setting
from tests.factories.people import make_company, make_user
from tests.factories.postings import make_offer
from tests.factories.settings import set_to
from tests.moments import NOON

DAY = timedelta(days=1)


def test_who_proposes_has_agreed(propose, company, outbox):
    made = propose()

    assert (made.state, made.provider_ok_at) == (IntroductionState.HALF, NOON)
    assert day_of(made.due_at) == day_of(NOON + 14 * DAY)
    assert outbox() == [(company.email, "introduction_proposed")]


def test_office_proposes_and_both_are_asked(propose, provider, company, outbox):
    made = propose(Side.COORDINATION)

    assert made.state is IntroductionState.OPEN
    assert sorted(outbox()) == sorted(
        [
            (company.email, "introduction_proposed"),
            (provider.email, "introduction_proposed"),
        ]
    )


def test_second_yes_opens_the_contacts_once(propose, company, provider, outbox):
    made = propose()

    answering.agree(made, side=Side.COMPANY, actor=company, at=NOON)

    assert made.state is IntroductionState.AGREED
    assert sorted(outbox()[1:]) == sorted(
        [
            (provider.email, "introduction_agreed"),
            (company.email, "introduction_agreed"),
        ]
    )
    with pytest.raises(Refusal, match="geht nicht mehr"):
        answering.agree(made, side=Side.COMPANY, actor=company, at=NOON)


def test_same_side_twice_opens_nothing(propose, provider):
    made = propose()

    with pytest.raises(Refusal):
        answering.agree(made, side=Side.PROVIDER, actor=provider, at=NOON)

    assert made.state is IntroductionState.HALF


def test_strangers_agree_to_nothing(propose):
    made = propose()

    with pytest.raises(Refusal, match="beiden Seiten"):
        answering.agree(made, side=Side.COMPANY, actor=make_user(), at=NOON)


def test_yes_after_the_deadline_is_refused(propose, company):
    made = propose()

    with pytest.raises(Refusal, match="Frist"):
        answering.agree(made, side=Side.COMPANY, actor=company, at=NOON + 15 * DAY)


def test_live_pair_is_not_brought_together_again(propose):
    propose()

    with pytest.raises(Refusal, match="schon im Gespräch"):
        propose()


def test_agreed_pair_is_not_brought_together_again(propose, company):
    with transaction():
        answering.agree(propose(), side=Side.COMPANY, actor=company, at=NOON)

    with pytest.raises(Refusal, match="Sie kennen sich schon"), transaction():
        propose(at=NOON + 400 * DAY)


@pytest.mark.parametrize(
    ("code", "days"), [(DeclineCode.TOO_FAR, 180), (DeclineCode.NOT_NOW, 90)]
)
def test_declined_pair_cools_down(propose, company, code, days):
    with transaction():
        answering.decline(propose(), code, side=Side.COMPANY, actor=company, at=NOON)

    with pytest.raises(Refusal, match="vor Kurzem"):
        propose(at=NOON + (days - 1) * DAY)
    assert propose(at=NOON + (days + 1) * DAY).state is IntroductionState.HALF


def test_full_partner_is_not_asked(propose, site, offer):
    with transaction():
        site.organisation.capacity = 1
    propose()

    other = make_offer()
    proposal = Proposal(offer=other, site=site)

    with pytest.raises(Refusal, match="keine Anfrage an"):
        propose_introduction(
            proposal,
            side=Side.PROVIDER,
            actor=other.organisation.memberships[0].user,
            at=NOON,
        )


def test_silence_ends_it(propose, outbox):
    made = propose()

    with transaction():
        early = deadlines.expire_introductions(at=NOON + 14 * DAY)
    with transaction():
        late = deadlines.expire_introductions(at=NOON + 15 * DAY)
    with transaction():
        again = deadlines.expire_introductions(at=NOON + 15 * DAY)

    assert (early, late, again) == (0, 1, 0)
    assert made.state is IntroductionState.EXPIRED


def test_who_wants_no_reminder_gets_none(propose, company, outbox):
    propose()
    before = outbox()
    with transaction():
        company.muted_notices = frozenset({Notice.INTRODUCTIONS})
        deadlines.remind_silent_sides(at=NOON + 7 * DAY)

    assert outbox() == before


def test_silent_side_is_reminded_once_at_each_day(propose, company, outbox):
    propose()

    told = []
    for day in (1, 7, 8, 12, 13):
        with transaction():
            told.append(deadlines.remind_silent_sides(at=NOON + day * DAY))

    assert told == [0, 1, 0, 1, 0]
    assert outbox().count((company.email, "introduction_reminder")) == 2


def test_every_state_is_reached_and_the_ends_are_final():
    reached = {IntroductionState.OPEN} | {move.to for move in MOVES.values()}
    left = {state for state, _act in MOVES}

    assert reached == set(IntroductionState)
    assert left == {IntroductionState.OPEN, IntroductionState.HALF}


def test_only_the_side_that_agreed_withdraws(propose):
    made = propose()

    allowed = {side: can_act(side, made, Act.WITHDRAW) for side in Side}

    assert allowed == {
        Side.PROVIDER: True,
        Side.COMPANY: False,
        Side.COORDINATION: True,
        Side.PROGRAM: False,
    }


@pytest.mark.parametrize("side", ["provider", "company"])
def test_nobody_agrees_while_a_side_is_frozen(propose, company, side):
    made = propose()
    with transaction():
        getattr(made, side).state = OrganisationState.FROZEN

    with pytest.raises(Refusal) as refused, transaction():
        answering.agree(made, side=Side.COMPANY, actor=company, at=NOON)

    assert refused.value.sentence == (
        "Eine der beiden Seiten ist gerade nicht freigeschaltet. "
        "Bitte fragen Sie die Koordinationsstelle."
    )
    assert made.state is IntroductionState.HALF


def test_office_sets_the_days_and_the_number_of_requests(propose, provider, app):
    set_to(Setting.INTRODUCTION_DAYS, 7)
    set_to(Setting.MOST_OUTGOING_INTRODUCTIONS, 1)

    assert propose().due_at == days_after(NOON, 7)
    offer = db.session.scalars(db.select(Offer)).one()
    with pytest.raises(Refusal) as refused, transaction():
        propose_introduction(
            Proposal(offer=offer, site=make_company().sites[0]),
            side=Side.PROVIDER,
            actor=provider,
            at=NOON,
        )
    assert refused.value.sentence.startswith("Zu viele Anfragen sind offen.")


def test_introductions_of_one_bundle_share_its_id(offer, site, provider):
    other = make_company().sites[0]
    with transaction():
        made = [
            propose_introduction(
                Proposal(offer=offer, site=place, bundle_id="abcdefghjk"),
                side=Side.PROVIDER,
                actor=provider,
                at=NOON,
            )
            for place in (site, other)
        ]

    assert [one.bundle_id for one in made] == ["abcdefghjk", "abcdefghjk"]
    assert list(others_in_bundle(made[0])) == [made[1]]


def test_introduction_without_a_bundle_stands_alone(propose):
    assert list(others_in_bundle(propose())) == []


@pytest.mark.parametrize(
    ("side", "words"),
    [
        (Side.PROVIDER, "wartet auf Ihre Antwort."),
        (Side.COORDINATION, "Noch hat niemand geantwortet."),
    ],
)
def test_reminder_names_the_last_day_and_who_waits(app, propose, side, words):
    made = propose(side)
    letter = introduction_reminder(made, to_provider=False)

    with app.test_request_context():
        text = render_template(f"mails/{letter.name}.txt", **letter.context)

    assert words in text
    assert f"Bitte antworten Sie bis {day_of(made.due_at):%d.%m.%Y}:" in text


def test_reminded_introductions_are_not_read_again(propose):
    made = propose()
    before = list(introductions_to_remind(2))
    with transaction():
        made.reminded_count = 2

    assert (before, list(introductions_to_remind(2))) == ([made], [])
