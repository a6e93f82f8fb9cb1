"""What may change around an application: a company frozen, a posting closed, days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from marketplace.encounters.applications.enums import (
    ApplicationState,
    ApprovalWay,
    CancelCode,
    DeclineCode,
    Side,
)
from marketplace.encounters.applications.services.answering import (
    accept,
    decline,
    put_on_list,
)
from marketplace.encounters.applications.services.approving import (
    grant_approval,
    release_held,
)
from marketplace.encounters.applications.services.deadlines import (
    lapse_applications,
    remind,
)
from marketplace.encounters.applications.services.ending import cancel
from marketplace.encounters.applications.services.holding import Signature
from marketplace.encounters.applications.services.sending import (
    confirm_oneself,
    confirm_place,
    send_application,
)
from marketplace.foundation.clock import end_of
from marketplace.foundation.database import transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.services.verifying import freeze_organisation
from marketplace.postings.lives.enums import PostingState
from tests.factories.applications import (
    KEY,
    PARENT,
    make_application,
    make_draft,
    make_mia,
    make_place,
    make_sent,
)
from tests.moments import NOON

LATER = NOON + timedelta(hours=3)
FIRST_DAY = datetime(2027, 2, 1, 7, tzinfo=UTC)
EVE = end_of(date(2027, 1, 31))
BY_LETTER = Signature(way=ApprovalWay.LETTER, name="Ute Muster", address=PARENT)


def send(application, at=LATER):
    with transaction():
        send_application(
            application, actor=application.pupil, sent_from="192.0.2.7", key=KEY, at=at
        )


def freeze(company, coordinator):
    with transaction():
        freeze_organisation(company, actor=coordinator, at=NOON)


def refusal_of(act, *args, **kwargs):
    with pytest.raises(Refusal) as refused, transaction():
        act(*args, **kwargs)
    return refused.value.sentence


SHUT = (
    "Ihre Organisation ist gerade nicht freigeschaltet. "
    "Bitte fragen Sie die Koordinationsstelle."
)
STOPPED = (
    "Dieser Betrieb oder dieses Praktikum ist gerade gesperrt. "
    "Bitte fragen Sie die Koordinationsstelle."
)


@pytest.mark.parametrize(
    ("act", "state", "sentence"),
    [
        (accept, ApplicationState.OPEN, STOPPED),
        (lambda it, **by: decline(it, DeclineCode.DATES, **by), "open", SHUT),
        (
            lambda it, **by: cancel(
                it, CancelCode.COMPANY_REASON, side=Side.COMPANY, **by
            ),
            "confirmed",
            SHUT,
        ),
    ],
)
def test_a_frozen_company_answers_nothing(
    mia, boss, company, place, coordinator, act, state, sentence
):
    application = make_application(ApplicationState(state), mia, place)
    freeze(company, coordinator)

    assert refusal_of(act, application, actor=boss, at=LATER) == sentence


def test_a_frozen_company_keeps_nobody_waiting(mia, boss, company, coordinator):
    place = make_place(organisation=company, place_count=1)
    make_application(ApplicationState.CONFIRMED, None, place)
    application = make_application(ApplicationState.OPEN, mia, place)
    freeze(company, coordinator)

    assert refusal_of(put_on_list, application, actor=boss, at=LATER) == SHUT


@pytest.mark.parametrize("what", ["company", "posting"])
def test_what_is_approved_while_something_is_frozen_is_held(
    mia, boss, company, place, coordinator, outbox, what
):
    application = make_sent(mia, place)
    with transaction():
        if what == "company":
            company.state = OrganisationState.FROZEN
        else:
            place.state = PostingState.FROZEN

    with transaction():
        grant_approval(application, BY_LETTER, at=LATER)

    assert (application.state, application.is_held, application.handed_over_at) == (
        ApplicationState.WAITING,
        True,
        None,
    )
    assert boss.email not in {to for to, _letter in outbox()}
    assert refusal_of(release_held, application, actor=coordinator, at=LATER) == STOPPED


def test_nobody_confirms_a_place_at_a_frozen_company(mia, company, place, coordinator):
    application = make_application(ApplicationState.OFFERED, mia, place)
    freeze(company, coordinator)

    assert refusal_of(confirm_place, application, actor=mia, at=LATER) == (
        "Dieser Betrieb ist gerade gesperrt. Die Bewerbung bleibt stehen. "
        "Frag die Koordinationsstelle."
    )


def test_nobody_moves_up_at_a_frozen_company(company, coordinator):
    place = make_place(organisation=company, place_count=1)
    holder = make_application(ApplicationState.CONFIRMED, None, place)
    waiting = make_application(ApplicationState.WAITLISTED, None, place, due_at=None)
    freeze(company, coordinator)

    with transaction():
        cancel(holder, CancelCode.ILL, side=Side.PUPIL, actor=holder.pupil, at=LATER)

    assert (waiting.state, place.periods[0].taken_count) == (
        ApplicationState.WAITLISTED,
        0,
    )


def test_a_frozen_company_is_not_reminded(mia, company, place, coordinator, outbox):
    make_application(ApplicationState.OPEN, mia, place)
    freeze(company, coordinator)

    with transaction():
        assert remind(at=NOON + timedelta(days=7)) == 0
    assert outbox() == []


CLOSED = "Hier kannst du dich gerade nicht bewerben."


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (PostingState.PAUSED, CLOSED),
        (PostingState.ENDED, CLOSED),
        (PostingState.FROZEN, CLOSED),
        (PostingState.FILLED, None),
        (PostingState.PUBLISHED, None),
    ],
)
def test_a_draft_is_sent_only_where_applications_are_taken(mia, place, state, sentence):
    draft = make_draft(mia, place)
    with transaction():
        place.state = state

    if sentence:
        assert refusal_of(send, draft) == sentence
        return
    send(draft)
    assert draft.state is ApplicationState.WAITING


def test_a_draft_to_a_frozen_company_is_not_sent(mia, company, place, coordinator):
    draft = make_draft(mia, place)
    freeze(company, coordinator)

    assert refusal_of(send, draft) == CLOSED


def test_a_draft_for_a_period_that_was_taken_back_is_not_sent(mia, place):
    draft = make_draft(mia, place)
    with transaction():
        place.periods[0].is_open = False

    assert refusal_of(send, draft) == CLOSED


def test_a_draft_is_not_sent_after_the_last_day(mia, place):
    draft = make_draft(mia, place)

    assert refusal_of(send, draft, at=datetime(2026, 12, 25, 9, tzinfo=UTC)) == (
        "Bewerben ging nur bis 24. Dezember 2026. Nimm andere Tage."
    )


def test_a_draft_is_not_sent_on_the_first_day(mia, place):
    draft = make_draft(mia, place)
    with transaction():
        place.periods[0].apply_until = None

    assert refusal_of(send, draft, at=FIRST_DAY) == (
        "Bewerben ging nur bis 31. Januar 2027. Nimm andere Tage."
    )


BEGUN = "Der Zeitraum hat schon begonnen. Jetzt geht das nicht mehr."


def test_from_the_first_day_on_nothing_is_approved_or_released(mia, place, coordinator):
    asked = make_application(ApplicationState.WAITING, mia, place)
    held = make_application(ApplicationState.WAITING, None, place, is_held=True)

    assert refusal_of(grant_approval, asked, BY_LETTER, at=FIRST_DAY) == BEGUN
    assert refusal_of(release_held, held, actor=coordinator, at=FIRST_DAY) == BEGUN
    with transaction():
        grant_approval(asked, BY_LETTER, at=EVE)
    assert asked.state is ApplicationState.OPEN


def test_from_the_first_day_on_nobody_is_accepted(mia, boss, place):
    application = make_application(ApplicationState.OPEN, mia, place)

    assert refusal_of(accept, application, actor=boss, at=FIRST_DAY) == BEGUN
    with transaction():
        accept(application, actor=boss, at=EVE)
    assert application.state is ApplicationState.OFFERED


def test_from_the_first_day_on_no_place_is_confirmed(mia, place):
    due_at = FIRST_DAY + timedelta(days=1)
    application = make_application(ApplicationState.OFFERED, mia, place, due_at=due_at)

    assert refusal_of(confirm_place, application, actor=mia, at=FIRST_DAY) == (
        "Der Zeitraum hat schon begonnen. Nimm andere Tage."
    )


def test_from_the_first_day_on_nobody_sends_it_herself(place):
    adult = make_mia(born_on=date(2008, 11, 1), class_level=12)
    application = make_application(ApplicationState.WAITING, adult, place)

    assert refusal_of(confirm_oneself, application, actor=adult, at=FIRST_DAY) == (
        "Der Zeitraum hat schon begonnen. Nimm andere Tage."
    )


def test_every_deadline_ends_at_the_eve(mia, boss, place):
    with transaction():
        place.periods[0].apply_until = None
    sent = make_sent(mia, place, at=datetime(2027, 1, 20, 9, tzinfo=UTC))
    assert sent.due_at == EVE

    with transaction():
        grant_approval(sent, BY_LETTER, at=datetime(2027, 1, 25, 9, tzinfo=UTC))
    assert sent.due_at == EVE

    with transaction():
        accept(sent, actor=boss, at=datetime(2027, 1, 31, 9, tzinfo=UTC))
    assert sent.due_at == EVE


def test_who_moves_up_on_the_eve_has_until_midnight(company):
    place = make_place(organisation=company, place_count=1)
    holder = make_application(ApplicationState.CONFIRMED, None, place)
    waiting = make_application(ApplicationState.WAITLISTED, None, place, due_at=None)

    with transaction():
        cancel(
            holder,
            CancelCode.ILL,
            side=Side.PUPIL,
            actor=holder.pupil,
            at=datetime(2027, 1, 31, 9, tzinfo=UTC),
        )

    assert (waiting.state, waiting.due_at) == (ApplicationState.OFFERED, EVE)


def test_what_nobody_approved_by_the_eve_lapses_on_the_first_day(mia, place):
    with transaction():
        place.periods[0].apply_until = None
    sent = make_sent(mia, place, at=datetime(2027, 1, 20, 9, tzinfo=UTC))

    with transaction():
        lapse_applications(at=FIRST_DAY)

    assert sent.state is ApplicationState.UNAPPROVED
