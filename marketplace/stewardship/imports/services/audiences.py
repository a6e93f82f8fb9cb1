"""For whom something is, read from the words of a list; always a proposal."""

import re
from collections.abc import Iterable, Mapping, Sequence

from marketplace.region.topics.enums import AGES, CLASSES, Audience

_A = Audience
LOWER = frozenset({_A.CLASS_5_6, _A.CLASS_7_8, _A.CLASS_9_10})
UPPER = frozenset({_A.CLASS_11_13})
PUPILS = frozenset(CLASSES)
EVERYBODY = PUPILS | {_A.KITA, _A.VOCATIONAL, _A.STUDENTS, _A.FAMILIES, _A.ADULTS}
# From the youngest to the oldest: "Grundschule bis Studium" fills what lies between.
LADDER = (_A.KITA, *CLASSES, _A.STUDENTS, _A.ADULTS)
LAST_CLASS, LAST_AGE = 13, 18
# Nobody tells an audience in more signs.
LONGEST = 600

# Words that always add, and those that add where no class and no age is named.
ALWAYS: Mapping[str, frozenset[Audience]] = {
    r"kita|kinderg[aä]rt|vorschul|\(?vor-": frozenset({_A.KITA}),
    r"grundsch|grund-|\bgs\b|primar|\bhort": frozenset({_A.CLASS_1_4}),
    r"berufsschul|berufsbild|\bbsz\b|\bbbs\b|\bbgy\b|lehrling|auszubildend"
    r"|fachoberschul|berufliche|alle schul(?:art|typ|form)": frozenset({_A.VOCATIONAL}),
    r"förder-|förderschul|lernförder|behindert|sprachheil"
    r"|alle schul(?:art|typ|form)": frozenset({_A.SPECIAL_SCHOOL}),
    r"studi(?:er|um)|student": frozenset({_A.STUDENTS}),
    r"famili|eltern": frozenset({_A.FAMILIES}),
    r"lehrer|lehrkr|erzieher|pädagog|multiplikator": frozenset({_A.TEACHERS}),
    r"erwachsen|senior|verein|interessent|interessierte": frozenset({_A.ADULTS}),
    r"mädchen|schülerinnen(?! und schüler)": frozenset({_A.GIRLS}),
}
STAGES: Mapping[str, frozenset[Audience]] = {
    r"\bsek(?:undarstufe)?\.? ?(?:1|i)\b|oberschul|ober-|mittelschul|sekundarschul"
    r"|sekundar-|regelschul": LOWER,
    r"\bsek(?:undarstufe)?\.? ?(?:(?:1|i) und )?(?:2|ii)\b|oberstufe|abiturstufe"
    r"|\bbgy\b|fachoberschul|berufliches gymnas": UPPER,
    r"gymnasi(?:um|en)|gesamt-|gesamtschul|gemeinschafts-|gemeinschaftsschul"
    r"|weiterführend": LOWER | UPPER,
    r"förder-|förderschul|lernförder": LOWER | {_A.CLASS_1_4},
    r"alle schul(?:art|typ|form)": PUPILS,
}
# What stands for pupils in general, where no stage is named either.
GENERAL: Mapping[str, frozenset[Audience]] = {
    r"schüler|schulklasse|schulen\b|\bschule\b": PUPILS,
    r"\bkinder\b": frozenset({_A.CLASS_1_4, _A.CLASS_5_6}),
    r"jugendliche": frozenset({_A.CLASS_7_8, _A.CLASS_9_10, _A.CLASS_11_13}),
}
ALL = re.compile(r"alles?(?: möglich)?|(?:jede|alle) alters\\S*(?: und zielgruppen)?")
ORDINALS = {
    word: str(number)
    for number, words in enumerate(
        (
            "erste eins",
            "zweite zwei",
            "dritte drei",
            "vierte vier",
            "fünfte fünf",
            "sechste sechs",
            "siebte sieben",
            "achte acht",
            "neunte neun",
            "zehnte zehn",
            "elfte elf",
            "zwölfte zwölf",
        ),
        1,
    )
    for word in words.split()
}
_WORD_NUMBER = re.compile(rf"\b({'|'.join(ORDINALS)})[nr]?(?= klasse)")
_COUNTED = re.compile(
    r"\b\d+ ?(?=schüler|person|teilnehm|minut|-minütig|schulen|euro|€|weiterführend)"
)
_FROM_WHERE = re.compile(r"(lehrkräfte|lehrer\S*|erzieher\S*) aus\b.*")
_N = r"\(?\d{1,2}\.?\)?"
_JOIN = r"(?: ?(?:-|/|,|bis|und|oder) ?| )"
_CLASS = r"(?:schul)?(?:klassen?(?:stufen?)?|jahrgangsstufen?)"
_CLASSES = re.compile(
    rf"(?P<edge>\b(?:ab|bis) )?(?:der )?(?:"
    rf"(?P<before>{_N}(?:{_JOIN}{_N}){{0,8}}) ?{_CLASS}\b"
    rf"|{_CLASS} (?P<after>{_N}(?:{_JOIN}{_N}){{0,8}}))"
)
_AGES = re.compile(
    r"(?<!klasse )(?<!stufe )\b(?P<low>\d{1,2})(?: ?- ?| bis | und )"
    r"(?P<high>\d{1,2}) ?jahr"
    r"|\bab (?P<open>\d{1,2}) ?jahre?n?\b"
    r"(?:\)? bis [^;\d]{0,40}(?P<until>\d{1,2}) ?jahr)?"
    r"|(?:\bbis|älter als) (?P<top>\d{1,2}) ?jahr"
)


