import re
from collections.abc import Iterable

from simplemma import lemmatize

from marketplace.region.topics.enums import (
    CLASSES,
    PARENTS,
    SIGNS,
    Audience,
    CostClass,
    Format,
    Sign,
    Topic,
)
from marketplace.region.topics.tables import FORMAT_WORDS, PARTS, WORDS

SHORTEST_PART = 3
_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_FREE = re.compile(
    r"kostenfrei|kostenlos|\bkeine\b|\bnein\b|bisher nicht|\b0 ?(?:€|euro)",
    re.IGNORECASE,
)
_GROUP = re.compile(r"klasse|gruppe|führung|veranstaltung|workshop", re.IGNORECASE)
_MATERIAL = re.compile(r"material|kopierkosten", re.IGNORECASE)
_REQUEST = re.compile(r"anfrage|vereinbarung|verhandlung|absprache", re.IGNORECASE)


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


def topics_from_text(text: str) -> frozenset[Topic]:
    """Proposes topics for a text, word by word (matching: never counted by itself)."""
    found = {topic for word in _LETTERS.findall(text) for topic in _topics_of(word)}
    return frozenset(found)


def format_from_text(text: str) -> Format | None:
    """Proposes the format whose words stand in a text, the longest words first."""
    lower = text.lower()
    for words in sorted(FORMAT_WORDS, key=len, reverse=True):
        if re.search(rf"(?<![^\W\d_]){re.escape(words)}", lower):
            return FORMAT_WORDS[words]
    return None


def cost_class_from_text(text: str) -> CostClass:
    """Reads a price as people write it; the highest of a range decides."""
    if not text.strip():
        return CostClass.UNKNOWN
    if _FREE.search(text):
        return CostClass.FREE
    prices = [float(n.replace(",", ".")) for n in _NUMBER.findall(text)]
    if not prices:
        return _cost_in_words(text)
    return CostClass.PER_GROUP if _GROUP.search(text) else _cost_of(max(prices))


def _cost_in_words(text: str) -> CostClass:
    if _MATERIAL.search(text):
        return CostClass.MATERIAL_ONLY
    return CostClass.ON_REQUEST if _REQUEST.search(text) else CostClass.UNKNOWN


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
