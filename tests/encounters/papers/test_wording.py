"""An agreement keeps the words under which it was made, whatever is new since."""

import json
from datetime import date, timedelta

import pytest

from marketplace.encounters.papers.enums import Party
from marketplace.encounters.papers.rules import words_of
from marketplace.encounters.papers.services.agreeing import sign
from marketplace.encounters.papers.services.describing import canonical, digest_of
from marketplace.encounters.papers.services.printing import agreement_pdf
from marketplace.encounters.papers.tables import TEXT_VERSION, promises, promises_of
from marketplace.foundation.database import transaction
from tests.factories.papers import make_agreement, make_placement
from tests.factories.people import make_pupil
from tests.moments import NOON
from tests.papers import Paper

LATER = NOON + timedelta(hours=1)
OF_MINORS = "informiert die Eltern darüber (§§ 5, 28a, 29 JArbSchG)"
OF_ADULTS = "unterweist über Gefahren (§§ 5, 12 ArbSchG)"
# Whoever changes a sentence gives the words a new name, and pins them here anew.
PINNED = {"2026-11": "5404d8298794a02a", "2026-12": "ad89d48b022c3625"}


@pytest.fixture
def adult(place):
    pupil = make_pupil(born_on=date(2008, 3, 1), class_level=12)
    return make_placement(pupil, internship=place, guardian_name="")


def as_first_made(agreement):
    """Lets a version be one of the first, which named their words without them."""
    words = words_of(agreement) | {"text": "2026-11"}
    del words["promises"]
    with transaction():
        agreement.words = canonical(words)
        agreement.digest = digest_of(agreement.words)
    return agreement


def printed(agreement):
    content = agreement_pdf(agreement, address="https://mint.example/x")
    return " ".join(Paper(content).text.split())


def told(agreement):
    text = printed(agreement)
    return [words for words in (OF_MINORS, OF_ADULTS) if words in text]


def test_a_first_one_prints_to_an_adult_what_she_signed(adult):
    agreement = as_first_made(make_agreement(adult))

    assert told(agreement) == [OF_MINORS]
    assert "Prüfsumme dieser Fassung" in printed(agreement)
    assert agreement.digest == digest_of(agreement.words)


def test_new_words_ask_nobody_to_sign_anew(adult, boss):
    agreement = as_first_made(make_agreement(adult))
    digest = agreement.digest
    with transaction():
        sign(agreement, Party.COMPANY, name="Bodo Chef", user=boss, at=NOON)

    assert make_agreement(adult, at=LATER) is agreement
    assert (agreement.digest, agreement.replaced_at) == (digest, None)
    assert [one.party for one in agreement.signatures] == [Party.COMPANY]


def test_a_changed_place_gets_the_new_words(adult):
    first = as_first_made(make_agreement(adult))
    with transaction():
        adult.internship.description = "Du schleifst zwei Linsen."

    second = make_agreement(adult, at=LATER)

    assert (first.replaced_at, words_of(second)["text"]) == (LATER, TEXT_VERSION)
    assert (told(first), told(second)) == ([OF_MINORS], [OF_ADULTS])


def test_its_hash_covers_every_sentence_that_is_printed(agreement):
    sentences = words_of(agreement)["promises"]
    changed = words_of(agreement) | {"promises": [*sentences[:-1], "Anders."]}

    assert sentences == promises(is_minor=True, is_school=False)
    assert [one for one in sentences if one not in printed(agreement)] == []
    assert digest_of(canonical(changed)) != agreement.digest


def test_sentences_change_with_the_name_of_their_words():
    kinds = [(is_minor, is_school) for is_minor in (1, 0) for is_school in (1, 0)]
    said = {
        "2026-11": [promises_of({"is_school": is_school}) for is_school in (1, 0)],
        TEXT_VERSION: [promises(is_minor=one, is_school=two) for one, two in kinds],
    }

    assert {
        name: digest_of(json.dumps(words, ensure_ascii=False))[:16]
        for name, words in said.items()
    } == PINNED


def test_whoever_signs_reads_what_all_promise(browser, agreement, application, boss):
    browser.sign_in(boss)
    page = browser.get(
        f"/bewerbungen/{application.public_id}/unterlagen/unterschreiben"
    )

    assert "Was alle zusagen" in page.text
    assert [
        one for one in words_of(agreement)["promises"] if one not in page.text
    ] == []


@pytest.mark.parametrize("name", ["", "/unterweisung"])
def test_pages_name_to_each_the_law_that_holds(browser, adult, application, boss, name):
    browser.sign_in(boss)
    laws = ("ArbSchG", "JArbSchG")
    found = {}
    for one in (adult, application):
        make_agreement(one)
        page = browser.get(f"/bewerbungen/{one.public_id}/unterlagen{name}").text
        found[one] = [law for law in laws if f" {law})" in page]

    assert found == {adult: ["ArbSchG"], application: ["JArbSchG"]}
