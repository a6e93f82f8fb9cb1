"""What search knows of each kind: one line a kind."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from marketplace.overview.finding.enums import Kind


def _english() -> dict[str, str]:
    table = files("marketplace.overview.finding").joinpath("english.csv")
    rows = csv.DictReader(table.read_text("utf-8").splitlines())
    return {row["english"]: row["german"] for row in rows}


# What people ask for who know no German, and a German word for it.
ENGLISH: Mapping[str, str] = _english()


@dataclass(frozen=True)
class Shelf:
    """Where things of a kind are shown: one of them, and all of them.

    `names` is what the address of one calls its key; `is_narrowed`: the list takes
    words and place from the address as search does.
    """

    show: str
    index: str
    names: str = "key"
    is_narrowed: bool = True
    # That a thing of this kind is nowhere.
    is_placeless: bool = False
    # By which of the filters that not every kind knows its list is narrowed.
    takes: frozenset[str] = frozenset()


_DAYS = frozenset({"von", "bis"})
_WHOM = frozenset({"klasse", "barrierefrei"}) | _DAYS
SHELVES: Mapping[Kind, Shelf] = {
    Kind.INTERNSHIP: Shelf(
        "internships.show", "internships.index", takes=_WHOM | {"alter"}
    ),
    Kind.OFFER: Shelf(
        "offers.show", "offers.index", takes=_WHOM | {"gruppe", "wochentag"}
    ),
    Kind.SPONSORSHIP: Shelf("sponsorships.show", "sponsorships.index", takes=_DAYS),
    Kind.EVENT: Shelf("events.show", "events.index", takes=_WHOM),
    Kind.OCCUPATION: Shelf("occupations.show", "occupations.index", is_placeless=True),
    Kind.ROLEMODEL: Shelf("rolemodels.show", "rolemodels.index"),
    Kind.ACTION: Shelf("actions.show", "actions.index"),
    Kind.PROGRAMME: Shelf("programmes.index", "programmes.index", names="q"),
    Kind.ORGANISATION: Shelf("organisations.show", "organisations.index"),
    Kind.PAGE: Shelf(
        "pages.show",
        "pages.index",
        names="slug",
        is_narrowed=False,
        is_placeless=True,
    ),
}
# By which of them search narrows too, though only in the kinds that know them.
KNOWN_BY_SOME = frozenset({"klasse", "alter"})
# What only lists ask for.
ONLY_IN_LISTS = frozenset(n for s in SHELVES.values() for n in s.takes) - KNOWN_BY_SOME


def kinds_without(name: str) -> list[Kind]:
    """The kinds that do not know a filter."""
    return [kind for kind, shelf in SHELVES.items() if name not in shelf.takes]


PLACELESS = tuple(kind for kind, shelf in SHELVES.items() if shelf.is_placeless)
