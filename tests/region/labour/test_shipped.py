"""The boundary cases once more, with the calendar that comes with the product."""

from datetime import date

from marketplace.foundation.database import transaction
from marketplace.region.calendar.queries import calendar_of
from marketplace.region.calendar.services import put_local_holiday, seed_calendar
from tests.moments import NOON
from tests.region.labour.test_cases import CASES


def test_the_shipped_calendar_gives_the_same_answers(app):
    with transaction():
        seed_calendar(at=NOON)
        put_local_holiday("Crostwitz", date(2027, 5, 27), at=NOON)
    calendar = calendar_of(date(2026, 11, 1), date(2028, 11, 1))

    answers = {
        name: case.verdict(calendar=calendar).reason for name, case in CASES.items()
    }

    assert answers == {name: case.says for name, case in CASES.items()}
