"""From the 18th birthday on nobody at home is written to, shown, or kept."""

from datetime import date, timedelta

import pytest

from marketplace.encounters.applications.enums import (
    ApplicationState,
    CancelCode,
    Side,
)
from marketplace.encounters.applications.services.answering import accept
from marketplace.encounters.applications.services.deadlines import remind
from marketplace.encounters.applications.services.ending import cancel
from marketplace.encounters.applications.services.majority import pass_on
from marketplace.encounters.applications.services.sending import confirm_oneself
from marketplace.encounters.applications.services.showing import lines_for_company
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import transaction
from tests.factories.applications import (
    PARENT,
    make_application,
    make_mia,
    make_sent,
)
from tests.moments import NOON

# The birthday of 18 is the day after NOON.
BORN_ON = date(2008, 11, 24)
EVE, BIRTHDAY = NOON, NOON + timedelta(days=1)


@pytest.fixture
def nearly(app):
    return make_mia(born_on=BORN_ON, class_level=12)


@pytest.mark.parametrize(("at", "is_written"), [(EVE, True), (BIRTHDAY, False)])
def test_an_offer_is_told_at_home_until_the_birthday(
    nearly, boss, place, outbox, at, is_written
):
    application = make_application(ApplicationState.OPEN, nearly, place)

    with transaction():
        accept(application, actor=boss, at=at)

    assert (PARENT in {to for to, _letter in outbox()}) is is_written
    assert nearly.email in {to for to, _letter in outbox()}


def test_a_cancelled_place_is_not_told_at_home_from_18_on(nearly, boss, place, outbox):
    application = make_application(ApplicationState.CONFIRMED, nearly, place)

    with transaction():
        cancel(
            application,
            CancelCode.COMPANY_REASON,
            side=Side.COMPANY,
            actor=boss,
            at=BIRTHDAY,
        )

    assert PARENT not in {to for to, _letter in outbox()}


@pytest.mark.parametrize(("at", "is_shown"), [(EVE, True), (BIRTHDAY, False)])
def test_the_company_reads_the_number_of_a_guardian_until_the_birthday(
    nearly, place, at, is_shown
):
    application = make_application(ApplicationState.CONFIRMED, nearly, place)

    lines = lines_for_company(application, day_of(at))

    assert ("0361 5550" in {line.words for line in lines}) is is_shown
    assert nearly.name in {line.words for line in lines}


def test_nobody_is_reminded_of_an_approval_that_is_not_needed(nearly, place, outbox):
    make_application(ApplicationState.WAITING, nearly, place)

    with transaction():
        count = remind(at=NOON + timedelta(days=7))

    assert (count, outbox()) == (0, [])


def guardian_of(application):
    return (
        application.guardian_name,
        application.guardian_email,
        application.guardian_phone,
    )


def test_an_adult_sends_without_a_guardian(nearly, place):
    application = make_sent(nearly, place, at=BIRTHDAY)

    assert application.state is ApplicationState.OPEN
    assert guardian_of(application) == ("", "", None)


def test_who_sends_it_herself_has_no_guardian_any_more(nearly, place):
    application = make_application(ApplicationState.WAITING, nearly, place)

    with transaction():
        confirm_oneself(application, actor=nearly, at=BIRTHDAY)

    assert application.state is ApplicationState.OPEN
    assert guardian_of(application) == ("", "", None)


@pytest.mark.parametrize(("at", "is_passed"), [(EVE, False), (BIRTHDAY, True)])
def test_what_waits_passes_to_the_young_adult_on_the_birthday(
    nearly, place, outbox, at, is_passed
):
    application = make_sent(nearly, place)

    for _round in range(2):
        with transaction():
            pass_on(at=at)

    told = [to for to, letter in outbox() if letter == "application_yours"]
    assert told == ([nearly.email] if is_passed else [])
    assert (application.guardian_email == "") is is_passed
    assert application.state is ApplicationState.WAITING
