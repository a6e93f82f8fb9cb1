from contextlib import suppress
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
    ask_again,
    confirm_for_school,
    grant_approval,
    refuse_approval,
    refuse_held,
    release_held,
)
from marketplace.encounters.applications.services.deadlines import (
    lapse_applications,
    remind,
)
from marketplace.encounters.applications.services.ending import cancel
from marketplace.encounters.applications.services.holding import Signature
from marketplace.encounters.applications.services.sending import (
    Wish,
    answer,
    begin_application,
    confirm_oneself,
    confirm_place,
    send_application,
    sheet_codes,
    withdraw,
)
from marketplace.encounters.applications.services.signing import Paper, enter_paper
from marketplace.encounters.applications.services.silence import nudge
from marketplace.encounters.applications.services.waiting import close_lists
from marketplace.foundation.database import transaction
from marketplace.foundation.refusals import Refusal, TooMany
from marketplace.people.accounts.enums import Notice
from marketplace.postings.lives.enums import PostingState
from marketplace.region.labour.enums import Basis
from tests.factories.applications import (
    KEY,
    PARENT,
    SCHOOL_WEEK,
    make_application,
    make_draft,
    make_mia,
    make_place,
    make_sent,
)
from tests.moments import NOON

LATER = NOON + timedelta(hours=3)


def by_letter(**changes):
    values = {"way": ApprovalWay.LETTER, "name": "Ute Muster", "address": PARENT}
    return Signature(**values | changes)


def wish(internship, **changes):
    values = {"period": internship.periods[0], "basis": Basis.VOLUNTARY}
    return Wish(**values | {"class_level": 10} | changes)


def send(application, at=NOON):
    with transaction():
        send_application(
            application, actor=application.pupil, sent_from="192.0.2.7", key=KEY, at=at
        )


def test_a_wish_becomes_a_draft_that_knows_what_the_account_tells(mia, place):
    with transaction():
        draft = begin_application(wish(place), actor=mia, at=NOON)

    assert (draft.state, draft.class_level, draft.basis) == (
        ApplicationState.DRAFT,
        10,
        Basis.VOLUNTARY,
    )


def test_a_second_wish_goes_on_with_the_first_draft(mia, place):
    with transaction():
        first = begin_application(wish(place), actor=mia, at=NOON)
    with transaction():
        second = begin_application(wish(place, class_level=11), actor=mia, at=NOON)

    assert (second.id, second.class_level) == (first.id, 11)


def test_a_child_of_13_learns_why_a_voluntary_internship_is_not_possible(place):
    child = make_mia(born_on=date(2013, 5, 4), class_level=7)

    with pytest.raises(Refusal) as refused, transaction():
        begin_application(wish(place, class_level=7), actor=child, at=NOON)

    assert "15" in refused.value.sentence
    assert "JArbSchG" in refused.value.sentence


def test_a_wish_after_the_last_day_is_refused(mia, place):
    late = datetime(2026, 12, 25, 9, tzinfo=UTC)

    with pytest.raises(Refusal) as refused, transaction():
        begin_application(wish(place), actor=mia, at=late)

    assert refused.value.sentence == (
        "Bewerben ging nur bis 24. Dezember 2026. Nimm andere Tage."
    )


def test_a_kind_that_the_internship_has_not_is_refused(mia):
    place = make_place(bases=frozenset({Basis.SCHOOL}), week=SCHOOL_WEEK)

    with pytest.raises(Refusal) as refused, transaction():
        begin_application(wish(place), actor=mia, at=NOON)

    assert refused.value.sentence == "Diese Art gibt es hier nicht. Wähl die andere."


def test_nobody_younger_than_the_internship_wants_may_begin(mia):
    place = make_place(minimum_age=17)

    with pytest.raises(Refusal) as refused, transaction():
        begin_application(wish(place), actor=mia, at=NOON)

    assert refused.value.sentence == (
        "Hier kommen alle ab 17 Jahren. "
        "Du bist am ersten Tag noch jünger. Such etwas für dein Alter."
    )


def test_only_the_pupil_answers(mia, boss, place):
    draft = make_draft(mia, place)

    with pytest.raises(Refusal) as refused, transaction():
        answer(draft, {"motivation": "x"}, actor=boss, at=NOON)

    assert refused.value.sentence == "Das ist nicht deine Bewerbung."


