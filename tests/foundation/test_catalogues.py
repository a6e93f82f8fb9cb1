"""What was looked up once is said again in the right language, and nowhere else."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import render_template_string
from flask_babel import force_locale

from marketplace.foundation import catalogues
from marketplace.foundation.catalogues import (
    Catalogue,
    catalogue,
    format_date,
    format_decimal,
    gettext,
)
from marketplace.foundation.language import lazy, speak

NAMED = "Partner für „%(name)s“"


@pytest.fixture
def page(app):
    with app.test_request_context("/"):
        yield


@pytest.mark.usefixtures("page")
def test_sentences_come_with_their_values_in_each_language():
    assert gettext(NAMED, name="<b>") == "Partner für „<b>“"
    with force_locale("en_GB"):
        assert gettext(NAMED, name="<b>") == "Partners for “<b>”"


@pytest.mark.usefixtures("page")
def test_lazy_words_follow_who_reads_them():
    word = lazy("Themen")

    assert str(word) == "Themen"
    speak("en")
    assert str(word) == "Topics"


def test_two_requests_of_one_language_share_a_catalogue(app):
    with app.test_request_context("/?sprache=en"):
        speak("en")
        first = catalogue()
    with app.test_request_context("/"):
        speak("en")
        assert catalogue() is first
        speak("de")
        assert catalogue() is not first


def test_outside_of_everything_german_is_spoken():
    assert gettext("Themen") == "Themen"


@pytest.mark.usefixtures("page")
def test_pages_escape_values_and_letters_do_not(app):
    page = "{{ _('Partner für „%(name)s“', name='<b>') }}"

    assert render_template_string(page) == "Partner für „&lt;b&gt;“"
    letter = app.jinja_env.overlay(autoescape=False).from_string(page)
    assert letter.render() == "Partner für „<b>“"


@pytest.mark.usefixtures("page")
def test_a_sign_of_percent_is_written_twice_in_templates():
    assert render_template_string("{{ _('100 %%') }}") == "100 %"


@pytest.mark.parametrize(
    ("number", "form", "german", "english"),
    [
        (1234, None, "1.234", "1,234"),
        (1234.0, None, "1.234", "1,234"),
        (Decimal("2.5"), "0.00", "2,50", "2.50"),
        (2.5, "0.00", "2,50", "2.50"),
        (2.5, None, "2,5", "2.5"),
    ],
)
@pytest.mark.usefixtures("page")
def test_numbers_are_written_as_each_language_does(number, form, german, english):
    assert format_decimal(number, form) == german
    with force_locale("en_GB"):
        assert format_decimal(number, form) == english


@pytest.mark.usefixtures("page")
def test_days_are_written_as_each_language_does():
    day = date(2027, 2, 1)

    assert format_date(day) == "01.02.2027"
    assert format_date(day, "long") == "1. Februar 2027"
    with force_locale("en_GB"):
        assert format_date(day) == "1 Feb 2027"


@pytest.mark.usefixtures("page")
def test_the_day_of_an_instant_is_that_of_our_clocks():
    assert format_date(datetime(2027, 1, 31, 23, 30, tzinfo=UTC)) == "01.02.2027"


class Echo:
    """Translations that say each sentence with a mark."""

    def ugettext(self, sentence):
        return f"{sentence}!"


def test_a_catalogue_does_not_grow_without_end(monkeypatch):
    monkeypatch.setattr(catalogues, "MOST", 2)
    kept = Catalogue(Echo())

    assert [kept[word] for word in "abcd"] == ["a!", "b!", "c!", "d!"]
    assert list(kept) == ["a", "b"]
