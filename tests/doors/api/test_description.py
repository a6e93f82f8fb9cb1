"""That the answers keep their own description; the full number is a figure."""

import pytest

from tests.doors.api.attacks import attack
from tests.factories.internships import make_internship
from tests.factories.people import make_company, make_organisation
from tests.factories.postings import make_event, make_offer, make_sponsorship
from tests.factories.tokens import make_access

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def lab(app):
    lab, company = make_organisation(), make_company()
    make_offer(organisation=lab)
    make_event(organisation=lab)
    make_internship(organisation=company)
    make_sponsorship(organisation=company)
    return lab


def test_everybody_gets_what_is_described(app, lab):
    answers = attack(app, 3)

    assert answers[200]
    assert answers[401]
    assert not [status for status in answers if status >= 500]


def test_an_organisation_gets_what_is_described(app, lab):
    answers = attack(app, 3, make_access(lab))

    assert answers[200]
    assert not answers[401]
    assert not [status for status in answers if status >= 500]
