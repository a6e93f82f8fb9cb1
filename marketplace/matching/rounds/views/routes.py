"""Brings the pages together, so that the blueprint knows all of them."""

from marketplace.matching.rounds.views import (
    company,
    guardian,
    office,
    papers,
    public,
    pupil,
    result,
    running,
    second,
)
from marketplace.matching.rounds.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "company",
    "guardian",
    "office",
    "papers",
    "public",
    "pupil",
    "result",
    "running",
    "second",
]