def test_sending_asks_the_guardian_and_tells_the_pupil(mia, place, letters):
    application = make_sent(mia, place)

    assert application.state is ApplicationState.WAITING
    assert letters() == [
        (mia.email, "application_receipt"),
        (PARENT, "approval_asked"),
    ]


def test_sending_twice_changes_nothing(mia, place, letters):
    application = make_sent(mia, place)
    letters()

    send(application, at=LATER)

    assert (application.sent_at, letters()) == (NOON, [])


def test_what_is_sent_is_not_answered_again(mia, place):
    application = make_sent(mia, place)

    with pytest.raises(Refusal) as refused, transaction():
        answer(application, {"motivation": "x"}, actor=mia, at=NOON)

    assert refused.value.sentence == (
        "Abgeschickt ist abgeschickt. Du kannst sie zurückziehen."
    )


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        (
            {"motivation": " "},
            "Es fehlen noch Antworten. Geh die Fragen noch einmal durch.",
        ),
        ({"guardian_email": ""}, "Es fehlt noch, wer zu Hause zustimmt."),
    ],
)
def test_a_draft_with_gaps_is_not_sent(mia, place, missing, sentence):
    draft = make_draft(mia, place, **missing)

    with pytest.raises(Refusal) as refused:
        send(draft)

    assert refused.value.sentence == sentence


def test_a_sixth_live_application_is_refused(mia):
    for _number in range(5):
        make_application(ApplicationState.OPEN, mia)

    with pytest.raises(Refusal) as refused:
        make_sent(mia)

    assert refused.value.sentence == (
        "Mehr als 5 Bewerbungen zugleich gehen nicht. Warte eine Antwort ab. "
        "Oder zieh eine zurück."
    )


def test_who_has_not_confirmed_her_address_cannot_send(mia, place):
    draft = make_draft(mia, place)
    with transaction():
        mia.confirmed_at = None

    with pytest.raises(Refusal) as refused:
        send(draft)

    assert refused.value.sentence == (
        "Bestätige zuerst deine E-Mail-Adresse. Der Link steht im ersten Brief von uns."
    )


def test_an_approval_hands_over_and_starts_the_14_days(mia, boss, place, letters):
    application = make_sent(mia, place)
    letters()

    with transaction():
        grant_approval(application, by_letter(), at=LATER)

    [approval] = application.approvals
    assert (application.state, application.handed_over_at) == (
        ApplicationState.OPEN,
        LATER,
    )
    assert application.due_at == datetime(2026, 12, 7, 22, 59, 59, tzinfo=UTC)
    assert (approval.is_granted, approval.way) == (True, ApprovalWay.LETTER)
    assert sorted(letters()) == sorted(
        [(boss.email, "application_new"), (mia.email, "application_approved")]
    )


def test_a_refusal_stops_it_and_the_company_hears_nothing(mia, boss, place, outbox):
    application = make_sent(mia, place)

    with transaction():
        refuse_approval(application, by_letter(), at=LATER)

    assert application.state is ApplicationState.REFUSED
    assert boss.email not in {recipient for recipient, _letter in outbox()}
    assert (mia.email, "application_refused") in outbox()


@pytest.mark.parametrize(
    "signal", [{"came_from": "192.0.2.7"}, {"is_own_browser": True}]
)
def test_signals_of_a_self_approval_put_it_before_the_office(
    mia, boss, place, outbox, signal
):
    application = make_sent(mia, place)

    with transaction():
        grant_approval(application, by_letter(**signal), at=NOON + timedelta(minutes=9))

    assert (application.state, application.is_held) == (ApplicationState.WAITING, True)
    assert boss.email not in {recipient for recipient, _letter in outbox()}


def test_the_same_place_after_ten_minutes_is_no_signal(mia, place):
    application = make_sent(mia, place)

    with transaction():
        grant_approval(
            application,
            by_letter(came_from="192.0.2.7"),
            at=NOON + timedelta(minutes=11),
        )

    assert application.state is ApplicationState.OPEN


def test_one_address_for_three_families_is_a_signal(place):
    applications = [make_sent(make_mia(), place) for _number in range(3)]

    with transaction():
        grant_approval(applications[0], by_letter(), at=LATER)

    assert applications[0].is_held is True


