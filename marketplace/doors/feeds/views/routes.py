"""The addresses of the feeds; naming them here gives the blueprint its rules."""

from marketplace.doors.feeds.views import about, indexing, posters, reading, sharing
from marketplace.doors.feeds.views.blueprint import blueprint
from marketplace.doors.feeds.views.reading import links_of

__all__ = [
    "about",
    "blueprint",
    "indexing",
    "links_of",
    "posters",
    "reading",
    "sharing",
]
