"""Who may do what to a posting in which state: one table, each cell a request."""

import pytest
from sqlalchemy import func, select

from marketplace.foundation.database import db
from marketplace.postings.lives.enums import PostingState
from marketplace.upkeep.audit.models import AuditEntry
from marketplace.upkeep.jobs.models import Job
from marketplace.upkeep.mail.models import OutboxEntry
from marketplace.web.access import audience_of
from tests.factories.people import (
    make_company,
    make_coordinator,
    make_guardian,
    make_pupil,
    make_school,
    make_staff,
    make_user,
)
from tests.postings.lives.kinds import KINDS

# Of guest, pupil, guardian, school, member of another company, member, office: is sent
# to the door, finds nothing, is refused, or it is done.
TABLE = """
         draft   submitted published paused  filled  ended   archived frozen  listed
show     fffffdd fffffdd   ddddddd   ddddddd ddddddd ddddddd fffffdd  fffffdd ddddddd
edit     sffffdf sffffrf   sffffdf   sffffdf sffffdf sffffrf sffffrf  sffffrf sffffrf
preview  sffffdd sffffdd   sffffdd   sffffdd sffffdd sffffdd sffffdd  sffffdd sffffdd
history  sffffdd sffffdd   sffffdd   sffffdd sffffdd sffffdd sffffdd  sffffdd sffffdd
confirm  sffffrf sffffrf   sffffdf   sffffdf sffffdf sffffrf sffffrf  sffffrf sffffrf
submit   sffffdr sffffrr   sffffrr   sffffrr sffffrr sffffrr sffffrr  sffffrr sffffrr
publish  sffffrr sffffrd   sffffrr   sffffrr sffffrr sffffrr sffffrr  sffffrr sffffrr
return   sffffrr sffffrd   sffffrr   sffffrr sffffrr sffffrr sffffrr  sffffrr sffffrr
pause    sffffrr sffffrr   sffffdr   sffffrr sffffrr sffffrr sffffrr  sffffrr sffffrr
resume   sffffrr sffffrr   sffffrr   sffffdr sffffrr sffffrr sffffrr  sffffrr sffffrr
end      sffffrr sffffrr   sffffdr   sffffdr sffffdr sffffrr sffffrr  sffffrr sffffrr
copy     sffffrr sffffrr   sffffrr   sffffrr sffffrr sffffdr sffffrr  sffffrr sffffrr
freeze   sffffrr sffffrr   sffffrd   sffffrd sffffrd sffffrd sffffrr  sffffrr sffffrd
thaw     sffffrr sffffrr   sffffrr   sffffrr sffffrr sffffrr sffffrr  sffffrd sffffrr
delete   sffffdr sffffrr   sffffrr   sffffrr sffffrr sffffrr sffffrr  sffffrr sffffrd
fill     sffffff sffffff   sffffff   sffffff sffffff sffffff sffffff  sffffff sffffff
reopen   sffffff sffffff   sffffff   sffffff sffffff sffffff sffffff  sffffff sffffff
archive  sffffff sffffff   sffffff   sffffff sffffff sffffff sffffff  sffffff sffffff
"""
PEOPLE = ("guest", "pupil", "guardian", "school", "other", "member", "office")
PAGES = {
    "show": "",
    "edit": "/bearbeiten",
    "preview": "/vorschau",
    "history": "/verlauf",
}

states, *lines = [line.split() for line in TABLE.strip().splitlines()]


@pytest.fixture
def people(app):
    other = make_user()
    make_company(other)
    return {
        "guest": None,
        "pupil": make_pupil(),
        "guardian": make_guardian(),
        "school": make_staff(make_school()),
        "other": other,
        "member": make_user(),
        "office": make_coordinator(),
    }


@pytest.fixture
def browsers(app, people):
    """A browser each, so that nobody signs in twice."""
    found = {}
    for name, person in people.items():
        found[name] = app.test_client()
        if person:
            found[name].sign_in(person)
    return found


def answer_to(browser, kind, posting, endpoint):
    """How a person is answered, as the letter of the table."""
    if endpoint in PAGES:
        response = browser.get(kind.address(posting, PAGES[endpoint]))
    else:
        end = "/bestaetigen" if endpoint == "confirm" else f"/schritt/{endpoint}"
        response = browser.post(kind.address(posting, end), data={"words": "Wo?"})

    way = (response.location or "").split("?")[0]
    if (response.status_code, way) == (302, "/anmelden"):
        return "s"
    is_done = way.startswith(f"/{kind.path}")
    return {404: "f", 409: "r", 200: "d"}.get(response.status_code, "d" * is_done)


def everything(kind):
    """What an act could change: rows of this kind, what was noted, sent and asked."""
    columns = kind.model.__table__.columns
    rows = db.session.execute(select(*columns).order_by(columns.id)).all()
    tables = (AuditEntry, OutboxEntry, Job)
    counts = [db.session.scalar(select(func.count(t.id))) for t in tables]
    return rows, counts


@pytest.mark.parametrize(("endpoint", "cells"), [(name, row) for name, *row in lines])
def test_a_posting_obeys_the_table(kind, people, browsers, endpoint, cells):
    company = make_company(people["member"])
    row = []

    for state in states:
        posting, cell = None, ""
        for person in PEOPLE:
            if posting is None:
                posting = kind.make(PostingState(state), company)
            before = everything(kind)
            cell += answer_to(browsers[person], kind, posting, endpoint)
            is_changed = everything(kind) != before
            assert is_changed == (cell[-1] == "d" and endpoint not in PAGES)
            posting = None if is_changed else posting
        row.append(cell)

    assert row == cells


def test_every_endpoint_of_a_posting_stands_in_the_table(app, kind):
    name = f"{kind.model.kind}s"
    endpoints = {
        rule.endpoint.removeprefix(f"{name}.")
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith(f"{name}.") and "key" in rule.arguments
    }

    assert endpoints == {*PAGES, "confirm", "move"}


@pytest.mark.parametrize("name", [f"{name}s" for name in KINDS])
def test_the_other_endpoints_are_open_to_whom_they_are_for(app, name):
    audiences = {
        endpoint: set(audience_of(app, f"{name}.{endpoint}"))
        for endpoint in ("index", "new", "mine", "confirm_by_letter")
    }

    assert audiences == {
        "index": {"everyone"},
        "new": {"member"},
        "mine": {"member"},
        "confirm_by_letter": {"everyone"},
    }
