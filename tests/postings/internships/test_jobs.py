from datetime import date

from marketplace.foundation.database import transaction
from marketplace.postings.internships.jobs import follow_calendar
from marketplace.postings.lives.enums import PostingState
from tests.factories.internships import make_internship, make_period, make_supervisor
from tests.factories.people import make_company, make_user


def follow():
    with transaction():
        follow_calendar({})


def test_follow_calendar_ends_what_is_over_and_says_nothing(app, outbox):
    over = make_internship(
        periods=[make_period(starts_on=date(2026, 11, 9), ends_on=date(2026, 11, 20))]
    )
    running = make_internship(periods=[make_period(starts_on=date(2026, 11, 9))])

    follow()

    assert (over.state, running.state) == (PostingState.ENDED, PostingState.PUBLISHED)
    assert outbox() == []


def test_follow_calendar_rests_what_lacks_a_declaration_once(app, outbox):
    member = make_user()
    lapsed = make_internship(
        organisation=make_company(member),
        supervisors=[make_supervisor(declared_on=date(2025, 11, 22))],
    )

    follow()
    follow()

    assert lapsed.state is PostingState.PAUSED
    assert outbox() == [(member.email, "posting_paused")]


def test_follow_calendar_rests_what_nobody_confirmed_for_a_year(app, outbox):
    member = make_user()
    company = make_company(member)
    stale = make_internship(organisation=company, confirmed_on=date(2025, 11, 22))
    good = make_internship(organisation=company, confirmed_on=date(2025, 11, 23))

    follow()

    assert (stale.state, good.state) == (PostingState.PAUSED, PostingState.PUBLISHED)
    assert outbox() == [
        (member.email, "posting_paused"),
        (member.email, "posting_reminder"),
    ]
