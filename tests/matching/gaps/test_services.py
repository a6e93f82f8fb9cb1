from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from marketplace.encounters.introductions.enums import DeclineCode, IntroductionState
from marketplace.encounters.introductions.enums import Side as Party
from marketplace.encounters.introductions.models import Introduction, IntroductionLine
from marketplace.foundation.database import db, transaction
from marketplace.matching.gaps.enums import GapEnd, GapReason
from marketplace.matching.gaps.models import Gap, GapCell
from marketplace.matching.gaps.queries import gaps_found, gaps_underway, open_gaps_of
from marketplace.matching.gaps.services.registering import forget_whose
from marketplace.matching.gaps.services.telling import missing_words
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.offers.services import OfferEntry, revise_offer
from marketplace.region.lines.enums import Item, LineKind
from marketplace.region.lines.rules import LineEntry
from marketplace.region.topics.enums import Topic
from tests.factories.postings import a_give, a_need
from tests.matching.gaps.conftest import LONG_AGO, make_firm, make_lab
from tests.moments import NOON


def rows():
    return db.session.scalars(select(Gap).order_by(Gap.id)).all()


def cells():
    return {
        (cell.area, cell.topic, cell.kind): cell
        for cell in db.session.scalars(select(GapCell))
    }


def end_introduction(offer, firm, state, code=None, at=NOON - timedelta(days=3)):
    with transaction():
        introduction = Introduction(
            provider=offer.organisation,
            company=firm,
            offer=offer,
            site=firm.sites[0],
            proposed_by=Party.PROVIDER,
            state=state,
            created_at=at - timedelta(days=14),
            due_at=at,
            ended_at=at,
            decline_code=code,
        )
        db.session.add(introduction)


def ask(offer, firm, quantity, state):
    """Something of the first need is asked for, of some company."""
    end_introduction(offer, firm, state)
    with transaction():
        introduction = db.session.scalars(select(Introduction)).one()
        line = offer.lines[0]
        told = {"kind": line.kind, "item": line.item, "quantity": quantity}
        introduction.lines = [IntroductionLine(need_line_id=line.id, **told)]


def revise_lines(offer, lines):
    entry = OfferEntry(
        title=offer.title,
        description=offer.description,
        topics=offer.topics,
        audiences=offer.audiences,
        site_id=offer.site_id,
        lines=lines,
    )
    with transaction():
        member = offer.organisation.memberships[0].user
        revise_offer(offer, entry, actor=member, at=NOON)


def test_gap_tells_what_is_missing_and_whose_it_is(app, register):
    offer = make_lab()
    make_firm()

    register()

    [gap] = rows()
    assert (gap.quarter, gap.district_ags, gap.state_code) == ("2026-Q4", "16053", "TH")
    assert (gap.asked, gap.missing) == (12, 4)
    assert (gap.kind, gap.item) == (LineKind.MATERIAL, "soldering_station")
    assert (gap.topic, gap.topics) == (Topic.ELECTRONICS, offer.topics)
    assert gap.reason is GapReason.AMOUNT_TOO_SMALL
    assert (gap.offer_id, gap.organisation_id) == (offer.id, offer.organisation_id)
    assert (gap.found_on, gap.closed_on) == (date(2026, 11, 23), None)
    assert gap.data_version == "2026-11-23"


def test_several_partners_together_leave_no_gap(app, register):
    make_lab()
    make_firm()
    make_firm("Erfurt", lines=[a_give(quantity=4)])

    register()

    assert rows() == []


def test_line_of_two_weeks_is_a_gap_and_a_younger_one_not_yet(app, register):
    make_lab(published_at=NOON - timedelta(days=14))
    make_lab(published_at=NOON - timedelta(days=13, hours=23))

    assert register().open_count == 1


def test_the_days_run_from_the_line(app, register):
    young, old = NOON - timedelta(days=13, hours=23), NOON - timedelta(days=14)
    lines = [a_need(stated_at=old), a_need(2, LineKind.MONEY, 500, stated_at=young)]
    make_lab(lines=lines)

    register()

    assert [row.kind for row in rows()] == [LineKind.MATERIAL]


def test_line_that_is_added_later_waits_from_then_on(app):
    offer = make_lab()
    money = LineEntry(kind=LineKind.MONEY, quantity=500)
    material = LineEntry(kind=LineKind.MATERIAL, item="soldering_station", quantity=9)
    stated = offer.lines[0].stated_at

    revise_lines(offer, (material, money))

    assert [line.stated_at for line in offer.lines] == [stated, NOON]


