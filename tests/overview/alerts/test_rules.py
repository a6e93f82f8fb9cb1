from datetime import date

import pytest

from marketplace.overview.alerts.rules import needs_consent
from tests.factories.people import make_guardian, make_pupil

BORN_ON = date(2010, 11, 24)


@pytest.mark.parametrize(
    ("day", "is_needed"), [(date(2026, 11, 23), True), (date(2026, 11, 24), False)]
)
def test_up_to_the_eve_of_16_somebody_at_home_agrees(app, day, is_needed):
    pupil = make_pupil(BORN_ON)

    assert needs_consent(pupil, day) is is_needed
    assert needs_consent(make_guardian(pupil), day) is False
