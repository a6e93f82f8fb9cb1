"""How people write amounts, and what that is in base units, as plain facts."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from marketplace.region.lines.enums import Item, LineKind

# What everybody gets one of, because it is worn or used up.
ONE_EACH = frozenset(
    {
        Item.SAFETY_GOGGLES,
        Item.LAB_COAT,
        Item.GLOVES_BOX,
        Item.ELECTRONICS_KIT,
        Item.WOOD_SET,
        Item.METAL_SET,
        Item.PLANT_SET,
        Item.PRINTED_MATTER,
        Item.CATERING,
    }
)
# A pair of these is one piece.
WORN = frozenset({Item.SAFETY_GOGGLES, Item.LAB_COAT, Item.GLOVES_BOX})
# A set for a class: one each, or one for two.
CLASS_OF, CLASS_OF_PAIRS = 30, 15
GROUP = 30
# More than this nobody means.
MOST = 1_000_000_000

NUMBER_WORDS: Mapping[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "ein eine einen einem einer",
            "zwei",
            "drei",
            "vier",
            "fünf",
            "sechs",
            "sieben",
            "acht",
            "neun",
            "zehn",
            "elf",
            "zwölf",
        ),
        1,
    )
    for word in words.split()
}

Factor = tuple[re.Pattern[str], Fraction]


def _factors(*pairs: tuple[str, Fraction | int]) -> Sequence[Factor]:
    return [(re.compile(words), Fraction(factor)) for words, factor in pairs]


# The icon each kind is drawn with.
ICONS: Mapping[LineKind, str] = {
    LineKind.MONEY: "money",
    LineKind.MATERIAL: "material",
    LineKind.VENUE: "venue",
    LineKind.PEOPLE: "mentors",
    LineKind.VISITS: "pin",
    LineKind.INTERNSHIPS: "person",
}
# How many base units one of these is, by kind; the first that fits counts.
FACTORS: Mapping[LineKind, Sequence[Factor]] = {
    LineKind.MONEY: _factors((r"t€|teur|tsd|tausend", 1000)),
    LineKind.MATERIAL: _factors((r"dutzend", 12), (r"paar", 2)),
    # Up to four hours are half a day.
    LineKind.VENUE: _factors(
        (r"halb", 1),
        (r"tag", 2),
        (r"woche", 10),
        (r"(?:stunde|std|h\b)", Fraction(1, 4)),
    ),
    LineKind.PEOPLE: _factors(
        (r"halb", 4),
        (r"(?:personen|arbeits)?tag", 8),
        (r"woche", 40),
        (r"(?:schul|unterrichts)stunde|ue\b", Fraction(3, 4)),
    ),
    # One visit is one group of up to 30.
    LineKind.VISITS: _factors(
        (r"person|schüler|kinder|jugendliche", Fraction(1, GROUP))
    ),
    LineKind.INTERNSHIPS: (),
}
# "20 € pro Schüler, 25 Schüler": what is counted, and whether one goes without saying.
PER: Sequence[tuple[re.Pattern[str], re.Pattern[str], bool]] = [
    (
        re.compile(rf"(?:pro|je|im|/) ?{word}"),
        re.compile(rf"(\d+) (?:weitere )?{word}"),
        is_one_meant,
    )
    for word, is_one_meant in [
        ("monat", False),
        (r"(?:schüler|kind|person|teilnehm)", False),
        ("jahr", True),
    ]
]
