"""What became one becomes two again: what moved goes back, what came since stays."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from marketplace.encounters.applications.enums import ApplicationState
from marketplace.encounters.watchlist.models import Bookmark, KeptEvent
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.postings.events.services import entry_of, revise_event
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.models import PostingChange
from marketplace.postings.lives.queries import successor_of
from marketplace.postings.offers import services as offers
from marketplace.stewardship.closures.queries import OWED
from marketplace.stewardship.duplicates.enums import PairState
from marketplace.stewardship.duplicates.jobs import forget
from marketplace.stewardship.duplicates.models import Merge
from marketplace.stewardship.duplicates.services.merging import rivalries
from marketplace.stewardship.duplicates.services.undoing import obstacles, undo_merge
from marketplace.stewardship.takeovers.models import TakenEntry
from marketplace.upkeep.audit.models import AuditEntry
from marketplace.upkeep.search.models import SearchEntry
from tests.factories.applications import make_application
from tests.factories.encounters import make_introduction
from tests.factories.internships import make_internship, make_period
from tests.factories.people import (
    make_company,
    make_coordinator,
    make_member,
    make_organisation,
    make_pupil,
)
from tests.factories.postings import a_need, make_offer
from tests.moments import NOON
from tests.stewardship.duplicates.test_services import join, two_events

LATER = NOON + timedelta(days=3)
TOO_LATE = NOON + timedelta(days=31)
pytestmark = pytest.mark.usefixtures("app")


def the_merge():
    return db.session.scalars(select(Merge).order_by(Merge.id.desc())).first()


def part(survivor, other, actor=None, at=LATER, merge=None):
    actor = actor or make_member(survivor.organisation)
    with transaction():
        undo_merge(merge or the_merge(), survivor, other, actor=actor, at=at)


def against(survivor, other, actor=None, at=LATER):
    actor = actor or make_member(survivor.organisation)
    return obstacles(the_merge(), survivor, other, actor=actor, at=at)


def indexed(kind):
    entries = select(SearchEntry.thing_id).where(SearchEntry.kind == kind)
    return sorted(db.session.scalars(entries))


def test_both_stand_again_under_their_own_address():
    one, other = two_events()
    before = (other.published_at, other.ended_at)
    member = make_member(one.organisation)
    pair = join(one, other, actor=member)

    part(one, other, actor=member)

    assert (other.state, successor_of(other)) == (PostingState.PUBLISHED, None)
    assert (other.published_at, other.ended_at) == before
    assert indexed("event") == [one.id, other.id]
    assert (pair.state, pair.decided_at) == (PairState.WAITING, None)
    merge = the_merge()
    assert (merge.merged_by, merge.undone_by) == (member, member)
    assert (merge.undone_at, merge.journal) == (LATER, {})
    actions = db.session.scalars(select(AuditEntry.verb).order_by(AuditEntry.id))
    assert [a for a in actions if a in {"event.merged", "event.parted"}] == [
        "event.merged",
        "event.parted",
    ]


def test_history_and_files_go_back():
    one, other = two_events()
    member = make_member(one.organisation)
    with transaction():
        entry = {**entry_of(other).__dict__, "title": "Labor offen"}
        revise_event(other, type(entry_of(other))(**entry), actor=member, at=NOON)
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

    part(one, other, actor=member)

    def told(posting):
        query = select(PostingChange.field).where(
            PostingChange.posting_id == posting.id
        )
        return db.session.scalars(query.order_by(PostingChange.id)).all()

    assert (told(one), told(other)) == (["merged", "parted"], ["title", "parted"])
    assert file.posting_key == other.public_id


def test_replaced_words_come_back_unless_somebody_changed_them():
    one, other = two_events(
        capacity=30,
        description="Neu",
        link="https://neu.example",
        ends_at=datetime(2026, 12, 5, 10, tzinfo=UTC),
    )
    before = entry_of(one)
    fields = [rivalry.field for rivalry in rivalries(one, other)]
    join(one, other, fields)
    assert entry_of(one) != before
    member = make_member(one.organisation)
    with transaction():
        entry = {**entry_of(one).__dict__, "description": "Ganz neu"}
        revise_event(one, type(before)(**entry), actor=member, at=LATER)

    part(one, other)

    assert entry_of(one).description == "Ganz neu"
    assert entry_of(one).__dict__ == {**before.__dict__, "description": "Ganz neu"}
    assert entry_of(other).description == "Neu"


def test_periods_applications_and_watch_lists_go_back():
    company = make_company()
    one = make_internship(organisation=company)
    later = make_period(starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 5))
    other = make_internship(organisation=company, periods=[make_period(), later])
    waiting = make_application(ApplicationState.WAITING, internship=other)
    mia, tim, eva = make_pupil(), make_pupil(), make_pupil()

    def keep(pupil, posting, at):
        return Bookmark(pupil_id=pupil.id, internship_id=posting.id, kept_at=at)

    with transaction():
        db.session.add_all(
            keep(pupil, posting, NOON)
            for pupil, posting in ((mia, one), (mia, other), (tim, other))
        )
    join(one, other)
    with transaction():
        db.session.add(keep(eva, one, LATER))
    assert [period.is_open for period in one.periods] == [True, False, True]

    part(one, other)

    db.session.refresh(waiting)
    assert (waiting.internship, waiting.period.internship) == (other, other)
    assert ([p.is_open for p in one.periods], [p.is_open for p in other.periods]) == (
        [True],
        [True, True],
    )
    kept = db.session.execute(select(Bookmark.pupil_id, Bookmark.internship_id)).all()
    assert sorted(map(tuple, kept)) == sorted(
        [
            *((mia.id, one.id), (mia.id, other.id)),
            *((tim.id, other.id), (eva.id, one.id)),
        ]
    )
    assert indexed("internship") == [one.id, other.id]


def test_watch_lists_of_an_event_follow_it_and_go_back():
    one, other = two_events()
    mia, tim, eva = make_pupil(), make_pupil(), make_pupil()

    def kept():
        return sorted(
            map(
                tuple, db.session.execute(select(KeptEvent.user_id, KeptEvent.event_id))
            )
        )

    def keep(pupil, posting, at):
        return KeptEvent(user_id=pupil.id, event_id=posting.id, kept_at=at)

    with transaction():
        db.session.add_all(
            keep(pupil, posting, NOON)
            for pupil, posting in ((mia, one), (mia, other), (tim, other))
        )
    join(one, other)
    with transaction():
        db.session.add(keep(eva, one, LATER))
    joined = kept()

    part(one, other)

    assert joined == [(mia.id, one.id), (tim.id, one.id), (eva.id, one.id)]
    assert kept() == [
        *((mia.id, one.id), (mia.id, other.id)),
        *((tim.id, other.id), (eva.id, one.id)),
    ]


@pytest.mark.parametrize("state", sorted(OWED))
def test_pupils_who_rely_on_days_that_came_along_stand_against_it(state):
    company = make_company()
    one = make_internship(organisation=company)
    later = make_period(starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 5))
    other = make_internship(organisation=company, periods=[later])
    join(one, other)
    application = make_application(state, internship=one)
    with transaction():
        application.period = later

    assert against(one, other) == [
        "Zu Zeiträumen des anderen Eintrags gibt es offene Bewerbungen."
    ]
    with pytest.raises(Refusal, match="offene Bewerbungen"):
        part(one, other)
    db.session.rollback()
    assert (other.state, application.internship) == (PostingState.ARCHIVED, one)


def test_lines_and_introductions_go_back_and_new_ones_stay():
    provider = make_organisation()
    one = make_offer(organisation=provider, title="Löten", lines=[a_need(quantity=3)])
    other = make_offer(organisation=provider, title="Löten", lines=[a_need()])
    ours, theirs = one.lines[0], other.lines[0]
    moved = make_introduction(offer=other)
    join(one, other)
    later = make_introduction(offer=one)
    with transaction():
        for paired in later.lines:
            paired.need_line_id = ours.id

    part(one, other)

    for introduction in (moved, later):
        db.session.refresh(introduction)
    assert (moved.offer, later.offer) == (other, one)
    assert (one.lines, other.lines) == ([ours], [theirs])
    assert (ours.line_no, theirs.line_no) == (1, 1)
    assert indexed("offer") == [one.id, other.id]


def test_introduction_on_a_line_that_came_along_stands_against_it():
    provider = make_organisation()
    one = make_offer(organisation=provider, title="Löten", lines=[])
    other = make_offer(organisation=provider, title="Löten", lines=[a_need()])
    join(one, other)
    make_introduction(offer=one)

    assert against(one, other) == [
        "Zu Zeilen des anderen Eintrags gibt es neue Vorstellungen."
    ]


def test_deleted_line_stands_against_it():
    provider = make_organisation()
    one = make_offer(organisation=provider, title="Löten", lines=[])
    other = make_offer(organisation=provider, title="Löten", lines=[a_need()])
    join(one, other)
    with transaction():
        entry = {**offers.entry_of(one).__dict__, "lines": ()}
        actor = make_member(provider)
        offers.revise_offer(one, offers.OfferEntry(**entry), actor=actor, at=LATER)

    assert against(one, other) == [
        "Zeilen des anderen Eintrags sind inzwischen gelöscht."
    ]


def test_month_is_long_enough():
    one, other = two_events()
    join(one, other)
    assert against(one, other, at=NOON + timedelta(days=30)) == []

    assert against(one, other, at=TOO_LATE) == [
        "Die 30 Tage, in denen das geht, sind vorbei."
    ]


def test_journal_is_forgotten_after_a_month(app):
    one, other = two_events()
    join(one, other)
    app.config["NOW"] = TOO_LATE

    with transaction():
        forget({})

    assert (the_merge().journal, the_merge().merged_at) == ({}, NOON)


def test_second_time_is_refused():
    one, other = two_events()
    join(one, other)
    part(one, other)

    with pytest.raises(Refusal, match="schon rückgängig"):
        part(one, other)


def test_merges_upon_merges_are_taken_back_in_any_order():
    one, other = two_events()
    _same, third = two_events(one.organisation)
    join(one, other)
    first = the_merge()
    join(one, third)

    part(one, other, merge=first)
    assert (other.state, third.state) == (
        PostingState.PUBLISHED,
        PostingState.ARCHIVED,
    )
    part(one, third)

    assert third.state is PostingState.PUBLISHED


def test_entry_that_went_into_a_third_keeps_what_it_took():
    one, other = two_events()
    third, _same = two_events(one.organisation)
    join(one, other)
    first = the_merge()
    join(third, one)

    with pytest.raises(Refusal, match="woanders aufgegangen"):
        part(one, other, merge=first)
    db.session.rollback()
    part(third, one)
    part(one, other, merge=first)

    assert {p.state for p in (one, other, third)} == {PostingState.PUBLISHED}


def test_stranger_takes_nothing_back_and_office_no_words():
    one, other = two_events(description="Neu")
    join(one, other, ["description"])

    with pytest.raises(Refusal, match="entscheidet"):
        part(one, other, actor=make_member(make_organisation()))
    db.session.rollback()
    with pytest.raises(Refusal, match="ändert nur die Organisation"):
        part(one, other, actor=make_coordinator())


def test_pages_tell_who_merged_and_take_it_back(browser):
    one, other = two_events()
    member = make_member(one.organisation)
    join(one, other, actor=member)
    browser.sign_in(member)
    address = f"/dubletten/zusammengefuehrt/{the_merge().public_id}"

    assert f'href="{address}"' in browser.get("/dubletten/zusammengefuehrt").text
    page = browser.get(address).text
    assert member.name in page
    assert "Zusammenlegen rückgängig machen" in page
    guest = browser.application.test_client()
    assert guest.get(f"/veranstaltungen/{other.public_id}").status_code == 301

    assert browser.post(f"{address}/rueckgaengig").location == address
    assert guest.get(f"/veranstaltungen/{other.public_id}").status_code in {200, 308}
    assert "rückgängig machen" not in browser.get(address).text
    assert browser.post(f"{address}/rueckgaengig").status_code == 409

    browser.sign_in(make_member(make_organisation()))
    assert browser.get(address).status_code == 404
    assert browser.post(f"{address}/rueckgaengig").status_code == 404
