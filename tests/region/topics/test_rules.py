import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.region.topics.enums import Audience, CostClass, Format, Sign, Topic
from marketplace.region.topics.rules import (
    audiences_of_grade,
    closed,
    cost_class_from_text,
    format_from_text,
    sign_of,
    topics_from_text,
)

WORDS = [
    ("", ""),
    # Heads and tails, with and without a linking sound.
    ("Lötworkshops", "electronics"),
    ("Solarroboter", "robotics solar"),
    ("Programmierkurs", "programming"),
    ("Wetterbericht", "weather_climate"),
    ("Waldameisen", "nature"),
    ("LÖTEN", "electronics"),
    # As written comes before the lemma, which would be Datum.
    ("Daten", "data_statistics"),
    # The longer hit wins.
    ("Kunststoff", "plastics"),
    ("Chemielabor", "lab_analysis"),
    ("Wasserstoff", "energy"),
    # What counts only whole.
    ("Autor", ""),
    ("System", ""),
    ("Zeit", ""),
    ("IT-Camp", "computing"),
    ("Kino", ""),
    # Too short, or not in the list.
    ("Pferd", "zoology"),
    ("gemeinsamen", ""),
    ("Messen", ""),
    ("Netzwerk", ""),
    ("mit allen Sinnen", ""),
    # Known, without a topic.
    ("Kindergarten", ""),
    ("Medienkiste", ""),
    ("Eindruck", ""),
    ("Müller", ""),
    ("Schülerlabor", ""),
    ("Fachkraft für Lehrkräfte", ""),
    ("nachwachsende Rohstoffe", "botany"),
    # False friends that stay: a person confirms each proposal.
    ("Solarium", "solar"),
    ("3-D-Druck", "making"),
    ("Kfz-Werkstatt", "making vehicles_mobility"),
    ("Oberholz", "woodworking"),
    ("Steine", "earth_science"),
    # Several words.
    ("Robotik-AG für Mädchen", "robotics"),
    ("Physik, Chemie/Biologie", "biology chemistry physics"),
]
COSTS = [
    ("", "unknown"),
    ("je nach Angebot", "unknown"),
    ("keine", "free"),
    ("kostenfrei", "free"),
    ("0 Euro", "free"),
    ("nein", "free"),
    ("bisher nicht", "free"),
    ("kostenfrei (eigene Anreise)", "free"),
    ("2 - 5 Euro", "up_to_5"),
    ("pro Person 3 Euro", "up_to_5"),
    ("1,50 €", "up_to_5"),
    ("je Kurs 4,50 bis 9 Euro", "up_to_15"),
    ("ab 23 Euro", "up_to_50"),
    ("50 €", "up_to_50"),
    ("50,50 €", "over_50"),
    ("pro Person 115 Euro", "over_50"),
    ("2.000 €", "over_50"),
    ("8,50 € (Stand 2018/19)", "up_to_15"),
    ("12", "up_to_15"),
    ("ab 90 Euro / Klassenstärke", "per_group"),
    ("70 Euro pro Führung", "per_group"),
    ("4 Euro (nur auf einer Klassenfahrt)", "up_to_5"),
    ("nach Materialverbrauch", "material_only"),
    ("ggf. Kopierkosten", "material_only"),
    ("auf Anfrage, je nach Material", "on_request"),
    ("Verhandlungssache", "on_request"),
    ("nach Vereinbarung", "on_request"),
]
FORMATS = [
    ("Workshop/Projekt", Format.WORKSHOP),
    ("Schülerlabor", Format.STUDENT_LAB),
    ("Schülerforschungszentrum", Format.RESEARCH_CENTRE),
    ("Zwei Projekttage im Labor", Format.PROJECT_DAY),
    ("Club/AG", Format.CLUB),
    ("Girls’Day", Format.GIRLS_DAY),
    ("Girls' Day", Format.GIRLS_DAY),
    ("Nacht der Technik", Format.FESTIVAL),
    ("Mobiles Labor", Format.MOBILE_OFFER),
    ("Angebotsschwerpunkt", None),
    ("Agrar, Automobil und Campus", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "topics"), WORDS)
def test_a_text_proposes_the_topics_of_its_words(text, topics):
    assert " ".join(sorted(topics_from_text(text))) == topics


@settings(deadline=None)  # the first lemma of a process takes a second
@given(st.text(max_size=40))
def test_any_text_gets_topics_formats_and_costs(text):
    assert topics_from_text(text) <= set(Topic)
    assert format_from_text(text) in {None, *Format}
    assert cost_class_from_text(text) in set(CostClass)


@pytest.mark.parametrize(("text", "cost"), COSTS)
def test_a_price_falls_into_its_class(text, cost):
    assert cost_class_from_text(text).value == cost


@pytest.mark.parametrize(("text", "wanted"), FORMATS)
def test_a_text_proposes_the_format_of_its_words(text, wanted):
    assert format_from_text(text) is wanted


def test_a_topic_brings_its_parent_once():
    assert closed({Topic.ROBOTICS, Topic.SOLAR, Topic.FOOD}) == {
        Topic.ROBOTICS,
        Topic.SOLAR,
        Topic.TECHNOLOGY,
        Topic.FOOD,
    }


def test_what_is_closed_stays_as_it_is():
    assert closed(closed(Topic)) == set(Topic)


def test_each_topic_has_the_sign_under_which_it_is_drawn():
    chosen = [Topic.DATA_STATISTICS, Topic.DIGITAL_MEDIA, Topic.AGRICULTURE, Topic.RAIL]
    signs = [Sign.MATHS, Sign.COMPUTING, Sign.SCIENCE, Sign.TECHNOLOGY]

    assert [sign_of(topic) for topic in chosen] == signs
    assert {sign_of(topic) for topic in Topic} == set(Sign)


@pytest.mark.parametrize(
    ("grade", "audiences"),
    [
        (0, set()),
        (4, {Audience.CLASS_1_4}),
        (5, {Audience.CLASS_5_6}),
        (13, {Audience.CLASS_11_13}),
        (14, set()),
    ],
)
def test_a_class_belongs_to_one_audience(grade, audiences):
    assert audiences_of_grade(grade) == audiences
