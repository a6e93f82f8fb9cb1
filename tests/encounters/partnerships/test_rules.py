"""Every act in every state by every side: only the arrows of the table succeed."""

from datetime import date

import pytest

from marketplace.encounters.introductions.enums import Side
from marketplace.encounters.partnerships.enums import MOVES, Act, PartnershipState
from marketplace.encounters.partnerships.rules import can_act, next_term
from marketplace.foundation.database import transaction
from marketplace.people.organisations.enums import OrganisationKind
from tests.factories.encounters import make_partnership, member_of
from tests.factories.people import make_coordinator, make_organisation, make_user
from tests.factories.postings import make_offer
from tests.moments import NOON

# Which page does what, and what it is told.
PAGES = {
    Act.REVISE: ("/aendern", {"valid_from": "2026-12-01", "valid_to": "2027-01-01"}),
    Act.DECIDE: ("/schulleitung", {"decided_on": "2026-11-01", "decided_by": "Amt"}),
    Act.CONFIRM: ("/bestaetigen", {}),
    Act.RENEW: ("/verlaengern", {"wish": "end"}),
    Act.SHOW: ("/zeigen", {"is_shown": "y"}),
    Act.END_EARLY: ("/beenden", {"code": "other"}),
}


@pytest.fixture
def made(app):
    school = make_organisation(kinds=frozenset({OrganisationKind.SCHOOL}))
    partnership = make_partnership(make_offer(organisation=school))
    with transaction():
        partnership.decided_on = NOON.date()
        partnership.decided_by = "Amt"
        partnership.renewal_asked_at = NOON
    return partnership


@pytest.mark.parametrize("act", list(PAGES))
@pytest.mark.parametrize("state", list(PartnershipState))
def test_pages_do_what_the_table_says_and_nothing_else(browser, made, state, act):
    page, data = PAGES[act]
    people = {
        Side.PROVIDER: member_of(made, Side.PROVIDER),
        Side.COMPANY: member_of(made, Side.COMPANY),
        Side.COORDINATION: make_coordinator(),
        None: make_user(),
    }
    for side, person in people.items():
        with transaction():
            made.state = state
            made.provider_ok_at = made.company_ok_at = None
        version = (
            {"version": str(made.version)} if act in {Act.REVISE, Act.CONFIRM} else {}
        )
        address = f"/partnerschaften/{made.public_id}{page}"

        status = browser.sign_in(person).post(address, data=data | version).status_code

        move = MOVES.get((state, act))
        is_arrow = bool(move) and side in move.by
        assert (side, status == 302) == (side, is_arrow)
        if not is_arrow:
            assert status in {403, 404, 409}


def test_the_program_alone_finishes(made):
    allowed = {
        (state, side)
        for state in PartnershipState
        for side in Side
        if not setattr(made, "state", state) and can_act(side, made, Act.FINISH)
    }

    assert allowed == {(PartnershipState.ACTIVE, Side.PROGRAM)}


@pytest.mark.parametrize(
    ("term", "following"),
    [
        (("2026-12-01", "2027-11-30"), ("2027-12-01", "2028-11-30")),
        (("2027-02-01", "2027-07-31"), ("2027-08-01", "2028-01-31")),
        (("2027-01-31", "2027-02-27"), ("2027-02-28", "2027-03-27")),
        (("2026-12-31", "2027-01-30"), ("2027-01-31", "2027-02-27")),
        (("2027-03-10", "2027-03-12"), ("2027-03-13", "2027-03-15")),
    ],
)
def test_next_term_is_as_long_and_follows_at_once(term, following):
    days = [date.fromisoformat(day) for day in (*term, *following)]

    assert next_term(*days[:2]) == tuple(days[2:])
