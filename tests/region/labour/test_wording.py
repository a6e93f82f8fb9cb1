import re
from datetime import date
from itertools import product

import pytest
from flask_babel import force_locale

from marketplace.region.labour.enums import Reason
from marketplace.region.labour.services.planning import PostingVerdict
from marketplace.region.labour.services.wording import (
    ages_for,
    saturday_warning,
    sentence_for,
)
from marketplace.region.labour.tables import Finding
from tests.region.labour.test_cases import CASES

MONDAY = date(2027, 3, 8)
FAMILIAR = re.compile(r"\b(du|dir|dich|dein\w*)\b", re.IGNORECASE)
POLITE = re.compile(r"\b(Ihnen|Ihr\w*)\b|(?<!\. )\bSie\b")
VOICES = list(product(Reason, [True, False]))


def told_in(reason, familiar):
    """The sentence of a reason; two numbers are as many as any of them has."""
    return sentence_for(Finding(reason, MONDAY, (360, 1200)), familiar=familiar)


def test_a_sentence_says_what_why_and_what_would_be(app):
    finding = CASES["05a"].verdict().first

    assert sentence_for(finding, familiar=True) == (
        "Am Mo., 8. März 2027 sind es zu viele Stunden. Erlaubt sind 7:00 Stunden "
        "ohne die Pausen (§§ 7, 8 JArbSchG). Frag nach einem kürzeren Tag."
    )
    assert sentence_for(finding, familiar=False) == (
        "Am Mo., 8. März 2027 sind es zu viele Stunden. Erlaubt sind 7:00 Stunden "
        "ohne die Pausen (§§ 7, 8 JArbSchG). Kürzen Sie den Tag."
    )


def test_hours_are_those_of_the_age_and_the_branch(app):
    assert "6:00 bis 22:00 Uhr" in sentence_for(
        CASES["10c"].verdict().first, familiar=True
    )


def test_a_posting_is_told_of_its_days_in_general(app):
    sentence = sentence_for(
        Finding(Reason.BREAK_MISSING, allowed=(60,)), familiar=False
    )

    assert sentence.startswith("An diesen Tagen fehlt eine Pause. Nötig sind 60 Min")


def test_each_sentence_names_day_and_paragraph(app):
    paragraph = re.compile(r"\((§|Schulgesetz)[^)]+\)")
    told = {voice: told_in(*voice) for voice in VOICES}

    assert [v for v in VOICES if "m Mo., 8. März 2027" not in told[v]] == []
    assert [v for v in VOICES if not paragraph.search(told[v])] == []
    assert [v for v in VOICES if "%" in told[v]] == []


def test_pupils_are_told_in_du_and_others_in_sie(app):
    assert [r for r in Reason if POLITE.search(told_in(r, True))] == []
    assert [r for r in Reason if FAMILIAR.search(told_in(r, False))] == []


@pytest.mark.parametrize(("familiar", "most"), [(True, 15), (False, 20)])
def test_sentences_are_short(app, familiar, most):
    lengths = {reason: words_a_sentence(told_in(reason, familiar)) for reason in Reason}

    assert {reason for reason in Reason if lengths[reason] > most} == set()


def words_a_sentence(text):
    plain = text.replace("Mo., 8. März 2027", "Montag").replace("Abs. ", "Abs ")
    sentences = re.split(r"[.:] ", plain)
    return sum(len(sentence.split()) for sentence in sentences) / len(sentences)


def test_every_finding_of_the_cases_can_be_said(app):
    findings = {f for case in CASES.values() for f in case.verdict().findings}

    assert len(findings) > len(CASES) / 3
    assert [f for f in findings if "%" in sentence_for(f, familiar=True)] == []


def test_ages_are_told_where_the_hours_do_not_fit_all(app):
    too_late = Finding(Reason.OUTSIDE_HOURS, allowed=(360, 1200))

    assert ages_for(PostingVerdict(16, too_late)) == "ab 16 Jahren"
    assert ages_for(PostingVerdict(15, None)) == ""
    assert ages_for(PostingVerdict(None, too_late)) == ""


def test_saturdays_are_warned_of_in_both_voices(app):
    saturday = date(2027, 7, 31)

    assert saturday_warning(saturday, familiar=True).startswith(
        "Am Sa., 31. Juli 2027 ist Samstag. Zwei Samstage im Monat sollen für dich"
    )
    assert saturday_warning(saturday, familiar=False).endswith(
        "Prüfen Sie, ob ein anderer Tag geht."
    )


def test_the_day_is_written_in_the_readers_language(app):
    with force_locale("en"):
        sentence = sentence_for(Finding(Reason.SUNDAY, MONDAY), familiar=True)

    assert "8" in sentence
    assert "März" not in sentence
