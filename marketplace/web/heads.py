"""What others read of a page: its one address, its languages, the way to it."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from flask import Flask, current_app, request, url_for

from marketplace.foundation.language import LANGUAGES, chosen_language
from marketplace.web.navigation import Link

FIRST = "de"


def init_app(app: Flask) -> None:
    """Gives every template `canonical`, `alternates` and `breadcrumb_list`."""
    app.add_template_global(canonical)
    app.add_template_global(alternates)
    app.add_template_global(breadcrumb_list)


def canonical(link: str) -> str:
    """The one address of a page in the language that is shown."""
    return _in_language(link, chosen_language())


def alternates(link: str) -> list[Link]:
    """The same page in each language, and where nobody asks for one."""
    links = [Link(code, _in_language(link, code)) for code in LANGUAGES]
    return [*links, Link("x-default", link)]


def present_link(thing: Any) -> str | None:
    """Where a thing is by now, if the address asked for has words of its former name.

    One without any words is the short address, which stays. What follows the address,
    as the language, is kept.
    """
    asked = request.path.rpartition("/")[2]
    link = url_for(request.endpoint or "", key=thing)
    if "-" not in asked or asked == link.rpartition("/")[2]:
        return None
    query = request.query_string.decode(errors="replace")
    return f"{link}?{query}" if query else link


def breadcrumb_list(labels: Sequence[str], links: Sequence[str]) -> dict[str, Any]:
    """The way to a page, as schema.org tells it, from the first page down."""
    base = f"{current_app.config['BASE_URL']}/"
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": label,
                "item": urljoin(base, link),
            }
            for number, (label, link) in enumerate(
                zip(labels, links, strict=True), start=1
            )
        ],
    }


def _in_language(link: str, code: str) -> str:
    return link if code == FIRST else f"{link}?sprache={code}"
