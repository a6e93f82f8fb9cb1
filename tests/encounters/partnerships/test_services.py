from datetime import date, timedelta

import pytest

from marketplace.encounters.introductions.enums import Side
from marketplace.encounters.introductions.queries import carried_counts, log_of
from marketplace.encounters.introductions.services.conditions import barred_pairs
from marketplace.encounters.partnerships.enums import (
    MOVES,
    RUNNING,
    Act,
    EndCode,
    Moment,
    PartnershipState,
    Renewal,
)
from marketplace.encounters.partnerships.models import Partnership
from marketplace.encounters.partnerships.queries import (
    public_partnerships_of,
    running_partnership,
)
from marketplace.encounters.partnerships.rules import can_act, moments_open
from marketplace.encounters.partnerships.services.arranging import (
    Terms,
    add_line,
    begin_partnership,
    confirm_terms,
    line_choices,
    record_decision,
    revise_terms,
)
from marketplace.encounters.partnerships.services.ending import (
    answer_renewal,
    ask_for_renewal,
    end_early,
    finish_partnerships,
    show_publicly,
)
from marketplace.encounters.partnerships.services.quantities import require_open
from marketplace.encounters.partnerships.services.telling import (
    Answer,
    ask_for_feedback,
    give_feedback,
    readable_feedback,
    remind_arranging,
)
from marketplace.foundation.clock import day_of
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.organisations.enums import OrganisationKind
from marketplace.postings.offers.services import OfferEntry, revise_offer
from marketplace.postings.sponsorships.models import GiveLine
from marketplace.region.lines.enums import Item, LineKind
from marketplace.region.lines.rules import LineEntry
from marketplace.region.lines.services import renewed_lines
from tests.factories.encounters import (
    confirm,
    make_active,
    make_agreed,
    make_introduction,
    make_partnership,
    member_of,
)
from tests.factories.people import make_organisation, make_user
from tests.factories.postings import a_give, a_need, make_offer, make_sponsorship
from tests.moments import NOON

DAY = timedelta(days=1)
BOTH = (Side.PROVIDER, Side.COMPANY)
GOOD = Answer(took_place=True, useful=4, would_again=True)


def opens(partnership):
    """What need and give still ask and offer."""
    [line] = partnership.lines
    return line.need_line.open_quantity, line.give_line.open_quantity


def terms_of(partnership, **changes):
    values = {
        "valid_from": partnership.valid_from,
        "valid_to": partnership.valid_to,
        "quantities": {},
        "version": partnership.version,
    }
    return Terms(**values | changes)


def test_partnership_begins_once_with_the_lines_of_the_introduction(app, outbox):
    introduction = make_agreed(quantity=8)
    before = len(outbox())

    with transaction():
        made = begin_partnership(introduction, actor=None, at=NOON)
        again = begin_partnership(introduction, actor=None, at=NOON)

    assert again is made
    assert [(line.kind, line.quantity) for line in made.lines] == [
        (LineKind.MATERIAL, 8)
    ]
    assert [letter for _who, letter in outbox()[before:]] == ["partnership_begun"] * 2
    assert (made.state, day_of(made.due_at)) == (
        PartnershipState.ARRANGING,
        day_of(NOON + 28 * DAY),
    )


def test_partnership_needs_two_yeses(app):
    with pytest.raises(Refusal, match="wenn beide zugesagt haben"):
        begin_partnership(make_introduction(), actor=None, at=NOON)


def test_second_confirmation_takes_the_quantities_out_of_both_lines(app):
    made = make_partnership(quantity=8)

    confirm(made, Side.PROVIDER)
    half = made.state, opens(made)
    confirm(made, Side.COMPANY)

    assert half == (PartnershipState.ARRANGING, (12, 8))
    assert (made.state, opens(made)) == (PartnershipState.ACTIVE, (4, 0))
    assert made.introduction.arranged_at == NOON


def test_more_than_is_left_is_not_promised(app):
    made = make_partnership(quantity=8)
    with transaction():
        made.lines[0].give_line.open_quantity = 3
    actor = member_of(made, Side.COMPANY)
    who = {"side": Side.COMPANY, "actor": actor, "at": NOON}

    with pytest.raises(Refusal, match="Lötstation: Offen ist nur noch so viel: 3"):
        confirm(made, Side.PROVIDER)
    with pytest.raises(Refusal, match="nur noch so viel: 3 Stück"), transaction():
        revise_terms(made, terms_of(made, quantities={made.lines[0].id: 4}), **who)
    with transaction():
        revise_terms(made, terms_of(made, quantities={made.lines[0].id: 3}), **who)
    for side in BOTH:
        confirm(made, side)

    [line] = made.lines
    assert (line.need_taken, line.give_taken, opens(made)[0]) == (3, 3, 9)


