"""All pages of papers hang on one blueprint."""

from marketplace.encounters.papers.views import (
    acting,
    certificates,
    posters,
    printing,
    reading,
)
from marketplace.encounters.papers.views import guardian as letter_links
from marketplace.encounters.papers.views.blueprint import blueprint

__all__ = [
    "acting",
    "blueprint",
    "certificates",
    "letter_links",
    "posters",
    "printing",
    "reading",
]
