"""Where search engines begin, and whom one writes to about a hole in the fence."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from flask import Response, current_app, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from marketplace.doors.feeds.queries import in_numbers, last_number
from marketplace.doors.feeds.services.sitemaps import PART, index_of, part_of
from marketplace.doors.feeds.tables import LISTS, PAGES
from marketplace.doors.feeds.views.blueprint import blueprint
from marketplace.doors.feeds.views.choosing import CHOICES
from marketplace.foundation.clock import now
from marketplace.foundation.database import db
from marketplace.foundation.refusals import found, permit
from marketplace.region.occupations.queries import all_occupations
from marketplace.stewardship.pages.queries import public_pages
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.queries import value_of
from marketplace.web.access import EVERYONE, open_to

XML = "application/xml; charset=utf-8"
# Pages that every installation has.
ALWAYS = (
    *("home.index", "maps.index", "feeds.about", "api_page.show", "rounds.index"),
    "pages.index",
    *("pages.imprint", "pages.privacy", "pages.accessibility", "easy.index"),
    *("maps.index", "occupations.index", "rolemodels.index"),
)
# So long the address for reports of holes is said to hold.
SECURITY_DAYS = 180


@blueprint.get("/sitemap.xml")
@open_to(EVERYONE)
def sitemap() -> ResponseReturnValue:
    links = [url_for(".sitemap_pages", _external=True)]
    for name, kept in PAGES.items():
        parts = range(last_number(kept.model) // PART + 1)
        links += [
            url_for(".sitemap_part", name=name, number=number, _external=True)
            for number in parts
        ]

    return _xml(index_of(links))


@blueprint.get("/sitemap/seiten.xml")
@open_to(EVERYONE)
def sitemap_pages() -> ResponseReturnValue:
    indexes = [kept.index for kept in LISTS.values()]
    links = [url_for(one, _external=True) for one in (*ALWAYS, *indexes)]
    slugs = [slug for slug, _title in public_pages()]
    links += [url_for("pages.show", slug=slug, _external=True) for slug in slugs]
    occupations = db.session.scalars(all_occupations())
    links += [url_for("occupations.show", key=it, _external=True) for it in occupations]

    return _xml(part_of((link, None) for link in links))


@blueprint.get("/sitemap/<name>-<id:number>.xml")
@open_to(EVERYONE)
def sitemap_part(name: str, number: int) -> ResponseReturnValue:
    kept = found(PAGES.get(name))

    permit(number * PART <= last_number(kept.model))

    return _xml(part_of(_pages(name, number)))


@blueprint.get("/.well-known/security.txt")
@open_to(EVERYONE)
def security_txt() -> ResponseReturnValue:
    email = found(str(value_of(Setting.OFFICE_EMAIL)) or None)

    base = current_app.config["BASE_URL"]
    until = (now() + timedelta(days=SECURITY_DAYS)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: mailto:{email}",
        f"Expires: {until}",
        "Preferred-Languages: de, en",
        f"Canonical: {base}/.well-known/security.txt",
    ]
    text = "\n".join([*lines, ""])
    return text, {"Content-Type": "text/plain; charset=utf-8"}


def _pages(name: str, number: int) -> Iterator[tuple[str, datetime | None]]:
    kept = PAGES[name]
    first = number * PART
    things = in_numbers(CHOICES[name]({}), kept.model, first, first + PART)
    for thing in things:
        link = url_for(kept.endpoint or "", key=thing, _external=True)
        yield link, getattr(thing, "changed_at", None)


def _xml(text: Iterator[str]) -> Response:
    return Response(stream_with_context(text), content_type=XML)