def test_what_is_used_up_is_neither_offered_nor_left_open(app):
    made = make_partnership()
    gone = terms_of(made, quantities={made.lines[0].id: 0})
    unclear = {made.lines[0].id: None}
    who = {"side": Side.COMPANY, "actor": member_of(made, Side.COMPANY), "at": NOON}
    give = made.lines[0].give_line
    with transaction():
        give.open_quantity = 0

    with pytest.raises(Refusal, match="Nichts mehr offen"), transaction():
        revise_terms(made, terms_of(made, quantities=unclear), **who)
    with transaction():
        revise_terms(made, gone, **who)

    assert (made.lines, line_choices(made, on=day_of(NOON))) == ([], [])


def test_terms_are_confirmed_as_they_were_read(app):
    made = make_partnership()
    read, actor = made.version, member_of(made, Side.PROVIDER)
    who = {"side": Side.COMPANY, "actor": member_of(made, Side.COMPANY), "at": NOON}
    with transaction():
        revise_terms(made, terms_of(made, quantities={made.lines[0].id: 5}), **who)

    with pytest.raises(Refusal, match="inzwischen geändert"), transaction():
        confirm_terms(made, version=read, side=Side.PROVIDER, actor=actor, at=NOON)

    assert made.provider_ok_at is None


def test_people_come_only_with_the_declaration_on_minors(app):
    needs = [a_need(kind=LineKind.PEOPLE), a_need(2, kind=LineKind.VISITS)]
    gives = [a_give(kind=LineKind.PEOPLE), a_give(2, kind=LineKind.VISITS)]
    made = make_partnership(make_offer(lines=needs), make_sponsorship(lines=gives))
    offered = []
    with transaction():
        made.company.safeguarding_on = None
    offered.append(len(line_choices(made, on=day_of(NOON))))

    with pytest.raises(Refusal, match="Erklärung zum Schutz von Jugendlichen"):
        confirm(made, Side.PROVIDER)
    with transaction():
        made.company.safeguarding_on = day_of(NOON)
    offered.append(len(line_choices(made, on=day_of(NOON))))
    for side in BOTH:
        confirm(made, side)

    assert (made.state, offered) == (PartnershipState.ACTIVE, [0, 1])


def test_needs_are_held_before_gives_each_by_its_number(app, queries):
    gift = make_sponsorship(lines=[a_give(), a_give(2)])
    made = make_partnership(make_offer(lines=[a_need(), a_need(2)]), gift)
    actor = member_of(made, Side.COMPANY)
    [need, give] = line_choices(made, on=day_of(NOON))[0]
    with transaction():
        add_line(made, need, give, side=Side.COMPANY, actor=actor, at=NOON)
    assert [line.quantity for line in made.lines] == [8, 4]
    number = made.id
    db.session.expunge_all()
    made = db.session.get(Partnership, number)
    queries.clear()

    with transaction():
        require_open(made)

    held = [q for q in queries if "lines.id IN" in q and "ORDER BY" in q]
    assert [("need_lines" in q, "give_lines" in q) for q in held] == [
        (True, False),
        (False, True),
    ]


def test_a_side_confirms_once_and_a_stranger_never(app):
    made = make_partnership()
    confirm(made, Side.PROVIDER)

    with pytest.raises(Refusal, match="geht nicht mehr"):
        confirm(made, Side.PROVIDER)
    with pytest.raises(Refusal, match="beiden Seiten"), transaction():
        end_early(made, EndCode.OTHER, side=Side.COMPANY, actor=make_user(), at=NOON)
    assert made.state is PartnershipState.ARRANGING


def test_change_takes_confirmations_back_and_tells_the_other_side(app, outbox):
    made = make_partnership()
    confirm(made, Side.PROVIDER)
    before, actor = len(outbox()), member_of(made, Side.COMPANY)
    terms = terms_of(made, valid_to=date(2027, 6, 30), quantities={made.lines[0].id: 5})

    with transaction():
        revise_terms(made, terms, side=Side.COMPANY, actor=actor, at=NOON)

    assert (made.provider_ok_at, made.lines[0].quantity) == (None, 5)
    assert outbox()[before:] == [
        (member_of(made, Side.PROVIDER).email, "partnership_revised")
    ]


def test_second_editor_reads_it_again(app):
    made = make_partnership()
    terms = terms_of(made)
    actor = member_of(made, Side.COMPANY)
    with transaction():
        revise_terms(made, terms, side=Side.COMPANY, actor=actor, at=NOON)

    with pytest.raises(Refusal, match="inzwischen geändert"), transaction():
        revise_terms(made, terms, side=Side.COMPANY, actor=actor, at=NOON)


