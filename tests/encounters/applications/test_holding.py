"""When the office looks first, and what a sheet on paper can still do."""

from datetime import date, timedelta

import pytest

from marketplace.encounters.applications.enums import (
    LIVE,
    ApplicationState,
    ApprovalWay,
    HoldReason,
)
from marketplace.encounters.applications.services.approving import (
    ask_again,
    confirm_for_school,
    grant_approval,
)
from marketplace.encounters.applications.services.holding import Signature
from marketplace.encounters.applications.services.sending import sheet_codes
from marketplace.encounters.applications.services.signing import Paper, enter_paper
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import transaction
from marketplace.foundation.refusals import Refusal
from marketplace.foundation.tokens import hash_of, plain_code
from tests.factories.applications import (
    KEY,
    PARENT,
    make_application,
    make_mia,
    make_sent,
)
from tests.factories.people import make_guardian, make_member
from tests.moments import NOON

LATER = NOON + timedelta(hours=3)


def approve(application, address=PARENT, user=None, way=ApprovalWay.LETTER):
    signature = Signature(way=way, name="Ute Muster", address=address, user=user)
    with transaction():
        grant_approval(application, signature, at=LATER)


def refusal_of(act, *args, **kwargs):
    with pytest.raises(Refusal) as refused, transaction():
        act(*args, **kwargs)
    return refused.value.sentence


@pytest.mark.parametrize("form", ["{}", "UPPER", "tag"])
def test_the_address_of_a_member_puts_it_before_the_office(mia, company, place, form):
    member = make_member(company)
    name, _at, host = member.email.partition("@")
    address = {"tag": f"{name}+kind@{host}"}.get(form, member.email)
    application = make_sent(mia, place, guardian_email=address)

    approve(application, address.upper() if form == "UPPER" else address)

    assert (application.state, application.is_held, application.handed_over_at) == (
        ApplicationState.WAITING,
        True,
        None,
    )


def test_the_contact_address_of_the_company_puts_it_before_the_office(
    mia, company, place
):
    with transaction():
        company.contact_email = "werk@labor.example"
    application = make_sent(mia, place, guardian_email="werk@labor.example")

    approve(application, "werk@labor.example")

    assert application.is_held is True


def test_the_account_of_a_member_puts_it_before_the_office(mia, company, place):
    application = make_sent(mia, place)

    approve(application, user=make_member(company))

    assert application.is_held is True


@pytest.mark.parametrize("tag", ["", "+mama"])
def test_the_address_of_a_pupil_puts_it_before_the_office(mia, place, tag):
    name, _at, host = make_mia().email.partition("@")
    application = make_sent(mia, place, guardian_email=f"{name}{tag}@{host}")

    approve(application, application.guardian_email)

    assert application.is_held is True


def test_the_account_of_a_pupil_puts_it_before_the_office(mia, place):
    application = make_sent(mia, place)

    approve(application, user=make_mia())

    assert application.is_held is True


@pytest.mark.parametrize("tag", ["", "+mama"])
def test_a_guardian_whose_account_is_shut_puts_it_before_the_office(mia, place, tag):
    guardian = make_guardian()
    with transaction():
        guardian.disabled_at = NOON
    name, _at, host = guardian.email.partition("@")
    application = make_sent(mia, place, guardian_email=f"{name}{tag}@{host}")

    approve(application, application.guardian_email)

    assert application.is_held is True
    assert application.held_for == {HoldReason.SHUT}


def test_a_guardian_from_elsewhere_goes_through(mia, place):
    guardian = make_guardian()
    application = make_sent(mia, place, guardian_email=guardian.email)

    approve(application, guardian.email, guardian, ApprovalWay.ACCOUNT)

    assert application.state is ApplicationState.OPEN


def paper(application, use):
    code = getattr(sheet_codes(application, KEY), use)
    return Paper(code=code, signed_by="Ute Muster", signed_on=date(2026, 11, 22))


def test_a_sheet_for_a_held_application_leads_to_the_held_ones(mia, place, coordinator):
    application = make_sent(mia, place)
    with transaction():
        application.is_held = True

    sentence = refusal_of(
        enter_paper, paper(application, "approval"), actor=coordinator, at=LATER
    )

    assert sentence == (
        "Diese Bewerbung hält die Koordinationsstelle zurück. "
        "Entscheiden Sie unter „Zurückgehaltene Bewerbungen“."
    )


@pytest.mark.parametrize("state", ["open", "refused", "withdrawn", "unapproved"])
def test_a_sheet_that_comes_too_late_is_refused_in_words(
    mia, place, coordinator, state
):
    application = make_sent(mia, place)
    with transaction():
        application.state = ApplicationState(state)

    sentence = refusal_of(
        enter_paper, paper(application, "approval"), actor=coordinator, at=LATER
    )

    assert sentence == (
        f"Hier ist nichts mehr freizugeben. Der Stand ist: {application.state.label}."
    )


@pytest.mark.parametrize("state", ApplicationState)
def test_a_school_confirms_what_is_alive(mia, place, coordinator, state):
    application = make_application(state, mia, place)
    words = {"signed_by": "Frau Beispiel", "signed_on": day_of(NOON)}

    if state in LIVE:
        with transaction():
            confirm_for_school(application, actor=coordinator, at=LATER, **words)
        assert application.school_confirmed_at == LATER
        return
    assert refusal_of(
        confirm_for_school, application, actor=coordinator, at=LATER, **words
    ) == (f"Hier ist nichts mehr zu bestätigen. Der Stand ist: {state.label}.")


def test_the_code_of_a_school_is_worthless_once_it_is_over(mia, place, coordinator):
    application = make_application(ApplicationState.WITHDRAWN, mia, place)
    sheet = paper(application, "school")
    with transaction():
        application.school_code_hash = hash_of(plain_code(sheet.code))

    assert refusal_of(enter_paper, sheet, actor=coordinator, at=LATER) == (
        "Hier ist nichts mehr zu bestätigen. Der Stand ist: zurückgezogen."
    )


def test_a_day_later_a_link_goes_again(mia, place, letters):
    application = make_sent(mia, place)
    for hour in range(3):
        with transaction():
            ask_again(application, at=LATER + timedelta(hours=hour))
    letters()
    assert refusal_of(ask_again, application, at=LATER + timedelta(hours=3)) == (
        "Der Link ging heute schon dreimal ab. Morgen geht es wieder. "
        "Er liegt vielleicht im Ordner für Werbung."
    )

    with transaction():
        ask_again(application, at=LATER + timedelta(days=1))

    assert letters() == [(PARENT, "approval_asked")]
