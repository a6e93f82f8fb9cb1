"""Who may do what to an internship in which state: one table, each cell a request."""

import pytest

from marketplace.postings.lives.enums import PostingState
from marketplace.web.access import audience_of
from tests.factories.internships import make_internship
from tests.factories.people import (
    make_company,
    make_coordinator,
    make_guardian,
    make_pupil,
    make_school,
    make_staff,
    make_user,
)

# Of guest, pupil, guardian, school, stranger, member, office: is sent to the door,
# finds nothing, is refused, or it is done.
TABLE = """
         draft   submitted published paused  filled  ended   archived frozen  listed
show     fffffdd fffffdd   ddddddd   ddddddd ddddddd ddddddd fffffdd  fffffdd ddddddd
edit     sffffdf sffffrf   sffffdf   sffffdf sffffdf sffffrf sffffrf  sffffrf sffffrf
confirm  sffffrf sffffrf   sffffdf   sffffdf sffffdf sffffrf sffffrf  sffffrf sffffrf
submit   sffffdr sffffrr   sffffrr   sffffrr sffffrr sffffrr sffffrr  sffffrr sffffrr
publish  sffffrr sffffrd   sffffrr   sffffrr sffffrr sffffrr sffffrr  sffffrr sffffrr
return   sffffrr sffffrd   sffffrr   sffffrr sffffrr sffffrr sffffrr  sffffrr sffffrr
pause    sffffrr sffffrr   sffffdr   sffffrr sffffrr sffffrr sffffrr  sffffrr sffffrr
resume   sffffrr sffffrr   sffffrr   sffffdr sffffrr sffffrr sffffrr  sffffrr sffffrr
end      sffffrr sffffrr   sffffdr   sffffdr sffffdr sffffrr sffffrr  sffffrr sffffrr
"""
PEOPLE = ("guest", "pupil", "guardian", "school", "stranger", "member", "office")

states, *lines = [line.split() for line in TABLE.strip().splitlines()]


@pytest.fixture
def people(app):
    return {
        "guest": None,
        "pupil": make_pupil(),
        "guardian": make_guardian(),
        "school": make_staff(make_school()),
        "stranger": make_user(),
        "member": make_user(),
        "office": make_coordinator(),
    }


def address_of(internship, endpoint):
    page = f"/praktika/{internship.public_id}"
    ends = {"show": "", "edit": "/bearbeiten", "confirm": "/bestaetigen"}
    return page + ends.get(endpoint, f"/schritt/{endpoint}")


def answer_to(app, person, internship, endpoint):
    """How a person is answered, as the letter of the table."""
    browser = app.test_client()
    if person:
        browser.sign_in(person)
    method = "GET" if endpoint in ("show", "edit") else "POST"

    address = address_of(internship, endpoint)
    response = browser.open(address, method=method, data={"words": "Wo?"})

    way = (response.location or "").split("?")[0]
    if (response.status_code, way) == (302, "/anmelden"):
        return "s"
    is_done = way.startswith(f"/praktika/{internship.public_id}")
    return {404: "f", 409: "r", 200: "d"}.get(response.status_code, "d" * is_done)


@pytest.mark.parametrize(("endpoint", "cells"), [(name, row) for name, *row in lines])
def test_internship_obeys_the_table(app, people, endpoint, cells):
    company = make_company(people["member"])
    row = []

    for state in states:
        source = {"source": "Liste"} if state == "listed" else {}
        internship, cell = None, ""
        for person in PEOPLE:
            if internship is None or internship.state != state:
                internship = make_internship(PostingState(state), company, **source)
            cell += answer_to(app, people[person], internship, endpoint)
            is_changed = internship.state != state
            assert not is_changed or cell[-1] == "d"
        row.append(cell)

    assert row == cells


def test_every_endpoint_of_an_internship_stands_in_the_table(app):
    endpoints = {
        rule.endpoint.removeprefix("internships.")
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("internships.") and "key" in rule.arguments
    }

    assert endpoints == {"show", "edit", "confirm", "move"}


def test_the_other_endpoints_are_open_to_whom_they_are_for(app):
    audiences = {
        name: set(audience_of(app, f"internships.{name}"))
        for name in ("index", "new", "mine")
    }

    assert audiences == {"index": {"everyone"}, "new": {"member"}, "mine": {"member"}}