def test_nothing_is_confirmed_without_a_line(app):
    made = make_partnership()
    actor = member_of(made, Side.COMPANY)
    terms = terms_of(made, quantities={made.lines[0].id: 0})
    with transaction():
        revise_terms(made, terms, side=Side.COMPANY, actor=actor, at=NOON)

    with pytest.raises(Refusal, match="keine Zeile"):
        confirm(made, Side.COMPANY)
    [(need, give)] = line_choices(made, on=day_of(NOON))
    with transaction():
        add_line(made, need, give, side=Side.COMPANY, actor=actor, at=NOON)
    assert [line.quantity for line in made.lines] == [8]
    assert line_choices(made, on=day_of(NOON)) == []


def test_school_begins_only_with_the_decision_of_its_head(app):
    school = make_organisation(kinds=frozenset({OrganisationKind.SCHOOL}))
    made = make_partnership(make_offer(organisation=school))
    confirm_it = [(confirm, made, side) for side in BOTH]
    head = member_of(made, Side.PROVIDER)

    for act, *words in confirm_it:
        with pytest.raises(Refusal, match="Schulleitung"):
            act(*words)
    with pytest.raises(Refusal, match="noch vor uns"), transaction():
        record_decision(
            made,
            decided_on=day_of(NOON + DAY),
            decided_by="Rektorin",
            side=Side.PROVIDER,
            actor=head,
            at=NOON,
        )
    with transaction():
        record_decision(
            made,
            decided_on=day_of(NOON),
            decided_by="Schulleiterin Muster",
            side=Side.PROVIDER,
            actor=head,
            at=NOON,
        )
    for act, *words in confirm_it:
        act(*words)
    assert made.state is PartnershipState.ACTIVE


def test_company_does_not_decide_for_a_school(app):
    school = make_organisation(kinds=frozenset({OrganisationKind.SCHOOL}))
    made = make_partnership(make_offer(organisation=school))

    assert not can_act(Side.COMPANY, made, Act.DECIDE)
    assert not can_act(Side.PROVIDER, make_partnership(), Act.DECIDE)


def test_arranging_takes_capacity_and_bars_the_pair_until_it_is_over(app, outbox):
    made = make_partnership()
    pair, both = (
        (made.provider_id, made.company_id),
        {made.provider_id, made.company_id},
    )
    while_arranging = carried_counts(), barred_pairs(NOON)

    for side in BOTH:
        confirm(made, side)
    while_active = carried_counts(), barred_pairs(NOON)
    with transaction():
        end_early(
            made,
            EndCode.PLANS,
            side=Side.COMPANY,
            actor=member_of(made, Side.COMPANY),
            at=NOON,
        )

    assert while_arranging == (dict.fromkeys(both, 1), [pair])
    assert while_active == ({}, [pair])
    assert (carried_counts(), barred_pairs(NOON)) == ({}, [])
    assert outbox()[-1] == (
        member_of(made, Side.PROVIDER).email,
        "partnership_ended",
    )


def test_end_opens_again_what_was_taken(app):
    made = make_active(quantity=8)

    with transaction():
        finish_partnerships(at=NOON + 364 * DAY)
    still = made.state
    with transaction():
        ended = finish_partnerships(at=NOON + 366 * DAY)

    assert (still, ended) == (PartnershipState.ACTIVE, 1)
    assert (made.state, opens(made)) == (PartnershipState.DONE, (12, 8))
    assert made.introduction.over_at == NOON + 366 * DAY


def test_reminders_of_arranging_go_once_at_each_day(app):
    made = make_partnership()
    confirm(made, Side.PROVIDER)

    told = []
    for day in (13, 14, 15, 28, 29):
        with transaction():
            told.append(remind_arranging(at=NOON + day * DAY))

    assert told == [0, 1, 0, 1, 0]


def test_renewal_is_asked_once_and_both_must_want_it(app, outbox):
    made = make_active()
    first_end = made.valid_to
    days = (first_end - day_of(NOON)).days
    told = []
    for left in (61, 60, 59):
        with transaction():
            told.append(ask_for_renewal(at=NOON + (days - left) * DAY))
    at = NOON + (days - 50) * DAY

    with transaction():
        answer_renewal(
            made,
            Renewal.RENEW,
            side=Side.PROVIDER,
            actor=member_of(made, Side.PROVIDER),
            at=at,
        )
    after_one = made.valid_to
    with transaction():
        answer_renewal(
            made,
            Renewal.RENEW,
            side=Side.COMPANY,
            actor=member_of(made, Side.COMPANY),
            at=at,
        )

    assert (told, after_one) == ([0, 1, 0], first_end)
    assert made.valid_to == date(2028, 11, 22)
    assert made.valid_from == day_of(NOON)
    assert [letter for _who, letter in outbox()][-2:] == ["partnership_renewed"] * 2


