import io

import pytest
from PIL import Image

from marketplace.foundation import storage
from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.people.organisations.models import Picture, Product
from marketplace.people.organisations.queries import products_of
from marketplace.people.organisations.services.products import (
    ProductEntry,
    add_product,
    move_product,
    remove_logo,
    remove_product,
    revise_product,
    show_logo,
)
from marketplace.upkeep.files.models import StoredFile
from marketplace.upkeep.jobs.jobs import run_due
from marketplace.upkeep.search.queries.matching import matching_ids
from tests.factories.people import make_organisation, make_user
from tests.moments import NOON

ENTRY = ProductEntry(
    title="Teleskope aus Pappe", description="Jeder baut eines.", alt="Ein Teleskop"
)


def png(colour="navy"):
    file = io.BytesIO()
    Image.new("RGB", (900, 600), colour).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def owner(app):
    return make_user()


@pytest.fixture
def linse(owner):
    return make_organisation(owner, "Labor Linse")


def found(words):
    return db.session.scalars(matching_ids("organisation", words)).all()


def add(organisation, owner, picture=None, entry=ENTRY):
    with transaction():
        return add_product(organisation, entry, picture, actor=owner, at=NOON)


def test_add_product_shows_and_finds_it(linse, owner):
    product = add(linse, owner, png())

    assert (product.title, product.picture.alt) == (ENTRY.title, "Ein Teleskop")
    assert (product.picture.width, product.picture.height) == (900, 600)
    assert len(list(storage.keys())) == 2
    assert found("Teleskop") == [linse.id]


def test_add_product_refuses_a_sixth(linse, owner):
    for _ in range(5):
        add(linse, owner)

    with pytest.raises(Refusal, match="Mehr als fünf"):
        add(linse, owner)

    assert db.session.query(Product).count() == 5


def titles(organisation):
    return [product.title for product in products_of(organisation)]


def test_move_product_changes_places_with_the_neighbour(linse, owner):
    lens, mirror, frame = (
        add(linse, owner, entry=ProductEntry(title=title))
        for title in ("Linse", "Spiegel", "Rahmen")
    )
    version = mirror.version

    def move(product, *, is_forward):
        with transaction():
            return move_product(product, is_forward=is_forward, actor=owner, at=NOON)

    assert move(frame, is_forward=True) == (2, 3)
    assert titles(linse) == ["Linse", "Rahmen", "Spiegel"]
    assert move(lens, is_forward=False) == (2, 3)
    assert titles(linse) == ["Rahmen", "Linse", "Spiegel"]
    assert mirror.version == version
    for product, is_forward in ((frame, True), (mirror, False)):
        with pytest.raises(Refusal, match="steht schon am Rand"):
            move(product, is_forward=is_forward)
    add(linse, owner, entry=ProductEntry(title="Stativ"))
    assert titles(linse) == ["Rahmen", "Linse", "Spiegel", "Stativ"]


def test_move_product_is_for_members(linse, owner):
    add(linse, owner)
    second = add(linse, owner)

    with pytest.raises(Refusal, match="nur Mitglieder"), transaction():
        move_product(second, is_forward=True, actor=make_user(), at=NOON)


def test_add_product_refuses_strangers_and_what_is_no_picture(linse, owner):
    with pytest.raises(Refusal, match="nur Mitglieder"):
        add(linse, make_user())
    with pytest.raises(Refusal, match="lässt sich nicht"):
        add(linse, owner, b"<svg/>")
    with pytest.raises(Refusal, match="was auf dem Bild"):
        add(linse, owner, png(), ProductEntry(title="Ohne Worte"))

    assert db.session.query(Product).count() == 0
    assert list(storage.keys()) == []


def test_revise_product_keeps_the_picture_unless_there_is_a_new_one(linse, owner):
    product = add(linse, owner, png())
    first = product.picture.large.public_id
    entry = ProductEntry(title="Sonnenuhren", alt="Eine Sonnenuhr")

    with transaction():
        revise_product(product, entry, actor=owner, at=NOON)
    assert product.picture.large.public_id == first
    assert product.picture.alt == "Eine Sonnenuhr"
    assert (found("Teleskop"), found("Sonnenuhr")) == ([], [linse.id])

    with transaction():
        revise_product(product, entry, png("red"), actor=owner, at=NOON)
    run_due()
    assert product.picture.large.public_id != first
    assert db.session.query(StoredFile).count() == 2
    assert len(list(storage.keys())) == 2


def test_remove_product_takes_text_picture_and_index(linse, owner):
    add(linse, owner, entry=ProductEntry(title="Sonnenuhren"))
    product = add(linse, owner, png())

    with transaction():
        remove_product(product, actor=owner, at=NOON)
    run_due()

    assert [p.title for p in db.session.query(Product)] == ["Sonnenuhren"]
    assert db.session.query(Picture).count() == 0
    assert list(storage.keys()) == []
    assert (found("Teleskop"), found("Sonnenuhr")) == ([], [linse.id])


def test_show_logo_replaces_the_one_before(linse, owner):
    for colour in ("red", "blue"):
        with transaction():
            show_logo(linse, png(colour), actor=owner, at=NOON)
    run_due()
    assert (linse.logo.alt, linse.logo.width) == ("Labor Linse", 480)
    assert len(list(storage.keys())) == 2

    with transaction():
        remove_logo(linse, actor=owner, at=NOON)
    run_due()
    assert (linse.logo, list(storage.keys())) == (None, [])
