"""What stands in easy German is easy: counted, not believed."""

import re

import pytest

from marketplace.foundation.clock import now
from marketplace.stewardship.pages.tables import PAGES
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.services import change_setting
from tests.architecture.wording import gender_signs, speaks_to_both

MOST_WORDS, MOST_ON_AVERAGE = 12, 8


def sentences_of(page):
    return [sentence for part in page.parts for sentence in part.sentences]


def words_in(sentence):
    return len(sentence.split())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name or "index")
def test_sentences_are_short(page):
    lengths = [words_in(sentence) for sentence in sentences_of(page)]

    assert max(lengths) <= MOST_WORDS
    assert sum(lengths) / len(lengths) <= MOST_ON_AVERAGE


def test_a_long_sentence_is_noticed():
    assert words_in(
        "Das ist ein Satz mit viel mehr als nur zwölf ganz kurzen Wörtern."
    ) > (MOST_WORDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name or "index")
def test_words_are_addressed_to_pupils_and_bear_no_signs(page):
    text = " ".join(sentences_of(page))

    assert not gender_signs(text)
    assert not speaks_to_both(text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name or "index")
def test_each_page_leads_to_all_others(browser, page):
    address = f"/leichte-sprache/{page.name}".rstrip("/")
    shown = browser.get(address).text
    main = re.search(r"<main.*?</main>", shown, re.DOTALL)[0]

    links = re.findall(r'href="/leichte-sprache/([\w-]+)"', main)
    assert links == [p.name for p in PAGES if p.name and p is not page]


def test_an_unknown_page_is_not_there(browser):
    assert browser.get("/leichte-sprache/raketen").status_code == 404


def test_days_are_those_that_hold(browser):
    assert (
        "Der Betrieb hat 14 Tage Zeit."
        in browser.get("/leichte-sprache/platz-finden").text
    )
    change_setting(Setting.ANSWER_DAYS, 21, actor=None, at=now())

    assert (
        "Der Betrieb hat 21 Tage Zeit."
        in browser.get("/leichte-sprache/platz-finden").text
    )


def test_words_stay_german_within_an_english_frame(browser):
    page = browser.get("/leichte-sprache?sprache=en").text

    assert re.search(r"<html lang=.en.", page)
    assert '<h1><span lang="de">Leichte Sprache</span></h1>' in page


def test_every_foot_leads_there(browser):
    foot = re.search(r"<footer.*", browser.get("/impressum").text, re.DOTALL)[0]

    assert 'href="/leichte-sprache"' in foot
