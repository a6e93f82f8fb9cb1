from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace.encounters.introductions.enums import IntroductionState, Side
from marketplace.encounters.introductions.models import Introduction
from marketplace.foundation.database import db, transaction
from marketplace.matching.gaps.enums import GapEnd
from marketplace.matching.gaps.models import Gap
from marketplace.matching.gaps.services.registering import register_gaps
from marketplace.matching.partners.models import Listed
from marketplace.matching.partners.services.explaining import explain
from marketplace.matching.partners.services.worlds import (
    profile_of_offer,
    profile_of_site,
    world_at,
)
from marketplace.matching.quality.enums import Figure
from marketplace.matching.quality.models import QualityFigure
from marketplace.matching.quality.services.measuring import is_summing, measure
from tests.factories.postings import a_need
from tests.matching.gaps.conftest import make_firm, make_lab
from tests.moments import NOON

AGREED, DECLINED = IntroductionState.AGREED, IntroductionState.DECLINED


def measured(at=NOON):
    with transaction():
        found = measure(at=at)
    return {one.figure: (one.value, one.case_count) for one in found}


def introduce(offer, firm, state, days=2, rank=None, side=Side.PROVIDER, **more):
    at = NOON - timedelta(days=30)
    with transaction():
        introduction = Introduction(
            provider=offer.organisation,
            company=firm,
            offer=offer,
            site=firm.sites[0],
            proposed_by=side,
            state=state,
            created_at=at,
            due_at=NOON,
            ended_at=at + timedelta(days=days),
            list_rank=rank,
            **more,
        )
        db.session.add(introduction)


def list_one(reader, other, rank=1):
    row = Listed(
        id=32 * reader + rank,
        profile_id=reader,
        rank=rank,
        other_id=other,
        key=1,
        r=1,
        weights_version=1,
    )
    with transaction():
        db.session.add(row)


def test_empty_market_has_no_figures(app):
    found = measured()

    assert {value for value, _count in found.values()} == {None, 0}
    assert found[Figure.GAPS_CLOSED] == (0, 0)


def test_exposure_is_read_from_the_stored_lists(app):
    offers = [make_lab() for _ in range(2)]
    shown, unseen = make_firm(), make_firm()
    for offer in offers:
        list_one(profile_of_offer(offer.id), profile_of_site(shown.sites[0].id))
    list_one(profile_of_site(unseen.sites[0].id), profile_of_offer(offers[0].id))

    found = measured()

    assert found[Figure.GINI_COMPANIES] == (0.5, 2)
    assert found[Figure.GINI_PROVIDERS] == (0.5, 2)
    assert found[Figure.NEVER_SHOWN] == (0.5, 4)
    assert found[Figure.TOP_TENTH] == (pytest.approx(2 / 3), 4)


def test_introductions_are_counted_by_who_asked(app):
    offer = make_lab()
    introduce(offer, make_firm(), AGREED, days=1)
    introduce(offer, make_firm(), DECLINED, days=3)
    introduce(offer, make_firm(), AGREED, days=4, side=Side.COMPANY)
    introduce(offer, make_firm(), IntroductionState.EXPIRED, side=Side.COORDINATION)
    introduce(offer, make_firm(), DECLINED, days=8, is_from_digest=True)
    introduce(offer, make_firm(), IntroductionState.HALF)

    found = measured()

    assert found[Figure.ACCEPTED] == (0.4, 5)
    assert found[Figure.BY_PROVIDER] == (0.5, 2)
    assert found[Figure.BY_COMPANY] == (1, 1)
    assert found[Figure.BY_COORDINATOR] == (0, 1)
    assert found[Figure.BY_DIGEST] == (0, 1)
    assert found[Figure.ANSWER_DAYS] == (3.5, 4)


def test_order_is_judged_list_by_list(app):
    good, poor = make_lab(), make_lab()
    introduce(good, make_firm(), AGREED, rank=1)
    introduce(good, make_firm(), DECLINED, rank=2)
    introduce(poor, make_firm(), DECLINED, rank=1)
    introduce(poor, make_firm(), AGREED, rank=3)

    assert measured()[Figure.NDCG] == (pytest.approx((1 + 0.5) / 2), 2)


def test_fill_is_what_is_agreed(app):
    make_lab(lines=[a_need(open_quantity=3), a_need(2, open_quantity=0)])
    make_lab(published_at=NOON - timedelta(days=91), lines=[a_need(open_quantity=0)])

    found = measured()

    assert found[Figure.FILL] == (pytest.approx((0.75 + 1 + 1) / 3), 3)
    assert found[Figure.COVERED_90] == (1, 1)


def test_closed_gaps_of_the_quarter_are_counted(app):
    for _ in range(2):
        make_lab()
    with transaction():
        register_gaps(at=NOON)
        covered, gone = db.session.scalars(select(Gap).order_by(Gap.id))
        covered.closed_by, gone.closed_by = GapEnd.COVERED, GapEnd.GONE

    assert measured()[Figure.GAPS_CLOSED] == (1, 1)


def test_every_explanation_sums(app):
    offer, firm = make_lab(), make_firm()
    profile, other = profile_of_offer(offer.id), profile_of_site(firm.sites[0].id)
    list_one(profile, other)

    assert measured()[Figure.SUMS] == (1, 1)


def test_explanation_that_does_not_sum_is_found(app):
    offer, firm = make_lab(), make_firm()
    index = world_at(NOON).index
    pair = (profile_of_offer(offer.id), profile_of_site(firm.sites[0].id))
    told = explain(*(index.profiles[number] for number in pair), index.weights)

    assert is_summing(told)
    wrong = type(told)(**vars(told) | {"points": told.points + 1})
    assert not is_summing(wrong)
    assert not is_summing(type(told)(**vars(told) | {"exact": "1,00"}))


def test_last_night_of_a_month_stays(app):
    make_lab(lines=[a_need(open_quantity=6)])
    measured()
    measured(NOON + timedelta(days=1))
    measured(NOON + timedelta(days=10))

    rows = db.session.scalars(
        select(QualityFigure).where(QualityFigure.figure == Figure.FILL)
    ).all()
    assert [(row.month, row.measured_on.day) for row in rows] == [
        ("2026-11", 24),
        ("2026-12", 3),
    ]
