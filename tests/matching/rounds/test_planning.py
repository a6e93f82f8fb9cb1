"""What each person may do with a round, and when, and what is refused."""

import pytest

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.matching.clearing.enums import Rule
from marketplace.matching.clearing.lottery import commit_hash
from marketplace.matching.rounds.enums import (
    MAIN,
    RULE_VERSION,
    Criterion,
    RoundScope,
    RoundState,
)
from marketplace.matching.rounds.queries.frozen import result_of
from marketplace.matching.rounds.queries.rounds import sealed_round
from marketplace.matching.rounds.services.consenting import ask_guardian
from marketplace.matching.rounds.services.explaining import told_to
from marketplace.matching.rounds.services.planning import (
    announce_round,
    enter_beacon,
    redraw_round,
    revise_round,
)
from marketplace.matching.rounds.services.running import draw_round
from marketplace.matching.rounds.services.seating import remove_seat
from marketplace.matching.rounds.services.wishing import move_wish
from marketplace.region.topics.enums import Topic
from tests.factories.applications import make_application, make_mia, make_place
from tests.factories.people import make_coordinator, make_pupil, make_school, make_user
from tests.factories.rounds import (
    AFTER,
    CLOSES,
    DAY,
    OPENS,
    WHILE,
    approve,
    close,
    fresh,
    give_out,
    make_entry,
    make_round,
    make_seat,
    publish,
    round_values,
    take_part,
    wish,
)
from tests.moments import NOON


@pytest.fixture
def office(app):
    return make_coordinator()


def groups(entry):
    return [(w.seat.seat_no, w.tier) for w in fresh(entry).wishes]


def test_announcing_publishes_the_hash_of_a_secret_seed(office):
    round_ = make_round(RoundState.DRAFT, office)
    with transaction():
        announce_round(round_, actor=office, at=NOON)

    seed = bytes.fromhex(sealed_round(round_.id).seed)
    assert len(seed) == 32
    assert round_.commit_hash == commit_hash(seed, round_.public_id, RULE_VERSION)
    raw = db.session.scalar(db.text("SELECT seed FROM rounds"))
    assert seed.hex().encode() not in raw


def test_hash_must_be_public_before_the_opening(office):
    round_ = make_round(RoundState.DRAFT, office)

    with pytest.raises(Refusal, match="Der Beginn liegt nicht mehr vor uns"):
        announce_round(round_, actor=office, at=OPENS)


def test_announced_rules_stand(office):
    round_ = make_round(RoundState.OPEN, office)

    with pytest.raises(Refusal, match="Regeln stehen fest"):
        revise_round(
            round_, round_values(rule=Rule.MOST_PLACES), actor=office, at=WHILE
        )


def test_only_the_office_plans(office):
    round_ = make_round(RoundState.DRAFT, office)

    with pytest.raises(Refusal, match="Koordinationsstelle"):
        announce_round(round_, actor=make_user(), at=NOON)


def test_company_enters_no_more_places_than_are_free(office):
    round_ = make_round()
    place = make_place(place_count=3)

    with pytest.raises(Refusal, match="nicht frei: 3"):
        make_seat(round_, place, capacity=4)
    assert make_seat(round_, place, capacity=3, minimum=2).minimum == 2


def test_stranger_enters_nothing(office):
    round_, place = make_round(), make_place()
    place.organisation.memberships[0].user = make_user()
    stranger = make_place()
    stranger.organisation.memberships[0].user = make_user()
    seat = make_seat(round_, place)

    with pytest.raises(Refusal, match="eigenen Organisation"):
        remove_seat(seat, actor=stranger.organisation.memberships[0].user, at=NOON)


def test_seats_stay_once_pupils_may_wish_them(office):
    seat = make_seat(make_round())
    member = seat.period.internship.organisation.memberships[0].user

    with pytest.raises(Refusal, match="schon gewünscht"):
        remove_seat(seat, actor=member, at=WHILE)


def test_round_of_a_school_is_for_its_pupils(office):
    school = make_school()
    round_ = make_round(scope=RoundScope.SCHOOL, school=school)
    mia = make_mia()
    mia.pupil.school_id = school.id

    assert make_entry(round_, mia).pupil is mia
    with pytest.raises(Refusal, match="andere Schule"):
        make_entry(round_)


def test_round_of_a_district_is_for_who_lives_there(office):
    round_ = make_round(scope=RoundScope.DISTRICT, district_ags="16053")

    with pytest.raises(Refusal, match="anderen Kreis"):
        make_entry(round_, make_pupil(town="Leipzig", class_level=10))


def test_list_is_saved_in_groups_without_gaps(office):
    round_ = make_round()
    one, two, three = (make_seat(round_) for _ in range(3))
    entry = make_entry(round_)
    wish(entry, [three], [], [], [one, two])

    assert groups(entry) == [(3, 1), (1, 2), (2, 2)]


def test_steps_within_a_group_and_into_the_next(office):
    round_ = make_round()
    one, two, three = (make_seat(round_) for _ in range(3))
    entry = make_entry(round_)
    wish(entry, [one], [two, three])
    seen = []
    for number, is_up in ((3, True), (3, True), (1, False), (3, False)):
        with transaction():
            move_wish(entry, number, is_up=is_up, actor=entry.pupil, at=WHILE)
        seen.append(groups(entry))

    assert seen == [
        [(1, 1), (3, 2), (2, 2)],
        [(1, 1), (3, 1), (2, 2)],
        [(3, 1), (1, 1), (2, 2)],
        [(1, 1), (3, 1), (2, 2)],
    ]