def test_the_office_releases_what_was_held(mia, place, coordinator):
    application = make_application(ApplicationState.WAITING, mia, place, is_held=True)

    with transaction():
        release_held(application, actor=coordinator, at=NOON)

    assert (application.state, application.is_held) == (ApplicationState.OPEN, False)


def test_the_office_stops_what_was_held(mia, place, coordinator):
    application = make_application(ApplicationState.WAITING, mia, place, is_held=True)

    with transaction():
        refuse_held(application, actor=coordinator, at=NOON)

    assert (application.state, application.is_held) == (
        ApplicationState.REFUSED,
        False,
    )


def test_only_what_is_held_is_released(mia, place, coordinator):
    application = make_sent(mia, place)

    with pytest.raises(Refusal) as refused, transaction():
        release_held(application, actor=coordinator, at=NOON)

    assert refused.value.sentence == "Diese Bewerbung wird nicht zurückgehalten."


def test_asking_again_sends_one_more_letter(mia, place, letters):
    application = make_sent(mia, place)
    letters()

    with transaction():
        ask_again(application, at=LATER)

    assert letters() == [(PARENT, "approval_asked")]


def test_accepting_reserves_a_place_and_sets_a_term(mia, boss, place, outbox):
    application = make_application(ApplicationState.OPEN, mia, place)

    with transaction():
        accept(application, actor=boss, at=NOON)

    [period] = place.periods
    assert (application.state, period.taken_count) == (ApplicationState.OFFERED, 1)
    assert application.due_at == datetime(2026, 11, 28, 22, 59, 59, tzinfo=UTC)
    assert sorted(outbox()) == sorted(
        [
            (mia.email, "application_offered"),
            (PARENT, "application_offered_guardian"),
        ]
    )


def test_a_full_period_is_not_accepted(mia, boss, company):
    place = make_place(organisation=company, place_count=1)
    make_application(ApplicationState.CONFIRMED, make_mia(), place)
    application = make_application(ApplicationState.OPEN, mia, place)

    with pytest.raises(Refusal) as refused, transaction():
        accept(application, actor=boss, at=NOON)

    assert refused.value.sentence == "In diesem Zeitraum ist kein Platz mehr frei."
    assert application.state is ApplicationState.OPEN


def test_declining_tells_the_reason(mia, boss, place, outbox):
    application = make_application(ApplicationState.OPEN, mia, place)

    with transaction():
        decline(application, DeclineCode.DATES, actor=boss, at=NOON)

    assert (application.state, application.decline_code) == (
        ApplicationState.DECLINED,
        DeclineCode.DATES,
    )
    assert outbox() == [(mia.email, "application_declined")]


def test_another_reason_needs_words_to_the_office(mia, boss, place, outbox):
    application = make_application(ApplicationState.OPEN, mia, place)

    with pytest.raises(Refusal) as refused, transaction():
        decline(application, DeclineCode.OTHER, "  ", actor=boss, at=NOON)
    assert (refused.value.sentence, application.state) == (
        "Schreiben Sie kurz, was der Grund ist.",
        ApplicationState.OPEN,
    )

    with transaction():
        decline(application, DeclineCode.OTHER, " Wir bauen um. ", actor=boss, at=NOON)
    assert (application.state, application.decline_code) == (
        ApplicationState.DECLINED,
        DeclineCode.OTHER,
    )
    assert application.decline_words == "Wir bauen um."
    assert outbox() == [(mia.email, "application_declined")]


def test_words_beside_a_code_that_fits_are_not_kept(mia, boss, place):
    application = make_application(ApplicationState.OPEN, mia, place)

    with transaction():
        decline(application, DeclineCode.FULL, "Wir bauen um.", actor=boss, at=NOON)

    assert application.decline_words == ""


def test_confirming_takes_the_place_and_withdraws_others_of_the_same_days(mia, place):
    offered = make_application(
        ApplicationState.OFFERED, mia, place, is_withdrawing_others=True
    )
    other = make_application(ApplicationState.OPEN, mia)
    elsewhen = make_application(
        ApplicationState.OPEN, mia, make_place(week=SCHOOL_WEEK)
    )

    with transaction():
        confirm_place(offered, actor=mia, at=NOON)

    assert [it.state for it in (offered, other, elsewhen)] == [
        ApplicationState.CONFIRMED,
        ApplicationState.WITHDRAWN,
        ApplicationState.OPEN,
    ]


