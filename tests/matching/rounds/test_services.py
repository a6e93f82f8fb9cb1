"""A round from its announcement to the waiting list, on a real database."""

from datetime import timedelta

import pytest

from marketplace.encounters.applications.enums import ApplicationState, Side
from marketplace.encounters.applications.services.sending import confirm_place, withdraw
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.matching.rounds.enums import (
    LATE,
    MAIN,
    RoundState,
)
from marketplace.matching.rounds.models import (
    Round,
    RoundConsent,
    RoundEntry,
    RoundList,
    RoundResult,
    RoundWish,
)
from marketplace.matching.rounds.queries.frozen import frozen_rows, result_of
from marketplace.matching.rounds.services.following import follow_rounds
from marketplace.matching.rounds.services.forgetting import forget_pupil, forget_rounds
from marketplace.matching.rounds.services.packing import hash_of_lists, unpacked_list
from marketplace.matching.rounds.services.planning import (
    announce_round,
)
from tests.factories.applications import make_mia
from tests.factories.people import make_coordinator
from tests.factories.rounds import (
    AFTER,
    DAY,
    OPENS,
    approve,
    close,
    fresh,
    give_out,
    make_entry,
    make_round,
    make_seat,
    publish,
    take_part,
    wish,
)
from tests.moments import NOON


@pytest.fixture
def office(app):
    return make_coordinator()


def test_clock_opens_a_round(office):
    round_ = make_round(RoundState.DRAFT, office)
    with transaction():
        announce_round(round_, actor=office, at=NOON)
        follow_rounds(at=OPENS - timedelta(seconds=1))
    before = round_.state
    with transaction():
        follow_rounds(at=OPENS)

    assert (before, round_.state) == (RoundState.DRAFT, RoundState.OPEN)


def test_pair_ruled_out_by_age_is_refused_with_the_reason(office):
    round_ = make_round()
    seat = make_seat(round_)
    entry = make_entry(round_, make_mia(born_on=NOON.date().replace(year=2012)))

    with pytest.raises(Refusal, match="15 Jahre"):
        wish(entry, [seat])


def test_only_approved_companies_count_at_closing(office):
    round_ = make_round()
    one, two = make_seat(round_), make_seat(round_)
    entry = make_entry(round_)
    wish(entry, [one], [two])
    approve(entry, two.period.internship.organisation)
    round_ = close(round_)

    (code, row) = frozen_rows(round_, MAIN)[0]
    assert code == entry.public_id
    assert [w.seat_no for w in unpacked_list(row).wishes] == [two.seat_no]
    assert round_.lists_hash == hash_of_lists([(code, row)])
    assert round_.state is RoundState.CLEARED


def test_results_become_offered_places_and_letters(office, outbox):
    round_ = make_round()
    seat = make_seat(round_)
    entries = [take_part(round_, [seat]) for _ in range(2)]
    round_ = close(round_)
    publish(round_)

    placed = [fresh(one).application for one in entries]
    states = sorted(one.state.value if one else "" for one in placed)
    assert states == ["", "offered"]
    assert seat.period.taken_count == 1
    application = next(one for one in placed if one)
    assert [a.guardian_name for a in application.approvals] == ["Ute Muster"]
    letters = [letter for _to, letter in outbox()]
    assert letters.count("application_placed") == 1
    assert letters.count("application_placed_company") == 1
    assert letters.count("application_placed_guardian") == 1
    assert letters.count("round_unplaced") == 1


def test_late_run_gives_what_was_not_confirmed_and_moves_nobody_sure(office):
    round_ = make_round()
    wanted, other = make_seat(round_), make_seat(round_)
    entries = [take_part(round_, [wanted]) for _ in range(2)]
    sure = take_part(round_, [other])
    round_ = close(round_)
    publish(round_)
    with transaction():
        confirm_place(fresh(sure).application, actor=sure.pupil, at=AFTER)
    late = round_.confirm_until + timedelta(seconds=1)
    with transaction():
        follow_rounds(at=late)
    give_out(round_, LATE, at=late)

    first, second = sorted(
        (fresh(one) for one in entries),
        key=lambda one: result_of(one.round, one.public_id).run,
    )
    states = {one.application.state.value for one in (first, second)}
    assert states == {"missed", "offered"}
    assert fresh(sure).application.state is ApplicationState.CONFIRMED
    assert db.session.get(Round, round_.id).state is RoundState.DONE
    assert round_.figures["late"]["placed"] == 1


def test_place_that_becomes_free_goes_to_the_next_in_line(office):
    round_ = make_round()
    seat = make_seat(round_)
    entries = [take_part(round_, [seat]) for _ in range(3)]
    round_ = close(round_)
    publish(round_)
    holder = next(one for one in entries if fresh(one).application)
    with transaction():
        confirm_place(fresh(holder).application, actor=holder.pupil, at=AFTER)
    late = round_.confirm_until + timedelta(seconds=1)
    with transaction():
        follow_rounds(at=late)
    give_out(round_, LATE, at=late)
    with transaction():
        application = fresh(holder).application
        application.state = ApplicationState.OFFERED
        withdraw(application, side=Side.PUPIL, actor=holder.pupil, at=late)
    line = sorted(
        (one for one in entries if one is not holder),
        key=lambda one: result_of(round_, one.public_id).lot_rank,
    )
    with transaction():
        follow_rounds(at=late + DAY)

    nexts = [fresh(one).application for one in line]
    assert [one and one.state.value for one in nexts] == ["offered", None]
    assert nexts[0].due_at == late + 3 * DAY


def test_lists_go_and_numbers_stay(office):
    round_ = make_round()
    take_part(round_, [make_seat(round_)])
    other = take_part(round_, [make_seat(round_)])
    round_ = close(round_)
    publish(round_)
    counts = []
    for forget in (
        lambda: forget_pupil(other.pupil_id),
        lambda: forget_rounds([round_.id]),
    ):
        with transaction():
            forget()
        kinds = (RoundEntry, RoundWish, RoundConsent, RoundList, RoundResult)
        counts.append([db.session.query(kind).count() for kind in kinds])

    assert counts == [[1] * 5, [0] * 5]
    assert db.session.get(Round, round_.id).figures["lot_fair"]["placed"] == 2