def test_who_applied_there_herself_does_not_wish_it(office):
    round_, place = make_round(), make_place(place_count=20)
    seat, mia = make_seat(round_, place), make_mia()
    make_application(ApplicationState.OPEN, mia, place)
    entry = make_entry(round_, mia)

    with pytest.raises(Refusal, match="schon selbst beworben"):
        wish(entry, [seat])


def test_adults_need_nobody(office):
    round_ = make_round()
    seat = make_seat(round_)
    entry = make_entry(round_, make_mia(born_on=NOON.date().replace(year=2008)))
    wish(entry, [seat])
    round_ = close(round_)

    assert result_of(round_, entry.public_id).seat_no == seat.seat_no


def test_letter_home_names_only_what_is_not_decided(office, outbox):
    round_ = make_round()
    one, two = make_seat(round_), make_seat(round_)
    entry = make_entry(round_)
    wish(entry, [one])
    approve(entry)
    wish(entry, [one], [two])
    with transaction():
        ask_guardian(entry, asked_from="192.0.2.7", actor=entry.pupil, at=WHILE)
    with pytest.raises(Refusal, match="gerade erst"):
        ask_guardian(entry, asked_from="192.0.2.7", actor=entry.pupil, at=WHILE)

    assert (entry.guardian_email, "round_consent_asked") in outbox()


def test_beacon_is_waited_for(office):
    round_ = make_round(beacon_name="Ziehung am 13. Dezember")
    take_part(round_, [make_seat(round_)])
    round_ = close(round_)
    before = round_.state
    with pytest.raises(Refusal, match="Zuerst kommt die Ziehung"):
        draw_round(round_, actor=office, at=AFTER)
    with transaction():
        enter_beacon(round_, "4 8 15 16 23 42", actor=office, at=AFTER)
        draw_round(round_, actor=office, at=AFTER)

    assert (before, round_.state) == (RoundState.FROZEN, RoundState.CLEARED)


def test_second_draw_needs_a_reason_and_a_new_hash(office):
    round_ = make_round()
    take_part(round_, [make_seat(round_)])
    round_ = close(round_)
    old = round_.commit_hash
    with pytest.raises(Refusal, match="Grund"):
        redraw_round(round_, " ", actor=office, at=AFTER)
    with transaction():
        redraw_round(round_, "Ein Betrieb fiel aus.", actor=office, at=AFTER)
        draw_round(round_, actor=office, at=AFTER)

    assert [one["hash"] for one in round_.past_commits] == [old]
    assert round_.commit_hash != old
    assert round_.state is RoundState.CLEARED


def test_handing_out_twice_gives_one_place(office):
    round_ = make_round()
    entry = take_part(round_, [make_seat(round_, capacity=2)])
    round_ = close(round_)
    publish(round_)
    give_out(round_, MAIN, at=AFTER)

    assert fresh(entry).application.period.taken_count == 1


def test_each_better_wish_gets_its_sentence(office):
    round_ = make_round()
    first = make_seat(
        round_,
        make_place(place_count=20, topics=frozenset({Topic.OPTICS})),
        criteria=frozenset({Criterion.INTEREST}),
    )
    small = make_seat(round_, capacity=5, minimum=3)
    second = make_seat(round_)
    fan = make_mia(interests=frozenset({Topic.OPTICS}))
    take_part(round_, [first], pupil=fan)
    mia = take_part(round_, [first], [small], [second])
    round_ = close(round_)
    publish(round_)

    told = told_to(fresh(mia))
    assert (told.seat.seat_no, told.tier) == (second.seat_no, 3)
    assert [(one.seat_no, one.words) for one in told.answers] == [
        (
            first.seat_no,
            (
                "Plätze gingen an Stufe 1 oder besser, deine Stufe war 2, "
                "weil das Thema nicht passte."
            ),
        ),
        (small.seat_no, "Kommt nicht zustande: 1 von mindestens 3."),
    ]


def test_lot_decides_among_equals_and_tells_both_ranks(office):
    round_ = make_round()
    seat = make_seat(round_)
    entries = [take_part(round_, [seat]) for _ in range(2)]
    round_ = close(round_)
    publish(round_)
    loser = next(one for one in entries if fresh(one).application is None)

    told = told_to(fresh(loser))
    assert [one.words for one in told.answers] == [
        "In deiner Stufe entschied das Los: letzter Platz Losrang 1, dein Losrang 2."
    ]
    assert [(one.seat_no, rank) for one, rank in told.waiting] == [(seat.seat_no, 1)]


def test_both_rules_are_compared_in_numbers(office):
    round_ = make_round()
    seat = make_seat(round_, capacity=2)
    for _ in range(3):
        take_part(round_, [seat])
    round_ = close(round_, at=CLOSES + DAY)

    assert sorted(round_.figures) == ["lot_fair", "most_places"]
    assert round_.figures["lot_fair"] == {
        "pupils": 3,
        "seats": 1,
        "places": 2,
        "placed": 2,
        "unplaced": 1,
        "tiers": [2],
        "closed": 0,
        "runs": 1,
        "friends": 0,
        "blocking_pairs": 0,
        "lot_envy": 0,
    }
