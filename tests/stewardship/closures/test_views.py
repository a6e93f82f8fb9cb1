import pytest

from marketplace.foundation.database import db, transaction
from marketplace.people.organisations.models import Organisation, Site
from marketplace.postings.lives.services import put_at_site
from tests.factories.people import (
    make_member,
    make_organisation,
    make_site,
    make_user,
)
from tests.factories.postings import make_offer


@pytest.fixture
def owner(app):
    return make_user()


@pytest.fixture
def linse(owner):
    return make_organisation(owner, "Labor Linse")


def way_to(organisation):
    return f"/organisationen/{organisation.public_id}/loeschen"


def test_a_site_is_removed_after_a_question(browser, linse, owner):
    site = make_site(linse, "Leipzig")
    way = f"/organisationen/orte/{site.public_id}/entfernen"
    browser.sign_in(owner)

    assert "04109 Leipzig entfernen?" in browser.get(way).text
    assert db.session.query(Site).count() == 2
    browser.post(way)

    assert [s.place_name for s in linse.sites] == ["Jena"]


def test_a_site_does_not_move_under_what_takes_place_there(browser, linse, owner):
    [site] = linse.sites
    offer = make_offer(organisation=linse)
    with transaction():
        put_at_site(offer, site)
    way = f"/organisationen/orte/{site.public_id}"
    told = {"street": "Ring 1", "version": site.version}

    page = browser.sign_in(owner).post(way, data=told | {"place": "Leipzig"})

    assert page.status_code == 422
    assert "Fügen Sie für die neue Stadt einen weiteren Ort hinzu." in page.text
    assert (site.place_name, site.street) == ("Jena", "")


def test_the_last_site_stays(browser, linse, owner):
    [site] = linse.sites

    page = browser.sign_in(owner).post(
        f"/organisationen/orte/{site.public_id}/entfernen"
    )

    assert page.status_code == 409
    assert "braucht einen Ort" in page.text


def test_an_organisation_goes_once_its_name_is_typed(browser, linse, owner):
    browser.sign_in(owner)
    way, public = way_to(linse), f"/organisationen/{linse.public_id}"

    assert "Organisation löschen" in browser.get(public).text
    wrong = browser.post(way, data={"name": "Labor"})
    assert (wrong.status_code, 'value="Labor"' in wrong.text) == (422, True)
    answer = browser.post(way, data={"name": "Labor Linse"})

    assert "ist gelöscht" in browser.get(answer.location).text
    assert browser.get(public).status_code == 404
    assert browser.get(way).status_code == 404


def test_neither_exists_for_members_or_strangers(app, linse):
    [site] = linse.sites

    for person in (make_member(linse), make_user()):
        browser = app.test_client().sign_in(person)
        for way in (f"/organisationen/orte/{site.public_id}/entfernen", way_to(linse)):
            assert browser.post(way, data={"name": "Labor Linse"}).status_code == 404

    assert db.session.query(Organisation).count() == 1
