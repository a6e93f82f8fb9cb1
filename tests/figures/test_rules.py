"""The rules for minors, a thousand times: judged, published, confirmed."""

from hypothesis import HealthCheck, given, settings

from tests.encounters.applications.test_lawful import confirm_lawfully, wishes
from tests.postings.internships.test_lawful import places, publish_lawfully
from tests.region.labour.drawing import weeks_of_somebody
from tests.region.labour.test_reading import read_alike

RUNS = 1000


def a_thousand_times(strategy, claim):
    plenty = settings(
        deadline=None, max_examples=RUNS, suppress_health_check=list(HealthCheck)
    )
    plenty(given(strategy)(claim))()


def test_a_thousand_weeks_are_read_alike():
    a_thousand_times(weeks_of_somebody(), read_alike)


def test_of_a_thousand_places_none_is_published_against_a_rule(app):
    a_thousand_times(places(), publish_lawfully)


def test_of_a_thousand_wishes_none_is_confirmed_against_a_rule(app):
    a_thousand_times(wishes(), confirm_lawfully)
