"""Brings the pages together, so that the blueprint knows all of them."""

from marketplace.encounters.messages.views import by_letter, office, talking
from marketplace.encounters.messages.views.blueprint import blueprint
from marketplace.encounters.messages.views.showing import account_part

__all__ = ["account_part", "blueprint", "by_letter", "office", "talking"]
