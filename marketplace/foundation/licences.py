"""What may be handed on: which licences are open, in Python and in the database.

Both ask the same two lists, after the same signs were made alike.
"""

from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, func, literal, or_

# Where something comes from that was written here, under what it is handed on, and
# what the operator may choose instead: licences that ask for no more than the name.
HERE = "MINT-Börse Mitteldeutschland"
OWN = "CC-BY-4.0"
OWN_LICENCES = {
    OWN: "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "DL-DE-BY-2.0": "https://www.govdata.de/dl-de/by-2-0",
}
# Licences that lists name now so, now so, as SPDX and govdata.de write them.
SPELLINGS = (
    *OWN_LICENCES,
    *("CC-BY-3.0", "CC-BY-SA-3.0", "CC-BY-SA-4.0"),
    *("DL-DE-ZERO-2.0", "ODbL-1.0", "PDDL-1.0"),
)
# How an open licence begins, and the words that close it again.
OPENING = ("cc0", "cc-0", "cc-by", "dl-de", "odbl", "odc", "pddl", "public-domain")
CLOSING = ("nc", "nd")
SEPARATORS = " _/.,;:()"


class Licensed(Protocol):
    """What says where it comes from, and under what licence."""

    source: Any
    licence: Any


def is_open(licence: str) -> bool:
    """Says whether a licence lets anybody hand a row on, changed or not."""
    words = _alike(licence)
    is_closed = any(f"-{word}-" in f"-{words}-" for word in CLOSING)
    return words.startswith(OPENING) and not is_closed


def may_be_handed_on(model: type[Licensed]) -> ColumnElement[bool]:
    """Keeps what was written here, and what others tell under an open licence."""
    words: Any = func.lower(model.licence)
    for sign in SEPARATORS:
        words = func.replace(words, sign, "-")
    framed = literal("-").concat(words).concat("-")
    opens = or_(*(words.startswith(opening) for opening in OPENING))
    closes = or_(*(framed.contains(f"-{word}-") for word in CLOSING))
    return or_(model.source == "", and_(opens, ~closes))


def licence_of(thing: Licensed, own: str) -> tuple[str, str]:
    """Source and licence under which a thing is handed on; `own` is that of here."""
    return (thing.source, spelled(thing.licence)) if thing.source else (HERE, own)


def spelled(licence: str) -> str:
    """A licence as everything here writes it; one that is not known stays as it is."""
    known = {_alike(name): name for name in SPELLINGS}
    return known.get(_alike(licence.strip()), licence)


def _alike(licence: str) -> str:
    words = licence.lower()
    for sign in SEPARATORS:
        words = words.replace(sign, "-")
    return words