def test_a_school_event_is_confirmed_only_after_the_school(mia, company, coordinator):
    place = make_place(organisation=company, week=SCHOOL_WEEK)
    application = make_application(
        ApplicationState.OFFERED, mia, place, basis=Basis.SCHOOL
    )

    with pytest.raises(Refusal), transaction():
        confirm_place(application, actor=mia, at=NOON)
    with transaction():
        confirm_for_school(
            application,
            signed_by="Frau Beispiel",
            signed_on=date(2026, 11, 20),
            actor=coordinator,
            at=NOON,
        )
    with transaction():
        confirm_place(application, actor=mia, at=NOON)

    assert application.state is ApplicationState.CONFIRMED


def test_after_the_term_a_place_is_not_confirmed(mia, place):
    application = make_application(ApplicationState.OFFERED, mia, place)

    with pytest.raises(Refusal) as refused, transaction():
        confirm_place(application, actor=mia, at=NOON + timedelta(days=15))

    assert refused.value.sentence == "Die Frist ist vorbei. Der Platz ist wieder frei."


def test_withdrawing_an_offer_frees_the_place_and_tells_the_company(
    mia, boss, place, outbox
):
    application = make_application(ApplicationState.OFFERED, mia, place)

    with transaction():
        withdraw(application, side=Side.PUPIL, actor=mia, at=NOON)

    assert (application.state, place.periods[0].taken_count) == (
        ApplicationState.WITHDRAWN,
        0,
    )
    assert outbox() == [(boss.email, "application_withdrawn")]


def test_withdrawing_before_approval_stays_unknown_to_the_company(
    mia, boss, place, outbox
):
    application = make_sent(mia, place)

    with transaction():
        withdraw(application, side=Side.GUARDIAN, actor=None, at=LATER)

    assert outbox() == [(mia.email, "application_receipt")]


def test_a_freed_place_opens_a_filled_internship(mia, company):
    place = make_place(PostingState.FILLED, organisation=company, place_count=1)
    application = make_application(ApplicationState.OFFERED, mia, place)

    with transaction():
        withdraw(application, side=Side.PUPIL, actor=mia, at=NOON)

    assert place.state is PostingState.PUBLISHED


def test_nobody_approves_for_30_days_and_the_words_are_forgotten(mia, place, outbox):
    application = make_sent(mia, place)

    with transaction():
        count = lapse_applications(at=NOON + timedelta(days=31))

    assert (count, application.state, application.motivation) == (
        1,
        ApplicationState.UNAPPROVED,
        "",
    )
    assert outbox()[-1] == (mia.email, "application_unapproved")


def test_what_the_office_holds_does_not_lapse(mia, place):
    application = make_application(ApplicationState.WAITING, mia, place, is_held=True)

    with transaction():
        count = lapse_applications(at=NOON + timedelta(days=31))

    assert (count, application.state) == (0, ApplicationState.WAITING)


def test_no_answer_for_14_days_ends_it_and_the_office_hears(
    mia, place, coordinator, outbox
):
    application = make_application(ApplicationState.OPEN, mia, place)

    with transaction():
        lapse_applications(at=NOON + timedelta(days=15))

    assert application.state is ApplicationState.UNANSWERED
    assert outbox() == [
        (mia.email, "application_unanswered"),
        (coordinator.email, "application_unanswered_office"),
    ]


def test_an_offer_that_is_not_confirmed_frees_the_place(mia, boss, place, outbox):
    application = make_application(ApplicationState.OFFERED, mia, place)

    with transaction():
        lapse_applications(at=NOON + timedelta(days=15))

    assert (application.state, place.periods[0].taken_count) == (
        ApplicationState.MISSED,
        0,
    )
    assert outbox() == [
        (mia.email, "application_missed"),
        (boss.email, "application_missed_company"),
    ]


