import io
import re

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from marketplace.foundation.database import db, transaction
from marketplace.people.organisations.enums import OrganisationState
from marketplace.people.organisations.models import Product
from marketplace.people.organisations.services.products import (
    ProductEntry,
    add_product,
)
from tests.factories.people import make_organisation, make_product, make_user
from tests.moments import NOON

TOLD = {
    "title": "Teleskope aus Pappe",
    "description": "Jeder baut eines. Abends wird geschaut.",
    "alt": "Ein Teleskop",
}


def png(size=(900, 600)):
    file = io.BytesIO()
    Image.new("RGB", size, "navy").save(file, "PNG")
    return file.getvalue()


def sent(content, name="bild.png", **changes):
    """The body of a form with a file, whole: a client's own file stays open."""
    values = TOLD | {"picture": FileStorage(io.BytesIO(content), name)} | changes
    boundary, body = encode_multipart(values)
    return {
        "data": body,
        "content_type": f'multipart/form-data; boundary="{boundary}"',
    }


@pytest.fixture
def owner(app):
    return make_user()


@pytest.fixture
def linse(owner):
    return make_organisation(owner, "Labor Linse")


def address(organisation, way=""):
    return f"/organisationen/{organisation.public_id}{way and '/' + way}"


def shown(linse, owner):
    entry = ProductEntry(title="Teleskope", description="Zwei.", alt="Ein Teleskop")
    with transaction():
        return add_product(linse, entry, png(), actor=owner, at=NOON)


def test_new_shows_a_product_first_on_the_page(browser, linse, owner):
    browser.sign_in(owner)

    answer = browser.post(address(linse, "produkte/neu"), **sent(png()))
    page = browser.get(answer.location).text

    assert 'alt="Ein Teleskop"' in page
    assert page.index("Was hier entsteht") < page.index("Geprüft am")
    large, small = re.search(r'srcset="(\S+) 480w, (\S+) 1200w"', page).groups()
    sizes = [Image.open(io.BytesIO(browser.get(a).data)).size for a in (large, small)]
    assert sizes == [(480, 320), (900, 600)]


def test_a_picture_comes_for_ever_and_may_do_nothing(app, linse, owner):
    picture = shown(linse, owner).picture
    way = f"/organisationen/bilder/{picture.small.public_id}.webp"

    for browser in (app.test_client(), app.test_client().sign_in(make_user())):
        answer = browser.get(way)
        assert answer.mimetype == "image/webp"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        policy = answer.headers["Content-Security-Policy"]
        assert policy == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    "state", [OrganisationState.REGISTERED, OrganisationState.FROZEN]
)
def test_a_picture_is_no_more_public_than_its_organisation(app, linse, owner, state):
    picture = shown(linse, owner).picture
    way = f"/organisationen/bilder/{picture.small.public_id}.webp"
    with transaction():
        linse.state = state

    assert app.test_client().get(way).status_code == 404
    answer = app.test_client().sign_in(owner).get(way)
    assert answer.headers["Cache-Control"] in {"private, no-store", "no-store"}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (sent(b"<svg/>", "bild.svg"), "lässt sich nicht als JPEG"),
        (sent(b"", "bild.png"), "lässt sich nicht als JPEG"),
        (sent(png() + bytes(5 * 1024 * 1024)), "größer als 5 MB"),
        (sent(png(), alt=" "), "Sagen Sie, was auf dem Bild zu sehen ist."),
        (
            {"data": TOLD | {"title": ""}},
            "Was entsteht hier? Dieses Feld",
        ),
    ],
    ids=["svg", "nothing", "heavy", "no words", "no title"],
)
def test_new_shows_the_mistake(browser, linse, owner, data, sentence):
    page = browser.sign_in(owner).post(address(linse, "produkte/neu"), **data)

    assert page.status_code == 422
    assert sentence in page.text
    assert "Jeder baut eines." in page.text
    assert db.session.query(Product).count() == 0


