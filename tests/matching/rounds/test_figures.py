"""What a published round tells of itself: every number, and none of too few."""

import re

import pytest

from marketplace.foundation.database import db, transaction
from marketplace.matching.clearing.enums import Rule
from marketplace.matching.rounds.enums import RoundState
from marketplace.matching.rounds.models import Round
from tests.factories.rounds import close, make_round, make_seat, publish, take_part

FIGURES = {
    "pupils": 40,
    "seats": 12,
    "places": 33,
    "placed": 31,
    "unplaced": 9,
    "tiers": [20, 7, 1, 0, 0, 0, 0, 2, 1],
    "closed": 2,
    "runs": 3,
    "friends": 4,
    "blocking_pairs": 0,
    "lot_envy": 6,
}


def page_with(browser, rule=Rule.LOT_FAIR, figures=FIGURES, **more):
    """The public page of a published round with these figures, in plain words."""
    round_ = make_round(rule=rule)
    with transaction():
        round_.state = RoundState.PUBLISHED
        round_.figures = {rule.value: figures} | more
        round_.seed = "00" * 32
    return browser.get(f"/verteilrunden/{round_.public_id}").text


def facts_of(page):
    """The list of facts as {name: value}, and the notes that stand beside."""
    pairs = re.findall(r"<dt>([^<]+)</dt><dd>([^<]*)(?:<span>([^<]*))?", page)
    return {name: value for name, value, _ in pairs}, {n: s for n, _, s in pairs}


@pytest.mark.parametrize("rule", Rule)
def test_each_number_of_a_run_stands_on_the_page(browser, rule):
    page = page_with(browser, rule)
    numerals = re.findall(r'class="numeral">([^<]+)<', page)
    columns = re.findall(r'<tr><th scope="row">([^<]+)</th><td[^>]*>([^<]+)<', page)
    values, notes = facts_of(page)

    assert numerals == ["31", "20", "9", "2"]
    assert columns == [
        ("Gruppe 1", "50 %"),
        ("Gruppe 2", "18 %"),
        ("Gruppe 3", "3 %"),
        *((f"Gruppe {tier}", "0 %") for tier in range(4, 8)),
        ("ab Gruppe 8", "8 %"),
        ("ohne Platz", "23 %"),
    ]
    told = {
        "Listen": "40",
        "Plätze im Topf": "33",
        "Freunde im selben Ort": "4",
        "Durchläufe": "3",
        "Paare, die einander lieber hätten": "0",
        "Besseres Los übergangen": "6",
    }
    assert {name: values[name] for name in told} == told
    assert notes["Plätze im Topf"] == "bei 12 Praktika"
    assert ("Diese Regel lässt das zu" in page) is (rule is Rule.MOST_PLACES)


def test_second_run_is_told_beside_the_first(browser):
    late = FIGURES | {"pupils": 11, "placed": 5, "unplaced": 6, "tiers": [5]}
    page = page_with(browser, late=late)

    assert page.count("Aus welcher Gruppe der Platz kommt") == 2
    assert re.findall(r"<dt>Listen</dt><dd>(\d+)", page) == ["40", "11"]


@pytest.mark.parametrize(("count", "is_told"), [(9, False), (10, True)])
def test_few_lists_tell_nothing_of_single_pupils(browser, count, is_told):
    few = {"pupils": count, "placed": count, "unplaced": 0, "tiers": [count]}
    page = page_with(browser, figures=FIGURES | few)
    values, _ = facts_of(page)

    assert ("weniger als zehn Listen" in page) is not is_told
    assert ('class="numeral"' in page, "chart-column" in page) == (is_told, is_told)
    assert ("Listen" in values, "Freunde im selben Ort" in values) == (is_told, is_told)
    assert values["Besseres Los übergangen"] == "6"
    assert values.get("Nicht zustande gekommen") == (None if is_told else "2")


def test_numbers_are_nobodys_before_they_are_published(browser, app):
    round_ = make_round()
    seat = make_seat(round_, capacity=4)
    for _ in range(2):
        take_part(round_, [seat])
    close(round_)
    address = f"/verteilrunden/{round_.public_id}"
    before = browser.get(address).text
    publish(db.session.get(Round, round_.id))
    after = browser.get(address).text

    assert "Das Ergebnis" not in before
    assert "weniger als zehn Listen" in after
    assert facts_of(after)[0]["Besseres Los übergangen"] == "0"
