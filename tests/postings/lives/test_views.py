import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from marketplace.foundation.database import db, transaction
from marketplace.people.organisations.models import Membership
from marketplace.postings.lives.enums import PostingState
from marketplace.postings.lives.models import PostingChange
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.upkeep.mail.services import mint_link
from tests.factories.people import make_user
from tests.factories.postings import make_offer, make_sponsorship
from tests.moments import NOON

TODAY = date(2026, 11, 23)
SOON = date(2025, 11, 30)


@pytest.fixture
def reminded(kind, company):
    """A posting of which a reminder waits, and the address of its link."""
    posting = kind.make(PostingState.PUBLISHED, company, confirmed_on=SOON)
    with transaction():
        kind.jobs.follow_calendar({})
    with transaction():
        letter = db.session.scalars(select(OutboxEntry)).one()
        token = mint_link(letter)
    return posting, f"/{kind.path}/bestaetigen/{token}"


def test_a_reminder_is_answered_with_one_button_signed_out(browser, reminded):
    posting, address = reminded

    pages = [browser.get(address) for _mail_scanner in range(3)]
    before = posting.confirmed_on
    response = browser.post(address)

    assert {page.status_code for page in pages} == {200}
    assert "Ja, stimmt noch" in pages[0].text
    assert before == SOON
    assert response.status_code == 302
    assert (posting.confirmed_on, posting.reminded_count) == (TODAY, 0)


def test_a_link_that_was_used_says_so_and_changes_nothing(browser, app, reminded):
    posting, address = reminded
    browser.post(address)
    app.config["NOW"] = NOON + timedelta(days=2)

    page, again = browser.get(address).text, browser.post(address)

    assert "Das ist schon bestätigt" in page
    assert again.status_code == 302
    assert posting.confirmed_on == TODAY


def test_a_link_is_refused_when_it_is_old_or_made_up(browser, app, kind, reminded):
    posting, address = reminded
    app.config["NOW"] = NOON + timedelta(days=9)

    statuses = [
        browser.post(address).status_code,
        browser.get(f"/{kind.path}/bestaetigen/ausgedacht").status_code,
        browser.post(f"/{kind.path}/bestaetigen/ausgedacht").status_code,
    ]

    assert statuses == [409, 409, 409]
    assert posting.confirmed_on == SOON


def test_who_has_left_confirms_no_more(browser, member, reminded):
    posting, address = reminded
    with transaction():
        db.session.execute(Membership.__table__.update().values(user_id=make_user().id))

    response = browser.post(address)

    assert response.status_code == 409
    assert posting.confirmed_on == SOON


def test_whose_account_is_shut_confirms_no_more(browser, member, reminded):
    posting, address = reminded
    with transaction():
        member.disabled_at = NOON

    response = browser.post(address)

    assert response.status_code == 409
    assert posting.confirmed_on == SOON


@pytest.mark.parametrize(
    ("state", "act", "who"),
    [
        (PostingState.PUBLISHED, "end", "member"),
        (PostingState.DRAFT, "delete", "member"),
        (PostingState.PUBLISHED, "freeze", "coordinator"),
    ],
)
def test_what_cannot_be_taken_back_asks_first(
    browser, request, kind, company, state, act, who
):
    posting = kind.make(state, company)
    browser.sign_in(request.getfixturevalue(who))

    page = browser.get(kind.address(posting)).text
    [link] = re.findall(rf'href="([^"]+/schritt/{act})"', page)
    question = browser.get(link)

    assert f'action="{link}"' not in page
    assert question.status_code == 200
    assert '<form method="post"' in question.text
    assert posting.state is state


def test_a_freeze_is_one_click_with_a_reason_ready(browser, coordinator, kind):
    posting = kind.make()
    browser.sign_in(coordinator)

    question = browser.get(kind.address(posting, "/schritt/freeze")).text
    [words] = re.findall(r"<textarea[^>]*>\s*([^<]+)</textarea>", question)
    empty = browser.post(kind.address(posting, "/schritt/freeze"), data={"words": ""})
    still = posting.state
    browser.post(kind.address(posting, "/schritt/freeze"), data={"words": words})

    assert (empty.status_code, still) == (422, PostingState.PUBLISHED)
    assert (posting.state, posting.return_words) == (PostingState.FROZEN, words.strip())
    assert browser.get(f"/{kind.path}").text.count(posting.title) == 0


def test_what_ended_long_ago_is_there_for_its_people_alone(
    browser, kind, member, company
):
    long_ago = NOON - timedelta(days=31)
    posting = kind.make(PostingState.ENDED, company, ended_at=long_ago)

    statuses = [
        browser.get(kind.address(posting)).status_code,
        browser.sign_in(member).get(kind.address(posting)).status_code,
    ]

    assert statuses == [404, 200]


