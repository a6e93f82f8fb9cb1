"""That the answers keep their own description; the full number is a figure."""

import pytest

from tests.doors.api.attacks import Attack
from tests.factories.internships import make_internship
from tests.factories.people import make_company, make_organisation
from tests.factories.postings import make_event, make_offer, make_sponsorship
from tests.factories.tokens import make_access

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def lab(app):
    return make_organisation()


@pytest.fixture
def ids(lab):
    """Those of the lab, then those of others, then one of nobody."""
    own = [make_offer(organisation=lab), make_event(organisation=lab)]
    company = make_company()
    others = [
        make_internship(organisation=company),
        make_sponsorship(organisation=company),
        company,
    ]
    return [thing.public_id for thing in (*own, lab, *others)] + ["gibtesnicht"]


def statuses(answers):
    return {status for _operation, status in answers}


def test_everybody_gets_what_is_described(app, ids):
    answers = Attack({}, 6, ids).on(app)

    assert {200, 401, 404} <= statuses(answers) < set(range(500))


def test_an_organisation_gets_what_is_described(app, lab, ids):
    answers = Attack(make_access(lab), 6, ids).on(app)

    assert {200, 201, 404} <= statuses(answers) < set(range(500))