@pytest.mark.parametrize(("days", "count"), [(6, 0), (7, 1), (12, 1), (13, 1)])
def test_a_company_is_reminded_on_day_7_and_12(mia, boss, place, outbox, days, count):
    make_application(ApplicationState.OPEN, mia, place)

    with transaction():
        reminded = remind(at=NOON + timedelta(days=days))

    assert reminded == count
    assert outbox() == [(boss.email, "application_reminder")] * count


def test_who_wants_no_reminder_gets_none(mia, boss, place, outbox):
    make_application(ApplicationState.OPEN, mia, place)
    with transaction():
        boss.muted_notices = frozenset({Notice.APPLICATIONS})
        remind(at=NOON + timedelta(days=7))

    assert outbox() == []


def test_each_reminder_goes_once(mia, place):
    make_application(ApplicationState.OPEN, mia, place)
    days = (7, 7, 8, 12, 12, 13)

    with transaction():
        counts = [remind(at=NOON + timedelta(days=day)) for day in days]

    assert counts == [1, 0, 0, 1, 0, 0]


def test_the_sheet_of_a_guardian_approves(mia, place, coordinator):
    application = make_sent(mia, place)
    code = sheet_codes(application, KEY).approval
    paper = Paper(
        code=code.upper(), signed_by="Ute Muster", signed_on=date(2026, 11, 22)
    )

    with transaction():
        enter_paper(paper, actor=coordinator, at=LATER)

    [approval] = application.approvals
    assert (application.state, approval.way, approval.user_id) == (
        ApplicationState.OPEN,
        ApprovalWay.PAPER,
        coordinator.id,
    )


def test_the_sheet_of_a_school_confirms(mia, place, coordinator):
    application = make_sent(mia, place)
    code = sheet_codes(application, KEY).school
    paper = Paper(code=code, signed_by="Frau Beispiel", signed_on=date(2026, 11, 22))

    with transaction():
        enter_paper(paper, actor=coordinator, at=LATER)

    assert (application.state, application.school_signed_by) == (
        ApplicationState.WAITING,
        "Frau Beispiel",
    )


def test_whoever_guesses_codes_has_to_wait(coordinator):
    guess = Paper(code="aaaa-bbbb-cccc", signed_by="X", signed_on=date(2026, 11, 22))
    for _number in range(10):
        with transaction(), suppress(Refusal):
            enter_paper(guess, actor=coordinator, at=NOON)

    with pytest.raises(TooMany), transaction():
        enter_paper(guess, actor=coordinator, at=NOON)


def test_confirming_oneself_waits_for_the_birthday(mia, place):
    application = make_sent(mia, place)

    with pytest.raises(Refusal), transaction():
        confirm_oneself(application, actor=mia, at=LATER)

    assert application.state is ApplicationState.WAITING


@pytest.mark.parametrize(
    ("side", "state", "told"),
    [
        (
            Side.PUPIL,
            ApplicationState.CANCELLED_BY_PUPIL,
            {"application_cancelled_company", "application_given_back_guardian"},
        ),
        (
            Side.COMPANY,
            ApplicationState.CANCELLED_BY_COMPANY,
            {"application_cancelled", "application_cancelled_guardian"},
        ),
    ],
)
def test_a_promise_is_given_back_and_the_other_side_told(
    mia, place, outbox, side, state, told
):
    application = make_application(ApplicationState.CONFIRMED, mia, place)
    by_company = side is Side.COMPANY
    code = CancelCode.COMPANY_REASON if by_company else CancelCode.ILL

    with transaction():
        cancel(application, code, side=side, actor=mia, at=NOON)

    assert (application.state, place.periods[0].taken_count) == (state, 0)
    assert {letter for _to, letter in outbox()} == told


def test_on_the_first_day_it_is_too_late_to_cancel(mia, place):
    application = make_application(ApplicationState.CONFIRMED, mia, place)
    first_day = datetime(2027, 2, 1, 6, tzinfo=UTC)

    with pytest.raises(Refusal) as refused, transaction():
        cancel(application, CancelCode.ILL, side=Side.PUPIL, actor=mia, at=first_day)

    assert refused.value.sentence == "Absagen geht bis zum Tag vor dem Beginn."


@pytest.fixture
def queue(company):
    """One place that is taken, and two who wait for it."""
    place = make_place(organisation=company, place_count=1)
    holder = make_application(ApplicationState.CONFIRMED, None, place)
    first, second = (
        make_application(
            ApplicationState.WAITLISTED,
            None,
            place,
            changed_at=NOON + timedelta(minutes=minute),
            due_at=None,
        )
        for minute in (1, 2)
    )
    return holder, first, second


