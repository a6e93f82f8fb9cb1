"""What leads where: the menu, the account, the foot of each page.

Features hand their links in when the application is built, so nothing here knows
one; a page only asks for what fits its reader.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, request, url_for
from flask_babel.speaklater import LazyString

from marketplace.foundation.language import LANGUAGES, chosen_language
from marketplace.web.access import actor


@dataclass(frozen=True)
class Entry:
    """One link: its words, its endpoint, the roles it is for (none: everybody)."""

    label: LazyString
    endpoint: str
    roles: frozenset[str] = frozenset()
    guests_only: bool = False
    # Stands behind "Mehr": what most readers do not look for first.
    is_further: bool = False


@dataclass(frozen=True)
class Link:
    """One link as a page shows it."""

    label: str
    link: str
    is_current: bool = False
    # In which language the label is, where it is another than that of the page.
    language: str = ""
    is_further: bool = False


@dataclass(frozen=True)
class Column:
    """A titled group of links in the foot of the page."""

    title: str
    links: Sequence[Link]


@dataclass(frozen=True)
class Part:
    """What a feature adds to the account page of a person: some facts, some ways on."""

    title: str
    facts: Sequence[tuple[str, str]] = ()
    links: Sequence[Link] = ()


# So many addresses are kept; below one root each is the same for every reader.
MOST = 256
# Takes the person who is signed in; None where a feature has nothing for her.
PartOf = Callable[[Any], Part | None]


def init_app(
    app: Flask,
    *,
    menu: Sequence[Entry],
    account: Sequence[Entry],
    footer: Sequence[tuple[LazyString, Sequence[Entry]]],
    parts: Sequence[PartOf] = (),
) -> None:
    """Gives every template `navigation`, `account_links`, `footer_links`, `languages`.

    `account_parts` is for the account page.
    """
    app.add_template_global(_links(menu), "navigation")
    app.add_template_global(_links(account), "account_links")
    app.add_template_global(
        lambda: [Column(str(title), _links(entries)()) for title, entries in footer],
        "footer_links",
    )
    app.add_template_global(
        lambda: [part for part_of in parts if (part := part_of(actor()))],
        "account_parts",
    )
    app.add_template_global(languages)
    app.context_processor(lambda: {"is_demo": current_app.config["DEMO"]})


def _links(entries: Sequence[Entry]) -> Callable[[], list[Link]]:
    @lru_cache(MOST)
    def address_of(_root: str, endpoint: str) -> str:
        return url_for(endpoint)

    def links() -> list[Link]:
        role, root = getattr(actor(), "role", None), request.script_root
        own = [entry for entry in entries if _is_for(entry, role)]
        shown = [(entry, address_of(root, entry.endpoint)) for entry in own]
        # Of two that lead here, the nearer one is the present one.
        near = [link for _entry, link in shown if _leads_here(link)]
        here = max(near, key=len, default="")
        return [
            Link(str(e.label), link, link == here, is_further=e.is_further)
            for e, link in shown
        ]

    return links


def _is_for(entry: Entry, role: str | None) -> bool:
    if entry.guests_only:
        return role is None
    return not entry.roles or role in entry.roles


def _leads_here(address: str) -> bool:
    return request.path == address or (
        address != "/" and request.path.startswith(f"{address}/")
    )


def languages() -> list[Link]:
    """Gives this page in each language; the present one is marked."""
    present = chosen_language()
    return [
        Link(name, same_page(sprache=code), code == present, code)
        for code, name in LANGUAGES.items()
    ]


def same_page(**changes: str) -> str:
    """Gives the address of this page with some entries of its query string changed."""
    return f"?{urlencode(request.args.to_dict(flat=False) | changes, doseq=True)}"
