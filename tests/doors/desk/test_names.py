import pytest

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.enums import Role
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.services.naming import rename_organisation
from marketplace.upkeep.audit.queries import history_of
from tests.factories.people import (
    make_coordinator,
    make_member,
    make_organisation,
    make_user,
)
from tests.moments import NOON

NEW = {"name": "Museum  Rad", "reason": "So steht es im Register."}


def place_of(organisation):
    return f"/koordination/organisationen/{organisation.public_id}/name"


@pytest.mark.parametrize(
    "state", [OrganisationState.VERIFIED, OrganisationState.IMPORTED]
)
def test_office_renames_and_owners_learn_why(browser, outbox, state):
    owner = make_user()
    organisation = make_organisation(owner, "Museum Rat", state=state)
    make_member(organisation)
    browser.sign_in(make_coordinator())

    shown = browser.get(f"/organisationen/{organisation.public_id}").text
    done = browser.post(place_of(organisation), data=NEW)

    assert f'href="{place_of(organisation)}"' in shown
    assert (done.status_code, organisation.name) == (302, "Museum Rad")
    assert organisation.sort_name == "museum rad"
    verbs = [entry.verb for entry in db.session.scalars(history_of(organisation))]
    assert verbs[-1] == "organisation.renamed"
    assert outbox() == [(owner.email, "organisation_renamed")]
    found = browser.get("/koordination/suche?q=Rad&art=organisationen").text
    assert "Museum Rad" in found


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": ""}, 'href="#reason"'),
        ({"reason": " \n"}, 'href="#reason"'),
        ({"name": ""}, 'href="#name"'),
        ({"name": " "}, 'href="#name"'),
        ({"name": "Museum Rat"}, "So heißt die Organisation schon."),
    ],
)
def test_a_mistake_is_told_and_nothing_changes(browser, outbox, changes, words):
    organisation = make_organisation(name="Museum Rat")
    browser.sign_in(make_coordinator())

    page = browser.post(place_of(organisation), data=NEW | changes)

    assert page.status_code == 422
    assert words in page.text
    assert (organisation.name, outbox()) == ("Museum Rat", [])


def test_what_is_deleted_keeps_its_name(app):
    organisation = make_organisation(closed_at=NOON)

    with pytest.raises(Refusal, match="gelöscht"), transaction():
        rename_organisation(organisation, **NEW, actor=make_coordinator(), at=NOON)


def test_names_are_changed_by_coordinators_alone(browser):
    owner = make_user()
    organisation = make_organisation(owner)

    statuses = [
        browser.sign_in(who).get(place_of(organisation)).status_code
        for who in (owner, make_user(Role.ADMIN), make_coordinator())
    ]

    assert statuses == [404, 404, 200]