def renew(partnership, at):
    """Both go on as it is, fifty days before the last one."""
    with transaction():
        ask_for_renewal(at=at)
    for side in BOTH:
        actor = member_of(partnership, side)
        with transaction():
            answer_renewal(partnership, Renewal.RENEW, side=side, actor=actor, at=at)


def test_each_renewal_is_as_long_as_the_first_term(app):
    made = make_active()
    with transaction():
        made.valid_from = made.term_from = date(2027, 1, 1)
        made.valid_to = date(2027, 12, 31)

    ends = []
    for _time in range(2):
        renew(made, NOON + (made.valid_to - day_of(NOON) - 50 * DAY))
        ends.append((made.term_from, made.valid_to))

    assert ends == [
        (date(2028, 1, 1), date(2028, 12, 31)),
        (date(2029, 1, 1), date(2029, 12, 31)),
    ]


def test_what_goes_on_changed_starts_from_what_was_agreed_last(app):
    made = make_partnership(quantity=8)
    actor = member_of(made, Side.COMPANY)
    terms = terms_of(made, value_eur=900, quantities={made.lines[0].id: 5})
    with transaction():
        revise_terms(made, terms, side=Side.COMPANY, actor=actor, at=NOON)
    for side in BOTH:
        confirm(made, side)
    over = NOON + 366 * DAY
    with transaction():
        made.provider_renewal = made.company_renewal = Renewal.CHANGE

    with transaction():
        finish_partnerships(at=over)

    following = running_partnership(made.introduction)
    assert [line.quantity for line in following.lines] == [5]
    assert (following.value_eur, opens(following)) == (900, (12, 8))


def test_changed_terms_ask_the_head_anew(app):
    school = make_organisation(kinds=frozenset({OrganisationKind.SCHOOL}))
    made = make_partnership(make_offer(organisation=school))
    head = member_of(made, Side.PROVIDER)
    decision = {"decided_on": day_of(NOON), "decided_by": "Rektorin"}
    who = {"side": Side.PROVIDER, "actor": head, "at": NOON}
    with transaction():
        record_decision(made, **decision, **who)

    with transaction():
        revise_terms(made, terms_of(made), **who)

    assert (made.decided_on, made.decided_by) == (None, "")
    assert "decided" in [one.event for one in log_of(made.introduction)]
    with pytest.raises(Refusal, match="Schulleitung"):
        confirm(made, Side.COMPANY)


def test_silence_ends_it_and_change_begins_the_next(app):
    made = make_active()
    over = NOON + 366 * DAY
    with transaction():
        ask_for_renewal(at=over - 60 * DAY)
        for side, wish in zip(BOTH, (Renewal.CHANGE, Renewal.RENEW), strict=True):
            answer_renewal(
                made, wish, side=side, actor=member_of(made, side), at=over - 50 * DAY
            )

    with transaction():
        finish_partnerships(at=over)

    states = db.session.scalars(
        db.select(Partnership.state).order_by(Partnership.id)
    ).all()
    assert states == [PartnershipState.DONE, PartnershipState.ARRANGING]
    assert opens(made) == (12, 8)
    assert barred_pairs(over) == [(made.provider_id, made.company_id)]


def test_renewal_is_no_act_before_it_was_asked(app):
    made = make_active()

    with pytest.raises(Refusal, match="geht nicht mehr"), transaction():
        answer_renewal(
            made,
            Renewal.END,
            side=Side.PROVIDER,
            actor=member_of(made, Side.PROVIDER),
            at=NOON,
        )


def test_feedback_is_hidden_until_both_told_or_time_passed(app):
    made = make_active()
    with transaction():
        made.first_on = day_of(NOON + DAY)
    at = NOON + 2 * DAY
    tell = {
        side: {"side": side, "actor": member_of(made, side), "at": at} for side in BOTH
    }

    with pytest.raises(Refusal, match="zu früh"), transaction():
        give_feedback(made, Moment.END, GOOD, **tell[Side.PROVIDER])
    with transaction():
        give_feedback(made, Moment.FIRST, GOOD, **tell[Side.PROVIDER])
    db.session.expire(made)
    hidden = len(readable_feedback(made, Side.COMPANY, at=at))
    late = len(readable_feedback(made, Side.COMPANY, at=at + 14 * DAY))
    with pytest.raises(Refusal, match="schon gesagt"), transaction():
        give_feedback(made, Moment.FIRST, GOOD, **tell[Side.PROVIDER])
    with transaction():
        give_feedback(made, Moment.FIRST, GOOD, **tell[Side.COMPANY])
    db.session.expire(made)

    assert (hidden, late) == (0, 1)
    assert len(readable_feedback(made, Side.COMPANY, at=at)) == 2


