"""Brings the pages together, so that the blueprint knows all of them."""

from marketplace.encounters.applications.views import (
    company,
    ending,
    family,
    guardian,
    office,
    pupil,
    reading,
    school,
    second,
    starting,
)
from marketplace.encounters.applications.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "company",
    "ending",
    "family",
    "guardian",
    "office",
    "pupil",
    "reading",
    "school",
    "second",
    "starting",
]
