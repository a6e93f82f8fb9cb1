from datetime import timedelta

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.foundation.refusals import Refusal
from marketplace.stewardship.pages.queries import (
    page_by_slug,
    public_pages,
    revision_of,
    revisions_of,
)
from marketplace.stewardship.pages.services import (
    TextEntry,
    begin_page,
    hide_page,
    publish_page,
    restore_text,
    save_text,
)
from marketplace.upkeep.audit.queries import history_of
from tests.factories.people import make_coordinator
from tests.moments import NOON


@pytest.fixture
def office(app):
    return make_coordinator(first_name="Konni", surname="Probe")


def entry(body="Erster Text", **changes):
    return TextEntry(**{"title": "Fragen", "body": body} | changes)


def begin(office, slug="fragen", **changes):
    with transaction():
        return begin_page(slug, entry(**changes), actor=office, at=NOON)


def texts_of(slug):
    return [
        (text.number, text.body)
        for text in db.session.scalars(revisions_of(page_by_slug(slug)))
    ]


def test_a_free_page_begins_hidden_and_one_of_duty_public(office):
    assert begin(office).is_public is False
    assert begin(office, "impressum").is_public is True
    assert public_pages() == []


def test_each_text_is_a_revision_and_none_is_lost(office):
    page = begin(office)

    with transaction():
        save_text(page, entry("Zweiter Text"), actor=office, at=NOON)
    with transaction():
        restore_text(page, revision_of(page, 1), actor=office, at=NOON)

    assert texts_of("fragen") == [
        (3, "Erster Text"),
        (2, "Zweiter Text"),
        (1, "Erster Text"),
    ]
    verbs = [one.verb for one in db.session.scalars(history_of(page))]
    assert verbs == ["page.written"] * 3


def test_the_same_text_again_is_no_revision(office):
    page = begin(office)
    day = (NOON + timedelta(days=90)).date()

    with transaction():
        save_text(page, entry(review_on=day), actor=office, at=NOON)

    assert (texts_of("fragen"), page.review_on) == ([(1, "Erster Text")], day)


@pytest.mark.parametrize(
    ("slug", "changes"),
    [
        ("Groß", {}),
        ("mit leer", {}),
        ("neu", {}),
        ("-vorn", {}),
        ("fragen", {"body": " "}),
        ("fragen", {"title": "x" * 121}),
        ("fragen", {"body": "x" * 40_001}),
    ],
)
def test_what_is_no_page_is_refused(office, slug, changes):
    with pytest.raises(Refusal):
        begin(office, slug, **changes)

    assert page_by_slug(slug) is None


def test_an_address_has_one_page(office):
    begin(office)

    with pytest.raises(Refusal):
        begin(office)


def test_a_free_page_is_published_and_taken_back(office):
    page = begin(office)

    with transaction():
        publish_page(page, actor=office, at=NOON)
    assert public_pages() == [("fragen", "Fragen")]
    with transaction():
        hide_page(page, actor=office, at=NOON)
    assert public_pages() == []


def test_a_page_of_duty_is_never_hidden(office):
    page = begin(office, "datenschutz")

    with pytest.raises(Refusal):
        hide_page(page, actor=office, at=NOON)
