"""What the vocabulary says about a topic, and what texts propose; pure functions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from simplemma import lemmatize

from marketplace.region.topics.enums import (
    AGES,
    CLASSES,
    PARENTS,
    SIGNS,
    Audience,
    CostClass,
    Format,
    Sign,
    Topic,
)
from marketplace.region.topics.tables import (
    ALWAYS,
    EVERYBODY,
    FORMAT_WORDS,
    GENERAL,
    LADDER,
    LAST_AGE,
    LAST_CLASS,
    NUMBERS,
    PARTS,
    PUPILS,
    STAGES,
    WORDS,
)

SHORTEST_PART = 3
_LETTERS = re.compile(r"[^\W\d_]+")
# Words this short count whole, or with an ending: "AG" and "AGs", not "Agrar".
SHORT_WORD = 5
_ENDING = r"(?:s|e|n|en|er|es)?(?![^\W\d_])"
_NUMBER = r"\d+(?:\.\d{3})*(?:[.,]\d{1,2})?"
_PRICE = re.compile(rf"({_NUMBER}) ?(?:€|eur)", re.IGNORECASE)
_ANY_NUMBER = re.compile(rf"({_NUMBER})")
_THOUSANDS = re.compile(r"\.(?=\d{3})")
_FREE = re.compile(
    r"kostenfrei|kostenlos|\bkeine\b|\bnein\b|bisher nicht|\b0 ?(?:€|euro)",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"(?:pro|je|/) ?(?:schul)?(?:klasse|gruppe|führung|veranstaltung|workshop|team)"
    r"|gruppenpreis",
    re.IGNORECASE,
)
_MATERIAL = re.compile(r"material|kopierkosten", re.IGNORECASE)
_REQUEST = re.compile(r"anfrage|vereinbarung|verhandlung|absprache", re.IGNORECASE)

_ALL = re.compile(
    r"(?:für )?(?:alle|jede)(?: alters(?:gruppen?|stufen?|klassen?)| interessierten)?"
    r"|alle alters- und zielgruppen|alles möglich"
)
_GENDER_SIGN = re.compile(r"(?<=\w)(?:[:*_]|/-?)innen\b|(?<=[a-zäöüß])Innen\b")
_NUMBER_WORD = re.compile(
    rf"\b({'|'.join(NUMBERS)})[nrs]?\b(?= klasse\b| und \w+ klasse\b)"
    rf"|(?<=klasse )({'|'.join(NUMBERS)})\b"
)
_HALF_RANGE = re.compile(r"(\d)-(?= (?:bis|und) \d)")
_YEARS_OLD = re.compile(r"(\d)[- ]?jährige?\w*")
# Numbers that count something else: "12 Personen", "2 Klassen", "90 Minuten".
_COUNTED = re.compile(
    r"\b\d+ ?(?:-minütig|(?=schüler|person|teilnehm|minut|schul|euro|€|weiterführend))"
    r"|(?<![-/.,\d])(?<!\d[-/.,] )(?<!bis )\b\d+ klassen\b"
)
_FROM_WHERE = re.compile(r"(lehrkräfte|lehrer\S*|erzieher\S*) aus\b.*")
_N = r"\(?\d{1,2}\.?\)?(?!\d| ?jahre?n?\b)"
_JOIN = r"(?: ?(?:-|/|,|bis|und|oder) ?| )"
_CLASS = r"(?:(?:schul)?klassen?(?:stufen?)?\b|jahrgangsstufen?\b|\bkl\.)"
_CLASSES = re.compile(
    rf"(?P<edge>\b(?:ab|bis) )?(?:der )?(?:"
    rf"(?P<before>{_N}(?:{_JOIN}{_N})*) ?{_CLASS}"
    rf"|{_CLASS} (?P<after>{_N}(?:{_JOIN}{_N})*))"
)
# "5. Klasse bis 8. Klasse", "Klasse 5 bis zur Klasse 8": the middle goes.
_MIDDLE = re.compile(
    rf"(\d\.?)(?: {_CLASS})? bis (?:zur )?(?:{_CLASS} )?(?=\d)(?!\d+ ?jahr)"
)
_SPAN = re.compile(r"(\d+)[.) ]*(?:(?:-|bis)[( ]*(\d+))?")
_AGES = re.compile(
    r"(?<!klasse )(?<!klassen )(?<!stufe )\b(?P<low>\d{1,2})(?: ?- ?| bis | und )"
    r"(?P<high>\d{1,2}) ?jahr"
    r"|\bab (?P<open>\d{1,2}) ?jahre?n?\b"
    r"(?:\)? bis [^;\d]{0,40}(?P<until>\d{1,2}) ?jahr)?"
    r"|(?:\bbis|älter als) (?P<top>\d{1,2}) ?jahr"
)


def closed(topics: Iterable[Topic]) -> frozenset[Topic]:
    """Adds the parents: whoever does robotics does technology."""
    given = frozenset(topics)
    return given | {PARENTS[topic] for topic in given if topic in PARENTS}


def sign_of(topic: Topic) -> Sign:
    """The letter under which a topic is drawn."""
    return next(sign for sign, topics in SIGNS.items() if topic in topics)


def audiences_of_grade(grade: int) -> frozenset[Audience]:
    """The audience a class belongs to; empty for classes there are not."""
    return frozenset(
        audience for audience, (low, high) in CLASSES.items() if low <= grade <= high
    )


def grades_meant(
    audiences: AbstractSet[Audience], first: int, last: int
) -> frozenset[int]:
    """The classes from one to another that are meant; all where none is told."""
    grades = range(first, last + 1)
    return frozenset(
        grade
        for grade in grades
        if not audiences or audiences_of_grade(grade) & audiences
    )


def topics_from_text(text: str) -> frozenset[Topic]:
    """Proposes topics for a text, word by word (matching: never counted by itself)."""
    found = {topic for word in _LETTERS.findall(text) for topic in _topics_of(word)}
    return frozenset(found)


def audiences_from_text(text: str) -> frozenset[Audience]:
    """Proposes audiences for a text by its classes, its ages and its words."""
    words = _as_said(text)
    if _ALL.fullmatch(words):
        return EVERYBODY
    ages = list(_AGES.finditer(words))
    told = _of_numbers(CLASSES, _classes_in(_AGES.sub(" ", words)))
    aged = _of_numbers(AGES, (age for hit in ages for age in _years_of(hit)))
    named = told | _named(words, has_numbers=bool(told | aged))
    return frozenset(named - _too_old(ages) | aged)


def format_from_text(text: str) -> Format | None:
    """Proposes the format whose words stand in a text, the longest words first."""
    lower = text.lower().replace("’", "'")
    for words in sorted(FORMAT_WORDS, key=len, reverse=True):
        ending = _ENDING if len(words) <= SHORT_WORD else ""
        if re.search(rf"(?<![^\W\d_]){re.escape(words)}{ending}", lower):
            return FORMAT_WORDS[words]
    return None


def cost_class_from_text(text: str) -> CostClass:
    """Reads a price as people write it; the highest of a range decides."""
    if _FREE.search(text):
        return CostClass.FREE
    prices = _PRICE.findall(text) or _ANY_NUMBER.findall(text)
    if not prices:
        return _cost_in_words(text)
    highest = max(_amount(price) for price in prices)
    return CostClass.PER_GROUP if _GROUP.search(text) else _cost_of(highest)


def _amount(number: str) -> float:
    return float(_THOUSANDS.sub("", number).replace(",", "."))


def _cost_in_words(text: str) -> CostClass:
    if _REQUEST.search(text):
        return CostClass.ON_REQUEST
    return CostClass.MATERIAL_ONLY if _MATERIAL.search(text) else CostClass.UNKNOWN


def _cost_of(price: float) -> CostClass:
    steps = {5: CostClass.UP_TO_5, 15: CostClass.UP_TO_15, 50: CostClass.UP_TO_50}
    return next((c for top, c in steps.items() if price <= top), CostClass.OVER_50)


def _topics_of(word: str) -> set[Topic]:
    forms = (word.lower(), lemmatize(word, lang="de").lower())
    for form in forms:
        if form in WORDS:
            return {topic for topic in [WORDS[form]] if topic}
    ends = (_longest(forms, at_start=True), _longest(forms, at_start=False))
    return {topic for end in ends if end and (topic := PARTS[end])}


def _longest(forms: Iterable[str], *, at_start: bool) -> str | None:
    """The longest part of the table with which one of the forms begins or ends."""
    parts = [
        form[:k] if at_start else form[k:]
        for form in forms
        for k in range(len(form))
        if (k if at_start else len(form) - k) >= SHORTEST_PART
    ]
    return max((part for part in parts if part in PARTS), key=len, default=None)


def _as_said(text: str) -> str:
    """Small letters, plain dashes, numbers in digits; without what only counts."""
    words = " ".join(_GENDER_SIGN.sub("", text).lower().split())
    words = words.replace("–", "-").replace("—", "-")
    words = _HALF_RANGE.sub(r"\1", words)
    words = _YEARS_OLD.sub(r"\1 jahre", words)
    words = _NUMBER_WORD.sub(lambda hit: f"{NUMBERS[hit[1] or hit[2]]}.", words)
    words = _FROM_WHERE.sub(r"\1", _without_curriculum(words))
    return _COUNTED.sub("", _MIDDLE.sub(r"\1 bis ", words))


def _without_curriculum(words: str) -> str:
    """Where stages stand before a colon, what follows it is what they learn."""
    before = words.partition(":")[0]
    return before if _said(ALWAYS, before) | _said(STAGES, before) else words


def _named(words: str, *, has_numbers: bool) -> set[Audience]:
    """What the words name; general ones count where no stage is named."""
    found = _said(ALWAYS, words)
    if has_numbers:
        return found
    found |= _said(STAGES, words) | _between(words)
    is_general = not found & (PUPILS | {Audience.VOCATIONAL})
    return found | _said(GENERAL, words) if is_general else found


def _said(table: Mapping[str, frozenset[Audience]], words: str) -> set[Audience]:
    said = (table[pattern] for pattern in table if re.search(pattern, words))
    return set().union(*said)


def _between(words: str) -> set[Audience]:
    """What lies between two stages: "Kindergarten bis Erwachsene"."""
    before, _bis, after = words.partition(" bis ")
    ends = [_said(ALWAYS, part) | _said(STAGES, part) for part in (before, after)]
    first, last = ([LADDER.index(a) for a in end if a in LADDER] for end in ends)
    if not (first and last):
        return set()
    return set(LADDER[min(first) : max(last) + 1]) & PUPILS


def _classes_in(words: str) -> Iterator[int]:
    """The classes a text names: "ab Klasse 9/10", "3. bis 5. Klasse"."""
    for hit in _CLASSES.finditer(words):
        numbers = _SPAN.finditer(hit["before"] or hit["after"])
        yield from _counted((hit["edge"] or "").strip(), [_span_of(n) for n in numbers])


def _counted(edge: str, spans: list[tuple[int, int]]) -> Iterator[int]:
    """The classes of "5 - 7", three, of "9./10.", two, of "ab 9", all that follow."""
    if edge == "bis":
        yield from range(1, max(spans)[1] + 1)
    elif edge == "ab" and all(first == last for first, last in spans):
        yield from range(min(spans)[0], LAST_CLASS + 1)
    else:
        yield from (n for first, last in spans for n in range(first, last + 1))


def _span_of(hit: re.Match[str]) -> tuple[int, int]:
    return int(hit[1]), int(hit[2] or hit[1])


def _years_of(hit: re.Match[str]) -> range:
    """The ages a text counts; an upper one alone counts none."""
    if hit["top"]:
        return range(0)
    last = int(hit["high"] or hit["until"] or LAST_AGE)
    return range(int(hit["low"] or hit["open"]), last + 1)


def _too_old(ages: Iterable[re.Match[str]]) -> set[Audience]:
    """The audiences above an upper age that stands alone."""
    tops = [int(hit["top"]) for hit in ages if hit["top"]]
    return {a for a, (youngest, _) in AGES.items() if tops and youngest > max(tops)}


def _of_numbers(
    bands: Mapping[Audience, tuple[int, int]], numbers: Iterable[int]
) -> set[Audience]:
    """The audiences whose band shares a number."""
    wanted = set(numbers)
    return {a for a, (low, high) in bands.items() if wanted & set(range(low, high + 1))}


def with_parts(topics: Iterable[Topic]) -> frozenset[Topic]:
    """Some topics, each with those it is the field of."""
    asked = frozenset(topics)
    return asked | {part for part, whole in PARENTS.items() if whole in asked}
