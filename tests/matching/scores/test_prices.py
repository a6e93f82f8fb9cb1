import pytest

from marketplace.matching.scores.prices import boost_pm, next_price, shown_price


def prices(shown, target, days):
    price, seen = 1000, []
    for _ in range(days):
        price = next_price(price, shown, target)
        seen.append(price)
    return seen


def test_price_of_who_is_shown_often_falls():
    assert prices(60, 20, 6) == [899, 825, 771, 730, 699, 675]


def test_price_of_who_is_never_shown_rises_to_the_limit():
    assert prices(0, 20, 2) == [1356, 1500]


@pytest.mark.parametrize(
    ("shown", "price"),
    [(25, 931), (20, 1000), (16, 1073), (22, 969), (18, 1034), (19, 1017)],
)
def test_prices_of_the_partner_example(shown, price):
    assert prices(shown, 20, 5)[-1] == price


def test_price_stays_above_its_floor():
    assert next_price(500, 10_000, 1) == 500


@pytest.mark.parametrize(
    ("age_days", "boost"),
    [(0, 1100), (1, 1098), (30, 1050), (59, 1001), (60, 1000), (999, 1000)],
)
def test_new_profiles_are_lifted(age_days, boost):
    assert boost_pm(age_days) == boost


def test_profile_without_a_day_of_publication_is_not_new():
    assert boost_pm(None) == 1000


@pytest.mark.parametrize(
    ("price", "age_days", "shown"),
    [(1000, 0, 1100), (1500, 0, 1500), (820, None, 820), (500, None, 500)],
)
def test_shown_price_keeps_within_its_limits(price, age_days, shown):
    assert shown_price(price, age_days) == shown
