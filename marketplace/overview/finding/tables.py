"""What search knows of each kind: one line a kind."""

from collections.abc import Mapping
from dataclasses import dataclass

from marketplace.overview.finding.enums import Kind


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


SHELVES: Mapping[Kind, Shelf] = {
    Kind.INTERNSHIP: Shelf("internships.show", "internships.index"),
    Kind.OFFER: Shelf("offers.show", "offers.index"),
    Kind.SPONSORSHIP: Shelf("sponsorships.show", "sponsorships.index"),
    Kind.EVENT: Shelf("events.show", "events.index"),
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
PLACELESS = tuple(kind for kind, shelf in SHELVES.items() if shelf.is_placeless)
