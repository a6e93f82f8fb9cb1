"""What the wording of fixed texts must not do: gender signs, du beside Sie."""

import re
from pathlib import Path

from tests.architecture.translations import messages

TOP = Path(__file__).parents[2]
# Schüler*innen, Schüler:in, Schüler_innen, SchülerInnen, Schüler/-innen, Schüler/innen.
GENDER_SIGN = re.compile(r"[a-zäöüß](?:[*:_]in(?:nen)?\b|In(?:nen)?\b|/-?in(?:nen)?\b)")
# "mit du" speaks of the address, it is none.
DU = re.compile(r"(?<!mit )\b(?:[Dd]u|[Dd]ich|[Dd]ir|[Dd]ein(?:e[mnrs]?)?)\b")
# At the beginning of a sentence "Sie" and "Ihr" may be anybody; inside they address.
SIE = re.compile(r"(?<=[a-zäöüß,;] )(?:Sie|Ihnen|Ihr(?:e[mnrs]?)?)\b")
EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
ENTITY = re.compile(r"&[#\w]+;")
WORD = re.compile(r"[A-Za-zÄÖÜäöüß]{2,}")
# Names and signs that are the same in each language.
# What programs read is the same in each language.
CODE = re.compile("<code>.*?</code>", re.DOTALL)
SAME = {"MINT", "Börse", "Mitteldeutschland", "km", "JArbSchG", "axe", "CSV", "XLSX"}


def gender_signs(text):
    return [hit[0] for hit in GENDER_SIGN.finditer(text)]


def speaks_to_both(text):
    """Says whether a block says both du and Sie."""
    return bool(DU.search(text)) and bool(SIE.search(text))


def untranslatable(source):
    """The words of a template that go through no translation."""
    spoken = CODE.sub(" ", source)
    text = ENTITY.sub(" ", TAG.sub(" ", EXPRESSION.sub(" ", spoken)))
    # An address or a number is the same in each language.
    plain = " ".join(w for w in text.split() if not re.search(r"[@\d]", w))
    return [word for word in WORD.findall(plain) if word not in SAME]


def blocks():
    """Every fixed text by itself: messages, plurals each, and branches of letters."""
    for message in messages():
        yield from message if isinstance(message, tuple) else [message]
    for letter in (TOP / "templates" / "mails").glob("*.txt"):
        for branch in re.split(r"\{%.*?%\}", letter.read_text("utf-8")):
            yield EXPRESSION.sub(" ", branch)


def pages():
    return [
        path
        for path in (TOP / "templates").rglob("*.html")
        if "styleguide" not in path.parts and path.stem != "styleguide"
    ]
