"""The words that lead to topics, formats and audiences, as plain facts."""

import csv
from collections.abc import Iterator, Mapping
from importlib.resources import files

from marketplace.region.topics.enums import CLASSES, Audience, Format, Topic


def _rows(name: str) -> Iterator[list[str]]:
    text = files("marketplace.region.topics").joinpath(name).read_text("utf-8")
    rows = csv.reader(text.splitlines())
    next(rows)
    return rows


def _words() -> tuple[dict[str, Topic | None], dict[str, Topic | None]]:
    whole: dict[str, Topic | None] = {}
    parts: dict[str, Topic | None] = {}
    for word, topic in _rows("words.csv"):
        member = Topic(topic) if topic else None  # type: ignore[call-arg]
        whole[word.removeprefix("=")] = member
        if not word.startswith("="):
            parts[word] = member
    return whole, parts


WORDS: Mapping[str, Topic | None]
# Those that also count as head or tail of a longer word. None: known, without a topic.
PARTS: Mapping[str, Topic | None]
WORDS, PARTS = _words()
FORMAT_WORDS: Mapping[str, Format] = {
    word: Format(value)  # type: ignore[call-arg]
    for word, value in _rows("format_words.csv")
}

_A = Audience
LOWER = frozenset({_A.CLASS_5_6, _A.CLASS_7_8, _A.CLASS_9_10})
UPPER = frozenset({_A.CLASS_11_13})
PUPILS = frozenset(CLASSES)
EVERYBODY = PUPILS | {_A.KITA, _A.VOCATIONAL, _A.STUDENTS, _A.FAMILIES, _A.ADULTS}
# From the youngest to the oldest.
LADDER = (_A.KITA, *CLASSES, _A.STUDENTS, _A.ADULTS)
LAST_CLASS, LAST_AGE = 13, 18

# How texts name the audiences, as patterns over small letters: what always adds …
ALWAYS: Mapping[str, frozenset[Audience]] = {
    r"kita|kinderg[aä]rt|vorschul|\bvor-(?! ?ort)": frozenset({_A.KITA}),
    r"grundsch|grund-|\bgs\b|primar|\bhort": frozenset({_A.CLASS_1_4}),
    r"berufsschul|berufsbild|\bs?bbs\b|\bbsz\b|\bbgy\b|lehrling|auszubildend|\bazubi"
    r"|fachoberschul|berufliche[ns]? (?:schul|gymnas)"
    r"|alle[rn]? schul(?:art|typ|form)": frozenset({_A.VOCATIONAL}),
    r"förder-|förderschul|lernförder|(?:geistig |körper|lern)behindert|sprachheil"
    r"|alle[rn]? schul(?:art|typ|form)": frozenset({_A.SPECIAL_SCHOOL}),
    r"studi(?:er|um)|student": frozenset({_A.STUDENTS}),
    r"famili|eltern": frozenset({_A.FAMILIES}),
    r"lehrer|lehrkr|erzieher|pädagog|multiplikator": frozenset({_A.TEACHERS}),
    r"erwachsen|senior|verein(?!bar)|\binteressent|\binteressierte": frozenset(
        {_A.ADULTS}
    ),
    r"(?<!jungen und )mädchen(?! und jungen)"
    r"|(?<!schüler und )schülerinnen(?!(?: und| oder|,) schüler)": frozenset(
        {_A.GIRLS}
    ),
}
# … what adds where neither a class nor an age is named …
STAGES: Mapping[str, frozenset[Audience]] = {
    r"\bsek(?:undarstufe)?\.? ?(?:1|i)\b|(?<!fach)oberschul|ober-|mittelschul"
    r"|sekundarschul|sekundar-|regelschul|regel-": LOWER,
    r"\bsek(?:undarstufe)?\.? ?(?:(?:1|i) und )?(?:2|ii)\b|oberstufe|abiturstufe"
    r"|\bbgy\b|fachoberschul|berufliche[ns]? gymnas": UPPER,
    r"(?<!berufliches )(?<!beruflichen )(?<!berufliche )gymnasi(?:um|en)"
    r"|gesamt-|gesamtschul|gemeinschafts-|gemeinschaftsschul|weiterführend": LOWER
    | UPPER,
    r"förder-|förderschul|lernförder|(?:geistig |körper|lern)behindert|sprachheil": (
        LOWER | {_A.CLASS_1_4}
    ),
    r"alle[rn]? schul(?:art|typ|form)": PUPILS,
}
# … and what stands for pupils in general, where no stage is named either.
GENERAL: Mapping[str, frozenset[Audience]] = {
    r"\bschüler|\bschulklasse|\bschulen?\b": PUPILS,
    r"\bkinder\b": frozenset({_A.CLASS_1_4, _A.CLASS_5_6}),
    r"jugendliche": frozenset({_A.CLASS_7_8, _A.CLASS_9_10, _A.CLASS_11_13}),
}
_CARDINALS = "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"
_ORDINALS = (
    "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte"
)
NUMBERS: Mapping[str, int] = {
    word: number
    for words in (_CARDINALS, _ORDINALS)
    for number, word in enumerate(words.split(), 1)
}