def test_what_has_just_ended_is_marked_and_offers_no_act(browser, kind):
    posting = kind.make(PostingState.ENDED)

    page = browser.get(kind.address(posting)).text

    assert "beendet</span>" in page
    assert "/schritt/" not in page
    assert "/bewerben" not in page


def test_a_preview_is_the_page_without_the_acts(browser, kind, member, company):
    posting = kind.make(PostingState.DRAFT, company)

    page = browser.sign_in(member).get(kind.address(posting, "/vorschau")).text

    assert "So sehen es alle, wenn es öffentlich ist" in page
    assert posting.description in page
    assert "/schritt/" not in page
    assert "Entwurf" not in page


def test_copying_leads_to_the_new_days(browser, kind, member, company):
    posting = kind.make(PostingState.ENDED, company)
    browser.sign_in(member)

    response = browser.post(kind.address(posting, "/schritt/copy"))

    copy = db.session.scalars(
        select(kind.model).where(kind.model.id != posting.id)
    ).one()
    assert copy.state is PostingState.DRAFT
    assert response.location.startswith(f"/{kind.path}/{copy.public_id}")
    assert response.location.endswith("/bearbeiten")


def a_sponsorship_input(company, **changes):
    return {
        "title": "Neuer Titel",
        "description": "Acht Lötstationen, leihweise für ein Halbjahr.",
        "topics": ["electronics"],
        "audiences": ["class_9_10"],
        "site_id": str(company.sites[0].id),
        "lines-0-kind": "material",
        "lines-0-item": "soldering_station",
        "lines-0-amount": "8 Stück",
        "lines-0-months_from": "2027-02",
        "lines-0-months_to": "2027-04",
    } | changes


def test_the_history_says_who_changed_what(browser, member, company, coordinator):
    posting = make_sponsorship(PostingState.PUBLISHED, company)
    address = f"/foerderungen/{posting.public_id}"
    browser.sign_in(member)

    entered = a_sponsorship_input(company, version=posting.version)
    browser.post(f"{address}/bearbeiten", data=entered)
    pages = [
        browser.get(f"{address}/verlauf").text,
        browser.sign_in(coordinator).get(f"{address}/verlauf").text,
    ]

    changes = db.session.scalars(select(PostingChange)).all()
    assert [(c.field, c.old, c.new, c.actor_id, c.at) for c in changes] == [
        ("title", "Lötstationen für Labore", "Neuer Titel", member.id, NOON)
    ]
    for page in pages:
        assert f"{member.first_name} {member.surname}" in page
        assert re.search(
            r"<dd>Neuer Titel<span>vorher: Lötstationen für Labore</span>", page
        )


def test_a_refused_change_leaves_no_history(browser, member, company):
    posting = make_sponsorship(PostingState.PUBLISHED, company)
    browser.sign_in(member)

    wrong = a_sponsorship_input(company, title="", version=posting.version)
    response = browser.post(f"/foerderungen/{posting.public_id}/bearbeiten", data=wrong)

    assert response.status_code == 422
    assert db.session.scalars(select(PostingChange)).all() == []


def test_a_former_member_keeps_no_name(browser, member, company):
    offer = make_offer(PostingState.PUBLISHED, company)
    change = PostingChange(
        kind="offer",
        posting_id=offer.id,
        field="lines",
        old="",
        new="<b>acht</b>",
        actor_id=999_999,
        at=NOON,
    )
    with transaction():
        db.session.add(change)

    page = browser.sign_in(member).get(f"/angebote/{offer.public_id}/verlauf").text

    assert "Früheres Mitglied" in page
    assert "&lt;b&gt;acht&lt;/b&gt;" in page


def test_lists_ask_as_often_for_many_as_for_one(
    browser, queries, kind, member, company
):
    posting = kind.make(PostingState.PUBLISHED, company)
    browser.sign_in(member)
    counts = {}
    for rows in (1, 30):
        while db.session.query(kind.model).count() < rows:
            kind.make(PostingState.PUBLISHED, company)
        with transaction():
            for k in range(rows):
                change = PostingChange(
                    kind=kind.model.kind,
                    posting_id=posting.id,
                    field="title",
                    old=f"{k}",
                    new=f"{k + 1}",
                    actor_id=member.id,
                    at=NOON + timedelta(minutes=k),
                )
                db.session.add(change)
        db.session.expire_all()
        for end in ("", "/meine", f"/{posting.public_id}/verlauf"):
            browser.get(f"/{kind.path}{end}")
            queries.clear()
            browser.get(f"/{kind.path}{end}")
            counts.setdefault(end[-7:], []).append(len(queries))

    assert all(many <= one for one, many in counts.values()), counts