@pytest.mark.parametrize(
    ("state", "quantity", "missing", "underway", "words"),
    [
        (IntroductionState.HALF, 3, 1, 3, "1 Stück von 12 Stück fehlt, 3 Stück"),
        (IntroductionState.OPEN, 9, 0, 4, "wird gerade angefragt oder verabredet"),
        (IntroductionState.AGREED, 4, 0, 4, "wird gerade angefragt oder verabredet"),
        (IntroductionState.DECLINED, 4, 4, None, "4 Stück von 12 Stück fehlen"),
    ],
)
def test_what_is_asked_for_stands_apart(
    app, register, state, quantity, missing, underway, words
):
    offer = make_lab()
    make_firm()
    ask(
        offer, make_firm("Erfurt", lines=[a_give(kind=LineKind.MONEY)]), quantity, state
    )

    register()

    [gap] = rows()
    assert (gap.missing, gap.underway) == (missing, underway)
    assert missing_words(gap).startswith(words)
    uncovered = [gap] if missing else []
    assert db.session.scalars(gaps_found()).all() == uncovered
    assert open_gaps_of("2026-Q4") == uncovered
    apart = db.session.scalars(gaps_underway("2026-Q4")).all()
    assert apart == ([] if missing else [gap])


def test_need_without_quantity_that_is_asked_for_stands_apart(app, register):
    offer = make_lab(lines=[a_need(kind=LineKind.MONEY, quantity=None)])
    ask(offer, make_firm(), None, IntroductionState.HALF)

    register()

    [gap] = rows()
    assert (gap.missing, gap.underway, open_gaps_of("2026-Q4")) == (None, 0, [])


@pytest.mark.parametrize("state", [PostingState.PAUSED, PostingState.DRAFT])
def test_only_what_is_published_is_a_gap(app, register, state):
    make_lab(state=state, published_at=LONG_AGO)

    assert register().open_count == 0


@pytest.mark.parametrize(
    ("firms", "reason"),
    [
        ([("Jena", {"kind": LineKind.MONEY})], GapReason.NO_KIND),
        ([("Jena", {"item": Item.DRONE})], GapReason.NO_ITEM),
        ([("Dresden", {})], GapReason.TOO_FAR),
        ([("Dresden", {}), ("Jena", {"item": Item.DRONE})], GapReason.TOO_FAR),
        ([("Dresden", {}), ("Jena", {})], GapReason.AMOUNT_TOO_SMALL),
    ],
)
def test_reason_is_the_nearest_miss(app, register, firms, reason):
    make_lab()
    for town, give in firms:
        make_firm(town, lines=[a_give(**give)])

    register()

    [gap] = rows()
    assert gap.reason is reason
    assert gap.nearest_km == (151 if firms[0][0] == "Dresden" else None)


def test_decline_of_the_quarter_is_nearest_and_its_commonest_code_counts(app, register):
    offer = make_lab()
    codes = [DeclineCode.TIME, DeclineCode.NOT_NOW, DeclineCode.NOT_NOW]
    for code in codes:
        end_introduction(offer, make_firm(), IntroductionState.DECLINED, code)
    end_introduction(offer, make_firm(), IntroductionState.EXPIRED)

    register()

    [gap] = rows()
    assert (gap.reason, gap.decline_code) == (GapReason.DECLINED, DeclineCode.NOT_NOW)
    assert gap.missing == 12


def test_equal_codes_go_by_the_alphabet(app, register):
    offer = make_lab()
    for code in (DeclineCode.TOO_FAR, DeclineCode.POLICY):
        end_introduction(offer, make_firm(), IntroductionState.DECLINED, code)

    register()

    assert rows()[0].decline_code is DeclineCode.POLICY


def test_silence_is_a_reason_and_what_another_quarter_said_is_none(app, register):
    silent, before = make_lab(), make_lab()
    firm = make_firm(lines=[a_give(quantity=1)])
    end_introduction(silent, firm, IntroductionState.EXPIRED)
    august = NOON - timedelta(days=100)
    end_introduction(before, firm, IntroductionState.DECLINED, DeclineCode.TIME, august)

    register()

    reasons = {gap.offer_id: gap.reason for gap in rows()}
    assert reasons[silent.id] is GapReason.NO_ANSWER
    assert reasons[before.id] in {GapReason.NO_KIND, GapReason.AMOUNT_TOO_SMALL}


