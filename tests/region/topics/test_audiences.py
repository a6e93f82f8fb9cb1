"""Audiences read from text, in the short keys of the vocabulary: K 1 5 7 9 11 …"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.region.topics.enums import Audience
from marketplace.region.topics.rules import audiences_from_text

SHORT = ("K", "1", "5", "7", "9", "11", "V", "S", "U", "F", "T", "A", "G")
KEYS = dict(zip(SHORT, Audience, strict=True))
VOCABULARY = [
    ("max. 24 Personen", ""),
    ("Sek 1 und 2", "5 7 9 11"),
    ("10–18 Jahre, alle Schularten", "5 7 9 11 V S"),
    ("ab Klasse 1", "1 5 7 9 11"),
    ("Schüler/-innen der Grundschule", "1"),
    ("Kinder und Jugendliche", "1 5 7 9 11"),
    ("Sek 2", "11"),
    ("für Oberschulen und Gymnasien ab Klasse 10", "9 11"),
    ("10–16 Jahre", "5 7 9 11"),
    ("Primarstufe, Sek 1 und 2", "1 5 7 9 11"),
    ("GS, Sek 1 und 2", "1 5 7 9 11"),
    ("Sek 1 und 2 (ab Klasse 10)", "9 11"),
    ("ab Klassenstufe 9", "9 11"),
    ("Vorschule bis 4. Klasse z. B. Sachkunde", "K 1"),
    ("ab 4. Klasse bis 21 Jahre", "1 5 7 9 11"),
    ("Mädchen ab der sechsten Klasse", "5 7 9 11 G"),
    ("8–12 Jahre", "1 5 7"),
    ("5–18 Jahre", "K 1 5 7 9 11"),
    ("ab 16 Jahre", "11"),
    ("ab 10 Jahre", "5 7 9 11"),
    ("3. bis 5. Klasse", "1 5"),
    ("(5.) 6. bis 12. Klasse", "5 7 9 11"),
    ("10. und 12. (13.) Klasse", "9 11"),
    ("ab Klasse 9/10", "9 11"),
    ("bis Klasse 10, auch berufsorientierend", "1 5 7 9"),
    ("je 10 Schüler/-innen zwischen 12 und 15 Jahren", "7 9"),
    ("Schulklassen der Klassenstufe (1) 2 - 4", "1"),
    ("Klasse 1 - 4, Vorschule", "K 1"),
    ("Kindergarten (ab 4 Jahre) bis Grundschule (7 Jahre)", "K 1"),
    ("für 4 - 8 Jahre ab Klassenstufe 9", "K 1 9 11"),
    ("Grundschule 3. /4. Klasse Mittelschule und Gymnasium 6. Klasse", "1 5"),
    ("12. Klasse Gymnasium", "11"),
    (
        "Schüler/-innen der 9. Klasse an Oberschulen und der 11. Klasse an Gymnasien",
        "9 11",
    ),
    ("Geographie Klasse 7 - 12", "7 9 11"),
    (
        "Konstrukteure 6./7. Jahrgangsstufe, Informatiker 9.–11. Jahrgangsstufe",
        "5 7 9 11",
    ),
    ("Sekundarstufe II, nicht älter als 20 Jahre", "11"),
    ("Explore 6–10 Jahre; Challenge 9–16 Jahre", "1 5 7 9 11"),
    (
        "Schüler experimentieren ab Klasse 4 bis 14 Jahre; Jugend forscht 15–21 Jahre",
        "1 5 7 9 11",
    ),
    ("10–16 Jahre; rund 40 weiterführende Schulen", "5 7 9 11"),
    ("Klassenstufen 5 bis 12; Vorschul- und Grundschulalter", "K 1 5 7 9 11"),
    ("Kindergarten bis Erwachsene; Gruppen ab 10 nach Anmeldung", "K 1 5 7 9 11 A"),
    ("Grundschule bis Oberstufe", "1 5 7 9 11"),
    ("Grundschule bis Studium", "1 5 7 9 11 U"),
    ("gymnasiale Oberstufe", "11"),
    ("Schülerinnen der Klassen 10 bis 13", "9 11 G"),
    ("Schülerinnen und Schüler", "1 5 7 9 11"),
    ("Schülerinnen", "1 5 7 9 11 G"),
    ("Jugendliche", "7 9 11"),
    ("alle Schularten ab 3. Klasse", "1 5 7 9 11 V S"),
    ("Sekundar-, Gesamt-, Gemeinschafts- und Förderschulen", "1 5 7 9 11 S"),
    ("Schüler/-innen Klasse 6, Erwachsene", "5 A"),
    (
        (
            "Schüler/-innen verschiedener Schulformen (Gymnasium, BSZ, BGY ...), "
            "Interessenten"
        ),
        "5 7 9 11 V A",
    ),
    ("Lehrlinge Landschaftsgestaltung / Gartenbau", "V"),
    ("Kinder mit Eltern", "1 5 F"),
    ("Lehrer/-innen, Erzieher/-innen, Multiplikatoren", "T"),
    ("pädagogische Fach- und Lehrkräfte aus Kitas, Horten und Grundschulen", "T"),
    ("sieben Schulen und eine Kita in Sachsen", "K 1 5 7 9 11"),
    (
        (
            "Kita, Hort, Grund-, Ober- und Förderschule, Gymnasium, Berufsbildung, "
            "Studierende, Familien, Senior/-innen, Vereine"
        ),
        "K 1 5 7 9 11 V S U F A",
    ),
    ("3.-10. Klasse", "1 5 7 9"),
    ("Kita bis Klasse 4", "K 1"),
]
# What texts of other hands say.
OTHERS = [
    ("", ""),
    ("Berufliches Gymnasium", "11 V"),
    ("Fachoberschule", "11 V"),
    ("Berufsschulen", "V"),
    ("Regelschule", "5 7 9"),
    ("Schule für geistig Behinderte", "1 5 7 9 S"),
    ("Termine nach Vereinbarung, auch vor-Ort", ""),
    ("Schüler:innen der Klassen 7-9", "7 9"),
    ("Lehrer:innen und Schüler:innen", "1 5 7 9 11 T"),
    ("SchülerInnen", "1 5 7 9 11"),
    ("Schüler und Schülerinnen", "1 5 7 9 11"),
    ("Mädchen und Jungen der Klasse 6", "5"),
    ("10- bis 14-Jährige", "5 7 9"),
    ("8-jährige Kinder", "1 5"),
    ("Kl. 5-7", "5 7"),
    ("max. 2 Klassen", ""),
    ("zwei Klassen", ""),
    ("Klasse zehn", "9"),
    ("fünfte und sechste Klasse", "5"),
    ("ab Klasse 5 bis 10", "5 7 9"),
    ("Klassen 5 bis 7 und 9", "5 7 9"),
    ("Klassen 5 und 9", "5 9"),
    ("von der 5. bis zur 8. Klasse", "5 7"),
    ("Klasse 5 bis Klasse 8", "5 7"),
    ("Klasse 5, 12 Jahre", "5"),
    ("Klasse 7, 90 Minuten", "7"),
    ("3–5 Jahre, Kinder", "K"),
    ("Schülerinnen und Schüler bis 14 Jahre", "1 5 7 9"),
    ("Schüler und Auszubildende aller Schulformen", "1 5 7 9 11 V S"),
    ("ab Klasse 15", ""),
    ("Klasse 2019", ""),
    ("für alle", "K 1 5 7 9 11 V U F A"),
    ("jede Altersgruppe", "K 1 5 7 9 11 V U F A"),
]


def keys_of(text):
    found = audiences_from_text(text)
    return " ".join(key for key, audience in KEYS.items() if audience in found)


@pytest.mark.parametrize(("text", "keys"), VOCABULARY)
def test_a_text_of_the_vocabulary_names_its_audiences(text, keys):
    assert keys_of(text) == keys


@pytest.mark.parametrize(("text", "keys"), OTHERS)
def test_a_text_of_other_hands_names_its_audiences(text, keys):
    assert keys_of(text) == keys


@given(st.text(alphabet="ab 0123456789./-–():,klsejhrvüKJ", max_size=60))
def test_any_text_gets_an_answer(text):
    assert audiences_from_text(text) <= set(Audience)
