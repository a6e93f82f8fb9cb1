"""Our own tables, given back by the organisation whose entries they hold."""

from dataclasses import replace

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.region.labour.enums import Basis
from marketplace.region.topics.enums import Audience, CostClass, Format, Topic
from marketplace.stewardship.takeovers.enums import TakeoverKind
from marketplace.stewardship.takeovers.models import TakenEntry
from marketplace.stewardship.takeovers.services.crafts import CRAFTS
from marketplace.stewardship.takeovers.services.giving import take_unseen
from tests.factories.internships import make_internship
from tests.factories.people import make_member, make_organisation
from tests.factories.postings import make_event, make_offer, make_sponsorship
from tests.moments import NOON

TOLD = {
    "title": "=Löten; schnell",
    "description": "Zwei\n\nZeilen, „eng“",
    "topics": frozenset({Topic.ELECTRONICS, Topic.ROBOTICS}),
    "audiences": frozenset(Audience),
    "link": "https://labor.example/x",
}
MAKERS = {
    "veranstaltungen": (TakeoverKind.EVENTS, make_event, {"capacity": 40}),
    "foerderungen": (
        TakeoverKind.SPONSORSHIPS,
        make_sponsorship,
        {"valid_from": NOON.date(), "valid_to": NOON.date()},
    ),
    "angebote": (
        TakeoverKind.OFFERS,
        make_offer,
        {
            "format": Format.CLUB,
            "starts_on": NOON.date(),
            "ends_on": NOON.date(),
            "cost": CostClass.FREE,
            "group_size": "bis 12",
            "funding_today": "Stiftung",
        },
    ),
    "praktika": (
        TakeoverKind.INTERNSHIPS,
        make_internship,
        {"bases": frozenset(Basis), "papers": "Gesundheitszeugnis"},
    ),
}
# Kept for each entry and told by no column of a table, each with what it is.
UNTOLD = {
    TakeoverKind.EVENTS: set(),
    TakeoverKind.SPONSORSHIPS: set(),
    TakeoverKind.OFFERS: set(),
    TakeoverKind.INTERNSHIPS: {
        *("periods", "day_starts_at", "day_ends_at", "breaks", "grade_from"),
        *("pay", "insurer", "liability", "risks_assessed_on", "supervisors", "learn"),
    },
}


@pytest.fixture(params=MAKERS)
def case(app, request):
    kind, make, own = MAKERS[request.param]
    lab = make_organisation()
    posting = make(organisation=lab, **TOLD | own)
    return kind, lab, posting, f"/{request.param}.csv"


def give(lab, content, kind):
    member = make_member(lab)
    with transaction():
        takeover = take_unseen(
            lab,
            content,
            name="liste.csv",
            kind=kind,
            is_submitted=False,
            is_whole=True,
            actor=member,
            at=NOON,
        )
    return [item["outcome"] for item in takeover.items]


def entry_of(kind, posting):
    entry = dict(vars(CRAFTS[kind].entry_of(posting)))
    if "lines" in entry:  # a line that comes back is a new one
        entry["lines"] = [replace(line, line_id=None) for line in entry["lines"]]
    return {name: value for name, value in entry.items() if name not in UNTOLD[kind]}


def test_table_of_ours_leaves_its_entries_as_they_are(browser, case):
    kind, lab, posting, address = case
    before, text = vars(CRAFTS[kind].entry_of(posting)), browser.get(address).data

    assert give(lab, text, kind) == ["unchanged"]
    assert vars(CRAFTS[kind].entry_of(posting)) == before
    assert browser.get(address).data == text


def test_entry_that_is_gone_comes_back_with_all_its_table_tells(browser, case):
    kind, lab, posting, address = case
    before, text = entry_of(kind, posting), browser.get(address).data
    with transaction():
        db.session.delete(posting)

    assert give(lab, text, kind) == ["created"]
    [taken] = db.session.query(TakenEntry)
    again = db.session.query(CRAFTS[kind].model).filter_by(public_id=taken.posting_key)
    assert entry_of(kind, again.one()) == before


def test_entry_of_somebody_else_is_taken_for_a_new_one(browser, case):
    kind, _lab, posting, address = case
    text = browser.get(address).data

    assert give(make_organisation(), text, kind) == ["created"]
    assert db.session.query(CRAFTS[kind].model).count() == 2
    assert posting.title == TOLD["title"]