def test_a_place_that_becomes_free_goes_to_the_next_who_waits(queue, outbox):
    holder, first, second = queue

    with transaction():
        cancel(holder, CancelCode.ILL, side=Side.PUPIL, actor=holder.pupil, at=NOON)

    assert (first.state, second.state) == (
        ApplicationState.OFFERED,
        ApplicationState.WAITLISTED,
    )
    assert first.due_at == NOON + timedelta(hours=48)
    assert holder.period.taken_count == 1
    assert (first.pupil.email, "application_offered") in outbox()


def test_who_may_not_come_any_more_is_passed_over(queue):
    holder, first, second = queue
    with transaction():
        first.holiday_days_used = 20
    with transaction():
        cancel(holder, CancelCode.ILL, side=Side.PUPIL, actor=holder.pupil, at=NOON)

    assert (first.state, second.state) == (
        ApplicationState.WAITLISTED,
        ApplicationState.OFFERED,
    )


def test_who_still_waits_when_the_days_begin_is_declined(queue):
    _holder, first, second = queue

    with transaction():
        count = close_lists(at=datetime(2027, 2, 1, 6, tzinfo=UTC))

    assert (count, first.state, second.decline_code) == (
        2,
        ApplicationState.DECLINED,
        DeclineCode.FULL,
    )


def test_nobody_waits_while_a_place_is_free(mia, boss, place, company):
    application = make_application(ApplicationState.OPEN, mia, place)

    with pytest.raises(Refusal) as refused, transaction():
        put_on_list(application, actor=boss, at=NOON)

    assert refused.value.sentence == (
        "Es ist noch ein Platz frei. Sagen Sie zu oder ab."
    )


def test_a_company_keeps_an_application_for_a_full_period(mia, boss, company, outbox):
    place = make_place(organisation=company, place_count=1)
    make_application(ApplicationState.CONFIRMED, None, place)
    application = make_application(ApplicationState.OPEN, mia, place)

    with transaction():
        put_on_list(application, actor=boss, at=NOON)

    assert application.state is ApplicationState.WAITLISTED
    assert outbox() == [(mia.email, "application_waitlisted")]


@pytest.mark.parametrize(("days", "is_possible"), [(9, False), (10, True)])
def test_a_silent_company_is_asked_from_the_tenth_day(
    mia, place, boss, outbox, days, is_possible
):
    application = make_application(ApplicationState.OPEN, mia, place)
    moment = NOON + timedelta(days=days)

    with suppress(Refusal), transaction():
        nudge(application, actor=mia, at=moment)

    asked = (boss.email, "application_nudge")
    assert (application.nudged_at == moment) is is_possible
    assert (asked in outbox()) is is_possible


def test_a_company_is_asked_once_and_only_while_it_is_silent(mia, place, outbox):
    application = make_application(ApplicationState.OPEN, mia, place)
    later = NOON + timedelta(days=10)
    with transaction():
        nudge(application, actor=mia, at=later)

    with pytest.raises(Refusal) as refused, transaction():
        nudge(application, actor=mia, at=later)
    assert refused.value.sentence.startswith("Du hast schon einmal nachgefragt.")

    application.nudged_at, application.state = None, ApplicationState.OFFERED
    with pytest.raises(Refusal), transaction():
        nudge(application, actor=mia, at=later)
    assert [letter for _to, letter in outbox()] == ["application_nudge"]


def test_where_all_places_are_taken_it_waits_on_the_list(mia, company, boss, letters):
    place = make_place(organisation=company, place_count=1)
    holder = make_application(ApplicationState.CONFIRMED, None, place)
    application = make_sent(mia, place)
    letters()
    with transaction():
        grant_approval(application, by_letter(), at=NOON)
    told = [letter for _to, letter in letters()]
    waited = application.state

    with transaction():
        cancel(holder, CancelCode.ILL, side=Side.PUPIL, actor=holder.pupil, at=NOON)

    assert (waited, application.state) == ("waitlisted", "offered")
    assert told == [
        *("application_new", "application_waitlisted", "application_approved")
    ]
