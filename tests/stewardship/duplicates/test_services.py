"""Pairs are found once, and what hangs on the one that goes is not lost."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.applications.services.sending import send_application
from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.watchlist.models import Bookmark
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.postings.events.services import entry_of as entry_of_event
from marketplace.postings.events.services import revise_event
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.models import PostingChange
from marketplace.postings.lives.queries import successor_of
from marketplace.stewardship.closures.queries import OWED
from marketplace.stewardship.duplicates.enums import PairState, Sign
from marketplace.stewardship.duplicates.models import Pair
from marketplace.stewardship.duplicates.services.finding import find_pairs
from marketplace.stewardship.duplicates.services.merging import (
    keep_apart,
    merge,
    rivalries,
)
from marketplace.stewardship.takeovers.models import TakenEntry
from marketplace.upkeep.jobs.models import Job
from marketplace.upkeep.search.models import SearchEntry
from tests.factories.applications import make_application, make_draft, make_place
from tests.factories.encounters import make_introduction
from tests.factories.internships import make_internship, make_period
from tests.factories.people import (
    make_company,
    make_coordinator,
    make_member,
    make_organisation,
    make_pupil,
)
from tests.factories.postings import a_need, make_event, make_offer
from tests.moments import NOON

MORNING = datetime(2026, 12, 5, 8, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("app")


def look():
    with transaction():
        count = find_pairs(at=NOON)
    return count, db.session.scalars(select(Pair).order_by(Pair.id)).all()


def two_events(organisation=None, **changes):
    organisation = organisation or make_organisation()
    told = {"starts_at": MORNING, "ends_at": None, "title": "Offenes Labor"}
    one = make_event(organisation=organisation, **told)
    other = make_event(organisation=organisation, **told | changes)
    return one, other


def pair_of(one, other):
    with transaction():
        pair = Pair(
            kind=one.kind,
            first_key=one.public_id,
            second_key=other.public_id,
            organisation_id=one.organisation_id,
            sign=Sign.WORDS,
            found_at=NOON,
        )
        db.session.add(pair)
    return pair


def join(survivor, other, chosen=(), actor=None):
    pair = pair_of(survivor, other)
    actor = actor or make_member(survivor.organisation)
    with transaction():
        merge(pair, survivor, other, chosen, actor=actor, at=NOON)
    return pair


def test_same_title_place_and_days_are_a_pair_once():
    one, other = two_events(title="OFFENES Labor!")

    count, [pair] = look()

    assert (count, pair.sign, pair.state) == (1, Sign.WORDS, PairState.WAITING)
    assert (pair.first_key, pair.second_key) == (one.public_id, other.public_id)
    assert pair.organisation_id == one.organisation_id
    assert look()[0] == 0


def test_same_address_is_a_pair_if_the_titles_share_a_word():
    link = "https://labor.example/offen"
    organisation = make_organisation()
    told = {"starts_at": MORNING, "ends_at": None, "link": link}
    for title in ("Offenes Labor", "Labor für alle", "Vortrag"):
        make_event(organisation=organisation, title=title, **told)

    count, [pair] = look()

    assert (count, pair.sign) == (1, Sign.ADDRESS)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Offene Werkstatt"},
        {"starts_at": datetime(2026, 12, 12, 8, tzinfo=UTC)},
        {"state": PostingState.ENDED},
    ],
)
def test_other_title_or_day_and_what_is_over_is_none(changes):
    two_events(**changes)

    assert look() == (0, [])


def test_others_of_the_same_title_are_none():
    two_events()
    make_event(title="Offenes Labor", starts_at=MORNING, ends_at=None)

    assert look()[0] == 1


def test_two_companies_with_like_names_are_two():
    for name in ("Werk Linse GmbH", "Werk Linse KG"):
        firm = make_organisation(name=name)
        make_event(organisation=firm, title="Tag", starts_at=MORNING, ends_at=None)

    assert look() == (0, [])


def test_many_of_one_title_are_a_series():
    organisation = make_organisation()
    for _ in range(13):
        make_offer(organisation=organisation, title="Kurs", lines=[])

    assert look()[0] == 0


def test_hint_about_a_known_name_is_a_pair():
    provider = make_organisation(name="Labor Linse gGmbH")
    listed = make_organisation(name="Labor Linse")
    own = make_offer(organisation=provider, title="Löten", lines=[])
    make_offer(PostingState.LISTED, listed, title="Löten", lines=[])

    _count, [pair] = look()

    assert (pair.first_key, pair.organisation_id) == (own.public_id, None)


def test_what_somebody_said_is_not_asked_again():
    one, other = two_events()
    _count, [pair] = look()
    with transaction():
        keep_apart(pair, one, other, actor=make_coordinator(), at=NOON)

    assert look() == (0, [pair])
    assert pair.state is PairState.APART


def test_pair_of_which_one_is_over_is_dropped():
    _one, other = two_events()
    look()
    with transaction():
        other.state, other.ended_at = PostingState.ENDED, NOON

    assert look() == (0, [])


def test_words_are_chosen_field_by_field():
    one, other = two_events(title="Offenes Labor", capacity=30, description="Neu")
    assert {rival.field for rival in rivalries(one, other)} == {
        "capacity",
        "description",
    }

    join(one, other, ["capacity"])

    assert one.capacity == 30
    assert one.description != "Neu"


def test_other_is_gone_at_once_and_leads_to_what_stays():
    one, other = two_events()

    pair = join(one, other)

    assert (other.state, successor_of(other)) == (PostingState.ARCHIVED, one)
    entries = db.session.scalars(select(SearchEntry).where(SearchEntry.kind == "event"))
    assert [entry.thing_id for entry in entries] == [one.id]
    assert pair.state is PairState.MERGED


def test_history_and_files_move_and_both_sources_are_named():
    one, other = two_events()
    member = make_member(one.organisation)
    with transaction():
        entry = {**entry_of_event(other).__dict__, "title": "Labor offen"}
        revise_event(other, type(entry_of_event(other))(**entry), actor=member, at=NOON)
        file = TakenEntry(
            organisation_id=one.organisation_id,
            kind="events",
            key="a@x",
            posting_key=other.public_id,
            file_name="k.ics",
            digest="",
            taken_at=NOON,
        )
        db.session.add(file)

    join(one, other, actor=member)

    changes = db.session.scalars(
        select(PostingChange).where(PostingChange.posting_id == one.id)
    )
    told = {(change.field, change.old, change.new) for change in changes}
    assert told == {
        ("title", "Offenes Labor", "Labor offen"),
        ("merged", "", "Labor offen (öffentlich)"),
    }
    assert file.posting_key == one.public_id


def test_applications_and_watch_lists_move_with_their_period():
    company = make_company()
    one = make_internship(organisation=company)
    other = make_internship(organisation=company, periods=[make_period()])
    application = make_application(ApplicationState.WAITING, internship=other)
    mia, tim = make_pupil(), make_pupil()
    with transaction():
        db.session.add_all(
            Bookmark(pupil_id=pupil.id, internship_id=posting.id, kept_at=NOON)
            for pupil, posting in ((mia, one), (mia, other), (tim, other))
        )

    join(one, other)

    db.session.refresh(application)
    assert application.internship is one
    assert application.period.internship is one
    # The same days are offered once; who applied keeps hers.
    assert [period.is_open for period in one.periods] == [True, False]
    kept = db.session.scalars(select(Bookmark).order_by(Bookmark.pupil_id)).all()
    assert [(b.pupil_id, b.internship_id) for b in kept] == [
        (mia.id, one.id),
        (tim.id, one.id),
    ]
    told = select(Job).where(Job.kind == "applications.tell_of_change")
    assert db.session.scalars(told).one().payload == {
        "internship_id": one.id,
        "change": "revised",
    }


def test_introductions_move_with_the_lines_they_are_about():
    provider = make_organisation()
    one = make_offer(organisation=provider, title="Löten", lines=[a_need(quantity=3)])
    other = make_offer(organisation=provider, title="Löten", lines=[a_need()])
    line = other.lines[0]
    introduction = make_introduction(offer=other)

    join(one, other)

    db.session.refresh(introduction)
    assert introduction.offer is one
    assert line in one.lines
    assert [needed.line_no for needed in one.lines] == [1, 2]
    assert other.lines == []
    assert db.session.scalars(select(Introduction)).one() is introduction


def test_days_that_are_not_offered_stay_open():
    company = make_company()
    one = make_internship(organisation=company)
    later = make_period(starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 5))
    other = make_internship(organisation=company, periods=[later])

    join(one, other)

    assert [period.is_open for period in one.periods] == [True, True]
    assert one.terms_changed_at == NOON
    asked = db.session.scalars(select(Job.kind).order_by(Job.kind)).all()
    assert {"applications.tell_of_change", "papers.renew"} <= set(asked)


@pytest.mark.parametrize("state", sorted(OWED))
def test_internship_on_which_pupils_rely_does_not_go(state):
    company = make_company()
    one = make_internship(organisation=company)
    other = make_internship(organisation=company, title="Gießerei")
    application = make_application(state, internship=other)

    with pytest.raises(Refusal, match=r"Zu „Gießerei“ .* Lassen Sie diesen"):
        join(one, other)
    db.session.rollback()
    assert (other.state, application.internship) == (PostingState.PUBLISHED, other)

    pair = db.session.scalars(select(Pair)).one()
    with transaction():
        merge(pair, other, one, actor=make_member(company), at=NOON)
    assert (one.state, application.internship) == (PostingState.ARCHIVED, other)


def test_draft_begun_while_two_became_one_is_sent_to_the_one_that_stays():
    company = make_company()
    one, other = make_place(organisation=company), make_place(organisation=company)
    later = make_period(starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 5))
    with transaction():
        one.periods = [later]
    draft = make_draft(internship=other)
    join(one, other)
    db.session.refresh(draft)
    assert draft.internship is one
    with transaction():
        draft.internship = other  # as if it had been written a moment later

    with transaction():
        send_application(
            draft, actor=draft.pupil, sent_from="192.0.2.7", key=b"k" * 32, at=NOON
        )

    assert (draft.internship, draft.period.internship) == (one, one)
    assert draft.state is ApplicationState.WAITING


def test_period_without_a_working_day_does_not_move():
    company = make_company()
    one = make_internship(organisation=company)
    weekend = make_period(starts_on=date(2027, 3, 6), ends_on=date(2027, 3, 7))
    other = make_internship(organisation=company, periods=[weekend])

    with pytest.raises(Refusal, match="kein Arbeitstag"):
        join(one, other)
    db.session.rollback()
    assert (other.state, len(one.periods)) == (PostingState.PUBLISHED, 1)


def test_filled_internship_opens_with_the_places_of_the_other():
    company = make_company()
    one = make_internship(PostingState.FILLED, organisation=company)
    with transaction():
        one.periods[0].taken_count = one.periods[0].place_count
    later = make_period(starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 5))
    other = make_internship(organisation=company, periods=[later])

    join(one, other)

    assert one.state is PostingState.PUBLISHED


@pytest.mark.parametrize(
    ("state", "gone"),
    [
        (PostingState.DRAFT, PostingState.PUBLISHED),
        (PostingState.ENDED, PostingState.PUBLISHED),
        (PostingState.LISTED, PostingState.DRAFT),
    ],
)
def test_less_confirmed_entry_does_not_stay(state, gone):
    organisation = make_organisation()
    survivor = make_event(state, organisation)
    other = make_event(gone, organisation)

    with pytest.raises(Refusal):
        join(survivor, other)
    assert other.state is gone


def test_stranger_merges_nothing():
    one, other = two_events()

    with pytest.raises(Refusal):
        join(one, other, actor=make_member(make_organisation()))


def test_office_changes_no_words():
    one, other = two_events(description="Neu")

    with pytest.raises(Refusal):
        join(one, other, ["description"], actor=make_coordinator())
    db.session.rollback()
    pair = db.session.scalars(select(Pair)).one()
    with transaction():
        merge(pair, one, other, actor=make_coordinator(), at=NOON)
    assert one.description != "Neu"


def test_pair_is_decided_once():
    one, other = two_events()
    pair = join(one, other)

    with pytest.raises(Refusal), transaction():
        keep_apart(pair, one, other, actor=make_coordinator(), at=NOON)
    assert pair.state is PairState.MERGED