def test_answer_about_another_thing_is_no_reason(app, register):
    offer = make_lab(lines=[a_need(), a_need(2, LineKind.MONEY, 4000)])
    firm = make_firm()
    end_introduction(offer, firm, IntroductionState.DECLINED, DeclineCode.TIME)

    register()

    assert [gap.reason for gap in rows()] == [GapReason.DECLINED, GapReason.NO_KIND]


def test_line_without_quantity_is_a_gap_only_if_nobody_serves_it(app, register):
    make_lab(lines=[a_need(quantity=None), a_need(2, LineKind.MONEY, None)])
    make_firm()

    register()

    [gap] = rows()
    assert (gap.kind, gap.asked, gap.missing) == (LineKind.MONEY, None, None)


def test_job_runs_twice_and_changes_nothing(app, register):
    make_lab()
    register()
    before = {c.name: getattr(rows()[0], c.name) for c in Gap.__table__.columns}

    assert (register().open_count, register().closed_count) == (1, 0)

    [row] = rows()
    assert {c.name: getattr(row, c.name) for c in Gap.__table__.columns} == before


def test_covered_line_closes_its_row_and_opens_it_again(app, register):
    make_lab()
    register()
    firm = make_firm(lines=[a_give(quantity=12)])

    assert register(NOON + timedelta(days=1)).closed_count == 1
    [row] = rows()
    assert (row.closed_on, row.closed_by) == (date(2026, 11, 24), GapEnd.COVERED)
    assert cells() == {}

    end_introduction(row.offer, firm, IntroductionState.DECLINED, DeclineCode.OTHER)
    register(NOON + timedelta(days=2))

    [row] = rows()
    assert (row.closed_on, row.found_on) == (None, date(2026, 11, 23))


def test_offer_that_is_gone_closes_its_row(app, register):
    offer = make_lab()
    register()
    with transaction():
        offer.state = PostingState.PAUSED

    register(NOON + timedelta(days=1))

    assert rows()[0].closed_by is GapEnd.GONE


def test_rewritten_line_keeps_its_row(app, register, company):
    offer = make_lab()
    register()
    first = rows()[0].id
    line = LineEntry(kind=LineKind.MATERIAL, item="soldering_station", quantity=20)
    revise_lines(offer, (line,))

    register(NOON + timedelta(days=1))

    assert [(row.id, row.asked) for row in rows()] == [(first, 20)]


def test_new_quarter_begins_new_rows(app, register):
    make_lab()
    register()
    register(NOON + timedelta(days=60))

    assert [row.quarter for row in rows()] == ["2026-Q4", "2027-Q1"]


def test_topics_share_a_line_and_sum_to_it(app, register):
    topics = frozenset({Topic.OPTICS, Topic.ROBOTICS, Topic.SOLAR})
    for _ in range(3):
        make_lab(topics=topics, lines=[a_need(quantity=10)])

    register()

    found = cells()
    shares = [found["", topic, "material"] for topic in sorted(topics)]
    assert sum(cell.lines_pm for cell in shares) == found["", "", "material"].lines_pm
    assert [cell.lines_pm for cell in shares] == [1002, 999, 999]
    assert sum(cell.asked_pm for cell in shares) == 30_000
    assert rows()[0].topic is Topic.OPTICS


def test_sum_of_fewer_than_three_is_hidden(app, register):
    for town in ("Jena", "Jena", "Jena", "Leipzig", "Leipzig"):
        make_lab(town)

    register()

    found = cells()
    assert found["16053", "", "material"].organisation_count == 3
    # Leipzig follows from the whole and Jena, so Jena or the whole is hidden too.
    hidden = {
        area for (area, topic, kind), c in found.items() if c.is_hidden and not topic
    }
    assert hidden == {"14713", "SN", "TH", "16053"}
    assert not found["", "", "material"].is_hidden


def test_after_two_years_nobody_tells_whose_it_was(app, register):
    make_lab()
    register()

    with transaction():  # 24 months after the last day of its quarter
        assert forget_whose(at=datetime(2028, 12, 31, 12, tzinfo=UTC)) == 0
        assert forget_whose(at=datetime(2029, 1, 1, 12, tzinfo=UTC)) == 1
        assert forget_whose(at=datetime(2029, 1, 1, 12, tzinfo=UTC)) == 0

    [row] = rows()
    assert (row.need_line_id, row.offer_id, row.organisation_id) == (None, None, None)
    assert (row.district_ags, row.missing) == ("16053", 12)
