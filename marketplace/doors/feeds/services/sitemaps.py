"""Sitemaps: where the pages are, in parts that a search engine takes one by one."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape

XML = '<?xml version="1.0" encoding="utf-8"?>'
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# So many numbers of a table make one part; the standard allows 50,000.
PART = 10_000


def index_of(links: Iterable[str]) -> Iterator[str]:
    """The list of all parts."""
    yield f'{XML}\n<sitemapindex xmlns="{NAMESPACE}">\n'
    for link in links:
        yield f"<sitemap><loc>{escape(link)}</loc></sitemap>\n"
    yield "</sitemapindex>\n"


def part_of(pages: Iterable[tuple[str, datetime | None]]) -> Iterator[str]:
    """One part: addresses, each with its last change if that is known."""
    yield f'{XML}\n<urlset xmlns="{NAMESPACE}">\n'
    for link, at in pages:
        when = f"<lastmod>{at:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if at else ""
        yield f"<url><loc>{escape(link)}</loc>{when}</url>\n"
    yield "</urlset>\n"
