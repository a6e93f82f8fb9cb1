"""Words as they are compared, sorted and put into addresses."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

from simplemma import lemmatize

LONGEST_SLUG = 60
_TO_ASCII = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "ł": "l"}
)
# "Siemens", "Siemens AG" and "SIEMENS AG" are one.
_LEGAL_FORMS = re.compile(
    r"\b(e v|ev|gemeinnutzige|ggmbh|gmbh|mbh|ag|se|kgaa|kg|ohg|ug|eg|gbr|co)\b"
)
_WORDS = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """Lower case without accents, ß as ss: for lists in alphabetical order."""
    spread = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    return "".join(sign for sign in spread if not unicodedata.combining(sign))


def fold(text: str) -> str:
    """Brings "Löten", "Loeten" and "loten" together: for comparing, never for show."""
    folded = plain(text)
    for pair in ("ae", "oe", "ue"):
        folded = folded.replace(pair, pair[0])
    return folded


def fold_name(text: str) -> str:
    """Folds a name to its words, one blank between: for finding the same again."""
    return " ".join(_WORDS.findall(fold(text)))


def words_of(text: str) -> list[str]:
    """The words of a text as written: runs of letters and digits."""
    return _WORDS.findall(text)


def stems_of(word: str) -> set[str]:
    """The folded forms under which a word is found: as written, and its base form.

    simplemma needs the word as written, and takes a second for its first one.
    """
    return {fold(word), fold(lemmatize(word, lang="de"))}


def span_of_beginning(folded: str) -> tuple[str, str]:
    """The first and the last of the folded words that begin so.

    Databases order signs differently, letters and digits alike; none puts one of them
    behind z.
    """
    return folded, folded + "z" * 20


@lru_cache(maxsize=5_000)
def slug_of(text: str) -> str:
    """Readable words for an address: `robotik-ag-fuer-maedchen`; may be empty."""
    ascii_text = plain(text.lower().translate(_TO_ASCII))
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")
    return slug[:LONGEST_SLUG].rstrip("-")


def source_name_of(source: str) -> str:
    """Where something was found, short: of an address its host alone."""
    first = source.split(maxsplit=1)[0] if source else ""
    host = urlsplit(first).hostname
    return host.removeprefix("www.") if host else source


def bare_name(name: str) -> str:
    """The folded name without what tells the legal form alone."""
    folded = fold_name(name)
    return " ".join(_LEGAL_FORMS.sub(" ", folded).split()) or folded
