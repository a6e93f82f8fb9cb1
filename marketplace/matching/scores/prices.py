"""The congestion price: who is shown often moves back a little, who is new forward.

Prices are thousandths. The daily update takes yesterday's price on.
"""

from math import floor

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]

START, LOWEST, HIGHEST = 1000, 500, 1500
BOOST_DAYS, BOOST_PM = 60, 100
MEMORY, STRENGTH = 0.8, 0.1


def boost_pm(age_days: int | None) -> int:
    """A tenth more on the first day, falling to nothing in 60 days."""
    if age_days is None:
        return 1000
    return 1000 + BOOST_PM * max(0, BOOST_DAYS - age_days) // BOOST_DAYS


def shown_price(price_pm: int, age_days: int | None = None) -> int:
    """The price that counts in lists."""
    return _bounded(price_pm * boost_pm(age_days) // 1000)


def next_price(price_pm: int, shown: int, target: float) -> int:
    """Today's price from yesterday's, the lists it stood in and those it should."""
    pull = ((target + 1) / (shown + 1)) ** STRENGTH
    return _bounded(floor(1000 * (price_pm / 1000) ** MEMORY * pull + 0.5))


def next_prices(prices: Integers, shown: Integers, free: Integers) -> Integers:
    """Today's prices of those of one side who could be shown.

    All that was shown is shared out by what each can still carry; who should have
    nothing keeps the price.
    """
    whole, carried = int(shown.sum()), int(free.sum())
    updated = [
        next_price(price, times, whole * own / carried) if whole * own else price
        for price, times, own in zip(
            prices.tolist(), shown.tolist(), free.tolist(), strict=True
        )
    ]
    return np.array(updated, np.int64)


def shown_prices(prices_pm: Integers, ages_days: Integers) -> Integers:
    """The prices that count of many; an age of -1 is long ago."""
    left = np.where(ages_days < 0, 0, np.maximum(0, BOOST_DAYS - ages_days))
    boosts = 1000 + BOOST_PM * left.astype(np.int64) // BOOST_DAYS
    prices: Integers = prices_pm * boosts // 1000
    return np.clip(prices, LOWEST, HIGHEST)


def _bounded(price_pm: int) -> int:
    return min(HIGHEST, max(LOWEST, price_pm))