def test_feedback_is_asked_once_a_fortnight_after_the_first_date(app):
    made = make_active()
    with transaction():
        made.first_on = day_of(NOON)

    told = []
    for day in (13, 14, 15):
        with transaction():
            told.append(ask_for_feedback(at=NOON + day * DAY))

    assert told == [0, 1, 0]


def test_it_is_public_only_if_both_wish(app):
    made = make_active()
    shown = []
    for side in BOTH:
        with transaction():
            show_publicly(made, is_shown=True, side=side, actor=member_of(made, side))
        shown.append(len(public_partnerships_of(made.provider)))

    assert shown == [0, 1]


def test_revised_offer_keeps_its_line_and_what_was_taken(app):
    made = make_active(quantity=8)
    [line], offer = made.lines, made.introduction.offer
    entries = (
        LineEntry(kind=LineKind.MONEY, quantity=500),
        LineEntry(kind=LineKind.MATERIAL, item=Item.SOLDERING_STATION, quantity=20),
    )

    with transaction():
        revise_offer(
            offer,
            OfferEntry(
                title=offer.title,
                description=offer.description,
                topics=offer.topics,
                audiences=offer.audiences,
                site_id=offer.site_id,
                lines=entries,
            ),
            actor=member_of(made, Side.PROVIDER),
            at=NOON,
        )

    assert [(n.line_no, n.quantity, n.open_quantity) for n in offer.lines] == [
        (1, 500, 500),
        (2, 20, 12),
    ]
    assert line.need_line is offer.lines[1]


def test_every_state_is_reached_and_the_ends_are_final():
    reached = {PartnershipState.ARRANGING} | {move.to for move in MOVES.values()}
    left = {state for (state, act), move in MOVES.items() if move.to is not state}

    assert (reached, left) == (set(PartnershipState), RUNNING)


def test_two_offers_share_what_a_company_gives(app):
    gift = make_sponsorship()
    first = make_active(make_offer(), gift, quantity=5)

    with pytest.raises(Refusal, match="nur noch so viel: 3 Stück"):
        make_active(make_offer(), gift, quantity=5)
    second = make_active(make_offer(), gift, quantity=3)

    assert (gift.lines[0].open_quantity, gift.lines[0].taken) == (0, 8)
    assert [line.give_taken for one in (first, second) for line in one.lines] == [5, 3]


def test_what_is_taken_outlasts_a_smaller_and_a_larger_quantity(app):
    made = make_active(quantity=8)
    give = made.lines[0].give_line

    for quantity in (5, 20):
        gift = give.sponsorship
        entry = LineEntry(kind=give.kind, item=give.item, quantity=quantity)
        with transaction():
            gift.lines = renewed_lines(gift.lines, [entry], GiveLine)
        assert (give.taken, give.open_quantity) == (8, max(0, quantity - 8))

    who = {"side": Side.COMPANY, "actor": member_of(made, Side.COMPANY), "at": NOON}
    with transaction():
        end_early(made, EndCode.OTHER, **who)
    assert (give.taken, give.open_quantity) == (0, 20)


def test_what_ended_before_its_first_date_is_not_asked_about(app):
    made = make_active()
    with transaction():
        made.first_on = day_of(NOON + 5 * DAY)
    who = {"side": Side.COMPANY, "actor": member_of(made, Side.COMPANY)}
    with transaction():
        end_early(made, EndCode.PLANS, at=NOON + 2 * DAY, **who)

    with transaction():
        told = ask_for_feedback(at=NOON + 20 * DAY)

    assert (told, moments_open(made, day_of(NOON + 20 * DAY))) == (0, [Moment.END])


def test_reminders_hold_their_rows_and_leave_done_ones_unread(app, queries):
    made = make_partnership()
    queries.clear()
    with transaction():
        remind_arranging(at=NOON + 28 * DAY)
    held = [q for q in queries if q.count("partnerships") and "created_at" in q]
    queries.clear()
    with transaction():
        remind_arranging(at=NOON + 29 * DAY)
    again = [q for q in queries if q.count("partnerships") and "created_at" in q]

    assert (made.reminded_count, len(again)) == (2, 1)
    assert len(held) > len(again)