def test_far_too_large_is_refused_before_it_is_read(browser, linse, owner):
    browser.sign_in(owner)

    page = browser.post(address(linse, "produkte/neu"), **sent(bytes(7_000_000)))
    other = browser.post(address(linse, "mitglieder"), **sent(bytes(2_000_000)))

    assert (page.status_code, other.status_code) == (413, 413)
    assert "kleinere Datei" in page.text


def test_edit_keeps_the_picture_and_sees_a_second_editor(browser, linse, owner):
    product = shown(linse, owner)
    picture = product.picture.large_id
    way = f"/organisationen/produkte/{product.public_id}"
    browser.sign_in(owner)

    version = re.search(r'name="version"[^>]*value="(\d+)"', browser.get(way).text)[1]
    browser.post(way, data=TOLD | {"version": version})
    assert (product.title, product.picture.large_id) == (TOLD["title"], picture)

    page = browser.post(way, data=TOLD | {"version": version, "title": "Lupen"})
    assert page.status_code == 409
    assert "jetzt gespeichert: Teleskope aus Pappe" in page.text
    assert product.title == TOLD["title"]


def test_buttons_move_and_say_what_moved(browser, linse, owner):
    make_product(linse, "Linse")
    key = make_product(linse, "Spiegel", rank=1).public_id
    way = f"/organisationen/produkte/{key}/vor"
    page = browser.sign_in(owner).get(address(linse)).text
    ways = re.findall(r'action="/organisationen/produkte/\S+/(vor|zurueck)"', page)

    answer = browser.post(way)
    after = browser.get(answer.location).text
    edge = browser.post(way)
    strange = browser.sign_in(make_user()).post(way)

    assert ways == ["zurueck", "vor"]
    assert "„Spiegel“ steht jetzt an Stelle 1 von 2." in after
    assert after.index("<h3>Spiegel") < after.index("<h3>Linse")
    assert [a.status_code for a in (answer, edge, strange)] == [302, 409, 404]


def test_remove_asks_first(browser, linse, owner):
    way = f"/organisationen/produkte/{make_product(linse).public_id}/entfernen"
    browser.sign_in(owner)

    assert "werden gelöscht" in browser.get(way).text
    assert db.session.query(Product).count() == 1
    browser.post(way)

    assert db.session.query(Product).count() == 0


def test_logo_stands_aside_until_it_is_removed(browser, linse, owner):
    browser.sign_in(owner)

    assert browser.post(address(linse, "logo")).status_code == 422
    browser.post(address(linse, "logo"), **sent(png()))
    with_logo = browser.get(address(linse)).text
    assert "Logo entfernen" in browser.get(address(linse, "logo")).text
    browser.post(address(linse, "logo/entfernen"))

    assert 'alt="Logo: Labor Linse"' in with_logo
    assert "Logo: Labor Linse" not in browser.get(address(linse)).text


@pytest.mark.parametrize("way", ["produkte/neu", "logo", "logo/entfernen"])
def test_products_are_shown_by_members_alone(browser, linse, way):
    assert browser.sign_in(make_user()).post(address(linse, way)).status_code == 404


def test_a_product_of_others_does_not_exist(browser, linse):
    way = f"/organisationen/produkte/{make_product(linse).public_id}"
    browser.sign_in(make_user())

    for address_ in (way, f"{way}/entfernen"):
        assert browser.post(address_, data=TOLD).status_code == 404


def test_the_directory_names_and_finds_products(browser, linse):
    make_product(linse, "Teleskope aus Pappe")
    make_product(linse, "Sonnenuhren")

    page = browser.get("/organisationen?q=Sonnenuhr").text

    assert "Teleskope aus Pappe · Sonnenuhren" in page


@pytest.mark.parametrize("rows", [1, 5])
def test_show_asks_the_database_the_same_number_of_times(
    browser, linse, owner, queries, rows
):
    for _ in range(rows):
        shown(linse, owner)
    way = address(linse)

    queries.clear()
    browser.get(way)

    # Organisation, its sites and members; products with pictures; logo; partnerships;
    # postings of five kinds, and how fast it answers.
    assert len(queries) == 12
