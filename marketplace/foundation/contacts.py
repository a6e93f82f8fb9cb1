"""Finds in words whatever would lead a stranger to who wrote them."""

import re

from marketplace.foundation.language import _

# A network's name, then what stands behind it.
_NETWORKS = (
    r"insta(?:gram)?|snap(?:chat)?|tik\s?tok|whats\s?app|telegram|signal|threema|"
    r"discord|facebook|fb|messenger|twitch|steam|youtube|skype|twitter|bluesky|"
    r"mastodon|pinterest|reddit|be\s?real|linkedin|xing|matrix|teams|viber|wechat|icq"
)
_ENDINGS = (
    r"de|com|net|org|eu|info|example|io|me|tv|gg|app|at|ch|edu|biz|online|shop|"
    r"dev|link|page|site|xyz|be|ly|fm|social"
)
_AT = r"\s*(?:@|[\[({<]\s*(?:at|ät|@)\s*[\])}>]|\s(?:at|ät|klammeraffe)\s)\s*"
_DOT = r"\s*(?:\.|[\[({<]\s*(?:dot|punkt)\s*[\])}>]|\s(?:dot|punkt)\s)\s*"
_BETWEEN = (
    r"ist|heißt|heiße|bin|name|id|unter|als|ich|mein(?:e)?|dort|da|account|nick|"
    r"username|kanal|nummer"
)
_LEADING = rf"(?:[\s:=-]+(?:{_BETWEEN})\b)+[\s:=-]*"
_DIGIT_WORDS = r"null|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun"

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Addresses, also with the signs in words.
        rf"[\w.+-]+{_AT}[\w-]+(?:{_DOT}[\w-]+)*{_DOT}(?:{_ENDINGS})\b",
        # Links, with or without their beginning.
        r"\b(?:https?|ftp)\s*:\s*/\s*/\s*\S+",
        r"\bwww\s*\.\s*\S+",
        rf"\b[\w-]+(?:\.[\w-]+)*\.(?:{_ENDINGS})\b(?:/\S*)?",
        # Telephone numbers: seven digits or more, however they are set.
        r"(?:\+|\b00)?\(?\d(?:[\s./()\-–]*\d){6,}",
        rf"\b(?:{_DIGIT_WORDS})(?:[\s,.-]+(?:{_DIGIT_WORDS})){{5,}}\b",
        # Handles.
        r"(?<!\w)@[\w.]{2,}",
        rf"\b[\w.-]*[\d_][\w.-]*\s+(?:auf|bei|über|in)\s+(?:{_NETWORKS})\b",
        rf"\b(?:{_NETWORKS})\b(?:{_LEADING}|\s*[:=-]\s*)[\w.#-]+",
        rf"\b(?:{_NETWORKS})\s*/\s*[\w.#-]+",
        r"\b\w{2,32}#\d{4}\b",
    )
)


def masked(text: str) -> str:
    """Gives the words with addresses, numbers, handles and links taken out."""
    for pattern in _PATTERNS:
        text = pattern.sub(str(_("[entfernt]")), text)
    return text


def contacts_in(text: str) -> list[str]:
    """The pieces of the words that `masked` takes out, each once, in its order."""
    found: list[str] = []
    for pattern in _PATTERNS:
        found += [hit[0].strip() for hit in pattern.finditer(text)]
        text = pattern.sub("\n", text)
    return list(dict.fromkeys(found))


def names_contact(text: str) -> bool:
    """Says whether the words hold an address, a number, a handle or a link."""
    return any(pattern.search(text) for pattern in _PATTERNS)