def audiences_from_text(text: str) -> frozenset[Audience]:
    """Proposes audiences for a text by its classes, ages and words, in this order."""
    words = _prepared(text[:LONGEST])
    if ALL.fullmatch(words):
        return EVERYBODY
    ages = list(_AGES.finditer(words))
    classes = _classes_of(_AGES.sub(" ", words))
    found = {a for a in CLASSES if _shares(CLASSES[a], classes)}
    found |= _of_ages(ages)
    has_numbers = bool(classes or found)

    found |= _said(ALWAYS, words)
    if not has_numbers:
        found |= _said(STAGES, words)
        found |= _between(words)
    if not found & PUPILS:
        found |= _said(GENERAL, words)
    return frozenset(found)


def _prepared(text: str) -> str:
    """Small letters, plain dashes, numbers in digits, without what only counts."""
    words = " ".join(text.lower().replace("–", "-").replace("—", "-").split())
    before, colon, _after = words.partition(":")
    if colon and (_said(ALWAYS, before) | _said(STAGES, before)):
        words = before
    words = _FROM_WHERE.sub(r"\1", words)
    words = _WORD_NUMBER.sub(lambda hit: f"{ORDINALS[hit[1]]}.", words)
    return _COUNTED.sub("", words)


def _classes_of(words: str) -> set[int]:
    classes: set[int] = set()
    for hit in _CLASSES.finditer(words):
        told = hit["before"] or hit["after"]
        numbers = [int(n) for n in re.findall(r"\d+", told)]
        numbers = [n for n in numbers if 1 <= n <= LAST_CLASS]
        if not numbers:
            continue
        match (hit["edge"] or "").strip():
            case "ab":
                classes |= set(range(min(numbers), LAST_CLASS + 1))
            case "bis":
                classes |= set(range(1, max(numbers) + 1))
            case _:
                classes |= _counted_through(told, numbers)
    return classes


def _counted_through(told: str, numbers: Sequence[int]) -> set[int]:
    """Counts what lies between in "5 - 7", and what is named in "9./10."."""
    is_range = re.search(r"-|bis", told) is not None
    return set(range(min(numbers), max(numbers) + 1)) if is_range else set(numbers)


def _of_ages(hits: Iterable[re.Match[str]]) -> set[Audience]:
    found: set[Audience] = set()
    for hit in hits:
        if hit["top"]:
            continue
        low = int(hit["low"] or hit["open"])
        high = int(hit["high"] or hit["until"] or LAST_AGE)
        years = set(range(low, high + 1))
        found |= {a for a in AGES if _shares(AGES[a], years)}
    return found


def _shares(band: tuple[int, int], numbers: set[int]) -> bool:
    return any(band[0] <= number <= band[1] for number in numbers)


def _said(table: Mapping[str, frozenset[Audience]], words: str) -> set[Audience]:
    found: set[Audience] = set()
    for pattern, audiences in table.items():
        if re.search(pattern, words):
            found |= audiences
    return found


def _between(words: str) -> set[Audience]:
    """What lies between two stages: "Kindergarten bis Erwachsene"."""
    before, bis, after = words.partition(" bis ")
    if not bis:
        return set()
    ends = [_said(ALWAYS, part) | _said(STAGES, part) for part in (before, after)]
    steps = [[LADDER.index(a) for a in end if a in LADDER] for end in ends]
    if not all(steps):
        return set()
    return set(LADDER[min(steps[0]) : max(steps[1]) + 1]) & PUPILS
